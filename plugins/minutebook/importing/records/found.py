"""What a format finds in its source: records to be, and what could not be taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """Stands in a document for the id of a record that the source calls `identifier`."""

    kind: str
    identifier: str


@dataclass(slots=True)
class Found:
    """A record to be: `document` holds its fields without `id` and `source`.

    `identifier` is what the source calls it, `wish` the text that its id is made from, `where` the
    file that it was read from.
    """

    kind: str
    identifier: str
    wish: str
    document: dict[str, Any]
    where: str
    url: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be taken: from which file, which field, and why. `whole` for a record."""

    where: str
    field: str
    reason: str
    whole: bool = True


@dataclass(slots=True)
class Figures:
    """What is counted while reading."""

    read: int = 0
    rolls: int = 0
    rolls_disagree: int = 0
    tombstones: int = 0
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(Codelist, text of the source) for which the mapping has no code."""
    left: Counter[str] = field(default_factory=Counter)
    """Fields of the source that no record holds, and how often they were filled."""
