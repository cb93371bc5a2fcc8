"""Rules about the life of a decision."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Document, Sound

_NEEDS = {
    "decided": ("date_decided",),
    "called-in": ("date_decided", "call_in"),
    "referred-back": ("date_decided", "call_in"),
    "in-force": ("date_decided",),
    "implemented": ("date_decided",),
    "superseded": ("replaced_by",),
    "withdrawn": ("withdrawn",),
    "noticed": ("notice_published",),
}


def status_has_its_facts(sound: Sound) -> Said:
    """A status is only true together with the fact that brings it about, where that was recorded."""
    for path, decision in sound.owed:
        status = decision["status"]
        for name in _NEEDS.get(status, ()):
            if name not in decision:
                message = f'the status is "{status}" and "{name}" is missing'
                hint = f"fill in {name}, or correct the status"
                yield path, Complaint("/status", "status", message, hint)


def dates_in_order(kind: str, document: Document) -> Iterator[Complaint]:
    """A matter is put forward, decided and published in that order."""
    if kind != "decision":
        return
    order = ("date_proposed", "date_decided", "date_published")
    known = [(name, document[name]) for name in order if name in document]
    for (earlier, first), (later, second) in itertools.pairwise(known):
        if second < first:
            message = f"{second} is before {earlier}, which is {first}"
            yield Complaint(f"/{later}", "date-order", message, "correct the dates")
