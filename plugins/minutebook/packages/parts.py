"""The parts that a table is made of: while what a part is made from is as it was, no row of it is made.

The rows of a release are a part. Other records are taken some hundred at a time, in the order of their ids;
a hash of its id tells whether a record is the last of its part, so that a new one changes one part only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from zlib import crc32

from minutebook.packages.keys import digest, release_key, releases_of
from minutebook.packages.rows import Row, document_rows, release_rows
from minutebook.packages.tables import Table
from minutebook.records.records import Records

TOGETHER = 128
"""How many records a part has, on average."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table. `key` changes whenever they may change, and with the software."""

    key: str
    rows: Callable[[], Iterator[Row]]


class Parts:
    """The parts of every table of one council."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._cut: dict[str, list[tuple[str, list[Mapping[str, Any]]]]] = {}

    def of(self, table: Table) -> list[Part]:
        """The parts of one table, in the order of its file."""
        if table.row_of:
            return [
                Part(release_key(one), partial(release_rows, table, one))
                for one in releases_of(table, self._records)
            ]
        if table.kind not in self._cut:
            self._cut[table.kind] = list(self._documents(table.kind))
        return [
            Part(key, partial(document_rows, table, some)) for key, some in self._cut[table.kind]
        ]

    def _documents(self, kind: str) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
        files: list[str] = []
        some: list[Mapping[str, Any]] = []
        for id, path, document in self._records.documents(kind):
            files.append(f"{path} {self._records.digests.get(path)}")
            some.append(document)
            if crc32(id.encode()) % TOGETHER == 0:
                yield digest(files), some
                files, some = [], []
        if some:
            yield digest(files), some
