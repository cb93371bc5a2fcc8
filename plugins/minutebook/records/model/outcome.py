"""The types of record: evaluation. The fields are those of the schemas (a test compares them)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from minutebook.records.model.values import Day, Pence, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure."""

    name: str
    unit: str | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Record):
    """What came of a decision: whether it worked, what it cost and what was learned."""

    id: str
    title: str
    summary: str
    decision: str
    date: Day
    verdict: str
    measures: tuple[Measure, ...] = ()
    cost_planned: Pence | None = None
    cost_actual: Pence | None = None
    currency: str | None = None
    repeat_or_stop: str | None = None
    reviewer: str | None = None
    what_happened: str | None = None
    lessons: str | None = None
