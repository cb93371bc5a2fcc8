"""The cases of records with problems: a sound content folder, and what each case puts over it.

A case in `cases/invalid/` is a folder that is laid over `cases/valid/base`, or a single file: an `.md`
becomes `decisions/2026-900.md`, a `.yaml` becomes `spending/2026-05.yaml` with the `.csv` of the same name
beside it. A case called `england-...` is checked under the rulebook of England. What git or an editor would
not keep as it is (bytes, links, hidden characters) is made by a function here.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from minutebook.records.load import load
from minutebook.records.problems import Problem, report
from minutebook.records.source import BOUNDARY_BYTES, DEPTH, MOST, RECORD_BYTES

CASES = Path(__file__).resolve().parent / "cases"
BASE = CASES / "valid" / "base"
INVALID = CASES / "invalid"
DECISION = """---
id: 2026-900
title: Mend the roof
summary: The roof of the library is mended.
classification: executive
status: proposed
origin: officer
decision_maker: cabinet
date_proposed: 2026-05-01
---
"""
RELEASE = """id: 2026-05
title: Payments in May 2026
classification: payments
organisation: sandbridge
period: {start: 2026-05-01, end: 2026-05-31}
currency: GBP
table: 2026-05.csv
row_count: 1
total: 10.00
"""
ROW = "BeneficiaryName,Amount\nBook Barn Ltd,10.00\n"


def decision(content: Path, text: str | bytes) -> None:
    """Put a decision into the content folder."""
    raw = text.encode() if isinstance(text, str) else text
    (content / "decisions" / "2026-900.md").write_bytes(raw)


def release(content: Path, table: str | bytes, record: str = RELEASE) -> None:
    """Put a spending release with its table into the content folder."""
    raw = table.encode() if isinstance(table, str) else table
    (content / "spending" / "2026-05.yaml").write_bytes(record.encode())
    (content / "spending" / "2026-05.csv").write_bytes(raw)


def boundary(content: Path, text: str) -> None:
    """Replace the boundary of the place."""
    (content / "places" / "harbour.geojson").write_text(text, encoding="utf-8")


def _nested_folders(content: Path) -> None:
    folder = content / "topics" / "/".join("f" * (DEPTH + 2))
    folder.mkdir(parents=True)


MADE: dict[str, Callable[[Path], object]] = {
    "council-missing": lambda content: (content / "council.yaml").unlink(),
    "content-missing": lambda content: shutil.rmtree(content),
    "encoding": lambda content: decision(
        content, DECISION.encode() + "## Zürich".encode("latin-1")
    ),
    "encoding-utf-16": lambda content: decision(content, DECISION.encode("utf-16")),
    "control-character": lambda content: decision(content, DECISION.replace("roof", "ro\x00of")),
    "line-separator": lambda content: decision(content, DECISION.replace("Mend ", "Mend\u2028")),
    "direction": lambda content: decision(content, DECISION.replace("roof", "\u202eroof")),
    "merge-conflict": lambda content: decision(
        content,
        DECISION.replace(
            "status: proposed\n",
            "<<<<<<< HEAD\nstatus: proposed\n=======\nstatus: noticed\n>>>>>>> other\n",
        ),
    ),
    "empty": lambda content: decision(content, " \n"),
    "empty-table": lambda content: release(content, "\ufeff\n"),
    "too-large": lambda content: decision(content, DECISION + " " * RECORD_BYTES),
    "boundary-too-large": lambda content: boundary(content, "[" * (BOUNDARY_BYTES + 1)),
    "logo-not-png": lambda content: (
        (content / "logo.png").write_bytes(b"GIF89a"),
        (content / "logo.svg").unlink(),
        (content / "council.yaml").write_text(
            (content / "council.yaml").read_text("utf-8").replace("logo.svg", "logo.png"), "utf-8"
        ),
    ),
    "office-file": lambda content: (content / "spending" / "2026-04.csv").write_bytes(
        b"PK\x03\x04"
    ),
    "file-properties": lambda content: (
        (content / "logo.svg").write_bytes(b"%PDF-1.7 /Author (Jo Bloggs)"),
        (content / "places" / "harbour.geojson").write_bytes(
            b"\x89PNG\r\n\x1a\n\0\0\0\x08eXIf" + b"MM\0*\0\0\0\x08"
        ),
    ),
    "folders-too-deep": _nested_folders,
    "more": lambda content: release(content, ROW + "Book Barn Ltd,x\n" * (MOST + 50)),
    "line-too-long": lambda content: release(content, ROW + "a" * 100_001 + ",1\n"),
    "quote-open-far": lambda content: release(content, ROW + '"' + "a,1\n" * 30_000),
}
LINUX: dict[str, Callable[[Path], object]] = {
    "link": lambda content: (content / "topics" / "roofs.yaml").symlink_to("libraries.yaml"),
    "link-to-folder": lambda content: (content / "decisions" / "2027").symlink_to("2026"),
    "pipe": lambda content: os.mkfifo(content / "topics" / "pipe.yaml"),
    "name-of-file": lambda content: (content / "topics" / "a\x1b[31m\nb.yaml").touch(),
    "name-not-utf-8": lambda content: Path(
        os.fsdecode(os.fsencode(content / "topics") + b"/\xff.yaml")
    ).touch(),
}
"""What cannot be made on every system."""


def names() -> list[str]:
    """All cases."""
    files = {path.stem for path in INVALID.iterdir() if path.suffix != ".expected"}
    return sorted(files | MADE.keys() | (LINUX.keys() if sys.platform == "linux" else set()))


def lay_out(name: str, content: Path) -> Path:
    """The sound content with the case put over it, in the folder `content`."""
    shutil.copytree(BASE, content)
    if name.startswith("england-"):
        in_england(content)
    make = MADE.get(name) or LINUX.get(name)
    if make:
        make(content)
    elif (INVALID / name).is_dir():
        shutil.copytree(INVALID / name, content, dirs_exist_ok=True)
    else:
        for ending, target in (
            (".md", "decisions/2026-900.md"),
            (".yaml", "spending/2026-05.yaml"),
            (".csv", "spending/2026-05.csv"),
        ):
            if (INVALID / f"{name}{ending}").exists():
                shutil.copy(INVALID / f"{name}{ending}", content / target)
    return content


def in_england(content: Path) -> None:
    """Let the statutory rules hold for what is newer than the records of the base."""
    council = content / "council.yaml"
    text = council.read_text("utf-8").replace("rulebook: none", "rulebook: england")
    more = "rules_from: 2026-04-15\nthresholds: {key_decision: 250000.00}\n"
    council.write_text(text + more, encoding="utf-8")


def said(problems: list[Problem]) -> str:
    """What `check.py` prints about problems in a folder called `content`."""
    return report(dataclasses.replace(it, path=f"content/{it.path}") for it in problems) + "\n"


def check(content: Path) -> str:
    """What `check.py` prints about this folder; empty when nothing is wrong."""
    loaded = load(content)
    assert (loaded.records is None) == bool(loaded.problems)
    found = [*loaded.problems, *loaded.warnings]
    return said(found) if found else ""
