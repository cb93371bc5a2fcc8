"""What every output is made from: the records, their links, one date and one revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from minutebook.records.links import Links, link
from minutebook.records.records import Records


@dataclass(frozen=True)
class Register:
    """The records of one council at one moment.

    `as_of` is the only clock: what is open, coming or overdue is reckoned from it. `revision` is the
    commit that the records were read from, empty where that is not known.
    """

    records: Records
    links: Links
    as_of: date
    revision: str = ""


def register(records: Records, as_of: date, revision: str = "") -> Register:
    """Link the records and fix the date."""
    return Register(records, link(records), as_of, revision)
