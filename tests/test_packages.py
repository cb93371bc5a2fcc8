"""The data package: what a person who downloads it relies on."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import socket
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import OPEN
from frictionless import Package, system, validate

from minutebook.build import build
from minutebook.packages.columns import Column
from minutebook.packages.duties import DUTIES
from minutebook.packages.rows import lines, rows
from minutebook.packages.tables import Table, tables
from minutebook.records.load import load
from minutebook.records.model.build import pence, plain
from minutebook.records.records import Records
from minutebook.records.rows import HeldRows
from minutebook.records.schema import record_types


@pytest.fixture(scope="module")
def records() -> Records:
    found = load(OPEN).records
    assert found
    return found


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of the package needs nothing but the package."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def package(open_site: Path, tmp_path: Path) -> Path:
    """A copy of the published package, to break."""
    copy = tmp_path / "data"
    shutil.copytree(open_site / "data", copy)
    return copy


def read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def errors(folder: Path) -> set[str]:
    """The kinds of error that frictionless finds."""
    report = validate(folder / "datapackage.json")
    found = {error.type for task in report.tasks for error in task.errors}
    return found | {error.type for error in report.errors}


# The package is valid, and the proof of that can fail.


def test_frictionless_finds_no_error_without_a_network(open_site: Path) -> None:
    assert errors(open_site / "data") == set()


def test_every_file_is_described_with_its_checksum_size_and_rows(open_site: Path) -> None:
    folder = open_site / "data"
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    assert len(described) == len(tables()) + 2  # what fell due, and the boundaries
    for resource in described:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert resource["encoding"] == "utf-8"
        assert resource["licenses"][0]["name"] == "OGL-UK-3.0"
        if resource["format"] == "csv":
            assert resource["rows"] == len(read(folder, resource["name"]))


def rewrite(folder: Path, table: str, change: Callable[[str], str], keep: bool = True) -> None:
    """Change a table. With `keep`, its checksum is put right, so that only the change is wrong."""
    path = folder / f"{table}.csv"
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8")
    if keep:
        whole = json.loads((folder / "datapackage.json").read_text("utf-8"))
        one = next(item for item in whole["resources"] if item["name"] == table)
        content = path.read_bytes()
        one["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        one["bytes"] = len(content)
        (folder / "datapackage.json").write_text(json.dumps(whole), encoding="utf-8")


BREAKS = [
    ("decisions", "2026-04-16", "2026-04-31", "type-error"),
    ("decisions", "in-force", "in-farce", "constraint-error"),
    ("payments", "1200.00", "12OO.00", "type-error"),
    ("votes", ",cyd,", ",dan,", "foreign-key"),
    ("vote-counts", "2026-001,1,2,", "2026-001,7,2,", "foreign-key"),
    ("options", "2026-001,2,", "2026-001,1,", "primary-key"),
    ("topics", "libraries,Libraries", "libraries,", "constraint-error"),
    ("meetings", "starts,ends", "ends,starts", "incorrect-label"),
]


def test_what_is_broken_is_found(package: Path) -> None:
    for table, old, new, _ in BREAKS:
        assert old in (package / f"{table}.csv").read_text("utf-8")
        rewrite(package, table, lambda text, old=old, new=new: text.replace(old, new, 1))
    report = validate(package / "datapackage.json")
    found = {(task.name, error.type) for task in report.tasks for error in task.errors}
    assert found >= {(table, error) for table, _, _, error in BREAKS}
    # What was not touched, and does not lean on what was, stays valid.
    assert not {"people", "bodies", "petitions", "council"} & {name for name, _ in found}


def test_a_missing_row_and_a_wrong_checksum_are_found(package: Path) -> None:
    rewrite(package, "options", lambda text: text.replace("Leave it", "Leave us"), keep=False)
    assert errors(package) == {"hash-count"}
    rewrite(package, "options", lambda text: "".join(text.splitlines(keepends=True)[:-1]))
    assert "row-count" in errors(package)


# What was written comes back, exactly and all of it.


def value(column: Column, cell: str) -> Any:
    """A cell -> the value of the record, by what the Table Schema says of its type."""
    if column.type == "integer":
        return int(cell)
    if column.type == "boolean":
        return {"true": True, "false": False}[cell]
    return cell


def put(item: dict[str, Any], path: tuple[str, ...], found: Any) -> None:
    for name in path[:-1]:
        item = item.setdefault(name, {})
    item[path[-1]] = found


def documents(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The records of one type, put together again from their tables."""
    items: dict[str, dict[tuple[str, ...], Any]] = {}
    of_kind = [table for table in tables() if table.kind == kind and not table.row_of]
    for table in of_kind:
        rows = items.setdefault(table.name, {})
        for row in read(folder, table.name):
            rows[tuple(row[name] for name in table.primary_key)] = item(table, row)
        if table.parent:
            for key, found in rows.items():
                outer = items[table.parent.name][key[:-1]]
                put_in_list(outer, table.path, int(key[-1]), found)
    yield from items[of_kind[0].name].values()


def item(table: Table, row: dict[str, str]) -> Any:
    if table.columns[0].path == ():
        return value(table.columns[0], row[table.columns[0].name])
    found: dict[str, Any] = {}
    for column in table.columns:
        if row[column.name]:
            put(found, column.path, value(column, row[column.name]))
    return found


def put_in_list(outer: dict[str, Any], path: tuple[str, ...], position: int, found: Any) -> None:
    for name in path[:-1]:
        outer = outer.setdefault(name, {})
    there = outer.setdefault(path[-1], [])
    assert position == len(there) + 1
    there.append(found)


def exact(document: Any, name: str = "") -> Any:
    """A document with its amounts of money in the form that the tables use."""
    if isinstance(document, dict):
        return {key: exact(part, key) for key, part in document.items()}
    if isinstance(document, list):
        return [exact(part) for part in document]
    return plain(pence(document)) if name in MONEY and isinstance(document, str) else document


MONEY = ("amount", "cost", "price", "value", "total", "threshold", "cost_planned", "cost_actual")


@pytest.mark.parametrize("kind", ["council", *record_types()])
def test_records_come_back_from_their_tables(open_site: Path, records: Records, kind: str) -> None:
    every = [records.council] if kind == "council" else [*records.by_type[kind].values()]
    assert every, "a type without a record proves nothing"
    written = [exact(dict(record.document)) for record in every]
    for document in written if kind == "release" else ():
        document.pop("rows", None)  # they are a table of their own
    assert [*documents(open_site / "data", kind)] == written


def test_payments_come_back_from_their_table(open_site: Path, records: Records) -> None:
    rows = read(open_site / "data", "payments")
    payments = records.releases["2026-04"].payments
    assert [row["release"] for row in rows] == ["2026-04"] * len(payments)
    for row, payment in zip(rows, payments, strict=True):
        assert Decimal(row["Amount"]) * 100 == payment.Amount
        assert (row["PaymentDate"] or None) == (
            payment.PaymentDate.isoformat() if payment.PaymentDate else None
        )
        for name in ("BeneficiaryName", "TransactionNumber", "Purpose", "RedactionReason"):
            assert (row[name] or None) == getattr(payment, name)
    assert [row["CardTransaction"] for row in rows] == ["false", "true", "", ""]


def test_names_that_look_like_formulas_are_published_unchanged(open_site: Path) -> None:
    names = [row["BeneficiaryName"] for row in read(open_site / "data", "payments")]
    assert names == ["@UK Plc", "=Cool & Co", "REDACTED", " spaced "]
    assert b"\n2026-04,1,,@UK Plc," in (open_site / "data" / "payments.csv").read_bytes()


def test_tables_without_rows_have_their_header(second_site: Path) -> None:
    assert (second_site / "data" / "petitions.csv").read_bytes().startswith(b"id,title,summary,")
    assert read(second_site / "data", "petitions") == []
    assert errors(second_site / "data") == set()


def test_the_manifest_counts_every_row(open_site: Path, records: Records) -> None:
    rows = json.loads((open_site / "manifest.json").read_text("utf-8"))["rows"]
    for kind, folder in record_types().items():
        assert rows[folder] == len(records.by_type[kind])
    assert rows == {
        table.name: len(read(open_site / "data", table.name)) for table in (*tables(), DUTIES)
    }


# The same records give the same bytes.


def test_a_second_build_gives_the_same_package(open_site: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere" / "site"
    assert build(OPEN, again) == 0
    assert build(OPEN, again) == 0  # over itself, from what is kept
    first, second = open_site / "data", again / "data"
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [name for name in names if differ(first / name, second / name)] == []


def differ(one: Path, other: Path) -> bool:
    return one.read_bytes() != other.read_bytes()


def test_the_archive_holds_the_package_and_is_valid_by_itself(
    open_site: Path, tmp_path: Path
) -> None:
    folder = open_site / "data"
    with zipfile.ZipFile(folder / "package.zip") as packed:
        assert packed.testzip() is None
        assert len(packed.namelist()) == len(tables()) + 3  # what fell due, boundaries, descriptor
        for entry in packed.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert packed.read(entry) == (folder / entry.filename).read_bytes()
        packed.extractall(tmp_path)
    assert errors(tmp_path) == set()


def test_rows_are_written_in_pieces(records: Records) -> None:
    payments = next(table for table in tables() if table.name == "payments")
    release = records.releases["2026-04"]
    many = HeldRows("payment", [{"BeneficiaryName": "A", "Amount": "1.00"}] * 5000)
    object.__setattr__(release, "payments", many)
    try:
        pieces = [*lines(rows(payments, records))]
    finally:
        object.__setattr__(release, "payments", load(OPEN).records.releases["2026-04"].payments)  # type: ignore[union-attr]
    assert len(pieces) > 1
    assert sum(count for _, count in pieces) == 5000
    assert b"".join(piece for piece, _ in pieces).count(b"\n") == 5000


# People can read what there is.


def test_every_table_and_column_is_explained(open_site: Path) -> None:
    home = (open_site / "data" / "index.html").read_text("utf-8")
    for table in tables():
        assert f'href="../data/{table.name}/"' in home
        assert f'href="../data/{table.name}.csv"' in home
        page = (open_site / "data" / table.name / "index.html").read_text("utf-8")
        for column in table.every:
            assert f'id="{column.name}"' in page
            assert column.title and column.description
    assert "Decided" in (open_site / "data" / "decisions" / "index.html").read_text("utf-8")


def test_the_twin_of_a_table_is_its_schema(open_site: Path) -> None:
    folder = open_site / "data"
    whole = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in whole["resources"][:-1]:
        twin = json.loads((folder / f"{resource['name']}.json").read_text("utf-8"))
        assert twin.pop("$schema").endswith("/tableschema.json")
        assert twin == resource["schema"]


def test_names_are_unique_and_links_lead_somewhere() -> None:
    every = tables()
    names = {table.name: table for table in every}
    assert len(names) == len(every)
    for table in every:
        columns = [column.name for column in table.every]
        assert len(set(columns)) == len(columns)
        for own, target, its in table.foreign_keys():
            assert set(own) <= set(columns)
            assert names[target].primary_key == its


def test_the_package_says_who_when_and_on_what_terms(open_site: Path) -> None:
    with system.use_context(trusted=True):
        package = Package(str(open_site / "data" / "datapackage.json"))
    assert package.name == "testwick"
    assert package.created == "2026-05-14T00:00:00Z"
    assert package.licenses[0]["path"].startswith("https://")
    assert package.contributors[0]["roles"] == ["publisher", "rightsHolder"]
    assert "Testwick does not exist." in (package.description or "")
    sources = package.get_resource("payments").sources
    assert {"title": "april.csv", "path": "https://testwick.example/april.csv"} in sources
