"""The rows of a release, read again from its table whenever somebody asks for them.

They are never held in memory together: a council that publishes for years has millions of them.
"""

from __future__ import annotations

import atexit
import csv
import functools
import io
import itertools
import operator
import os
from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

from minutebook.records.model import BudgetLine, CardPayment, ContractEntry, Grant, Payment
from minutebook.records.model.build import build
from minutebook.records.schema import schema
from minutebook.records.source import LINE

_TOGETHER = 1000
"""So many rows that follow each other are read at once."""

Row = Payment | Grant | ContractEntry | BudgetLine
Stamp = tuple[int, int]
"""Size and time of change of a file."""

CLASSES: dict[str, type[Row]] = {
    "payment": Payment,
    "card-payment": CardPayment,
    "grant": Grant,
    "contract-entry": ContractEntry,
    "budget-line": BudgetLine,
}
"""The schema of a row -> its class in the model."""


class ChangedError(OSError):
    """A table is not the one that was checked: somebody wrote to it since."""


def stamp(path: Path) -> Stamp:
    """The stamp of a file. Raises OSError."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


class Rows(Sequence[Any]):
    """The rows of a release that was checked, as objects of the model: `rows[7]`, `for row in rows`.

    `kind` is their schema, `header` their columns.
    """

    def __init__(self, kind: str, header: Sequence[str]) -> None:
        self.kind, self.header = kind, tuple(header)

    @abstractmethod
    def cells(self) -> Iterator[list[str]]:
        """The text of each row, in the order of `header`."""

    @abstractmethod
    def some(self, numbers: Iterable[int]) -> Iterator[list[str]]:
        """The text of some rows, by their numbers from 0."""

    @overload
    def __getitem__(self, number: int) -> Any: ...
    @overload
    def __getitem__(self, number: slice) -> list[Any]: ...
    def __getitem__(self, number: int | slice) -> Any:
        numbers = range(len(self))[number]
        return self.pick(numbers) if isinstance(numbers, range) else self.pick([numbers])[0]

    def __iter__(self) -> Iterator[Any]:
        return map(_maker(self.kind, self.header), self.cells())

    def pick(self, numbers: Iterable[int]) -> list[Any]:
        """Some rows by their numbers from 0, in that order."""
        return [*map(_maker(self.kind, self.header), self.some(numbers))]

    def text(
        self, names: Sequence[str], numbers: Iterable[int] | None = None
    ) -> Iterator[Sequence[str]]:
        """The text of each row, or of some by their numbers, in the columns `names`.

        A column that is not there is empty.
        """
        every = self.cells() if numbers is None else self.some(numbers)
        take, missing = _taker(self.header, tuple(names))
        if missing:
            every = map(operator.add, every, itertools.repeat([""]))
        return map(take, every) if take else every


@functools.lru_cache(maxsize=256)
def _taker(
    header: tuple[str, ...], names: tuple[str, ...]
) -> tuple[Callable[[list[str]], Sequence[str]] | None, bool]:
    """A function: the cells of a row -> those that are asked for; None where these are all, in this order.

    And whether one is missing in the table: an empty cell at the end of the row stands for it.
    """
    if header == names:
        return None, False
    places = {name: place for place, name in enumerate(header)}
    order = [places.get(name, len(header)) for name in names]
    if len(order) == 1:
        return operator.itemgetter(slice(order[0], order[0] + 1)), names[0] not in places
    return operator.itemgetter(*order), not places.keys() >= set(names)


class TableRows(Rows):
    """The rows of a CSV file. `starts` are the bytes at which they begin.

    Reading raises `ChangedError` when the file is not as it was, by its `stamp`, when it was checked.
    """

    def __init__(
        self, file: Path, kind: str, header: Sequence[str], starts: array[int], stamp: Stamp
    ) -> None:
        super().__init__(kind, header)
        self.file, self.starts, self.stamp = file, starts, stamp

    def __len__(self) -> int:
        return len(self.starts)

    def cells(self) -> Iterator[list[str]]:
        """The text of each row; the file is read piece by piece.

        It was found sound when it was checked, so that nothing of that is done again.
        """
        csv.field_size_limit(LINE)
        self._check(self.file.stat())
        with self.file.open(encoding="utf-8-sig") as file:
            rows = csv.reader(file, strict=True)
            next(rows)
            yield from rows

    def some(self, numbers: Iterable[int]) -> Iterator[list[str]]:
        """The text of some rows; nothing else of the file is read."""
        pieces = []
        file = _hold(str(self.file), self.stamp)
        self._check(os.fstat(file.fileno()))
        for first, last in _runs(numbers):
            file.seek(self.starts[first])
            end = self.starts[last + 1] if last + 1 < len(self) else self.stamp[0]
            pieces.append(file.read(end - self.starts[first]))
            if end == self.stamp[0]:
                pieces.append(
                    b"\n"
                )  # the last row of a file need not end its line; an empty one is none
        csv.field_size_limit(LINE)
        text = b"".join(pieces).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        return (row for row in csv.reader(io.StringIO(text, newline="\n"), strict=True) if row)

    def _check(self, found: os.stat_result) -> None:
        if (found.st_size, found.st_mtime_ns) != self.stamp:
            raise ChangedError(f"{self.file.name} was changed while it was being read; try again")


_held: dict[tuple[str, Stamp, int], io.FileIO] = {}
"""Tables that are read here and there: opening one for each supplier takes longer than reading.

Each process has its own, because processes that share one would move each other's place in it.
"""
_HELD = 100
"""So many are held open at most: a system may allow 256."""


def _hold(path: str, stamp: Stamp) -> io.FileIO:
    key = (path, stamp, os.getpid())
    file = _held.pop(key, None)
    if file is None:
        if len(_held) >= _HELD:
            _held.pop(next(iter(_held))).close()  # that which was not read for longest
        file = io.FileIO(path)
    _held[key] = file
    return file


def let_go() -> None:
    """Close the tables that are held open."""
    while _held:
        _held.popitem()[1].close()


atexit.register(let_go)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of those that follow each other, and so can be read at once; not too many."""
    first = last = -1
    for number in numbers:
        if first >= 0 and number == last + 1 and number - first < _TOGETHER:
            last = number
            continue
        if first >= 0:
            yield first, last
        first = last = number
    if first >= 0:
        yield first, last


class HeldRows(Rows):
    """Rows that stand in the record itself: few, so they are held."""

    def __init__(self, kind: str, rows: Iterable[Mapping[str, str]]) -> None:
        super().__init__(kind, tuple(schema(kind).resolved["properties"]))
        self._held = [[row.get(name, "") for name in self.header] for row in rows]

    def __len__(self) -> int:
        return len(self._held)

    def cells(self) -> Iterator[list[str]]:
        """The text of each row."""
        return iter(self._held)

    def some(self, numbers: Iterable[int]) -> Iterator[list[str]]:
        """The text of some rows."""
        return (self._held[number] for number in numbers)


@functools.lru_cache(maxsize=256)
def _maker(kind: str, header: tuple[str, ...]) -> Callable[[list[str]], Any]:
    """A function: the cells of a row -> its object."""
    properties = schema(kind).resolved["properties"]
    cls = CLASSES[kind]
    truth = [name for name in header if properties[name]["type"] == "boolean"]

    def make(cells: list[str]) -> Any:
        document: dict[str, Any] = {
            name: cell for name, cell in zip(header, cells, strict=True) if cell
        }
        for name in truth:
            if name in document:
                document[name] = document[name] == "true"
        return build(cls, document)

    return make
