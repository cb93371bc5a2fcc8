"""Characters that were lost before we read them: a source holds U+FFFD in their place."""

from __future__ import annotations

from typing import Any

from minutebook.importing.records.found import Fault, Found

LOST = "\N{REPLACEMENT CHARACTER}"


def damaged(found: Found, document: dict[str, Any]) -> list[Fault]:
    """A line for each field with such characters; nobody knows which they were, so they stay."""
    faults = []
    for name, value in document.items():
        count = _count(value)
        if count:
            reason = f"holds {count} damaged characters (U+FFFD), as the source does"
            faults.append(Fault(found.where, name, reason, whole=False))
    return faults


def _count(value: Any) -> int:
    if isinstance(value, str):
        return value.count(LOST)
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, list) else 0
