"""What came of it: the evaluations, those that are overdue, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages.money_of_decision import payments
from minutebook.pages.naming import link
from minutebook.pages.outcome import evaluation_row, overdue
from minutebook.pages.recordnote import record_note
from minutebook.pages.rows import decision_row
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin, twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.model import Evaluation
from minutebook.records.model.outcome import Measure
from minutebook.records.register import Register

ADDRESS = "evaluations/"


def pages(register: Register) -> Iterable[Page]:
    """/evaluations/ and a page for every evaluation."""
    yield Page(ADDRESS, "list", "evaluations.html", list_view, _list_twin)
    for id in register.records.evaluations:
        yield Page(
            address=address("evaluation", id),
            kind="evaluation",
            template="evaluation.html",
            view=partial(view, id=id),
            twin=partial(twin, kind="evaluation", id=id),
        )


def newest(register: Register) -> list[Evaluation]:
    """All evaluations, newest first."""
    every = register.records.evaluations.values()
    return sorted(every, key=lambda one: (one.date, one.id), reverse=True)


def list_view(register: Register) -> dict[str, Any]:
    """The values of the list: the evaluations, and the decisions that should have one."""
    late = [one for one in register.records.decisions.values() if overdue(register, one)]
    return {
        "title": _("What came of it"),
        "description": None,
        "crumbs": [],
        "section": "decisions",
        "stamp": stamp(register),
        "rows": [
            {**evaluation_row(one), "decision": link(register, "decision", one.decision)}
            for one in newest(register)
        ],
        "overdue": [
            {**decision_row(register, one.id), "due": one.evaluation_due}
            for one in sorted(late, key=lambda one: (str(one.evaluation_due), one.id))
        ],
    }


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of one evaluation's page."""
    one = register.records.evaluations[id]
    difference = None
    if one.cost_actual is not None and one.cost_planned is not None:
        difference = one.cost_actual - one.cost_planned
    return {
        "title": one.title,
        "description": one.summary,
        "crumbs": [{"text": _("What came of it"), "address": ADDRESS}],
        "section": "decisions",
        "evaluation": {
            name: getattr(one, name)
            for name in (
                *("summary", "date", "verdict", "cost_planned", "cost_actual", "currency"),
                *("repeat_or_stop", "reviewer", "what_happened", "lessons"),
            )
        },
        "difference": difference,
        "paid": payments(register, register.records.decisions[one.decision]).total,
        "decision": decision_row(register, one.decision),
        "measures": [_measure(measure) for measure in one.measures],
        "record": record_note(register, one.path),
    }


def _measure(one: Measure) -> dict[str, Any]:
    numbers = {
        name: None if value is None else float(value)
        for name, value in (
            ("baseline", one.baseline),
            ("target", one.target),
            ("actual", one.actual),
        )
    }
    return {"name": one.name, "unit": one.unit, "source": one.source, **numbers}


def _list_twin(register: Register) -> dict[str, Any]:
    return list_twin(
        register, _("Evaluations"), [("evaluation", one.id) for one in newest(register)]
    )
