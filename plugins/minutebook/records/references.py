"""Which record names which other: found by the schema's `refersTo`, never by a list in code."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from minutebook.records.schema import schema


@dataclass(frozen=True, slots=True)
class Reference:
    """`value` stands at `pointer` and is the id of a record of one of the types `targets`.

    `field` is the field's name, and `inverse` the field of the other record that must name this one.
    """

    pointer: str
    field: str
    value: str
    targets: tuple[str, ...]
    inverse: str = ""


Walk = Callable[[Any, str], Iterator[Reference]]


def references(kind: str, document: Any) -> Iterator[Reference]:
    """Every reference in a valid document of type `kind`, in the order of its fields."""
    walk = _walk(kind)
    return walk(document, "") if walk else iter(())


@functools.cache
def _walk(kind: str) -> Walk | None:
    return _walker(schema(kind).resolved, "")


def _walker(node: dict[str, Any], field: str) -> Walk | None:
    if "refersTo" in node:
        targets = tuple(node["refersTo"])
        return lambda value, pointer: iter((Reference(pointer, field, value, targets),))
    if node.get("type") == "array":
        each = _walker(node["items"], field)
        return _list_walker(each, field, node.get("inverse", "")) if each else None
    parts = [
        (key, walker)
        for key, part in node.get("properties", {}).items()
        if (walker := _walker(part, key))
    ]
    return _object_walker(parts) if parts else None


def _list_walker(each: Walk, field: str, inverse: str) -> Walk:
    def walk(value: Any, pointer: str) -> Iterator[Reference]:
        for place, item in enumerate(value):
            for found in each(item, f"{pointer}/{place}"):
                if inverse:
                    yield Reference(found.pointer, field, found.value, found.targets, inverse)
                else:
                    yield found

    return walk


def _object_walker(parts: list[tuple[str, Walk]]) -> Walk:
    def walk(value: Any, pointer: str) -> Iterator[Reference]:
        for key, part in parts:
            if key in value:
                yield from part(value[key], f"{pointer}/{key}")

    return walk
