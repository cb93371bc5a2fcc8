"""Characters that were lost before we read them: a source holds U+FFFD in their place."""

from __future__ import annotations

from typing import Any

from minutebook.importing.records.found import Fault, Found
from minutebook.importing.wording import counted

LOST = "\N{REPLACEMENT CHARACTER}"


def damaged(document: dict[str, Any]) -> dict[str, int]:
    """How many such characters each field holds; nobody knows which they were, so they stay."""
    counts = {name: _count(value) for name, value in document.items()}
    return {name: count for name, count in counts.items() if count}


def lost(found: Found, counts: dict[str, int]) -> list[Fault]:
    """A line for each field that holds such characters."""
    return [
        Fault(
            found.where,
            name,
            f"holds {counted(count, 'damaged character')} (U+FFFD), as the source does",
            whole=False,
        )
        for name, count in counts.items()
    ]


def _count(value: Any) -> int:
    if isinstance(value, str):
        return value.count(LOST)
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, list) else 0
