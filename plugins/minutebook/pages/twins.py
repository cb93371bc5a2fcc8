"""The JSON beside each page: what an author wrote, and apart from it what was worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minutebook.records.addresses import address
from minutebook.records.records import name_of
from minutebook.records.register import Register


def twin(
    register: Register, kind: str, id: str, computed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The twin of a record's page.

    `record` is the record as it was written, with the types of its schema; amounts of money are text, so
    that no reader turns them into floats. `linked_from` says which records name this one, and in which
    field; `computed` holds what else was worked out.
    """
    record = register.records.get(kind, id)
    inbound = register.links.inbound.get((kind, id), ())
    return {
        "type": kind,
        "id": id,
        "address": address(kind, id),
        "licence": register.records.council.licence.url,
        "source": source(register, record.path),
        "record": record.document,
        "linked_from": [
            {"type": other, "id": other_id, "field": field, "address": address(other, other_id)}
            for other, other_id, field in inbound
        ],
        "computed": dict(computed or {}),
    }


def source(register: Register, path: str) -> dict[str, Any]:
    """Where a record stands: its file, the file's SHA-256, and its last change where git knows it."""
    found: dict[str, Any] = {"path": path, "sha256": register.records.digests.get(path, "")}
    if path in register.history:
        last = register.history[path]
        found |= {"revision": last.id, "changed": last.day, "revisions": last.count}
    return found


def list_twin(register: Register, title: str, items: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The twin of a list: type, id, name and address of each record on it, in the order of the list."""
    return {
        "title": title,
        "licence": register.records.council.licence.url,
        "items": [
            {
                "type": kind,
                "id": id,
                "title": name_of(register.records.get(kind, id)),
                "address": address(kind, id),
            }
            for kind, id in items
        ],
    }
