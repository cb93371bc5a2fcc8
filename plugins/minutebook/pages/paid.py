"""Payments as pages show them: sums, months and rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from minutebook.pages.charts import columns, months
from minutebook.pages.naming import Link, link
from minutebook.records.addresses import address
from minutebook.records.ledger import Ledger, ledger
from minutebook.records.model.build import plain
from minutebook.records.payments import Paid, Payments
from minutebook.records.register import Register

ROWS = 250
"""Rows of a release on one page."""

SHOWN = 100
"""Rows of payments on a page that is about something else."""


def own(register: Register, paid: Payments) -> Payments:
    """Those payments that the council itself made."""
    return paid.of({release.id for release in ledger(register).releases})


def monthly(amounts: Mapping[date, int]) -> dict[str, Any]:
    """What `parts/money.html` draws a picture and a table from; the newest month comes first in it."""
    return {
        "chart": columns(amounts) if len(amounts) > 1 else None,
        "rows": [{"month": month, "amount": amount} for month, amount in reversed(months(amounts))],
    }


def row_address(release: str, number: int) -> str:
    """Where a row of a release stands, on whichever of its pages."""
    page = number // ROWS + 1
    below = f"page-{page}/" if page > 1 else ""
    return f"{address('release', release)}{below}#row-{number + 1}"


def rows(
    register: Register, paid: Payments, most: int = SHOWN, but: str = ""
) -> list[dict[str, Any]]:
    """The newest of the payments, as rows of a table; each leads to its row in its release.

    `but` is the address of the page that they are for: no row needs a link to it.
    """
    found = []
    known = ledger(register)
    for payment in paid.newest(most):
        one = row(register, payment, known)
        if but:
            one["links"] = [link for link in one["links"] if link["address"] != but]
        found.append(one)
    return found


def row(register: Register, payment: Paid, known: Ledger | None) -> dict[str, Any]:
    """One payment. `known` has the pages of whoever was paid and who paid, where they have one."""
    contract, decision, place = payment.contract, payment.decision, payment.place
    return {
        "date": payment.day,
        "payee": payment.name,
        "payee_address": known.name_address(payment.name) if known and not payment.reason else "",
        "withheld": payment.reason,
        "service": payment.service,
        "service_address": known.service_address(payment.service) if known else "",
        "purpose": payment.purpose,
        "amount": payment.amount,
        "card": payment.card,
        "links": linked(register, contract, decision, place)
        if contract or decision or place
        else [],
        "row_address": row_address(payment.release, payment.number),
        "release": payment.release,
        "number": payment.number + 1,
    }


def linked(register: Register, contract: str, decision: str, place: str) -> list[Link]:
    """The contract, decision and place that a payment names; "" for none."""
    named = ("contract", contract), ("decision", decision), ("place", place)
    return [link(register, kind, id) for kind, id in named if id]


def until(known: Ledger) -> date | None:
    """The last day of this year that a release covers; None where nothing is published."""
    if known.year is None:
        return None
    start, end, _ = known.year
    return min(
        max((one.period.end for one in known.releases if one.period.start <= end), default=start),
        end,
    )


def sums(register: Register, kind: str, amounts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Records with what was paid for each, the greatest first."""
    ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    return [{**link(register, kind, id), "amount": amount} for id, amount in ordered]


def text(amounts: Mapping[Any, int]) -> dict[str, str]:
    """Sums as JSON tells them: amounts are text, so that no reader turns them into floats."""
    return {str(key)[:10] if isinstance(key, date) else key: plain(amounts[key]) for key in amounts}


def columns_used(found: Iterable[Any], names: Collection[str]) -> list[str]:
    """Those columns in which at least one row holds something, in the order of `names`."""
    left = set(names)
    for one in found:
        if not left:
            break
        left -= {name for name in left if getattr(one, name) is not None}
    return [name for name in names if name not in left]
