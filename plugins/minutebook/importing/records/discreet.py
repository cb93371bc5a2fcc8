"""Keeps out of records what looks private, such as card numbers: the check of the records would stop it."""

from __future__ import annotations

from typing import Any

from minutebook.importing.records import shape
from minutebook.importing.records.found import Fault, Found
from minutebook.records.privacy import search
from minutebook.records.schema import schema


def discreet(found: Found, document: dict[str, Any]) -> list[Fault]:
    """Take out of the document what looks private, and tell it without repeating it.

    Of prose the paragraph goes, of anything else the field.
    """
    if not _codes(shape.text(found.kind, document)):
        return []
    faults = []
    for name in list(document):
        codes = _codes(shape.text(found.kind, {name: document[name]}))
        if not codes:
            continue
        node = schema(found.kind).resolved["properties"][name]
        rest = ""
        if node.get("format") == "markdown":
            kept = [part for part in document[name].split("\n\n") if not _codes(part)]
            rest = "\n\n".join(kept)
        if rest and not _codes(rest):
            document[name] = rest
        else:
            del document[name]
        what = "a paragraph" if rest else "it"
        reason = f"{what} looks private ({', '.join(sorted(codes))}) and was left out"
        faults.append(Fault(found.where, name, reason, whole=False))
    return faults


def _codes(text: str) -> set[str]:
    return {hit.code for hit in search(text)}
