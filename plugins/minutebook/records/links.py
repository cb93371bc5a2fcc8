"""Who is linked with what: every link that a record makes, followed the other way."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from minutebook.records.model import Group
from minutebook.records.model.people import Membership
from minutebook.records.model.sums import COLUMNS
from minutebook.records.payees import payees
from minutebook.records.payments import RELEASE, Payments
from minutebook.records.records import Records
from minutebook.records.references import mentions, parts_of
from minutebook.records.slugs import key

Key = tuple[str, str]
"""A record: its type and its id."""


class Links:
    """The links between the records of one council, each kind followed when it is first asked for.

    Pure: the same records give the same links.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._sorted: dict[Key, Mapping[str, Mapping[str, tuple[str, ...]]]] = {}

    @functools.cached_property
    def inbound(self) -> Mapping[Key, tuple[tuple[str, str, str], ...]]:
        """For each record which others name it and in which field: (type, id, field)."""
        return _inbound(self._records)

    @functools.cached_property
    def members(self) -> Mapping[str, tuple[tuple[str, Membership], ...]]:
        """For each body its memberships with the person's id."""
        return _members(self._records)

    @functools.cached_property
    def by_contract(self) -> Mapping[str, Payments]:
        """The payments that name each contract."""
        return self._money.by("contract")

    @functools.cached_property
    def by_decision(self) -> Mapping[str, Payments]:
        """The payments that name each decision."""
        return self._money.by("decision")

    @functools.cached_property
    def by_provider(self) -> Mapping[str, Payments]:
        """The payments to each provider, under one of the spellings under `paid_as` or its own name."""
        return self._money.by_provider()

    @functools.cached_property
    def by_place(self) -> Mapping[str, Payments]:
        """The payments that name each place."""
        return self._money.by("place")

    @functools.cached_property
    def _money(self) -> _Money:
        return _Money(self._records)

    def follow(self) -> None:
        """Follow all of them now: before the work is divided into processes that would each do it."""
        for name in ("inbound", "members"):
            getattr(self, name)
        for name in ("by_contract", "by_decision", "by_provider", "by_place"):
            getattr(self, name)

    def to(self, kind: str, id: str, of: str, *fields: str) -> tuple[str, ...]:
        """The ids of the records of type `of` that name this record (in one of `fields`, if given)."""
        by_field = self._named_in(kind, id).get(of, {})
        some = [by_field[field] for field in fields or by_field if field in by_field]
        if len(some) < 2:
            return some[0] if some else ()
        known = {one for ids in some for one in ids}
        every = (other for its, other, _ in self.inbound[kind, id] if its == of)
        return tuple(dict.fromkeys(other for other in every if other in known))

    def _named_in(self, kind: str, id: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The ids of those that name a record, by their type and the field; a person stands in thousands."""
        if (kind, id) not in self._sorted:
            found: dict[str, dict[str, list[str]]] = {}
            for of, other, field in self.inbound.get((kind, id), ()):
                found.setdefault(of, {}).setdefault(field, []).append(other)
            self._sorted[kind, id] = {
                of: {field: tuple(ids) for field, ids in fields.items()}
                for of, fields in found.items()
            }
        return self._sorted[kind, id]


def _inbound(records: Records) -> Mapping[Key, tuple[tuple[str, str, str], ...]]:
    found: defaultdict[Key, list[tuple[str, str, str]]] = defaultdict(list)
    every = ((kind, *one) for kind in records.by_type for one in records.documents(kind))
    for kind, id, path, document in every:
        named = records.mentions.get(path)
        for slot, ids in (mentions(kind, document) if named is None else named).items():
            field, targets, _ = parts_of(slot)
            link = (kind, id, field)
            for target in targets if field else ():
                shelf = records.by_type.get(target, {})
                for value in ids:
                    if value in shelf:
                        found[target, value].append(link)
    return {key: tuple(dict.fromkeys(links)) for key, links in found.items()}


def _members(records: Records) -> Mapping[str, tuple[tuple[str, Membership], ...]]:
    found: defaultdict[str, list[tuple[str, Membership]]] = defaultdict(list)
    for person in sorted(records.people.values(), key=lambda one: one.sort_name or one.name):
        for membership in person.memberships:
            found[membership.body].append((person.id, membership))
    return {body: tuple(members) for body, members in found.items()}


class _Money:
    def __init__(self, records: Records) -> None:
        self._records = records
        self._releases = [one for one in records.releases.values() if one.payments]
        self._sums = [one.sums for one in self._releases]

    def by(self, name: str) -> Mapping[str, Payments]:
        """The payments by the record that a field of their groups names."""
        field, place = COLUMNS[name], Group._fields.index(name)
        return self._found(
            [(number, group[place]) for number, group in enumerate(sums.groups) if group[place]]
            if field in sums.columns
            else []
            for sums in self._sums
        )

    def by_provider(self) -> Mapping[str, Payments]:
        """The payments to each provider, under one of the spellings that it claims (see `payees.py`)."""
        claimed = {
            one: payee.id
            for one, payee in payees(self._records).items()
            if payee.kind == "provider"
        }
        return self._found(
            [
                (number, claimed[key(group.supplier)])
                for number, group in enumerate(sums.groups)
                if key(group.supplier) in claimed and not group.reason
            ]
            for sums in self._sums
        )

    def _found(self, named: Iterable[list[tuple[int, Any]]]) -> Mapping[str, Payments]:
        """Payments by what the groups of each release name: the number of a group, and the id."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, pairs in enumerate(named):
            for number, id in pairs:
                found[id].append(place * RELEASE + number)
        return {id: Payments(self._releases, pointers) for id, pointers in found.items()}
