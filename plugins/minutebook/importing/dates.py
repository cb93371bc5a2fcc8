"""A date cell -> what it says, and for a whole file: which of day and month comes first."""

from __future__ import annotations

import functools
import re
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


@functools.lru_cache(maxsize=100_000)
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


class Evidence:
    """What the dates of a column show about the order of day and month; fed one by one."""

    def __init__(self, within: tuple[date, date] | None) -> None:
        self.within = within
        """The period that the file is known to cover."""
        self.first_day = self.first_month = self.doubtful = 0
        """The first lines that show the day first, the month first, and that show neither."""
        self.example = ""
        self._count = 0
        self._fits: dict[Order, int] = {"dmy": 0, "mdy": 0}

    def see(self, line: int, said: Said, cell: str) -> None:
        """Take note of one date."""
        if not isinstance(said, Numbers) or said.first == said.second:
            return  # either order gives the same day
        if said.first > 12:
            self.first_day = self.first_day or line
        elif said.second > 12:
            self.first_month = self.first_month or line
        else:
            self._doubt(line, said, cell)

    def _doubt(self, line: int, said: Numbers, cell: str) -> None:
        if not self.doubtful:
            self.doubtful, self.example = line, cell.strip()[:20]
        self._count += 1
        if self.within:
            for order in self._fits:
                day = said.day(order)
                self._fits[order] += day is not None and self.within[0] <= day <= self.within[1]

    @property
    def shows_something(self) -> bool:
        """Whether there was any date whose order matters."""
        return bool(self.first_day or self.first_month or self.doubtful)

    def order(self) -> Order | None:
        """The order that the dates show; None when they do not.

        A number above 12 decides. Without one, the period decides, when only one order gives days in
        it. Raises `RefusalError` for a file that shows both.
        """
        if self.first_day and self.first_month:
            raise RefusalError(
                f"writes dates in two ways: line {self.first_day} has the day first, line "
                f"{self.first_month} the month; make them alike, or say --date-order dmy or mdy, "
                "and the others are rejected"
            )
        if self.first_day or self.first_month:
            return "dmy" if self.first_day else "mdy"
        if not self.doubtful:
            return "dmy"
        day, month = (self._fits[order] / self._count for order in ("dmy", "mdy"))
        if day >= 0.9 and month <= 0.5:
            return "dmy"
        return "mdy" if month >= 0.9 and day <= 0.5 else None

    def contradicts(self, order: Order) -> int:
        """A line that shows the other order, when none shows this one; else 0."""
        own, other = self.first_day, self.first_month
        if order == "mdy":
            own, other = other, own
        return 0 if own else other

    def refusal(self) -> RefusalError:
        """What to say when nobody can be asked."""
        return RefusalError(
            f"does not show whether its dates ({self.example} on line {self.doubtful}) have the "
            "day or the month first: say --date-order dmy or --date-order mdy"
        )
