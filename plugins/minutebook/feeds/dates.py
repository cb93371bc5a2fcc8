"""The dates ahead: meetings, closing days, decisions expected, windows that end, replies owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from minutebook.records.model import Decision, Meeting, Participation
from minutebook.records.register import Register

Gettext = Callable[[str], str]
"""Gives a phrase in the language of the site (gettext)."""

UNDECIDED = ("proposed", "noticed", "consulting", "referred-back")
"""The states of a decision that is still to come."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something with a date. `what` tells apart the dates of one record: closes, expected, call-in.

    `first` and `last` are days, both included; `starts` and `ends` are times such as 18:30 where they are
    known. `body` is the id of the body whose calendar it belongs in.
    """

    kind: str
    id: str
    what: str
    title: str
    text: str
    first: date
    last: date
    body: str = ""
    starts: str = ""
    ends: str = ""
    venue: str = ""
    cancelled: bool = False


def events(register: Register, gettext: Gettext) -> list[Event]:
    """Every date that is not over on the register's day, by day and then by record."""
    found = [
        event
        for source in (_meetings, _decisions, _participation, _petitions)
        for event in source(register, gettext)
        if event.last >= register.as_of
    ]
    return sorted(found, key=lambda event: (event.first, event.kind, event.id, event.what))


def _meetings(register: Register, gettext: Gettext) -> Iterator[Event]:
    for meeting in register.records.meetings.values():
        cancelled = meeting.status == "cancelled"
        title = gettext("Cancelled: %s") % meeting.title if cancelled else meeting.title
        yield Event(
            kind="meeting",
            id=meeting.id,
            what="meeting",
            title=title,
            text=_about_meeting(meeting, gettext),
            first=meeting.date,
            last=meeting.date,
            body=meeting.body,
            starts=meeting.starts or "",
            ends=meeting.ends or "",
            venue=meeting.venue or "",
            cancelled=cancelled,
        )


def _about_meeting(meeting: Meeting, gettext: Gettext) -> str:
    parts = [meeting.cancelled_reason, meeting.summary]
    if meeting.public:
        parts.append(gettext("The public may attend."))
    for label, address in (
        (gettext("Agenda"), meeting.agenda),
        (gettext("Watch"), meeting.webcast),
    ):
        if address:
            parts.append(f"{label}: {address}")
    return "\n".join(part for part in parts if part)


def _decisions(register: Register, gettext: Gettext) -> Iterator[Event]:
    for decision in register.records.decisions.values():
        maker = decision.decision_maker
        body = maker if maker in register.records.bodies else ""
        if decision.status in UNDECIDED:
            span = expected(register, decision)
            if span:
                yield _event(decision, "expected", gettext("Decision expected: %s"), *span, body)
        call_in = decision.call_in
        if call_in and call_in.window_end and not call_in.requested_on:
            last = call_in.window_end
            yield _event(decision, "call-in", gettext("Last day to call in: %s"), last, last, body)
        due = decision.evaluation_due
        if due and not register.links.to("decision", decision.id, "evaluation", "decision"):
            yield _event(decision, "evaluation", gettext("Evaluation due: %s"), due, due, body)


def expected(register: Register, decision: Decision) -> tuple[date, date] | None:
    """When a decision is expected: the day of its meeting, else the period of the notice."""
    meeting = register.records.meetings.get(decision.meeting or "")
    if meeting and meeting.status == "scheduled" and meeting.date >= register.as_of:
        return meeting.date, meeting.date
    if decision.expected_period:
        return decision.expected_period.start, decision.expected_period.end
    return None


def _event(decision: Decision, what: str, phrase: str, first: date, last: date, body: str) -> Event:
    title = phrase % decision.title
    return Event(
        "decision",
        decision.id,
        what,
        title,
        decision.summary or "",
        first,
        max(first, last),
        body,
    )


def _participation(register: Register, gettext: Gettext) -> Iterator[Event]:
    for process in register.records.participation.values():
        if process.status == "cancelled":
            continue
        phrases = {
            "opens": (gettext("Opens: %s"), process.opens),
            "closes": (gettext("Last day to take part: %s"), process.closes),
            "reply": (
                gettext("Reply due: %s"),
                None if process.date_replied else process.reply_due,
            ),
        }
        for what, (phrase, day) in phrases.items():
            if day:
                yield _of_process(process, what, phrase, day)


def _of_process(process: Participation, what: str, phrase: str, day: date) -> Event:
    title = phrase % process.title
    return Event("participation", process.id, what, title, process.summary, day, day)


def _petitions(register: Register, gettext: Gettext) -> Iterator[Event]:
    for petition in register.records.petitions.values():
        if petition.state == "open" and petition.closed:
            title = gettext("Last day to sign: %s") % petition.title
            day = petition.closed
            yield Event("petition", petition.id, "closes", title, petition.summary, day, day)
