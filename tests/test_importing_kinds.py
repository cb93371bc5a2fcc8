"""Purchase cards, grants, contracts, budgets, and files of many months."""

from __future__ import annotations

import pytest
from test_importing import HEAD, ROWS, Desk, content, desk

from minutebook.records.load import load

__all__ = ["content", "desk"]

CARD = (
    "Transaction Date,Department,Merchant,Merchant Category,Amount,Irrecoverable VAT,Purpose\n"
    '13/03/2023,Parks,-Kiwi.Com-,Travel,"£1,010.50",£2.10,Course\n'
)
GRANTS = (
    "Identifier,Title,Description,Amount Awarded,Award Date,Recipient Org:Name,"
    "Recipient Org:Charity Number,Planned Dates:Duration (months),Grant Programme:Title\n"
    "360G-1,Garden,Plants,1000,2023-05-13,Friends of the Park,123456,12,Green fund\n"
    "360G-2,Play,Swings,500.50,13/06/2023,Redacted - personal data,,,Green fund\n"
)
CONTRACTS = (
    "Reference Number,Title of agreement,Department Responsible,Supplier Name,Contract Value,"
    "Start Date,End Date,Review Date,SME,VCSE,Process Type\n"
    'C1,Cleaning,Estates,Clean Ltd,"£12,000",01/04/2023,31/03/2025,,Yes,N,Invitation to tender\n'
    "C2,Legal,Law,@UK Plc,,13/04/2021,Ongoing,,n/k,,Quote\n"
    "C3,Roads,Highways,Tar Ltd,tbc,13/04/2021,,,,,Quote\n"
)
BUDGET = "Service,Description,Budget\nParks,Mowing,1000\nRoads,Tar,2000\nTotal,,3000\n"


def test_a_purchase_card_file(desk: Desk) -> None:
    assert desk.imports(CARD, "--kind", "purchase-card") == 0, desk.err
    assert desk.table("2023-03-card") == [
        {
            "OrganisationalUnit": "Parks",
            "BeneficiaryName": "-Kiwi.Com-",
            "PaymentDate": "2023-03-13",
            "Amount": "1010.50",
            "IrrecoverableVATAmount": "2.10",
            "Purpose": "Course",
            "MerchantCategory": "Travel",
        }
    ]
    assert desk.record("2023-03-card")["title"] == "Purchase card payments, March 2023"
    assert list(load(desk.content).problems) == []


def test_a_file_of_grants_with_the_names_of_360giving(desk: Desk) -> None:
    assert desk.imports(GRANTS, "--kind", "grants", name="grants-2023-24.csv") == 0, desk.err
    record = desk.record("2023-24-grants")
    assert record["period"] == {"start": "2023-04-01", "end": "2024-03-31"}
    assert (record["total"], record["redacted_count"]) == ("1500.50", "1")
    first, second = desk.table("2023-24-grants")
    assert (first["RecipientOrgCharityNumber"], first["PlannedDatesDuration"]) == ("123456", "12")
    assert (second["AwardDate"], second["RedactionReason"]) == ("2023-06-13", "personal")
    assert list(load(desk.content).problems) == []


def test_a_register_of_contracts_keeps_those_without_a_value(desk: Desk) -> None:
    options = ("--kind", "contracts", "--period", "2023-Q2")
    assert desk.imports(CONTRACTS, *options) == 0, desk.err
    first, second = desk.table("2023-q2-contracts")
    assert (first["ContractValue"], first["SupplierIsSME"]) == ("12000.00", "true")
    assert (second["ContractValue"], second["EndDate"], second["SupplierIsSME"]) == ("", "", "")
    assert "cells that are no EndDate, left empty: 1" in desk.out
    assert "cells that are no SupplierIsSME, left empty: 1" in desk.out
    assert "rejected line 4: the amount is not a number" in desk.out
    assert desk.record("2023-q2-contracts")["notes"] == "The source gives no value for 1 contract."
    assert list(load(desk.content).problems) == []


def test_a_budget(desk: Desk) -> None:
    assert desk.imports(BUDGET, "--kind", "budget", "--period", "2023-24") == 0, desk.err
    assert desk.record("2023-24-budget")["total"] == "3000.00"
    assert "own total on line 4, 3,000.00, agrees" in desk.out
    assert list(load(desk.content).problems) == []


def test_the_period_of_a_register_is_never_taken_from_its_dates(desk: Desk) -> None:
    assert desk.imports(CONTRACTS, "--kind", "contracts") == 1
    assert "say --period" in desk.err


def test_a_long_file_becomes_a_release_a_month(desk: Desk) -> None:
    more = ROWS.replace("/03/2023", "/05/2023") + "Parks,Ann,,B9,1.00,No day\n"
    assert desk.imports(HEAD + ROWS + more, "--by-month") == 0, desk.err
    assert desk.record("2023-03")["total"] == "1214.50"
    assert (desk.record("2023-05")["total"], desk.record("2023-05")["row_count"]) == (
        "1215.50",
        "3",
    )
    assert "5 rows in = 5 payments" in desk.out
    assert list(load(desk.content).problems) == []
    before = desk.written()
    assert desk.imports(HEAD + ROWS + more, "--by-month") == 0
    assert desk.written() == before


def test_a_long_file_is_written_whole_or_not_at_all(desk: Desk) -> None:
    desk.imports(HEAD + ROWS, name="march.csv")
    before = desk.written()
    both = HEAD + ROWS.replace("/03/2023", "/02/2023") + ROWS
    assert desk.imports(both, "--by-month") == 1
    assert desk.written() == before


@pytest.mark.parametrize(
    ("total", "said"),
    [("1,214.50", "agrees with"), ("1,214.51", "differs by 0.01 from")],
)
def test_the_file_s_own_total_is_compared(desk: Desk, total: str, said: str) -> None:
    assert desk.imports(HEAD + ROWS + f'Grand total for March,,,,"{total}",\n') == 0
    assert f"own total on line 4, {total}, {said}" in desk.out
    told = "own total" in str(desk.record().get("notes", ""))
    assert told == (said != "agrees with"), "a difference is published, an agreement need not be"


def test_totals_of_parts_are_compared_with_their_parts(desk: Desk) -> None:
    part = "Parks,Ann,20/03/2023,B8,5.00,x\n"
    data = HEAD + ROWS + 'Total Parks,,,,"1,214.50",\n' + part + "Total,,,,5.00,\n"
    data += 'Grand total,,,,"1,219.50",\n'
    assert desk.imports(data.replace("Total Parks", "Total for Parks")) == 0
    assert desk.out.count("agrees with") == 3, desk.out


def test_a_supplier_whose_name_begins_with_total_is_paid(desk: Desk) -> None:
    assert desk.imports(HEAD + ROWS + "Parks,Total Gas & Power,20/03/2023,,5.00,Gas\n") == 0
    assert len(desk.table()) == 3
