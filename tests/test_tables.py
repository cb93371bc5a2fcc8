"""The rows of a release: a column at a time and cell by cell say the same, and rows are found again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.records import lines
from minutebook.records.cells import ColumnCheck
from minutebook.records.model.sums import LARGEST, Adder, packed, unpacked
from minutebook.records.tables import Table

NAMES = ("BeneficiaryName", "Amount", "PaymentDate", "ContractRef", "CardTransaction", "Purpose")
CELLS = st.one_of(
    st.sampled_from(["", "1.50", "-2", "12,5", "2026-05-31", "2026-02-30", "true", "yes", "c-1"]),
    st.sampled_from(["1.5\n", "two\nlines", "é", "x" * 301, "REDACTED", "00.10", "-0.00", "C 1"]),
)


def read(folder: Path, rows: list[list[str]], end: str = "\n") -> Table:
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=end).writerows([list(NAMES), *rows])
    table = Table("t.csv", "payment")
    table.find(folder)
    table.read_csv()
    return table


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=12))
def test_both_ways_of_checking_say_the_same(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("both")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_MANY", 3)
        fast = read(folder, rows)
        patch.setattr(ColumnCheck, "__call__", lambda self, cells: False)
        slow = read(folder, rows)
    assert sorted(fast.problems) == sorted(slow.problems)
    assert fast.sums == slow.sums
    if not fast.problems:
        assert fast.sums.rows == len(rows)
        assert [*slow.rows.cells()] == rows
        order = list(range(len(rows)))[::-1]
        assert [*slow.rows.some(order)] == rows[::-1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_is_found_by_its_place_whatever_ends_a_line(tmp_path: Path, end: str) -> None:
    inside = " " if end == "\r" else "\n"
    rows = [[f"É {n}", f"{n}.00", "", "", "", f"a{inside}b {n}"] for n in range(5000)]
    table = read(tmp_path, rows, end)
    assert table.problems == []
    assert table.sums.total == sum(range(5000)) * 100
    assert [*table.rows.some([4999, 0, 2500])] == [rows[4999], rows[0], rows[2500]]


def test_a_table_that_changed_since_it_was_checked_is_not_read(tmp_path: Path) -> None:
    table = read(tmp_path, [["A", "1.00", "", "", "", ""]])
    (tmp_path / "t.csv").write_text("BeneficiaryName,Amount\nB,2.00\n", encoding="utf-8")
    with pytest.raises(OSError, match="was changed while it was being read"):
        list(table.rows)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 5)), max_size=60), st.integers(1, 30)
)
def test_what_is_remembered_of_sums_is_all_of_them(rows: list[tuple[str, int]], step: int) -> None:
    adder = Adder({"name": "BeneficiaryName"})
    for start in range(0, len(rows), step):
        names, amounts = zip(*rows[start : start + step], strict=True)
        adder.add({"BeneficiaryName": names}, amounts)
    sums = adder.sums(["BeneficiaryName"])
    for found in (sums, unpacked(packed(sums))):
        assert found == sums
        for place, group in enumerate(found.groups):
            numbers = [number for number, (name, _) in enumerate(rows) if name == group.supplier]
            assert [*found.numbers(place)] == numbers and group.rows == len(numbers)
        order = sorted(range(len(rows)), key=lambda number: (-rows[number][1], number))
        assert [*found.largest] == order[:LARGEST]
