"""All tables in one SQLite file, for Datasette and every language there is. The same records, the same bytes.

Amounts are whole pence, truth is 0 or 1, days are ISO 8601 text, a value that is not there is NULL. Every
link that can lead to one table only is a foreign key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from minutebook.packages.columns import Column
from minutebook.packages.keys import digest, release_key, releases_of
from minutebook.packages.rows import release_rows, rows
from minutebook.packages.tables import Table
from minutebook.records.records import Records

_APPLICATION = 0x4D42  # "MB", so that `file` and others can tell whose it is
_LAST = ("decisions",)
"""What is edited most often is put in last, and what comes before it is kept."""
_RELEASES, _BEGINNING = "releases.sqlite", "beginning.sqlite"


def write(
    path: Path,
    tables: Sequence[Table],
    records: Records,
    more: Sequence[tuple[Table, Iterator[list[Any]]]] = (),
    cache: Path | None = None,
    contents: Mapping[str, str] | None = None,
    source: Callable[[Table], Iterator[list[Any]]] | None = None,
) -> None:
    """Write the database to `path`, which must not be there yet.

    `more` are tables with their rows that are not made from records. In the folder `cache`, which may be
    deleted, two beginnings of the file are kept from one time to the next: the rows of releases, so that only
    those of new releases are put in; and everything but the tables in `_LAST`, for when none of it changed.
    `contents` tells that: a digest of the rows of each table. `source` gives the rows of a table where they
    are at hand, else they are made from the records. Raises `sqlite3.Error` and OSError.
    """
    every = [*tables, *(table for table, _ in more)]
    of_releases = [table for table in tables if table.row_of]
    keys = [
        (table.name, release_key(one))
        for table in of_releases
        for one in releases_of(table, records)
    ]
    schema = [statement for table in every for statement in _statements(table)]
    steady = [table for table in tables if not table.row_of and table.name not in _LAST]
    told = contents or {}
    given = source or (lambda table: rows(table, records))
    whole = [*keys, *((table.name, told.get(table.name, "")) for table in steady)]
    releases, beginning = (cache / _RELEASES, cache / _BEGINNING) if cache else (None, None)
    if not told or _kept(path, beginning, schema, whole, every=True) < len(whole):
        path.unlink(missing_ok=True)
        start = _kept(path, releases, schema, keys)
        with closing(_open(path)) as database:
            if not start:
                database.execute(f"PRAGMA application_id = {_APPLICATION}")
                _execute(database, schema)
            pairs = [(table, one) for table in of_releases for one in releases_of(table, records)]
            for table, release in pairs[start:]:
                _insert(database, table, release_rows(table, release))
        if releases and len(keys) > start:
            _keep(path, releases, schema, keys)
        with closing(_open(path)) as database:
            for table in steady:
                _insert(database, table, given(table))
        if beginning and told:
            _keep(path, beginning, schema, whole)
    with closing(_open(path)) as database:
        for table in tables:
            if table.name in _LAST:
                _insert(database, table, given(table))
        for table, found in more:
            _insert(database, table, found)
    _uncounted(path)


def _uncounted(path: Path) -> None:
    """Forget how often the file was opened for writing (https://sqlite.org/fileformat.html, 1.3.7)."""
    with path.open("r+b") as file:
        for place in (24, 92):
            file.seek(place)
            file.write((1).to_bytes(4, "big"))


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    for name, value in (
        *(("page_size", 4096), ("journal_mode", "OFF"), ("synchronous", "OFF")),
        *(("cache_size", -20000), ("foreign_keys", "OFF"), ("locking_mode", "EXCLUSIVE")),
    ):
        database.execute(f"PRAGMA {name} = {value}")
    return database


def _execute(database: sqlite3.Connection, statements: Sequence[str]) -> None:
    database.execute("BEGIN")
    for statement in statements:
        database.execute(statement)
    database.execute("COMMIT")


def _statements(table: Table) -> Iterator[str]:
    """What makes the table: its columns, keys, and an index for each link of a long table."""
    lines = [f"  {_quoted(column.name)} {_type(column)}" for column in table.every]
    lines.append(f"  PRIMARY KEY ({_names(table.primary_key)})")
    for own, name, its in table.foreign_keys():
        lines.append(f"  FOREIGN KEY ({_names(own)}) REFERENCES {_quoted(name)} ({_names(its)})")
    body = ",\n".join(lines)
    yield f"CREATE TABLE {_quoted(table.name)} (\n{body}\n) WITHOUT ROWID"
    first = table.primary_key[0]
    for own, _, _ in table.foreign_keys():
        if own[0] != first:
            name = _quoted(f"{table.name}-{'-'.join(own)}")
            named = f"{_quoted(own[0])} IS NOT NULL"
            yield f"CREATE INDEX {name} ON {_quoted(table.name)} ({_names(own)}) WHERE {named}"


def _type(column: Column) -> str:
    kind = "TEXT" if column.type in ("string", "date") else "INTEGER"
    if column.type == "number" and column.node.get("format") != "money":
        kind = "NUMERIC"
    return f"{kind} NOT NULL" if column.required else kind


def _insert(database: sqlite3.Connection, table: Table, found: Iterator[list[Any]]) -> None:
    """Put rows in, in one transaction. SQLite converts the cells, which is quicker than Python."""
    values = ", ".join(map(_value, table.every))
    database.execute("BEGIN")
    database.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({values})", found)
    database.execute("COMMIT")


def _value(column: Column) -> str:
    """An expression: the text of a cell -> its value; an empty cell is NULL."""
    if column.node.get("format") == "money":  # with two decimals, always
        return "CAST(NULLIF(replace(?, '.', ''), '') AS INTEGER)"
    if column.type == "boolean":
        return "NULLIF(?, '') = 'true'"
    return "NULLIF(?, '')"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _kept(
    path: Path, cache: Path | None, schema: Sequence[str], keys: Sequence[Any], every: bool = False
) -> int:
    """Begin with what is kept; returns for how many of the keys (0 unless for `every` one, if asked)."""
    try:
        known = cache.with_suffix(".keys").read_text("utf-8").splitlines() if cache else []
    except OSError:
        return 0
    wanted = [digest(schema), *(f"{name} {key}" for name, key in keys)]
    if not cache or not known or len(known) > len(wanted) or wanted[: len(known)] != known:
        return 0
    if every and len(known) < len(wanted):
        return 0
    try:
        _copy(cache, path)
    except OSError:
        path.unlink(missing_ok=True)
        return 0
    return len(known) - 1


def _keep(path: Path, cache: Path, schema: Sequence[str], keys: Sequence[Any]) -> None:
    """Remember the rows of releases; whatever goes wrong, nothing is remembered."""
    note = cache.with_suffix(".keys")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        note.unlink(missing_ok=True)
        _copy(path, cache)
        text = "\n".join([digest(schema), *(f"{name} {key}" for name, key in keys)])
        note.write_text(text, encoding="utf-8")
    except OSError:
        note.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as one, target.open("wb") as other:
        while piece := one.read(1 << 20):
            other.write(piece)
