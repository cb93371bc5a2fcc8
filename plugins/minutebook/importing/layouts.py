"""Which header means which column, remembered for each organisation where a person can edit it.

The file is `imports/spending-ORGANISATION.yaml` in the content folder; `records/layouts.py` checks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from minutebook.importing.columns import Source, key
from minutebook.importing.refusal import RefusalError
from minutebook.records.layouts import path_of
from minutebook.records.notes import read_note
from minutebook.records.problems import Problem
from minutebook.records.source import RECORD_BYTES

_LONGEST = 300  # as in the schema
_HEAD = """\
# How the spending files of this organisation are read: which header means which column.
# Written by scripts/import_spending.py, to be reviewed and corrected by a person.
# docs/import-spending.md explains every word.
organisation: {organisation}
layouts:
"""


@dataclass(frozen=True, slots=True)
class Layout:
    """How files with one header are read. `headers` or `cells` say which; a layout with neither
    gives further names for columns, whatever else a file holds."""

    classification: str
    columns: Mapping[str, str | int]
    """Column -> its header, or its place from 1."""
    headers: tuple[str, ...] = ()
    cells: int = 0
    date_order: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What is compared with the header of a file."""
        found = [key(header) for header in self.headers]
        while found and not found[-1]:
            found.pop()
        return tuple(found)

    def places(self) -> dict[str, int]:
        """Column -> its index in a row."""
        known = [key(header) for header in self.headers]
        return {
            column: said - 1 if isinstance(said, int) else known.index(key(said))
            for column, said in self.columns.items()
        }

    def names(self) -> dict[str, str]:
        """Column -> header, for those that are told by their header."""
        return {column: said for column, said in self.columns.items() if isinstance(said, str)}

    def record(self) -> dict[str, Any]:
        """As it is written."""
        found: dict[str, Any] = {"classification": self.classification}
        if self.date_order:
            found["date_order"] = self.date_order
        if self.cells:
            found["cells"] = self.cells
        found["columns"] = [
            {"column": column, "position" if isinstance(said, int) else "header": said}
            for column, said in self.columns.items()
        ]
        return {**found, "headers": list(self.headers)} if self.headers else found


@dataclass(slots=True)
class Layouts:
    """The layouts of one organisation, as they are in the content folder and as this run adds."""

    content: Path
    organisation: str
    found: list[Layout] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """Where they are kept."""
        return self.content / path_of(self.organisation)

    def of(self, classification: str) -> list[Layout]:
        """Those for one kind of release."""
        return [layout for layout in self.found if layout.classification == classification]

    def remember(self, layout: Layout, dry_run: bool) -> bool:
        """Keep a layout in the place of one with the same headers; whether that changes anything.

        Raises `RefusalError` if it cannot be written.
        """
        if layout in self.found:
            return False
        rest = [one for one in self.found if not _same(one, layout)]
        added = len(rest) == len(self.found)
        self.found = [*rest, layout]
        if not dry_run:
            self._write(layout if added else None)
        return True

    def _write(self, added: Layout | None) -> None:
        """Add to the end of the file, so that a person's comments stay; else write it anew."""
        text = _HEAD.format(organisation=self.organisation)
        every: Sequence[Layout] = self.found
        if added and self.path.is_file():
            text, every = self.path.read_text("utf-8").rstrip("\n") + "\n", [added]
        text += "".join(_dumped(layout) for layout in every)
        wanted = [layout.record() for layout in self.found]
        if _loaded(text) != wanted:
            text = _HEAD.format(organisation=self.organisation)
            text += "".join(_dumped(layout) for layout in self.found)
        if len(text.encode()) > RECORD_BYTES:
            return  # a council with hundreds of layouts loses nothing: each file shows its columns
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(text, "utf-8", newline="\n")
        except OSError as error:
            why = error.strerror or "the system refuses"
            raise RefusalError(
                f"was imported, but its columns could not be noted in {self.path} ({why}): mend "
                "that, then import it again"
            ) from None


def _same(one: Layout, other: Layout) -> bool:
    same = one.keys == other.keys and one.cells == other.cells
    return same and one.classification == other.classification and bool(one.headers or one.cells)


def _dumped(layout: Layout) -> str:
    return yaml.safe_dump([layout.record()], sort_keys=False, allow_unicode=True, width=10_000)


def _loaded(text: str) -> object:
    try:
        found = yaml.safe_load(text)
        return found.get("layouts") if isinstance(found, dict) else None
    except (yaml.YAMLError, RecursionError):
        return None


def layout_of(
    classification: str, labels: Sequence[str], taken: Mapping[str, Source], date_order: str
) -> Layout | None:
    """What to remember of a file with this header; nothing of one that has none, or a giant one."""
    headers = [_printable(label) for label in labels]
    while headers and not headers[-1]:
        headers.pop()
    if not headers or max(map(len, headers)) > _LONGEST:
        return None
    known = [key(header) for header in headers]
    columns: dict[str, str | int] = {}
    for column, source in taken.items():
        twice = known.count(key(source.label)) > 1
        columns[column] = source.index + 1 if twice else _printable(source.label)
    return Layout(classification, columns, tuple(headers), 0, date_order)


def _printable(label: str) -> str:
    return "".join(char for char in label if char.isprintable())


def layouts(content: Path, organisation: str) -> Layouts:
    """Read what is remembered. Raises `RefusalError` with the first problem, if it has any."""
    found = Layouts(content, organisation)
    if not found.path.is_file():
        return found
    note = read_note(content, path_of(organisation))
    if note.problems or note.document is None:
        raise RefusalError(_sentence(note.problems))
    found.found = [_layout(one) for one in note.document["layouts"]]
    return found


def _sentence(problems: Sequence[Problem]) -> str:
    first = problems[0]
    more = f" ({len(problems) - 1} more)" if problems[1:] else ""
    place = f"{first.path}:{first.line}:{first.column}"
    return f"{place} {first.message}{more}; {first.hint}: mend that first, with scripts/check.py"


def _layout(one: Mapping[str, Any]) -> Layout:
    columns = {it["column"]: it.get("position") or it["header"] for it in one["columns"]}
    return Layout(
        one["classification"],
        columns,
        tuple(one.get("headers", ())),
        one.get("cells", 0),
        one.get("date_order", ""),
    )
