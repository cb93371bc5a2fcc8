"""What the rows of a release add up to: small enough to hold for every release at once.

Rows that agree in who was paid, by whom, what for, under which contract and decision, for which place and
in which month are one group. Every sum that a page or a rule needs is a sum of groups, so that the rows
themselves stay on the disk.
"""

from __future__ import annotations

import heapq
import itertools
import operator
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

COLUMNS = {
    "service": "OrganisationalUnit",
    "category": "CategoryInternalName",
    "contract": "ContractRef",
    "decision": "DecisionRef",
    "place": "Place",
    "reason": "RedactionReason",
}
"""What rows are grouped by, and its column; by name and by month besides, whose columns have a role."""


LARGEST = 10
"""Of so many rows it is known that they are the largest."""


class Group(NamedTuple):
    """Rows that agree in everything here; "" where a row says nothing.

    `supplier` is whoever was paid, or is to be: also the recipient of a grant. `month` is `2026-05`.
    `amount` is their sum in pence, `rows` how many they are, `refunds` how many of them are negative.
    """

    supplier: str
    service: str
    category: str
    contract: str
    decision: str
    place: str
    reason: str
    month: str
    amount: int
    rows: int
    refunds: int


@dataclass(slots=True)
class Sums:
    """The sums of one release.

    `columns` are those in which at least one row holds something, in the order of the schema; `first` and
    `last` the first and last day of a payment, "" where no row has one. `largest` holds the numbers, from 0,
    of the `LARGEST` rows with the largest amounts. `where` holds the group of each row; sums that were
    remembered know only the `order`.
    """

    rows: int = 0
    total: int = 0
    first: str = ""
    last: str = ""
    columns: tuple[str, ...] = ()
    groups: Sequence[Group] = field(default_factory=tuple)
    largest: tuple[int, ...] = ()
    where: array[int] | None = field(default=None, repr=False, compare=False)
    _order: array[int] | None = field(default=None, repr=False, compare=False)
    _ends: array[int] | None = field(default=None, repr=False, compare=False)

    def by(self, *names: str) -> Counter[tuple[str, ...]]:
        """The sums in pence by fields of the groups, such as `by("service", "month")`."""
        found: Counter[tuple[str, ...]] = Counter()
        places = [Group._fields.index(name) for name in names]
        for group in self.groups:
            found[tuple(str(group[place]) for place in places)] += group.amount
        return found

    def amounts(self, name: str) -> Counter[str]:
        """The sums in pence by one field, for what is named there at all."""
        found: Counter[str] = Counter()
        place = Group._fields.index(name)
        for group in self.groups:
            if group[place]:
                found[str(group[place])] += group.amount
        return found

    def named(self, name: str) -> set[str]:
        """Everything that is named in one field, such as every `contract`."""
        if name in COLUMNS and COLUMNS[name] not in self.columns:
            return set()
        place = Group._fields.index(name)
        return {str(group[place]) for group in self.groups} - {""}

    @property
    def redacted(self) -> int:
        """In how many rows a name is withheld."""
        return sum(group.rows for group in self.groups if group.reason)

    @property
    def order(self) -> array[int]:
        """The numbers of the rows, from 0, group by group. Sorting them takes a while, so it is done once."""
        if self._order is None:
            where = self.where or ()
            self._order = array("I", sorted(range(len(where)), key=where.__getitem__))
        return self._order

    def numbers(self, group: int) -> array[int]:
        """The numbers of the rows, from 0, of a group by its place in `groups`."""
        if self._ends is None:
            counts = (one.rows for one in self.groups)
            self._ends = array("I", itertools.accumulate(counts, initial=0))
        return self.order[self._ends[group] : self._ends[group + 1]]


class Adder:
    """Adds up rows, many at a time. `sums()` gives what they came to.

    `roles` says which column is the `name` of whoever was paid, and which the `date`.
    """

    def __init__(self, roles: Mapping[str, str]) -> None:
        name, self._day = roles["name"], roles.get("date", "")
        # In a budget the name is that of a service, which has a field of its own.
        self._columns = ("" if name in COLUMNS.values() else name, *COLUMNS.values())
        # The place of a group: that of a new one is how many there were.
        self._places: defaultdict[tuple[str, ...], int] = defaultdict(itertools.count().__next__)
        self._amounts: list[int] = []
        self._refunds: list[int] = []
        self._where = array("I")
        self._used: set[str] = set()
        self._largest: list[tuple[int, int]] = []
        self._first, self._last = "9", ""

    def add(self, columns: Mapping[str, Sequence[str]], amounts: Sequence[int]) -> None:
        """Take rows by their columns, as text; `amounts` are theirs in pence."""
        if not amounts:
            return
        self._used.update(name for name, cells in columns.items() if any(cells))
        days = columns.get(self._day, ())
        if days and any(days):
            self._first = min(self._first, min(filter(None, days)))
            self._last = max(self._last, max(days))
        none = [""] * len(amounts)
        parts = [columns.get(name, none) for name in self._columns]
        month = {day: day[:7] for day in set(days)}
        months = list(map(month.__getitem__, days)) if days else none
        few = len(self._largest) < LARGEST
        if few or max(amounts) > -self._largest[-1][0]:
            numbered = zip(map(operator.neg, amounts), itertools.count(len(self._where)))
            self._largest = heapq.nsmallest(LARGEST, itertools.chain(self._largest, numbered))
        places, known = self._places, len(self._places)
        found = list(map(places.__getitem__, zip(*parts, months, strict=True)))
        self._where.extend(found)
        more = len(places) - known
        self._amounts.extend([0] * more)
        self._refunds.extend([0] * more)
        for place, amount in zip(found, amounts, strict=True):
            self._amounts[place] += amount
            if amount < 0:
                self._refunds[place] += 1

    def sums(self, order: Sequence[str]) -> Sums:
        """What was added; `order` holds the names of all columns as they are to be told."""
        counts = Counter(self._where)
        groups = tuple(
            Group._make((*map(sys.intern, key), self._amounts[place], counts[place], refunds))
            for (key, place), refunds in zip(self._places.items(), self._refunds, strict=True)
        )
        used = tuple(name for name in order if name in self._used)
        total, first = sum(self._amounts), self._first if self._last else ""
        largest = tuple(number for _, number in self._largest)
        rows = len(self._where)
        return Sums(rows, total, first, self._last, used, groups, largest, self._where)


def packed(sums: Sums) -> bytes:
    """Sums as bytes, to be remembered. What `unpacked` makes of them is equal."""
    *texts, amounts, rows, refunds = zip(*sums.groups, strict=True) if sums.groups else [()] * 11
    names = list(dict.fromkeys(itertools.chain.from_iterable(texts)))
    place = {name: number for number, name in enumerate(names)}
    head = {
        "sums": [sums.rows, sums.total, sums.first, sums.last, sums.columns],
        "names": names,
        "texts": [[place[text] for text in column] for column in texts],
        "numbers": [amounts, rows, refunds],
        "largest": sums.largest,
    }
    return orjson.dumps(head) + b"\n" + raw_array(sums.order)


def unpacked(raw: bytes) -> Sums:
    """The sums that `packed` wrote. Raises ValueError, KeyError, IndexError or TypeError for others."""
    text, _, rest = raw.partition(b"\n")
    head = orjson.loads(text)
    rows, total, first, last, columns = head["sums"]
    order = array_of(rest)
    if len(order) != rows:
        raise ValueError("the rows are not all there")
    names = [sys.intern(name) for name in head["names"]]
    texts = [map(names.__getitem__, column) for column in head["texts"]]
    groups = tuple(map(Group._make, zip(*texts, *head["numbers"], strict=True)))
    return Sums(
        rows, total, first, last, tuple(columns), groups, tuple(head["largest"]), _order=order
    )


def raw_array(numbers: array[int]) -> bytes:
    """Numbers below 2^32 as bytes that are the same on every machine."""
    found = array("I", numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def array_of(raw: bytes) -> array[int]:
    """The numbers that `raw_array` wrote. Raises ValueError for anything else."""
    found = array("I")
    found.frombytes(raw)
    if sys.byteorder == "big":
        found.byteswap()
    return found
