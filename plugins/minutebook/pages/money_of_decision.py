"""The money of a decision: what was approved, what was paid, under which contracts."""

from __future__ import annotations

from typing import Any

from minutebook.pages.charts import lengths
from minutebook.pages.naming import link
from minutebook.records.model import Decision
from minutebook.records.payments import NONE, Paid, Payments
from minutebook.records.register import Register

SHOWN = 8
"""How many payments the page shows; the contract's page has them all."""


def money(register: Register, decision: Decision) -> dict[str, Any] | None:
    """What the page says of money. None where the decision commits none, and none was paid."""
    paid = payments(register, decision)
    if not (decision.budget or decision.contracts or paid):
        return None
    total = paid.total
    approved = decision.budget.amount if decision.budget else None
    bars = lengths((approved or 0, total))
    return {
        "approved": approved,
        "phase": decision.budget.phase if decision.budget else None,
        "paid": total,
        "approved_length": bars[0],
        "paid_length": bars[1],
        "count": len(paid),
        "contracts": [_contract(register, id) for id in decision.contracts],
        "payments": [_payment(register, one) for one in paid.newest(SHOWN)],
    }


def payments(register: Register, decision: Decision) -> Payments:
    """The payments that name this decision, or name no decision but a contract that was made under it.

    A contract that serves several decisions counts for the first that it names, so that no payment
    counts twice.
    """
    found = register.links.by_decision.get(decision.id, NONE)
    for id in decision.contracts:
        named = register.records.contracts[id].decisions
        if not named or named[0] == decision.id:
            under = register.links.by_contract.get(id, NONE)
            found += under.where(lambda _, group: not group.decision)
    return found


def _contract(register: Register, id: str) -> dict[str, Any]:
    contract = register.records.contracts[id]
    under = register.links.by_contract.get(id, NONE)
    return {
        **link(register, "contract", id),
        "provider": link(register, "provider", contract.provider),
        "value": contract.value.amount,
        "paid": under.total,
        "status": contract.status,
    }


def _payment(register: Register, one: Paid) -> dict[str, Any]:
    return {
        "date": one.day,
        "to": one.name,
        "purpose": one.purpose,
        "amount": one.amount,
        "release": link(register, "release", one.release),
    }
