"""What git knows of the records: the newest commit, and the last commit of each file."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from minutebook.records.register import Revision


@dataclass(frozen=True, slots=True)
class Repository:
    """`revision` is the newest commit that changed the records, `day` its day; empty outside git."""

    revision: str = ""
    day: date | None = None
    history: dict[str, Revision] = field(default_factory=dict)


def repository(content: Path) -> Repository:
    """Ask git about the content folder. A shallow clone knows no history, and then neither do we."""
    log = _git(content, "log", "--relative", "--name-only", "--format=%x00%H %cs", "--", ".")
    if not log:
        return Repository()
    commits = [part.split("\n") for part in log.split("\x00")[1:]]
    newest, _, day = commits[0][0].partition(" ")
    if _git(content, "rev-parse", "--is-shallow-repository").strip() == "true":
        return Repository(newest, date.fromisoformat(day))
    last: dict[str, tuple[str, str]] = {}
    count: dict[str, int] = {}
    for head, *paths in commits:
        commit, _, when = head.partition(" ")
        for path in filter(None, paths):
            last.setdefault(path, (commit, when))
            count[path] = count.get(path, 0) + 1
    history = {
        path: Revision(commit, date.fromisoformat(when), count[path])
        for path, (commit, when) in last.items()
    }
    return Repository(newest, date.fromisoformat(day), history)


def _git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "core.quotepath=off", *words]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
