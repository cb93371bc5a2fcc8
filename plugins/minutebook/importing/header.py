"""Where in an export the header stands: after titles and empty lines, on one line or on two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutebook.importing.columns import REQUIRED, Synonyms
from minutebook.importing.reading import DELIMITERS, Row, Text, head
from minutebook.importing.refusal import RefusalError
from minutebook.records.problems import shown

SEARCHED = 60
"""How many rows from the top the header is looked for."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header: its labels, its first line, and the line on which its last row begins."""

    labels: list[str]
    line: int
    last_line: int
    columns: frozenset[str]


def find(text: Text, synonyms: Synonyms) -> tuple[str, Header]:
    """The delimiter and the header of an export.

    Raises `RefusalError`, which says what is missing, if no row names an amount and a supplier.
    """
    candidates = []
    nearest: tuple[str, Header] | None = None
    for delimiter in DELIMITERS:
        for header in _headers(head(text, delimiter, SEARCHED), synonyms):
            if header.columns >= REQUIRED.keys():
                candidates.append((delimiter, header))
            elif nearest is None or len(header.columns) > len(nearest[1].columns):
                nearest = (delimiter, header)
    if candidates:
        return max(candidates, key=lambda found: len(found[1].columns))  # the first of the best
    raise RefusalError(_nothing(nearest[1] if nearest and len(nearest[1].columns) > 1 else None))


def _headers(rows: Sequence[Row], synonyms: Synonyms) -> list[Header]:
    """Every row that might be a header, with the row below it if that is its second line."""
    found = []
    for index, row in enumerate(rows):
        labels = [_label(cell) for cell in row.cells]
        size = 1
        if index + 1 < len(rows) and _second_line(rows[index + 1], synonyms):
            labels = _merged(labels, rows[index + 1].cells)
            size = 2
        columns = _columns(labels, synonyms)
        alone = _columns([_label(cell) for cell in row.cells], synonyms)
        if size == 2 and not columns >= alone & REQUIRED.keys():
            labels, columns, size = [_label(cell) for cell in row.cells], alone, 1
        if columns:
            found.append(Header(labels, row.line, rows[index + size - 1].line, columns))
    return found


def _columns(labels: list[str], synonyms: Synonyms) -> frozenset[str]:
    return frozenset(column for label in labels if (column := synonyms.column(label)))


def _label(cell: str) -> str:
    return " ".join(cell.split())


def _second_line(row: Row, synonyms: Synonyms) -> bool:
    """Whether a row has nothing but known headers, of which it lacks at least one."""
    labels = [label for cell in row.cells if (label := _label(cell))]
    known = all(synonyms.meaning(label) for label in labels)
    return bool(labels) and known and not _columns(labels, synonyms) >= REQUIRED.keys()


def _merged(first: list[str], second: list[str]) -> list[str]:
    width = max(len(first), len(second))
    upper = first + [""] * (width - len(first))
    lower = [_label(cell) for cell in second] + [""] * (width - len(second))
    return [" ".join(filter(None, pair)) for pair in zip(upper, lower, strict=True)]


def _nothing(nearest: Header | None) -> str:
    if nearest is None:
        return (
            f"has no header row that is understood in its first {SEARCHED} rows: give it one, with "
            "at least Supplier and Amount, or name its columns as with "
            '--column Amount="Net paid" --column BeneficiaryName="Paid to"'
        )
    lacking = [word for column, word in REQUIRED.items() if column not in nearest.columns]
    listed = ", ".join(shown(label) for label in nearest.labels[:40] if label)
    column = next(column for column in REQUIRED if column not in nearest.columns)
    return (
        f"has no {' and no '.join(lacking)} column that is understood; its header on line "
        f"{nearest.line} is {listed}: say which one is meant, as with "
        f'--column {column}="HEADER", or export it with that column'
    )
