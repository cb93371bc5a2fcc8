"""What the money asks, where it was spent, and who else spends: every figure against the rows themselves."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import CONTENT

from minutebook.pages import (
    providers,
    questions,
    services,
    sheets,
    spending,
    spentplaces,
    suppliers,
    wholeplace,
)
from minutebook.records.addresses import sheet
from minutebook.records.identifiers import schemes
from minutebook.records.ledger import ledger
from minutebook.records.load import load
from minutebook.records.model import Payment
from minutebook.records.register import Register, register


@pytest.fixture(scope="module")
def sample() -> Register:
    records = load(CONTENT).records
    assert records is not None and records.council.as_of
    return register(records, records.council.as_of)


def of_this_year(sample: Register) -> list[Payment]:
    known = ledger(sample)
    assert known.year
    every = [one for release in known.releases for one in release.payments]
    return [
        one
        for one in every
        if one.PaymentDate and known.year.start <= one.PaymentDate <= known.year.end
    ]


def test_an_overspend_is_told_with_its_decisions(sample: Register) -> None:
    found = {row["address"]: row for row in questions.overspent_contracts(sample)}
    row = found["contracts/c-2025-08/"]
    assert row["paid"] - row["agreed"] == row["over"] == 935000
    assert {one["address"] for one in row["decisions"]} >= {"decisions/2025-033/"}
    assert "decisions/2025-033/" in {it["address"] for it in questions.overspent_decisions(sample)}
    assert all(it["paid"] > it["agreed"] for it in found.values())


def test_who_was_paid_without_a_contract_is_added_up_over_the_spellings(sample: Register) -> None:
    known = ledger(sample)
    amounts: Counter[str] = Counter()
    for one in of_this_year(sample):
        if not one.ContractRef and not one.RedactionReason:
            amounts[known.canon(one.BeneficiaryName)] += one.Amount
    wanted = {known.suppliers[one].name: it for one, it in amounts.items() if it >= 500000}
    found = {row["text"]: row["amount"] for row in questions.without_contract(sample)}
    assert found == wanted and len(found) > 50
    told = questions.summary(sample)
    assert told["without_count"] == len(wanted)
    assert told["without_amount"] == sum(wanted.values())


def test_without_a_threshold_nobody_is_asked_about(content: Path) -> None:
    records = load(content).records
    assert records is not None
    assert questions.without_contract(register(records, date(2026, 5, 14))) == []


def test_places_add_up_to_the_payments_that_name_one(sample: Register) -> None:
    wanted: Counter[str] = Counter()
    for one in of_this_year(sample):
        if one.Place:
            wanted[f"places/{one.Place}/"] += one.Amount
    rows = spentplaces.rows(sample)
    assert {row["address"]: row["amount"] for row in rows if row["amount"]} == dict(wanted)
    wards = {id for id, one in sample.records.places.items() if one.classification == "ward"}
    assert wards <= {row["address"].split("/")[1] for row in rows}, "also those without a penny"


def test_the_whole_place_counts_nothing_twice(sample: Register) -> None:
    found = wholeplace.whole(sample)
    assert found.bodies == ("marlowick", "wick-valley-joint-waste")
    assert [month.month for month in found.months] == [7, 8, 9]
    releases = [
        one
        for one in sample.records.releases.values()
        if one.classification in ("payments", "purchase-card") and one.period.end > date(2026, 7, 1)
    ]
    every = sum(one.total for one in releases)
    assert found.paid.total() == every
    shares = [
        one.Amount
        for release in releases
        for one in release.payments
        if one.BeneficiaryName == "Wick Valley Joint Waste Account"
    ]
    view = wholeplace.view(sample)
    assert view["between"] == sum(shares) > 0
    assert view["total"] == every - sum(shares)
    named = sum(row["amount"] for row in wholeplace.supplier_rows(sample))
    withheld = sum(
        one.Amount for release in releases for one in release.payments if one.RedactionReason
    )
    assert named + withheld == view["total"]


def test_a_council_alone_has_no_whole_place(content: Path) -> None:
    records = load(content).records
    assert records is not None
    found = register(records, date(2026, 5, 14))
    assert list(wholeplace.pages(found)) == []
    assert "spending/whole-place.csv" not in dict(sheets.files(found))


def _beside(sample: Register) -> Iterator[tuple[str, bytes]]:
    for page in (*suppliers.pages(sample), *services.pages(sample)):
        if page.sheet:
            yield sheet(page.address), page.sheet(sample)


def test_each_sheet_agrees_with_its_picture(sample: Register) -> None:
    known = ledger(sample)
    found = {
        path: list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
        for path, raw in (*sheets.files(sample), *_beside(sample))
    }
    total = sum(round(float(row["Paid"]) * 100) for row in found["spending/by-month.csv"])
    assert total == known.whole.total
    by_service = {row["Service"]: row["Paid"] for row in found["spending/by-service.csv"]}
    assert by_service == {
        row["text"]: f"{row['amount'] / 100:.2f}" for row in spending.service_rows(known)
    }
    assert len(found["spending/by-supplier.csv"]) == len(known.suppliers)
    for account in known.suppliers.values():
        rows = found[f"spending/suppliers/{account.slug}.csv"]
        assert sum(round(float(row["Paid"]) * 100) for row in rows) == account.total


def test_spellings_are_one_supplier_with_its_number(sample: Register) -> None:
    known = ledger(sample)
    one = known.canon("OTTERBANK CARE HOMES")
    assert one == known.canon("Otterbank Care Homes LLP")
    view = suppliers.view(sample, one)
    assert view["title"] == "Otterbank Care Homes LLP"
    assert "OTTERBANK CARE HOMES" in view["spellings"]
    (number,) = view["identifiers"]
    assert number["url"].endswith("/company/OC999947")
    assert known.suppliers[one].slug == "otterbank-care-homes"
    names = [it.name for it in known.suppliers.values()]
    assert "OTTERBANK CARE HOMES" not in names


def test_a_provider_is_paid_what_its_supplier_is_however_it_is_spelled(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    changed = 0
    for table in (tmp_path / "content" / "spending").rglob("*.csv"):
        text = table.read_text("utf-8")
        changed += text.count("Kestrel")
        table.write_text(text.replace("Kestrel", "KESTREL"), "utf-8")
    loaded = load(tmp_path / "content")
    assert loaded.records is not None, [problem.text() for problem in loaded.problems]
    found = register(loaded.records, date(2026, 5, 14))
    accounts = [
        one for one in ledger(found).suppliers.values() if one.provider == "kestrel-highways"
    ]
    view = providers.view(found, "kestrel-highways")
    assert view["payment_count"] == sum(one.count for one in accounts) > 1 and changed > 1
    assert view["total"] == sum(one.total for one in accounts)


def test_every_register_has_an_example_in_its_own_form() -> None:
    for scheme in schemes().values():
        assert re.fullmatch(scheme.pattern, scheme.example), scheme.code
        assert scheme.address(scheme.example).startswith("https://")
