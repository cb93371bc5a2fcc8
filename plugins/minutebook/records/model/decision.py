"""The types of record: decision. The fields are those of the schemas (a test compares them)."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.records.model.values import (
    Contact,
    Day,
    Document,
    Imported,
    Pence,
    Period,
    Record,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """When and why the matter was withdrawn."""

    date: Day
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIn:
    """Whether the decision can be called in for scrutiny, and what came of it."""

    subject: bool
    exempt_reason: str | None = None
    window_end: Day | None = None
    requested_on: Day | None = None
    requested_by: tuple[str, ...] = ()
    reason: str | None = None
    outcome: str | None = None
    outcome_date: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the ways that were considered."""

    title: str
    chosen: bool | None = None
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    cost: Pence | None = None
    rejected_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One kind of vote."""

    option: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One member's vote."""

    voter: str
    option: str
    wording: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteEvent:
    """One motion put to the vote (Popolo vote event)."""

    motion_text: str
    date: Day | None = None
    body: str | None = None
    majority: str | None = None
    result: str
    wording: str | None = None
    recorded: bool | None = None
    counts: tuple[Count, ...] = ()
    votes: tuple[Vote, ...] = ()
    discrepancy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """One step of what happened to the matter, in the words of the source."""

    date: Day | None = None
    body: str | None = None
    meeting: str | None = None
    action: str
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """One declaration."""

    person: str
    nature: str
    action: str
    dispensation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """The part that is not public, and why (Local Government Act 1972, Schedule 12A).

    The exempt text itself never stands here.
    """

    paragraphs: tuple[int, ...]
    public_interest: str
    representations: str | None = None
    response: str | None = None
    first_notice: Day | None = None
    second_notice: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """Why the matter could not wait."""

    reason: str
    agreed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Equality:
    """What the decision means for people with protected characteristics (Equality Act 2010, section 149)."""

    assessed: bool
    summary: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What the decision commits the council to spend."""

    amount: Pence
    currency: str
    phase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptedFrom:
    """One such decision."""

    council: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """A matter that the council decides, from the day it is first put forward to what came of it."""

    id: str
    identifier: str | None = None
    title: str
    summary: str | None = None
    classification: str
    matter_type: str | None = None
    status: str
    origin: str | None = None
    significance: str | None = None
    is_key: bool | None = None
    key_reason: str | None = None
    notice_published: Day | None = None
    expected_period: Period | None = None
    notice_exception: str | None = None
    documents_submitted: tuple[str, ...] = ()
    decision_maker: str
    delegation_type: str | None = None
    delegation_effect: str | None = None
    lead_officer: str | None = None
    portfolio_holder: str | None = None
    sponsors: tuple[str, ...] = ()
    contact: Contact | None = None
    date_proposed: Day | None = None
    date_decided: Day | None = None
    date_published: Day | None = None
    effective_date: Day | None = None
    date_implemented: Day | None = None
    withdrawn: Withdrawal | None = None
    call_in: CallIn | None = None
    context: str | None = None
    decision_text: str | None = None
    reasons: str | None = None
    people_said: str | None = None
    consequences: str | None = None
    decision_drivers: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    legal_basis: str | None = None
    meeting: str | None = None
    vote_events: tuple[VoteEvent, ...] = ()
    history: tuple[HistoryStep, ...] = ()
    interests: tuple[Interest, ...] = ()
    exempt: Exempt | None = None
    urgency: Urgency | None = None
    equality: Equality | None = None
    background_papers: tuple[Document, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    participation: tuple[str, ...] = ()
    petitions: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    budget: Commitment | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    adapted_from: tuple[AdaptedFrom, ...] = ()
    evaluation_due: Day | None = None
    source: Imported | None = None
