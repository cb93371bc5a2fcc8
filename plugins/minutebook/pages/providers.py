"""Providers: who delivers services for the council, for how much, and under which duties."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages import contracts, paid
from minutebook.pages.charts import lengths
from minutebook.pages.identifiers import identifiers
from minutebook.pages.naming import link, links
from minutebook.pages.recordnote import record_note
from minutebook.pages.stamp import stamp
from minutebook.pages.suppliers import share
from minutebook.pages.twins import list_twin, twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address, list_address
from minutebook.records.ledger import SUPPLIERS, ledger
from minutebook.records.model import Provider
from minutebook.records.model.build import plain
from minutebook.records.once import once
from minutebook.records.payments import NONE, Payments
from minutebook.records.register import Register


def pages(register: Register) -> Iterable[Page]:
    """/providers/ and /providers/thornway-care/"""
    ledger(register)
    _paid_as(register)
    yield Page(list_address("provider"), "list", "providers.html", index, index_twin)
    for id in register.records.providers:
        yield Page(
            address=address("provider", id),
            kind="provider",
            template="provider.html",
            view=partial(view, id=id),
            twin=partial(_twin, id=id),
        )


def _lines(register: Register, id: str) -> Payments:
    return paid.own(register, register.links.by_provider.get(id, NONE))


def index(register: Register) -> dict[str, Any]:
    """All providers, those who were paid most first."""
    found = []
    for id, provider in register.records.providers.items():
        under = register.links.to("provider", id, "contract", "provider")
        found.append(
            {
                "text": provider.name,
                "address": address("provider", id),
                "classification": provider.classification,
                "summary": provider.summary,
                "amount": _lines(register, id).total,
                "contracts": len(under),
            }
        )
    found.sort(key=lambda row: (-row["amount"], row["text"]))
    for row, length in zip(found, lengths(row["amount"] for row in found), strict=True):
        row["length"] = length
    return {
        "title": _("Providers"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        "rows": found,
    }


def index_twin(register: Register) -> dict[str, Any]:
    """The list as data."""
    every = (("provider", id) for id in register.records.providers)
    return list_twin(register, _("Providers"), every)


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of a provider's page."""
    provider = register.records.providers[id]
    known = ledger(register)
    lines = _lines(register, id)
    months = lines.by_month()
    last = max(months).year if months else None
    of_year = sum(amount for month, amount in months.items() if month.year == last)
    whole = sum(amount for month, amount in known.whole.months.items() if month.year == last)
    under = register.links.to("provider", id, "contract", "provider")
    return {
        "title": provider.name,
        "description": provider.summary,
        "section": "spending",
        **_facts(register, provider),
        "contracts": contracts.rows(register, under),
        "last_year": {"year": last, "paid": of_year, "share": share(of_year, whole)},
        "total": lines.total,
        "payment_count": len(lines),
        "monthly": paid.monthly(months),
        "payments": paid.rows(register, lines),
        "paid_as": _paid_as(register).get(id, []),
        "participation": _participation(register, id),
        "decisions": _decisions(register, under),
        "releases": links(
            register, "release", register.links.to("provider", id, "release", "organisation")
        ),
        "record": record_note(register, provider.path),
    }


def _facts(register: Register, provider: Provider) -> dict[str, Any]:
    return {
        "summary": provider.summary,
        "classification": provider.classification,
        "identifiers": identifiers(provider.identifiers),
        "url": provider.url,
        "topics": links(register, "topic", provider.topics),
        "duties": [
            {"duty": one.duty, "clause": one.clause, "met": one.met, "evidence": one.evidence}
            for one in provider.inherited_duties
        ],
    }


@once
def _paid_as(register: Register) -> dict[str, list[dict[str, str]]]:
    """The suppliers' pages of each provider: one for every spelling in the payments."""
    found: dict[str, list[dict[str, str]]] = {}
    for account in ledger(register).suppliers.values():
        if account.provider:
            page = {"text": account.name, "address": f"{SUPPLIERS}{account.slug}/"}
            found.setdefault(account.provider, []).append(page)
    return found


def _participation(register: Register, id: str) -> list[dict[str, Any]]:
    """What people could take part in that this provider runs, the newest first."""
    processes = [
        register.records.participation[one]
        for one in register.links.to("provider", id, "participation", "provider")
    ]
    return [
        {**link(register, "participation", one.id), "status": one.status, "opens": one.opens}
        for one in sorted(processes, key=lambda one: (one.opens, one.id), reverse=True)
    ]


def _decisions(register: Register, under: Iterable[str]) -> list[dict[str, str]]:
    """The decisions behind the contracts."""
    found: dict[str, None] = {}
    for contract in under:
        found.update(dict.fromkeys(register.records.contracts[contract].decisions))
        found.update(
            dict.fromkeys(register.links.to("contract", contract, "decision", "contracts"))
        )
    return links(register, "decision", sorted(found))


def _twin(register: Register, id: str) -> dict[str, Any]:
    lines = _lines(register, id)
    computed = {
        "paid": plain(lines.total),
        "payments": len(lines),
        "by_month": paid.text(dict(sorted(lines.by_month().items()))),
    }
    return twin(register, "provider", id, computed)
