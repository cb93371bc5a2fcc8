"""Rules about prose: it can be shown, in a time that a reader would wait for."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.prose import BRACKETS, tangled
from minutebook.records.rules.links import Said
from minutebook.records.schema import schema


def prose_can_be_shown(entries: Iterable[Entry]) -> Said:
    """Prose has no more brackets and nests no deeper than the converter to HTML can bear."""
    for entry in entries:
        for name, node in schema(entry.kind).resolved["properties"].items():
            text = (entry.document or {}).get(name)
            if text and node.get("format") == "markdown" and tangled(text):
                message = "this text nests too deeply or holds too many brackets to be shown"
                hint = f"use at most {BRACKETS} opening brackets, and fewer lists within lists"
                yield entry.path, Complaint(f"/{name}", "prose", message, hint)
