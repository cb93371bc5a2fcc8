"""All files of records -> entries: what is known from the last time is not read again, the rest in parts.

A part is read by one process and comes back as text, which is quicker to hand over than objects and is what
is remembered.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping
from pathlib import Path

import orjson

from minutebook.records.entries import Entry, read_entry
from minutebook.records.files import Files
from minutebook.records.memory import Kept
from minutebook.records.messages import Complaint
from minutebook.records.problems import Problem
from minutebook.records.processes import ALONE, TOGETHER, spread
from minutebook.records.rules import OWN
from minutebook.records.rules.links import all_mentions
from minutebook.records.rules.recorded import what_is_asked
from minutebook.records.schema import compiled
from minutebook.records.source import digest_of

SETTLED = 2_000_000_000
"""So many nanoseconds after a change, another one changes the time of the file too on every system."""


@dataclasses.dataclass(slots=True)
class Reading:
    """The entries in the order of their files, and what to keep of those that are valid."""

    entries: list[Entry]
    kept: dict[str, Kept]


def read_all(root: Path, files: Files, known: Mapping[str, Kept]) -> Reading:
    """Read every record below `root`, or take it from what is `known` when its file was not touched."""
    now = time.time_ns()
    kept: dict[str, Kept] = {}
    jobs: list[tuple[str, str]] = []
    every = [(kind, path) for kind in sorted(files.records) for path in files.records[kind]]
    for kind, path in every:
        before = known.get(path)
        if before and before.mark and before.mark == files.mark(path):
            kept[path] = before
        else:
            jobs.append((kind, path))
    entries = {path: _unpacked(path, it) for path, it in kept.items()}
    for kind in {kind for kind, _ in jobs}:
        compiled(kind)  # once, before the work is spread
    parts = [jobs[start : start + TOGETHER] for start in range(0, len(jobs), TOGETHER)]
    for found in spread(lambda part: _part(root, part, known), parts, ALONE // TOGETHER, 1):
        for one in found:
            if isinstance(one, Entry):
                entries[one.path] = one
                continue
            path, kind, digest, text = one
            kept[path] = Kept(files.mark(path, now - SETTLED), kind, digest, text)
            entries[path] = _unpacked(path, kept[path])
    return Reading([entries[path] for _, path in every], kept)


def _part(
    root: Path, jobs: list[tuple[str, str]], known: Mapping[str, Kept]
) -> list[Entry | tuple[str, str, str, str]]:
    return [_one(root, kind, path, known.get(path)) for kind, path in jobs]


def _one(
    root: Path, kind: str, path: str, before: Kept | None
) -> Entry | tuple[str, str, str, str]:
    """An entry with problems, or a valid one as path, type, digest and text."""
    if before and before.kind == kind and before.digest == digest_of(root, path):
        return path, kind, before.digest, before.text
    entry = read_entry(root, kind, path)
    if entry.document is not None:
        entry.asked = list(what_is_asked(kind, entry.document))
    if entry.problems or entry.document is None:
        return entry
    entry.mentions = all_mentions(kind, entry.document)
    entry.said = [said for rule in OWN for said in rule(kind, entry.document)]
    return path, kind, entry.digest, _packed(entry)


def _packed(entry: Entry) -> str:
    private = [dataclasses.astuple(it) for it in entry.private]
    complaints = [[dataclasses.astuple(it) for it in found] for found in (entry.said, entry.asked)]
    return orjson.dumps((entry.document, entry.mentions, private, *complaints)).decode()


def _unpacked(path: str, kept: Kept) -> Entry:
    document, mentions, private, said, asked = orjson.loads(kept.text)
    return Entry(
        kept.kind,
        path,
        kept.digest,
        document,
        private=[Problem(*it) for it in private],
        mentions=mentions,
        said=[Complaint(*it) for it in said],
        asked=[Complaint(*it) for it in asked],
    )
