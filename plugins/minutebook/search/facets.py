"""What results are filtered and sorted by: one small file for each property of all documents.

A file is {"values": [what is shown, ...], "rows": text}: a line for each document, in it a character for
each of its values, which is the value's place plus 0x23.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minutebook.publishing.amounts import BANDS

FACETS = ("type", "status", "body", "place", "topic", "amount", "day")
"""In the order in which they are shown; the year is reckoned from the day."""


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
