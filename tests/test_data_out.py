"""The other forms of the data: one database, a file a release, a catalogue for portals; and what is kept."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENT, OPEN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutebook.build import build
from minutebook.packages import database, parts, segments
from minutebook.packages.columns import Column
from minutebook.packages.duties import DUTIES
from minutebook.packages.parts import Parts
from minutebook.packages.releasefile import release_file
from minutebook.packages.rows import document_rows, release_rows
from minutebook.packages.tables import Table, tables
from minutebook.publishing.stage import Stage
from minutebook.records.load import load
from minutebook.records.model.build import pence, plain
from minutebook.records.records import Records

# The database.


@pytest.fixture
def opened(open_site: Path) -> Any:
    uri = f"file:{open_site / 'data' / 'records.sqlite'}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as found:
        yield found


def test_the_database_is_sound_and_every_link_leads_somewhere(opened: sqlite3.Connection) -> None:
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    links = {row[2] for row in opened.execute("PRAGMA foreign_key_list('payments')")}
    assert links >= {"spending", "contracts", "decisions", "places"}


def test_the_database_holds_every_row_of_every_table(
    opened: sqlite3.Connection, open_site: Path
) -> None:
    for table in (*tables(), DUTIES):
        text = (open_site / "data" / f"{table.name}.csv").read_text("utf-8")
        written = list(csv.reader(io.StringIO(text, newline="")))[1:]
        order = ", ".join(f'"{name}"' for name in table.primary_key)
        found = opened.execute(f'SELECT * FROM "{table.name}" ORDER BY {order}').fetchall()
        as_text = [[cell(*pair) for pair in zip(table.every, row, strict=True)] for row in found]
        assert sorted(as_text) == sorted(written), table.name


def cell(column: Column, value: Any) -> str:
    """A value of the database as it stands in the table."""
    if value is None:
        return ""
    if column.node.get("format") == "money":
        assert isinstance(value, int), "money is whole pence"
        return plain(value)
    if column.type == "boolean":
        return "true" if value else "false"
    return str(value)


def test_the_same_records_give_the_same_database(open_site: Path, tmp_path: Path) -> None:
    assert build(OPEN, tmp_path / "site") == 0
    one, other = (folder / "data" / "records.sqlite" for folder in (open_site, tmp_path / "site"))
    assert one.read_bytes() == other.read_bytes()


@pytest.fixture
def months(tmp_path: Path) -> Path:
    """A council with one more month of payments."""
    content = tmp_path / "months"
    shutil.copytree(OPEN, content)
    month(content, "row_count: 2\ntotal: 3.50\n")
    rows = "BeneficiaryName,Amount\nNew Ltd,1.50\nOld Ltd,2\n"
    (content / "spending" / "2026-05.csv").write_text(rows, encoding="utf-8")
    return content


def month(content: Path, counted: str) -> None:
    """Write the record of a release of May; its table is not written."""
    text = (
        "id: 2026-05\ntitle: May\nclassification: payments\norganisation: testwick\ncurrency: GBP\n"
        f"period: {{start: 2026-05-01, end: 2026-05-31}}\ntable: 2026-05.csv\n{counted}"
    )
    (content / "spending" / "2026-05.yaml").write_text(text, encoding="utf-8")


def sound(content: Path) -> Records:
    found = load(content)
    assert found.records, found.problems
    return found.records


def test_a_new_month_is_put_into_what_is_kept_of_the_database(months: Path, tmp_path: Path) -> None:
    before, after, kept = sound(OPEN), sound(months), tmp_path / "kept"
    database.write(tmp_path / "old.sqlite", tables(), before, cache=kept)
    notes = (kept / "releases.keys").read_text("utf-8")
    database.write(tmp_path / "new.sqlite", tables(), after, cache=kept)
    assert (kept / "releases.keys").read_text("utf-8").startswith(notes)
    database.write(tmp_path / "fresh.sqlite", tables(), after)
    assert (tmp_path / "new.sqlite").read_bytes() == (tmp_path / "fresh.sqlite").read_bytes()


def test_a_month_that_changed_is_not_taken_from_what_is_kept(months: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    database.write(tmp_path / "old.sqlite", tables(), sound(months), cache=kept)
    table = next(months.rglob("2026-05.csv"))
    table.write_text(table.read_text("utf-8").replace("Old", "Odd"), encoding="utf-8")
    database.write(tmp_path / "new.sqlite", tables(), sound(months), cache=kept)
    with closing(sqlite3.connect(tmp_path / "new.sqlite")) as found:
        names = found.execute("SELECT BeneficiaryName FROM payments WHERE release = '2026-05'")
        assert names.fetchall() == [("New Ltd",), ("Odd Ltd",)]


def test_an_edit_of_a_decision_keeps_the_rest_of_the_database(tmp_path: Path) -> None:
    content, kept = tmp_path / "content", tmp_path / "kept"
    shutil.copytree(OPEN, content)

    def written(name: str, contents: dict[str, str] | None) -> bytes:
        path = tmp_path / name
        database.write(path, tables(), sound(content), cache=kept, contents=contents)
        return path.read_bytes()

    told = {table.name: "as before" for table in tables()}
    first = written("first.sqlite", told)
    path = next((content / "decisions").rglob("*.md"))
    path.write_text(f"{path.read_text('utf-8')}\nEdited.\n", encoding="utf-8")
    second = written("second.sqlite", told)
    assert second != first
    assert second == written("fresh.sqlite", None)
    with closing(sqlite3.connect(kept / "beginning.sqlite")) as beginning:
        assert beginning.execute("SELECT count(*) FROM decisions").fetchone() == (0,)
        assert beginning.execute("SELECT count(*) FROM people").fetchone()[0]
        beginning.execute("DELETE FROM people")
        beginning.commit()
    other = written("taken.sqlite", told)  # it is what is kept that it begins with
    assert other != second
    assert written("changed.sqlite", {**told, "people": "changed"}) == second


# What did not change is not made again.


def test_only_the_new_month_is_written_into_the_table_of_all_payments(
    months: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    payments = next(table for table in tables() if table.name == "payments")
    stage = Stage(tmp_path / "site")
    stage.open()
    laid, rows = segments.pour(
        stage, "data/payments.csv", payments, Parts(sound(OPEN)).of(payments)
    )
    stage.remember("data/payments.csv", laid)
    stage.publish()
    made: list[str] = []
    monkeypatch.setattr(
        parts, "release_rows", lambda table, one: made.append(one.id) or release_rows(table, one)
    )
    again = Stage(tmp_path / "site")
    again.open()
    after = Parts(sound(months)).of(payments)
    found, more = segments.pour(again, "data/payments.csv", payments, after)
    assert (made, more - rows) == (["2026-05"], 2)
    fresh = Stage(tmp_path / "other")
    fresh.open()
    whole, _ = segments.pour(fresh, "data/payments.csv", payments, after)
    assert found.digest == whole.digest
    again.abandon()
    fresh.abandon()


def test_one_edit_makes_one_part_of_a_table_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "TOGETHER", 2)
    content, made = tmp_path / "content", list[str]()
    shutil.copytree(CONTENT, content)
    decisions = next(table for table in tables() if table.name == "decisions")

    def counted(table: Table, some: list[dict[str, Any]]) -> Iterator[Any]:
        made.extend(one["id"] for one in some)
        return document_rows(table, some)

    monkeypatch.setattr(parts, "document_rows", counted)

    def poured(site: str) -> str:
        made.clear()
        stage = Stage(tmp_path / site)
        stage.open()
        laid, rows = segments.pour(stage, "t.csv", decisions, Parts(sound(content)).of(decisions))
        stage.remember("t.csv", laid)
        stage.publish()
        with (tmp_path / site / "t.csv").open(newline="", encoding="utf-8") as file:
            assert rows == len(list(csv.DictReader(file)))
        return laid.digest

    poured("site")
    everything = len(made)
    changed = sorted((content / "decisions").rglob("*.md"))[20]
    changed.write_text(changed.read_text("utf-8") + "\nOne more word.\n", encoding="utf-8")
    after = poured("site")
    assert 0 < len(made) < everything / 3
    assert any(changed.stem.startswith(id) for id in made)
    assert poured("site") == after and not made
    assert poured("fresh") == after and len(made) == everything
    memory = tmp_path / ".site.cache.json"
    known = memory.read_text("utf-8")
    memory.write_text(re.sub(r'"\[\[.*\]\]"', '"60"', known), "utf-8")  # as other software noted it
    assert memory.read_text("utf-8") != known
    changed.write_text(changed.read_text("utf-8") + "\nAnd another.\n", encoding="utf-8")
    after = poured("site")
    assert poured("newer") == after


def test_the_parts_of_a_table_change_with_its_records_only(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(OPEN, content)
    before = sound(content)
    topic = next((content / "topics").glob("*.yaml"))
    topic.write_text(topic.read_text("utf-8") + "\n", encoding="utf-8")
    after = sound(content)
    keys = [
        {table: [part.key for part in Parts(one).of(table)] for table in tables()}
        for one in (before, after)
    ]
    changed = {table.kind for table in tables() if keys[0][table] != keys[1][table]}
    assert changed == {"topic"}


# One file a release.


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(
        st.tuples(
            st.text("ab,\"'é£ \n@=", min_size=1, max_size=12).filter(
                lambda name: name.strip() and name[-1] != "\n"
            ),
            st.integers(-(10**14), 10**14),
            st.sampled_from(["", "=SUM(A1)", "-Kiwi.Com-", "@UK Plc", 'two\nlines, and "quotes"']),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_payments_come_back_exactly_from_csv_to_record_to_csv(
    rows: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    content = folder / "content"
    shutil.copytree(OPEN, content)
    for path in (content / "spending").rglob("*"):
        if path.is_file():
            path.unlink()
    header = ["BeneficiaryName", "Amount", "Purpose"]
    written = [[name, plain(amount), purpose] for name, amount, purpose in rows]
    with (content / "spending" / "2026-05.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *written])
    total = plain(sum(amount for _, amount, _ in rows))
    month(content, f"row_count: {len(rows)}\ntotal: {total}\n")
    release = sound(content).releases["2026-05"]
    assert [
        (one.BeneficiaryName, one.Amount, one.Purpose or "") for one in release.payments
    ] == rows
    text = b"".join(release_file(release)).decode()
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [
        [row["BeneficiaryName"], row["Amount"], row.get("Purpose", "")] for row in found
    ] == written
    assert release.sums.total == release.total == sum(pence(row["Amount"]) for row in found)


def test_each_release_can_be_downloaded_by_itself(open_site: Path) -> None:
    page = (open_site / "data" / "payments" / "index.html").read_text("utf-8")
    assert 'href="../../spending/2026-04.csv"' in page
    assert (open_site / "spending" / "2026-04.csv").is_file()


# The catalogue for portals.

MANDATORY = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {"dct:title", "dct:description", "dcat:distribution", "dcat:contactPoint"},
    "dcat:Distribution": {"dcat:accessURL", "dct:format", "dct:license", "dcat:byteSize"},
}


def nodes(value: Any) -> Any:
    """Every object of a JSON-LD document that has a type."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def incomplete(catalogue: Any) -> list[str]:
    """What lacks a property that DCAT-AP makes mandatory, or recommends and portals need."""
    found = []
    for node in nodes(catalogue):
        kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        for kind in kinds:
            if MANDATORY.get(kind, set()) - node.keys():
                found.append(f"{kind} {node.get('@id')}")
    return found


def test_the_catalogue_is_complete_and_its_files_are_there(open_site: Path) -> None:
    whole = json.loads((open_site / "data" / "catalogue.jsonld").read_text("utf-8"))
    assert incomplete(whole) == []
    broken = json.loads(json.dumps(whole))
    del broken["dcat:dataset"][0]["dcat:distribution"][0]["dcat:accessURL"]
    assert incomplete(broken), "the check can fail"
    names = {name.partition(":")[0] for node in nodes(whole) for name in node if ":" in name}
    assert names <= whole["@context"].keys()
    ids = [node["@id"] for node in nodes(whole) if "@id" in node and node["@type"] != "foaf:Agent"]
    assert len(set(ids)) == len(ids)
    root = whole["@id"].removesuffix("data/catalogue.jsonld")
    files = [node for node in nodes(whole) if node["@type"] == "dcat:Distribution"]
    assert len(files) > 20
    for one in files:
        path = open_site / one["dcat:downloadURL"]["@id"].removeprefix(root)
        assert path.stat().st_size == int(one["dcat:byteSize"]["@value"])
    series = {node["dcat:inSeries"]["@id"] for node in nodes(whole) if "dcat:inSeries" in node}
    assert series <= set(ids) and series


# Parquet, where it can be written.


def test_parquet_says_the_same(open_site: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow.parquet")
    found = pyarrow.read_table(open_site / "data" / "payments.parquet").to_pylist()
    with (open_site / "data" / "payments.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [str(row["Amount"]) for row in found] == [row["Amount"] for row in written]
    assert [row["BeneficiaryName"] for row in found] == [row["BeneficiaryName"] for row in written]
