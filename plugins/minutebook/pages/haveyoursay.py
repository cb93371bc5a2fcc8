"""Have your say: what is open, coming, being considered, answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minutebook.pages.naming import link, links
from minutebook.pages.petitions import petition_row
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Participation
from minutebook.records.register import Register

ADDRESS = "participation/"


def pages(register: Register) -> Iterable[Page]:
    """/participation/"""
    yield Page(ADDRESS, "list", "have-your-say.html", view, _twin)


def is_open(register: Register, one: Participation) -> bool:
    """Whether people can take part on the day of the register."""
    return one.status != "cancelled" and one.opens <= register.as_of <= one.closes


def open_now(register: Register) -> list[Participation]:
    """What is open, the soonest deadline first."""
    every = register.records.participation.values()
    found = [one for one in every if is_open(register, one)]
    return sorted(found, key=lambda one: (one.closes, one.id))


def process_row(register: Register, one: Participation) -> dict[str, Any]:
    """A process as a row; `days` are those left, today included."""
    return {
        "address": address("participation", one.id),
        "title": one.title,
        "summary": one.summary,
        "status": one.status,
        "opens": one.opens,
        "closes": one.closes,
        "days": (one.closes - register.as_of).days + 1,
        "provider": link(register, "provider", one.provider) if one.provider else None,
        "minutes": one.minutes_needed,
        "read_by": one.read_by,
        "what_next": one.what_next,
        "method": one.method,
        "reply_due": one.reply_due,
        "late": bool(one.reply_due and not one.date_replied and one.reply_due < register.as_of),
        "replied": one.date_replied,
        "channels": [{"kind": way.kind, "name": way.name, "url": way.url} for way in one.channels],
        "decisions": links(register, "decision", one.decisions),
    }


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    every = sorted(
        register.records.participation.values(), key=lambda one: (one.closes, one.id), reverse=True
    )
    now = open_now(register)
    rest = [one for one in every if one not in now]
    coming = [one for one in rest if one.opens > register.as_of and one.status != "cancelled"]
    waiting = [one for one in rest if one not in coming and one.status not in _OVER]
    done = [one for one in rest if one.status in _OVER]
    petitions = register.records.petitions.values()
    return {
        "title": _("Have your say"),
        "description": None,
        "crumbs": [],
        "section": "participation",
        "stamp": stamp(register),
        "open": [process_row(register, one) for one in now],
        "coming": [process_row(register, one) for one in coming[::-1]],
        "waiting": [process_row(register, one) for one in waiting],
        "done": [process_row(register, one) for one in done],
        "petitions": [petition_row(one) for one in petitions if one.state == "open"],
        "petition_count": len(petitions),
    }


_OVER = ("replied", "cancelled")


def _twin(register: Register) -> dict[str, Any]:
    items = [("participation", id) for id in register.records.participation]
    return list_twin(register, _("Have your say"), items)
