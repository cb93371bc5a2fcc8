"""The first pass over the rows of an export: what its columns hold and how its dates are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from minutebook.importing import dates
from minutebook.importing.columns import Claim, Matching, Source, Synonyms, claims
from minutebook.importing.reading import Row
from minutebook.importing.shape import Shape

_CODE = 60  # longer "codes" are descriptions
_CAPITAL = re.compile(r"(?:c|r|cap|rev|capital|revenue)(?: expenditure)?", re.IGNORECASE)


class Survey:
    """What was seen of every column; `rows` and `blank` count what is below the header."""

    def __init__(
        self,
        labels: Sequence[str],
        synonyms: Synonyms,
        shape: Shape,
        places: Mapping[str, int] | None,
        within: tuple[dates.date, dates.date] | None,
    ) -> None:
        self.labels = list(labels)
        self.shape = shape
        self.places = places
        self.rows = self.blank = 0
        self._counts = [0] * len(labels)
        self._samples = [""] * len(labels)
        self._claims = list(claims(labels, synonyms)) if places is None else []
        dated = set(shape.columns_of("date"))
        columns = places.items() if places is not None else self._claimed()
        self._dates = {
            index: (column, dates.Evidence(within)) for column, index in columns if column in dated
        }
        self._checks = [(claim, *check) for claim in self._claims for check in _checks(claim)]
        self._shared = self._contested()

    def _claimed(self) -> Iterable[tuple[str, int]]:
        return [(claim.meaning.column, claim.index) for claim in self._claims]

    def _contested(self) -> list[Claim]:
        """Claims of columns that more than one claims: are their cells the same?"""
        names = [claim.meaning.column for claim in self._claims]
        return [claim for claim in self._claims if names.count(claim.meaning.column) > 1]

    def see(self, rows: Iterable[Row]) -> Survey:
        """Look at every row."""
        width, counts, samples = len(self.labels), self._counts, self._samples
        for row in rows:
            if row.blank:
                self.blank += 1
                continue
            self.rows += 1
            cells = row.cells
            for index, cell in enumerate(cells[:width] if len(cells) > width else cells):
                if cell and not cell.isspace():
                    counts[index] += 1
                    if counts[index] == 1:
                        samples[index] = cell.strip()[:80]
            self._look(row.line, cells)
        return self

    def _look(self, line: int, cells: list[str]) -> None:
        size = len(cells)
        for index, (_, evidence) in self._dates.items():
            if index < size:
                evidence.see(line, dates.read(cells[index]), cells[index])
        for claim, check in self._checks:
            if claim.fits and claim.index < size:
                claim.fits = check(cells[claim.index].strip())
        for claim in self._shared:
            cell = cells[claim.index].strip() if claim.index < size else ""
            claim.digest = hash((claim.digest, cell))

    def matching(self) -> Matching:
        """The columns of the source and what they claim to be."""
        sources = [
            Source(index, label, self._counts[index], self._samples[index])
            for index, label in enumerate(self.labels)
        ]
        return Matching(self.shape, sources, self._claims)

    def evidence(self, taken: Mapping[str, Source]) -> list[dates.Evidence]:
        """What the date columns that are taken show, the main one first."""
        found = [
            (column, evidence)
            for index, (column, evidence) in self._dates.items()
            if column in taken and taken[column].index == index
        ]
        found.sort(key=lambda one: one[0] != self.shape.date)
        return [evidence for _, evidence in found]


def _checks(claim: Claim) -> Iterable[tuple[object]]:
    """A vague header such as "Type" or "Account code" counts only if its cells are of that kind."""
    if claim.meaning.preference and claim.meaning.column == "CategoryCode":
        yield (lambda cell: len(cell) <= _CODE,)
    if claim.meaning.preference > 1 and claim.meaning.column == "CapitalRevenue":
        yield (lambda cell: not cell or bool(_CAPITAL.fullmatch(cell)),)
