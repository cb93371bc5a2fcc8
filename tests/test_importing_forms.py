"""However a system writes the same payments, the same release comes of them, or a sentence."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.importing import money
from minutebook.importing.council import Organisation
from minutebook.importing.engine import Imported, Request, import_files

HEADERS = {
    "OrganisationalUnit": ["Department", "SERVICE AREA", "Cost Centre Description"],
    "BeneficiaryName": ["Supplier Name", "Vendor", "beneficiary name"],
    "PaymentDate": ["Payment Date", "Date Paid", "DATE"],
    "TransactionNumber": ["Transaction No", "Ref No."],
    "Amount": ["Net Amount (£)", "Amount", "Nett", "Value"],
    "Purpose": ["Description", "Purpose of Expenditure", "Narrative"],
}
NAMES = ["@UK Plc", "-Kiwi.Com-", "O’Hara & Söns", 'Say "yes" Ltd', "A, B; C", "Redacted"]
DATES = [
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%m/%d/%Y}",
    lambda day: day.isoformat(),
    lambda day: f"{day.day}-{day:%b-%y}",
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: str((day - date(1899, 12, 30)).days),
]
MONEY = [
    money.plain,
    money.shown,
    lambda pence: f"£{money.shown(pence)}" if pence >= 0 else f"-£{money.shown(-pence)}",
    lambda pence: money.shown(pence) if pence >= 0 else f"({money.shown(-pence)})",
    lambda pence: money.shown(pence) if pence >= 0 else f"{money.shown(-pence)}-",
]
ORGANISATION = Organisation("testham", "Testham", "GBP", True)
payment = st.tuples(
    st.sampled_from(["Parks", "Roads"]),
    st.sampled_from(NAMES),
    st.integers(13, 28),
    st.integers(1, 10**6),
    st.integers(-(10**7), 10**9),
)
form = st.fixed_dictionaries(
    {
        "labels": st.tuples(*(st.sampled_from(every) for every in HEADERS.values())),
        "order": st.permutations(range(len(HEADERS))),
        "dates": st.sampled_from(DATES),
        "money": st.sampled_from(MONEY),
        "delimiter": st.sampled_from(",;\t|"),
        "ends": st.sampled_from(["\n", "\r\n", "\r"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
        "quotes": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "above": st.integers(0, 4),
        "below": st.integers(0, 40),
        "blank": st.integers(0, 6),
        "every_other": st.booleans(),
        "total": st.booleans(),
    }
)


def written(rows: list[tuple[Any, ...]], how: dict[str, Any]) -> bytes:
    """The payments as a file, written in one of the forms."""
    lines = []
    for number, (unit, name, day, _, pence) in enumerate(rows):
        cells = [unit, name, how["dates"](date(2023, 3, day)), f"B{number}", how["money"](pence)]
        lines.append([*cells, "Mowing"])
    total = ["", "", "", "", how["money"](sum(row[4] for row in rows)), "Total"]
    lines = [list(how["labels"]), *lines, *([total] if how["total"] else [])]
    lines = [[cells[place] for place in how["order"]] + [""] * how["blank"] for cells in lines]
    if how["every_other"]:
        lines = [line for cells in lines for line in (cells, [""] * len(cells))]
    above = [["Payments of the council"], [], ["as the law asks", "", ""], [""]][: how["above"]]
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=how["delimiter"], lineterminator=how["ends"], quoting=how["quotes"]
    )
    writer.writerows([*above, *lines, *([["", ""]] * how["below"])])
    return out.getvalue().encode(how["encoding"])


def imported(raw: bytes) -> tuple[Imported | str, list[dict[str, str]]]:
    """What comes of a file, and the rows of its release."""
    with TemporaryDirectory() as folder:
        path, content = Path(folder) / "export.csv", Path(folder) / "content"
        content.mkdir()
        path.write_bytes(raw)
        ((_, found), *_) = import_files([path], Request(ORGANISATION), content)
        if isinstance(found, str):
            assert list(content.iterdir()) == []
            return found, []
        with (content / "spending" / "2023" / "2023-03.csv").open(
            newline="", encoding="utf-8"
        ) as it:
            return found, list(csv.DictReader(it))


@settings(max_examples=120, deadline=None)
@given(st.lists(payment, min_size=2, max_size=12), form)
def test_every_form_gives_the_same_release(
    rows: list[tuple[Any, ...]], how: dict[str, Any]
) -> None:
    found, table = imported(written(rows, how))
    assert not isinstance(found, str), found
    assert [row["BeneficiaryName"] for row in table] == [row[1] for row in rows]
    assert [row["Amount"] for row in table] == [money.plain(row[4]) for row in rows]
    assert [row["PaymentDate"] for row in table] == [f"2023-03-{row[2]:02d}" for row in rows]
    assert found.taken.pence == found.taken.pence_out == sum(row[4] for row in rows)
    assert len(found.taken.totals) == how["total"]


@settings(max_examples=60, deadline=None)
@given(st.lists(payment, min_size=2, max_size=6), form, st.data())
def test_a_file_cut_in_two_is_taken_as_far_as_it_goes_or_refused(
    rows: list[tuple[Any, ...]], how: dict[str, Any], data: st.DataObject
) -> None:
    raw = written(rows, how)
    cut = raw[: data.draw(st.integers(0, len(raw)))]
    found, table = imported(cut)
    if isinstance(found, str):
        assert found and "\n" not in found and ":" in found
    else:
        assert len(table) <= len(rows)
