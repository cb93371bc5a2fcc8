"""What a file is made from, in a few characters: while that is as it was, it is not made again."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from minutebook.packages.tables import Table
from minutebook.records.model import Release
from minutebook.records.records import Records
from minutebook.records.schema import SCHEMAS


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
