"""check.py and site.py as a person, a commit hook or a workflow starts them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = "x\n::set-output name=a::b\r%0A::warning::c ##[error]d, e"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Two decisions with problems and no council."""
    folder = tmp_path / "content" / "decisions" / "2026"
    folder.mkdir(parents=True)
    (folder / "2026-001.md").write_text("---\nid: 2026-001\nstatus: aproved\n---\n", "utf-8")
    (folder / "2026-002.md").write_text("", "utf-8")
    return tmp_path / "content"


def check(content: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(ROOT / "scripts" / "check.py"), "--content", str(content)]
    return subprocess.run([*script, *arguments], capture_output=True, text=True, cwd=content.parent)


def test_problems_are_shown_with_their_place_and_a_count(content: Path) -> None:
    done = check(content)
    assert done.returncode == 1
    assert "content/decisions/2026/2026-001.md:3:9 status:" in done.stdout
    assert "did you mean" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("in 3 files.")


def test_only_the_files_named_are_shown(content: Path) -> None:
    done = check(content, "content/decisions/2026/2026-002.md")
    assert done.returncode == 1
    assert "2026-002.md" in done.stdout
    assert "2026-001.md" not in done.stdout
    assert "2026-001.md" in check(content, "content/decisions").stdout


def test_json_is_the_same_problems_as_data(content: Path) -> None:
    done = check(content, "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    (status,) = [each for each in found if each["pointer"] == "/status"]
    assert (status["path"], status["line"]) == ("decisions/2026/2026-001.md", 3)
    assert {each["path"] for each in found} >= {"council.yaml", "decisions/2026/2026-002.md"}


def test_github_is_one_command_a_problem(content: Path) -> None:
    lines = check(content, "--format", "github").stdout.splitlines()
    assert all(line.startswith("::error file=content/") for line in lines)
    assert any("2026-001.md,line=3,col=9,title=" in line for line in lines)


def test_a_contributor_cannot_forge_a_workflow_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from check import annotation
    from minutebook.records.problems import Problem

    line = annotation(Problem(HOSTILE, 1, 1, "/title", HOSTILE, HOSTILE, HOSTILE), "content")
    assert "\n" not in line and "\r" not in line
    assert "##[" not in line
    place, _, _ = line.removeprefix("::error ").partition("::")
    assert [part.split("=")[0] for part in place.split(",")] == ["file", "line", "col", "title"]


@pytest.mark.skipif(sys.platform == "win32", reason="Unix pipes")
def test_a_reader_that_has_seen_enough_is_no_error(content: Path) -> None:
    folder = content / "decisions" / "2026"
    for number in range(3, 400):
        (folder / f"2026-{number:03}.md").write_text("", "utf-8")
    words = f'"{sys.executable}" "{ROOT}/scripts/check.py" --content "{content}" | head -n 1'
    done = subprocess.run(["sh", "-c", words], capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_build_of_records_with_problems_ends_with_1_and_publishes_nothing(content: Path) -> None:
    output = content.parent / "site"
    script = [sys.executable, str(ROOT / "scripts" / "site.py"), "build"]
    command = [*script, "--content", str(content), "--output", str(output)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "aproved" in done.stderr
    assert "Traceback" not in done.stderr
    assert not output.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent there")
def test_serving_survives_problems_and_ends_cleanly(content: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = [sys.executable, str(ROOT / "scripts" / "site.py"), "serve", "--port", str(port)]
    command = [*script, "--content", str(content), "--output", str(content.parent / "site")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        status = 0
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
            except urllib.error.HTTPError as answer:
                status = answer.code
                answer.close()
                break
            except OSError:
                time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=20)[1]
    assert status == 503
    assert "Not built. The site stays as it was" in said
    assert process.returncode == 0
    assert "Traceback" not in said
