"""What came of a decision."""

from __future__ import annotations

from typing import Any

from minutebook.records.addresses import address
from minutebook.records.model import Decision, Evaluation
from minutebook.records.register import Register


def evaluations_of(register: Register, decision: Decision) -> list[Evaluation]:
    """The evaluations of a decision, oldest first."""
    ids = register.links.to("decision", decision.id, "evaluation", "decision")
    found = [register.records.evaluations[id] for id in ids]
    return sorted(found, key=lambda one: (one.date, one.id))


def overdue(register: Register, decision: Decision) -> bool:
    """Whether an evaluation was promised for a day that is past, and there is none."""
    due = decision.evaluation_due
    return bool(due and due < register.as_of and not evaluations_of(register, decision))


def outcome(register: Register, decision: Decision) -> dict[str, Any] | None:
    """What the page says: the evaluations, or that one is due or overdue. None where there is neither."""
    found = evaluations_of(register, decision)
    if not found and not decision.evaluation_due:
        return None
    return {
        "due": decision.evaluation_due,
        "overdue": overdue(register, decision),
        "evaluations": [evaluation_row(one) for one in found],
    }


def evaluation_row(one: Evaluation) -> dict[str, Any]:
    """An evaluation as a row of a list."""
    return {
        "address": address("evaluation", one.id),
        "title": one.title,
        "summary": one.summary,
        "verdict": one.verdict,
        "date": one.date,
        "next": one.repeat_or_stop,
    }
