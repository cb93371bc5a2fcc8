"""Puts imported records into the content folder: three-way, so that nobody's later work is lost.

Of each field three things are known: what the import wrote last time (its checksum stands in
`source.fingerprint`), what stands there now, and what the source says now. A field that only the source
changed is updated; one that only somebody here changed is kept; one that both changed is kept and told.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutebook.importing.records import shape
from minutebook.importing.records.found import Fault, Found
from minutebook.records.entries import read_entry
from minutebook.records.files import find
from minutebook.records.schema import record_types, schema

_STAGED = ".importing-"
IMPORTED = ("body", "place", "person", "meeting", "decision")
"""The types of record that are imported, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A record that is there already."""

    kind: str
    path: str
    document: dict[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """System and identifier; both empty for a record written here."""
        source = self.document.get("source") or {}
        return source.get("system", ""), source.get("identifier", "")


@dataclass(slots=True)
class Kept:
    """What came of writing."""

    made: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    conflicts: list[Fault] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    """Paths of records that were written here, or come from another system, and are left alone."""


def standing(content: Path) -> tuple[dict[tuple[str, str], Standing], list[Fault]]:
    """The records of the imported types that are there, by type and id; and those that cannot be read."""
    found: dict[tuple[str, str], Standing] = {}
    faults = []
    files = find(content)
    for kind in IMPORTED:
        for path in files.records.get(kind, []):
            entry = read_entry(content, kind, path)
            if entry.document is None or not isinstance(entry.document.get("id"), str):
                reason = "the record that is there cannot be read: run scripts/check.py, mend it"
                faults.append(Fault(path, "", reason))
            else:
                found[kind, entry.id] = Standing(kind, path, entry.document)
    return found, faults


def swept(content: Path) -> None:
    """Clear away what a run that was killed had not finished writing."""
    for kind in IMPORTED:
        for path in (content / record_types()[kind]).rglob(f"{_STAGED}*"):
            path.unlink(missing_ok=True)


class Keeper:
    """Writes the records of one run. With `keep_ours` every conflict is settled as it stands here."""

    def __init__(
        self,
        content: Path,
        system: str,
        there: dict[tuple[str, str], Standing],
        dry_run: bool = False,
        keep_ours: bool = False,
    ) -> None:
        self.content = content
        self.system = system
        self.there = there
        self.dry_run = dry_run
        self.keep_ours = keep_ours
        self.kept = Kept()

    def put(self, found: Found, id: str, document: dict[str, Any]) -> None:
        """Write one record, update it, or leave it as it is."""
        old = self.there.get((found.kind, id))
        prints = shape.fingerprint(document)
        if old is None:
            whole = {"id": id, **document, "source": self._source(found, prints)}
            self._write(self._new_path(found, id, document), found.kind, whole)
            self.kept.made[found.kind] += 1
            return
        if old.key[0] != self.system:
            self.kept.own.append(old.path)
            return
        merged = self._merged(found, old, document, prints)
        if merged == old.document:
            self.kept.same[found.kind] += 1
            return
        self._write(old.path, found.kind, merged)
        self.kept.updated[found.kind] += 1

    def _merged(
        self, found: Found, old: Standing, document: dict[str, Any], prints: dict[str, str]
    ) -> dict[str, Any]:
        source = old.document["source"]
        before = shape.read(source.get("fingerprint", ""))
        remembered = dict(prints)
        merged = dict(old.document)
        for name in sorted({*prints, *before}):
            was, now = before.get(name, "-"), prints.get(name, "-")
            here = shape.checksum(old.document.get(name))
            if now in (was, here):
                continue
            if here == was:
                merged.pop(name, None)
                if name in document:
                    merged[name] = document[name]
            elif not self.keep_ours:
                reason = "was changed here and at the source; what stands here was kept"
                self.kept.conflicts.append(Fault(old.path, name, reason, whole=False))
                remembered[name] = was
        remembered = {name: mark for name, mark in remembered.items() if mark != "-"}
        made = self._source(found, remembered)
        if _without_day(made) == _without_day(source):
            made = source  # a later look at the same thing is no change
        return {**merged, "source": made}

    def _source(self, found: Found, prints: dict[str, str]) -> dict[str, str]:
        every = {
            "system": self.system,
            "url": found.url,
            "retrieved": found.retrieved,
            "identifier": found.identifier,
            "fingerprint": shape.written(prints),
        }
        return {name: value for name, value in every.items() if value}

    def _new_path(self, found: Found, id: str, document: dict[str, Any]) -> str:
        """`decisions/2017/int-1660-2017.md`: dated records lie in the folder of their year."""
        folder = record_types()[found.kind]
        day = document.get("date_decided") or document.get("date_proposed") or document.get("date")
        year = f"/{str(day)[:4]}" if day and found.kind in ("decision", "meeting") else ""
        return f"{folder}{year}/{id}.{schema(found.kind).resolved['fileType']}"

    def _write(self, path: str, kind: str, document: dict[str, Any]) -> None:
        """Whole or not at all, so that a run that is stopped leaves nothing half done."""
        if self.dry_run:
            return
        full = self.content / path
        full.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_STAGED, dir=full.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(shape.text(kind, document))
            Path(name).chmod(0o644)
            Path(name).replace(full)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise


def _without_day(source: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in source.items() if name != "retrieved"}
