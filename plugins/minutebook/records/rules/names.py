"""Rules about the ids that records are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minutebook.records.addresses import is_free
from minutebook.records.messages import Complaint


def addresses_are_free(kind: str, document: dict[str, Any]) -> Iterator[Complaint]:
    """A record's address is made of its id, so no id may be a word that other pages stand under."""
    if kind != "council" and not is_free(kind, document["id"]):
        message = f'the site itself needs the address that the id "{document["id"]}" would have'
        hint = "give this record another id, and its file the same name"
        yield Complaint("/id", "reserved-id", message, hint)
