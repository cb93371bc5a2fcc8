"""content/ -> all records, or all problems. The one entry; never half a register."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from minutebook.records import model
from minutebook.records.entries import Entry, locate, read_entry
from minutebook.records.files import Files, find
from minutebook.records.geometry import geometry
from minutebook.records.memory import Memory
from minutebook.records.messages import Complaint
from minutebook.records.model.build import build
from minutebook.records.problems import Problem
from minutebook.records.records import Records
from minutebook.records.rules import RULES
from minutebook.records.rules.links import link_complaints, row_problems
from minutebook.records.rules.releases import release_complaints
from minutebook.records.schema import record_types
from minutebook.records.source import TABLE_BYTES, Refused, read
from minutebook.records.tables import Table, row_type

_CLASSES: dict[str, type[Any]] = {
    "body": model.Body,
    "contract": model.Contract,
    "council": model.Council,
    "decision": model.Decision,
    "evaluation": model.Evaluation,
    "meeting": model.Meeting,
    "page": model.Page,
    "participation": model.Participation,
    "person": model.Person,
    "petition": model.Petition,
    "place": model.Place,
    "provider": model.Provider,
    "release": model.Release,
    "topic": model.Topic,
}


@dataclass(slots=True)
class Loaded:
    """What came of loading: `records` when there are no `problems`, else None."""

    records: Records | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Register:
    """What is being put together while loading."""

    root: Path
    files: Files
    entries: list[Entry]
    tables: dict[str, Table] = field(default_factory=dict)
    geometries: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    logo: bytes = b""


def load(content: Path, cache: Path | None = None) -> Loaded:
    """Read every file below `content` and check it by itself and against the others.

    `cache` is a folder in which valid records may be remembered from one time to the next. Returns the
    records, or every problem there is, sorted by file and line.
    """
    # Bulk reading makes millions of objects that all live on; looking for garbage among them costs
    # more than the reading.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _load(content, Memory(cache, content) if cache else None)
    finally:
        if collecting:
            gc.enable()


def _load(content: Path, memory: Memory | None) -> Loaded:
    files = find(content)
    entries = [
        read_entry(content, kind, path, memory)
        for kind in sorted(files.records)
        for path in files.records[kind]
    ]
    if memory:
        memory.save()
    register = _Register(content, files, entries, problems=[*files.problems])
    _read_beside(register)
    complaints = {entry.path: list[Complaint]() for entry in entries}
    for path, said in link_complaints(entries):
        complaints[path].append(said)
    for path, said in release_complaints(entries, register.tables):
        complaints[path].append(said)
    if not any(entry.problems for entry in entries):
        for rule in RULES:
            for path, said in rule(entries):
                complaints[path].append(said)
    _gather(register, complaints)
    if register.problems:
        return Loaded(problems=sorted(set(register.problems)))
    return Loaded(_records(register))


def _gather(register: _Register, complaints: dict[str, list[Complaint]]) -> None:
    for entry in register.entries:
        register.problems += entry.problems
        if complaints[entry.path]:
            register.problems += locate(
                register.root, entry.kind, entry.path, complaints[entry.path]
            )
    for table in register.tables.values():
        register.problems += table.problems
    register.problems += row_problems(register.entries, register.tables)
    for path in sorted(register.files.beside - register.used):
        if not path.endswith(".rejected.csv"):
            message, hint = "no record names this file", "name it in a record, or delete it"
            register.problems.append(Problem(path, 0, 0, "", "unknown-file", message, hint))


def _read_beside(register: _Register) -> None:
    """Read the tables, boundaries and the logo that valid records name."""
    for entry in register.entries:
        if entry.document is None:
            continue
        folder = PurePosixPath(entry.path).parent
        for name in ("table", "geometry", "logo"):
            value = entry.document.get(name)
            if isinstance(value, str):
                path = str(folder / value)
                register.used.add(path)
                if path not in register.files.beside:
                    entry.problems.append(_no_file(register.root, entry, name, value))
                elif not entry.problems:
                    _read_one(register, entry, name, path)
        if entry.kind == "release" and "rows" in entry.document and not entry.problems:
            table = Table(entry.path, row_type(entry.document["classification"]))
            table.read_rows(entry.document["rows"])
            register.tables[entry.path] = table


def _read_one(register: _Register, entry: Entry, name: str, path: str) -> None:
    document = entry.document or {}
    if name == "table":
        table = Table(path, row_type(document["classification"]))
        table.read_csv(register.root)
        register.tables[entry.path] = table
        return
    try:
        if name == "logo":
            register.logo = (register.root / path).read_bytes()
        else:
            text = read(register.root, path, TABLE_BYTES).text
            register.geometries[document["id"]] = geometry(path, text)
    except Refused as refused:
        register.problems += refused.problems


def _no_file(root: Path, entry: Entry, name: str, value: str) -> Problem:
    message = f'the file "{value}" does not lie beside this record'
    said = Complaint(f"/{name}", "missing-file", message, "put it there, or correct its name")
    return locate(root, entry.kind, entry.path, [said])[0]


def _records(register: _Register) -> Records:
    by_type: dict[str, dict[str, Any]] = {kind: {} for kind in record_types()}
    council: Any = None
    for entry in sorted(register.entries, key=lambda entry: entry.id):
        document = entry.document or {}
        more: dict[str, Any] = {"path": entry.path, "document": document}
        if entry.path in register.tables:
            table = register.tables[entry.path]
            field_name = "payments" if table.kind == "payment" else "budget_lines"
            more[field_name] = tuple(table.rows)
        record = build(_CLASSES[entry.kind], document, **more)
        if entry.kind == "council":
            council = record
        else:
            by_type[entry.kind][entry.id] = record
    digests = {entry.path: entry.digest for entry in register.entries}
    return Records(council, by_type, register.geometries, digests, register.logo)
