"""The records -> rows, one table at a time and exactly: what was written comes back.

Amounts have two decimals, truth is `true` or `false`, a value that is not there is an empty cell. Text is
left as it is, also where a spreadsheet would take it for a formula: `@UK Plc` is a company's name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from minutebook.packages.columns import Column
from minutebook.packages.tables import Table
from minutebook.records.model import Release
from minutebook.records.model.build import pence, plain
from minutebook.records.records import Records

Row = list[Any]
"""The cells of one row: text, None for nothing, or a day."""
_CHUNK = 2000
"""So many rows are held in memory at once."""


class Sheet:
    """One table with the records of one council. `rows` counts those that `chunks` has given."""

    def __init__(self, table: Table, records: Records) -> None:
        self.table, self.records = table, records
        self.rows = 0

    def chunks(self) -> Iterator[bytes]:
        """The CSV file piece by piece: UTF-8, comma, quotes where needed, a line feed after each row."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(column.name for column in self.table.every)
        for row in rows(self.table, self.records):
            writer.writerow(row)
            self.rows += 1
            if self.rows % _CHUNK == 0:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()


def rows(table: Table, records: Records) -> Iterator[Row]:
    """Every row, in the order of the records' ids and of the lists in them."""
    if table.row_of:
        yield from _release_rows(table, records)
        return
    cells = [_cell(column) for column in table.columns]
    for record in _records(table.kind, records):
        for keys, item in _items(table, record.document):
            yield [*keys, *(cell(item) for cell in cells)]


def _records(kind: str, records: Records) -> Iterable[Any]:
    return [records.council] if kind == "council" else records.by_type[kind].values()


def _items(table: Table, document: Mapping[str, Any]) -> Iterator[tuple[Row, Any]]:
    """What the rows are made from, with the cells of their key columns."""
    if table.parent is None:
        yield [], document
        return
    for keys, outer in _items(table.parent, document):
        before = keys or [document["id"]]
        for number, item in enumerate(_at(outer, table.path) or (), 1):
            yield [*before, str(number)], item


def _at(item: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        item = item.get(name)
        if item is None:
            return None
    return item


def _cell(column: Column) -> Callable[[Any], str]:
    convert, path = _text(column), column.path
    if len(path) == 1:
        name = path[0]
        return lambda item: convert(item[name]) if name in item else ""

    def cell(item: Any) -> str:
        value = _at(item, path)
        return "" if value is None else convert(value)

    return cell


def _text(column: Column) -> Callable[[Any], str]:
    if column.node.get("format") == "money":
        return lambda value: plain(pence(value))
    if column.type == "boolean":
        return _truth
    return str


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _release_rows(table: Table, records: Records) -> Iterator[Row]:
    """The rows of releases, which stand in objects because a table may have a million of them."""
    values = attrgetter(*(column.name for column in table.columns))
    # The writer leaves nothing for None and writes days in ISO 8601; only these need us.
    special = [
        (place, plain if column.node.get("format") == "money" else _truth)
        for place, column in enumerate(table.columns, 2)
        if column.node.get("format") == "money" or column.type == "boolean"
    ]
    for release in records.releases.values():
        if release.classification not in table.row_of:
            continue
        for number, row in enumerate(_rows_of(release), 1):
            cells = [release.id, str(number), *values(row)]
            for place, convert in special:
                if cells[place] is not None:
                    cells[place] = convert(cells[place])
            yield cells


def _rows_of(release: Release) -> Iterable[Any]:
    return release.payments or release.grants or release.contract_entries or release.budget_lines
