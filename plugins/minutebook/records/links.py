"""Who is linked with what: every link that a record makes, followed the other way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from minutebook.records.model import Group
from minutebook.records.model.decision import VoteEvent
from minutebook.records.model.people import Membership
from minutebook.records.payments import Payments
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
    by_contract: Mapping[str, Payments]
    by_decision: Mapping[str, Payments]
    by_provider: Mapping[str, Payments]
    by_place: Mapping[str, Payments]

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
        by_contract=money.by("contract"),
        by_decision=money.by("decision"),
        by_provider=money.by_provider(),
        by_place=money.by("place"),
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
        self._records = records
        self._releases = [one for one in records.releases.values() if one.payments]

    def by(self, name: str) -> Mapping[str, Payments]:
        """The payments by the record that a field of their groups names."""
        return self._found(attrgetter(name))

    def by_provider(self) -> Mapping[str, Payments]:
        """The payments by the provider that one of its spellings names."""
        spellings = {
            name: provider.id
            for provider in self._records.providers.values()
            for name in (provider.name, *provider.paid_as)
        }
        return self._found(lambda group: "" if group.reason else spellings.get(group.supplier, ""))

    def _found(self, find: Callable[[Group], str]) -> Mapping[str, Payments]:
        found: dict[str, Payments] = {}
        for place, release in enumerate(self._releases):
            for number, group in enumerate(release.sums.groups):
                if id := find(group):
                    found.setdefault(id, Payments(self._releases)).add(place, number)
        return found
