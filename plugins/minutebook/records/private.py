"""What is private in a content folder, less what the council rightly publishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from minutebook.records.messages import Complaint
from minutebook.records.privacy import private_in_file, private_lines
from minutebook.records.privacy.guard import told
from minutebook.records.problems import Problem, shown
from minutebook.records.source import BOUNDARY_BYTES, RECORD_BYTES, Refused, contents
from minutebook.records.tables import Table

CODES = frozenset(
    ("national-insurance", "nhs-number", "payment-card", "bank-details", "personal-email")
) | {"personal-phone", "home-address", "date-of-birth", "hidden-text"}
"""The rules whose hits an entry of the council's record can explain."""


def private_beside(root: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """Private data in the files beside records: pictures, boundaries, tables that are no tables."""
    for path in paths:
        try:
            raw = contents(root, path, max(RECORD_BYTES, BOUNDARY_BYTES))
        except Refused:
            continue  # a large table; its cells are looked at, and what is wrong with a file is told
        yield from private_in_file(path, raw)
        if PurePosixPath(path).suffix in (".svg", ".geojson"):
            yield from private_lines(path, raw.decode("utf-8", "replace"))


def private_cells(table: Table) -> Iterator[Problem]:
    """Private data in the cells of a table that hold words."""
    for line, code in table.private:
        yield told(table.path, code, line, 1)


def unexplained(found: Iterable[Problem], council: Mapping[str, Any]) -> list[Problem]:
    """The problems that no entry of the council's record explains; one more than it says are all told."""
    every = list(found)
    counts = Counter((problem.path, problem.code) for problem in every)
    allowed = {
        (entry["file"], entry["rule"]): entry["count"] for entry in council.get("privacy", ())
    }
    return [
        problem
        for problem in every
        if problem.code not in CODES
        or counts[problem.path, problem.code] > allowed.get((problem.path, problem.code), 0)
    ]


def idle_entries(found: Iterable[Problem], council: Mapping[str, Any]) -> Iterator[Complaint]:
    """Entries of the council's record that explain nothing that is there."""
    counts = Counter((problem.path, problem.code) for problem in found)
    for number, entry in enumerate(council.get("privacy", ())):
        there = counts[entry["file"], entry["rule"]]
        if there < entry["count"]:
            message = f"{shown(entry['file'])} holds this {there} times, not {entry['count']}"
            hint = "correct the entry, or delete it: what it explains is not there any more"
            yield Complaint(f"/privacy/{number}", "privacy-entry", message, hint)
