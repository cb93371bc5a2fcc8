"""The search index: equal to lunr.py's, exact when cut, the same from the same records, thrifty."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import search_corpus
from lunr import get_default_builder
from lunr.stemmer import stemmer as plain_stemmer
from lunr.stop_word_filter import stop_word_filter
from lunr.token import Token
from lunr.trimmer import trimmer

from minutebook.records.load import load
from minutebook.records.register import register
from minutebook.records.slugs import key
from minutebook.search import purposes, search_files
from minutebook.search.entries import FIELDS, Entry
from minutebook.search.index import build, whole
from minutebook.search.spending import spending
from minutebook.search.wording import Terms, normalised, stemmer, tokens

ROOT = Path(__file__).resolve().parents[1]
NODE = shutil.which("node") or ""


def by_lunr(found: list[Entry]) -> dict[str, object]:
    """The index as lunr.py itself builds it, with our stemmer in the place of its own."""
    builder = get_default_builder()
    stemmer.label = "stemmer"  # type: ignore[attr-defined]
    builder.pipeline.reset()
    for step in (trimmer, stop_word_filter, stemmer):
        builder.pipeline._stack.append(step)
    builder.ref("id")
    for name, weight in FIELDS.items():
        builder.field(name, boost=weight)
    for entry in found:
        builder.add({"id": str(entry.number), **entry.words})
    built: dict[str, object] = builder.build().serialize()
    return built


def ours(found: list[Entry]) -> dict[str, object]:
    return whole(build(FIELDS, ((entry.number, entry.words) for entry in found)))


def test_the_whole_index_is_lunrs_byte_for_byte() -> None:
    found = list(search_corpus.entries(1000))
    expected = json.dumps(by_lunr(found))
    assert json.dumps(ours(found)) == expected
    found[500].words["text"] += " library"
    assert json.dumps(ours(found)) != expected


def differences(folder: Path, broken: str = "") -> dict[str, int]:
    """Ask the cut index and the whole one, in Node."""
    command = [NODE, str(ROOT / "tests/js/exactness.mjs"), str(folder), broken]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not NODE, reason="Node.js is not installed")
def test_the_cut_index_answers_exactly_as_lunr_on_the_whole_one(corpus: Path) -> None:
    """Refs, order and scores of every complete list: 330 queries of every form, 5,000 documents."""
    found = differences(corpus)
    assert found["asked"] == 330
    assert found["found"] > 280
    assert found["different"] == 0, found["first"]


@pytest.mark.skipif(not NODE, reason="Node.js is not installed")
@pytest.mark.parametrize("broken", ["chunk", "weight", "order"])
def test_a_broken_index_would_be_found(tmp_path: Path, broken: str) -> None:
    search_corpus.write(tmp_path, 1000, 70)
    assert differences(tmp_path, broken)["different"] > 0


@pytest.mark.skipif(not NODE, reason="Node.js is not installed")
def test_what_was_asked_a_moment_ago_is_not_worked_out_again(corpus: Path) -> None:
    command = [NODE, str(ROOT / "tests/js/again.mjs"), str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["first"] and found["same"]
    assert found["again"] == 0
    assert found["forgotten"] == found["first"]


@pytest.mark.skipif(not NODE, reason="Node.js is not installed")
def test_words_have_the_same_stem_in_the_browser() -> None:
    """All words of the sample records, and some of those that lunr.py alone would stem otherwise."""
    prose = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "content").rglob("*.md")))
    words = sorted(
        {*re.findall(r"\b[a-z]{4,}\b", prose.lower()), "highway", "holiday", "pay", "money"}
    )
    program = (
        "const lunr = require(process.argv[1]);"
        "const words = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(words.map((w) => lunr.stemmer(new lunr.Token(w)).toString())))"
    )
    command = [NODE, "-e", program, str(ROOT / "theme/node_modules/lunr")]
    done = subprocess.run(
        command, input=json.dumps(words), capture_output=True, text=True, check=True
    )
    in_browser = dict(zip(words, json.loads(done.stdout), strict=True))
    assert {word: str(stemmer(Token(word))) for word in words} == in_browser
    assert str(plain_stemmer(Token("highway"))) != in_browser["highway"]


def test_text_is_taken_apart_for_the_index() -> None:
    found = normalised("£231,456.00 for CAB/2026/01: “now”, the council’s café").split()
    assert " ".join(found) == "231456 for CAB 2026 01 now the council cafe"
    assert tokens("Well-known\xa0bus  stop") == ["well", "known", "bus", "stop"]
    terms = Terms()
    assert [terms[word] for word in ("the", "libraries", "(highways)")] == [
        "",
        "librari",
        "highway",
    ]


def test_the_same_records_give_the_same_files_and_an_edit_rewrites_few() -> None:
    before = dict(search_files(list(search_corpus.entries(1000))))
    assert dict(search_files(list(search_corpus.entries(1000)))) == before
    edited = list(search_corpus.entries(1000))
    edited[500].words["text"] += " library newly"
    edited[500].card["text"] = "Edited."
    after = dict(search_files(edited))
    changed = [path for path, content in after.items() if before.get(path) != content]
    chunks = [path for path in changed if path.startswith("search/terms/")]
    every = [path for path in after if path.startswith("search/terms/")]
    assert 1 <= len(chunks) < len(every) / 5
    assert len(changed) <= len(chunks) + 4  # lengths, dictionary, card, manifest
    assert "search/cards/500.json" in changed


def test_everything_stands_in_the_index_once(site: Path) -> None:
    """Every record, and every supplier and service that has a page."""
    records = load(ROOT / "content").records
    assert records
    manifest = json.loads((site / "search/index.json").read_text("utf-8"))
    told = json.loads((site / "manifest.json").read_text("utf-8"))["search"]
    assert told["records"] == sum(
        len(found) for kind, found in records.by_type.items() if kind != "supplier"
    )
    count = sum(told.values())
    assert manifest["documents"] == count
    assert sum(block[0] for block in manifest["blocks"].values()) == count
    cards = [json.loads(path.read_text("utf-8")) for path in (site / "search/cards").iterdir()]
    addresses = {card["address"] for card in cards}
    assert len(addresses) == count
    assert all((site / address / "index.html").is_file() for address in addresses)
    for folder, name in (("suppliers", "suppliers"), ("services", "services")):
        pages = {
            path.parent.relative_to(site).as_posix() + "/"
            for path in (site / f"spending/{folder}").glob("*/index.html")
            if path.parent.with_suffix(".json").is_file()
        }
        assert told[name] == len(pages) > 0
        assert pages <= addresses
    for name in manifest["facets"].values():
        facet = json.loads((site / f"search/facets/{name}.json").read_text("utf-8"))
        assert len(facet["rows"].split("\n")) == count


def test_nobody_whose_name_is_withheld_is_found() -> None:
    """Nor by what the payment was for."""
    records = load(ROOT / "content").records
    assert records and records.council.as_of
    linked = register(records, records.council.as_of)
    found = [document.entry() for document in spending(linked)]
    words = " ".join(text for entry in found for text in entry.words.values())
    withheld = [
        payment
        for release in records.releases.values()
        for payment in release.payments
        if payment.RedactionReason
    ]
    assert withheld
    assert {key(payment.BeneficiaryName) for payment in withheld} & {
        key(entry.card["title"]) for entry in found
    } == set()
    paid = next(
        payment
        for release in records.releases.values()
        for payment in release.payments
        if payment.Purpose and not payment.RedactionReason
    )
    assert normalised(str(paid.Purpose)) in words


def test_purposes_are_counted_once_a_release_and_the_same_as_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = load(ROOT / "content").records
    assert records
    releases = [one for one in records.releases.values() if one.payments]
    counted: list[str] = []
    count = purposes._counted
    monkeypatch.setattr(purposes, "_counted", lambda one: counted.append(one.id) or count(one))
    to, by = purposes.purposes(releases)
    rows = [row for one in releases for row in one.payments if not row.RedactionReason]
    expected = [what for row in rows for what in (row.Purpose, row.CategoryInternalName) if what]
    assert sum(sum(each.values()) for each in to.values()) == len(expected)
    assert sum(sum(each.values()) for each in by.values()) == len(expected)
    one = next(row for row in rows if row.Purpose)
    assert to[one.BeneficiaryName][one.Purpose] == sum(
        1
        for row in rows
        for what in (row.Purpose, row.CategoryInternalName)
        if (row.BeneficiaryName, what) == (one.BeneficiaryName, one.Purpose)
    )
    assert purposes.purposes(releases[:-1], tmp_path) != (to, by)
    counted.clear()
    assert purposes.purposes(releases, tmp_path) == (to, by)
    assert counted == [releases[-1].id]
    counted.clear()
    assert purposes.purposes(releases, tmp_path) == (to, by)
    assert not counted
    assert purposes.purposes(releases[1:], tmp_path) == purposes.purposes(releases[1:])
    kept = tmp_path / purposes.FILE
    kept.write_text(kept.read_text("utf-8").replace(":1", ":7", 1), "utf-8")  # damaged
    assert purposes.purposes(releases, tmp_path) == (to, by)


def test_a_gap_in_the_numbers_is_refused() -> None:
    found = list(search_corpus.entries(20))
    del found[3]
    with pytest.raises(ValueError, match="no gap"):
        list(search_files(found))


def test_a_browser_can_add_the_search(site: Path, second_site: Path) -> None:
    records = load(ROOT / "content").records
    assert records
    described = (site / "search/opensearch.xml").is_file()
    assert described == bool(records.council.site_url)
    page = (site / "search/index.html").read_text("utf-8")
    assert ("opensearchdescription" in page) == described
    if described:
        text = (site / "search/opensearch.xml").read_text("utf-8")
        assert "{searchTerms}" in text
        assert str(records.council.site_url) in text
