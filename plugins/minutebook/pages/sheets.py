"""The sums of the pages about money as CSV, one small file for each picture."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.pages import questions, spentplaces, wholeplace
from minutebook.pages.sheet import months, sheet
from minutebook.pages.spending import service_rows
from minutebook.records.ledger import SUPPLIERS, ledger
from minutebook.records.model.build import plain
from minutebook.records.register import Register

BY_MONTH = "spending/by-month.csv"
BY_SERVICE = "spending/by-service.csv"
BY_SUPPLIER = "spending/by-supplier.csv"


def files(register: Register) -> Iterator[tuple[str, bytes]]:
    """Path and content of every such file but those beside a page (see `Page.sheet`).

    The columns are told in docs/follow-the-money.md.
    """
    known = ledger(register)
    if known.releases:
        yield BY_MONTH, months(known.whole.months)
        yield BY_SERVICE, _by_service(register)
        yield BY_SUPPLIER, _by_supplier(register)
        yield questions.SHEET, _without_contract(register)
    if spentplaces.by_place(register):
        yield spentplaces.SHEET, _by_place(register)
    if wholeplace.whole(register).bodies:
        yield wholeplace.SHEET, _whole_place(register)


def _by_service(register: Register) -> bytes:
    rows = (
        (row["text"], plain(row["amount"]), "" if row["planned"] is None else plain(row["planned"]))
        for row in service_rows(ledger(register))
    )
    return sheet(("Service", "Paid", "Budget"), rows)


def _by_supplier(register: Register) -> bytes:
    known = ledger(register)
    order = sorted(known.suppliers.values(), key=lambda one: (-one.total, one.slug))
    rows = ((one.name, one.count, plain(one.total), f"{SUPPLIERS}{one.slug}/") for one in order)
    return sheet(("Supplier", "Payments", "Paid", "Page"), rows)


def _without_contract(register: Register) -> bytes:
    rows = (
        (row["text"], row["count"], plain(row["amount"]), row["address"])
        for row in questions.without_contract(register)
    )
    return sheet(("Supplier", "Payments", "Paid", "Page"), rows)


def _by_place(register: Register) -> bytes:
    rows = (
        (row["text"], row["kind"], plain(row["amount"]), row["address"])
        for row in spentplaces.rows(register)
    )
    return sheet(("Place", "Kind", "Paid", "Page"), rows)


def _whole_place(register: Register) -> bytes:
    bodies = wholeplace.whole(register).bodies
    rows = (
        (row["text"], plain(row["amount"]), *(plain(amount) for amount in row["by"]))
        for row in wholeplace.supplier_rows(register)
    )
    return sheet(("Supplier", "Paid", *bodies), rows)
