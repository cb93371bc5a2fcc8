"""imports/*.yaml -> what is wrong with it. They are no records, and checked all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minutebook.records.entries import Entry, locate, read_entry
from minutebook.records.files import noted
from minutebook.records.layouts import KIND, layout_complaints
from minutebook.records.messages import Complaint
from minutebook.records.problems import shown


def read_note(root: Path, path: str) -> Entry:
    """Read and check one of the notes, its form and what it says."""
    note = read_entry(root, noted(path), path)
    if note.document is not None and not note.problems:
        found = layout_complaints(path, note.document) if note.kind == KIND else ()
        said = [*found, *_complaints(note.document)]
        note.problems += locate(root, note.kind, path, said)
    return note


def _complaints(document: dict[str, Any]) -> Iterator[Complaint]:
    """Nobody may be two: an id has one entry, and a name leads to one id."""
    for group in ("people", "bodies"):
        ids: dict[str, int] = {}
        names: dict[str, str] = {}
        for number, entry in enumerate(document.get(group, ())):
            place = f"/{group}/{number}"
            first = ids.setdefault(entry["id"], number)
            if first != number:
                message = f"{shown(entry['id'])} has an entry already"
                hint = f"put all its names into entry {first + 1}"
                yield Complaint(f"{place}/id", "duplicate", message, hint)
            for position, name in enumerate(entry["names"]):
                other = names.setdefault(" ".join(name.casefold().split()), entry["id"])
                if other != entry["id"]:
                    message = f"{shown(name)} is already a name of {shown(other)}"
                    hint = "a name leads to one record: take it out of one of the two entries"
                    yield Complaint(f"{place}/names/{position}", "duplicate", message, hint)
    for number, (one, other) in enumerate(document.get("apart", ())):
        if one == other:
            message = f"{shown(one)} cannot be apart from itself"
            hint = "name two people, or delete the pair"
            yield Complaint(f"/apart/{number}", "duplicate", message, hint)
