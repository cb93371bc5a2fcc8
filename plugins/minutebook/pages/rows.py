"""Decisions as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from minutebook.pages.naming import maker
from minutebook.records.addresses import address
from minutebook.records.once import once
from minutebook.records.records import day_of
from minutebook.records.register import Register

COMING = frozenset(("proposed", "noticed", "consulting"))
"""The statuses of what is not decided yet."""

OPEN_ENDED = frozenset(("closed", "deferred", "referred", "lapsed", "not-recorded"))
"""The statuses of what was not decided and is not known to come again."""


@once
def newest_first(register: Register) -> Sequence[str]:
    """The ids of all decisions, newest first; those of one day by id, the later one first."""
    every = register.records.decisions.values()
    return [one.id for one in sorted(every, key=lambda one: (day_of(one), one.id), reverse=True)]


@once
def _rows(register: Register) -> dict[str, dict[str, Any]]:
    """The rows that were made so far: a decision stands on many lists."""
    return {}


def decision_row(register: Register, id: str) -> dict[str, Any]:
    """One decision as a row: address, title, summary, status, date, maker, key."""
    rows = _rows(register)
    if id not in rows:
        one = register.records.decisions[id]
        rows[id] = {
            "address": address("decision", id),
            "title": one.title,
            "summary": one.summary or "",
            "status": one.status,
            "date": day_of(one).isoformat(),
            "maker": maker(register, one.decision_maker)["text"],
            "key": bool(one.is_key),
        }
    return rows[id]


def decision_rows(register: Register, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Several decisions as rows, in the order given."""
    return [decision_row(register, id) for id in ids]
