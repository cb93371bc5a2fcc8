"""Rules about prose: it can be shown, in a time that a reader would wait for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minutebook.records.messages import Complaint
from minutebook.records.prose import BRACKETS, tangled
from minutebook.records.schema import prose_fields


def prose_can_be_shown(kind: str, document: dict[str, Any]) -> Iterator[Complaint]:
    """Prose has no more brackets and nests no deeper than the converter to HTML can bear."""
    for name in prose_fields(kind):
        if name in document and tangled(document[name]):
            message = "this text nests too deeply or holds too many brackets to be shown"
            hint = f"use at most {BRACKETS} opening brackets, and fewer lists within lists"
            yield Complaint(f"/{name}", "prose", message, hint)
