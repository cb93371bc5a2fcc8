"""What several types of record share. The shapes are those of `schemas/common.schema.json`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NewType

Day = datetime.date
"""A day of the calendar. The name leaves `date` free for fields."""

Pence = NewType("Pence", int)
"""An exact amount of money in hundredths of its currency: pence, cents. Never a float."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has besides its own fields: where it came from."""

    path: str = field(default="", compare=False)
    """The file, relative to the content folder."""
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The record as it was written, with the types of its schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Where an importer found this record. A record without it was written here."""

    system: str
    url: str | None = None
    retrieved: Day | None = None
    identifier: str
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of days, first and last included."""

    start: Day
    end: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach the office in charge. Offices, not private people."""

    name: str
    email: str | None = None
    phone: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number or code that another register gave."""

    scheme: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document on the web with what is needed to check that it has not changed."""

    name: str
    url: str | None = None
    media_type: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    exempt: bool | None = None
