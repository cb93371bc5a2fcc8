"""Rules about the life of a decision."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said
from minutebook.records.rules.recorded import excused, rules_from

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


def status_has_its_facts(entries: Iterable[Entry]) -> Said:
    """A status is only true together with the fact that brings it about, where that was recorded."""
    every = list(entries)
    since = rules_from(every)
    for entry in every:
        if entry.kind != "decision" or not entry.document or excused(entry, since):
            continue
        status = entry.document["status"]
        for name in _NEEDS.get(status, ()):
            if name not in entry.document:
                message = f'the status is "{status}" and "{name}" is missing'
                hint = f"fill in {name}, or correct the status"
                yield entry.path, Complaint("/status", "status", message, hint)


def dates_in_order(entries: Iterable[Entry]) -> Said:
    """A matter is put forward, decided and published in that order."""
    order = ("date_proposed", "date_decided", "date_published")
    for entry in entries:
        if entry.kind != "decision" or not entry.document:
            continue
        known = [(name, entry.document[name]) for name in order if name in entry.document]
        for (earlier, first), (later, second) in itertools.pairwise(known):
            if second < first:
                message = f"{second} is before {earlier}, which is {first}"
                yield entry.path, Complaint(f"/{later}", "date-order", message, "correct the dates")
