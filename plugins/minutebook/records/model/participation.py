"""The types of record: participation, petition. The fields are those of the schemas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from minutebook.records.model.values import Contact, Day, Pence, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way."""

    kind: str
    name: str
    url: str | None = None
    address: str | None = None
    opens: Day | None = None
    closes: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One step."""

    kind: str
    title: str
    method: str | None = None
    starts: Day
    ends: Day
    summary: str | None = None
    invited: int | None = None
    took_part: int | None = None
    contributions: int | None = None
    carried_forward: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal that came in, and what became of it."""

    reference: str
    title: str
    summary: str | None = None
    theme: str | None = None
    state: str
    answer: str | None = None
    supports: int | None = None
    votes: int | None = None
    cost: Pence | None = None
    price: Pence | None = None
    feasibility: str | None = None
    impact_assessment: str | None = None
    winner: bool | None = None
    result: str | None = None
    places: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group."""

    dimension: str
    group: str
    participants_percent: Decimal
    population_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How the people who took part were chosen, and how they compare with those who live here."""

    method: str
    invited: int | None = None
    attended: int | None = None
    profile: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseCount:
    """One kind."""

    type: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation(Record):
    """A process in which people have a say: a consultation, an assembly, a participatory budget."""

    id: str
    title: str
    summary: str
    status: str
    strategy: str | None = None
    level: str
    method: str
    audience: str | None = None
    provider: str | None = None
    opens: Day
    closes: Day
    minutes_needed: int | None = None
    read_by: str | None = None
    what_next: str | None = None
    reply_due: Day | None = None
    date_replied: Day | None = None
    contact: Contact | None = None
    channels: tuple[Channel, ...] = ()
    phases: tuple[Phase, ...] = ()
    questions: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    budget: Pence | None = None
    currency: str | None = None
    sample: Sample | None = None
    responses: tuple[ResponseCount, ...] = ()
    purpose: str | None = None
    we_asked: str | None = None
    you_said: str | None = None
    we_did: str | None = None
    decisions: tuple[str, ...] = ()
    petitions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why it was not accepted."""

    code: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionThreshold:
    """One step."""

    signatures: int
    brings: str
    reached_at: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debate:
    """The debate it led to."""

    meeting: str | None = None
    date: Day
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition(Record):
    """What people ask the council to do."""

    id: str
    title: str
    summary: str
    state: str
    signature_count: int
    opened: Day
    closed: Day | None = None
    sign_url: str | None = None
    background: str | None = None
    rejection: Rejection | None = None
    thresholds: tuple[PetitionThreshold, ...] = ()
    response_due: Day | None = None
    response_date: Day | None = None
    response: str | None = None
    debate: Debate | None = None
    leads_to: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
