"""One edit is checked soon, and says exactly what a first check would say."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from record_cases import BASE, DECISION, decision, in_england, lay_out, names

from minutebook.records import load as loading
from minutebook.records import reading
from minutebook.records.load import Loaded, load


def answer(loaded: Loaded) -> tuple[object, ...]:
    """All that can be said of a content folder."""
    records = loaded.records
    every = [(kind, record) for kind, record in records if kind != "release"] if records else []
    rows = [
        (one.document, list(one.payments), list(one.budget_lines), one.digest)
        for one in (records.releases.values() if records else ())
    ]
    return loaded.problems, loaded.warnings, every, rows, records and records.mentions


def touch(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edits(content: Path) -> list[Callable[[random.Random], object]]:
    """Ways in which somebody may change a content folder: for the better, for the worse, or not."""

    def some(chance: random.Random) -> Path:
        every = [it for it in content.rglob("*") if it.suffix in (".md", ".yaml", ".csv")]
        return chance.choice(sorted(every))

    def word(chance: random.Random) -> None:
        path = some(chance)
        old = chance.choice(("carried", "2026", "cabinet", "for", "GBP", "council", "true", "held"))
        new = chance.choice(("lost", "2025", "council", "against", "EUR", "nobody", "false", "x"))
        touch(path, path.read_text("utf-8").replace(old, new, 1))

    def line(chance: random.Random) -> None:
        path = some(chance)
        lines = path.read_text("utf-8").splitlines(keepends=True)
        del lines[chance.randrange(len(lines))]
        touch(path, "".join(lines))

    def rulebook(chance: random.Random) -> None:
        council = content / "council.yaml"
        if council.exists():
            old, new = chance.sample(("rulebook: none", "rulebook: england"), 2)
            touch(council, council.read_text("utf-8").replace(old, new))

    def case(chance: random.Random) -> None:
        name = chance.choice([it for it in names() if it.startswith(("england", "vote", "quorum"))])
        other = content.parent / "case"
        shutil.rmtree(other, ignore_errors=True)
        lay_out(name, other)
        for path in sorted(other.rglob("*")):
            here = content / path.relative_to(other)
            if path.is_file() and (not here.exists() or here.read_bytes() != path.read_bytes()):
                touch(here, path.read_text("utf-8"))

    return [
        word,
        word,
        line,
        rulebook,
        case,
        case,
        lambda chance: some(chance).unlink(),
        lambda chance: shutil.copytree(BASE, content, dirs_exist_ok=True),
        lambda chance: touch(content / "decisions" / "2026-901.md", DECISION),
        lambda chance: some(chance).touch(),
    ]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_was_edited_a_later_check_says_what_a_first_one_does(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        reading, "SETTLED", seed % 2 * 10**10
    )  # trusting the times of files, or not
    chance = random.Random(seed)
    content = shutil.copytree(BASE, tmp_path / "content")
    in_england(content)
    ways = edits(content)
    for _ in range(25):
        chance.choice(ways)(chance)
        assert answer(load(content, tmp_path / "cache")) == answer(load(content))


def test_what_did_not_change_is_neither_read_nor_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SETTLED", 0)
    content = shutil.copytree(BASE, tmp_path / "content")
    decision(content, DECISION)
    load(content, tmp_path / "cache")
    read: list[str] = []
    one = reading.read_entry
    monkeypatch.setattr(
        reading,
        "read_entry",
        lambda root, kind, path: (read.append(path), one(root, kind, path))[1],
    )
    asked: list[str] = []

    def watched(sound: loading.Sound) -> object:
        asked.extend(path for path, _ in sound.of("decision"))
        return iter(())

    monkeypatch.setattr(loading, "RULES", (watched,))
    load(content, tmp_path / "cache")
    assert not read and asked  # a new rule is asked about everything
    asked.clear()
    decision(content, DECISION.replace("roof", "gate"))
    load(content, tmp_path / "cache")
    assert read == asked == ["decisions/2026-900.md"]


def test_a_file_that_may_have_changed_at_the_same_moment_is_read(tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    decision(content, DECISION)
    before = (content / "decisions/2026-900.md").stat()
    assert not load(content, tmp_path / "cache").problems
    decision(content, DECISION.replace("proposed", "proposet"))
    os.utime(content / "decisions/2026-900.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load(content, tmp_path / "cache").problems


@pytest.mark.parametrize("damage", ["bytes", "text", "columns", "folder"])
def test_a_damaged_memory_is_only_slow(damage: str, tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    expected = answer(load(content, tmp_path / "cache"))
    (file,) = (tmp_path / "cache").iterdir()
    if damage == "bytes":
        file.write_bytes(b"SQLite format 3\0" + file.read_bytes()[16:200] + b"x" * 500)
    elif damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        with sqlite3.connect(file) as database:
            change = "update record set text = '[1'" if damage == "text" else "drop table note"
            database.execute(change)
        database.close()
    for _ in range(2):
        assert answer(load(content, tmp_path / "cache")) == expected
