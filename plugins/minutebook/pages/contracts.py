"""Contracts: what they are worth, what was paid to date, and the decisions behind them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from minutebook.pages import paid
from minutebook.pages.charts import lengths
from minutebook.pages.naming import link, links
from minutebook.pages.recordnote import record_note
from minutebook.pages.stamp import stamp
from minutebook.pages.twins import list_twin, twin
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.addresses import address, list_address
from minutebook.records.ledger import ledger
from minutebook.records.model import Contract
from minutebook.records.model.build import plain
from minutebook.records.once import once
from minutebook.records.payments import NONE
from minutebook.records.register import Register


def pages(register: Register) -> Iterable[Page]:
    """/contracts/ and /contracts/c-2026-01/"""
    ledger(register)
    newest_first(register)
    yield Page(list_address("contract"), "list", "contracts.html", index, index_twin)
    for id in register.records.contracts:
        yield Page(
            address=address("contract", id),
            kind="contract",
            template="contract.html",
            view=partial(view, id=id),
            twin=partial(_twin, id=id),
        )


@once
def newest_first(register: Register) -> list[str]:
    """All contracts, the one that began last first."""
    every = register.records.contracts.values()
    return [one.id for one in sorted(every, key=lambda one: (one.period.start, one.id))][::-1]


def worth(contract: Contract) -> int:
    """What a contract is worth now: its value after the last change that says one."""
    changed = [one for one in contract.amendments if one.value is not None]
    last = max(changed, key=lambda one: one.date, default=None)
    return contract.value.amount if last is None or last.value is None else last.value


def paid_to_date(register: Register, id: str) -> int:
    """What the council paid under a contract, as far as it is published."""
    return paid.own(register, register.links.by_contract.get(id, NONE)).total


def row(register: Register, id: str) -> dict[str, Any]:
    """One contract in a list."""
    contract = register.records.contracts[id]
    spent, value = paid_to_date(register, id), worth(contract)
    return {
        "text": contract.title,
        "address": address("contract", id),
        "provider": link(register, "provider", contract.provider),
        "status": contract.status,
        "start": contract.period.start,
        "end": contract.period.end,
        "value": value,
        "paid": spent,
        "currency": contract.value.currency,
        **meter(spent, value),
    }


def meter(spent: int, value: int) -> dict[str, Any]:
    """What is paid of what a contract is worth, for a bar: both on one scale."""
    length, whole = lengths((spent, value))
    share = round(spent / value, 3) if value > 0 else None
    return {"length": length, "worth_length": whole, "share": share}


def rows(register: Register, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Several contracts in the order of the list."""
    wanted = set(ids)
    return [row(register, id) for id in newest_first(register) if id in wanted]


def index(register: Register) -> dict[str, Any]:
    """All contracts."""
    every = [row(register, id) for id in newest_first(register)]
    return {
        "title": _("Contracts"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        "rows": every,
        "running": sum(1 for one in every if one["status"] == "active"),
    }


def index_twin(register: Register) -> dict[str, Any]:
    """The list as data."""
    return list_twin(register, _("Contracts"), (("contract", id) for id in newest_first(register)))


def view(register: Register, id: str) -> dict[str, Any]:
    """The values of a contract's page."""
    contract = register.records.contracts[id]
    lines = paid.own(register, register.links.by_contract.get(id, NONE))
    spent, value = lines.total, worth(contract)
    naming = register.links.to("contract", id, "decision", "contracts")
    decisions = dict.fromkeys((*contract.decisions, *naming))
    return {
        "title": contract.title,
        "description": contract.summary,
        "section": "spending",
        **_facts(register, contract),
        "value": value,
        "first_value": contract.value.amount,
        "currency": contract.value.currency,
        "paid": spent,
        "left": value - spent,
        "last_paid": next((one.day for one in lines.newest(1)), None),
        **meter(spent, value),
        "monthly": paid.monthly(lines.by_month()),
        "payments": paid.rows(register, lines, but=address("contract", id)),
        "payment_count": len(lines),
        "decisions": links(register, "decision", decisions),
        "evaluations": [
            link(register, "evaluation", one)
            for decision in decisions
            for one in register.links.to("decision", decision, "evaluation", "decision")
        ],
        "amendments": [
            {"date": one.date, "reason": one.reason, "value": one.value}
            for one in sorted(contract.amendments, key=lambda one: one.date)
        ],
        "documents": [
            {"name": one.name, "url": one.url, "exempt": bool(one.exempt), "sha256": one.sha256}
            | {"bytes": one.bytes, "media_type": one.media_type}
            for one in contract.documents
        ],
        "record": record_note(register, contract.path),
    }


def _facts(register: Register, contract: Contract) -> dict[str, Any]:
    department = contract.department
    return {
        "reference": contract.reference,
        "summary": contract.summary,
        "status": contract.status,
        "provider": link(register, "provider", contract.provider),
        "method": contract.procurement_method,
        "method_reason": contract.procurement_reason,
        "tenders": contract.tenders_received,
        "award_date": contract.award_date,
        "start": contract.period.start,
        "end": contract.period.end,
        "extension_to": contract.extension_to,
        "gone": _gone(register, contract),
        "department": department,
        "department_address": ledger(register).service_address(department),
        "places": links(register, "place", contract.places),
        "topics": links(register, "topic", contract.topics),
    }


def _gone(register: Register, contract: Contract) -> float:
    """Which part of the period has gone by: from 0 to 1."""
    whole = (contract.period.end - contract.period.start).days + 1
    gone = (register.as_of - contract.period.start).days + 1
    # To the nearest hundredth, so that the page is not written anew every day.
    return round(min(max(gone / whole, 0.0), 1.0), 2) if whole > 0 else 1.0


def _twin(register: Register, id: str) -> dict[str, Any]:
    lines = paid.own(register, register.links.by_contract.get(id, NONE))
    computed = {
        "paid": plain(lines.total),
        "payments": len(lines),
        "value": plain(worth(register.records.contracts[id])),
        "by_month": paid.text(dict(sorted(lines.by_month().items()))),
    }
    return twin(register, "contract", id, computed)
