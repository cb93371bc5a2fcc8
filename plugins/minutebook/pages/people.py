"""People in public office: roles, votes, interests and attendance, as recorded and without scores."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from minutebook.pages.basis import basis
from minutebook.pages.members import is_now, is_soon, seat_row
from minutebook.pages.naming import link, links, maker
from minutebook.pages.paging import Part, parts
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import newest_first
from minutebook.pages.twins import twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Decision, Meeting, Person
from minutebook.records.once import once
from minutebook.records.records import day_of
from minutebook.records.register import Register
from minutebook.records.schema import codelist

VOTES = 100
"""Votes on one page."""
SPONSORED = 50
"""How many of the decisions that a person put forward are listed."""


_OWN = ("person", "portfolio_holder", "decision_maker", "sponsors")
"""The fields in which a decision names a person, but for the roll of a vote."""


class Ballot(NamedTuple):
    """How one person voted on one motion: the decision, which of its votes (from 0), and the option."""

    decision: str
    number: int
    option: str


def pages(register: Register) -> Iterable[Page]:
    """/people/mair-fictional/ and, for further votes, /people/mair-fictional/page-2/"""
    attendance(register)
    for id in register.records.people:
        ballots = _ballots(register).get(id, ())
        for part in parts(address("person", id), range(len(ballots)), VOTES):
            first = part.paging["number"] == 1
            yield Page(
                address=part.address,
                kind="person" if first else "page",
                template="person.html" if first else "votes-cast.html",
                view=partial(view if first else votes_view, id=id, part=part),
                twin=partial(_twin, id=id) if first else None,
                basis=partial(_basis if first else _votes_basis, id=id, part=part),
            )


def _basis(register: Register, id: str, part: Part) -> str:
    ballots = _ballots(register).get(id, [])
    # The twin tells of every vote and every link, but nothing more of those decisions.
    digests, naming = _parts_of_people(register), register.links.to("person", id, "decision")
    told = hashlib.sha256("".join([digests[one] for one in naming]).encode()).hexdigest()
    shown = [ballots[number].decision for number in part.ids]
    named = register.links.to("person", id, "decision", *_OWN)
    return basis(register, (*shown, *named), id, told)


def _votes_basis(register: Register, id: str, part: Part) -> str:
    every = _ballots(register)[id]
    shown = [every[number] for number in part.ids]
    numbers = [one.number for one in shown]
    paging = [part.paging[name] for name in ("number", "count", "total")]
    return basis(register, (one.decision for one in shown), id, paging, numbers)


@once
def _parts_of_people(register: Register) -> dict[str, str]:
    """For each decision a digest of which people it names and how they voted when."""
    mentions, found = register.records.mentions, {}
    for id, one in register.records.decisions.items():
        events = one.document.get("vote_events", ())
        part = json.dumps([id, day_of(one).isoformat(), mentions.get(one.path), events])
        found[id] = hashlib.blake2b(part.encode(), digest_size=16).hexdigest()
    return found


@once
def attendance(register: Register) -> dict[str, list[tuple[Meeting, str]]]:
    """The meetings at which each person's presence or absence is recorded, newest first."""
    found: defaultdict[str, list[tuple[Meeting, str]]] = defaultdict(list)
    every = register.records.meetings.values()
    for meeting in sorted(every, key=lambda one: (one.date, one.id), reverse=True):
        for one in meeting.attendance:
            found[one.person].append((meeting, one.presence))
    return found


def view(register: Register, id: str, part: Part) -> dict[str, Any]:
    """The values of a person's page."""
    person = register.records.people[id]
    at = attendance(register).get(id, [])
    presences = Counter(presence for _, presence in at)
    return {
        "title": person.name,
        "description": person.summary,
        "section": "people",
        "summary": person.summary,
        "email": person.email,
        "url": person.url,
        **_roles(register, person),
        "votes": _votes(register, id, part.ids),
        "options": _options(register, id),
        "paging": part.paging,
        "registered": [
            {"nature": one.nature, "registered": one.registered, "ended": one.ended}
            for one in person.registered_interests
        ],
        "declared": _declared(register, id),
        "leads": _leads(register, id),
        "sponsored": _sponsored(register, id),
        "attendance": [
            {**link(register, "meeting", meeting.id), "date": meeting.date, "presence": presence}
            for meeting, presence in at
        ],
        "presences": [
            {"code": code, "count": presences[code]}
            for code in codelist("presence")
            if presences[code]
        ],
        "record": record_note(register, person.path, person.source),
    }


def votes_view(register: Register, id: str, part: Part) -> dict[str, Any]:
    """The values of a further page of a person's votes."""
    person = link(register, "person", id)
    return {
        "title": _("%(name)s: votes cast, page %(number)s")
        % {"name": person["text"], "number": part.paging["number"]},
        "description": None,
        "section": "people",
        "person": person,
        "votes": _votes(register, id, part.ids),
        "paging": part.paging,
    }


def _roles(register: Register, person: Person) -> dict[str, Any]:
    every = sorted(
        person.memberships, key=lambda one: (one.starts or date.min, one.body), reverse=True
    )
    now = [one for one in every if is_now(register, one)]
    # A seat for a ward is what people know a councillor by, so it comes first.
    now.sort(key=lambda one: not one.place)
    return {
        "now": [seat_row(register, person.id, one) for one in now],
        "before": [
            seat_row(register, person.id, one)
            for one in every
            if one not in now and not is_soon(register, one)
        ],
        "soon": [seat_row(register, person.id, one) for one in every if is_soon(register, one)],
    }


@once
def _ballots(register: Register) -> dict[str, list[Ballot]]:
    """The votes of each person, the newest decision first and its votes in their order."""
    found: defaultdict[str, list[Ballot]] = defaultdict(list)
    for id in newest_first(register):
        for number, event in enumerate(register.records.decisions[id].vote_events):
            for vote in event.votes:
                found[vote.voter].append(Ballot(id, number, vote.option))
    return found


def _votes(register: Register, id: str, numbers: Iterable[Any]) -> list[dict[str, Any]]:
    every = _ballots(register).get(id, [])
    return [_vote(register, every[number]) for number in numbers]


def _vote(register: Register, one: Ballot) -> dict[str, Any]:
    motions, key = _motions(register), (one.decision, one.number)
    if key not in motions:
        motions[key] = _motion(register, *key)
    return {"motion": motions[key], "option": one.option}


@once
def _motions(register: Register) -> dict[tuple[str, int], dict[str, Any]]:
    """Motions as they were told once, by decision and place among its votes."""
    return {}


def _motion(register: Register, id: str, number: int) -> dict[str, Any]:
    """What the list of everybody who voted says of a motion."""
    decision = register.records.decisions[id]
    event = decision.vote_events[number]
    return {
        "title": decision.title,
        "address": f"{address('decision', id)}#motion-{number + 1}",
        "date": event.date or day_of(decision),
        "maker": maker(register, event.body or decision.decision_maker),
        "motion": event.motion_text,
        "result": event.result,
        "counts": [{"option": each.option, "value": each.value} for each in event.counts],
    }


def _options(register: Register, id: str) -> list[dict[str, Any]]:
    """How often the person voted how, as in the roll."""
    count = Counter(one.option for one in _ballots(register).get(id, ()))
    return [{"code": code, "count": count[code]} for code in codelist("vote-option") if count[code]]


def _declared(register: Register, id: str) -> list[dict[str, Any]]:
    """The interests declared when decisions were made."""
    found = [
        (decision, interest)
        for decision in _decisions(register, id, "person")
        for interest in decision.interests
        if interest.person == id
    ]
    return [
        {
            "decision": link(register, "decision", decision.id),
            "date": day_of(decision),
            "nature": interest.nature,
            "action": interest.action,
            "dispensation": interest.dispensation or "",
        }
        for decision, interest in found
    ]


def _decisions(register: Register, id: str, *fields: str) -> list[Decision]:
    every = register.records.decisions
    found = [every[one] for one in register.links.to("person", id, "decision", *fields)]
    return sorted(found, key=lambda one: (day_of(one), one.id), reverse=True)


def _leads(register: Register, id: str) -> list[dict[str, str]]:
    """The decisions that the person made alone, or put forward as the member responsible."""
    found = _decisions(register, id, "portfolio_holder", "decision_maker")
    return links(register, "decision", (one.id for one in found))


def _sponsored(register: Register, id: str) -> list[dict[str, str]]:
    """The decisions that the person put forward, alone or with others; the newest ones."""
    found = _decisions(register, id, "sponsors")
    return links(register, "decision", (one.id for one in found[:SPONSORED]))


def _twin(register: Register, id: str) -> dict[str, Any]:
    computed = {
        "votes": [
            {"decision": one.decision, "number": one.number, "option": one.option}
            for one in _ballots(register).get(id, [])
        ],
        "attendance": [
            {"meeting": meeting.id, "presence": presence}
            for meeting, presence in attendance(register).get(id, [])
        ],
    }
    return twin(register, "person", id, computed)
