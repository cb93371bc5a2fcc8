"""The file of a table: only the parts that are new are made, the others are taken over from the last file.

Releases stand in the order of their ids, so a new month comes last; of ten thousand decisions an edit changes
one part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from minutebook.packages.keys import digest
from minutebook.packages.parts import Part
from minutebook.packages.rows import header, lines
from minutebook.packages.tables import Table
from minutebook.publishing.stage import Laid, Stage

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A part as it lies in a file: its key, and how many bytes and rows."""

    key: str
    bytes: int
    rows: int


def pour(stage: Stage, path: str, table: Table, parts: Sequence[Part]) -> tuple[Laid, int]:
    """Lay the file; returns what lies there, and how many rows it has."""
    whole = digest([table.name, *(part.key for part in parts)])
    kept = stage.found(path, whole)
    if kept:
        return kept, sum(one.rows for one in _segments(kept))
    made: list[Segment] = []
    laid = stage.pour(path, _pieces(stage, path, table, parts, made), whole)
    note = json.dumps([[one.key, one.bytes, one.rows] for one in made])
    return laid._replace(note=note), sum(one.rows for one in made)


def _segments(laid: Laid) -> list[Segment]:
    """The parts of a file that lies there; none where that is not known, or noted by other software."""
    try:
        return [Segment(*one) for one in json.loads(laid.note)]
    except (ValueError, TypeError):
        return []


def _pieces(
    stage: Stage, path: str, table: Table, parts: Iterable[Part], made: list[Segment]
) -> Iterator[bytes]:
    first = header(table)
    yield first
    earlier = stage.earlier(path)
    if earlier is None:
        for part in parts:
            yield from _new(part, made)
        return
    places: dict[str, tuple[int, Segment]] = {}
    start = len(first)
    for segment in _segments(earlier[1]):
        places[segment.key] = start, segment
        start += segment.bytes
    with earlier[0].open("rb") as file:
        for part in parts:
            if part.key not in places:
                yield from _new(part, made)
                continue
            start, segment = places[part.key]
            file.seek(start)
            yield from _taken(file, segment.bytes)
            made.append(segment)


def _taken(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left and (piece := file.read(min(left, _PIECE))):
        left -= len(piece)
        yield piece


def _new(part: Part, made: list[Segment]) -> Iterator[bytes]:
    size = count = 0
    for piece, some in lines(part.rows()):
        size += len(piece)
        count += some
        yield piece
    made.append(Segment(part.key, size, count))
