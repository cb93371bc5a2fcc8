"""Which record names which other: found by the schema's `refersTo`, never by a list in code."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
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
    """Every reference in a document of type `kind`, in the order of its fields.

    In one that is not valid, what has another shape than the schema asks for is passed over.
    """
    walk = _walk(kind)
    return walk(document, "") if walk else iter(())


@functools.cache
def _walk(kind: str) -> Walk | None:
    return _walker(schema(kind).resolved, "")


def _walker(node: dict[str, Any], field: str) -> Walk | None:
    if "refersTo" in node:
        targets = tuple(node["refersTo"])
        return lambda value, pointer: (
            iter((Reference(pointer, field, value, targets),))
            if isinstance(value, str)
            else iter(())
        )
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
        for place, item in enumerate(value if isinstance(value, list) else ()):
            for found in each(item, f"{pointer}/{place}"):
                if inverse:
                    yield Reference(found.pointer, field, found.value, found.targets, inverse)
                else:
                    yield found

    return walk


def _object_walker(parts: list[tuple[str, Walk]]) -> Walk:
    def walk(value: Any, pointer: str) -> Iterator[Reference]:
        for key, part in parts if isinstance(value, dict) else ():
            if key in value:
                yield from part(value[key], f"{pointer}/{key}")

    return walk


Mentions = dict[str, list[str]]
"""Which records a document names: `field kind,kind inverse` -> ids, each once. Plain, so it can be kept."""

_Note = Callable[[Any, Mentions], None]


def mentions(kind: str, document: Any) -> Mentions:
    """Every reference in a valid document, without its place: what most checks and links ask for."""
    found: Mentions = {}
    note = _note(kind)
    if note:
        note(document, found)
    return {slot: list(dict.fromkeys(ids)) for slot, ids in found.items()}


def slot_of(field: str, targets: Iterable[str], inverse: str = "") -> str:
    """The key of mentions in one field."""
    return f"{field} {','.join(targets)} {inverse}"


@functools.cache
def parts_of(slot: str) -> tuple[str, tuple[str, ...], str]:
    """Field, types and inverse of a key of mentions."""
    field, targets, inverse = slot.split(" ")
    return field, tuple(targets.split(",")), inverse


@functools.cache
def _note(kind: str) -> _Note | None:
    return _noter(schema(kind).resolved, "", "")


def _noter(node: dict[str, Any], field: str, inverse: str) -> _Note | None:
    if "refersTo" in node:
        slot = slot_of(field, node["refersTo"], inverse)
        return lambda value, found: found.setdefault(slot, []).append(value)
    if node.get("type") == "array":
        each = _noter(node["items"], field, node.get("inverse", ""))
        return _list_noter(each) if each else None
    parts = [
        (key, noter)
        for key, part in node.get("properties", {}).items()
        if (noter := _noter(part, key, ""))
    ]
    return _object_noter(parts) if parts else None


def _list_noter(each: _Note) -> _Note:
    def note(value: Any, found: Mentions) -> None:
        for item in value:
            each(item, found)

    return note


def _object_noter(parts: list[tuple[str, _Note]]) -> _Note:
    def note(value: Any, found: Mentions) -> None:
        for key, part in parts:
            if key in value:
                part(value[key], found)

    return note
