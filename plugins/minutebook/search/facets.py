"""What results are filtered and sorted by: one small file for each property of all documents.

A file is {"values": [what is shown, ...], "rows": text}: a line for each document, in it a character for
each of its values, which is the value's place plus 0x23.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

FACETS = ("type", "status", "body", "place", "topic", "amount", "day")
"""In the order in which they are shown; the year is reckoned from the day."""
BANDS = ("1", "2", "3", "4")
"""Under 10,000, under 100,000, under a million, and more; the page has the words for them."""
_LIMITS = (10_000, 100_000, 1_000_000)
_AMOUNTS = (("budget", "amount"), ("value", "amount"), ("budget",), ("value",), ("total",))


def columns(every: Sequence[Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The properties of all documents -> name and content of each file; values in sorted order."""
    for name in FACETS:
        found = {value for one in every for value in one.get(name, ())}
        values = list(BANDS) if name == "amount" else sorted(found)
        place = {value: chr(0x23 + number) for number, value in enumerate(values)}
        rows = "\n".join(
            "".join(place[value] for value in dict.fromkeys(one.get(name, ()))) for one in every
        )
        yield name, {"values": values, "rows": rows}


def band(document: Mapping[str, Any]) -> list[str]:
    """The band that a record's money falls into, if it has any."""
    for path in _AMOUNTS:
        value: Any = document
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is not None and not isinstance(value, Mapping):
            try:
                amount = Decimal(str(value))
            except InvalidOperation:
                continue
            return [BANDS[sum(amount >= limit for limit in _LIMITS)]]
    return []
