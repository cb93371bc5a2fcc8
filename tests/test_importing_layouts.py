"""Which header means which column is shown, asked, remembered, and can be corrected by a person."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from test_importing import HEAD, ROWS, Desk, content, desk

from minutebook.importing import asking
from minutebook.records.load import load

__all__ = ["content", "desk"]

ODD = "Unit,Who,When,Net paid\nParks,Ann Ltd,13/03/2023,5.00\n"
NAMED = ("--column", "BeneficiaryName=Who", "--column", "PaymentDate=When")
NAMED = (*NAMED, "--column", "Amount=Net paid")
BARE = "Ann Ltd,13/03/2023,5.00\nBob Ltd,14/03/2023,(2.00)\n"
HEADERLESS = """\
organisation: testham
layouts:
- classification: payments
  cells: 3
  columns:
  - column: BeneficiaryName
    position: 1
  - column: PaymentDate
    position: 2
  - column: Amount
    position: 3
"""


def layouts(desk: Desk, text: str | None = None) -> Any:
    path = desk.content / "imports" / "spending-testham.yaml"
    if text is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return yaml.safe_load(path.read_text("utf-8"))["layouts"] if path.exists() else None


def test_what_was_said_once_is_remembered(desk: Desk) -> None:
    assert desk.imports(ODD) == 1
    assert desk.imports(ODD, *NAMED) == 0, desk.err
    (layout,) = layouts(desk)
    assert layout["headers"] == ["Unit", "Who", "When", "Net paid"]
    assert {"column": "Amount", "header": "Net paid"} in layout["columns"]
    assert list(load(desk.content).problems) == []
    assert desk.imports(ODD.replace("13/03", "13/04"), name="april.csv") == 0, desk.err
    assert "columns as remembered for this header" in desk.out
    assert desk.table("2023-04")[0]["BeneficiaryName"] == "Ann Ltd"


def test_a_person_s_correction_holds_and_comments_stay(desk: Desk) -> None:
    desk.imports(HEAD + ROWS)
    path = desk.content / "imports" / "spending-testham.yaml"
    text = path.read_text("utf-8").replace("column: Purpose", "column: CategoryInternalName")
    layouts(desk, "# Agreed with finance.\n" + text)
    assert desk.imports(HEAD + ROWS, "--replace") == 0
    assert desk.table()[0]["CategoryInternalName"] == "Mowing"
    assert desk.imports(ODD.replace("/03/", "/05/"), *NAMED, name="o.csv") == 0, desk.err
    assert path.read_text("utf-8").startswith("# Agreed with finance.")
    assert len(layouts(desk)) == 2


def test_a_dry_run_and_a_refusal_remember_nothing(desk: Desk) -> None:
    assert desk.imports(HEAD + ROWS, "--dry-run") == 0
    assert desk.imports(HEAD) == 1
    assert layouts(desk) is None


def test_a_file_without_a_header_needs_a_layout(desk: Desk) -> None:
    assert desk.imports(BARE) == 1
    assert '"Ann Ltd" | "13/03/2023" | "5.00"' in desk.err
    assert "imports/spending-testham.yaml" in desk.err
    assert "cells: 3" in desk.err
    layouts(desk, HEADERLESS)
    assert desk.imports(BARE) == 0, desk.err
    assert [row["Amount"] for row in desk.table()] == ["5.00", "-2.00"]
    assert "no header" in desk.out


def test_the_same_header_twice_is_told_by_its_position(desk: Desk) -> None:
    data = "Supplier,Amount,Date,Date\nAnn,1.00,13/03/2023,\n"
    assert desk.imports(data) == 0, desk.err
    assert {"column": "PaymentDate", "position": 3} in layouts(desk)[0]["columns"]
    assert desk.imports(data) == 0
    assert "nothing to do" in desk.out


WRONG = {
    "column: Amount\n": ("column: Amout\n", "is not a column of payments", 9),
    "position: 3": ("position: 4", "there is no position 4", 11),
    "classification: payments": ("classification: bills", "is not a release classification", 3),
    "organisation: testham": ("organisation: other", "the file is called after", 1),
    "    position: 2": ("    header: When", "a file without a header", 9),
    "  cells: 3": ("  cells: 3\n  colour: red", "colour", 5),
}


@pytest.mark.parametrize("old", WRONG)
def test_a_wrong_layout_is_told_with_its_line(desk: Desk, old: str) -> None:
    new, sentence, line = WRONG[old]
    layouts(desk, HEADERLESS.replace(old, new))
    problems = load(desk.content).problems
    assert problems and {it.path for it in problems} == {"imports/spending-testham.yaml"}
    found = [it for it in problems if sentence in it.message]
    assert found and abs(found[0].line - line) <= 1 and found[0].column, problems
    assert desk.imports(BARE) == 1
    assert "imports/spending-testham.yaml:" in desk.err
    assert desk.written() == {}


class Answers:
    """An officer at a terminal, with answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        left = list(answers)
        monkeypatch.setattr(asking, "someone_there", lambda: True)
        monkeypatch.setattr("builtins.input", lambda question: left.pop(0))


def test_a_new_header_is_shown_and_confirmed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Answers(monkeypatch, "what?", "y")
    assert desk.imports(HEAD + ROWS) == 0
    assert 'Amount                   from "Net amount" (column E), such as "1,234.50"' in desk.out
    assert desk.imports(HEAD + ROWS) == 0, "it is not asked a second time"


def test_a_no_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Answers(monkeypatch, "n")
    assert desk.imports(HEAD + ROWS) == 1
    assert desk.written() == {} and layouts(desk) is None


def test_a_doubtful_date_is_asked_and_remembered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = HEAD + "P,Ann,03/04/2023,B,1,x\nP,Ann,03/05/2023,B,2,x\n"
    Answers(monkeypatch, "2", "y")
    assert desk.imports(data) == 0, desk.err
    assert [row["PaymentDate"] for row in desk.table()] == ["2023-03-04", "2023-03-05"]
    assert layouts(desk)[0]["date_order"] == "mdy"
    assert desk.imports(data.replace("03/0", "04/0"), name="april.csv") == 0, desk.err
    assert desk.imports(data.replace("03/0", "13/0"), name="may.csv") == 1
    assert "that are not mdy" in desk.err
