"""The rows of a spending release: CSV or rows in the record -> payments, grants, contracts, budget lines.

One pass; every row that is wrong is told with its line and column. Numbers stay exact.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from minutebook.records.messages import complaint_of_cell
from minutebook.records.model import BudgetLine, CardPayment, ContractEntry, Grant, Payment
from minutebook.records.model.build import build
from minutebook.records.problems import Problem, allowed, shown
from minutebook.records.schema import is_date, schema
from minutebook.records.source import LINE, MOST, TABLE_BYTES, Refused, read

CELL = 2000
"""The longest cell, in characters."""

Row = Payment | Grant | ContractEntry | BudgetLine
_CLASSES: dict[str, type[Row]] = {
    "payment": Payment,
    "card-payment": CardPayment,
    "grant": Grant,
    "contract-entry": ContractEntry,
    "budget-line": BudgetLine,
}
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
    return next(name for name in _CLASSES if classification in schema(name).resolved["rowOf"])


class Table:
    """The rows of one release and what is wrong with them."""

    def __init__(self, path: str, kind: str) -> None:
        self.path, self.kind = path, kind
        self.properties: dict[str, Any] = schema(kind).resolved["properties"]
        self.required: list[str] = schema(kind).resolved["required"]
        self.problems: list[Problem] = []
        self.rows: list[Row] = []
        self.places: list[tuple[int, str]] = []
        """The line of each row, and its pointer where it stands in the record itself."""
        self._pointer = ""

    def read_csv(self, root: Path) -> None:
        """Read the rows of the CSV file (RFC 4180, UTF-8, header in the first line)."""
        try:
            text = read(root, self.path, TABLE_BYTES).text
        except Refused as refused:
            self.problems.extend(refused.problems)
            return
        csv.field_size_limit(LINE)
        rows = _Rows(text)
        try:
            _, header = next(rows)
            if self._header(header):
                self._cells(header, rows)
        except csv.Error as error:
            reason = next((said for found, said in _REASONS if found in str(error)), str(error))
            message = f"the row that begins here is not CSV ({reason})"
            self._problem(rows.line, 1, "", "csv", message, _CSV_HINT)

    def read_rows(self, rows: Iterable[dict[str, str]]) -> None:
        """Take the rows that stand in the record itself."""
        for number, row in enumerate(rows):
            header = list(row)
            self._pointer = f"/rows/{number}"
            if self._header(header):
                self._cells(header, iter([(0, list(row.values()))]))

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

    def _cells(self, header: list[str], rows: Iterator[tuple[int, list[str]]]) -> None:
        checks = [_check(self.kind, name) for name in header]
        make = _CLASSES[self.kind]
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
            document: dict[str, Any] = {}
            before = len(self.problems)
            for place, (name, check, cell) in enumerate(zip(header, checks, cells, strict=True), 1):
                value, good = check(cell)
                if not good:
                    self._complain(line, place, name, cell)
                elif cell:
                    document[name] = value
            if len(self.problems) == before:
                self.rows.append(build(make, document))
                self.places.append((line, self._pointer))

    def _complain(self, line: int, place: int, name: str, cell: str) -> None:
        said = complaint_of_cell(self.properties[name], name in self.required, cell)
        self._problem(line, place, name, said.code, said.message, said.hint)


class _Rows:
    """The rows of a CSV text, each with the line on which it begins."""

    def __init__(self, text: str) -> None:
        self.line = 1
        # Only \n ends a line; splitlines() would cut cells at other characters.
        self._reader = csv.reader(map(_bounded, io.StringIO(text, newline="\n")), strict=True)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return self

    def __next__(self) -> tuple[int, list[str]]:
        self.line = self._reader.line_num + 1
        return self.line, next(self._reader)


def _bounded(line: str) -> str:
    if len(line) > LINE:
        raise csv.Error(f"the line is longer than {LINE:,} characters")
    return line


@functools.cache
def _check(kind: str, name: str) -> Callable[[str], tuple[Any, bool]]:
    """A function: the text of a cell -> its value, and whether it may stand there."""
    node = schema(kind).resolved["properties"][name]
    required = name in schema(kind).resolved["required"]
    pattern = re.compile(node.get("pattern", ""))
    codes, longest = node.get("enum"), min(node.get("maxLength", CELL), CELL)
    convert = _day if node.get("format") == "date" else _TYPES.get(node["type"], str)

    def check(cell: str) -> tuple[Any, bool]:
        if not cell:
            return None, not required
        if len(cell) > longest or not pattern.search(cell) or cell.endswith("\n"):
            return None, False
        if codes is not None and cell not in codes:
            return None, False
        value = convert(cell)
        return value, value is not None

    return check


def _day(cell: str) -> str | None:
    return cell if is_date(cell) else None


_TYPES: dict[str, Callable[[str], Any]] = {"boolean": {"true": True, "false": False}.get}
_REASONS = (
    ("unexpected end", "a quotation mark opens a cell and none closes it"),
    ("field limit", "a quotation mark opens a cell and none closes it for very long"),
    ("expected after", "a quotation mark stands in the middle of a cell; there, write it twice"),
)
"""What Python's csv module says, and what that means."""
_CSV_HINT = "save it as CSV (UTF-8, comma) with a header in the first line"
