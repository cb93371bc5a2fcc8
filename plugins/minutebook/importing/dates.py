"""A date cell -> what it says, and for a whole file: which of day and month comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from minutebook.importing.refusal import RefusalError

Order = Literal["dmy", "mdy"]
YEARS = range(1990, 2100)
"""Plausible years of a payment; others are taken for slips of the keyboard."""
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]

_EXCEL_EPOCH = date(1899, 12, 30)  # day 1 is 1 January 1900, and Excel believes in 29 February 1900
_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?Z?)?"
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_SEP = r"[-/. ]{0,3}"
_SHAPES = tuple(
    (kind, re.compile(pattern, re.ASCII | re.IGNORECASE))
    for kind, pattern in (
        ("iso", rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}"),
        ("iso", r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
        ("numbers", rf"(?P<a>\d{{1,2}})([-/.])(?P<b>\d{{1,2}})\2(?P<y>\d{{4}}|\d{{2}}){_TIME}"),
        (
            "named",
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_SEP}{_MONTH}{_SEP}(?P<y>\d{{4}}|\d{{2}}){_TIME}",
        ),
        ("named", rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}}){_TIME}"),
        ("month", rf"{_MONTH}{_SEP}(?P<y>\d{{4}}|\d{{2}})"),
        ("month", r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})"),
        ("serial", r"(?P<n>\d{5})(?:\.0+)?"),
        ("nothing", r"0?0:00(?::00(?:\.0+)?)?|#N/A|#REF!|#VALUE!|n/?a|-|0"),
    )
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the cell says without doubt; `serial` when it was a spreadsheet's day number."""

    day: date
    serial: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """Two numbers and a year: day and month, or month and day."""

    first: int
    second: int
    year: int

    def day(self, order: Order) -> date | None:
        """The day, if there is such a day in the calendar."""
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        return _day(self.year, month, day)


@dataclass(frozen=True, slots=True)
class Month:
    """A month without a day, as its first day."""

    start: date


@dataclass(frozen=True, slots=True)
class Nothing:
    """No date: an empty cell, or (`lost`) what is left when a date was lost, `00:00:00`."""

    lost: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that should hold a date and does not; why, in words."""

    why: str


Said = Day | Numbers | Month | Nothing | Unreadable


def read(cell: str) -> Said:
    """What a date cell says."""
    text = cell.strip()
    if not text:
        return Nothing()
    for kind, shape in _SHAPES:
        if match := shape.fullmatch(text):
            return _said(kind, match.groupdict())
    return Unreadable("the date is not a date")


def _said(kind: str, parts: dict[str, str]) -> Said:
    if kind == "nothing":
        return Nothing(lost=True)
    if kind == "serial":
        day = _EXCEL_EPOCH + timedelta(days=int(parts["n"]))
        plausible = day.year in YEARS
        return Day(day, serial=True) if plausible else Unreadable("the date is not a date")
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    if year not in YEARS:
        return Unreadable(f"the year {year} cannot be right")
    if kind == "numbers":
        said = Numbers(int(parts["a"]), int(parts["b"]), year)
        possible = said.day("dmy") or said.day("mdy")
        return said if possible else Unreadable("there is no such day in the calendar")
    month = _NAMES[parts["month"].lower()] if "month" in parts else int(parts["m"])
    day = _day(year, month, int(parts.get("d", "1")))
    if day is None:
        return Unreadable("there is no such day in the calendar")
    return Month(day) if kind == "month" else Day(day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def order_of(cells: Iterable[tuple[int, Said]], within: tuple[date, date] | None) -> Order:
    """Whether day or month comes first, from all dates of a file with their lines.

    A number above 12 decides. Without one, `within` decides, the period that the file is known to
    cover, when only one order gives days in it. Raises `RefusalError` rather than guess.
    """
    found = [(line, said) for line, said in cells if isinstance(said, Numbers)]
    first_day = next((line for line, said in found if said.first > 12), None)
    first_month = next((line for line, said in found if said.second > 12), None)
    if first_day and first_month:
        raise RefusalError(
            f"writes dates in two ways: line {first_day} has the day first, line {first_month} the "
            "month; make them alike, or say --date-order dmy or mdy, and the others are rejected"
        )
    if first_day or first_month:
        return "dmy" if first_day else "mdy"
    doubtful = [said for _, said in found if said.first != said.second]
    if not doubtful:
        return "dmy"  # either order gives the same days
    fits = {order: _share(doubtful, order, within) for order in ("dmy", "mdy")}
    if fits["dmy"] >= 0.9 and fits["mdy"] <= 0.5:
        return "dmy"
    if fits["mdy"] >= 0.9 and fits["dmy"] <= 0.5:
        return "mdy"
    example = found[0][0]
    raise RefusalError(
        f"does not show whether its dates (as on line {example}) have the day or the month first: "
        "say --date-order dmy or --date-order mdy"
    )


def _share(dates: list[Numbers], order: Order, within: tuple[date, date] | None) -> float:
    if within is None:
        return 0.0
    days = [said.day(order) for said in dates]
    return sum(day is not None and within[0] <= day <= within[1] for day in days) / len(days)
