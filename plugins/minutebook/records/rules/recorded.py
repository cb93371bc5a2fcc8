"""Rules about what must be recorded, and which records may leave it out.

The schema's word `asked` lists the fields that a record written here must hold. A record that was
imported, or is older than the council's `rules_from`, may lack what nobody recorded at the time.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.records.messages import Complaint, missing
from minutebook.records.schema import is_date, schema

_DAYS = {"decision": ("date_decided", "date_proposed"), "meeting": ("date",)}
_ANY_DAY = ("date_decided", "expected_period", "date_proposed")


def rules_from(council: Mapping[str, Any]) -> str:
    """The day from which records must hold what is asked; empty where the council does not say."""
    found = council.get("rules_from", "")
    return found if isinstance(found, str) and is_date(found) else ""


def excused(kind: str, document: Mapping[str, Any], since: str) -> bool:
    """Whether a record may leave out what the rules ask for: imported, or older than `since`."""
    if "source" in document and kind != "release":
        return True
    days = (document.get(name) for name in _DAYS.get(kind, ()))
    day = next((day for day in days if isinstance(day, str)), "")
    return bool(since and day and day < since)


def what_is_asked(kind: str, document: dict[str, Any]) -> Iterator[Complaint]:
    """What a record lacks that is asked of it, unless it is excused. The document need not be valid."""
    asking = _asking(kind)
    return _lacking(asking, document, "") if asking else iter(())


def decisions_have_a_date(kind: str, document: dict[str, Any]) -> Iterator[Complaint]:
    """A decision has at least one date, or it could stand in no list and on no calendar."""
    if kind == "decision" and not any(name in document for name in _ANY_DAY):
        message = "no date says when this was put forward, expected or decided"
        yield Complaint("", "no-date", message, f"fill in one of {', '.join(_ANY_DAY)}")


@dataclass(frozen=True, slots=True)
class _Asking:
    """The part of a schema that asks for something: fields by name, or the items of a list."""

    node: dict[str, Any]
    asked: tuple[str, ...]
    parts: dict[str, _Asking]
    items: _Asking | None


@functools.cache
def _asking(kind: str) -> _Asking | None:
    return _part(schema(kind).resolved)


def _part(node: dict[str, Any]) -> _Asking | None:
    every = {name: _part(part) for name, part in node.get("properties", {}).items()}
    parts = {name: part for name, part in every.items() if part}
    items = _part(node["items"]) if "items" in node else None
    asked = tuple(node.get("asked", ()))
    return _Asking(node, asked, parts, items) if asked or parts or items else None


def _lacking(asking: _Asking, value: Any, pointer: str) -> Iterator[Complaint]:
    if isinstance(value, list) and asking.items:
        for place, item in enumerate(value):
            yield from _lacking(asking.items, item, f"{pointer}/{place}")
    elif isinstance(value, dict):
        yield from missing(pointer, asking.node, value, asking.asked)
        for name, part in asking.parts.items():
            if name in value:
                yield from _lacking(part, value[name], f"{pointer}/{name}")
