"""Personal data in the cells of a table that hold words."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Mapping, Sequence

from minutebook.records.privacy import search
from minutebook.records.source import MOST

WORDS = (
    "OrganisationalUnit",
    "BeneficiaryName",
    "Purpose",
    "CategoryInternalName",
    "ProclassLabel",
)
"""The columns that hold words, in which personal data is looked for; numbers of transactions are none."""


class CellGuard:
    """Looks at each distinct cell once. `private` gets the lines that hold something, with its rule."""

    def __init__(self, private: list[tuple[int, str]]) -> None:
        self._private = private
        self._seen: set[str] = set()
        self._guilty: dict[str, list[str]] = {}

    def look(
        self, lines: Iterable[tuple[int, object]], columns: Mapping[str, Sequence[str]]
    ) -> None:
        """Look at the words of some rows, whose lines are given with them."""
        words = [columns[name] for name in WORDS if name in columns]
        fresh = sorted(set().union(*words) - self._seen)
        self._seen.update(fresh)
        ends = list(itertools.accumulate(len(cell) + 1 for cell in fresh))
        for hit in itertools.islice(search("\n".join(fresh)), MOST + 1):
            cell = fresh[bisect.bisect(ends, hit.start)]
            self._guilty.setdefault(cell, []).append(hit.code)
        if not self._guilty or len(self._private) > MOST:
            return
        for number, (line, _) in enumerate(lines):
            for column in words:
                for code in self._guilty.get(column[number], ()):
                    self._private.append((line, code))
