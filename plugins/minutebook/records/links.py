"""Who is linked with what: every link that a record makes, followed the other way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutebook.records.model import Payment
from minutebook.records.model.decision import VoteEvent
from minutebook.records.model.people import Membership
from minutebook.records.records import Records
from minutebook.records.references import references

Key = tuple[str, str]
"""A record: its type and its id."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """How one person voted on one motion."""

    decision: str
    number: int
    """Which of the decision's votes, from 0."""
    event: VoteEvent
    option: str


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment and the release that it stands in; `number` counts the rows from 0."""

    release: str
    number: int
    payment: Payment


@dataclass(frozen=True)
class Links:
    """The links between the records of one council.

    `inbound` holds for each record which others name it and in which field: (type, id, field).
    `members` holds for each body its memberships with the person's id; `ballots` for each person the
    votes cast; `by_contract`, `by_decision`, `by_provider`, `by_place` the payments that name them
    (a provider is named by one of the spellings under `paid_as`, or its own name).
    """

    inbound: Mapping[Key, tuple[tuple[str, str, str], ...]]
    members: Mapping[str, tuple[tuple[str, Membership], ...]]
    ballots: Mapping[str, tuple[Ballot, ...]]
    by_contract: Mapping[str, tuple[Paid, ...]]
    by_decision: Mapping[str, tuple[Paid, ...]]
    by_provider: Mapping[str, tuple[Paid, ...]]
    by_place: Mapping[str, tuple[Paid, ...]]

    def to(self, kind: str, id: str, of: str, *fields: str) -> tuple[str, ...]:
        """The ids of the records of type `of` that name this record (in one of `fields`, if given)."""
        found = (
            other
            for other_kind, other, field in self.inbound.get((kind, id), ())
            if other_kind == of and (not fields or field in fields)
        )
        return tuple(dict.fromkeys(found))


def link(records: Records) -> Links:
    """Follow every link of the records backwards. Pure: the same records give the same links."""
    money = _Money(records)
    return Links(
        inbound=_inbound(records),
        members=_members(records),
        ballots=_ballots(records),
        by_contract=money.by("ContractRef"),
        by_decision=money.by("DecisionRef"),
        by_provider=money.by_provider(),
        by_place=money.by("Place"),
    )


def _inbound(records: Records) -> Mapping[Key, tuple[tuple[str, str, str], ...]]:
    found: defaultdict[Key, list[tuple[str, str, str]]] = defaultdict(list)
    for kind, record in records:
        id = str(record.document["id"])
        for reference in references(kind, record.document):
            for target in reference.targets:
                if target in records.by_type and reference.value in records.by_type[target]:
                    found[target, reference.value].append((kind, id, reference.field))
    return {key: tuple(dict.fromkeys(links)) for key, links in found.items()}


def _members(records: Records) -> Mapping[str, tuple[tuple[str, Membership], ...]]:
    found: defaultdict[str, list[tuple[str, Membership]]] = defaultdict(list)
    for person in sorted(records.people.values(), key=lambda one: one.sort_name or one.name):
        for membership in person.memberships:
            found[membership.body].append((person.id, membership))
    return {body: tuple(members) for body, members in found.items()}


def _ballots(records: Records) -> Mapping[str, tuple[Ballot, ...]]:
    found: defaultdict[str, list[Ballot]] = defaultdict(list)
    for decision in records.decisions.values():
        for number, event in enumerate(decision.vote_events):
            for vote in event.votes:
                found[vote.voter].append(Ballot(decision.id, number, event, vote.option))
    return {person: tuple(ballots) for person, ballots in found.items()}


class _Money:
    def __init__(self, records: Records) -> None:
        self.records = records

    def _payments(self) -> Iterator[Paid]:
        for release in self.records.releases.values():
            for number, payment in enumerate(release.payments):
                yield Paid(release.id, number, payment)

    def by(self, column: str) -> Mapping[str, tuple[Paid, ...]]:
        """The payments by the record that a column names."""
        found: defaultdict[str, list[Paid]] = defaultdict(list)
        for paid in self._payments():
            value = getattr(paid.payment, column)
            if value:
                found[value].append(paid)
        return {id: tuple(every) for id, every in found.items()}

    def by_provider(self) -> Mapping[str, tuple[Paid, ...]]:
        """The payments by the provider that one of its spellings names."""
        spellings = {
            name: provider.id
            for provider in self.records.providers.values()
            for name in (provider.name, *provider.paid_as)
        }
        found: defaultdict[str, list[Paid]] = defaultdict(list)
        for paid in self._payments():
            provider = spellings.get(paid.payment.BeneficiaryName)
            if provider and not paid.payment.RedactionReason:
                found[provider].append(paid)
        return {id: tuple(every) for id, every in found.items()}
