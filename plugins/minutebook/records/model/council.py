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
    contract: Pence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """A rule that is more or less strict here than in the rulebook, or off."""

    rule: str
    severity: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Figures that the constitution sets differently from the rulebook."""

    key_notice_days: int | None = None
    exception_notice_days: int | None = None
    exception_working_days: bool | None = None
    private_notice_days: int | None = None
    private_again_days: int | None = None
    call_in_days: int | None = None
    call_in_members: int | None = None
    call_in_by: str | None = None
    participation_low: str | None = None
    participation_medium: str | None = None
    participation_high: str | None = None
    spending_days: int | None = None
    reply_days: int | None = None
    petition_days: int | None = None
    retention_years: int | None = None
    background_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyEntry:
    """What looks like personal data in one file and is rightly public."""

    file: str
    rule: str
    count: int
    reason: str


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
    rules: tuple[RuleChoice, ...] = ()
    parameters: Parameters | None = None
    privacy: tuple[PrivacyEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Record):
    """A page of prose: about, accessibility, privacy."""

    id: str
    title: str
    summary: str | None = None
    body: str
