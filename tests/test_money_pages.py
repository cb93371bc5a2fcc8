"""The pages about money: every penny is counted once, and nobody whose name is withheld has a page."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import format_currency
from conftest import CONTENT
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.pages import releases, suppliers
from minutebook.pages.charts import columns, lengths, months
from minutebook.pages.paid import ROWS, row, row_address
from minutebook.publishing.words import Words
from minutebook.records.ledger import SERVICES, SUPPLIERS, ledger
from minutebook.records.load import load
from minutebook.records.model import Payment
from minutebook.records.model.build import pence
from minutebook.records.payments import month_in, payments
from minutebook.records.register import Register, register
from minutebook.records.slugs import slugs


@pytest.fixture(scope="module")
def sample() -> Register:
    """The register of the sample council."""
    records = load(CONTENT).records
    assert records is not None and records.council.as_of
    return register(records, records.council.as_of)


def published(sample: Register) -> list[Payment]:
    return [one for release in ledger(sample).releases for one in release.payments]


def test_suppliers_and_withheld_names_add_up_to_the_releases(sample: Register) -> None:
    known = ledger(sample)
    every = published(sample)
    assert known.whole.total == sum(one.Amount for one in every)
    assert known.whole.count == len(every) > 2000
    named = sum(one.total for one in known.suppliers.values())
    assert named + known.withheld.total == known.whole.total
    services = sum(one.total for one in known.services.values())
    assert services + known.unnamed.total == known.whole.total
    for account in known.suppliers.values():
        assert sum(account.months.values()) == sum(account.others.values()) == account.total
        assert sum(one.amount for one in account.paid.newest(account.count)) == account.total


def test_a_withheld_name_has_no_page(sample: Register) -> None:
    withheld = {one.BeneficiaryName for one in published(sample) if one.RedactionReason}
    told = {one.BeneficiaryName for one in published(sample) if not one.RedactionReason}
    assert withheld, "the sample council withholds some names"
    known = ledger(sample)
    for name in withheld - told:
        assert known.canon(name) not in known.suppliers
    assert all(known.canon(name) in known.suppliers for name in told)
    for release in known.releases:
        for payment in payments(release):
            to = row(sample, payment, known)["payee_address"]
            assert bool(to) is not bool(payment.reason)


def test_every_supplier_stands_in_the_index_by_letter(sample: Register) -> None:
    listed = {
        row["address"]
        for page in suppliers.pages(sample)
        if page.address.startswith(f"{SUPPLIERS}starting-")
        for row in page.view(sample)["rows"]
    }
    assert listed == {f"{SUPPLIERS}{one.slug}/" for one in ledger(sample).suppliers.values()}


def test_addresses_do_not_change_when_a_name_is_added() -> None:
    first = slugs(["ald & sons", "öst ltd", "page 2", "ald and sons"])
    assert first["ald & sons"] == "ald-and-sons"
    assert first["öst ltd"] == "ost-ltd"
    assert first["page 2"] != "page-2", "it would be the second page of a list"
    assert len(set(first.values())) == 4
    later = slugs([*first, "ald - and - sons"])
    assert {one: later[one] for one in first} == first
    assert slugs(["???"])["???"].startswith("name-")


def test_a_table_can_be_downloaded_as_it_was_published(site: Path, sample: Register) -> None:
    for release in ledger(sample).releases:
        table = CONTENT / Path(release.path).parent / str(release.table)
        given = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
        copy = (site / f"spending/{release.id}.csv").read_text(encoding="utf-8")
        found = list(csv.DictReader(io.StringIO(copy)))
        used = set(found[0])
        assert [{k: v for k, v in row.items() if k in used} for row in given] == found
        assert not any(v for row in given for k, v in row.items() if k not in used)
        assert sum(pence(row["Amount"]) for row in found) == release.total


def test_each_row_of_a_long_release_stands_on_one_page(content: Path) -> None:
    rows = "".join(f"Supplier {n % 7},{n}.00\n" for n in range(1, ROWS * 2 + 2))
    folder = content / "spending/2026"
    (folder / "2026-03.csv").write_text(f"BeneficiaryName,Amount\n{rows}", encoding="utf-8")
    count = ROWS * 2 + 1
    text = (folder / "2026-02.yaml").read_text(encoding="utf-8").partition("row_count")[0]
    text = text.replace("2026-02", "2026-03").replace("03-28", "03-31")
    total = count * (count + 1) // 2
    text += f"row_count: {count}\ntotal: {total}.00\nredacted_count: 0\ntable: 2026-03.csv\n"
    (folder / "2026-03.yaml").write_text(text, encoding="utf-8")
    loaded = load(content)
    assert loaded.records is not None, loaded.problems
    found = register(loaded.records, date(2026, 5, 14))
    pages = [page for page in releases.pages(found) if "2026-03" in page.address]
    assert [page.kind for page in pages] == ["release", "page", "page"]
    numbers = [row["number"] for page in pages for row in page.view(found)["rows"]]
    assert numbers == list(range(1, count + 1))
    assert row_address("2026-03", ROWS) == f"spending/2026-03/page-2/#row-{ROWS + 1}"
    assert row_address("2026-03", ROWS - 1) == f"spending/2026-03/#row-{ROWS}"


def test_a_date_outside_the_period_counts_in_the_period(sample: Register) -> None:
    release = ledger(sample).releases[0]
    assert month_in(release, "2106-01") == release.period.end.replace(day=1)
    assert month_in(release, "1926-01") == release.period.start.replace(day=1)


def test_bars_are_in_proportion() -> None:
    assert lengths([50, 100, -10, 0]) == [50.0, 100.0, 0.0, 0.0]
    assert lengths([0, 0]) == [0.0, 0.0]
    assert columns({}) is None
    chart = columns({date(2026, 1, 1): 300, date(2026, 3, 1): -100})
    assert chart is not None
    assert chart["line"] == 120.0
    assert chart["paid"] == "M5.0 120.0h40.0v-120.0h-40.0z"
    assert chart["back"] == "M105.0 120.0h40.0v40.0h-40.0z", "what came back hangs down"
    assert [amount for _, amount in months({date(2025, 12, 1): 1, date(2026, 2, 1): 2})] == [
        1,
        0,
        2,
    ]


def test_what_is_linked_leads_there_and_back(site: Path, sample: Register) -> None:
    for contract in sample.records.contracts.values():
        page = (site / f"contracts/{contract.id}/index.html").read_text(encoding="utf-8")
        provider = (site / f"providers/{contract.provider}/index.html").read_text(encoding="utf-8")
        assert f"providers/{contract.provider}/" in page
        assert f"contracts/{contract.id}/" in provider
    for account in ledger(sample).services.values():
        assert (site / f"{SERVICES}{account.slug}/index.html").is_file()
    for account in ledger(sample).suppliers.values():
        data = json.loads((site / f"{SUPPLIERS}{account.slug}.json").read_text(encoding="utf-8"))
        assert pence(data["total"]) == account.total


@settings(max_examples=300, deadline=None)
@given(
    pence=st.integers(-(10**14), 10**14) | st.integers(-200_000, 200_000),
    language=st.sampled_from(
        ["en", "cy", "de", "fr", "es", "pl", "pt-PT", "de-CH", "hi", "ar", "ja"]
    ),
    currency=st.sampled_from(["GBP", "EUR", "CHF", "JPY", "BHD"]),
)
def test_amounts_are_written_as_babel_writes_them(pence: int, language: str, currency: str) -> None:
    words = Words(language, currency)
    expected = format_currency(Decimal(pence) / 100, currency, locale=words.locale)
    assert words.money(pence) == expected


def test_the_smallest_part_is_told_as_under_one_percent(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suppliers, "_by_year", lambda _: defaultdict(lambda: 10**15))
    shares = {
        view["share"]
        for one in ledger(sample).suppliers
        if (view := suppliers.view(sample, one)["last_year"])["paid"] > 0
    }
    assert len(shares) == 1 and 0 < shares.pop() < 0.01, "0% would say that nothing was paid"
