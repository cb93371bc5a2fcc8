"""The rows of a spending release: checked in one pass, added up, and let go.

Every row that is wrong is told with its line and column. Numbers stay exact. What a pass over a CSV file
found is all that is kept of it: the sums and where each row begins.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import itertools
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from minutebook.records.cellguard import CellGuard
from minutebook.records.cells import ColumnCheck, all_pence, cell_check
from minutebook.records.lines import Batch, Odd, batches
from minutebook.records.messages import complaint_of_cell
from minutebook.records.model.sums import Adder, Sums
from minutebook.records.problems import Problem, allowed, shown
from minutebook.records.rows import CLASSES, HeldRows, Rows, Stamp, TableRows, stamp
from minutebook.records.schema import schema
from minutebook.records.source import MOST, TABLE_BYTES, Refused, openable, read, unreadable

HELD = {
    "payment": "payments",
    "card-payment": "payments",
    "grant": "grants",
    "contract-entry": "contract_entries",
    "budget-line": "budget_lines",
}
"""The field of a release that holds the rows of each schema."""
PAYMENTS = frozenset(("payment", "card-payment"))
"""The schemas whose rows are payments."""


def row_type(classification: str) -> str:
    """The schema of the rows of a release, such as `payments` -> `payment`."""
    return next(name for name in CLASSES if classification in schema(name).resolved["rowOf"])


class Table:
    """The rows of one release: what they add up to, what is wrong with them, and how to read them again.

    A CSV file is found first, then read; between the two, somebody may remember it by its `digest` (SHA-256).
    `private` are the lines that hold personal data, with the rule.
    """

    def __init__(self, path: str, kind: str) -> None:
        self.path, self.kind = path, kind
        self.properties: dict[str, Any] = schema(kind).resolved["properties"]
        self.required: list[str] = schema(kind).resolved["required"]
        self.roles = {
            node["role"]: name for name, node in self.properties.items() if "role" in node
        }
        """The columns that are the name, the date, the number and the amount of a row."""
        self.problems: list[Problem] = []
        self.private: list[tuple[int, str]] = []
        self.sums = Sums()
        self.rows: Rows = HeldRows(kind, ())
        self.digest = ""
        self.stamp: Stamp = (0, 0)
        self.starts = array("I")
        self.named: dict[str, set[str]] = {
            name: set() for name, node in self.properties.items() if "refersTo" in node
        }
        """Which records the rows name, by column."""
        self._pointer = ""

    def find(self, root: Path, limit: int = TABLE_BYTES) -> None:
        """Look for the CSV file, and take its digest; the file is not kept in memory."""
        self._root, self._limit = root, limit
        try:
            openable(root, self.path, limit)
            self.stamp = stamp(root / self.path)
            with (root / self.path).open("rb") as file:
                self.digest = hashlib.file_digest(file, "sha256").hexdigest()
        except Refused as refused:
            self.problems.extend(refused.problems)
        except OSError as error:
            self.problems.extend(unreadable(self.path, error).problems)

    def read_csv(self) -> None:
        """Check the CSV file that was found (RFC 4180, UTF-8, header first) and add it up."""
        try:
            with (self._root / self.path).open("rb") as file:
                header, starts = self._pass(batches(file))
            self.take(header, starts)
        except Odd:
            self._odd()
        except OSError as error:
            self.problems.extend(unreadable(self.path, error).problems)

    def take(self, header: Sequence[str], starts: array[int]) -> None:
        """Know the rows of the CSV file by its columns and the bytes at which its rows begin."""
        self.starts = starts
        self.rows = TableRows(self._root / self.path, self.kind, header, starts, self.stamp)

    def read_rows(self, rows: Sequence[dict[str, str]]) -> None:
        """Take the rows that stand in the record itself."""
        names = list(self.properties)
        for number, row in enumerate(rows):
            header = list(row)
            self._pointer = f"/rows/{number}"
            if self._header(header):
                self.careful(header, [(0, list(row.values()))])
        self.rows = HeldRows(self.kind, rows)
        columns = dict(zip(names, zip(*self.rows.cells(), strict=True), strict=False))
        self.note(columns)
        if not self.problems:
            adder = Adder(self.roles)
            adder.add(columns, all_pence(columns.get(self.roles["amount"], ())))
            self.sums = adder.sums(names)

    def note(self, columns: Mapping[str, Sequence[str]]) -> None:
        """Note what rows name, whatever else is wrong with them."""
        for name, named in self.named.items():
            check = cell_check(self.kind, name)
            fresh = set(columns.get(name, ())) - named
            named.update(cell for cell in fresh if check(cell)[1])

    def places(self) -> Iterator[tuple[int, str, Sequence[str]]]:
        """Each row again: its line (0 in the record itself), its pointer there, its cells."""
        if not isinstance(self.rows, TableRows):
            for number, cells in enumerate(self.rows.cells()):
                yield 0, f"/rows/{number}", cells
            return
        with self.rows.file.open("rb") as file:
            rows = itertools.chain.from_iterable(batch.lines() for batch in batches(file))
            with contextlib.suppress(csv.Error):  # which is told; the rows before it are there
                for line, cells in itertools.islice(rows, 1, None):
                    yield line, "", cells

    def _pass(self, found: Iterator[Batch]) -> tuple[list[str], array[int]]:
        """Check all batches and add them up; returns the header and where the rows begin."""
        header: list[str] = []
        check, starts, line = _Pass(self), array("Q"), 1
        try:
            for batch in found:
                if not header:
                    header = batch.rows.pop(0)
                    batch.line += batch.spans.pop(0)
                    batch.starts.pop(0)
                    if not "".join(header).strip():
                        raise Odd
                    if not self._header(header):
                        return header, starts
                    check.begin(header)
                check.take(batch)
                starts.extend(batch.starts)
                line = batch.line + sum(batch.spans)
                if len(self.problems) > MOST:
                    return header, starts
        except csv.Error as error:
            reason = next((said for found, said in _REASONS if found in str(error)), str(error))
            message = f"the row that begins here is not CSV ({reason})"
            self._problem(line, 1, "", "csv", message, _CSV_HINT)
        if not header and not self.problems:
            raise Odd
        self.sums = check.adder.sums(list(self.properties))
        return header, starts

    def _odd(self) -> None:
        """Say what is wrong with a file that cannot be read as text: that way holds it whole."""
        self.problems.clear()
        try:
            text = read(self._root, self.path, self._limit).text
        except Refused as refused:
            self.problems.extend(refused.problems)
        else:
            self._header(text.partition("\n")[0].split(","))

    def _problem(self, line: int, column: int, name: str, *rest: str) -> None:
        pointer = f"{self._pointer}/{name}" if name else self._pointer
        self.problems.append(Problem(self.path, line, column, pointer, *rest))

    def _header(self, header: list[str]) -> bool:
        before = len(self.problems)
        if len(header) > 2 * len(self.properties):
            message = f"the header has {len(header):,} cells"
            self._problem(1, 1, "", "csv", message, _CSV_HINT)
            return False
        for place, name in enumerate(header, 1):
            if name not in self.properties:
                message = f"{shown(name)} is not a column of this table"
                hint = allowed(self.properties, name, limit=20)
                self._problem(1, place, "", "unknown-field", message, hint)
            elif name in header[: place - 1]:
                message = f"the column {shown(name)} stands twice"
                self._problem(1, place, "", "duplicate-key", message, "keep one of the two")
        for name in self.required:
            if name not in header:
                hint = f"{self.properties[name]['title']}: {self.properties[name]['description']}"
                self._problem(1, 1, "", "missing-field", f'the column "{name}" is missing', hint)
        return len(self.problems) == before

    def careful(
        self,
        header: list[str],
        rows: Iterable[tuple[int, list[str]]],
        places: Sequence[int] | None = None,
    ) -> None:
        """Look at every cell of some rows (in the columns at `places`), and tell what is wrong with it."""
        checks = [
            (place, header[place], cell_check(self.kind, header[place]))
            for place in (range(len(header)) if places is None else places)
        ]
        for line, cells in rows:
            if len(self.problems) > MOST:
                return
            if len(cells) != len(header):
                message = f"the row has {len(cells)} cells and the header has {len(header)}"
                hint = "put text that holds a comma in quotation marks"
                if not cells:
                    message, hint = "the line is empty", "delete it"
                self._problem(line, 1, "", "csv", message, hint)
                continue
            for place, name, check in checks:
                cell = cells[place]
                if not check(cell)[1]:
                    said = complaint_of_cell(self.properties[name], name in self.required, cell)
                    self._problem(line, place + 1, name, said.code, said.message, said.hint)


class _Pass:
    """What one pass over a table carries from batch to batch."""

    def __init__(self, table: Table) -> None:
        self.table, self.adder = table, Adder(table.roles)
        self._guard = CellGuard(table.private)

    def begin(self, header: list[str]) -> None:
        self._header = header
        self._checks = [ColumnCheck(self.table.kind, name) for name in header]

    def take(self, batch: Batch) -> None:
        """Check a batch by its columns, and by its cells if anything is wrong; then add it up."""
        table, header = self.table, self._header
        lines, rows = batch.lines(), batch.rows
        even = set(map(len, rows)) <= {len(header)}
        columns = self._columns(rows)
        wrong: Sequence[int] = range(len(header))
        if even and batch.plain:
            good = map(_applied, self._checks, columns.values())
            wrong = [place for place, right in enumerate(good) if not right]
        if wrong:
            before = len(table.problems)
            table.careful(header, batch.lines(), wrong)
            if len(table.problems) > before:
                lines = ((line, row) for line, row in lines if len(row) == len(header))
                columns = self._columns([row for row in rows if len(row) == len(header)])
                self._note(lines, columns)
                return
        self._note(lines, columns)
        self.adder.add(
            columns, all_pence(columns.get(self.table.roles["amount"], [""] * len(rows)))
        )

    def _columns(self, rows: list[list[str]]) -> dict[str, Sequence[str]]:
        cells: Iterable[Sequence[str]] = zip(*rows, strict=False) if rows else [()] * 99
        return dict(zip(self._header, cells, strict=False))

    def _note(
        self, lines: Iterator[tuple[int, list[str]]], columns: Mapping[str, Sequence[str]]
    ) -> None:
        """Note what the rows name, and what in them is private, whatever else is wrong with them."""
        self.table.note(columns)
        self._guard.look(lines, columns)


def _applied(check: ColumnCheck, cells: Sequence[str]) -> bool:
    return check(cells)


_REASONS = (
    ("unexpected end", "a quotation mark opens a cell and none closes it"),
    ("field limit", "a quotation mark opens a cell and none closes it for very long"),
    ("expected after", "a quotation mark stands in the middle of a cell; there, write it twice"),
)
"""What Python's csv module says, and what that means."""
_CSV_HINT = "save it as CSV (UTF-8, comma) with a header in the first line"
