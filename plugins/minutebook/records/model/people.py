"""The types of record: provider, body, person, meeting. The fields are those of the schemas."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.records.model.values import (
    Contact,
    Day,
    Document,
    Identifier,
    Imported,
    Record,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty."""

    duty: str
    clause: str | None = None
    met: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Record):
    """An organisation that delivers services for the council or is paid by it."""

    id: str
    name: str
    summary: str
    classification: str
    identifiers: tuple[Identifier, ...] = ()
    url: str | None = None
    paid_as: tuple[str, ...] = ()
    inherited_duties: tuple[Duty, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier(Record):
    """Whoever is paid under more than one spelling, or has a number in a public register."""

    id: str
    name: str
    summary: str | None = None
    spellings: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    url: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Record):
    """A body or post that decides, advises or scrutinises (Popolo organisation)."""

    id: str
    name: str
    summary: str | None = None
    classification: str
    parent: str | None = None
    quorum: int | None = None
    seats: int | None = None
    meets: str | None = None
    founded: Day | None = None
    dissolved: Day | None = None
    contact: Contact | None = None
    topics: tuple[str, ...] = ()
    source: Imported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One office or seat."""

    body: str
    role: str
    starts: Day | None = None
    ends: Day | None = None
    place: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredInterest:
    """One interest."""

    nature: str
    registered: Day | None = None
    ended: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A councillor or another person in public office (Popolo person). Nothing private."""

    id: str
    name: str
    sort_name: str | None = None
    summary: str | None = None
    email: str | None = None
    url: str | None = None
    memberships: tuple[Membership, ...]
    registered_interests: tuple[RegisteredInterest, ...] = ()
    source: Imported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One member."""

    person: str
    presence: str
    wording: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of an agenda."""

    number: str | None = None
    title: str
    decision: str | None = None
    result: str | None = None
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    """A meeting of a body, planned, held or cancelled."""

    id: str
    title: str
    body: str
    date: Day
    starts: str | None = None
    ends: str | None = None
    status: str
    cancelled_reason: str | None = None
    venue: str | None = None
    public: bool | None = None
    agenda: str | None = None
    minutes: str | None = None
    webcast: str | None = None
    documents: tuple[Document, ...] = ()
    summary: str | None = None
    agenda_items: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    source: Imported | None = None
