"""A page whose basis is as it was says what it said: no edit leaves a page out of date."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutebook.pages import MODULES
from minutebook.publishing.templates import plain_data
from minutebook.records.load import load
from minutebook.records.register import Register, register

CONTENT = Path(__file__).resolve().parents[1] / "content"
Said = dict[str, tuple[str, str]]
"""For each page that has a basis: the basis, and what the page and its twin say."""

EDITS = 32


def said(linked: Register) -> Said:
    found = {}
    for module in MODULES:
        for page in module.pages(linked):
            if page.basis:
                twin = page.twin(linked) if page.twin else None
                text = json.dumps([page.view(linked), twin], default=plain_data)
                found[page.address] = (page.basis(linked), text)
    return found


def read(content: Path, cache: Path) -> Register:
    loaded = load(content, cache)
    assert loaded.records, [str(problem) for problem in loaded.problems]
    assert loaded.records.council.as_of
    return register(loaded.records, loaded.records.council.as_of)


def edits(content: Path) -> Iterator[tuple[Path, str]]:
    """Files with an edit that leaves them valid, seeded: another name, or one topic or place less."""
    chance = random.Random(2026)
    files = sorted(path for path in content.rglob("*") if path.suffix in (".md", ".yaml"))
    for path in chance.sample(files, len(files)):
        text = path.read_text(encoding="utf-8")
        fewer = re.sub(r"(?m)^(topics|places):\n(  - \S+\n)  - \S+\n", r"\1:\n\2", text, count=1)
        other = re.sub(r"(?m)^(title|name): ([\"']?)(?=\w)", r"\1: \2Edited ", text, count=1)
        for edited in (fewer, other):
            if edited != text:
                yield path, edited
                break


def stale(before: Said, after: Said) -> list[str]:
    """The pages that say something else on the same basis."""
    return [
        address
        for address, (basis, words) in after.items()
        if address in before and before[address][0] == basis and before[address][1] != words
    ]


@pytest.mark.parametrize("part", range(2))
def test_no_edit_leaves_a_page_out_of_date(tmp_path: Path, part: int) -> None:
    content, cache = tmp_path / "content", tmp_path / "cache"
    shutil.copytree(CONTENT, content)
    before = said(read(content, cache))
    passed_over = 0
    for path, edited in list(edits(content))[part * EDITS // 2 : (part + 1) * EDITS // 2]:
        text = path.read_text(encoding="utf-8")
        path.write_text(edited, encoding="utf-8")
        after = said(read(content, cache))
        path.write_text(text, encoding="utf-8")
        assert stale(before, after) == [], path.name
        passed_over += sum(before.get(at, ("",))[0] == basis for at, (basis, _) in after.items())
    assert passed_over > 100


def test_no_edit_of_a_payment_leaves_a_page_out_of_date(tmp_path: Path) -> None:
    """Another purpose; and a sum so much larger that everybody else's share of the year is less."""
    content, cache = tmp_path / "content", tmp_path / "cache"
    shutil.copytree(CONTENT, content)
    before = said(read(content, cache))
    table = content / "spending" / "2026" / "2026-02.csv"
    record = table.with_suffix(".yaml")
    rows, told = table.read_text("utf-8"), record.read_text("utf-8")
    first = rows.split("\n")[1]
    table.write_text(rows.replace(first, first.replace("block beds", "other beds"), 1), "utf-8")
    after = said(read(content, cache))
    assert stale(before, after) == []
    assert after != before
    larger = re.sub(
        r",([0-9]+)(\.[0-9]{2}),", lambda it: f",{int(it[1]) + 90_000_000}{it[2]},", first
    )
    table.write_text(rows.replace(first, larger, 1), "utf-8")
    total = re.search(r"(?m)^total: ['\"]?([0-9]+)", told)
    assert total and larger != first
    more = told.replace(total[1], str(int(total[1]) + 90_000_000), 1)
    record.write_text(more, "utf-8")
    after = said(read(content, cache))
    assert stale(before, after) == []
    assert after != before
