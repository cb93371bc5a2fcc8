"""A memory of what was read and found, so that one edit does not mean reading ten thousand records again.

It is a file that may be deleted at any time: it only ever answers for a file that was not touched or has the
same bytes, at the same path, under the same schemas, the same code and the same packages.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from minutebook.records.schema import SCHEMAS

_REQUIREMENTS = SCHEMAS.parent / "requirements"


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that was found valid: `mark` tells whether its file was touched, `text` what was found."""

    mark: str
    kind: str
    digest: str
    text: str


class Memory:
    """What is known of one content folder, kept in an SQLite file in `folder`.

    `records` holds what was kept of each sound record by its path, `notes` what was noted of all of them
    together; both are of the same moment. Whatever is wrong with the file, both are empty.
    """

    def __init__(self, folder: Path, content: Path) -> None:
        name = hashlib.sha256(str(content.resolve()).encode()).hexdigest()[:16]
        self._file = folder / f"records-{name}.sqlite"
        self._version = ""
        self.records: dict[str, Kept] = {}
        self.notes: dict[str, str] = {}
        self._tables: dict[str, bytes | None] = {}
        with suppress(sqlite3.Error, ValueError, TypeError):
            self._read()

    def _read(self) -> None:
        if not self._file.is_file():
            return
        with closing(self._open()) as database, database:
            database.execute("begin")
            notes = dict(database.execute("select name, text from note"))
            if notes.pop("rules", "") != _rules():
                return
            rows = database.execute("select path, mark, kind, digest, text from record")
            self.records = {path: Kept(*kept) for path, *kept in rows}
            self._version = notes.pop("version")
            self.notes = notes

    def forget(self) -> None:
        """Know nothing, so that everything is kept anew."""
        self._version, self.records, self.notes = "", {}, {}

    def save(self, records: Mapping[str, Kept], notes: Mapping[str, str]) -> None:
        """Keep this instead, unless somebody else kept something in the meantime."""
        new = {path: kept for path, kept in records.items() if self.records.get(path) != kept}
        old = [path for path in self.records if path not in records]
        if not new and not old and notes == self.notes:
            return
        with suppress(sqlite3.Error, OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as database:
                database.execute("pragma synchronous = off")  # what is lost is made again
                with database:
                    database.execute("begin immediate")
                    self._write(database, new, old, notes)

    def _write(
        self,
        database: sqlite3.Connection,
        new: Mapping[str, Kept],
        old: list[str],
        notes: Mapping[str, str],
    ) -> None:
        database.execute("create table if not exists note (name primary key, text)")
        database.execute(
            "create table if not exists record (path primary key, mark, kind, digest, text)"
        )
        version = database.execute("select text from note where name = 'version'").fetchone()
        if self._version and version != (self._version,):
            return
        if not self._version:  # whatever is there was not understood
            database.execute("delete from record")
        database.executemany("delete from record where path = ?", [(path,) for path in old])
        rows = ((path, it.mark, it.kind, it.digest, it.text) for path, it in new.items())
        database.executemany("insert or replace into record values (?, ?, ?, ?, ?)", rows)
        database.execute("delete from note")
        words = {**notes, "rules": _rules(), "version": secrets.token_hex(8)}
        database.executemany("insert into note values (?, ?)", words.items())

    def recall_table(self, kind: str, digest: str) -> bytes | None:
        """What was learned of the table with this SHA-256, when it was sound before."""
        key = _key(kind, digest)
        with suppress(sqlite3.Error), closing(self._open()) as database:
            for (raw,) in database.execute("select raw from sums where key = ?", (key,)):
                self._tables[key] = None
                return bytes(raw)
        return None

    def learn_table(self, kind: str, digest: str, raw: bytes) -> None:
        """Remember a sound table."""
        self._tables[_key(kind, digest)] = raw

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


def _key(kind: str, digest: str) -> str:
    return f"{_rules()} {kind} {digest}"


@functools.cache
def _rules() -> str:
    """A digest of everything that decides what is wrong with a record."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    rooms = (here.rglob("*.py"), SCHEMAS.rglob("*.*"), _REQUIREMENTS.glob("*.txt"))
    for path in [path for room in rooms for path in sorted(room)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
