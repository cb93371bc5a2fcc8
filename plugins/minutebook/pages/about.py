"""What is going on at a place, or about a topic: open now, coming up, decided, spent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from minutebook.pages import contracts, paid
from minutebook.pages.facets import Facet
from minutebook.pages.rows import COMING, decision_rows, newest_first
from minutebook.records.addresses import address
from minutebook.records.model import Participation, Petition
from minutebook.records.once import once
from minutebook.records.payments import Payments
from minutebook.records.register import Register

SHOWN = 10
"""Decisions on the page of something else; all of them stand in a list of their own."""


@once
def _order(register: Register) -> dict[str, int]:
    return {id: number for number, id in enumerate(newest_first(register))}


def latest(register: Register, ids: Iterable[str]) -> list[str]:
    """Decisions in the order of the list of all decisions: newest first."""
    return sorted(set(ids), key=_order(register).__getitem__)


def activity(register: Register, kind: str, id: str) -> dict[str, Any]:
    """What the page of a place or topic says of the records that name it."""
    decisions = register.records.decisions
    ids = latest(register, register.links.to(kind, id, "decision"))
    coming = [one for one in reversed(ids) if decisions[one].status in COMING]
    past = [one for one in ids if decisions[one].status not in COMING]
    processes = _processes(register, kind, id)
    petitions = _petitions(register, kind, id)
    return {
        "open": open_rows(register, processes, petitions),
        "coming": decision_rows(register, coming),
        "decided": decision_rows(register, past[:SHOWN]),
        "decided_count": len(past),
        "list": Facet(kind, id, "", ids).address if ids else "",
        "participation": [
            process_row(one) for one in processes if not is_open(one, register.as_of)
        ],
        "petitions": [petition_row(one) for one in petitions],
        "evaluations": evaluation_rows(register, past),
        "contracts": contracts.rows(register, register.links.to(kind, id, "contract")),
    }


def _processes(register: Register, kind: str, id: str) -> list[Participation]:
    every = register.records.participation
    found = [every[one] for one in register.links.to(kind, id, "participation")]
    return sorted(found, key=lambda one: (one.closes, one.id), reverse=True)


def _petitions(register: Register, kind: str, id: str) -> list[Petition]:
    every = register.records.petitions
    found = [every[one] for one in register.links.to(kind, id, "petition")]
    return sorted(found, key=lambda one: (one.opened, one.id), reverse=True)


def is_open(one: Participation, day: date) -> bool:
    """Whether people can take part on a day."""
    return one.status != "cancelled" and one.opens <= day <= one.closes


def can_be_signed(one: Petition, day: date) -> bool:
    """Whether a petition can be signed on a day."""
    return one.state == "open" and (one.closed is None or one.closed >= day)


def open_rows(
    register: Register, processes: Iterable[Participation], petitions: Iterable[Petition]
) -> list[dict[str, Any]]:
    """Where people can have a say now, the nearest deadline first; those without one come last."""
    day = register.as_of
    found = [process_row(one) for one in processes if is_open(one, day)]
    found += [petition_row(one) for one in petitions if can_be_signed(one, day)]
    return sorted(found, key=lambda row: (row["until"] or date.max, row["title"]))


def process_row(one: Participation) -> dict[str, Any]:
    """A participation process in a list."""
    return {
        "address": address("participation", one.id),
        "title": one.title,
        "summary": one.summary,
        "status": one.status,
        "codes": "participation-status",
        "until": one.closes,
        "signatures": None,
    }


def petition_row(one: Petition) -> dict[str, Any]:
    """A petition in a list."""
    return {
        "address": address("petition", one.id),
        "title": one.title,
        "summary": one.summary,
        "status": one.state,
        "codes": "petition-state",
        "until": one.closed,
        "signatures": one.signature_count,
    }


def evaluation_rows(register: Register, decisions: Iterable[str]) -> list[dict[str, Any]]:
    """What came of decisions, the newest first."""
    every = register.records.evaluations
    found = [
        every[one]
        for decision in decisions
        for one in register.links.to("decision", decision, "evaluation", "decision")
    ]
    return [
        {
            "address": address("evaluation", one.id),
            "title": one.title,
            "summary": one.summary,
            "status": one.verdict,
            "codes": "verdict",
            "until": one.date,
            "signatures": None,
        }
        for one in sorted(found, key=lambda one: (one.date, one.id), reverse=True)
    ]


def spent(register: Register, lines: Payments, but: str) -> dict[str, Any]:
    """What was paid: sum, months and the newest payments, for the page with the address `but`."""
    return {
        "total": lines.total,
        "count": len(lines),
        "monthly": paid.monthly(lines.by_month()),
        "payments": paid.rows(register, lines, 8, but),
    }
