"""Rules about the ids that records are given."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.records.addresses import is_free
from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said


def addresses_are_free(entries: Iterable[Entry]) -> Said:
    """A record's address is made of its id, so no id may be a word that other pages stand under."""
    for entry in entries:
        if entry.kind != "council" and not is_free(entry.kind, entry.id):
            message = f'the site itself needs the address that the id "{entry.id}" would have'
            hint = "give this record another id, and its file the same name"
            yield entry.path, Complaint("/id", "reserved-id", message, hint)
