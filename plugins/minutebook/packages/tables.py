"""The tables of the data package, all derived from the JSON Schemas of the records.

A table for every type of record, and one for every list inside a record: lists of objects (votes,
options) take the name that the schema's word `table` gives them; lists of ids or texts become link tables
such as `decision-topics`. A list inside a list hangs on the table of the outer one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.packages.columns import Column, arrays, columns, titled
from minutebook.publishing.language import _, spoken
from minutebook.records.schema import SCHEMAS, record_types, schema

POSITION = "position"


@dataclass(frozen=True, eq=False)
class Table:
    """One table. There is one object for each, so a table can be a key.

    `kind` is the type of record that its rows come from. `parent` is the table that the list hangs on and
    `path` the way to the list inside a row of the parent; a table of records has neither. `keys` are the
    first columns (for a table of records, none: its `id` is one of its own `columns`).
    """

    name: str
    title: str
    description: str
    kind: str
    columns: tuple[Column, ...]
    parent: Table | None = None
    path: tuple[str, ...] = ()
    keys: tuple[Column, ...] = ()
    row_of: tuple[str, ...] = ()
    """For the rows of a release: the kinds of release that have such rows."""

    @property
    def named(self) -> str:
        """The title in the language of the site."""
        return titled(self.title)

    @property
    def told(self) -> str:
        """The description in the language of the site."""
        return _(self.description)

    @property
    def every(self) -> tuple[Column, ...]:
        """All columns, in the order of the file."""
        return (*self.keys, *self.columns)

    @property
    def primary_key(self) -> list[str]:
        """The names of the columns that tell a row from all others."""
        return [column.name for column in self.keys] or ["id"]

    @property
    def singular(self) -> str:
        """What a row is called as a key in other tables: `vote-events` -> `vote_event`."""
        return self.kind if self.parent is None else self.name.removesuffix("s").replace("-", "_")

    def foreign_keys(self) -> Iterator[tuple[list[str], str, list[str]]]:
        """Own columns, table and its columns, for every link that can lead to one table only."""
        if self.parent is not None and self.parent.parent is not None:
            names = [column.name for column in self.keys[:-1]]
            yield names, self.parent.name, self.parent.primary_key
        for column in self.every:
            if len(column.targets) == 1:
                yield [column.name], table_of(column.targets[0]), ["id"]


def table_of(kind: str) -> str:
    """The name of the table of a type of record: `person` -> `people`."""
    return record_types().get(kind, kind)


@functools.cache
def tables() -> tuple[Table, ...]:
    """Every table: those of the records in the order of the alphabet, each followed by its lists."""
    found: list[Table] = []
    for kind in sorted(["council", *record_types()]):
        found += _with_lists(_record_table(kind), schema(kind).resolved)
        found += (_row_table(name, kind) for name in _row_types(kind))
    return tuple(found)


def _record_table(kind: str) -> Table:
    node = schema(kind).resolved
    own = tuple(columns(node))
    return Table(table_of(kind), node["title"], node["description"], kind, own)


def _with_lists(table: Table, node: Mapping[str, Any]) -> Iterator[Table]:
    yield table
    for path, inner in arrays(node):
        if "rowsOf" not in inner:
            yield from _with_lists(_list_table(table, path, inner), _object(inner["items"]))


def _object(items: Mapping[str, Any]) -> Mapping[str, Any]:
    return items if items["type"] == "object" else {"properties": {}}


def _list_table(parent: Table, path: tuple[str, ...], node: Mapping[str, Any]) -> Table:
    items, field = node["items"], "_".join(path)
    # decision_drivers of a decision is decision-drivers, not decision-decision-drivers.
    name = f"{parent.singular}_{field.removeprefix(f'{parent.singular}_')}".replace("_", "-")
    keys = _keys(parent)
    own = tuple(columns(items)) if items["type"] == "object" else (_only(keys, path, items),)
    title = f"{parent.title}: {node['title']}"
    name = node.get("table", name)
    return Table(name, title, node["description"], parent.kind, own, parent, path, keys)


def _keys(parent: Table) -> tuple[Column, ...]:
    return (
        *_outer(parent),
        _position(POSITION, spoken("Number"), spoken("The place of the row in its list, from 1.")),
    )


def _outer(parent: Table) -> tuple[Column, ...]:
    """The columns that name the row of the parent."""
    if parent.parent is None:
        text = spoken("What this row belongs to: %s.")
        own = next(column.node for column in parent.columns if column.name == "id")
        node = {**own, "refersTo": [parent.kind]}
        return (
            Column(parent.singular, parent.title, text, node, required=True, about=parent.title),
        )
    title = parent.title.rpartition(": ")[2]
    text = spoken('Which row of "%s" this one belongs to: its number there.')
    return (*parent.keys[:-1], _position(parent.singular, title, text, title))


def _position(name: str, title: str, text: str, about: str = "") -> Column:
    node = {"type": "integer", "minimum": 1}
    return Column(name, title, text, node, required=True, about=about)


def _only(keys: tuple[Column, ...], path: tuple[str, ...], items: Mapping[str, Any]) -> Column:
    """The column of a list of plain values, called after what it links to or what an item is."""
    taken = {column.name for column in keys}
    targets = items.get("refersTo", ())
    if not targets:
        name = items["title"].lower().replace(" ", "_")
    elif len(targets) == 1 and targets[0] not in taken:
        name = targets[0]
    else:
        name = path[-1]
    return Column(name, items["title"], items["description"], items, required=True)


def _row_types(kind: str) -> list[str]:
    """The schemas whose objects are the rows of this type of record: payments, grants and so on."""
    node = schema(kind).resolved
    if not any("rowsOf" in inner for _, inner in arrays(node)):
        return []
    every = sorted(path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json"))
    return [name for name in every if name != "common" and "rowOf" in schema(name).resolved]


def _row_table(name: str, kind: str) -> Table:
    node, parent = schema(name).resolved, _record_table(kind)
    title = f"{parent.title}: {node['title']}"
    rows = tuple(node["rowOf"])
    own = tuple(columns(node))
    plural = f"{name.removesuffix('y')}ies" if name.endswith("y") else f"{name}s"
    return Table(
        plural, title, node["description"], kind, own, parent, ("rows",), _keys(parent), rows
    )
