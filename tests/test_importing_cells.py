"""Cells of finance exports: amounts, dates, withheld names, periods in file names, encodings."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.importing import dates, money, period, redaction
from minutebook.importing.cells import clean
from minutebook.importing.reading import decode


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("1,234.56", 123456), ("£1.5", 150), (" 55,806,000.00 ", 5580600000), ("(3.20)", -320),
        ("3.20-", -320), ("-£3.20", -320), ("£-3.20", -320), ("(£3)", -300), (".50", 50),
        ("100.5000", 10050), ("£ - ", 0), ("0", 0), ("+4", 400),
        ("", None), ("1,23", None), ("1.234,56", None), ("1.005", None), ("1.8E+13", None),
        ("--3", None), ("(-3)", None), ("€3", None), ("#N/A", None), ("3 4", None), ("NaN", None),
        ("9" * 5000, None), (".", None), ("(", None), ("١", None),
    ],
)  # fmt: skip
def test_amounts_are_exact_or_refused(cell: str, pence: int | None) -> None:
    if pence is None:
        with pytest.raises(money.UnreadableError):
            money.read(cell)
    else:
        assert money.read(cell) == pence


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023-03-09", "2023-03-09"), ("9-Mar-23", "2023-03-09"), ("9 March 2023", "2023-03-09"),
        ("09/Mar/2023 ", "2023-03-09"), ("2011-04-18T00:00:00", "2011-04-18"),
        ("09/03/2023", "2023-03-09"), ("9.3.23", "2023-03-09"), ("09/03/2023 00:00", "2023-03-09"),
        ("40638", "2011-04-05"), ("20230309", "2023-03-09"), ("March 9, 2023", "2023-03-09"),
        ("31/02/2023", None), ("9/3-23", None), ("1823-03-09", None), ("tomorrow", None),
        ("30-Feb-23", None), ("99999", None),
    ],
)  # fmt: skip
def test_dates(cell: str, day: str | None) -> None:
    said = dates.read(cell)
    found = said.day("dmy") if isinstance(said, dates.Numbers) else getattr(said, "day", None)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Redacted personal data", "personal"), ("REDACTED - Personal Information", "personal"),
        ("Reacted personal data", "personal"), ("REDACTED COMMERCIAL CONFIDENTIALITY", "commercial"),
        ("Redacted Data", "not-stated"), ("Name withheld (foster carer)", "safeguarding"),
        ("XXXXX", "not-stated"), ("Private individual", "personal"), ("***", "not-stated"),
        ("Redactive Publishing Ltd", ""), ("Personal Strengths (UK) Ltd", ""), ("Exempt Ltd", ""),
        ("Hill View (Private) Hotel", ""), ("Individual Solutions", ""), ("Reacted Glass Ltd", ""),
    ],
)  # fmt: skip
def test_withheld_names(name: str, code: str) -> None:
    assert redaction.reason(name) == code


@pytest.mark.parametrize(
    ("name", "said", "sure"),
    [
        ("2011-01-payments.csv", "2011-01", True), ("gateshead_2016-02.csv", "2016-02", True),
        ("April-2020.csv", "2020-04", True), ("Jan2021.csv", "2021-01", True),
        ("spend-oct-dec-2015.csv", "2015-q4", True), ("oct-mar-2015.csv", "2014-10-01-to-2015-03-31", True),
        ("July-23-csv.csv", "2023-07", False), ("1705.csv", "2017-05", False),
        ("2013-P05.csv", None, False), ("march-2011-and-april-2011.csv", None, False),
        ("export.csv", None, False), ("20130731.csv", None, False),
    ],
)  # fmt: skip
def test_the_period_in_a_name(name: str, said: str | None, sure: bool) -> None:
    found, certain = period.in_name(name)
    assert (found and found.id, certain) == (said, sure)


@given(st.integers(-(10**14), 10**14))
def test_money_comes_back_as_it_was(pence: int) -> None:
    assert money.read(money.plain(pence)) == money.read(money.shown(pence)) == pence


@given(st.text(max_size=60))
def test_no_cell_breaks_the_readers(cell: str) -> None:
    dates.read(cell)
    redaction.reason(cell)
    assert clean(clean(cell)) == clean(cell)
    try:
        money.read(cell)
    except money.UnreadableError as error:
        assert str(error).startswith("the amount")


@given(st.dates(min_value=dates._EXCEL_EPOCH.replace(year=1990)))
def test_iso_dates_come_back(day: dates.date) -> None:
    if day.year in dates.YEARS:
        assert dates.read(day.isoformat()) == dates.Day(day)


@given(st.text(st.characters(codec="cp1252", exclude_characters="\x00œ"), min_size=1))
def test_windows_text_is_read_back(text: str) -> None:
    raw = f"£{text}".encode("cp1252")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(raw)
        with decode(path).lines() as lines:
            assert "".join(lines) == _unix(f"£{text}") or _is_utf8(raw)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
