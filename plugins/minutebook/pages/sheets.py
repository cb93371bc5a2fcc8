"""The sums of the pages about money as CSV, one small file for each picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from minutebook.pages import questions, spentplaces, wholeplace
from minutebook.pages.spending import service_rows
from minutebook.records.ledger import SERVICES, SUPPLIERS, ledger
from minutebook.records.model.build import plain
from minutebook.records.register import Register

BY_MONTH = "spending/by-month.csv"
BY_SERVICE = "spending/by-service.csv"
BY_SUPPLIER = "spending/by-supplier.csv"


def beside(address: str) -> str:
    """The months of a supplier or service as CSV: `spending/suppliers/x/` -> `spending/suppliers/x.csv`."""
    return f"{address.rstrip('/')}.csv"


def files(register: Register) -> Iterator[tuple[str, bytes]]:
    """Path and content of every such file. The columns are told in docs/follow-the-money.md."""
    known = ledger(register)
    if known.releases:
        yield BY_MONTH, _months(known.whole.months)
        yield BY_SERVICE, _by_service(register)
        yield BY_SUPPLIER, _by_supplier(register)
        yield questions.SHEET, _without_contract(register)
    for one, account in (*known.suppliers.items(), *known.services.items()):
        base = SUPPLIERS if known.suppliers.get(one) is account else SERVICES
        yield beside(f"{base}{account.slug}/"), _months(account.months)
    if spentplaces.by_place(register):
        yield spentplaces.SHEET, _by_place(register)
    if wholeplace.whole(register).bodies:
        yield wholeplace.SHEET, _whole_place(register)


def _sheet(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(head)
    table.writerows(rows)
    return text.getvalue().encode()


def _months(amounts: Mapping[date, int]) -> bytes:
    found = ((month.isoformat()[:7], plain(amounts[month])) for month in sorted(amounts))
    return _sheet(("Month", "Paid"), found)


def _by_service(register: Register) -> bytes:
    rows = (
        (row["text"], plain(row["amount"]), "" if row["planned"] is None else plain(row["planned"]))
        for row in service_rows(ledger(register))
    )
    return _sheet(("Service", "Paid", "Budget"), rows)


def _by_supplier(register: Register) -> bytes:
    known = ledger(register)
    order = sorted(known.suppliers.values(), key=lambda one: (-one.total, one.slug))
    rows = ((one.name, one.count, plain(one.total), f"{SUPPLIERS}{one.slug}/") for one in order)
    return _sheet(("Supplier", "Payments", "Paid", "Page"), rows)


def _without_contract(register: Register) -> bytes:
    rows = (
        (row["text"], row["count"], plain(row["amount"]), row["address"])
        for row in questions.without_contract(register)
    )
    return _sheet(("Supplier", "Payments", "Paid", "Page"), rows)


def _by_place(register: Register) -> bytes:
    rows = (
        (row["text"], row["kind"], plain(row["amount"]), row["address"])
        for row in spentplaces.rows(register)
    )
    return _sheet(("Place", "Kind", "Paid", "Page"), rows)


def _whole_place(register: Register) -> bytes:
    bodies = wholeplace.whole(register).bodies
    rows = (
        (row["text"], plain(row["amount"]), *(plain(amount) for amount in row["by"]))
        for row in wholeplace.supplier_rows(register)
    )
    return _sheet(("Supplier", "Paid", *bodies), rows)
