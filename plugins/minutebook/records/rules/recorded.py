"""Rules about what must be recorded, and which records may leave it out.

The schema's word `asked` lists the fields that a record written here must hold. A record that was
imported, or is older than the council's `rules_from`, may lack what nobody recorded at the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint, missing
from minutebook.records.rules.links import Said
from minutebook.records.schema import is_date, schema

_DAYS = {"decision": ("date_decided", "date_proposed"), "meeting": ("date",)}
_ANY_DAY = ("date_decided", "expected_period", "date_proposed")


def rules_from(entries: Iterable[Entry]) -> str:
    """The day from which records must hold what is asked; empty where the council does not say."""
    for entry in entries:
        if entry.kind == "council" and entry.document:
            found = entry.document.get("rules_from", "")
            return found if isinstance(found, str) and is_date(found) else ""
    return ""


def excused(entry: Entry, since: str) -> bool:
    """Whether a record may leave out what the rules ask for: imported, or older than `since`."""
    document = entry.document or {}
    if "source" in document and entry.kind != "release":
        return True
    days = (document.get(name) for name in _DAYS.get(entry.kind, ()))
    day = next((day for day in days if isinstance(day, str)), "")
    return bool(since and day and day < since)


def what_is_asked(entries: list[Entry]) -> Said:
    """A record holds what is asked of it, unless it is excused."""
    since = rules_from(entries)
    for entry in entries:
        if entry.document is not None and not excused(entry, since):
            for said in _lacking(schema(entry.kind).resolved, entry.document, ""):
                yield entry.path, said


def decisions_have_a_date(entries: Iterable[Entry]) -> Said:
    """A decision has at least one date, or it could stand in no list and on no calendar."""
    for entry in entries:
        document = entry.document or {}
        if entry.kind == "decision" and not any(name in document for name in _ANY_DAY):
            message = "no date says when this was put forward, expected or decided"
            hint = f"fill in one of {', '.join(_ANY_DAY)}"
            yield entry.path, Complaint("", "no-date", message, hint)


def _lacking(node: dict[str, Any], value: Any, pointer: str) -> Iterator[Complaint]:
    if isinstance(value, list) and "items" in node:
        for place, item in enumerate(value):
            yield from _lacking(node["items"], item, f"{pointer}/{place}")
    elif isinstance(value, dict):
        yield from missing(pointer, node, value, node.get("asked", ()))
        for name, part in node.get("properties", {}).items():
            if name in value and part.get("type") in ("array", "object"):
                yield from _lacking(part, value[name], f"{pointer}/{name}")
