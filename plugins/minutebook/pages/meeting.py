"""The page of a meeting: when, where, who was there, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.naming import link, links
from minutebook.pages.papers import paper
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import decision_rows
from minutebook.pages.twins import twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Meeting
from minutebook.records.once import once
from minutebook.records.register import Register

_PRESENCES = ("present", "apologies", "absent")


def pages(register: Register) -> Iterable[Page]:
    """/meetings/cabinet-2026-04-09/ for every meeting."""
    _of_body(register)
    for id in register.records.meetings:
        yield Page(
            address=address("meeting", id),
            kind="meeting",
            template="meeting.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="meeting", id=id),
        )


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of one meeting's page."""
    one = register.records.meetings[id]
    body = link(register, "body", one.body)
    decisions = register.links.to("meeting", id, "decision", "meeting")
    return {
        "title": one.title,
        "description": one.summary,
        "crumbs": [{"text": _("Meetings"), "address": "meetings/"}, body],
        "section": "people",
        "linked_data": _linked_data(register, one),
        "body": body,
        "meeting": {
            name: getattr(one, name)
            for name in (
                *("date", "starts", "ends", "status", "cancelled_reason", "venue", "public"),
                *("agenda", "minutes", "webcast", "summary"),
            )
        },
        "past": one.date < register.as_of,
        "decisions": decision_rows(register, decisions),
        "petitions": links(register, "petition", register.links.to("meeting", id, "petition")),
        "attendance": [
            {
                "presence": presence,
                "people": links(
                    register,
                    "person",
                    (was.person for was in one.attendance if was.presence == presence),
                ),
            }
            for presence in _PRESENCES
            if any(was.presence == presence for was in one.attendance)
        ],
        "neighbours": _neighbours(register, one),
        "agenda_items": _agenda(register, one),
        "papers": [paper(document) for document in one.documents],
        "record": record_note(register, one.path, one.source),
    }


def _agenda(register: Register, one: Meeting) -> list[dict[str, Any]]:
    """The items of the agenda, each with the decision that it is about, if that is here."""
    return [
        {
            "number": item.number or "",
            "title": item.title,
            "decision": link(register, "decision", item.decision) if item.decision else None,
            "result": item.result or "",
            "papers": [paper(document) for document in item.documents],
        }
        for item in one.agenda_items
    ]


@once
def _of_body(register: Register) -> dict[str, list[str]]:
    """The meetings of each body by date."""
    found: dict[str, list[str]] = {}
    for one in sorted(register.records.meetings.values(), key=lambda one: (one.date, one.id)):
        found.setdefault(one.body, []).append(one.id)
    return found


def _neighbours(register: Register, one: Meeting) -> dict[str, dict[str, str] | None]:
    """The meetings of the same body before and after this one."""
    every = _of_body(register)[one.body]
    at = every.index(one.id)
    before = link(register, "meeting", every[at - 1]) if at else None
    after = link(register, "meeting", every[at + 1]) if at + 1 < len(every) else None
    return {"previous": before, "next": after}


_STATUS = {"cancelled": "EventCancelled"}


def _linked_data(register: Register, one: Meeting) -> dict[str, Any]:
    """The meeting as a schema.org Event."""
    council = register.records.council
    found: dict[str, Any] = {
        "@type": "Event",
        "name": one.title,
        "startDate": one.date.isoformat() + (f"T{one.starts}" if one.starts else ""),
        "eventStatus": f"https://schema.org/{_STATUS.get(one.status, 'EventScheduled')}",
        "organizer": {"@type": "GovernmentOrganization", "name": council.name},
    }
    if one.venue:
        found["location"] = {"@type": "Place", "name": one.venue, "address": one.venue}
    return found
