"""Where in an export the header stands: after titles and empty lines, on one line or on two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutebook.importing.columns import Synonyms, key
from minutebook.importing.layouts import Layout, path_of
from minutebook.importing.reading import DELIMITERS, Row, Text, head
from minutebook.importing.refusal import RefusalError
from minutebook.importing.shape import Shape
from minutebook.records.problems import shown

SEARCHED = 60
"""How many rows from the top the header is looked for."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header: its labels, its first line, and the line on which its last row begins.

    A file without a header has empty labels, and its rows begin below line 0.
    """

    labels: list[str]
    line: int
    last_line: int
    columns: frozenset[str]
    layout: Layout | None = None
    """The layout that was remembered for these labels."""


def find(
    text: Text, synonyms: Synonyms, wanted: Shape, layouts: Sequence[Layout], owner: str
) -> tuple[str, Header]:
    """The delimiter and the header of an export.

    A remembered layout is recognised first, then a header by synonyms, then a layout for files
    without a header. Raises `RefusalError`, which says what is missing.
    """
    tops = {delimiter: head(text, delimiter, SEARCHED) for delimiter in DELIMITERS}
    for delimiter, rows in tops.items():
        if header := _remembered(rows, layouts):
            return delimiter, header
    candidates = []
    nearest: Header | None = None
    for delimiter, rows in tops.items():
        for header in _headers(rows, synonyms, wanted):
            if header.columns >= wanted.required.keys():
                candidates.append((delimiter, header))
            elif nearest is None or len(header.columns) > len(nearest.columns):
                nearest = header
    if candidates:
        return max(candidates, key=lambda found: len(found[1].columns))  # the first of the best
    for delimiter, rows in tops.items():
        if found := _headerless(rows, layouts):
            return delimiter, found
    if nearest and len(nearest.columns) > 1:
        raise RefusalError(_lacks(nearest, wanted))
    raise RefusalError(_nothing(tops, wanted, owner))


def _remembered(rows: Sequence[Row], layouts: Sequence[Layout]) -> Header | None:
    known = {layout.keys: layout for layout in layouts if layout.headers}
    if not known:
        return None
    for index, row in enumerate(rows):
        labels = [_label(cell) for cell in row.cells]
        if layout := known.get(keys(labels)):
            return Header(labels, row.line, row.line, frozenset(), layout)
        if index + 1 < len(rows):
            merged = _merged(labels, rows[index + 1].cells)
            if layout := known.get(keys(merged)):
                return Header(merged, row.line, rows[index + 1].line, frozenset(), layout)
    return None


def keys(labels: Sequence[str]) -> tuple[str, ...]:
    """What is compared of a header row: its labels, without empty ones at its end."""
    found = [key(label) for label in labels]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _headerless(rows: Sequence[Row], layouts: Sequence[Layout]) -> Header | None:
    wide = {layout.cells: layout for layout in layouts if layout.cells}
    first = next((row for row in rows if not row.blank), None)
    if first and (layout := wide.get(len(first.cells))):
        return Header([""] * layout.cells, 0, 0, frozenset(), layout)
    return None


def _headers(rows: Sequence[Row], synonyms: Synonyms, wanted: Shape) -> list[Header]:
    """Every row that might be a header, with the row below it if that is its second line."""
    found = []
    required = wanted.required.keys()
    for index, row in enumerate(rows):
        labels = [_label(cell) for cell in row.cells]
        alone = _columns(labels, synonyms)
        columns, size = alone, 1
        if index + 1 < len(rows) and _second_line(rows[index + 1], synonyms, wanted):
            merged = _merged(labels, rows[index + 1].cells)
            both = _columns(merged, synonyms)
            more = _known(rows[index + 1], synonyms) or len(both) > len(alone)
            if both >= alone & required and more:
                labels, columns, size = merged, both, 2
        if columns:
            found.append(Header(labels, row.line, rows[index + size - 1].line, columns))
    return found


def _columns(labels: list[str], synonyms: Synonyms) -> frozenset[str]:
    return frozenset(column for label in labels if (column := synonyms.column(label)))


def _label(cell: str) -> str:
    return " ".join(cell.split())


def _second_line(row: Row, synonyms: Synonyms, wanted: Shape) -> bool:
    """Whether a row can be the second line of a header: words only, which are no header alone."""
    labels = [label for cell in row.cells if (label := _label(cell))]
    words = all(not any(char.isdigit() for char in label) for label in labels)
    return bool(labels) and words and not _columns(labels, synonyms) >= wanted.required.keys()


def _known(row: Row, synonyms: Synonyms) -> bool:
    """Whether a row holds nothing but known headers."""
    return all(synonyms.meaning(label) for cell in row.cells if (label := _label(cell)))


def _merged(first: list[str], second: list[str]) -> list[str]:
    width = max(len(first), len(second))
    upper = first + [""] * (width - len(first))
    lower = [_label(cell) for cell in second] + [""] * (width - len(second))
    return [" ".join(filter(None, pair)) for pair in zip(upper, lower, strict=True)]


def _lacks(nearest: Header, wanted: Shape) -> str:
    lacking = [word for column, word in wanted.required.items() if column not in nearest.columns]
    listed = ", ".join(shown(label) for label in nearest.labels[:40] if label)
    column = next(column for column in wanted.required if column not in nearest.columns)
    return (
        f"has no {' and no '.join(lacking)} column that is understood; its header on line "
        f"{nearest.line} is {listed}: say which one is meant, as with "
        f'--column {column}="HEADER", or export it with that column'
    )


def _filled(row: Row) -> int:
    return sum(map(bool, map(str.strip, row.cells)))


def _nothing(tops: dict[str, list[Row]], wanted: Shape, owner: str) -> str:
    """What to say of a file without a header: its first row, and what to write about it."""
    delimiter = max(tops, key=lambda one: max(map(_filled, tops[one]), default=0))
    first = max(tops[delimiter], key=_filled, default=Row(1, []))  # the first of the fullest
    cells = " | ".join(shown(_label(cell)) for cell in first.cells[:12])
    amount, name = wanted.required
    return (
        f"has no header row that is understood in its first {SEARCHED} rows; line {first.line} is "
        f'{cells}: if that is a header, say --column {amount}="HEADER" --column {name}="HEADER"; '
        f"if the file has none, describe it in {path_of(owner)} with classification: "
        f"{wanted.classification}, cells: {len(first.cells)} and the columns by position, such as "
        f"- column: {amount} and position: 1 (see docs/import-spending.md)"
    )
