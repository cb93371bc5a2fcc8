"""The types of record: council, page. The fields are those of the schemas (a test compares them)."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.records.model.values import Contact, Day, Identifier, Pence, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Under which terms others may use the records."""

    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The council's colours."""

    brand: str
    accent: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliticalGroup:
    """One group."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilThresholds:
    """Amounts that the constitution sets."""

    key_decision: Pence | None = None
    spending: Pence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Council(Record):
    """What this site needs to know about the council."""

    id: str
    name: str
    short_name: str | None = None
    summary: str
    demonstration: str | None = None
    nation: str
    rulebook: str
    languages: tuple[str, ...]
    time_zone: str
    currency: str
    as_of: Day | None = None
    rules_from: Day | None = None
    site_url: str | None = None
    website: str | None = None
    repository: str | None = None
    branch: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    licence: Licence
    contact: Contact
    accessibility_contact: Contact | None = None
    privacy_contact: Contact | None = None
    colours: Colours | None = None
    logo: str | None = None
    groups: tuple[PoliticalGroup, ...] = ()
    thresholds: CouncilThresholds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Record):
    """A page of prose: about, accessibility, privacy."""

    id: str
    title: str
    summary: str | None = None
    body: str
