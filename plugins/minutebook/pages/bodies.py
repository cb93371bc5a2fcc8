"""Bodies and posts: who sits on them, what they decide, when they meet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.about import SHOWN, latest
from minutebook.pages.facets import Facet
from minutebook.pages.members import seats_of_body
from minutebook.pages.naming import link, links
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import COMING, decision_rows
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin, twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address, list_address
from minutebook.records.model import Body, Meeting
from minutebook.records.register import Register
from minutebook.records.schema import codelist


def pages(register: Register) -> Iterable[Page]:
    """/bodies/ and /bodies/cabinet/"""
    yield Page(list_address("body"), "list", "bodies.html", index, index_twin)
    for id in register.records.bodies:
        yield Page(
            address=address("body", id),
            kind="body",
            template="body.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="body", id=id),
        )


def index(register: Register) -> dict[str, Any]:
    """All bodies under what they are, those that were dissolved last."""
    every = sorted(
        register.records.bodies.values(), key=lambda one: (bool(one.dissolved), one.name, one.id)
    )
    groups = [
        {"kind": kind, "rows": [_row(register, one) for one in every if one.classification == kind]}
        for kind in codelist("body-classification")
    ]
    return {
        "title": _("Bodies that decide, scrutinise and advise"),
        "description": None,
        "section": "people",
        "stamp": stamp(register),
        "groups": [group for group in groups if group["rows"]],
    }


def _row(register: Register, body: Body) -> dict[str, Any]:
    seats = seats_of_body(register, body.id)["now"]
    ahead = _meetings(register, body.id)[0]
    return {
        **link(register, "body", body.id),
        "summary": body.summary or "",
        "members": len({seat["person"]["address"] for seat in seats}),
        "seats": body.seats,
        "next": ahead[0]["date"] if ahead else None,
        "decisions": len(register.links.to("body", body.id, "decision", "decision_maker")),
        "dissolved": body.dissolved,
    }


def index_twin(register: Register) -> dict[str, Any]:
    """The list as data."""
    return list_twin(register, _("Bodies"), (("body", id) for id in register.records.bodies))


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of a body's page."""
    body = register.records.bodies[id]
    ids = latest(register, register.links.to("body", id, "decision", "decision_maker"))
    decisions = register.records.decisions
    coming = [one for one in reversed(ids) if decisions[one].status in COMING]
    past = [one for one in ids if decisions[one].status not in COMING]
    ahead, held = _meetings(register, id)
    return {
        "title": body.name,
        "description": body.summary,
        "section": "people",
        **_facts(register, body),
        "members": seats_of_body(register, id),
        "ahead": ahead,
        "held": held,
        "coming": decision_rows(register, coming),
        "decided": decision_rows(register, past[:SHOWN]),
        "decided_count": len(past),
        "list": Facet("body", id, "", ids).address if ids else "",
        "record": record_note(register, body.path, body.source),
    }


def _facts(register: Register, body: Body) -> dict[str, Any]:
    contact = body.contact
    return {
        "summary": body.summary or "",
        "classification": body.classification,
        "parent": link(register, "body", body.parent) if body.parent else None,
        "children": links(register, "body", register.links.to("body", body.id, "body", "parent")),
        "quorum": body.quorum,
        "seats": body.seats,
        "meets": body.meets,
        "founded": body.founded,
        "dissolved": body.dissolved,
        "topics": links(register, "topic", body.topics),
        "contact": {
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "url": contact.url,
        }
        if contact
        else None,
    }


def _meetings(register: Register, id: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The meetings to come, the next one first, and those that were, the last one first."""
    every = [
        register.records.meetings[one] for one in register.links.to("body", id, "meeting", "body")
    ]
    every.sort(key=lambda one: (one.date, one.id))
    ahead = [one for one in every if one.date >= register.as_of and one.status == "scheduled"]
    rest = [one for one in reversed(every) if one not in ahead]
    return [_meeting(register, one) for one in ahead], [_meeting(register, one) for one in rest]


def _meeting(register: Register, one: Meeting) -> dict[str, Any]:
    return {
        **link(register, "meeting", one.id),
        "date": one.date,
        "starts": one.starts or "",
        "venue": one.venue or "",
        "status": one.status,
        "decisions": len(register.links.to("meeting", one.id, "decision", "meeting")),
    }
