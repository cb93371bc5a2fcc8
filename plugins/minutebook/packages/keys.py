"""What a table is made from, in a few characters: while that is as it was, no row is made."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from minutebook.packages.tables import Table
from minutebook.records.model import Release
from minutebook.records.records import Records
from minutebook.records.schema import SCHEMAS


def table_key(table: Table, records: Records) -> str:
    """Changes whenever a record changes that the table is made from, and with the software."""
    if table.row_of:
        return digest(release_key(one) for one in releases_of(table, records))
    if table.kind == "council":
        paths = [records.council.path]
    else:
        paths = [record.path for record in records.by_type[table.kind].values()]
    return digest(f"{path} {records.digests.get(path)}" for path in paths)


def release_key(release: Release) -> str:
    """Changes whenever the rows of a release change."""
    where = release.digest or f"{release.document.get('rows')}"
    return digest((release.id, release.classification, where))


def releases_of(table: Table, records: Records) -> list[Release]:
    """The releases whose rows a table has, by their ids: a new month comes last."""
    every = records.releases.values()
    return [one for one in every if one.classification in table.row_of]


def digest(parts: Iterable[str]) -> str:
    """One key of several, and of the software that makes files of them."""
    found = hashlib.sha256(_software().encode())
    for part in parts:
        found.update(f"{part}\n".encode())
    return found.hexdigest()


@functools.cache
def _software() -> str:
    found = hashlib.sha256()
    here = Path(__file__).parent
    model = here.parent / "records" / "model"
    for folder, pattern in ((here, "*.py"), (model, "*.py"), (SCHEMAS, "*.*")):
        for path in sorted(folder.rglob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()
