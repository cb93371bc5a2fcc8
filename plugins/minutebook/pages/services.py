"""The services, or departments, that the council's money goes through."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages import paid
from minutebook.pages.charts import lengths, ranked
from minutebook.pages.naming import link
from minutebook.pages.sheet import months
from minutebook.pages.spending import service_rows, year
from minutebook.pages.stamp import stamp
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address
from minutebook.records.ledger import SERVICES, SUPPLIERS, Account, Ledger, ledger
from minutebook.records.model.build import plain
from minutebook.records.records import name_of
from minutebook.records.register import Register

LARGEST = 50


def pages(register: Register) -> Iterable[Page]:
    """/spending/services/ and /spending/services/adult-social-care/"""
    known = ledger(register)
    if not known.services:
        return
    yield Page(SERVICES, "list", "services.html", index)
    for one, account in known.services.items():
        to = f"{SERVICES}{account.slug}/"
        views = partial(view, one=one), partial(twin, one=one)
        yield Page(to, "page", "service.html", *views, partial(_sheet, one=one))


def index(register: Register) -> dict[str, Any]:
    """All services, those without payments this year as well."""
    known = ledger(register)
    rows = service_rows(known)
    shown = {row["address"] for row in rows}
    earlier = sorted(
        (
            {"text": one.name, "address": f"{SERVICES}{one.slug}/"}
            for one in known.services.values()
            if f"{SERVICES}{one.slug}/" not in shown
        ),
        key=lambda row: row["text"],
    )
    return {
        "title": _("Spending by service"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        "year": year(known),
        "rows": rows,
        "earlier": earlier,
    }


def view(register: Register, one: str) -> dict[str, Any]:
    """The values of a service's page; `one` is its key in the ledger."""
    known = ledger(register)
    account = known.services[one]
    return {
        "title": account.name,
        "description": None,
        "section": "spending",
        "year": _year(known, account, one),
        "total": account.total,
        "count": account.count,
        "monthly": paid.monthly(account.months),
        "suppliers": _suppliers(known, account),
        "supplier_count": len(account.others),
        "what": _what(account),
        "lines": _budget_lines(register, known, one),
        "contracts": [
            link(register, "contract", contract.id)
            for contract in register.records.contracts.values()
            if known.service_address(contract.department) == f"{SERVICES}{account.slug}/"
        ],
    }


def _sheet(register: Register, one: str) -> bytes:
    return months(ledger(register).services[one].months)


def _year(known: Ledger, account: Account, one: str) -> dict[str, Any] | None:
    found = year(known)
    if found is None or known.year is None:
        return None
    budget = known.year.budget
    planned = known.planned(budget).get(one) if budget else None
    spent = account.between(known.year.start, known.year.end)
    return {
        **found,
        "paid": spent,
        "budget": planned,
        "share": round(spent / planned, 3) if planned and planned > 0 else None,
    }


def _suppliers(known: Ledger, account: Account) -> list[dict[str, Any]]:
    ordered = ranked(account.others, LARGEST)
    bars = lengths(amount for _, amount in ordered)
    return [
        {
            "text": known.suppliers[supplier].name if supplier else "",
            "address": f"{SUPPLIERS}{known.suppliers[supplier].slug}/" if supplier else "",
            "amount": amount,
            "length": length,
        }
        for (supplier, amount), length in zip(ordered, bars, strict=True)
    ]


def _what(account: Account) -> list[dict[str, Any]]:
    ordered = ranked(account.what, 20)
    bars = lengths(amount for _, amount in ordered)
    return [
        {"text": name, "address": "", "amount": amount, "length": length}
        for (name, amount), length in zip(ordered, bars, strict=True)
    ]


def _budget_lines(register: Register, known: Ledger, one: str) -> list[dict[str, Any]]:
    """The lines of the newest budget that give this service money."""
    budget = known.year.budget if known.year else None
    if budget is None:
        return []
    mine = known.service_address(known.services[one].name)
    return [
        {
            "purpose": line.Purpose or line.CategoryInternalName,
            "kind": line.CapitalRevenue,
            "amount": line.Amount,
            "decision": link(register, "decision", line.DecisionRef) if line.DecisionRef else None,
            "budget": {"text": name_of(budget), "address": address("release", budget.id)},
        }
        for line in budget.budget_lines
        if known.service_address(line.OrganisationalUnit) == mine
    ]


def twin(register: Register, one: str) -> dict[str, Any]:
    """A service's sums."""
    known = ledger(register)
    account = known.services[one]
    names = {key: known.suppliers[key].name if key else "" for key in account.others}
    return {
        "type": "service",
        "name": account.name,
        "address": f"{SERVICES}{account.slug}/",
        "licence": register.records.council.licence.url,
        "currency": register.records.council.currency,
        "payments": account.count,
        "total": plain(account.total),
        "budget": {
            budget.id: plain(amount)
            for budget in known.budgets
            if (amount := known.planned(budget).get(one)) is not None
        },
        "by_month": paid.text(dict(sorted(account.months.items()))),
        "by_category": paid.text(dict(sorted(account.what.items()))),
        "by_supplier": {names[key]: plain(account.others[key]) for key in sorted(account.others)},
    }
