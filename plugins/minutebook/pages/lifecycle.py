"""Where a decision is: the steps from the proposal to what came of it, and the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from minutebook.pages.naming import link, links
from minutebook.pages.notice import notice
from minutebook.pages.outcome import evaluations_of, overdue
from minutebook.pages.rows import COMING
from minutebook.records.model import Decision
from minutebook.records.register import Register

Step = dict[str, Any]
"""`kind`; `state` (done, current, to-come, stopped); `date`, `until`; `links`; further facts by kind."""


def steps(register: Register, decision: Decision) -> list[Step]:
    """The steps in order. Where nothing is going on just now, the last one done is the current one."""
    found = list(_before(register, decision))
    if decision.withdrawn:
        found.append(_step("withdrawn", "stopped", decision.withdrawn.date))
        found[-1]["reason"] = decision.withdrawn.reason
        return found
    found += _deciding(register, decision)
    found += _after(register, decision)
    if not any(step["state"] == "current" for step in found):
        done = [step for step in found if step["state"] == "done"]
        if done:
            done[-1]["state"] = "current"
    return found


def next_step(decision: Decision, steps: list[Step]) -> Step | None:
    """What happens next: the current step if it has an end, else the first to come."""
    for step in steps:
        if step["state"] == "current" and step["until"]:
            return step
    return next((step for step in steps if step["state"] == "to-come"), None)


def _step(kind: str, state: str, day: date | None = None, until: date | None = None) -> Step:
    return {"kind": kind, "state": state, "date": day, "until": until, "links": []}


def _state(day: date | None, as_of: date) -> str:
    return "done" if day and day <= as_of else "to-come"


def _before(register: Register, decision: Decision) -> Iterator[Step]:
    proposed = _step("proposed", "done", decision.date_proposed)
    proposed["origin"] = decision.origin
    proposed["links"] = links(register, "petition", decision.petitions)
    if decision.date_proposed or decision.origin or decision.petitions:
        yield proposed
    told = notice(register, decision)
    if told and (told["published"] or told["exception"]):
        yield {**_step("noticed", "done", told["published"]), "notice": told}
    for id in decision.participation:
        process = register.records.participation[id]
        state = "done" if process.closes < register.as_of else "to-come"
        if process.opens <= register.as_of <= process.closes:
            state = "current"
        step = _step("consulting", state, process.opens, process.closes)
        step["links"] = [link(register, "participation", id)]
        yield step


def _deciding(register: Register, decision: Decision) -> Iterator[Step]:
    period = decision.expected_period
    if decision.date_decided:
        step = _step("decided", "done", decision.date_decided)
    elif decision.status not in COMING:
        return
    else:
        step = _step("decided", "to-come", period.start if period else None)
        step["expected"] = True
        if period and period.end != period.start:
            step["last"] = period.end
    if decision.meeting:
        step["links"] = [link(register, "meeting", decision.meeting)]
    yield step
    call_in = decision.call_in
    if call_in and call_in.requested_on:
        yield from _called_in(register, decision)
    elif call_in and call_in.subject and call_in.window_end:
        open_now = decision.date_decided and register.as_of <= call_in.window_end
        state = "current" if open_now else _state(call_in.window_end, register.as_of)
        end = call_in.window_end
        yield _step("call-in-window", state, None if open_now else end, end if open_now else None)


def _called_in(register: Register, decision: Decision) -> Iterator[Step]:
    call_in = decision.call_in
    assert call_in
    step = _step("called-in", "done" if call_in.outcome else "current", call_in.requested_on)
    step["reason"] = call_in.reason
    step["links"] = links(register, "person", call_in.requested_by)
    yield step
    if call_in.outcome:
        outcome = _step("call-in-outcome", "done", call_in.outcome_date)
        outcome["outcome"] = call_in.outcome
        if decision.status == "referred-back":
            outcome["state"] = "current"
        yield outcome


def _after(register: Register, decision: Decision) -> Iterator[Step]:
    as_of = register.as_of
    held_up = decision.status in ("called-in", "referred-back")
    if decision.effective_date:
        state = "to-come" if held_up else _state(decision.effective_date, as_of)
        yield _step("effective", state, decision.effective_date)
    if decision.date_implemented:
        yield _step(
            "implemented", _state(decision.date_implemented, as_of), decision.date_implemented
        )
    for evaluation in evaluations_of(register, decision):
        step = _step("evaluated", "done", evaluation.date)
        step["verdict"] = evaluation.verdict
        step["links"] = [link(register, "evaluation", evaluation.id)]
        yield step
    if decision.evaluation_due and not evaluations_of(register, decision):
        step = _step("evaluation-due", "to-come", decision.evaluation_due)
        step["overdue"] = overdue(register, decision)
        yield step
    if decision.replaced_by and decision.status not in COMING:
        newer = [register.records.decisions[id].date_decided for id in decision.replaced_by]
        step = _step("superseded", "stopped", min((day for day in newer if day), default=None))
        step["links"] = links(register, "decision", decision.replaced_by)
        yield step
