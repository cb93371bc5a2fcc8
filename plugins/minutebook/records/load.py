"""content/ -> all records, or all problems. The one entry; never half a register."""

from __future__ import annotations

import gc
import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from minutebook.records.entries import Entry, locate
from minutebook.records.files import COUNCIL, Files, find
from minutebook.records.geometry import geometry
from minutebook.records.knowntables import read_tables
from minutebook.records.layouts import owner_problems
from minutebook.records.logo import logo
from minutebook.records.memory import Memory
from minutebook.records.messages import Complaint
from minutebook.records.notes import read_note
from minutebook.records.private import (
    idle_entries,
    private_beside,
    private_cells,
    unexplained,
)
from minutebook.records.problems import Problem, shown
from minutebook.records.reading import Reading, read_all
from minutebook.records.records import Records
from minutebook.records.rules import RULES, STATUTORY
from minutebook.records.rules.links import Known, link_complaints, row_problems
from minutebook.records.rules.recorded import excused, rules_from
from minutebook.records.rules.releases import release_complaints
from minutebook.records.rules.running import changes, noted, recalled, run
from minutebook.records.rules.sound import Sound
from minutebook.records.rules.switches import weighed
from minutebook.records.shelving import shelve
from minutebook.records.source import BOUNDARY_BYTES, MOST, Refused, read
from minutebook.records.tables import Table, row_type


@dataclass(slots=True)
class Loaded:
    """What came of loading: `records` when there are no `problems`, else None.

    `warnings` keep nothing from being published; they are published themselves, with the records.
    """

    records: Records | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Register:
    """What is being put together while loading."""

    root: Path
    files: Files
    entries: list[Entry]
    notes: list[Entry] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    geometries: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    logo: bytes = b""
    digests: dict[str, str] = field(default_factory=dict)


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
        memory = Memory(cache, content) if cache else None
        try:
            return _load(content, memory)
        except (KeyError, TypeError, ValueError):  # what was remembered is damaged
            if memory is None or not memory.records:
                raise
            memory.forget()
            return _load(content, memory)
    finally:
        if collecting:
            gc.freeze()  # else the next look for circles goes through every record
            gc.enable()


def _load(content: Path, memory: Memory | None) -> Loaded:
    files = find(content)
    reading = read_all(content, files, memory.records if memory else {})
    entries = reading.entries
    register = _Register(content, files, entries, problems=[*files.problems])
    register.notes = [read_note(content, path) for path in files.notes]
    register.problems += [problem for note in register.notes for problem in note.problems]
    _read_beside(register, memory)
    known = Known(entries)
    complaints = {entry.path: list[Complaint]() for entry in entries}
    for path, said in link_complaints(entries, known):
        complaints[path].append(said)
    for path, said in release_complaints(entries, register.tables):
        complaints[path].append(said)
    since = next((rules_from(it.document or {}) for it in entries if it.kind == "council"), "")
    for entry in entries:
        if entry.asked and not excused(entry.kind, entry.document or {}, since):
            complaints[entry.path] += entry.asked
        if not entry.problems:
            complaints[entry.path] += entry.said
    sound = Sound([entry for entry in entries if not entry.problems], register.tables)
    _across(sound, reading, memory, complaints)
    owners = {entry.id for entry in entries if entry.kind in ("council", "provider")}
    register.problems += owner_problems(content, register.notes, owners)
    _guard(register, sound.council, complaints)
    imported = {it.path for it in entries if not it.problems and "source" in (it.document or {})}
    _gather(register, known, weighed(complaints, sound.rulebook, imported))
    found = sorted(set(register.problems))
    warnings = _first([problem for problem in found if problem.severity == "warning"])
    problems = _first([problem for problem in found if problem.severity != "warning"])
    if problems:
        return Loaded(problems=problems, warnings=warnings)
    return Loaded(_records(register, warnings), warnings=warnings)


def _across(
    sound: Sound, reading: Reading, memory: Memory | None, complaints: dict[str, list[Complaint]]
) -> None:
    """Run the rules that look things up in other records, and remember what they said."""
    unsound = {entry.path for entry in reading.entries if entry.problems}
    kept = {path: it for path, it in reading.kept.items() if path not in unsound}
    before = recalled(memory.notes) if memory else {}
    rules = (*RULES, *STATUTORY.get(sound.rulebook.name, ()))
    outcomes = run(rules, sound, before, changes(memory.records if memory else {}, kept))
    for outcome in outcomes.values():
        for path, said in outcome.said.items():
            complaints[path] += said
    if memory:
        memory.save(kept, noted(outcomes))


def _guard(
    register: _Register, council: dict[str, Any], complaints: dict[str, list[Complaint]]
) -> None:
    """Look for personal data in everything, and for explanations that explain nothing."""
    everything = (*register.entries, *register.notes)
    found = [problem for entry in everything for problem in entry.private]
    sound = {table.path for table in register.tables.values() if not table.problems}
    found += private_beside(register.root, sorted(register.files.beside - sound))
    for table in register.tables.values():
        if (
            PurePosixPath(table.path).suffix == ".csv"
        ):  # rows in a record were looked at as its text
            found += private_cells(table)
    register.problems += unexplained(found, council)
    if COUNCIL in complaints:
        complaints[COUNCIL] += idle_entries(found, council)


def _first(problems: list[Problem]) -> list[Problem]:
    """The first problems of each file; that there are more is told, once a file."""
    told: list[Problem] = []
    for path, found in itertools.groupby(problems, key=lambda problem: problem.path):
        first = list(itertools.islice(found, MOST + 1))
        told += first[:MOST]
        if first[MOST:]:
            message = f"there are more than {MOST} problems in this file"
            last = first[MOST - 1]
            words = ("", "more", message, "mend these first", last.severity)
            told.append(Problem(path, last.line, last.column, *words))
    return told


def _gather(register: _Register, known: Known, complaints: Mapping[str, list[Complaint]]) -> None:
    for entry in register.entries:
        register.problems += entry.problems
        if complaints[entry.path]:
            register.problems += locate(
                register.root, entry.kind, entry.path, complaints[entry.path]
            )
    for entry in register.entries:
        table = register.tables.get(entry.path)
        if table:
            found = [*table.problems, *itertools.islice(row_problems(known, table), MOST + 1)]
            register.problems += _placed(register.root, entry, table, found)
    # A record that cannot be parsed may name any file beside it; a missing one cannot name its logo.
    unsure = {PurePosixPath(it.path).parent for it in register.entries if it.document is None}
    if not register.files.records.get("council"):
        unsure.add(PurePosixPath())
    for path in sorted(register.files.beside - register.used):
        if not path.endswith(".rejected.csv") and PurePosixPath(path).parent not in unsure:
            message, hint = "no record names this file", "name it in a record, or delete it"
            register.problems.append(Problem(path, 0, 0, "", "unknown-file", message, hint))


def _placed(root: Path, entry: Entry, table: Table, found: list[Problem]) -> list[Problem]:
    """Problems of rows: those of a CSV file know their line, those in the record are looked up."""
    if table.path != entry.path or not found:
        return found
    said = [Complaint(it.pointer, it.code, it.message, it.hint) for it in found]
    return locate(root, entry.kind, entry.path, said)


def _read_beside(register: _Register, memory: Memory | None) -> None:
    """Read the tables, boundaries and the logo that valid records name."""
    tables: list[Entry] = []
    for entry in register.entries:
        if entry.document is None:
            continue
        for name in ("table", "geometry", "logo"):
            value = entry.document.get(name)
            if isinstance(value, str):
                path = str(PurePosixPath(entry.path).parent / value)
                register.used.add(path)
                if path not in register.files.beside:
                    entry.problems.append(_no_file(register.root, entry, name, value))
                elif not entry.problems and name == "table":
                    tables.append(entry)
                elif not entry.problems:
                    _read_one(register, entry, name, path)
        if entry.kind == "release" and "rows" in entry.document and not entry.problems:
            table = Table(entry.path, row_type(entry.document["classification"]))
            table.read_rows(entry.document["rows"])
            register.tables[entry.path] = table
    _read_tables(register, [entry for entry in tables if not entry.problems], memory)


def _read_tables(register: _Register, entries: list[Entry], memory: Memory | None) -> None:
    wanted = []
    for entry in entries:
        document = entry.document or {}
        path = str(PurePosixPath(entry.path).parent / document["table"])
        wanted.append((path, row_type(document["classification"])))
    for entry, table in zip(entries, read_tables(register.root, wanted, memory), strict=True):
        register.tables[entry.path] = table


def _read_one(register: _Register, entry: Entry, name: str, path: str) -> None:
    document = entry.document or {}
    try:
        if name == "logo":
            register.logo = logo(register.root, path)
            register.digests[path] = hashlib.sha256(register.logo).hexdigest()
        else:
            source = read(register.root, path, BOUNDARY_BYTES)
            register.digests[path] = source.digest
            register.geometries[document["id"]] = geometry(path, source.text)
    except Refused as refused:
        register.problems += refused.problems


def _no_file(root: Path, entry: Entry, name: str, value: str) -> Problem:
    message = f"the file {shown(value)} does not lie beside this record"
    said = Complaint(f"/{name}", "missing-file", message, "put it there, or correct its name")
    return locate(root, entry.kind, entry.path, [said])[0]


def _records(register: _Register, warnings: list[Problem]) -> Records:
    entries = sorted(register.entries, key=lambda entry: entry.id)
    council, shelves = shelve(entries, register.tables)
    digests = {entry.path: entry.digest for entry in entries} | register.digests
    digests |= {table.path: table.digest for table in register.tables.values() if table.digest}
    return Records(
        council,
        shelves,
        register.geometries,
        digests,
        register.logo,
        tuple(warnings),
        {entry.path: entry.mentions for entry in entries},
    )
