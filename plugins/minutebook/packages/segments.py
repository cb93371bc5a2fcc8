"""The table of all rows of all releases: one file, of which only what is new is made.

Releases stand in it in the order of their ids, so a new month comes last, and all before it is taken over
from the file of an earlier build.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.packages.keys import digest, release_key, releases_of
from minutebook.packages.rows import Sheet, header
from minutebook.packages.tables import Table
from minutebook.publishing.stage import Laid, Stage
from minutebook.records.records import Records

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Segment:
    """The rows of one release in the file: what they are made from, and how many bytes and rows."""

    key: str
    bytes: int
    rows: int


def pour(stage: Stage, path: str, table: Table, records: Records) -> tuple[Laid, int]:
    """Lay the file; returns what lies there, and how many rows it has."""
    keys = [release_key(one) for one in releases_of(table, records)]
    whole = digest(keys)
    kept = stage.found(path, whole)
    if kept:
        return kept, sum(one.rows for one in _segments(kept))
    made: list[Segment] = []
    laid = stage.pour(path, _pieces(stage, path, table, records, made), whole)
    note = json.dumps([[one.key, one.bytes, one.rows] for one in made])
    return laid._replace(note=note), sum(one.rows for one in made)


def _segments(laid: Laid) -> list[Segment]:
    return [Segment(*one) for one in json.loads(laid.note)] if laid.note else []


def _pieces(
    stage: Stage, path: str, table: Table, records: Records, made: list[Segment]
) -> Iterator[bytes]:
    releases = releases_of(table, records)
    first = header(table)
    earlier = stage.earlier(path)
    for segment, release in zip(_segments(earlier[1]) if earlier else [], releases, strict=False):
        if segment.key != release_key(release):
            break
        made.append(segment)
    if earlier and made:
        left = len(first) + sum(one.bytes for one in made)
        with earlier[0].open("rb") as file:
            while left and (piece := file.read(min(left, _PIECE))):
                left -= len(piece)
                yield piece
    else:
        yield first
    for release in releases[len(made) :]:
        sheet, size = Sheet(table, records), 0
        for piece in sheet.release(release):
            size += len(piece)
            yield piece
        made.append(Segment(release_key(release), size, sheet.rows))
