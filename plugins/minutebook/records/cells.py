"""The cells of a table against the schema of their column: one by one, or a column at a time.

A column is looked at as a whole first, because almost all are right; what is wrong is then looked for cell
by cell. Both ways say the same.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from minutebook.records.model.build import pence
from minutebook.records.schema import is_date, schema

CELL = 2000
"""The longest cell, in characters."""

_SEEN = 100_000
"""So many good values of a column are remembered; more would be a column of numbers of invoices."""
_EXACT = re.compile(r"(?:-?[0-9]{1,13}\.[0-9]{2}\n)*")

Check = Callable[[str], tuple[Any, bool]]


@functools.cache
def cell_check(kind: str, name: str) -> Check:
    """A function: the text of a cell -> its value, and whether it may stand there."""
    node = schema(kind).resolved["properties"][name]
    required = name in schema(kind).resolved["required"]
    pattern = re.compile(node.get("pattern", ""))
    codes, longest = node.get("enum"), _longest(node)
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


class ColumnCheck:
    """Checks one column of one file, many cells at a time."""

    def __init__(self, kind: str, name: str) -> None:
        node = schema(kind).resolved["properties"][name]
        self._required = name in schema(kind).resolved["required"]
        self._longest = _longest(node)
        self._check = cell_check(kind, name)
        self._text = node["type"] == "string" and not {"pattern", "enum", "format"} & node.keys()
        self._money = node.get("format") == "money"
        self._good: set[str] = set()

    def __call__(self, cells: Sequence[str]) -> bool:
        """Whether every cell may stand in the column. Cells that hold a line end are for the other way."""
        if self._text:
            short = max(map(len, cells), default=0) <= self._longest
            return short and not (self._required and "" in cells)
        if self._money and _EXACT.fullmatch("\n".join(cells) + "\n"):
            return True
        return self._each(set(cells) - self._good)

    def _each(self, cells: Collection[str]) -> bool:
        if not all(self._check(cell)[1] for cell in cells):
            return False
        if len(self._good) < _SEEN:
            self._good.update(cells)
        return True


def all_pence(cells: Sequence[str]) -> list[int]:
    """The amounts of a column that was found right, in pence; an empty cell is 0."""
    text = "\n".join(cells)
    if cells and _EXACT.fullmatch(text + "\n"):
        return list(map(int, text.replace(".", "").split("\n")))
    return [pence(cell) if cell else 0 for cell in cells]


def _longest(node: dict[str, Any]) -> int:
    return min(int(node.get("maxLength", CELL)), CELL)


def _day(cell: str) -> str | None:
    return cell if is_date(cell) else None


_TYPES: dict[str, Callable[[str], Any]] = {"boolean": {"true": True, "false": False}.get}
