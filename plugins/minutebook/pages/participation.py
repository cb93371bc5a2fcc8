"""The page of a process in which people have a say, from its purpose to what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.charts import lengths
from minutebook.pages.haveyoursay import is_open, process_row
from minutebook.pages.naming import links
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import decision_rows
from minutebook.pages.twins import twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Participation
from minutebook.records.model.participation import Phase, Proposal
from minutebook.records.register import Register
from minutebook.records.schema import codelist


def pages(register: Register) -> Iterable[Page]:
    """/participation/2025-003/ for every process."""
    for id in register.records.participation:
        yield Page(
            address=address("participation", id),
            kind="participation",
            template="participation.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="participation", id=id),
        )


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of one process's page."""
    one = register.records.participation[id]
    decisions = dict.fromkeys((*one.decisions, *register.links.to("participation", id, "decision")))
    return {
        "title": one.title,
        "description": one.summary,
        "crumbs": [{"text": _("Have your say"), "address": "participation/"}],
        "section": "participation",
        "process": {**process_row(register, one), **_words(one), "open": is_open(register, one)},
        "phases": [_phase(register, phase) for phase in one.phases],
        "funnel": _funnel(one),
        "proposals": [_proposal(register, proposal) for proposal in one.proposals],
        "states": _states(one),
        "profile": _profile(one),
        "responses": [{"type": count.type, "count": count.count} for count in one.responses],
        "decisions": decision_rows(register, decisions),
        "petitions": links(register, "petition", one.petitions),
        "places": links(register, "place", one.places),
        "topics": links(register, "topic", one.topics),
        "record": record_note(register, one.path),
    }


def _words(one: Participation) -> dict[str, Any]:
    """What stands on the page as it was written."""
    names = ("strategy", "level", "audience", "purpose", "we_asked", "you_said", "we_did", "budget")
    contact = one.contact
    return {
        **{name: getattr(one, name) for name in names},
        "questions": list(one.questions),
        "ways": [
            {
                "kind": way.kind,
                "name": way.name,
                "url": way.url,
                "where": way.address,
                "opens": way.opens,
                "closes": way.closes,
            }
            for way in one.channels
        ],
        "contact": {"name": contact.name, "email": contact.email, "phone": contact.phone}
        if contact
        else None,
    }


def _phase(register: Register, one: Phase) -> dict[str, Any]:
    state = "done" if one.ends < register.as_of else "to-come"
    if one.starts <= register.as_of <= one.ends:
        state = "current"
    names = ("kind", "title", "method", "starts", "ends", "summary", "invited", "took_part")
    return {"state": state, **{name: getattr(one, name) for name in names}}


def _funnel(one: Participation) -> list[dict[str, Any]]:
    """How many came into each phase and how many went on; bars in percent of the most."""
    counted = [phase for phase in one.phases if phase.contributions is not None]
    if len(counted) < 2:
        return []
    entered = lengths(phase.contributions or 0 for phase in counted)
    top = max(phase.contributions or 0 for phase in counted)
    went_on = lengths((phase.carried_forward or 0 for phase in counted), top)
    return [
        {
            "title": phase.title,
            "kind": phase.kind,
            "took_part": phase.took_part,
            "entered": phase.contributions,
            "went_on": phase.carried_forward,
            "entered_length": wide,
            "went_on_length": narrow,
        }
        for phase, wide, narrow in zip(counted, entered, went_on, strict=True)
    ]


def _proposal(register: Register, one: Proposal) -> dict[str, Any]:
    names = ("reference", "title", "summary", "theme", "state", "answer", "supports", "votes")
    more = ("cost", "price", "feasibility", "impact_assessment", "winner", "result")
    return {
        **{name: getattr(one, name) for name in (*names, *more)},
        "places": links(register, "place", one.places),
        "decisions": links(register, "decision", one.decisions),
    }


def _states(one: Participation) -> list[dict[str, Any]]:
    """How many proposals are in each state, in the order of the codelist."""
    counts = Counter(proposal.state for proposal in one.proposals)
    return [
        {"state": state, "count": counts[state]}
        for state in codelist("proposal-state")
        if counts[state]
    ]


def _profile(one: Participation) -> dict[str, Any] | None:
    """Who took part against who lives here, in percent."""
    if not one.sample:
        return None
    groups = [
        {
            "dimension": group.dimension,
            "group": group.group,
            "participants": float(group.participants_percent),
            "population": float(group.population_percent),
        }
        for group in one.sample.profile
    ]
    return {
        "method": one.sample.method,
        "invited": one.sample.invited,
        "attended": one.sample.attended,
        "groups": groups,
    }
