"""The rows of a release, read again from its table whenever somebody asks for them.

They are never held in memory together: a council that publishes for years has millions of them.
"""

from __future__ import annotations

import csv
import functools
import io
import operator
from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, overload

from minutebook.records.lines import batches
from minutebook.records.model import BudgetLine, CardPayment, ContractEntry, Grant, Payment
from minutebook.records.model.build import build
from minutebook.records.schema import schema
from minutebook.records.source import LINE

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

    def text(self, names: Sequence[str]) -> Iterator[Sequence[str]]:
        """The text of each row in the columns `names`; a column that is not there is empty."""
        places = {name: place for place, name in enumerate(self.header)}
        order = [places.get(name, -1) for name in names]
        if order == list(range(len(self.header))):
            return self.cells()
        if len(order) == 1:
            return ([[*cells, ""][order[0]]] for cells in self.cells())
        take = operator.itemgetter(*order)
        return (take([*cells, ""]) for cells in self.cells())


def pick(rows: Sequence[Any], numbers: Sequence[int]) -> list[Any]:
    """Some rows by their numbers from 0, in that order: of a table, the rest is not read."""
    return rows.pick(numbers) if isinstance(rows, Rows) else [rows[number] for number in numbers]


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
        """The text of each row; the file is read piece by piece."""
        with self._open() as file:
            skip = 1
            for batch in batches(file):
                yield from batch.rows[skip:]
                skip = 0

    def some(self, numbers: Iterable[int]) -> Iterator[list[str]]:
        """The text of some rows; nothing else of the file is read."""
        csv.field_size_limit(LINE)
        with self._open() as file:
            for number in numbers:
                file.seek(self.starts[number])
                end = self.starts[number + 1] if number + 1 < len(self) else self.stamp[0]
                raw = file.read(end - self.starts[number]).decode("utf-8")
                text = raw.replace("\r\n", "\n").replace("\r", "\n")
                yield next(csv.reader(io.StringIO(text, newline="\n"), strict=True))

    def _open(self) -> BinaryIO:
        if stamp(self.file) != self.stamp:
            raise ChangedError(f"{self.file.name} was changed while it was being read; try again")
        return self.file.open("rb")


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
