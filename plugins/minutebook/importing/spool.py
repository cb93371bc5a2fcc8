"""Rows on their way from an export to a release: on disk, so that a million of them take no memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from minutebook.importing.reading import Row
from minutebook.importing.shape import Shape


class Spool:
    """What was taken and what was rejected, in two files of a folder that is thrown away."""

    def __init__(self, folder: Path, shape: Shape, columns: Sequence[str]) -> None:
        self.folder, self.shape = folder, shape
        wanted = {*columns, "RedactionReason"}
        self.columns = [name for name in shape.properties if name in wanted]
        self.keeps = {shape.date} & set(columns)
        """A column that is there even when it is empty: a date that was lost keeps its own."""
        self._empty = list(self.columns)
        self._width = 0
        self._rows = (folder / "rows").open("w", encoding="utf-8", newline="")
        self._out = (folder / "out").open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._rows, lineterminator="\n")
        self._rejects = csv.writer(self._out, lineterminator="\n")

    def add(self, found: dict[str, str]) -> None:
        """Put a row to those taken."""
        self._writer.writerow([found.get(name, "") for name in self.columns])
        if self._empty:
            self._empty = [name for name in self._empty if not found.get(name)]

    def reject(self, row: Row, reason: str) -> None:
        """Put a row to those rejected."""
        self._rejects.writerow([str(row.line), reason, *row.cells])
        width = next(
            (place for place in range(len(row.cells), 0, -1) if row.cells[place - 1].strip()), 0
        )
        self._width = max(self._width, width)

    def close(self) -> None:
        """All rows are in; nothing more is added."""
        self._rows.close()
        self._out.close()

    def table(self, path: Path) -> list[str]:
        """Write the rows taken, with the columns that any of them fills; gives their names."""
        kept = [
            place
            for place, name in enumerate(self.columns)
            if name not in self._empty or name in self.keeps
        ]
        names = [self.columns[place] for place in kept]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            writer.writerows([row[place] for place in kept] for row in _rows(self.folder / "rows"))
        return names

    def rejected(self, path: Path, labels: Sequence[str]) -> None:
        """Write the rows rejected, each with its line and reason before its cells."""
        named = [index + 1 for index, label in enumerate(labels) if label]
        width = max([self._width, *named], default=0)
        header = [labels[index] if index < len(labels) else "" for index in range(width)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["line", "reason", *header])
            writer.writerows(row[: width + 2] for row in _rows(self.folder / "out"))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)
