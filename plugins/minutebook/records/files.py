"""The content folder -> which file is what. Nothing is skipped without a word."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from minutebook.records.problems import Problem, allowed, shown
from minutebook.records.schema import record_types, schema
from minutebook.records.source import DEPTH

COUNCIL = "council.yaml"
NOTES = "imports"
"""The folder of what the importers note, such as who is who; it holds no records."""
NOTED = {f"{NOTES}/{name}.yaml": f"notes/{name}" for name in ("aliases", "suggested-aliases")}
"""The files that it may hold -> their schemas."""
LAYOUTS = re.compile(r"imports/spending-(?P<organisation>[a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")
"""How the spending files of an organisation are read."""
_BESIDE = (".csv", ".geojson", ".svg", ".png")
_IGNORED = {"README.md", ".gitkeep", ".gitattributes"}


def noted(path: str) -> str:
    """The schema of a note; nothing when no note is called so."""
    return "notes/spending-layouts" if LAYOUTS.fullmatch(path) else NOTED.get(path, "")


@dataclass(slots=True)
class Files:
    """The files of a content folder: records by type, what lies beside them, and what importers note."""

    records: dict[str, list[str]] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    found: dict[str, os.stat_result] = field(default_factory=dict)
    """What the system says of each file, from before it is read."""
    problems: list[Problem] = field(default_factory=list)

    def mark(self, path: str, before: int = 0) -> str:
        """What changes when a file is touched; empty when it was touched after `before` (ns)."""
        it = self.found.get(path)
        if it is None or (before and max(it.st_mtime_ns, it.st_ctime_ns) >= before):
            return ""
        return f"{it.st_size} {it.st_mtime_ns} {it.st_ctime_ns} {it.st_ino}"


def find(root: Path) -> Files:
    """Sort every file below `root`. Paths are relative and use forward slashes, in sorted order."""
    found = Files()
    if not root.is_dir():
        message = "the content folder does not exist"
        hint = "name another one with --content"
        found.problems.append(Problem(root.name or str(root), 0, 0, "", "missing", message, hint))
        return found
    folders = {folder: name for name, folder in record_types().items()}
    for path in _walk(root, "", found):
        _sort(path, folders, found)
    if not any(path == COUNCIL for path in found.records.get("council", [])):
        message, hint = "is missing", "it says whose site this is: its name, licence and contacts"
        found.problems.append(Problem(COUNCIL, 0, 0, "", "missing", message, hint))
    return found


def _walk(root: Path, below: str, found: Files) -> list[str]:
    paths: list[str] = []
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        path, hint = below.rstrip("/") or ".", "check that it may be read"
        found.problems.append(Problem(path, 0, 0, "", "unreadable", message, hint))
        return paths
    for entry in entries:
        path = f"{below}{entry.name}"
        refusal = _refusal(path, entry)
        if refusal:
            found.problems.append(refusal)
        elif entry.is_dir():
            paths += _walk(root, f"{path}/", found)
        else:
            paths.append(path)
            with contextlib.suppress(OSError):  # it is gone again
                found.found[path] = entry.stat(follow_symlinks=False)
    return paths


def _refusal(path: str, entry: os.DirEntry[str]) -> Problem | None:
    """Why a file or folder is not even looked into, if so."""
    if not entry.name.isprintable():
        clean = "".join(
            char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path
        )
        message = "the name of this file or folder holds characters that cannot be shown"
        return Problem(clean, 0, 0, "", "unknown-file", message, "give it a plain name")
    if entry.is_symlink():
        message, hint = "is a symbolic link", "put the file itself here"
        return Problem(path, 0, 0, "", "link", message, hint)
    if entry.is_dir() and path.count("/") >= DEPTH:
        message = f"folders lie in each other more than {DEPTH} deep"
        return Problem(path, 0, 0, "", "depth", message, "use fewer folders")
    if not entry.is_dir() and not entry.is_file():
        message, hint = "is neither a file nor a folder", "delete it"
        return Problem(path, 0, 0, "", "unknown-file", message, hint)
    return None


def _sort(path: str, folders: dict[str, str], found: Files) -> None:
    folder, _, name = path.rpartition("/")
    top = path.partition("/")[0]
    if name in _IGNORED:
        return
    if path == COUNCIL:
        found.records["council"] = [path]
    elif top == NOTES and folder:
        if noted(path):
            found.notes.append(path)
        else:
            names = [*(Path(one).name for one in NOTED), "spending-ORGANISATION.yaml"]
            found.problems.append(_unknown(path, allowed(names, name)))
    elif top in folders and "/" in path and not name.startswith("."):
        kind = folders[top]
        ending = f".{schema(kind).resolved['fileType']}"
        if name.endswith(ending):
            found.records.setdefault(kind, []).append(path)
        elif name.endswith(_BESIDE):
            found.beside.add(path)
        else:
            hint = f"records here end in {ending}, tables and boundaries in .csv and .geojson"
            found.problems.append(_unknown(path, hint))
    elif not folder and name.endswith((".svg", ".png")):
        found.beside.add(path)
    else:
        hint = allowed([COUNCIL, *(f"{folder}/" for folder in folders)], f"{top}/", limit=20)
        found.problems.append(_unknown(path, hint))


def _unknown(path: str, hint: str) -> Problem:
    message = f"nobody expects a file {shown(path.rpartition('/')[2])} here"
    return Problem(path, 0, 0, "", "unknown-file", message, hint)
