"""The built site as a whole: what a reader, a search engine and another council rely on."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import deque
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from html_pages import Html, pages, target

from minutebook.publishing.templates import engine
from minutebook.records.addresses import address, file, twin
from minutebook.records.ledger import ledger
from minutebook.records.load import load
from minutebook.records.register import register

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"


@pytest.fixture(scope="session")
def html(site: Path) -> dict[str, Html]:
    return pages(site)


def broken_links(html: dict[str, Html], site: Path) -> list[str]:
    """Links within the site that lead nowhere, and anchors that do not exist."""
    found = []
    for page, read in html.items():
        for element, link in read.links:
            if page == "404.html" and link.startswith("/"):
                link = link.removeprefix("/")
            to = target(page, link)
            if to is None:
                continue
            path, anchor = to
            if path not in html and not (site / path).is_file():
                found.append(f"{page}: <{element}> {link}")
            elif anchor and path in html and anchor not in html[path].ids:
                found.append(f"{page}: {link} has no such anchor")
    return found


def test_no_link_is_broken(html: dict[str, Html], site: Path) -> None:
    assert broken_links(html, site) == []


def test_a_broken_link_would_be_found(site: Path) -> None:
    page = Html(links=[("a", "../nowhere/"), ("a", "#gone"), ("a", "https://elsewhere.example/")])
    assert broken_links({"about/index.html": page}, site) == [
        "about/index.html: <a> ../nowhere/",
        "about/index.html: #gone has no such anchor",
    ]


def test_every_record_is_within_three_links_of_the_home_page(html: dict[str, Html]) -> None:
    distance = {"index.html": 0}
    queue = deque(distance)
    while queue:
        page = queue.popleft()
        for element, link in html[page].links:
            to = target(page, link)
            if element == "a" and to and to[0] in html and to[0] not in distance:
                distance[to[0]] = distance[page] + 1
                queue.append(to[0])
    records = load(CONTENT).records
    assert records
    too_far = {
        address(kind, record.document["id"])
        for kind, record in records
        if distance.get(file(address(kind, record.document["id"])), 99) > 3
    }
    assert too_far == set()


def test_nothing_is_lost(site: Path) -> None:
    """Records on disk = pages = twins = search refs = rows of the data package."""
    records = load(CONTENT).records
    assert records
    manifest = json.loads((site / "manifest.json").read_text())
    counts = {kind: len(found) for kind, found in records.by_type.items()}
    assert manifest["records"] == counts
    for kind, found in records.by_type.items():
        assert manifest["pages"].get(kind, 0) == len(found) or kind == "page", kind
        for id in found:
            assert (site / file(address(kind, id))).is_file()
            told = json.loads((site / twin(address(kind, id))).read_text())
            assert told["record"]["id"] == id
    known = ledger(register(records, records.council.as_of or date.max))
    assert manifest["search"] == {
        "records": sum(counts.values()) - counts["supplier"],
        "suppliers": len(known.suppliers),
        "services": len(known.services),
    }
    folders = {"decision": "decisions", "person": "people", "place": "places", "topic": "topics"}
    for kind, table in folders.items():
        assert manifest["rows"][table] == counts[kind]


def test_the_manifest_names_every_file(site: Path) -> None:
    manifest = json.loads((site / "manifest.json").read_text())
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == found - {"manifest.json"}


def test_titles_tell_pages_apart(html: dict[str, Html]) -> None:
    assert all(page.title.strip() for page in html.values())
    by_title: dict[str, list[str]] = {}
    for name, page in html.items():
        by_title.setdefault(page.title, []).append(name)
    assert {title: names for title, names in by_title.items() if len(names) > 1} == {}


def test_no_page_asks_another_host_for_anything(html: dict[str, Html]) -> None:
    for name, page in html.items():
        for element, link in page.links:
            if element in ("script", "img"):
                assert not re.match(r"(https?:)?//", link), f"{name}: {link}"


def test_every_page_has_the_strict_policy(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert policy, path
        assert "default-src 'none'" in unescape(policy[1])
        assert "unsafe" not in policy[1]
        assert " style=" not in text, path
        assert not re.search(r"<[^>]+ on[a-z]+=", text), path


def test_nothing_of_gov_uk_itself_is_in_the_output(site: Path) -> None:
    """The font, crown and icons are for services on GOV.UK only."""
    for path in site.rglob("*"):
        assert not re.search(r"crest|crown|govuk-icon|\.woff2?$", path.name), path
    css = (site / "theme/css/minutebook.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "url(" not in re.sub(r"url\(\"?data:", "", css)


def test_the_demonstration_is_named_on_every_page(html: dict[str, Html]) -> None:
    records = load(CONTENT).records
    assert records
    sentence = records.council.demonstration
    assert sentence
    assert [name for name, page in html.items() if sentence not in page.text] == []


def test_every_template_is_our_own() -> None:
    records = load(CONTENT).records
    assert records
    env = engine({"autoescape": True}, records, ROOT / "theme")
    ours = {path.name for path in (ROOT / "theme/templates").glob("*.html")}
    for name in sorted(ours):
        assert env.get_template(name).filename == str(ROOT / "theme/templates" / name)
    for name in ("article.html", "index.html.pelican", "!simple/base.html"):
        with pytest.raises(Exception, match=re.escape(name)):
            env.get_template(name)


def test_a_decision_page_is_light(site: Path) -> None:
    """HTML, styles and scripts of a first visit, not compressed, are at most 100 kB."""
    heaviest = max((site / "decisions").glob("2*/index.html"), key=lambda path: path.stat().st_size)
    assets = {"index.html": heaviest}
    for element, link in pages(heaviest.parent)["index.html"].links:
        to = target(heaviest.relative_to(site).as_posix(), link)
        if to and element in ("script", "link") and to[0].startswith("theme/"):
            assets[to[0]] = site / to[0]
    weight = sum(path.stat().st_size for path in assets.values())
    assert weight <= 100_000, {name: path.stat().st_size for name, path in assets.items()}


def invalid_html(site: Path) -> str:
    """What html-validate has against the pages of a site; empty where nothing."""
    program = ROOT / "theme/node_modules/html-validate/bin/html-validate.mjs"
    node = shutil.which("node")
    assert program.is_file() and node, "run python3 scripts/test.py, which sets it up"
    command = [node, str(program), "--config", str(ROOT / "tests/htmlvalidate.json")]
    done = subprocess.run(
        [*command, "--formatter", "text", f"{site}/**/*.html"], capture_output=True, text=True
    )
    return done.stdout[-4000:] + done.stderr[-2000:] if done.returncode else ""


def test_html_is_valid(site: Path) -> None:
    assert invalid_html(site) == ""


def test_invalid_html_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><p id=a><p id=a><div></span>")
    assert "no-dup-id" in invalid_html(tmp_path)


class TestForkDrill:
    """Another council's folder builds into its own site, and nothing of the sample is in it."""

    def test_its_records_are_there(self, second_site: Path) -> None:
        page = (second_site / "decisions/2026-001/index.html").read_text()
        assert "Cyngor Ystrad Test" in page
        assert "The clock will be repaired this summer &amp; paid for from reserves." in page
        assert "&lt;b&gt;&amp;amp; miss their bus&lt;/b&gt;" in page or "&lt;b&gt;" in page
        assert "€4,200" in page
        assert "CC-BY-4.0" in page or "Creative Commons Attribution 4.0" in page

    def test_nothing_of_the_sample_council_is(self, second_site: Path) -> None:
        for path in second_site.rglob("*.html"):
            assert "Marlowick" not in path.read_text(encoding="utf-8"), path

    def test_no_link_is_broken(self, second_site: Path) -> None:
        assert broken_links(pages(second_site), second_site) == []

    def test_an_awkward_supplier_stays_as_it_is(self, second_site: Path) -> None:
        rows = (second_site / "data/payments.csv").read_text(encoding="utf-8")
        assert "@Clock & Daughters" in rows
        assert "-20.01" in rows
