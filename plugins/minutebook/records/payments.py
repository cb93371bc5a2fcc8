"""Payments of several releases: what they add up to, and the rows themselves when somebody asks."""

from __future__ import annotations

import functools
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from minutebook.records.model import Group, Release
from minutebook.records.model.build import pence
from minutebook.records.rows import Rows

RELEASE = 10**9
"""More than a release can have groups: a pointer is a release's place times this, and a group's place."""


COLUMNS = (
    *("PaymentDate", "BeneficiaryName", "RedactionReason", "OrganisationalUnit", "Purpose"),
    *("CategoryInternalName", "Amount", "CardTransaction", "ContractRef", "DecisionRef", "Place"),
)
"""What `Paid` is made of."""
_day = functools.lru_cache(maxsize=4096)(date.fromisoformat)


class Paid(NamedTuple):
    """One payment as pages tell of it; `number` counts the rows of the release from 0.

    `purpose` is its category where no purpose is given. Texts are "" where the row says nothing, `reason`
    says why a name is withheld, `amount` is in pence.
    """

    release: str
    number: int
    day: date | None
    name: str
    reason: str
    service: str
    purpose: str
    amount: int
    card: bool
    contract: str
    decision: str
    place: str


def payments(release: Release, numbers: Sequence[int] | None = None) -> Iterator[Paid]:
    """The payments of a release, or some of them by their numbers from 0, as they stand in its table.

    Much quicker than `release.payments`, which makes an object of every cell. Raises `rows.ChangedError`.
    """
    held = release.payments
    if not isinstance(held, Rows):
        return
    counted = range(len(held)) if numbers is None else numbers
    for number, row in zip(counted, held.text(COLUMNS, numbers), strict=True):
        day, name, reason, service, purpose, category, amount, card, contract, decision, place = row
        yield Paid(
            release.id,
            number,
            _day(day) if day else None,
            name,
            reason,
            service,
            purpose or category,
            pence(amount),
            card == "true",
            contract,
            decision,
            place,
        )


def columns_of(release: Release) -> list[tuple[str, ...]]:
    """The payments of a release by columns, as text: those in `COLUMNS`, in that order."""
    held = release.payments
    rows = held.text(COLUMNS) if isinstance(held, Rows) else ()
    return [*zip(*rows, strict=True)] or [()] * len(COLUMNS)


class Payments:
    """Some payments, by the groups of rows that they are in (see `model/sums.py`).

    A pointer to a group is the place of its release in `releases` times `RELEASE`, and the group's place.
    Sums are made of groups; only `newest` reads rows from the disk.
    """

    __slots__ = ("_found", "_pointers", "_releases")

    def __init__(self, releases: Sequence[Release], pointers: Iterable[int] = ()) -> None:
        self._releases = releases
        self._pointers = array("q", pointers)
        self._found: list[Group] | None = None

    @property
    def _groups(self) -> list[Group]:
        """The groups; looked up once, because sums of them are asked for again and again."""
        if self._found is None:
            sums = [release.sums.groups for release in self._releases]
            self._found = [sums[one // RELEASE][one % RELEASE] for one in self._pointers]
        return self._found

    def groups(self) -> Iterator[tuple[Release, Group]]:
        """Every group with its release."""
        places = [pointer // RELEASE for pointer in self._pointers]
        return zip(map(self._releases.__getitem__, places), self._groups, strict=True)

    def releases(self) -> list[Release]:
        """The releases that they stand in, in the order of the register."""
        return [self._releases[place] for place in sorted({p // RELEASE for p in self._pointers})]

    def __len__(self) -> int:
        return sum([group.rows for group in self._groups])

    def __bool__(self) -> bool:
        return bool(self._pointers)

    def __add__(self, other: Payments) -> Payments:
        if not (self and other):
            return other or self
        if self._releases is not other._releases:
            raise ValueError("these payments are of different registers")
        found = dict.fromkeys((*self._pointers, *other._pointers))
        return Payments(self._releases, found)

    def where(self, chosen: Callable[[Release, Group], bool]) -> Payments:
        """Those whose release and group are chosen."""
        pairs = zip(self._pointers, self.groups(), strict=True)
        return Payments(self._releases, (pointer for pointer, pair in pairs if chosen(*pair)))

    def of(self, releases: Collection[str]) -> Payments:
        """Those that stand in one of these releases."""
        return self.where(lambda release, _: release.id in releases)

    @property
    def total(self) -> int:
        """Their sum in pence."""
        return sum([group.amount for group in self._groups])

    @property
    def moved(self) -> int:
        """The sum in pence of what was paid and what came back: no part of them sums up to more."""
        return sum([abs(group.amount) for group in self._groups])

    def of_each(self, find: Callable[[Group], str]) -> dict[str, int]:
        """The sums by whatever `find` gives of a group."""
        return summed((find(group), group.amount) for group in self._groups)

    def by(self, name: str) -> dict[str, int]:
        """The sums by one field of the groups, such as `contract`, where anything stands in it."""
        place = Group._fields.index(name)
        return summed((one[place], one.amount) for one in self._groups if one[place])

    def by_month(self) -> dict[date, int]:
        """The sums by month."""
        pairs = zip(self._pointers, self._groups, strict=True)
        written = summed(((one // RELEASE, group.month), group.amount) for one, group in pairs)
        return summed(
            (month_in(self._releases[place], month), amount)
            for (place, month), amount in written.items()
        )

    def newest(self, most: int) -> list[Paid]:
        """The newest payments in the order of pages; only the releases that can hold them are read."""
        groups: dict[int, list[int]] = {}
        for pointer in self._pointers:
            groups.setdefault(pointer // RELEASE, []).append(pointer % RELEASE)
        found: list[Paid] = []
        for place in sorted(
            groups, key=lambda one: (self._releases[one].sums.last, one), reverse=True
        ):
            release = self._releases[place]
            if len(found) >= most:
                found.sort(key=newest_first)
                day = found[most - 1].day
                if day and day.isoformat() > release.sums.last:
                    break
            numbers = sorted(row for one in groups[place] for row in release.sums.numbers(one))
            found.extend(payments(release, numbers))
        return sorted(found, key=newest_first)[:most]


def summed(amounts: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    """What each amounts to, in the order of their first amounts. A plain dictionary is the quickest."""
    found: dict[Any, int] = {}
    for one, amount in amounts:
        found[one] = found.get(one, 0) + amount
    return found


NONE = Payments(())
"""No payments."""


def newest_first(one: Paid) -> tuple[int, str, int]:
    """The order of payments on a page: by date, and those of a day as they were published."""
    return (-one.day.toordinal() if one.day else 0, one.release, one.number)


def month_in(release: Release, month: str) -> date:
    """The month that payments of a month (`2026-05`, or "") are counted in: within the release's period.

    So the months add up to the releases, and a slip of the pen in a date moves nothing by years.
    """
    return _within(release.period.start, release.period.end, month)


@functools.lru_cache(maxsize=4096)
def _within(start: date, end: date, month: str) -> date:
    first, last = start.replace(day=1), end.replace(day=1)
    if not month:
        return first
    return min(max(date(int(month[:4]), int(month[5:]), 1), first), last)
