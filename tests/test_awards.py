"""Grants, registers of contracts and card payments: read, checked, shown and given out as what they are."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import OPEN

from minutebook.records.ledger import ledger
from minutebook.records.load import load
from minutebook.records.register import Register, register

NAMES = {
    "2026-grants": "Friends of the Park",
    "2026-contracts": "@UK Plc",
    "2026-03-card": "-Kiwi.Com-",
}


@pytest.fixture(scope="module")
def small() -> Register:
    """The register of a small council that has something of everything."""
    loaded = load(OPEN)
    assert loaded.records is not None, loaded.problems
    return register(loaded.records, date(2026, 6, 1))


def test_each_kind_of_release_has_its_own_rows(small: Register) -> None:
    found = small.records.releases
    assert [one.RecipientOrgName for one in found["2026-grants"].grants] == [
        "Friends of the Park",
        "Redacted personal data",
    ]
    assert [one.ContractValue for one in found["2026-contracts"].contract_entries] == [100050, None]
    assert found["2026-03-card"].payments[0].MerchantCategory == "Travel"  # type: ignore[attr-defined]


def test_what_is_awarded_is_not_counted_as_paid(small: Register) -> None:
    known = ledger(small)
    assert "2026-03-card" in {one.id for one in known.releases}
    assert not {"2026-grants", "2026-contracts"} & {one.id for one in known.releases}


@pytest.mark.parametrize("id", NAMES)
def test_each_kind_has_a_page_and_its_table(small: Register, open_site: Path, id: str) -> None:
    page = (open_site / "spending" / id / "index.html").read_text()
    assert {name for name in NAMES.values() if name in page} == {NAMES[id]}
    with (open_site / "spending" / f"{id}.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == small.records.releases[id].row_count


def test_a_register_may_leave_a_value_out_and_a_grant_may_not(tmp_path: Path) -> None:
    copy = tmp_path / "content"
    shutil.copytree(OPEN, copy)
    table = copy / "spending" / "2026-grants.csv"
    table.write_text(table.read_text().replace("1000.50", ""))
    (said,) = load(copy).problems
    assert (said.path, said.line, said.column) == ("spending/2026-grants.csv", 2, 4)


def test_the_package_has_a_table_of_each_kind(open_site: Path) -> None:
    descriptor = json.loads((open_site / "data" / "datapackage.json").read_text())
    rows = {one["name"]: one.get("rows") for one in descriptor["resources"]}
    assert (rows["grants"], rows["contract-entries"], rows["card-payments"]) == (2, 2, 1)
