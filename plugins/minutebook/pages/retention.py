"""How long the record of a decision and its background papers stay open to the public, at the least."""

from __future__ import annotations

from datetime import date

from minutebook.records.model import Decision
from minutebook.records.register import Register
from minutebook.records.rulebook import in_force


def kept_until(register: Register, decision: Decision) -> dict[str, date | None]:
    """`record` and `papers`, None where no rulebook says or nothing was decided yet."""
    figures = in_force(register.records.council.document).parameters
    day = decision.date_decided
    return {
        "record": _later(day, figures.get("retention_years")),
        "papers": _later(day, figures.get("background_years"))
        if decision.background_papers
        else None,
    }


def _later(day: date | None, years: int | None) -> date | None:
    if day is None or not years:
        return None
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
