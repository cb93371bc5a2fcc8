"""Long imports: what is seen while they run, and what a run that was killed leaves behind."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minutebook.importing.records.engine import Request, import_records
from minutebook.importing.records.report import Progress
from minutebook.records.load import load

SECOND = Path(__file__).resolve().parent / "second_council" / "council.yaml"
MAIN = "import sys; from minutebook.importing.records.command import main; sys.exit(main(sys.argv[1:]))"


def matters(folder: Path, count: int) -> Path:
    every = [
        {
            "MatterId": number,
            "MatterFile": f"Res {number:04}",
            "MatterTitle": "Mend the roof",
            "MatterText": "Whereas it leaks. " * 40,
            "MatterIntroDate": "2020-01-02",
            "MatterBodyName": "City Council",
            "MatterHistories": [],
        }
        for number in range(count)
    ]
    path = folder / "matters.json"
    path.write_text(json.dumps(every), encoding="utf-8")
    return path


def content(folder: Path) -> Path:
    folder.mkdir()
    (folder / "council.yaml").write_bytes(SECOND.read_bytes())
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_terminal_shows_how_far_it_has_come(tmp_path: Path) -> None:
    words = ["legistar", str(matters(tmp_path, 200)), "--into", str(content(tmp_path / "content"))]
    outer, inner = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *words], stdout=subprocess.PIPE, stderr=inner
    ) as running:
        os.close(inner)
        shown = b""
        try:
            while chunk := os.read(outer, 65536):
                shown += chunk
        except OSError:  # the other end is closed: the run is over
            pass
        assert running.stdout and b"200 entries read" in running.stdout.read()
    assert running.wait() == 0
    text = shown.decode("utf-8", "replace")
    for word in ("files read", "checked", "written"):
        assert word in text


def test_elsewhere_plain_lines_are_written_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    with Progress() as progress:
        for count in range(1, 13):
            clock[0] += 1
            progress("written", count, 12)
    assert capsys.readouterr().err == "5 of 12 written ...\n10 of 12 written ...\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there, nothing can be killed in this way")
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    source = matters(tmp_path, 1500)
    whole = content(tmp_path / "whole")
    import_records(Request("legistar", [source], whole))
    half = content(tmp_path / "half")
    words = ["legistar", str(source), "--into", str(half)]
    running = subprocess.Popen([sys.executable, "-c", MAIN, *words], stdout=subprocess.DEVNULL)
    for _ in range(3000):
        if sum(1 for _ in half.rglob("res-*.md")) > 100:
            break
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it was killed before it had ended"
    left = files(half)
    assert 100 < len(left) < len(files(whole))
    finished = {name: raw for name, raw in left.items() if ".importing-" not in name}
    assert finished.items() <= files(whole).items(), "what is there is whole"
    outcome = import_records(Request("legistar", [source], half))
    assert outcome.kept.same["decision"] > 0 and not outcome.kept.updated
    assert files(half) == files(whole)
    assert not load(half).problems
