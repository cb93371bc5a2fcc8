"""What the money asks about: more paid than was agreed, and paid without a contract being named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from minutebook.pages import paid
from minutebook.pages.charts import lengths
from minutebook.pages.contracts import paid_to_date, worth
from minutebook.pages.money_of_decision import payments
from minutebook.pages.naming import link, links
from minutebook.pages.stamp import stamp
from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.ledger import SUPPLIERS, ledger
from minutebook.records.model.build import plain
from minutebook.records.once import once
from minutebook.records.payments import month_in
from minutebook.records.register import Register

QUESTIONS = "spending/questions/"
SHEET = "spending/without-contract.csv"
LARGEST = 100


def pages(register: Register) -> Iterable[Page]:
    """/spending/questions/"""
    if ledger(register).releases:
        without_contract(register)
        yield Page(QUESTIONS, "page", "questions.html", view, twin)


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    every = without_contract(register)
    year = ledger(register).year
    return {
        "title": _("Questions that the money asks"),
        "description": None,
        "section": "spending",
        "stamp": stamp(register),
        **figures(register),
        "contracts": overspent_contracts(register),
        "decisions": overspent_decisions(register),
        "start": year.start if year else None,
        "end": paid.until(ledger(register)),
        "suppliers": every[:LARGEST],
        "sheet": SHEET,
    }


@once
def _threshold(register: Register) -> int | None:
    found = register.records.council.thresholds
    return found.contract if found else None


def summary(register: Register) -> dict[str, Any]:
    """The same in a few figures, for other pages, with the address of this one."""
    return {"address": QUESTIONS, **figures(register)}


def figures(register: Register) -> dict[str, Any]:
    """How many and how much."""
    every = without_contract(register)
    over = overspent_contracts(register)
    return {
        "over_count": len(over) + len(overspent_decisions(register)),
        "over_contracts": len(over),
        "over_amount": sum(row["over"] for row in over),
        "threshold": _threshold(register),
        "without_count": len(every),
        "without_amount": sum(row["amount"] for row in every),
    }


@once
def without_contract(register: Register) -> list[dict[str, Any]]:
    """Who was paid at least the threshold this year in payments that name no contract, the most first.

    Payments to one supplier are added up, so that many small ones do not escape. Names that are withheld
    are left out. Empty where the council sets no threshold.
    """
    known, threshold = ledger(register), _threshold(register)
    if known.year is None or threshold is None:
        return []
    first, last = known.year.start.replace(day=1), known.year.end
    amounts, counts = Counter[str](), Counter[str]()
    for release in known.releases:
        for group in release.sums.groups:
            if group.contract or group.reason:
                continue
            if first <= month_in(release, group.month) <= last:
                one = known.canon(group.supplier)
                amounts[one] += group.amount
                counts[one] += group.rows
    order = sorted(
        (one for one in amounts if amounts[one] >= threshold), key=lambda it: (-amounts[it], it)
    )
    bars = lengths(amounts[one] for one in order)
    return [
        {
            "text": known.suppliers[one].name,
            "address": f"{SUPPLIERS}{known.suppliers[one].slug}/",
            "amount": amounts[one],
            "count": counts[one],
            "length": length,
        }
        for one, length in zip(order, bars, strict=True)
    ]


@once
def overspent_contracts(register: Register) -> list[dict[str, Any]]:
    """Contracts under which more was paid than they are worth, the most first."""
    found = []
    for id, contract in register.records.contracts.items():
        value, spent = worth(contract), paid_to_date(register, id)
        if spent > value:
            named = (
                *contract.decisions,
                *register.links.to("contract", id, "decision", "contracts"),
            )
            found.append(
                {
                    **link(register, "contract", id),
                    "provider": link(register, "provider", contract.provider),
                    "decisions": links(register, "decision", dict.fromkeys(named)),
                    "agreed": value,
                    "paid": spent,
                    "over": spent - value,
                }
            )
    return sorted(found, key=lambda row: (-row["over"], row["address"]))


@once
def overspent_decisions(register: Register) -> list[dict[str, Any]]:
    """Decisions for which more was paid than they approved, the most first."""
    found = []
    for id, decision in register.records.decisions.items():
        approved = decision.budget.amount if decision.budget else 0
        if approved <= 0 or not (decision.contracts or id in register.links.by_decision):
            continue
        spent = payments(register, decision).total
        if spent > approved:
            row = {**link(register, "decision", id), "agreed": approved, "paid": spent}
            found.append(row | {"over": spent - approved})
    return sorted(found, key=lambda row: (-row["over"], row["address"]))


def twin(register: Register) -> dict[str, Any]:
    """The same as data."""
    return {
        "title": _("Questions that the money asks"),
        "licence": register.records.council.licence.url,
        "currency": register.records.council.currency,
        "overspent": [
            {"title": row["text"], "address": row["address"]}
            | {name: plain(row[name]) for name in ("agreed", "paid", "over")}
            for row in (*overspent_contracts(register), *overspent_decisions(register))
        ],
        "without_contract": [
            {"name": row["text"], "address": row["address"], "payments": row["count"]}
            | {"paid": plain(row["amount"])}
            for row in without_contract(register)
        ],
    }
