"""Councils at their beginning: one that has only said who it is, and one with a record of each type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import serving
from html_pages import pages
from playwright.sync_api import Browser
from smallest import id_of, write_council, write_one_of_each
from test_browser import complaints
from test_site import broken_links, invalid_html

from minutebook.build import build
from minutebook.records.addresses import address, file
from minutebook.records.schema import record_types


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of `council.yaml` and nothing else."""
    folder = tmp_path_factory.mktemp("alone")
    write_council(folder / "content")
    assert build(folder / "content", folder / "site") == 0
    return folder / "site"


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one record of each type, with only what each must hold."""
    folder = tmp_path_factory.mktemp("each")
    write_one_of_each(folder / "content")
    assert build(folder / "content", folder / "site") == 0
    return folder / "site"


@pytest.fixture(params=["alone", "one_of_each"])
def small(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_no_link_is_broken_and_every_page_is_valid(small: Path) -> None:
    assert broken_links(pages(small), small) == []
    assert invalid_html(small) == ""


def test_nothing_reads_like_a_hole(small: Path) -> None:
    """No `None`, no count of nothing, no heading with nothing below it."""
    for name, page in pages(small).items():
        words = page.text.split()
        assert not {"None,", "None)", "undefined", "nan", "{}", "[]"} & set(words), name
        assert "All 0 " not in " ".join(words), name


def test_it_is_accessible(small: Path, browser: Browser) -> None:
    found = {}
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page = context.new_page()
    with serving(small) as at:
        for name in pages(small):
            if name.startswith("data/") and name != "data/index.html":
                continue  # the same whatever the records
            page.goto(f"{at}{name}")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            wrong = complaints(page) + ([f"{wide} px too wide"] if wide > 0 else [])
            if wrong:
                found[name] = wrong
    context.close()
    assert found == {}


def test_every_record_has_its_page(one_of_each: Path) -> None:
    manifest = json.loads((one_of_each / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["records"] == dict.fromkeys(record_types(), 1)
    # The record of a supplier is found among the suppliers, with those who have none.
    assert manifest["search"]["records"] == len(record_types()) - 1
    for kind in record_types():
        assert (one_of_each / file(address(kind, id_of(kind)))).is_file(), kind


def test_a_council_alone_says_what_is_not_there_yet(alone: Path) -> None:
    home = pages(alone)["index.html"].text
    for sentence in (
        "Nothing is open at the moment.",
        "No decision is recorded yet.",
        "No payments are published yet.",
        "No place is recorded yet.",
    ):
        assert sentence in home
