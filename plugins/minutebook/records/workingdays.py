"""Working days: Monday to Friday but for the bank holidays of the council's nation."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta

_DIVISIONS = {
    "england": "england-and-wales",
    "wales": "england-and-wales",
    "scotland": "scotland",
    "northern-ireland": "northern-ireland",
}


class NoHolidays(Exception):
    """A day lies outside the years whose bank holidays are known; `first` and `last` are those years."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(first, last)
        self.first, self.last = first, last


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one nation. Without `years` nothing is known of its holidays."""

    holidays: frozenset[date] = frozenset()
    years: tuple[int, int] | None = None

    def after(self, day: date, count: int) -> date:
        """The last of `count` clear working days after `day`, which itself does not count.

        Raises `NoHolidays` where the list of bank holidays does not reach.
        """
        while count:
            day += timedelta(days=1)
            count -= self._works(day)
        return day

    def between(self, first: str, last: str) -> int:
        """How many working days lie between two days (`2026-05-14`), neither of them counted.

        Raises `NoHolidays` where the list of bank holidays does not reach.
        """
        day, end = date.fromisoformat(first) + timedelta(days=1), date.fromisoformat(last)
        return sum(self._works(day + timedelta(days=n)) for n in range((end - day).days))

    def _works(self, day: date) -> bool:
        if self.years and not self.years[0] <= day.year <= self.years[1]:
            raise NoHolidays(*self.years)
        return day.weekday() < 5 and day not in self.holidays


@functools.cache
def working_days(nation: str) -> WorkingDays:
    """The working days of a nation, such as `england`; elsewhere only the week-ends are known."""
    if nation not in _DIVISIONS:
        return WorkingDays()
    # It brings an HTTP library along that takes long to start, so only who needs it pays.
    from govuk_bank_holidays.bank_holidays import BankHolidays

    found = BankHolidays(use_cached_holidays=True).get_holidays(_DIVISIONS[nation])
    days = frozenset(holiday["date"] for holiday in found)
    return WorkingDays(days, (min(days).year, max(days).year))
