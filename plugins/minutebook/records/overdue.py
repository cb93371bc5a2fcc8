"""What is late, as problems with a line: so that `check.py` shows it where it is mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from minutebook.records.completeness import Duty, completeness
from minutebook.records.entries import locate
from minutebook.records.messages import Complaint
from minutebook.records.problems import Problem
from minutebook.records.records import Records
from minutebook.records.register import register
from minutebook.records.rulebook import Rule, in_force


def overdue(content: Path, records: Records, as_of: date) -> list[Problem]:
    """The problems that only the passing of time makes, sorted."""
    rules = in_force(records.council.document).rules
    late = completeness(register(records, as_of)).late
    found = [
        problem
        for duty in late
        for problem in locate(content, duty.kind, duty.path, [_said(duty, rules[duty.code])])
    ]
    return sorted(found)


def _said(duty: Duty, rule: Rule) -> Complaint:
    message = f"this was due by {duty.due.isoformat()}"
    if duty.code == "spending-late":
        message = f"the payments of {duty.title} were to be published by {duty.due.isoformat()}"
    elif duty.code == "notice-late":
        message = f"notice of this key decision was due by {duty.due.isoformat()}"
    elif duty.code == "decision-late":
        message = f"this was to be decided by {duty.due.isoformat()}"
    return Complaint(f"/{duty.field}", duty.code, message, rule.mend, severity=rule.severity)
