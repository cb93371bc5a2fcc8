"""Which days a release covers: said by the officer, told by the dates, or by the file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from minutebook.importing.dates import MONTHS, YEARS
from minutebook.importing.refusal import RefusalError

MOST = 0.9
"""The share of the dates that must lie in a month or quarter for the dates alone to tell it."""
SUPPORT = 0.25
"""The share that must lie in the period that the file's name tells."""

_MONTH = "(" + "|".join(f"{name}|{name[:3]}" for name in MONTHS).lower() + "|sept)"
_GAP = r"[-_. ]{0,3}"
_YEAR = r"((?:19|20)\d{2})(?!\d)"
_NAMED_RANGE = re.compile(rf"(?<![a-z]){_MONTH}{_GAP}(?:to{_GAP})?{_MONTH}{_GAP}{_YEAR}")
_NAMED_MONTH = re.compile(rf"(?<![a-z]){_MONTH}{_GAP}{_YEAR}")
_YEAR_NAMED = re.compile(rf"(?<!\d)((?:19|20)\d{{2}}){_GAP}{_MONTH}(?![a-z])")
_ISO_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_]?(0[1-9]|1[0-2])(?!\d|-\d)")
_SHORT_NAMED = re.compile(rf"(?<![a-z]){_MONTH}{_GAP}(\d{{2}})(?!\d)")
_SHORT_MONTH = re.compile(r"(?<!\d)(\d{2})(0[1-9]|1[0-2])(?!\d)")
_FINANCIAL = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/]| to )(\d\d|(?:19|20)\d\d)(?!\d|[-_]\d)")
"""A financial year, such as 2023-24; 2011-12 is December 2011."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def whole_months(self) -> int:
        """How many whole months it is, or 0."""
        if self.start.day != 1 or self.end != _last_day(self.end):
            return 0
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def id(self) -> str:
        """As in an id: `2023-03`, `2014-q2`, `2014`, `2014-15`, `2014-04-01-to-2014-05-31`."""
        if self.whole_months == 1:
            return f"{self.start:%Y-%m}"
        if self.whole_months == 3 and self.start.month % 3 == 1:
            return f"{self.start.year}-q{self.end.month // 3}"
        if self.whole_months == 12 and self.start.month == 1:
            return str(self.start.year)
        if self.whole_months == 12 and self.start.month == 4:
            return f"{self.start.year}-{self.end.year % 100:02d}"
        return f"{self.start}-to-{self.end}"

    def __str__(self) -> str:
        first, last = MONTHS[self.start.month - 1], MONTHS[self.end.month - 1]
        if self.whole_months == 1:
            return f"{last} {self.end.year}"
        if self.whole_months:
            year = "" if self.start.year == self.end.year else f" {self.start.year}"
            return f"{first}{year} to {last} {self.end.year}"
        return (
            f"{self.start.day} {first} {self.start.year} to {self.end.day} {last} {self.end.year}"
        )


def _last_day(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def months(year: int, first: int, count: int = 1) -> Period:
    """The period of `count` whole months from month `first`, within or beyond the year."""
    last = first - 1 + count - 1
    end = _last_day(date(year + last // 12, last % 12 + 1, 1))
    return Period(date(year, first, 1), end)


def parse(text: str) -> Period:
    """What `--period` says: `2023-03`, `2014-Q2` (of the calendar year), `2014` or `start/end`.

    `2023-24` and `2023/24` are the financial year from April to March.

    Raises `ValueError`, with a sentence.
    """
    if match := re.fullmatch(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|[Qq]([1-4])))?", text, re.ASCII):
        year, month, quarter = int(match[1]), match[2], match[3]
        if year in YEARS:
            if month:
                return months(year, int(month))
            return months(year, int(quarter) * 3 - 2, 3) if quarter else months(year, 1, 12)
    elif match := _FINANCIAL.fullmatch(text):
        if financial := _financial(match[1], match[2]):
            return financial
    elif re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            period = Period(*map(date.fromisoformat, text.split("/")))
        except ValueError:
            raise ValueError(f'"{text}" holds a day that is not in the calendar') from None
        if period.start > period.end:
            raise ValueError(f'the period "{text}" ends before it starts')
        if period.start.year in YEARS and period.end.year in YEARS:
            return period
    raise ValueError(
        f'"{text[:80]}" is not a period; write 2023-03, 2014-Q2 or 2014-04-01/2014-06-30'
    )


def _financial(first: str, second: str) -> Period | None:
    """April to March, if the second year follows the first and cannot be a month."""
    year = int(first)
    follows = (year + 1) % 100 == int(second[-2:])
    if follows and (len(second) == 4 or int(second) > 12) and year in YEARS:
        return months(year, 4, 12)
    return None


def in_name(name: str) -> tuple[Period | None, bool]:
    """The period that a file's name tells, if it tells just one, and whether without doubt.

    `2011-01` and `March-2023` are without doubt, `1705` and `July-23` are not: they may be days.
    """
    text = name.lower().rsplit(".", 1)[0] if "." in name else name.lower()
    ranges = {_from_to(*found) for found in _NAMED_RANGE.findall(text)}
    if ranges:
        return (ranges.pop(), True) if len(ranges) == 1 else (None, False)
    sure = {months(int(year), _number(month)) for month, year in _NAMED_MONTH.findall(text)}
    sure |= {months(int(year), _number(month)) for year, month in _YEAR_NAMED.findall(text)}
    sure |= {months(int(year), int(month)) for year, month in _ISO_MONTH.findall(text)}
    sure |= {found for pair in _FINANCIAL.findall(text) if (found := _financial(*pair))}
    if sure:
        return (sure.pop(), True) if len(sure) == 1 else (None, False)
    short = {months(2000 + int(year), _number(month)) for month, year in _SHORT_NAMED.findall(text)}
    short |= {months(2000 + int(year), int(month)) for year, month in _SHORT_MONTH.findall(text)}
    return (short.pop() if len(short) == 1 else None), False


def _from_to(first: str, last: str, year: str) -> Period:
    start, end = _number(first), _number(last)
    if end < start:  # "oct-mar-2015" ends in 2015
        return months(int(year) - 1, start, end + 12 - start + 1)
    return months(int(year), start, end - start + 1)


def _number(month: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.lower()[:3] == month[:3])


@dataclass(frozen=True, slots=True)
class Chosen:
    """The period of a release and where it was found."""

    period: Period
    found: str


def choose(days: Mapping[date, int], name: str, said: Period | None, dated: bool = True) -> Chosen:
    """The period of a release with so many payments on each of these days, in a file of this name.

    The dates of a release that is not `dated` tell nothing of its period.

    Raises `RefusalError` when neither the officer nor the dates nor the name say it without doubt.
    """
    if said:
        if dated and days and not any(day in said for day in days):
            raise RefusalError(
                f"has no payment in {said}, the period that was said: {_spread(days)}"
            )
        return Chosen(said, "as said")
    days = days if dated else {}
    told = _by_dates(days)
    if told:
        return Chosen(told, "from the dates")
    named, sure = in_name(name)
    if named and (sure if not days else _share(days, named) >= SUPPORT):
        return Chosen(named, "from the file's name")
    if not days:
        raise RefusalError(
            "has no payment dates and its name does not say which month it is for: say --period, "
            "such as --period 2023-03 or --period 2014-Q2"
        )
    raise RefusalError(
        f"does not say which month or quarter it is for: {_spread(days)}; say --period, such as "
        "--period 2023-03, 2014-Q2 or 2014-04-01/2014-06-30"
    )


def _by_dates(days: Mapping[date, int]) -> Period | None:
    """The month, or the calendar quarter with payments in all its months, that has most dates."""
    if not days:
        return None
    by_month: Counter[tuple[int, int]] = Counter()
    for day, number in days.items():
        by_month[day.year, day.month] += number
    every = by_month.total()
    (year, month), count = by_month.most_common(1)[0]
    if count >= MOST * every:
        return months(year, month)
    first = (month - 1) // 3 * 3 + 1
    counts = [by_month[year, number] for number in range(first, first + 3)]
    if sum(counts) >= MOST * every and min(counts) >= (1 - MOST) * every:
        return months(year, first, 3)
    return None


def _share(days: Mapping[date, int], period: Period) -> float:
    within = sum(count for day, count in days.items() if day in period)
    return within / sum(days.values())


def _spread(days: Mapping[date, int]) -> str:
    return f"its payments are dated from {min(days)} to {max(days)}"
