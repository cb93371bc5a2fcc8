"""What every output is made from: the records, their links, one date and one revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from minutebook.records.links import Links
from minutebook.records.records import Records


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: its id, its day, and how many commits changed the file up to it."""

    id: str
    day: date
    count: int


@dataclass(frozen=True)
class Register:
    """The records of one council at one moment.

    `as_of` is the only clock: what is open, coming or overdue is reckoned from it. `revision` is the
    commit that the records were read from, empty where that is not known; `history` holds the last
    commit that changed each file, by its path below the content folder, as far as it is known.
    """

    records: Records
    links: Links
    as_of: date
    revision: str = ""
    history: Mapping[str, Revision] = field(default_factory=dict)


def register(
    records: Records,
    as_of: date,
    revision: str = "",
    history: Mapping[str, Revision] | None = None,
) -> Register:
    """Link the records and fix the date."""
    return Register(records, Links(records), as_of, revision, history or {})
