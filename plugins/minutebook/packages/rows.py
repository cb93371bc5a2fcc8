"""The records -> rows, one table at a time and exactly: what was written comes back.

Amounts have two decimals, truth is `true` or `false`, a value that is not there is an empty cell. Text is
left as it is, also where a spreadsheet would take it for a formula: `@UK Plc` is a company's name.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from minutebook.packages.columns import Column
from minutebook.packages.keys import releases_of
from minutebook.packages.tables import Table
from minutebook.records.model import Release
from minutebook.records.model.build import pence, plain
from minutebook.records.records import Records
from minutebook.records.rows import Rows

Row = list[Any]
"""The cells of one row: text, None for nothing, or a day."""
_CHUNK = 2000
"""So many rows are held in memory at once."""
_EXACT = re.compile(r"(?:(?:(?:0|-?[1-9][0-9]*|-0(?!\.00))\.[0-9]{2})?(?:\n|$))*")
"""Amounts, a line each, that are written already as amounts are written here."""


def lines(found: Iterator[Row]) -> Iterator[tuple[bytes, int]]:
    """Rows as CSV, piece by piece and with how many there are in each.

    UTF-8, comma, quotes where needed, a line feed after each row.
    """
    while some := list(itertools.islice(found, _CHUNK)):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(some)
        yield buffer.getvalue().encode(), len(some)


def header(table: Table) -> bytes:
    """The first line of the file of a table."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(column.name for column in table.every)
    return buffer.getvalue().encode()


def rows(table: Table, records: Records) -> Iterator[Row]:
    """Every row, in the order of the records' ids and of the lists in them."""
    if table.row_of:
        for release in releases_of(table, records):
            yield from release_rows(table, release)
        return
    yield from document_rows(table, (one for _, _, one in records.documents(table.kind)))


def document_rows(table: Table, documents: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """The rows of some records."""
    cells = [_cell(column) for column in table.columns]
    for document in documents:
        for keys, item in _items(table, document):
            yield [*keys, *[cell(item) for cell in cells]]


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


def release_rows(table: Table, release: Release) -> Iterator[Row]:
    """The rows of one release, read from its table and never held together."""
    start = 1
    for some in exact_rows(release, table.columns):
        for number, cells in enumerate(some, start):
            yield [release.id, str(number), *cells]
        start += len(some)


def exact_rows(release: Release, columns: Sequence[Column]) -> Iterator[list[Sequence[str]]]:
    """The cells of the rows of a release in some columns, many rows at a time; amounts have two decimals."""
    money = [place for place, column in enumerate(columns) if column.node.get("format") == "money"]
    held = rows_of(release)
    found = held.text([column.name for column in columns]) if isinstance(held, Rows) else iter(())
    while some := list(itertools.islice(found, _CHUNK)):
        for place in money:
            if not _EXACT.fullmatch("\n".join([cells[place] for cells in some])):
                some = [_mended(cells, place) for cells in some]
        yield some


def _mended(cells: Sequence[str], place: int) -> Sequence[str]:
    amount = cells[place]
    return [*cells[:place], plain(pence(amount)) if amount else "", *cells[place + 1 :]]


def rows_of(release: Release) -> Sequence[Any]:
    """The rows of a release, of whichever kind they are."""
    return release.payments or release.grants or release.contract_entries or release.budget_lines
