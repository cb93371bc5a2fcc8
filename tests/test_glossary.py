"""Words that only councils use lead to the council's own explanation, where there is one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from conftest import CONTENT

from minutebook.build import build
from minutebook.publishing.glossary import glossary
from minutebook.records.load import load

_TERM = re.compile(r'<a class="mb-term" href="([^"]+)">([^<]+)</a>')


def _decision(site: Path, *tags: str) -> str:
    """A page of a decision whose text has all of these."""
    pages = (path.read_text("utf-8") for path in sorted((site / "decisions").glob("*/index.html")))
    return next(text for text in pages if all(tag in text for tag in tags))


def test_words_lead_to_headings_that_are_there(site: Path) -> None:
    page = _decision(site, "mb-status--key", 'id="duties"')
    terms = {text: to for to, text in _TERM.findall(page)}
    assert terms["Key decision"] == "../../about/#key-decision"
    assert len(terms) > 2
    about = (site / "about" / "index.html").read_text("utf-8")
    for to in terms.values():
        assert f'id="{to.partition("#")[2]}"' in about


def test_a_council_that_explains_nothing_has_the_words_all_the_same(open_site: Path) -> None:
    assert not any("mb-term" in page.read_text("utf-8") for page in open_site.rglob("*.html"))
    assert _decision(open_site, '<span class="mb-step__title">Have your say</span>')


def test_the_first_heading_of_that_name_counts_however_it_is_written(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    about = content / "pages" / "about.md"
    text = about.read_text("utf-8").replace("### Call-in\n", "### **call-in** &amp; more\n")
    about.write_text(f"{text}\n### Call-in\n\nAgain.\n\n### CALL-IN\n\nTwice.\n", "utf-8")
    records = load(content).records
    assert records
    words = glossary(records)
    assert words["call-in"] == "about/#call-in"
    assert words["call-in & more"] == "about/#call-in-more"


def test_a_new_explanation_is_linked_in_the_next_build(tmp_path: Path) -> None:
    content, output = tmp_path / "content", tmp_path / "site"
    shutil.copytree(CONTENT, content)
    about = content / "pages" / "about.md"
    whole = about.read_text("utf-8")
    about.write_text(whole.replace("### Redacted", "### Struck out"), "utf-8")
    assert build(content, output) == 0
    release = next((output / "spending").glob("2026-0?/index.html"))
    assert 'href="../../about/#redacted"' not in release.read_text("utf-8")
    about.write_text(whole, "utf-8")
    assert build(content, output) == 0
    assert 'href="../../about/#redacted">Names withheld</a>' in release.read_text("utf-8")
