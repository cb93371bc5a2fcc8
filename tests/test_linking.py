"""Suggestions which contract a payment belongs to: right where they are sure, and never written unasked."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CONTENT

from minutebook.linking import clues
from minutebook.linking.command import main
from minutebook.linking.sheet import guarded
from minutebook.linking.suggest import suggest
from minutebook.records.load import load
from minutebook.records.records import Records


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A copy of the sample council's records, to write into."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def hidden(records: Records) -> dict[tuple[str, int], str]:
    """Take the contract from every payment; gives which it was, by release and row."""
    found = {}
    for id, release in records.releases.items():
        for number, payment in enumerate(release.payments, 1):
            if payment.ContractRef:
                found[id, number] = payment.ContractRef
        bare = tuple(replace(one, ContractRef=None, DecisionRef=None) for one in release.payments)
        object.__setattr__(release, "payments", bare)
    return found


def test_contracts_that_were_hidden_are_found_again() -> None:
    records = load(CONTENT).records
    assert records is not None
    truth = hidden(records)
    found = {(one.release, one.row): one for one in suggest(records)}
    strong = [at for at, one in found.items() if one.strength == "strong"]
    right = [at for at in strong if truth.get(at) == found[at].contract]
    assert len(right) == len(strong), "a strong suggestion is right"
    assert len(right) >= 0.85 * len(truth)
    every = [at for at in truth if at in found and found[at].contract == truth[at]]
    assert len(every) >= 0.98 * len(truth), "what was paid long after a contract's end is not found"


def test_a_contract_out_of_its_period_or_of_somebody_else_is_not_suggested() -> None:
    records = load(CONTENT).records
    assert records is not None
    hidden(records)
    for one in suggest(records):
        contract = records.contracts[one.contract]
        assert one.payment.PaymentDate is None or one.payment.PaymentDate >= contract.period.start
        provider = records.providers[contract.provider]
        names = {clues.bare_name(name) for name in (provider.name, *provider.paid_as)}
        assert clues.bare_name(one.payment.BeneficiaryName) in names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("THORNWAY CARE LTD", "Thornway Care Limited", True),
        ("Thornway Care", "Thornway Carers", False),
        ("St. Osyth's Home Trustees", "ST OSYTHS HOME", True),
        ("The Company Ltd", "", True),
    ],
)
def test_names_are_alike_without_their_endings(one: str, other: str, same: bool) -> None:
    assert (clues.bare_name(one) == clues.bare_name(other)) is same


def test_a_reference_is_found_however_it_is_written() -> None:
    assert clues.code("MBC/2025/0017") in clues.codes("Call-off (MBC 2025 0017), May")
    assert clues.code("MBC/2025/0017") in clues.codes("inv 33 mbc-2025-0017")
    assert not clues.is_telling("2026-003"), "it could be a date or an invoice"
    assert clues.is_telling("c-2026-03")


def test_the_text_of_a_payment_can_name_its_contract(
    council: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = council / "spending/2026/2026-05.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(",Nursing care,Nursing care,", ",ref MBC/2025/0017,Nursing care,")
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "links.csv"
    arguments = ["--content", str(council), "--out", str(out), "--release", "2026-05", "--all"]
    assert main(arguments) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Row"]: row for row in csv.DictReader(file)}
    assert rows["2"]["ContractRef"] == "c-2025-01"
    assert "names the contract" in rows["2"]["Because"]
    assert "another name" in rows["2"]["Because"]
    assert all(row["Accept"] == "" for row in rows.values())
    assert "row 2" in capsys.readouterr().out


def suggestions(council: Path, out: Path) -> list[dict[str, str]]:
    assert main(["--content", str(council), "--out", str(out)]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def marked(out: Path, rows: list[dict[str, str]], first: str = "yes") -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows([{**rows[0], "Accept": first}, *rows[1:]])


def test_only_what_was_accepted_is_written_and_nothing_else_changes(
    council: Path, tmp_path: Path
) -> None:
    out = tmp_path / "links.csv"
    before = {path: path.read_bytes() for path in council.rglob("*.csv")}
    rows = suggestions(council, out)
    assert before == {path: path.read_bytes() for path in council.rglob("*.csv")}
    marked(out, rows)
    assert main(["--content", str(council), "--accept", str(out)]) == 0
    changed = [path for path, was in before.items() if path.read_bytes() != was]
    assert [path.stem for path in changed] == [rows[0]["Release"].removeprefix("spending/")]
    old = before[changed[0]].splitlines()
    new = changed[0].read_bytes().splitlines()
    assert [n for n in range(len(old)) if old[n] != new[n]] == [int(rows[0]["Row"])]
    records = load(council).records
    assert records is not None
    payment = records.releases[rows[0]["Release"].removeprefix("spending/")].payments[
        int(rows[0]["Row"]) - 1
    ]
    assert payment.ContractRef == rows[0]["ContractRef"]
    assert payment.DecisionRef == (rows[0]["DecisionRef"] or None)


def test_a_table_without_the_columns_gets_them(council: Path, tmp_path: Path) -> None:
    out = tmp_path / "links.csv"
    row = suggestions(council, out)[0]
    id = row["Release"].removeprefix("spending/")
    table = council / f"spending/2026/{id}.csv"
    with table.open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    kept = [name for name in cells[0] if name not in ("ContractRef", "DecisionRef")]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(cells)
    marked(out, [row])
    assert main(["--content", str(council), "--accept", str(out)]) == 0
    records = load(council).records
    assert records is not None
    found = [one for one in records.releases[id].payments if one.ContractRef]
    assert [one.ContractRef for one in found] == [row["ContractRef"]]
    assert table.read_bytes().count(b"\r\n") == len(cells) + 1, "line ends stay as they were"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Accept": "perhaps"}, "write yes"),
        ({"Amount": "1.00"}, "make them again"),
        ({"Row": "99999"}, "no row 99999"),
        ({"Row": "²"}, "not the number of a row"),
        ({"Release": "1999-01"}, 'no release "1999-01"'),
        ({"ContractRef": "c-1999-01"}, "no contract"),
        ({"ContractRef": "", "DecisionRef": ""}, "neither contract nor decision"),
    ],
)
def test_what_cannot_be_accepted_is_refused_whole(
    council: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, str],
    said: str,
) -> None:
    out = tmp_path / "links.csv"
    rows = suggestions(council, out)
    before = {path: path.read_bytes() for path in council.rglob("*.csv")}
    marked(out, [rows[0] | change, *rows[1:]], change.get("Accept", "yes"))
    assert main(["--content", str(council), "--accept", str(out)]) == 1
    told = capsys.readouterr().err
    assert said in told and "Traceback" not in told and "Nothing was written" in told
    assert before == {path: path.read_bytes() for path in council.rglob("*.csv")}


def test_a_spreadsheet_may_write_dates_in_its_own_way(council: Path, tmp_path: Path) -> None:
    out = tmp_path / "links.csv"
    rows = suggestions(council, out)
    year, month, day = rows[0]["PaymentDate"].split("-")
    marked(out, [rows[0] | {"PaymentDate": f"{day}/{month}/{year}"}])
    assert main(["--content", str(council), "--accept", str(out)]) == 0
    assert all(row["Release"].startswith("spending/") for row in rows), (
        "2026-05 would become May-26"
    )


@pytest.mark.parametrize("name", ["@UK Plc", "=1+1", "-Kiwi.Com-", "+44 Ltd"])
def test_no_name_is_a_formula_in_the_file(name: str) -> None:
    assert guarded(name) == f"'{name}"
    assert guarded("UK Plc") == "UK Plc"


def test_a_spreadsheet_may_take_the_zeros_from_an_amount(council: Path, tmp_path: Path) -> None:
    out = tmp_path / "links.csv"
    rows = suggestions(council, out)
    short = next(row for row in rows if row["Amount"].endswith("00"))
    marked(
        out, [short | {"Amount": short["Amount"].removesuffix("0").removesuffix("0").strip(".")}]
    )
    assert main(["--content", str(council), "--accept", str(out)]) == 0


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["--content", "no-such-folder"], 2),
        (["--release", "1999-01"], 2),
        (["--accept", "no-such-file.csv"], 1),
        (["--accept", "tests/test_linking.py"], 1),
        (["--out", "no-such-folder/links.csv"], 1),
    ],
)
def test_wrong_use_is_told_in_a_sentence(
    arguments: list[str], exit_code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    own = [] if "--content" in arguments else ["--content", str(CONTENT)]
    assert main([*own, *arguments]) == exit_code
    assert "Traceback" not in capsys.readouterr().err


def test_records_that_are_wrong_come_first(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (council / "contracts/c-2025-01.yaml").write_text("id: c-2025-01\n", encoding="utf-8")
    assert main(["--content", str(council)]) == 1
    assert "mend these first" in capsys.readouterr().err


def test_names_that_look_like_one_supplier_are_listed(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--content", str(council), "--spellings"]) == 0
    assert "No two names" in capsys.readouterr().out, (
        "the sample says of all of them whose they are"
    )
    (council / "suppliers/ambler-and-dyke-coaches.yaml").unlink()
    assert main(["--content", str(council), "--spellings"]) == 0
    told = capsys.readouterr().out
    assert "- AMBLER & DYKE COACHES LTD" in told and "- Ambler and Dyke Coaches" in told
    assert "1 in all" in told
