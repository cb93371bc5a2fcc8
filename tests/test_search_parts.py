"""The parts of the search index: divided anyhow, kept, damaged, the whole is the same; an edit is cheap."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
import search_corpus

from minutebook.build import build as build_site
from minutebook.publishing.stage import Laid
from minutebook.search import parts as rooms
from minutebook.search.entries import FIELDS, Document, Entry
from minutebook.search.files import published
from minutebook.search.index import Index, build, whole
from minutebook.search.parts import Desk, card_path, gather, tidy
from minutebook.search.segment import segment


def documents(found: list[Entry], made: list[int] | None = None) -> list[Document]:
    """What there is to index; `made` learns which entries were really made."""

    def entry(one: Entry) -> Entry:
        if made is not None:
            made.append(one.number)
        return one

    return [
        Document(one.number, json.dumps([one.words, one.card]), lambda one=one: entry(one))
        for one in found
    ]


def desk(folder: Path) -> Desk:
    """Writes below `folder` and keeps parts beside it."""

    def lay(path: str, content: bytes) -> Laid:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return Laid("", hashlib.sha256(content).hexdigest(), len(content), 0)

    def found(path: str, digest: str) -> Laid | None:
        return Laid("", digest, 0, 0) if (folder / path).is_file() else None

    return Desk(lay, found, folder / "kept")


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what happens can be counted."""
    monkeypatch.setattr(rooms, "spread", lambda work, jobs, **_: [work(job) for job in jobs])


@pytest.mark.parametrize("size", [1, 7, 100, 1000])
def test_how_documents_are_divided_leaves_no_trace(size: int) -> None:
    found = [(one.number, one.words) for one in search_corpus.entries(300)]
    divided = [segment(FIELDS, found[at : at + size]) for at in range(0, len(found), size)]
    together, alone = Index(FIELDS, divided), build(FIELDS, found)
    assert json.dumps(whole(together)) == json.dumps(whole(alone))
    assert together.forms == alone.forms
    divided[0]["postings"][0][1][0] += 1
    assert json.dumps(whole(Index(FIELDS, divided))) != json.dumps(whole(alone))


def test_documents_out_of_order_are_refused() -> None:
    found = [(one.number, one.words) for one in search_corpus.entries(20)]
    with pytest.raises(ValueError, match="comes after"):
        segment(FIELDS, found[::-1])
    with pytest.raises(ValueError, match="comes after"):
        Index(FIELDS, [segment(FIELDS, found[10:]), segment(FIELDS, found[:10])])


def test_after_an_edit_one_part_is_made_anew(tmp_path: Path) -> None:
    made: list[int] = []
    found = list(search_corpus.entries(1000))
    gather(documents(found, made), desk(tmp_path))
    assert len(made) == 1000
    made.clear()
    gather(documents(found, made), desk(tmp_path))
    assert made == []
    found[500].words["text"] += " newly"
    kept = gather(documents(found, made), desk(tmp_path))
    assert 500 in made
    assert len(made) <= 256
    assert dict(published(kept[0])) == dict(
        published(gather(documents(found), Desk(desk(tmp_path).lay))[0])
    )


def test_what_was_kept_may_be_damaged_or_gone(tmp_path: Path) -> None:
    found = list(search_corpus.entries(600))
    before = dict(published(gather(documents(found), desk(tmp_path))[0]))
    files = sorted((tmp_path / "kept").iterdir())
    files[0].write_bytes(files[0].read_bytes()[:-9])
    files[1].write_bytes(b"\xff\x00")
    files[2].unlink()
    (tmp_path / card_path(3)).unlink()
    assert dict(published(gather(documents(found), desk(tmp_path))[0])) == before
    assert (tmp_path / card_path(3)).is_file()


def test_parts_of_no_use_are_deleted(tmp_path: Path) -> None:
    found = list(search_corpus.entries(600))
    gather(documents(found), desk(tmp_path))
    count = len(list((tmp_path / "kept").iterdir()))
    found[0].words["title"] += " newly"
    gather(documents(found), desk(tmp_path))
    assert len(list((tmp_path / "kept").iterdir())) == count


def test_the_parts_of_few_sites_are_kept(tmp_path: Path) -> None:
    for number in range(rooms.SITES + 3):
        (tmp_path / f"site-{number}").mkdir()
        os.utime(tmp_path / f"site-{number}", (number, number))
    tidy(tmp_path / "site-0")
    left = {path.name for path in tmp_path.iterdir()}
    assert len(left) == rooms.SITES
    assert "site-0" in left
    assert "site-1" not in left


def test_a_council_without_records_has_a_search_too(content: Path, tmp_path: Path) -> None:
    for each in content.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        elif each.name != "council.yaml":
            each.unlink()
    council = content / "council.yaml"
    lines = [line for line in council.read_text("utf-8").splitlines() if "logo" not in line]
    council.write_text("\n".join(lines), encoding="utf-8")
    assert build_site(content, tmp_path / "out") == 0
    manifest = json.loads((tmp_path / "out/search/index.json").read_text("utf-8"))
    assert manifest["documents"] == 0
    assert manifest["terms"] == ""
