"""All that the council published of its payments and budgets, added up once."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from minutebook.pages.charts import month_before
from minutebook.pages.once import once
from minutebook.pages.slugs import key, slugs
from minutebook.records.model import Payment, Release
from minutebook.records.records import Records
from minutebook.records.register import Register

SUPPLIERS = "spending/suppliers/"
SERVICES = "spending/services/"

_ROW = 10**9


@dataclass(slots=True)
class Account:
    """What was paid to one supplier, or by one service.

    `months` holds the sum of each month, `others` the sum for each service (of a supplier) or supplier
    (of a service) by key. `rows` points at the payments of a supplier, see `Ledger.payments`.
    """

    name: str = ""
    slug: str = ""
    provider: str = ""
    total: int = 0
    count: int = 0
    months: Counter[date] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    what: Counter[str] = field(default_factory=Counter)
    rows: array[int] = field(default_factory=lambda: array("q"))
    spellings: set[str] = field(default_factory=set)

    def add(self, month: date, other: str, amount: int, count: int) -> None:
        """Take in what was paid in one month."""
        self.total += amount
        self.count += count
        self.months[month] += amount
        self.others[other] += amount

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

    def supplier_address(self, payment: Payment) -> str:
        """The page of whoever was paid; "" where the name is withheld."""
        found = (
            None if payment.RedactionReason else self.suppliers.get(key(payment.BeneficiaryName))
        )
        return f"{SUPPLIERS}{found.slug}/" if found else ""

    def service_address(self, name: str | None) -> str:
        """The page of a service by its name; "" where there is none."""
        found = self.services.get(key(name or ""))
        return f"{SERVICES}{found.slug}/" if found else ""

    def payments(self, account: Account) -> list[tuple[str, int, Payment]]:
        """The payments to a supplier, newest first: release, number of the row from 0, payment."""
        found = []
        for pointer in account.rows:
            release = self.releases[pointer // _ROW]
            number = pointer % _ROW
            found.append((release.id, number, release.payments[number]))
        return sorted(found, key=newest_first)

    def planned(self, budget: Release) -> Counter[str]:
        """What a budget gives each service, by key."""
        planned: Counter[str] = Counter()
        for line in budget.budget_lines:
            planned[key(line.OrganisationalUnit)] += line.Amount
        return planned


def newest_first(row: tuple[str, int, Payment]) -> tuple[int, str, int]:
    """The order of payments on a page: by date, and those of a day as they were published."""
    day = row[2].PaymentDate
    return (-day.toordinal() if day else 0, row[0], row[1])


def month_of(release: Release, payment: Payment) -> date:
    """The month that a payment is counted in: that of its date, but within the period of its release.

    So the months add up to the releases, and a slip of the pen in a date moves nothing by years.
    """
    period = release.period
    return min(max(payment.PaymentDate or period.start, period.start), period.end).replace(day=1)


@once
def ledger(register: Register) -> Ledger:
    """Add up every payment: one pass over the rows, then over what they have in common."""
    records = register.records
    payments, budgets = _own(records, budget=False), _own(records, budget=True)
    found = Ledger(payments, budgets)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    units: defaultdict[str, Counter[str]] = defaultdict(Counter)
    cells, rows = _cells(found, spelled, units)
    for budget in budgets:
        for line in budget.budget_lines:
            units[key(line.OrganisationalUnit)][line.OrganisationalUnit] += 1
    first: dict[str, date] = {}
    for month, supplier, _, _ in cells:
        first[supplier] = min(first.get(supplier, month), month)
    found.suppliers = _accounts(spelled, sorted(spelled, key=lambda one: (first[one], one)))
    found.services = _accounts(units, sorted(units))
    _fill(found, cells)
    for one, pointers in rows.items():
        found.suppliers[one].rows = pointers
    for name, provider in _spellings(records):
        if key(name) in spelled and name in spelled[key(name)]:
            found.suppliers[key(name)].provider = provider
    found.year = _year(register.as_of, found)
    return found


Cells = Mapping[tuple[date, str, str, str], list[int]]


def _cells(
    found: Ledger, spelled: Mapping[str, Counter[str]], units: Mapping[str, Counter[str]]
) -> tuple[Cells, Mapping[str, array[int]]]:
    """Sum and number of the payments that share month, supplier, service and category."""
    cells: defaultdict[tuple[date, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    rows: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
    keys: dict[str, str] = {}
    for place, release in enumerate(found.releases):
        for number, payment in enumerate(release.payments):
            name, unit = payment.BeneficiaryName, payment.OrganisationalUnit or ""
            supplier = service = ""
            if payment.RedactionReason:
                found.reasons[payment.RedactionReason] += 1
            else:
                supplier = keys.get(name) or keys.setdefault(name, key(name))
                spelled[supplier][name] += 1
                rows[supplier].append(place * _ROW + number)
            if unit:
                service = keys.get(unit) or keys.setdefault(unit, key(unit))
                units[service][unit] += 1
            what = payment.CategoryInternalName or ""
            cell = cells[month_of(release, payment), supplier, service, what]
            cell[0] += payment.Amount
            cell[1] += 1
    return cells, rows


def _accounts(spelled: Mapping[str, Counter[str]], order: Iterable[str]) -> dict[str, Account]:
    """An account for each key, called by its most frequent spelling."""
    found = {}
    for one, slug in slugs(order).items():
        name = min(spelled[one], key=lambda name: (-spelled[one][name], name))
        found[one] = Account(name=name, slug=slug, spellings=set(spelled[one]))
    return found


def _fill(found: Ledger, cells: Cells) -> None:
    for (month, supplier, service, what), (amount, count) in cells.items():
        payee = found.suppliers[supplier] if supplier else found.withheld
        payer = found.services[service] if service else found.unnamed
        found.whole.add(month, supplier, amount, count)
        payee.add(month, service, amount, count)
        payer.add(month, supplier, amount, count)
        if what:
            payer.what[what] += amount


def _own(records: Records, budget: bool) -> list[Release]:
    """The council's own releases in its own currency, in the order of their periods."""
    found = [
        release
        for release in records.releases.values()
        if (release.classification == "budget") is budget
        and release.organisation == records.council.id
        and release.currency == records.council.currency
    ]
    return sorted(found, key=lambda release: (release.period.start, release.id))


def _spellings(records: Records) -> Iterable[tuple[str, str]]:
    for provider in records.providers.values():
        for name in (provider.name, *provider.paid_as):
            yield name, provider.id


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
