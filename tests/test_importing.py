"""Finance exports become spending releases; what cannot is refused in a sentence."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest
import yaml

from minutebook.importing import money
from minutebook.importing.command import main
from minutebook.records.load import load

COUNCIL = """\
id: testham
name: Testham Council
summary: A council for tests.
nation: england
rulebook: none
languages: [en]
time_zone: Europe/London
currency: GBP
licence: {name: OGL-UK-3.0, title: Open Government Licence v3.0, url: 'https://example.org/licence'}
contact: {name: Finance}
"""
PROVIDER = "id: acorn\nname: Acorn Trust\nsummary: Runs the pools.\nclassification: charity\n"
HEAD = "Department,Supplier,Payment date,Ref no,Net amount,Description\n"
ROWS = (
    'Parks,@UK Plc,03/03/2023,B1,"1,234.50",Mowing\nParks,-Kiwi.Com-,17/03/2023,B2,(20.00),Refund\n'
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of a council with one provider."""
    folder = tmp_path / "content"
    (folder / "providers").mkdir(parents=True)
    (folder / "council.yaml").write_text(COUNCIL, "utf-8")
    (folder / "providers" / "acorn.yaml").write_text(PROVIDER, "utf-8")
    return folder


class Desk:
    """Where an officer imports files, and looks at what came of it."""

    def __init__(self, folder: Path, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.content, self.capsys = folder, content, capsys

    def imports(self, data: str | bytes, *options: str, name: str = "export.csv") -> int:
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return self.run(str(path), *options)

    def run(self, *arguments: str) -> int:
        options = [] if "--organisation" in arguments else ["--organisation", "testham"]
        code = main([*arguments, *options, "--content", str(self.content)])
        self.out, self.err = self.capsys.readouterr()
        return code

    def record(self, identity: str = "2023-03") -> dict[str, object]:
        path = self.content / "spending" / identity[:4] / f"{identity}.yaml"
        return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)

    def table(self, identity: str = "2023-03") -> list[dict[str, str]]:
        path = self.content / "spending" / identity[:4] / f"{identity}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def written(self) -> dict[str, bytes]:
        files = (path for path in self.content.rglob("spending/**/*") if path.is_file())
        return {path.name: path.read_bytes() for path in files}


@pytest.fixture
def desk(tmp_path: Path, content: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, content, capsys)


def test_an_export_becomes_a_release_that_the_loader_takes(desk: Desk) -> None:
    assert desk.imports(HEAD + ROWS) == 0
    record = desk.record()
    assert record["period"] == {"start": "2023-03-01", "end": "2023-03-31"}
    assert (record["row_count"], record["total"], record["redacted_count"]) == ("2", "1214.50", "0")
    assert desk.table()[0] == {
        "OrganisationalUnit": "Parks",
        "BeneficiaryName": "@UK Plc",
        "PaymentDate": "2023-03-03",
        "TransactionNumber": "B1",
        "Amount": "1234.50",
        "Purpose": "Mowing",
    }
    assert desk.table()[1]["BeneficiaryName"] == "-Kiwi.Com-"
    assert list(load(desk.content).problems) == []
    table = desk.content / "spending" / "2023" / "2023-03.csv"
    table.write_text(table.read_text("utf-8").replace("1234.50", "1234.51"), "utf-8")
    assert load(desk.content).problems, "a changed amount must be noticed"


def test_importing_again_changes_nothing_and_another_file_is_refused(desk: Desk) -> None:
    desk.imports(HEAD + ROWS)
    before = desk.written()
    assert desk.imports(HEAD + ROWS) == 0
    assert desk.written() == before
    assert desk.imports(HEAD + ROWS.replace("Mowing", "Moving"), name="other.csv") == 1
    assert desk.written() == before
    assert 'made from another file, "export.csv"' in desk.err
    assert desk.imports(HEAD + ROWS.replace("Mowing", "Moving"), "--replace", name="other.csv") == 0
    assert desk.table()[0]["Purpose"] == "Moving"


def test_a_release_that_a_person_edited_is_not_overwritten(desk: Desk) -> None:
    desk.imports(HEAD + ROWS)
    path = desk.content / "spending" / "2023" / "2023-03.yaml"
    path.write_text(path.read_text("utf-8") + "notes: Ours.\n", "utf-8")
    assert desk.imports(HEAD + ROWS) == 1
    assert "Ours." in path.read_text("utf-8")
    assert "has changed since" in desk.err


def test_a_provider_s_release_carries_its_id(desk: Desk) -> None:
    assert desk.imports(HEAD + ROWS, "--organisation", "acorn") == 0
    assert desk.record("2023-03-acorn")["title"] == "Payments by Acorn Trust, March 2023"
    assert list(load(desk.content).problems) == []


def test_every_row_is_taken_or_rejected_with_its_line_and_reason(desk: Desk) -> None:
    bad = (
        "Parks,,04/03/2023,B3,5.00,No name\n"
        "\n,,,,,\n"
        "Parks,Ann Ltd,05/03/2023,B4,five,Words\n"
        "Parks,Ann Ltd,31/02/2023,B5,1.00,No such day\n"
        "Parks,Ann Ltd,06/03/2023,B6,1.005,Halfpenny\n"
        "Parks,Ann, Ltd,06/03/2023,B7,2.00,Shifted\n"
        ',Total,,,"1,220.50",\n'
    )
    assert desk.imports(HEAD + ROWS + bad) == 0
    source = desk.record()["source"]
    assert (source["rows"], source["rejected"]) == ("8", "6")
    rejected = desk.written()["2023-03.rejected.csv"].decode().splitlines()
    assert (
        rejected[0] == "line,reason,Department,Supplier,Payment date,Ref no,Net amount,Description,"
    )
    assert [line.split(",")[0] for line in rejected[1:]] == ["4", "7", "8", "9", "10", "11"]
    assert rejected[1] == "4,it has no supplier's name,Parks,,04/03/2023,B3,5.00,No name"
    assert "rows:  8 in = 2 payments + 6 rejected; 2 blank rows passed over" in desk.out
    assert "money: 1,220.50 in = 1,214.50 + 6.00 rejected" in desk.out
    assert "own total on line 11, 1,220.50, agrees with the rows above it" in desk.out


def test_columns_that_go_nowhere_are_named_and_duplicates_kept(desk: Desk) -> None:
    line = "Parks,Ann Ltd,20/03/2023,B9,1.00,Seeds,X\n"
    assert desk.imports(HEAD.replace("\n", ",RecId\n") + line * 2) == 0
    assert 'columns NOT taken: "RecId" (column G), 2 cells' in desk.out
    assert "exact duplicates of an earlier row, kept: 1" in desk.out
    assert len(desk.table()) == 2


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + ROWS).encode("utf-8-sig"),
        (HEAD + ROWS).encode("utf-16"),
        (HEAD.replace("amount", "amount (£)") + ROWS).encode("cp1252"),
        (HEAD.replace("amount", "amount(£)") + ROWS).encode("cp850"),
        (HEAD + ROWS).replace("\n", "\r").encode(),
        (HEAD + ROWS).replace("\n", "\r\n").encode(),
        ("\n,,,\nSpend over £250\n\n" + HEAD + ROWS).encode(),
        (HEAD + ROWS).replace('"1,234.50"', "1234.5").replace(",", ";").encode(),
        (HEAD + ROWS).replace('"1,234.50"', "£1234.50").replace(",", "\t").encode(),
        (HEAD.strip() + "," * 72 + "\n" + ROWS + (",,,,\n" * 1008)).encode(),
        (HEAD.replace("Net amount", "Amount") + ",,,,Net,\n" + ROWS).encode(),
        gzip.compress((HEAD + ROWS).encode()),
    ],
    ids=[
        "bom",
        "utf-16",
        "cp1252",
        "cp850",
        "cr",
        "crlf",
        "preamble",
        "semicolon",
        "tab",
        "wide",
        "two-lines",
        "gzip",
    ],
)
def test_the_same_table_in_many_forms(desk: Desk, data: bytes) -> None:
    assert desk.imports(data) == 0, desk.err
    assert [row["Amount"] for row in desk.table()] == ["1234.50", "-20.00"]
    assert desk.record()["total"] == "1214.50"


NO_AMOUNT = "Supplier,Date,Description\nAnn,03/03/2023,Seeds\n"
REFUSED = {
    "empty": (b"", "is empty"),
    "only line ends": (b"\r\n\r\n", "is empty"),
    "html": (b"<!DOCTYPE html><p>Not found</p>", "is a web page"),
    "workbook": (b"PK\x03\x04\x14\x00\x00\x00xl/workbook.xml", "is an Excel workbook"),
    "locked zip": (b"PK\x03\x04\x14\x00\x01\x00xl/workbook.xml", "encrypted with a password"),
    "old workbook": (b"\xd0\xcf\x11\xe0rest", "is an Excel workbook"),
    "locked": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "pdf": (b"%PDF-1.7", "is a PDF"),
    "half a gzip": (gzip.compress(ROWS.encode() * 9)[:40], "incomplete gzip"),
    "nul": (HEAD.encode() + b"a\x00b", "NUL"),
    "open quote": ((HEAD + ROWS + 'Parks,"Ann').encode(), "ends within a quoted cell"),
    "lost quote": ((HEAD + ROWS + 'P,"Ann\n' + ROWS).encode(), "row that begins on line 4"),
    "endless quote": ((HEAD + 'P,"Ann\n' + "P,Ann,,,1,\n" * 200 + '"\n').encode(), "more than 100 lines"),
    "unasked quote": ((HEAD + 'P,"A" Ltd,,,1,\n').encode(), "not doubled"),
    "long cell": ((HEAD + "x" * 40_000).encode(), "longer than 32,767"),
    "many columns": ((HEAD + "x," * 1_100 + "x\n").encode(), "at most 1,000"),
    "no amount": (NO_AMOUNT.encode(), "has no amount column"),
    "no supplier": (b"Amount,Date,Description\n1.00,03/03/2023,Seeds\n", "has no supplier column"),
    "no header": (b"a,b\n1,2\n", "has no header row"),
    "no rows": (HEAD.encode(), "no payment below"),
    "no good row": ((HEAD + "Parks,Ann,03/03/2023,B,x,y\n").encode(), "no row that can be taken"),
    "two amounts": (b"Supplier,Amount,Net\nAnn,1.20,1.00\n", 'two columns that may be Amount'),
    "two orders": ((HEAD + ROWS + "P,Ann,03/17/2023,B,1,x\n").encode(), "dates in two ways"),
    "no order": ((HEAD + "P,Ann,03/04/2023,B,1,x\n").encode(), "day or the month first"),
    "no dates": (b"Supplier,Amount\nAnn,1.00\n", "has no payment dates"),
    "lost dates": ((HEAD + "P,Ann,00:00:00,B,1,x\n").encode(), "say --period"),
    "many months": ((HEAD + ROWS + "P,Ann,03/08/2023,B,1,x\n").encode(), "which month or quarter"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_imported_gets_one_sentence(desk: Desk, data: bytes, sentence: str) -> None:
    assert desk.imports(data) == 1
    assert sentence in desk.err
    assert ": " in desk.err.split("export.csv: ")[1], "how to mend it stands after a colon"
    assert len(desk.err.splitlines()) == 1
    assert len(desk.err) < 2_000
    assert desk.written() == {}


def test_one_bad_file_does_not_stop_the_others(desk: Desk) -> None:
    (desk.folder / "good.csv").write_text(HEAD + ROWS, "utf-8")
    (desk.folder / "bad.csv").write_text("", "utf-8")
    files = [str(desk.folder / name) for name in ("bad.csv", "absent.csv", "good.csv")]
    assert desk.run(*files) == 1
    assert "absent.csv: is not there" in desk.err
    assert "bad.csv: is empty" in desk.err
    assert "1 of 3 files imported" in desk.out
    assert len(desk.table()) == 2


def test_a_dry_run_writes_nothing_and_tells_the_same(desk: Desk) -> None:
    assert desk.imports(HEAD + ROWS, "--dry-run") == 0
    assert desk.written() == {}
    assert "would make" in desk.out
    assert "1,214.50" in desk.out


@pytest.mark.parametrize(
    "options",
    [
        ["--period", "March"],
        ["--period", "2023-13"],
        ["--date-order", "ymd"],
        ["--organisation", "Testham!"],
        ["--column", "Price=Net"],
        ["--column", "Amount"],
    ],
)
def test_wrong_use_is_exit_code_2(desk: Desk, options: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        desk.imports(HEAD + ROWS, *options)
    assert stopped.value.code == 2
    assert desk.written() == {}


def test_a_folder_without_a_council_is_wrong_use(tmp_path: Path, desk: Desk) -> None:
    desk.content = tmp_path / "elsewhere"
    assert desk.imports(HEAD + ROWS) == 2
    assert "not a content folder" in desk.err


def test_the_officer_says_what_the_file_does_not(desk: Desk) -> None:
    data = "+,Who,When,Net,Gross\nParks,Redacted,00:00:00,1.00,1.20\n"
    options = ("--column", "OrganisationalUnit=+", "--column", "BeneficiaryName=Who")
    assert desk.imports(data, *options, "--period", "2014-Q2") == 0
    assert desk.table("2014-q2") == [
        {
            "OrganisationalUnit": "Parks",
            "BeneficiaryName": "Redacted",
            "Amount": "1.00",
            "RedactionReason": "not-stated",
        }
    ]
    assert desk.record("2014-q2")["redacted_count"] == "1"
    assert desk.imports(HEAD + ROWS, "--column", "Purpose=Absent") == 1
    assert 'no column "Absent"' in desk.err


def test_lost_dates_leave_the_date_empty_and_the_name_gives_the_quarter(desk: Desk) -> None:
    data = HEAD + "Parks,Ann Ltd,00:00:00,B1,1.00,Seeds\n"
    assert desk.imports(data, name="spend-apr-jun-2014.csv") == 0
    assert desk.table("2014-q2")[0]["PaymentDate"] == ""
    assert desk.record("2014-q2")["notes"] == "The source gives no payment dates."
    assert list(load(desk.content).problems) == []


DOUBTFUL = HEAD + "P,Ann,03/04/2023,B,1,x\nP,Ann,03/05/2023,B,2,x\n"


@pytest.mark.parametrize(
    ("data", "options", "name", "days"),
    [
        (DOUBTFUL, ["--date-order", "mdy"], "a.csv", ["2023-03-04", "2023-03-05"]),
        (DOUBTFUL, [], "March-2023.csv", ["2023-03-04", "2023-03-05"]),
        (DOUBTFUL, ["--period", "2023-03"], "a.csv", ["2023-03-04", "2023-03-05"]),
        (DOUBTFUL + "P,Ann,03/13/2023,B,3,x\n", [], "a.csv", ["2023-03-04", "2023-03-05", "2023-03-13"]),
        (HEAD + "P,Ann,03/03/2023,B,1,x\n", [], "a.csv", ["2023-03-03"]),
    ],
    ids=["said", "by name", "by period", "by a day above 12", "no matter"],
)  # fmt: skip
def test_the_order_of_day_and_month_is_known_for_the_whole_file(
    desk: Desk, data: str, options: list[str], name: str, days: list[str]
) -> None:
    assert desk.imports(data, *options, name=name) == 0, desk.err
    assert [row["PaymentDate"] for row in desk.table()] == days


def test_two_files_of_one_run_cannot_become_one_release(desk: Desk) -> None:
    for name in ("a.csv", "b.csv"):
        (desk.folder / name).write_text(HEAD + ROWS + f"P,Ann,04/03/2023,B,1,{name}\n", "utf-8")
    files = [str(desk.folder / name) for name in ("a.csv", "b.csv")]
    for options in (["--dry-run"], []):
        assert desk.run(*files, *options) == 1
        assert 'gives the release "2023-03", and so does a.csv' in desk.err
    assert desk.table()[-1]["Purpose"] == "a.csv"


def test_what_a_file_shows_cannot_command_a_terminal(desk: Desk) -> None:
    assert desk.imports(HEAD.replace("\n", ",\x1b[2J\n") + ROWS) == 0
    assert "\x1b" not in desk.out


SHARED = Path(
    os.environ.get("MINUTEBOOK_SHARED_DATA")
    or Path(__file__).resolve().parent.parent.parent / "shared" / "data"
)


@pytest.mark.parametrize(
    ("folder", "count", "rows", "rejected", "pence"),
    [
        ("spend-hyndburn", 52, 11_577, 0, 3_367_148_222),
        ("spend-oxford", 9, 34_467, 1, 12_219_724_586),
    ],
)
def test_real_exports(
    desk: Desk, folder: str, count: int, rows: int, rejected: int, pence: int
) -> None:
    if not (SHARED / folder).is_dir():
        pytest.skip(f"{folder} is not here; name its parent in MINUTEBOOK_SHARED_DATA")
    files = sorted(str(path) for path in (SHARED / folder).iterdir() if ".csv" in path.suffixes)
    assert desk.run(*files) == 0
    records = [desk.record(path.stem) for path in (desk.content / "spending").rglob("*.yaml")]
    assert len(records) == len(files) == count
    assert sum(int(record["source"]["rows"]) for record in records) == rows
    assert sum(int(record["source"]["rejected"]) for record in records) == rejected
    assert sum(int(record["row_count"]) for record in records) == rows - rejected
    assert sum(money.read(record["total"]) for record in records) == pence
    assert list(load(desk.content).problems) == []
    before = desk.written()
    assert desk.run(*files) == 0
    assert desk.written() == before


def test_what_is_left_of_windows_text_is_restored_and_counted(desk: Desk) -> None:
    rows = "Parks,Ann\x92s caf\xe9,13/03/2023,B1,1.00,\x07Bells\n"
    assert desk.imports(HEAD + rows) == 0, desk.err
    (row,) = desk.table()
    assert (row["BeneficiaryName"], row["Purpose"]) == ("Ann’s café", "Bells")
    assert "cannot be seen, restored or taken out: 2" in desk.out
    assert list(load(desk.content).problems) == []


def test_payments_above_the_only_header_are_not_passed_over(desk: Desk) -> None:
    assert desk.imports(ROWS + HEAD + ROWS) == 1
    assert "line 1 that looks like a payment, above its header on line 3" in desk.err
    assert desk.written() == {}


def test_a_header_in_the_middle_and_a_sum_are_no_payments(desk: Desk) -> None:
    assert desk.imports(HEAD + ROWS + HEAD + ',,,Sum:,"1,214.50",\n') == 0
    assert "rejected line 4: it is a header, not a payment" in desk.out
    assert "own total on line 5, 1,214.50, agrees" in desk.out
    assert "money: 1,214.50 in = 1,214.50 + 0.00 rejected" in desk.out
