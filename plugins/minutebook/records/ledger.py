"""All that the council published of its payments and budgets, added up once."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from minutebook.records.model import Group, Release
from minutebook.records.once import once
from minutebook.records.payees import Payee
from minutebook.records.payees import payees as payees_of
from minutebook.records.payments import NONE, RELEASE, Payments, month_in, summed
from minutebook.records.records import Records
from minutebook.records.register import Register
from minutebook.records.slugs import key, slugs

SUPPLIERS = "spending/suppliers/"
SERVICES = "spending/services/"

_PAID = ("payments", "purchase-card")
"""The kinds of release that say what was paid; a grant or a contract is paid for in one of these."""


def _nobody(_group: Group) -> str:
    return ""


@dataclass
class Account:
    """What was paid to one supplier, or by one service, or in all: `paid`, and its sums in pence.

    `other` gives the key of the other side of a payment: the service that paid a supplier, the supplier
    whom a service paid. Sums are worked out when somebody asks: a build asks for few of most accounts.
    """

    name: str = ""
    slug: str = ""
    provider: str = ""
    paid: Payments = NONE
    spellings: frozenset[str] = frozenset()
    record: str = ""
    """The id of the supplier's own record, where there is one."""
    other: Callable[[Group], str] = _nobody

    @cached_property
    def total(self) -> int:
        """What was paid in all."""
        return self.paid.total

    @cached_property
    def count(self) -> int:
        """How many payments there are."""
        return len(self.paid)

    @cached_property
    def months(self) -> Mapping[date, int]:
        """What was paid in each month with a payment, by its first day."""
        return self.paid.by_month()

    @cached_property
    def others(self) -> Mapping[str, int]:
        """What was paid by, or to, each on the other side, by key."""
        return self.paid.of_each(self.other)

    @cached_property
    def what(self) -> Mapping[str, int]:
        """What was paid for each category, as it is written."""
        return self.paid.by("category")

    def between(self, start: date, end: date) -> int:
        """What was paid from the month of `start` to the month of `end`."""
        first = start.replace(day=1)
        return sum(amount for month, amount in self.months.items() if first <= month <= end)


class Year(NamedTuple):
    """The year that the spending page tells of: that of the budget, else the last twelve months."""

    start: date
    end: date
    budget: Release | None


@dataclass(slots=True)
class Ledger:
    """The payments of the council itself, in its own currency.

    `suppliers` and `services` are by key (see `slugs.key`); the key of a payment whose name is withheld
    is "", and so is that of a payment that names no service. `withheld` has no page of its own.
    """

    releases: Sequence[Release]
    budgets: Sequence[Release]
    whole: Account = field(default_factory=Account)
    withheld: Account = field(default_factory=Account)
    unnamed: Account = field(default_factory=Account)
    suppliers: dict[str, Account] = field(default_factory=dict)
    services: dict[str, Account] = field(default_factory=dict)
    year: Year | None = None
    payees: dict[str, Payee] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)
    """Those that `name_address` found: it is asked for every row."""

    def canon(self, name: str) -> str:
        """The key of a supplier by one of its spellings: that of the name in its record, if it has one."""
        one = key(name)
        payee = self.payees.get(one)
        return key(payee.name) if payee else one

    def payee(self, group: Group) -> str:
        """The key of whoever was paid; "" where the name is withheld."""
        return "" if group.reason else self.canon(group.supplier)

    def name_address(self, name: str) -> str:
        """The page of a supplier by one of its spellings."""
        if name not in self._addresses:
            found = self.suppliers.get(self.canon(name))
            self._addresses[name] = f"{SUPPLIERS}{found.slug}/" if found else ""
        return self._addresses[name]

    def service_address(self, name: str | None) -> str:
        """The page of a service by its name; "" where there is none."""
        found = self.services.get(key(name or ""))
        return f"{SERVICES}{found.slug}/" if found else ""

    def planned(self, budget: Release) -> Counter[str]:
        """What a budget gives each service, by key."""
        planned: Counter[str] = Counter()
        for name, amount in budget.sums.amounts("service").items():
            planned[key(name)] += amount
        return planned


def month_before(month: date, back: int) -> date:
    """The first day of the month so many months before."""
    number = month.year * 12 + month.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


@once
def ledger(register: Register) -> Ledger:
    """All payments by names as written, in one pass over their groups; then the spellings together."""
    records = register.records
    found = Ledger(_own(records, *_PAID), _own(records, "budget"))
    payees, payers, first = _entered(found.releases)
    for budget in found.budgets:
        for name in sorted(budget.sums.named("service")):
            payers.setdefault(name, array("q"))
    found.payees = payees_of(records)
    found.whole = Account(paid=Payments(found.releases, chain.from_iterable(payees.values())))
    found.withheld = Account(paid=Payments(found.releases, payees.pop("", ())))
    found.unnamed = Account(paid=Payments(found.releases, payers.pop("", ())))
    found.suppliers = _suppliers(found, payees, first)
    order = sorted({key(name) for name in payers})
    found.services = _together(found.releases, payers, order, key)
    for account in found.suppliers.values():
        account.other = _service
    for account in found.services.values():
        account.other = found.payee
    every = (*found.services.values(), found.unnamed)
    found.whole.months = summed(pair for one in every for pair in one.months.items())
    found.year = _year(register.as_of, found)
    return found


def _service(group: Group) -> str:
    return key(group.service)


Pointers = Mapping[str, "array[int]"]
"""Pointers to groups (see `Payments`) by a name as written."""


def _entered(
    releases: Sequence[Release],
) -> tuple[defaultdict[str, array[int]], defaultdict[str, array[int]], dict[str, date]]:
    """The groups by who was paid ("" where the name is withheld) and by the service that paid.

    And the first month in which each name was paid.
    """
    payees: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
    payers: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
    first: dict[str, date] = {}
    for place, release in enumerate(releases):
        groups = release.sums.groups
        for pointer, group in enumerate(groups, place * RELEASE):
            payees["" if group.reason else group.supplier].append(pointer)
            payers[group.service].append(pointer)
        for name, written in {(one.supplier, one.month) for one in groups if not one.reason}:
            month = month_in(release, written)
            if first.setdefault(name, month) > month:
                first[name] = month
    return payees, payers, first


def _suppliers(found: Ledger, written: Pointers, begun: Mapping[str, date]) -> dict[str, Account]:
    """The suppliers by key: those with a record under its id and name, also when nothing was paid."""
    first: dict[str, date] = {}
    for name in written:
        one = found.canon(name)
        first[one] = min(first.get(one, date.max), begun[name])
    known = {key(payee.name): payee for payee in found.payees.values()}
    for one, payee in known.items():
        if payee.kind == "supplier":
            first.setdefault(one, date.max)
    order = sorted(first, key=lambda one: (first[one], one))
    ids = {one: payee.id for one, payee in known.items() if one in first}
    accounts = _together(found.releases, written, order, found.canon, ids)
    for one, payee in known.items():
        if one in accounts:
            accounts[one].name = payee.name
            setattr(accounts[one], "provider" if payee.kind == "provider" else "record", payee.id)
    return accounts


def _together(
    releases: Sequence[Release],
    written: Pointers,
    order: Iterable[str],
    canon: Callable[[str], str],
    given: Mapping[str, str] | None = None,
) -> dict[str, Account]:
    """Put the spellings of each name together and give it a slug, in this order of the keys.

    It is called by its most frequent spelling. `canon` gives the key of a name, `given` the slugs that are
    settled.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(written):
        groups[canon(name)].append(name)
    found = {}
    for one, slug in slugs(order, given).items():
        names = groups[one]
        each = {name: Payments(releases, written[name]) for name in names}
        often = names if len(names) < 2 else sorted(names, key=lambda name: (len(each[name]), name))
        every = sum(each.values(), NONE)
        found[one] = Account([one, *often][-1], slug, paid=every, spellings=frozenset(names))
    return found


def _own(records: Records, *kinds: str) -> list[Release]:
    """The council's own releases in its own currency, in the order of their periods."""
    found = [
        release
        for release in records.releases.values()
        if release.classification in kinds
        and release.organisation == records.council.id
        and release.currency == records.council.currency
    ]
    return sorted(found, key=lambda release: (release.period.start, release.id))


def _year(as_of: date, found: Ledger) -> Year | None:
    begun = [one for one in found.budgets if one.period.start <= as_of]
    if begun:
        budget = max(begun, key=lambda one: (one.period.end, one.id))
        if not found.releases or found.whole.between(budget.period.start, budget.period.end):
            return Year(budget.period.start, budget.period.end, budget)
    if not found.whole.months:
        return None
    last = max(found.whole.months)
    end = max(release.period.end for release in found.releases)
    return Year(month_before(last, 11), end, None)
