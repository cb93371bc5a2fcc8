"""One file -> one entry: its document, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from minutebook.records.document import Marks, parse
from minutebook.records.messages import Complaint
from minutebook.records.privacy import private_lines
from minutebook.records.problems import Problem, shown
from minutebook.records.references import Mentions
from minutebook.records.schema import schema
from minutebook.records.source import Refused, read


@dataclass(slots=True)
class Entry:
    """A file that holds a record of type `kind`. `document` is set when it could be parsed."""

    kind: str
    path: str
    digest: str = ""
    document: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)
    private: list[Problem] = field(default_factory=list)
    """Personal data in the file, comments included; the record can be sound all the same."""
    mentions: Mentions = field(default_factory=dict)
    """The records that a valid one names."""
    said: list[Complaint] = field(default_factory=list)
    """What the rules that look at one record only have against a valid one."""
    asked: list[Complaint] = field(default_factory=list)
    """What is asked of the record and is not there; it can be excused."""

    @property
    def id(self) -> str:
        """The id in the record, or the file's own name where that cannot be read."""
        found = (self.document or {}).get("id", "")
        return found if isinstance(found, str) and found else PurePosixPath(self.path).stem


def read_entry(root: Path, kind: str, path: str) -> Entry:
    """Read, parse and check one file against the schema of its type."""
    entry = Entry(kind, path)
    rules = schema(kind)
    try:
        source = read(root, path)
        entry.digest = source.digest
        entry.private = private_lines(path, source.text)
        parsed = parse(path, source.text)
    except Refused as refused:
        entry.problems.extend(refused.problems)
        return entry
    entry.document, complaints = rules.document(parsed)
    complaints += [*rules.complaints(entry.document), *_misnamed(entry)]
    if complaints:
        marks = _marks(kind, path, source.text)
        entry.problems += [placed(path, said, marks) for said in complaints]
    return entry


def placed(path: str, said: Complaint, marks: Marks) -> Problem:
    """A complaint with the line and column of its field, or of the nearest field around it."""
    line, column, pointer = said.line, 1 if said.line else 0, said.pointer
    while not line and pointer:
        line, column = marks.get(pointer, (0, 0))
        pointer = pointer.rpartition("/")[0]
    if not line:
        line, column = 1, 1
    words = (said.pointer, said.code, said.message, said.hint, said.severity)
    return Problem(path, line, column, *words)


def locate(root: Path, kind: str, path: str, complaints: list[Complaint]) -> list[Problem]:
    """Find the places of complaints that came up after the file was read; it is parsed again."""
    try:
        marks = _marks(kind, path, read(root, path).text)
    except Refused:  # somebody is just changing it
        marks = {}
    return [placed(path, said, marks) for said in complaints]


def _marks(kind: str, path: str, text: str) -> Marks:
    marks: Marks = {}
    parsed = parse(path, text, marks)
    headings = schema(kind).sections
    for section in parsed.sections:
        if section.heading in headings:
            marks[f"/{headings[section.heading]}"] = (section.line, 1)
    return marks


def _misnamed(entry: Entry) -> Iterator[Complaint]:
    """A file is named after the id of its record, so that a person finds one by the other."""
    id = (entry.document or {}).get("id")
    stem = PurePosixPath(entry.path).stem
    if entry.kind == "council" or not isinstance(id, str):
        return
    if stem != id and not stem.startswith(f"{id}-"):
        message = f"the record has the id {shown(id)} and its file is called {shown(stem)}"
        hint = f"call the file {shown(id)} or {shown(f'{id}-some-words')}"
        yield Complaint("/id", "file-name", message, hint)
