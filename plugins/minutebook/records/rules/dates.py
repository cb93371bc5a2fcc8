"""Rules about dates: what must come first does, and the meeting of a decision is the right one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Document, Sound

# Each line is a chain of fields whose days may not run backwards. "*" stands for every item of a list.
_CHAINS: dict[str, tuple[tuple[str, ...], ...]] = {
    "body": (("founded", "dissolved"),),
    "contract": (("period/start", "period/end", "extension_to"),),
    "decision": (
        ("notice_published", "date_decided"),
        ("date_decided", "effective_date"),
        ("date_decided", "date_implemented"),
        ("date_proposed", "withdrawn/date"),
        ("date_published", "call_in/window_end"),
        ("date_decided", "call_in/requested_on", "call_in/window_end"),
        ("call_in/requested_on", "call_in/outcome_date"),
        ("expected_period/start", "expected_period/end"),
    ),
    "participation": (
        ("opens", "closes", "date_replied"),
        ("phases/*/starts", "phases/*/ends"),
        ("channels/*/opens", "channels/*/closes"),
    ),
    "person": (("memberships/*/starts", "memberships/*/ends"),),
    "petition": (("opened", "closed"), ("opened", "response_date"), ("opened", "debate/date")),
    "release": (("period/start", "period/end"),),
}


def days_do_not_run_backwards(kind: str, document: Document) -> Iterator[Complaint]:
    """What follows something else in the life of a record has no earlier day."""
    for chain in _CHAINS.get(kind, ()):
        yield from _of_chain(document, chain)


def _of_chain(document: Document, chain: tuple[str, ...]) -> Iterator[Complaint]:
    outer, _, _ = chain[0].partition("/*/")
    if outer != chain[0]:
        inner = tuple(name.partition("/*/")[2] for name in chain)
        for number, item in enumerate(document.get(outer, ())):
            yield from _compared(item, inner, f"/{outer}/{number}")
    elif chain[0].partition("/")[0] in document:
        yield from _compared(document, chain, "")


def _compared(item: Document, chain: tuple[str, ...], before: str) -> Iterator[Complaint]:
    known = [(name, day) for name in chain if (day := _at(item, name))]
    for (earlier, first), (later, second) in itertools.pairwise(known):
        if second < first:
            name = earlier.replace("/", " ")
            message = f"{second} is before {name}, which is {first}"
            yield Complaint(f"{before}/{later}", "date-order", message, "correct the dates")


def _at(item: Any, name: str) -> str:
    for part in name.split("/"):
        item = item.get(part)
        if item is None:
            return ""
    return str(item)


def evaluated_after_decided(sound: Sound) -> Said:
    """What came of a decision is told after it was made."""
    for path, one in sound.of("evaluation"):
        decided = sound.get("decision", one["decision"]).get("date_decided", "")
        if one["date"] < decided:
            message = f"{one['date']} is before the decision, which is of {decided}"
            yield path, Complaint("/date", "date-order", message, "correct the dates")


def meeting_is_the_one(sound: Sound) -> Said:
    """The meeting at which something was decided was of the body that decided it, on that day, and held."""
    for path, decision in sound.of("decision"):
        meeting = sound.get("meeting", decision.get("meeting"))
        day, body = decision.get("date_decided"), decision["decision_maker"]
        if not meeting:
            continue
        if day and meeting["date"] != day:
            message = f"the meeting was on {meeting['date']} and the decision on {day}"
            yield path, _wrong_meeting(message)
        elif day and meeting["status"] == "cancelled":
            yield path, _wrong_meeting("this meeting was cancelled")
        elif meeting["body"] != body and sound.get("body", body):
            message = f'"{meeting["body"]}" met there and "{body}" decided'
            yield path, _wrong_meeting(message)


def _wrong_meeting(message: str) -> Complaint:
    hint = "correct the meeting, the day of the decision or the decision maker"
    return Complaint("/meeting", "meeting", message, hint)


def status_follows_from_facts(kind: str, document: Document) -> Iterator[Complaint]:
    """What is decided is not said to be coming, and what the last vote turned down is not in force."""
    if kind != "decision":
        return
    status, day = document["status"], document.get("date_decided")
    if day and status in ("proposed", "noticed", "consulting"):
        message = f'the status is "{status}" and it was decided on {day}'
        hint = "correct the status, or take date_decided away"
        yield Complaint("/status", "status", message, hint)
    if "withdrawn" in document and status != "withdrawn":
        message = f'the status is "{status}" and the record says when it was withdrawn'
        yield Complaint("/status", "status", message, 'make the status "withdrawn"')
    events = [it for it in document.get("vote_events", ()) if not it.get("body")]
    last = events[-1]["result"] if events else ""
    wrong = {"lost": ("decided", "in-force", "implemented"), "carried": ("rejected",)}
    if status in wrong.get(last, ()):
        message = f'the status is "{status}" and the last motion was {last}'
        hint = "correct the status or the result; the motion that decides stands last"
        yield Complaint("/status", "status", message, hint)
