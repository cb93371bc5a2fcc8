"""The stage: what is published is always whole, and only what changed is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.publishing import stage as module
from minutebook.publishing.stage import Stage


def published(output: Path, files: dict[str, bytes]) -> Stage:
    stage = Stage(output)
    stage.open()
    for path, content in files.items():
        stage.put(path, content)
    stage.publish()
    return stage


@pytest.fixture(params=["exchange", "two renames"])
def output(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to publish in, on systems that can exchange two folders and on those that cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(module, "exchange", lambda one, other: False)
    return tmp_path / "site"


def test_a_second_site_replaces_the_first(output: Path) -> None:
    published(output, {"a/index.html": b"one", "b.html": b"old"})
    published(output, {"a/index.html": b"two"})
    assert (output / "a/index.html").read_bytes() == b"two"
    assert not (output / "b.html").exists()
    published(output, {"c.html": b"three"})
    assert sorted(path.name for path in output.rglob("*")) == ["c.html"]


def test_what_did_not_change_is_the_same_file(output: Path) -> None:
    published(output, {"same.html": b"same", "new.html": b"old"})
    before = (output / "same.html").stat().st_ino, (output / "new.html").stat().st_ino
    published(output, {"same.html": b"same", "new.html": b"new"})
    assert (output / "same.html").stat().st_ino == before[0]
    assert (output / "new.html").stat().st_ino != before[1]


def test_a_file_that_somebody_changed_is_made_again(output: Path) -> None:
    published(output, {"page.html": b"right"})
    (output / "page.html").write_bytes(b"wrong, by hand")
    published(output, {"page.html": b"right"})
    assert (output / "page.html").read_bytes() == b"right"


def test_what_somebody_put_in_is_gone(output: Path) -> None:
    for content in (b"one", b"two", b"three", b"four"):
        published(output, {"page.html": content, "kept/page.html": b"kept"})
        assert sorted(path.name for path in output.rglob("*.html")) == ["page.html"] * 2
        assert not (output / "alien").exists()
        (output / "alien").mkdir()
        (output / "alien" / "file.txt").write_bytes(b"alien")


def test_the_site_of_the_build_before_is_not_mistaken_for_the_published_one(output: Path) -> None:
    for content in (b"one", b"two", b"one", b"one", b"two", b"three", b"one"):
        published(output, {"page.html": content, "kept/page.html": b"kept"})
        assert (output / "page.html").read_bytes() == content


def test_a_killed_build_leaves_nothing_that_is_taken_for_its_own(output: Path) -> None:
    published(output, {"page.html": b"one"})
    published(output, {"page.html": b"two"})
    killed = Stage(output)
    killed.open()
    killed.put("page.html", b"half")
    killed._lock.release()  # what the system does when a process dies
    assert (output / "page.html").read_bytes() == b"two"
    published(output, {"other.html": b"three"})
    assert sorted(path.name for path in output.rglob("*.html")) == ["other.html"]


def test_a_file_may_take_the_place_of_a_folder(output: Path) -> None:
    published(output, {"a/page.html": b"one"})
    published(output, {"b.html": b"two"})
    published(output, {"a/page.html/deeper.html": b"three"})
    assert (output / "a/page.html/deeper.html").read_bytes() == b"three"
    published(output, {"a": b"four"})
    published(output, {"a": b"five"})
    assert (output / "a").read_bytes() == b"five"


def test_a_broken_memory_is_only_slow(output: Path) -> None:
    published(output, {"page.html": b"right"})
    (output.parent / ".site.cache.json").write_text("{not json")
    published(output, {"page.html": b"right"})
    assert (output / "page.html").read_bytes() == b"right"


def test_an_abandoned_stage_changes_nothing(output: Path) -> None:
    published(output, {"page.html": b"right"})
    stage = Stage(output)
    stage.open()
    stage.put("page.html", b"half")
    stage.abandon()
    assert (output / "page.html").read_bytes() == b"right"
    assert not (output.parent / ".site.staging").exists()


def test_one_address_is_used_once(output: Path) -> None:
    stage = Stage(output)
    stage.open()
    stage.put("page.html", b"one")
    with pytest.raises(ValueError, match=r"two pages want the same address: page\.html"):
        stage.put("page.html", b"two")
    stage.abandon()


def test_two_builds_at_once_are_refused(output: Path) -> None:
    first = Stage(output)
    first.open()
    with pytest.raises(BlockingIOError, match="another build"):
        Stage(output).open()
    first.abandon()
    published(output, {"page.html": b"right"})


def test_a_site_lost_between_two_renames_comes_back(output: Path) -> None:
    published(output, {"page.html": b"right"})
    output.rename(output.parent / ".site.old")
    stage = Stage(output)
    stage.open()
    assert (output / "page.html").read_bytes() == b"right"
    stage.abandon()
