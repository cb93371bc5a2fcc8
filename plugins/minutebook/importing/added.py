"""What people added to a release after its import: contracts, decisions and places of its rows.

The finance system knows nothing of them, so an export that is imported again must not take them away.
"""

from __future__ import annotations

import csv
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from minutebook.importing.shape import Shape

LINKS = ("ContractRef", "DecisionRef", "Place")
SHOWN = 5
"""Of so many rows it is told that they are gone; of the others, how many."""

Row = Mapping[str, str]


@dataclass(slots=True)
class Added:
    """How many rows kept what was added to them, and those that are no longer there to keep it."""

    kept: int = 0
    lost: int = 0
    rows: list[tuple[int, str]] = field(default_factory=list)
    """The first of those that are gone: the number of the row in the old table, and how it is known."""


def carry(old: Path, new: Path, shape: Shape) -> Added:
    """Write what was added to the rows of the table `old` into the same rows of `new`.

    A row is the same when it is equal in every other column that both tables have; of several equal rows the
    first goes with the first. The columns stay in the order of the old table if they are the same.
    """
    found = Added()
    header, names = _header(old), _header(new)
    added = [name for name in LINKS if name in header and name in shape.properties]
    common = [name for name in names if name in header and name not in LINKS]
    wanted = _wanted(old, common, added) if added and common else {}
    if not wanted:
        return found
    carried: dict[int, Row] = {}
    for number, row in enumerate(_rows(new)):
        known = wanted.get(_key(row, common))
        links = known.popleft()[1] if known else {}
        if more := {name: value for name, value in links.items() if value and not row.get(name)}:
            carried[number] = more
    found.kept = len(carried)
    if carried:
        used = [name for name in added if any(name in more for more in carried.values())]
        columns = [*names, *(name for name in used if name not in names)]
        _write(new, header if {*columns} == {*header} else columns, carried)
    gone = sorted(
        (number, key)
        for key, left in wanted.items()
        for number, links in left
        if any(links.values())
    )
    found.lost = len(gone)
    looks = [
        common.index(name) for name in (shape.date, shape.name, shape.amount) if name in common
    ]
    found.rows = [
        (number, ", ".join(key[place] for place in looks)) for number, key in gone[:SHOWN]
    ]
    return found


def _write(table: Path, columns: Sequence[str], carried: Mapping[int, Row]) -> None:
    part = table.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for number, row in enumerate(_rows(table)):
            whole = {**row, **carried.get(number, {})}
            writer.writerow([whole.get(name, "") for name in columns])
    part.replace(table)


def _wanted(
    old: Path, common: Sequence[str], added: Sequence[str]
) -> dict[tuple[str, ...], deque[tuple[int, Row]]]:
    """By what the rows are known by: their numbers from 1 and links, for those of which one has a link."""
    linked = {_key(row, common) for row in _rows(old) if any(row.get(name) for name in added)}
    found: defaultdict[tuple[str, ...], deque[tuple[int, Row]]] = defaultdict(deque)
    for number, row in enumerate(_rows(old), 1):
        key = _key(row, common)
        if key in linked:
            found[key].append((number, {name: row.get(name, "") for name in added}))
    return found


def _key(row: Row, common: Sequence[str]) -> tuple[str, ...]:
    return tuple([row.get(name, "") for name in common])


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        for cells in rows:
            yield dict(zip(header, cells, strict=False))
