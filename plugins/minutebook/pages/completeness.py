"""What is late or missing, published as plainly as what was achieved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from minutebook.pages import questions
from minutebook.pages.naming import link, maker
from minutebook.pages.stamp import stamp
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.completeness import Completeness, Duty, by_month, completeness, silences
from minutebook.records.ledger import ledger
from minutebook.records.once import once
from minutebook.records.problems import Problem, field_name
from minutebook.records.register import Register
from minutebook.records.rulebook import in_force

ADDRESS = "completeness/"
_WIDTH = 100


def pages(register: Register) -> Iterable[Page]:
    """/completeness/."""
    found(register)
    yield Page(ADDRESS, "page", "completeness.html", view, twin)


@once
def found(register: Register) -> Completeness:
    """What is owed and what came of it."""
    return completeness(register)


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    all_ = found(register)
    late = all_.late
    return {
        "title": _("How complete these records are"),
        "description": None,
        "crumbs": [],
        "section": "data",
        "stamp": stamp(register),
        "owed": len(all_.duties),
        "late_count": len(late),
        "on_time": sum(1 for duty in all_.duties if duty.done and not duty.came_late),
        "came_late": sum(1 for duty in all_.duties if duty.came_late),
        "kinds": _kinds(register, all_),
        "bodies": _bodies(register, all_),
        "months": [day.replace(day=1) for day, _count in all_.trend()[1:]],
        "trend": _trend(all_),
        "done_late": [_row(register, duty) for duty in reversed(all_.duties) if duty.came_late],
        "silences": [link(register, one.kind, one.id) for one in silences(register)],
        "questions": questions.summary(register) if ledger(register).releases else None,
        "warnings": [_warning(register, one) for one in register.records.warnings],
    }


def _kinds(register: Register, all_: Completeness) -> list[dict[str, Any]]:
    """What is owed by its rule, each with what is late now."""
    rules = in_force(register.records.council.document).rules
    kinds = []
    for code in (code for code in rules if code.endswith("-late")):
        duties = [duty for duty in all_.duties if duty.code == code]
        late = [_row(register, duty) for duty in duties if duty.late_on(all_.as_of)]
        row = {"code": code, "title": _(rules[code].title), "requires": _(rules[code].requires)}
        off = rules[code].severity == "off"
        kinds.append({**row, "owed": len(duties), "late": late, "off": off})
    return kinds


def _row(register: Register, duty: Duty) -> dict[str, Any]:
    if duty.kind == "council":
        to = {"text": duty.title, "address": ""}
    else:
        to = link(register, duty.kind, duty.id)
    body = maker(register, duty.body) if _is_maker(register, duty.body) else None
    days = ((duty.done or register.as_of) - duty.due).days
    return {"record": to, "due": duty.due, "done": duty.done, "days": days, "body": body}


def _is_maker(register: Register, body: str) -> bool:
    return body in register.records.bodies or body in register.records.people


def _bodies(register: Register, all_: Completeness) -> list[dict[str, Any]]:
    """Late and owed by who decides, the latest first."""
    owed = Counter(duty.body for duty in all_.duties)
    late = Counter(duty.body for duty in all_.late)
    came = Counter(duty.body for duty in all_.duties if duty.came_late)
    table = by_month(all_, owed)
    rows = [
        {
            "body": maker(register, body),
            "owed": owed[body],
            "late": late[body],
            "came_late": came[body],
            "months": [{"owed": n, "late": late_} for n, late_ in table[body]],
        }
        for body in owed
        if _is_maker(register, body)
    ]
    return sorted(rows, key=lambda row: (-row["late"], -row["owed"], row["body"]["text"]))


def _trend(all_: Completeness) -> list[dict[str, Any]]:
    """Month ends with how many were late, and the length of a bar in hundredths of the longest."""
    trend = all_.trend()
    most = max(count for _, count in trend) or 1
    return [{"day": day, "count": n, "width": _WIDTH * n // most} for day, n in trend]


def _warning(register: Register, one: Problem) -> dict[str, Any]:
    """A rule that is not kept, with the record that it is about."""
    record = next(((kind, it.id) for kind, it in _by_path(register).get(one.path, ())), None)
    to = link(register, *record) if record else {"text": one.path, "address": ""}
    return {
        "record": to,
        "field": field_name(one.pointer),
        "message": one.message,
        "rule": one.code,
    }


@once
def _by_path(register: Register) -> dict[str, list[tuple[str, Any]]]:
    return {record.path: [(kind, record)] for kind, record in register.records}


def twin(register: Register) -> dict[str, Any]:
    """Everything that fell due, as data."""
    all_ = found(register)
    return {
        "type": "completeness",
        "as_of": all_.as_of.isoformat(),
        "duties": [
            {
                "rule": duty.code,
                "record": {"type": duty.kind, "id": duty.id},
                "body": duty.body or None,
                "due": duty.due.isoformat(),
                "done": duty.done.isoformat() if duty.done else None,
                "late": duty.late_on(all_.as_of),
            }
            for duty in all_.duties
        ],
        "silent": [{"type": one.kind, "id": one.id} for one in silences(register)],
        "warnings": [
            {"file": one.path, "pointer": one.pointer, "rule": one.code, "message": one.message}
            for one in register.records.warnings
        ],
    }
