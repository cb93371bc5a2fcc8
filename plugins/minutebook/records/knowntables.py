"""Tables that were found sound, remembered by the digest of their file: nothing in them is read again."""

from __future__ import annotations

from pathlib import Path

import orjson

from minutebook.records.memory import Memory
from minutebook.records.model.sums import array_of, packed, raw_array, unpacked
from minutebook.records.processes import spread
from minutebook.records.tables import Table

_FEW = 4_000_000
"""So many bytes are read sooner than other processes start."""


def read_tables(root: Path, wanted: list[tuple[str, str]], memory: Memory | None) -> list[Table]:
    """Check the CSV files with these paths and schemas; those that are remembered are recalled.

    Several are read at once, by as many processes as there are processors.
    """
    tables = [Table(path, kind) for path, kind in wanted]
    for table in tables:
        table.find(root)
    known = [not table.problems and _recall(table, memory) for table in tables]
    unread = [
        place for place, table in enumerate(tables) if not table.problems and not known[place]
    ]
    for place, found in zip(
        unread, spread(_read, [tables[it] for it in unread], 1, 1), strict=True
    ):
        if isinstance(found, Table):
            tables[place] = found
            continue
        _unpack(tables[place], found)
        if memory:
            memory.learn_table(tables[place].kind, tables[place].digest, found)
    if memory:
        memory.save_tables()
    return tables


def _recall(table: Table, memory: Memory | None) -> bool:
    raw = memory.recall_table(table.kind, table.digest) if memory else None
    try:
        return raw is not None and _unpack(table, raw)
    except (ValueError, KeyError, IndexError, TypeError):
        return False


def _read(table: Table) -> Table | bytes:
    """Check a table; what is remembered of a sound one is also the shortest way between processes."""
    table.read_csv()
    return table if table.problems else _pack(table)


def _pack(table: Table) -> bytes:
    head = {
        "header": table.rows.header,
        "private": table.private,
        "named": {name: sorted(named) for name, named in table.named.items()},
        "starts": len(table.rows),
    }
    return orjson.dumps(head) + b"\n" + raw_array(table.starts) + packed(table.sums)


def _unpack(table: Table, raw: bytes) -> bool:
    text, _, rest = raw.partition(b"\n")
    head = orjson.loads(text)
    cut = 4 * head["starts"]
    starts, sums = array_of(rest[:cut]), unpacked(rest[cut:])
    if sums.rows != len(starts):
        raise ValueError("the rows are not all there")
    table.private = [(line, code) for line, code in head["private"]]
    table.named = {name: set(named) for name, named in head["named"].items()}
    table.take(head["header"], starts)
    table.sums = sums
    return True
