"""Dates and times as sources write them -> ISO 8601, or nothing where they mean none."""

from __future__ import annotations

import datetime
import re
from typing import Literal

Order = Literal["dmy", "mdy"]
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4}|\d{2})(?!\d)")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap])?\.?m?", re.IGNORECASE)
_NONE = frozenset({"", "unspecified", "none", "null", "n/a", "tbc", "tbd"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST = 1800
"""Systems write 0001-01-01, 1753-01-01 and the like where they mean no date."""
_SERIAL = datetime.date(1899, 12, 30)


def day(text: object, order: Order = "dmy") -> str:
    """The day in ISO 8601; empty where the source means none. Raises `ValueError` if it cannot be read."""
    said = str(text or "").strip()
    if said.lower() in _NONE:
        return ""
    found = _date(said, order)
    return found.isoformat() if found.year >= EARLIEST else ""


def _date(said: str, order: Order) -> datetime.date:
    try:
        if match := _ISO.match(said):
            return datetime.date(*map(int, match.groups()))
        if match := _NUMBERS.match(said):
            first, second, year = map(int, match.groups())
            number, month = (first, second) if order == "dmy" else (second, first)
            return datetime.date(_whole(year), month, number)
        if match := _NAMED.match(said):
            return datetime.date(
                _whole(int(match[3])), _MONTHS.index(match[2].lower()) + 1, int(match[1])
            )
        if said.isdecimal() and 20_000 < int(said) < 60_000:
            return _SERIAL + datetime.timedelta(days=int(said))
    except (ValueError, OverflowError):
        pass
    raise ValueError(f'"{said[:40]}" is not a date that can be read')


def _whole(year: int) -> int:
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def time(text: object) -> str:
    """The time of day such as 18:30; empty where none is said or it cannot be read."""
    match = _TIME.search(str(text or "").replace("T", " "))
    if not match:
        return ""
    hour, minute, half = int(match[1]), match[2], (match[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute}" if hour < 24 and int(minute) < 60 else ""
