"""The page of a decision: what was decided, by whom, why, what it means, what happens next."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.basis import basis
from minutebook.pages.decisiondata import computed, linked_data
from minutebook.pages.lifecycle import next_step, steps
from minutebook.pages.money_of_decision import money
from minutebook.pages.naming import link, links, maker
from minutebook.pages.options import options
from minutebook.pages.outcome import outcome
from minutebook.pages.papers import paper
from minutebook.pages.recordnote import record_note
from minutebook.pages.related import related, related_ids
from minutebook.pages.retention import kept_until
from minutebook.pages.rows import COMING, OPEN_ENDED
from minutebook.pages.twins import twin
from minutebook.pages.votes import votes
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Decision
from minutebook.records.register import Register


def pages(register: Register) -> Iterable[Page]:
    """/decisions/2026-014/ for every decision."""
    for id in register.records.decisions:
        yield Page(
            address=address("decision", id),
            kind="decision",
            template="decision.html",
            view=partial(view, id=id),
            twin=partial(_twin, id=id),
            basis=partial(_basis, id=id),
        )


def _basis(register: Register, id: str) -> str:
    one = register.records.decisions[id]
    inbound = register.links.inbound.get(("decision", id), ())
    named_by = (other for kind, other, _ in inbound if kind == "decision")
    others = (*named_by, *one.replaces, *one.replaced_by, *related_ids(register, one))
    return basis(register, (id, *others))


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of one decision's page, part by part in the order of the page."""
    one = register.records.decisions[id]
    life = steps(register, one)
    return {
        "title": one.title,
        "description": one.summary,
        "crumbs": [{"text": _("Decisions"), "address": "decisions/"}],
        "section": "decisions",
        "linked_data": linked_data(register, one),
        "decision": _words(one),
        "short": _short(register, one),
        "steps": life,
        "next_step": next_step(one, life),
        "options": options(one),
        "votes": votes(register, one),
        "participation": _participation(register, one),
        "money": money(register, one),
        "outcome": outcome(register, one),
        "interests": _interests(register, one),
        "exempt": _plain(
            one.exempt, "paragraphs", "public_interest", "representations", "response"
        ),
        "urgency": _plain(one.urgency, "reason", "agreed_by"),
        "equality": _plain(one.equality, "assessed", "summary", "link"),
        "papers": [paper(document) for document in one.background_papers],
        "related": related(register, one),
        "history": _history(register, one),
        "record": record_note(register, one.path, one.source),
        "kept": kept_until(register, one),
        "follow": _follow(register, one),
    }


def _words(one: Decision) -> dict[str, Any]:
    """What stands on the page as it was written."""
    plain = _plain(
        one,
        *("id", "identifier", "summary", "status", "classification", "origin", "significance"),
        *(
            "matter_type",
            "key_reason",
            "lead_officer",
            "legal_basis",
            "delegation_type",
            "delegation_effect",
        ),
        *("context", "decision_text", "reasons", "people_said", "consequences"),
        *("date_decided", "date_published"),
    )
    assert plain
    return {
        **plain,
        "key": bool(one.is_key),
        "coming": one.status in COMING,
        "open_ended": one.status in OPEN_ENDED,
        "drivers": list(one.decision_drivers),
        "documents": list(one.documents_submitted),
        "contact": _plain(one.contact, "name", "email", "phone", "url"),
    }


def _short(register: Register, one: Decision) -> dict[str, Any]:
    """In short: who, when, where, about what, how much."""
    return {
        "maker": maker(register, one.decision_maker),
        "meeting": link(register, "meeting", one.meeting) if one.meeting else None,
        "holder": link(register, "person", one.portfolio_holder) if one.portfolio_holder else None,
        "sponsors": [maker(register, id) for id in one.sponsors],
        "expected": one.expected_period.start if one.expected_period else None,
        "cost": one.budget.amount if one.budget else None,
        "currency": one.budget.currency if one.budget else "",
        "places": links(register, "place", one.places),
        "topics": links(register, "topic", one.topics),
    }


def _history(register: Register, one: Decision) -> list[dict[str, Any]]:
    """What happened to the matter, in the words of the source."""
    return [
        {
            "date": step.date,
            "body": link(register, "body", step.body) if step.body else None,
            "meeting": link(register, "meeting", step.meeting) if step.meeting else None,
            "action": step.action,
            "result": step.result or "",
        }
        for step in one.history
    ]


def _participation(register: Register, one: Decision) -> list[dict[str, Any]]:
    """The processes and petitions behind a decision, with how many took part."""
    found = []
    for id in one.participation:
        process = register.records.participation[id]
        most = max((phase.took_part or 0 for phase in process.phases), default=0)
        found.append(
            {
                **link(register, "participation", id),
                "kind": "participation",
                "status": process.status,
                "people": most or sum(count.count for count in process.responses),
                "closes": process.closes,
            }
        )
    for id in one.petitions:
        petition = register.records.petitions[id]
        found.append(
            {
                **link(register, "petition", id),
                "kind": "petition",
                "status": petition.state,
                "people": petition.signature_count,
                "closes": petition.closed,
            }
        )
    return found


def _interests(register: Register, one: Decision) -> list[dict[str, Any]]:
    return [
        {
            **link(register, "person", declared.person),
            "nature": declared.nature,
            "action": declared.action,
            "dispensation": declared.dispensation,
        }
        for declared in one.interests
    ]


def _follow(register: Register, one: Decision) -> list[dict[str, str]]:
    """The feeds in which it stands. A feed needs full addresses, so a site without one has none."""
    if not register.records.council.site_url:
        return []
    found = [{"text": _("Decisions"), "address": "feeds/decisions.atom"}]
    for kind, ids in (("topic", one.topics), ("place", one.places)):
        for id in ids:
            found.append({**link(register, kind, id), "address": f"feeds/{kind}-{id}.atom"})
    return found


def _plain(part: Any, *names: str) -> dict[str, Any] | None:
    """Some fields of a part of a record; None where the record has no such part."""
    if part is None:
        return None
    found = {name: getattr(part, name) for name in names}
    return {name: list(one) if isinstance(one, tuple) else one for name, one in found.items()}


def _twin(register: Register, id: str) -> dict[str, Any]:
    one = register.records.decisions[id]
    return twin(register, "decision", id, computed(register, one))
