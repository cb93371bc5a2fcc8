"""The headers of an export -> the columns of a release, by the synonyms in `spending-columns.csv`.

A header that the list does not have is never guessed at: it is reported. Two headers that are
equally good for one column are refused, unless the officer says which one is meant.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from minutebook.importing.refusal import RefusalError
from minutebook.importing.shape import Shape, shape
from minutebook.records.problems import shown
from minutebook.records.schema import SCHEMAS, codelist

WITH_VAT = 3
"""Amounts whose header has this preference include VAT (payments) or are of a year (contracts)."""


@functools.lru_cache(maxsize=10_000)
def key(header: str) -> str:
    """What is compared of a header: its letters and digits; the whole header if it has neither."""
    plain = unicodedata.normalize("NFKD", header).casefold()
    return re.sub(r"[^a-z0-9]", "", plain) or plain.strip()


def every_name() -> list[str]:
    """The columns of every kind of release, each once."""
    names = (name for code in codelist("release-classification") for name in shape(code).properties)
    return list(dict.fromkeys(names))


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
def known(classification: str) -> Synonyms:
    """The synonyms for a kind of release, and its columns' own names."""
    meanings: dict[str, Meaning] = {}
    for kinds in (
        ("",),
        ("payments",),
        ("purchase-card",),
        ("grants",),
        ("contracts",),
        ("budget",),
    ):
        if kinds[0] in _kinds(classification):
            meanings |= _meanings(kinds[0])
    own = {key(name): Meaning(name, 1) for name in shape(classification).properties}
    return Synonyms({**meanings, **own})


def _kinds(classification: str) -> set[str]:
    return {"", classification} | ({"payments"} if classification == "purchase-card" else set())


def _meanings(kind: str) -> dict[str, Meaning]:
    with (SCHEMAS / "spending-columns.csv").open(encoding="utf-8", newline="") as file:
        return {
            key(row["synonym"]): Meaning(row["column"], int(row["preference"] or 0))
            for row in csv.DictReader(file)
            if row["kind"] == kind
        }


@dataclass(frozen=True, slots=True)
class Source:
    """A column of the source: its header, where it stands, how many of its cells are filled."""

    index: int
    label: str
    cells: int = 0
    sample: str = ""
    """Its first filled cell."""

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


@dataclass(slots=True)
class Claim:
    """A column of the source that may be a column of the release, and what is known of its cells."""

    index: int
    meaning: Meaning
    digest: int = 0
    """Equal for two columns whose cells are all equal."""
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Matched:
    """Which column of the source goes where, and those that go nowhere."""

    taken: dict[str, Source]
    left: list[Source]
    note: str = ""
    """What must be said of the amounts: that they include VAT, or are of a year."""


def claims(labels: Sequence[str], synonyms: Synonyms) -> Iterator[Claim]:
    """What each header claims to be."""
    for index, label in enumerate(labels):
        meaning = synonyms.meaning(label)
        if meaning and meaning.column:
            yield Claim(index, meaning)


@dataclass(slots=True)
class Matching:
    """The sources of a file and what they claim; asked once all rows were seen."""

    shape: Shape
    sources: list[Source]
    claimed: list[Claim] = field(default_factory=list)

    def matched(self) -> Matched:
        """Give every column of the source its place.

        Raises `RefusalError` where two fit equally well.
        """
        groups: dict[str, list[Claim]] = {}
        for claim in self.claimed:
            if claim.fits:
                groups.setdefault(claim.meaning.column, []).append(claim)
        found = {
            name: self._best(name, groups[name]) for name in self.shape.properties if name in groups
        }
        amount = found[self.shape.amount]
        taken = {name: self.sources[claim.index] for name, claim in found.items()}
        vague = amount.meaning.preference == WITH_VAT
        return Matched(taken, self._left(taken), _note(self.shape) if vague else "")

    def placed(self, places: Mapping[str, int]) -> Matched:
        """Take the columns from these places, as a person said."""
        taken = {
            name: self.sources[places[name]] for name in self.shape.properties if name in places
        }
        return Matched(taken, self._left(taken))

    def _left(self, taken: Mapping[str, Source]) -> list[Source]:
        used = {source.index for source in taken.values()}
        rest = (source for source in self.sources if source.index not in used)
        return [source for source in rest if source.label or source.cells]

    def _best(self, column: str, group: list[Claim]) -> Claim:
        filled = [claim for claim in group if self.sources[claim.index].cells] or group
        best = min(claim.meaning.preference for claim in filled)
        candidates = [claim for claim in filled if claim.meaning.preference == best]
        first = candidates[0]
        for other in candidates[1:]:
            if other.digest != first.digest:
                one, two = self.sources[first.index], self.sources[other.index]
                raise RefusalError(
                    f"has two columns that may be {column}, {one} and {two}: delete the one "
                    f'that is not meant, or, if their headers differ, say --column {column}="HEADER"'
                )
        return first


def _note(wanted: Shape) -> str:
    if wanted.classification == "contracts":
        return "The values are those of a year, as the source gives no others."
    if wanted.classification in ("payments", "purchase-card"):
        return "The amounts include VAT, as the source gives no others."
    return ""
