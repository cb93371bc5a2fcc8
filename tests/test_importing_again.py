"""An export that is imported again takes nothing away that people added to its rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from test_importing import HEAD, ROWS, Desk, content, desk

__all__ = ["content", "desk"]

MORE = "Roads,Grit Ltd,20/03/2023,B3,50.00,Salt\n"
TWICE = "Roads,Grit Ltd,20/03/2023,B3,50.00,Salt\n" * 3


def link(desk: Desk, names: list[str], links: dict[int, list[str]]) -> None:
    """Add columns to the table, as link_payments.py does: row from 1 -> cells."""
    path = desk.content / "spending" / "2023" / "2023-03.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*rows[0], *names])
        for number, row in enumerate(rows[1:], 1):
            writer.writerow([*row, *links.get(number, [""] * len(names))])


def test_the_same_file_changes_nothing_after_links_were_accepted(desk: Desk) -> None:
    desk.imports(HEAD + ROWS + MORE)
    link(desk, ["DecisionRef", "ContractRef"], {2: ["2023-001", ""], 3: ["", "salt"]})
    before = desk.written()
    assert desk.imports(HEAD + ROWS + MORE) == 0
    assert desk.written() == before
    assert "nothing to do" in desk.out
    assert "added to them: 2" in desk.out


def test_a_corrected_file_keeps_the_links_of_the_rows_that_stay(desk: Desk) -> None:
    desk.imports(HEAD + ROWS + MORE)
    link(desk, ["ContractRef", "Place"], {1: ["mowing", "east"], 3: ["salt", ""]})
    corrected = (
        HEAD + "Parks,New Ltd,01/03/2023,B0,9.00,Seeds\n" + ROWS.replace("Mowing", "Hay") + MORE
    )
    assert desk.imports(corrected, "--replace") == 0
    found = desk.table()
    assert [row.get("ContractRef", "") for row in found] == ["", "", "", "salt"]
    assert "Place" not in found[0], "nobody is left who has one"
    assert "added to them: 1" in desk.out and "no longer in the file: 1" in desk.out
    assert 'gone: row 1 of the release, "2023-03-03, @UK Plc, 1234.50"' in desk.out


def test_of_equal_rows_the_first_goes_with_the_first(desk: Desk) -> None:
    desk.imports(HEAD + TWICE)
    link(desk, ["ContractRef"], {2: ["salt"]})
    assert desk.imports(HEAD + MORE.replace("B3", "B9") + TWICE, "--replace") == 0
    assert [row["ContractRef"] for row in desk.table()] == ["", "", "salt", ""]
    assert desk.imports(HEAD + MORE, "--replace") == 0
    assert "ContractRef" not in desk.table()[0]
    assert "no longer in the file: 1" in desk.out


def test_what_the_file_itself_says_comes_first(desk: Desk) -> None:
    head = HEAD.replace("Description", "Description,Contract ref")
    desk.imports(HEAD + MORE)
    link(desk, ["ContractRef"], {1: ["ours"]})
    rows = MORE.replace("Salt", "Salt,theirs")
    assert desk.imports(head + rows, "--column", "ContractRef=Contract ref", "--replace") == 0
    assert desk.table()[0]["ContractRef"] == "theirs"


def test_a_dry_run_tells_what_would_go_and_writes_nothing(desk: Desk) -> None:
    desk.imports(HEAD + ROWS)
    link(desk, ["ContractRef"], {1: ["mowing"]})
    before = desk.written()
    code = desk.imports(HEAD + ROWS.replace("Mowing", "Hay"), "--replace", "--dry-run")
    assert code == 0 and desk.written() == before
    assert "gone: row 1 of the release" in desk.out


@pytest.mark.parametrize("text", ["", "\n", "ContractRef\nx\n", "Amount,ContractRef\n"])
def test_a_table_that_is_none_is_no_hindrance(desk: Desk, text: str) -> None:
    desk.imports(HEAD + ROWS)
    before = desk.written()
    path: Path = desk.content / "spending" / "2023" / "2023-03.csv"
    path.write_text(text, "utf-8")
    assert desk.imports(HEAD + ROWS, "--replace") == 0
    assert desk.written() == before


@pytest.mark.parametrize(
    "raw", [b"Amount,ContractRef\n\xff\xfe,x\n", b'Amount,ContractRef\n"' + b"x" * 200_000]
)
@pytest.mark.parametrize("options", [[], ["--replace"]])
def test_a_table_that_cannot_be_read_is_left_as_it_is(
    desk: Desk, raw: bytes, options: list[str]
) -> None:
    desk.imports(HEAD + ROWS)
    (desk.content / "spending" / "2023" / "2023-03.csv").write_bytes(raw)
    before = desk.written()
    assert desk.imports(HEAD + ROWS, *options) == 1
    assert desk.written() == before
    assert "cannot be read as CSV (UTF-8)" in desk.err and "Traceback" not in desk.err


def test_what_is_gone_cannot_command_a_terminal(desk: Desk) -> None:
    desk.imports(HEAD + ROWS)
    link(desk, ["ContractRef"], {1: ["mowing"]})
    path = desk.content / "spending" / "2023" / "2023-03.csv"
    path.write_text(path.read_text("utf-8").replace("@UK Plc", "\x1b[2J\u202ePlc"), "utf-8")
    assert desk.imports(HEAD + ROWS, "--replace") == 0
    assert "gone: row 1" in desk.out
    assert "\x1b" not in desk.out and "\u202e" not in desk.out
