"""The headers of an export -> the columns of a payment, by the synonyms in `spending-columns.csv`.

A header that the list does not have is never guessed at: it is reported. Two headers that are
equally good for one column are refused, unless the officer says which one is meant.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutebook.importing.reading import Row
from minutebook.importing.refusal import RefusalError
from minutebook.records.problems import shown
from minutebook.records.schema import SCHEMAS, schema

REQUIRED = {"Amount": "amount", "BeneficiaryName": "supplier"}
WITH_VAT = 3
"""Amounts whose header has this preference include VAT."""

_CODE = 60  # longer "codes" are descriptions
_CAPITAL = re.compile(r"(?:c|r|cap|rev|capital|revenue)(?: expenditure)?", re.IGNORECASE)


def names() -> list[str]:
    """The columns that a payment has, in the order of its schema."""
    return list(schema("payment").resolved["properties"])


@functools.lru_cache(maxsize=10_000)
def key(header: str) -> str:
    """What is compared of a header: its letters and digits; the whole header if it has neither."""
    plain = unicodedata.normalize("NFKD", header).casefold()
    return re.sub(r"[^a-z0-9]", "", plain) or plain.strip()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means: a column, and how well it says so (0 best; by the officer's word)."""

    column: str
    preference: int


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Every header that is known, by its key. A meaning without a column is known and not taken."""

    meanings: Mapping[str, Meaning]

    def meaning(self, header: str) -> Meaning | None:
        """What this header means, if it is known."""
        return self.meanings.get(key(header)) if header.strip() else None

    def column(self, header: str) -> str:
        """The column that this header means, or nothing."""
        meaning = self.meaning(header)
        return meaning.column if meaning else ""

    def with_chosen(self, chosen: Mapping[str, str]) -> Synonyms:
        """These, and above them what the officer chose: column -> header."""
        said = {key(header): Meaning(column, 0) for column, header in chosen.items()}
        return Synonyms({**self.meanings, **said})


@functools.cache
def known() -> Synonyms:
    """The synonyms of `schemas/spending-columns.csv`, and the columns' own names and titles."""
    meanings = {}
    with (SCHEMAS / "spending-columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            preference = int(row["preference"] or 0)
            meanings[key(row["synonym"])] = Meaning(row["column"], preference)
    return Synonyms({**meanings, **{key(name): Meaning(name, 1) for name in names()}})


@dataclass(frozen=True, slots=True)
class Source:
    """A column of the source: its header, where it stands and how many of its cells are filled."""

    index: int
    label: str
    cells: int

    def __str__(self) -> str:
        named = shown(self.label) if self.label else "without a header"
        return f"{named} (column {self.letter})"

    @property
    def letter(self) -> str:
        """A, B, ... Z, AA: where a spreadsheet shows it."""
        letters, rest = "", self.index + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return letters


@dataclass(frozen=True, slots=True)
class Matched:
    """Which column of the source goes where, and those that go nowhere."""

    taken: dict[str, Source]
    left: list[Source]
    with_vat: bool


def match(labels: Sequence[str], rows: Sequence[Row], synonyms: Synonyms) -> Matched:
    """Give every column of the source its place.

    Raises `RefusalError` where two fit equally well.
    """
    sources = _sources(labels, rows)
    claims: dict[str, list[tuple[int, Source]]] = {}
    for source in sources:
        meaning = synonyms.meaning(source.label)
        if meaning and meaning.column and _fits(meaning, source, rows):
            claims.setdefault(meaning.column, []).append((meaning.preference, source))
    taken = {column: _best(column, claims[column], rows) for column in names() if column in claims}
    used = {source.index for source in taken.values()}
    left = [
        source for source in sources if source.index not in used and (source.label or source.cells)
    ]
    amount = synonyms.meaning(taken["Amount"].label)
    return Matched(taken, left, bool(amount and amount.preference == WITH_VAT))


def _sources(labels: Sequence[str], rows: Sequence[Row]) -> list[Source]:
    counts = [0] * len(labels)
    for row in rows:
        for index, cell in enumerate(row.cells[: len(labels)]):
            if cell and not cell.isspace():
                counts[index] += 1
    return [Source(index, label, counts[index]) for index, label in enumerate(labels)]


def _fits(meaning: Meaning, source: Source, rows: Sequence[Row]) -> bool:
    """A vague header such as "Type" or "Account code" counts only if its cells are of that kind."""
    if meaning.preference and meaning.column == "CategoryCode":
        return all(len(_cell(row, source)) <= _CODE for row in rows)
    if meaning.preference > 1 and meaning.column == "CapitalRevenue":
        values = {_cell(row, source).strip() for row in rows} - {""}
        return all(_CAPITAL.fullmatch(value) for value in values)
    return True


def _best(column: str, claims: list[tuple[int, Source]], rows: Sequence[Row]) -> Source:
    filled = [claim for claim in claims if claim[1].cells] or claims
    best = min(preference for preference, _ in filled)
    candidates = [source for preference, source in filled if preference == best]
    first = candidates[0]
    for other in candidates[1:]:
        if any(_cell(row, first).strip() != _cell(row, other).strip() for row in rows):
            raise RefusalError(
                f"has two columns that may be {column}, {first} and {other}: delete the one "
                f'that is not meant, or, if their headers differ, say --column {column}="HEADER"'
            )
    return first


def _cell(row: Row, source: Source) -> str:
    return row.cells[source.index] if source.index < len(row.cells) else ""
