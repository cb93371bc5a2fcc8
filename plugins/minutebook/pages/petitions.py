"""What people ask the council to do: the petitions, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from minutebook.pages.naming import link, links
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import decision_rows
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin, twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Petition
from minutebook.records.register import Register
from minutebook.records.schema import codelist

ADDRESS = "petitions/"


def pages(register: Register) -> Iterable[Page]:
    """/petitions/ and a page for every petition."""
    yield Page(ADDRESS, "list", "petitions.html", list_view, _list_twin)
    for id in register.records.petitions:
        yield Page(
            address=address("petition", id),
            kind="petition",
            template="petition.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="petition", id=id),
        )


def _ordered(register: Register) -> Sequence[Petition]:
    """The petitions by state in the order of the codelist, newest first in each."""
    states = list(codelist("petition-state"))
    every = sorted(register.records.petitions.values(), key=lambda one: one.opened, reverse=True)
    return sorted(every, key=lambda one: states.index(one.state))


def petition_row(one: Petition) -> dict[str, Any]:
    """A petition as a row: address, title, summary, state, signatures, until when it can be signed."""
    return {
        "address": address("petition", one.id),
        "title": one.title,
        "summary": one.summary,
        "state": one.state,
        "signatures": one.signature_count,
        "opened": one.opened,
        "closed": one.closed,
        "next": _next_threshold(one),
    }


def _next_threshold(one: Petition) -> dict[str, Any] | None:
    """What the next signatures would bring, while it can be signed."""
    if one.state != "open":
        return None
    for step in sorted(one.thresholds, key=lambda step: step.signatures):
        if step.signatures > one.signature_count:
            missing = step.signatures - one.signature_count
            return {"signatures": step.signatures, "brings": step.brings, "missing": missing}
    return None


def list_view(register: Register) -> dict[str, Any]:
    """The values of the list."""
    return {
        "title": _("Petitions"),
        "description": None,
        "crumbs": [{"text": _("Have your say"), "address": "participation/"}],
        "section": "participation",
        "stamp": stamp(register),
        "rows": [petition_row(one) for one in _ordered(register)],
    }


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of one petition's page."""
    one = register.records.petitions[id]
    decisions = dict.fromkeys((*one.leads_to, *register.links.to("petition", id, "decision")))
    return {
        "title": one.title,
        "description": one.summary,
        "crumbs": [
            {"text": _("Have your say"), "address": "participation/"},
            {"text": _("Petitions"), "address": ADDRESS},
        ],
        "section": "participation",
        "petition": {
            **petition_row(one),
            "sign_url": one.sign_url,
            "background": one.background,
            "response": one.response,
            "response_date": one.response_date,
            "response_due": one.response_due,
        },
        "late": bool(
            one.response_due and not one.response_date and one.response_due < register.as_of
        ),
        "thresholds": _thresholds(one),
        "rejection": {"code": one.rejection.code, "details": one.rejection.details}
        if one.rejection
        else None,
        "debate": _debate(register, one),
        "decisions": decision_rows(register, decisions),
        "participation": links(
            register, "participation", register.links.to("petition", id, "participation")
        ),
        "places": links(register, "place", one.places),
        "topics": links(register, "topic", one.topics),
        "record": record_note(register, one.path),
    }


def _thresholds(one: Petition) -> list[dict[str, Any]]:
    """The steps that signatures bring, with the length of a bar towards each in percent."""
    return [
        {
            "signatures": step.signatures,
            "brings": step.brings,
            "reached_at": step.reached_at,
            "reached": one.signature_count >= step.signatures,
            "length": round(min(100, 100 * one.signature_count / max(step.signatures, 1)), 1),
        }
        for step in sorted(one.thresholds, key=lambda step: step.signatures)
    ]


def _debate(register: Register, one: Petition) -> dict[str, Any] | None:
    if not one.debate:
        return None
    meeting = link(register, "meeting", one.debate.meeting) if one.debate.meeting else None
    return {"date": one.debate.date, "summary": one.debate.summary, "meeting": meeting}


def _list_twin(register: Register) -> dict[str, Any]:
    return list_twin(register, _("Petitions"), [("petition", one.id) for one in _ordered(register)])
