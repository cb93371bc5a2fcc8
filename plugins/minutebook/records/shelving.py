"""Sound entries -> records on their shelves, each made when it is first asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from minutebook.records import model
from minutebook.records.entries import Entry
from minutebook.records.model.build import build
from minutebook.records.records import Shelf
from minutebook.records.schema import record_types
from minutebook.records.tables import HELD, Table

CLASSES: dict[str, type[Any]] = {
    "body": model.Body,
    "contract": model.Contract,
    "council": model.Council,
    "decision": model.Decision,
    "evaluation": model.Evaluation,
    "meeting": model.Meeting,
    "page": model.Page,
    "participation": model.Participation,
    "person": model.Person,
    "petition": model.Petition,
    "place": model.Place,
    "provider": model.Provider,
    "release": model.Release,
    "supplier": model.Supplier,
    "topic": model.Topic,
}
"""The class of each type of record."""


def shelve(
    entries: Iterable[Entry], tables: Mapping[str, Table]
) -> tuple[model.Council, dict[str, Shelf]]:
    """The council and a shelf for each type; `tables` are the rows of the releases, by their path."""
    documents: dict[str, dict[str, Any]] = {kind: {} for kind in ("council", *record_types())}
    paths: dict[str, dict[str, str]] = {kind: {} for kind in documents}
    for entry in entries:
        documents[entry.kind][entry.id] = entry.document
        paths[entry.kind][entry.id] = entry.path

    def made(kind: str, id: str) -> Any:
        path, document = paths[kind][id], documents[kind][id]
        more: dict[str, Any] = {"path": path, "document": document}
        if path in tables:
            table = tables[path]
            more |= {HELD[table.kind]: table.rows, "sums": table.sums, "digest": table.digest}
        return build(CLASSES[kind], document, **more)

    council = made("council", next(iter(documents["council"])))
    return council, {
        kind: Shelf(documents[kind], paths[kind], functools.partial(made, kind))
        for kind in record_types()
    }
