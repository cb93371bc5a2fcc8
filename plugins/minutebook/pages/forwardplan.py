"""The forward plan: what is coming, by date, and whether it was announced in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from minutebook.pages.naming import links, maker
from minutebook.pages.notice import notice
from minutebook.pages.rows import COMING, decision_row
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.model import Decision
from minutebook.records.register import Register

ADDRESS = "decisions/forward-plan/"


def pages(register: Register) -> Iterable[Page]:
    """/decisions/forward-plan/"""
    yield Page(address=ADDRESS, kind="list", template="forward-plan.html", view=view, twin=_twin)


def coming(register: Register) -> Sequence[Decision]:
    """What is not decided yet, soonest first; what has no day comes last."""
    every = (one for one in register.records.decisions.values() if one.status in COMING)
    return sorted(every, key=lambda one: (expected(one) or date.max, one.id))


def expected(decision: Decision) -> date | None:
    """The first day on which it may be decided."""
    return decision.expected_period.start if decision.expected_period else None


def coming_row(register: Register, one: Decision) -> dict[str, Any]:
    """One decision that is coming, with what a person needs who wants to be heard before."""
    open_now = [
        id
        for id in one.participation
        if register.records.participation[id].opens
        <= register.as_of
        <= register.records.participation[id].closes
    ]
    return {
        **decision_row(register, one.id),
        "expected": expected(one),
        "last": one.expected_period.end if one.expected_period else None,
        "maker_link": maker(register, one.decision_maker),
        "places": links(register, "place", one.places),
        "notice": notice(register, one),
        "have_say": links(register, "participation", open_now),
    }


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    return {
        "title": _("Forward plan"),
        "description": None,
        "crumbs": [{"text": _("Decisions"), "address": "decisions/"}],
        "section": "decisions",
        "stamp": stamp(register),
        "rows": [coming_row(register, one) for one in coming(register)],
    }


def _twin(register: Register) -> dict[str, Any]:
    return list_twin(
        register, _("Forward plan"), [("decision", one.id) for one in coming(register)]
    )
