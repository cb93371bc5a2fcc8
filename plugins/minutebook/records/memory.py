"""A memory of records that were found valid, so that one edit does not mean reading ten thousand again.

It is a file that may be deleted at any time: it only ever answers for a file with the same bytes, at the
same path, under the same schemas and the same code.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from minutebook.records.schema import SCHEMAS


class Memory:
    """The documents of one content folder, kept in an SQLite file in `folder`.

    Whatever is wrong with that file, the records are read from the content folder instead.
    """

    def __init__(self, folder: Path, content: Path) -> None:
        name = hashlib.sha256(str(content.resolve()).encode()).hexdigest()[:16]
        self._file = folder / f"records-{name}.sqlite"
        self._known = self._read()
        self._used: dict[str, str] = {}
        self._tables: dict[str, bytes | None] = {}

    @property
    def knows_something(self) -> bool:
        """False when nothing can be recalled: at first, and after the schemas or the code changed."""
        return any(key.startswith(_rules()) for key in self._known)

    def recall(self, kind: str, path: str, digest: str) -> dict[str, Any] | None:
        """The document that a file with this SHA-256 holds, when it was valid before."""
        key = _key(kind, path, digest)
        text = self._known.get(key)
        if text is None:
            return None
        try:
            document: dict[str, Any] = json.loads(text)
        except ValueError:
            return None
        self._used[key] = text
        return document

    def learn(self, kind: str, path: str, digest: str, document: dict[str, Any]) -> None:
        """Remember a valid document."""
        key = _key(kind, path, digest)
        if key not in self._used:
            self._used[key] = json.dumps(document, ensure_ascii=False)

    def save(self) -> None:
        """Write what is new, and forget what was not asked for."""
        new = [(key, text) for key, text in self._used.items() if key not in self._known]
        old = [(key,) for key in self._known if key not in self._used]
        if not new and not old:
            return
        with suppress(sqlite3.Error, OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=5)) as database, database:
                database.execute("create table if not exists document (key primary key, text)")
                database.executemany("delete from document where key = ?", old)
                database.executemany("insert or replace into document values (?, ?)", new)

    def recall_table(self, kind: str, digest: str) -> bytes | None:
        """What was learned of the table with this SHA-256, when it was sound before."""
        key = _key(kind, "", digest)
        with suppress(sqlite3.Error), closing(self._open()) as database:
            for (raw,) in database.execute("select raw from sums where key = ?", (key,)):
                self._tables[key] = None
                return bytes(raw)
        return None

    def learn_table(self, kind: str, digest: str, raw: bytes) -> None:
        """Remember a sound table."""
        self._tables[_key(kind, "", digest)] = raw

    def save_tables(self) -> None:
        """Write the tables that are new, and forget those that were not asked for."""
        with suppress(sqlite3.Error, OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as database, database:
                database.execute("create table if not exists sums (key primary key, raw)")
                known = {key for (key,) in database.execute("select key from sums")}
                old = [(key,) for key in known - self._tables.keys()]
                new = [(key, raw) for key, raw in self._tables.items() if raw is not None]
                if old or new:
                    database.executemany("delete from sums where key = ?", old)
                    database.executemany("insert or replace into sums values (?, ?)", new)
        self._tables = dict.fromkeys(self._tables)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=5)

    def _read(self) -> dict[str, str]:
        if not self._file.is_file():
            return {}
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._file, timeout=5)) as database:
            return dict(database.execute("select key, text from document"))
        return {}


def _key(kind: str, path: str, digest: str) -> str:
    return f"{_rules()} {kind} {path} {digest}"


@functools.cache
def _rules() -> str:
    """A digest of everything that decides whether a record is valid."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in [*sorted(here.rglob("*.py")), *sorted(SCHEMAS.rglob("*.*"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
