"""Building again: the same everywhere, nothing written anew without need, and never half a site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from minutebook.build import build

ROOT = Path(__file__).resolve().parents[1]


def rebuilt(content: Path, output: Path, **environment: str) -> dict[str, str]:
    """Build in a process of its own; returns the digests of what was published."""
    program = (
        "import sys; from pathlib import Path; from minutebook.build import build;"
        "sys.exit(build(Path(sys.argv[1]), Path(sys.argv[2])))"
    )
    words = [sys.executable, "-c", program, str(content), str(output)]
    subprocess.run(words, env={**os.environ, **environment}, check=True)
    digests: dict[str, str] = json.loads((output / "manifest.json").read_text())["files"]
    return digests


def test_a_rebuild_is_identical_whatever_the_machine(content: Path, tmp_path: Path) -> None:
    """The same commit, in another place, time zone, locale and order of hashes."""
    repository, clone = tmp_path / "repository", tmp_path / "an other place"
    repository.mkdir()
    content.rename(repository / "content")
    git = ["git", "-c", "user.name=Clerk", "-c", "user.email=clerk@council.example"]
    subprocess.run([*git, "init", "-q"], cwd=repository, check=True)
    subprocess.run([*git, "add", "."], cwd=repository, check=True)
    subprocess.run([*git, "commit", "-qm", "All records"], cwd=repository, check=True)
    subprocess.run([*git, "clone", "-q", str(repository), str(clone)], check=True)
    here, there = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}, {"TZ": "America/Adak"}
    one = rebuilt(repository / "content", tmp_path / "a", PYTHONHASHSEED="1", **here)
    two = rebuilt(clone / "content", tmp_path / "b", PYTHONHASHSEED="2", **there)
    assert {path for path in one.keys() | two.keys() if one.get(path) != two.get(path)} == set()
    assert json.loads((tmp_path / "a/manifest.json").read_text())["revision"]


def test_a_rebuild_without_a_change_writes_nothing_new(tmp_path: Path) -> None:
    output = tmp_path / "site"
    second = ROOT / "tests/second_council"
    assert build(second, output) == 0
    before = {path: path.stat() for path in output.rglob("*") if path.is_file()}
    assert build(second, output) == 0
    same = [path for path in before if path.stat().st_ino == before[path].st_ino]
    assert {path.name for path in before.keys() - set(same)} <= {"manifest.json"}


def test_an_edit_reaches_the_site(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert build(content, output) == 0
    record = content / "decisions/2026-001-mill-clock.md"
    record.write_text(record.read_text().replace("this summer", "next spring"))
    assert build(content, output) == 0
    assert "next spring" in (output / "decisions/2026-001/index.html").read_text()
    assert "next spring" in (output / "decisions/2026-001.json").read_text()


def test_a_removed_record_leaves_no_page(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert build(content, output) == 0
    assert (output / "about/index.html").exists()
    (content / "pages/about.md").unlink()
    assert build(content, output) == 0
    assert not (output / "about/index.html").exists()


def test_a_failing_build_leaves_the_site(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "site"
    assert build(content, output) == 0
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    record = content / "decisions/2026-001-mill-clock.md"
    record.write_text(record.read_text().replace("status: in-force", "status: in-farce"))
    assert build(content, output) == 1
    assert 'status: "in-farce" is not a decision status' in capsys.readouterr().err
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.glob(".site.*staging*")] == []


def test_a_killed_build_leaves_the_site_whole(content: Path, tmp_path: Path) -> None:
    """Kill a build at several moments; the published site is the old one or the new one."""
    output = tmp_path / "site"
    before = rebuilt(content, output)
    record = content / "decisions/2026-001-mill-clock.md"
    record.write_text(record.read_text().replace("this summer", "next spring"))
    words = [sys.executable, "-c", "import sys; from pathlib import Path; from minutebook.build"]
    words[2] += " import build; build(Path(sys.argv[1]), Path(sys.argv[2]))"
    seen = []
    for seconds in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen([*words, str(content), str(output)])
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        files = json.loads((output / "manifest.json").read_text())["files"]
        found = {p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file()}
        assert set(files) == found - {"manifest.json"}
        seen.append(files)
    after = rebuilt(content, output)
    assert after != before
    assert all(files in (before, after) for files in seen)
