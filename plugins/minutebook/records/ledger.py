"""All that the council published of its payments and budgets, added up once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from minutebook.records.model import Release
from minutebook.records.once import once
from minutebook.records.payees import Payee
from minutebook.records.payees import payees as payees_of
from minutebook.records.payments import NONE, Payments, month_in
from minutebook.records.records import Records
from minutebook.records.register import Register
from minutebook.records.slugs import key, slugs

SUPPLIERS = "spending/suppliers/"
SERVICES = "spending/services/"

_PAID = ("payments", "purchase-card")
"""The kinds of release that say what was paid; a grant or a contract is paid for in one of these."""


@dataclass(slots=True)
class Account:
    """What was paid to one supplier, or by one service. The account of the whole has sums and months only.

    `months` holds the sum of each month, `others` the sum for each service (of a supplier) or supplier
    (of a service) by key. `paid` are the payments to a supplier.
    """

    name: str = ""
    slug: str = ""
    provider: str = ""
    total: int = 0
    count: int = 0
    months: dict[date, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    what: dict[str, int] = field(default_factory=dict)
    paid: Payments = NONE
    spellings: frozenset[str] = frozenset()
    record: str = ""
    """The id of the supplier's own record, where there is one."""

    def take(self, other: Account, canon: Callable[[str], str] = key) -> None:
        """Add another account to this one; `canon` gives the key of a name in `others`."""
        self.total += other.total
        self.count += other.count
        self.paid += other.paid
        for month, amount in other.months.items():
            self.months[month] = self.months.get(month, 0) + amount
        for name, amount in other.others.items():
            one = canon(name)
            self.others[one] = self.others.get(one, 0) + amount
        for name, amount in other.what.items():
            self.what[name] = self.what.get(name, 0) + amount

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
    reasons: Counter[str] = field(default_factory=Counter)
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
    """Add up every payment: one pass over the rows by names as written, then the spellings together."""
    records = register.records
    found = Ledger(_own(records, *_PAID), _own(records, "budget"))
    payees: dict[str, Account] = {}
    payers: dict[str, Account] = {}
    for place, release in enumerate(found.releases):
        _enter(found, place, release, payees, payers)
    for budget in found.budgets:
        for name in sorted(budget.sums.named("service")):
            payers.setdefault(name, Account())
    found.withheld, found.unnamed = payees.pop("", Account()), payers.pop("", Account())
    found.payees = payees_of(records)
    found.suppliers = _suppliers(found, payees)
    found.services = _together(payers, sorted({key(name) for name in payers}), key, found.canon)
    for account in (*found.suppliers.values(), found.withheld):
        found.whole.total += account.total
        found.whole.count += account.count
        for month, amount in account.months.items():
            found.whole.months[month] = found.whole.months.get(month, 0) + amount
    found.year = _year(register.as_of, found)
    return found


def _enter(
    found: Ledger,
    place: int,
    release: Release,
    payees: dict[str, Account],
    payers: dict[str, Account],
) -> None:
    """Enter the groups of one release under the names as written. Plain dicts: it runs very often."""
    months: dict[str, date] = {}
    for number, group in enumerate(release.sums.groups):
        name, unit, amount = group.supplier, group.service, group.amount
        if group.reason:
            found.reasons[group.reason] += group.rows
            name = ""
        month = months.get(group.month) or months.setdefault(
            group.month, month_in(release, group.month)
        )
        payee = payees.get(name) or payees.setdefault(name, Account(paid=Payments(found.releases)))
        payer = payers.get(unit) or payers.setdefault(unit, Account())
        for account, other in ((payee, unit), (payer, name)):
            account.total += amount
            account.count += group.rows
            account.months[month] = account.months.get(month, 0) + amount
            account.others[other] = account.others.get(other, 0) + amount
        if group.category:
            payer.what[group.category] = payer.what.get(group.category, 0) + amount
        if name:
            payee.paid.add(place, number)


def _suppliers(found: Ledger, written: Mapping[str, Account]) -> dict[str, Account]:
    """The suppliers by key: those with a record under its id and name, also when nothing was paid."""
    first: dict[str, date] = {}
    for name, account in written.items():
        one, month = found.canon(name), min(account.months)
        first[one] = min(first.get(one, month), month)
    known = {key(payee.name): payee for payee in found.payees.values()}
    for one, payee in known.items():
        if payee.kind == "supplier":
            first.setdefault(one, date.max)
    order = sorted(first, key=lambda one: (first[one], one))
    ids = {one: payee.id for one, payee in known.items() if one in first}
    accounts = _together(written, order, found.canon, key, ids)
    for one, payee in known.items():
        if one in accounts:
            accounts[one].name = payee.name
            setattr(accounts[one], "provider" if payee.kind == "provider" else "record", payee.id)
    return accounts


def _together(
    written: Mapping[str, Account],
    order: Iterable[str],
    canon: Callable[[str], str],
    other: Callable[[str], str],
    given: Mapping[str, str] | None = None,
) -> dict[str, Account]:
    """Put the spellings of each name together and give it a slug, in this order of the keys.

    It is called by its most frequent spelling. `canon` gives the key of a name, `other` that of a name on
    the other side, `given` the slugs that are settled.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(written):
        groups[canon(name)].append(name)
    found = {}
    for one, slug in slugs(order, given).items():
        names = groups[one]
        first = max(names, key=lambda name: (written[name].count, name), default=one)
        account = Account(name=first, slug=slug, spellings=frozenset(names))
        for name in names:
            account.take(written[name], other)
        found[one] = account
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
