"""`imports/aliases.yaml`, which people write, and `imports/suggested-aliases.yaml`, which the importer does.

    people:
      - id: adam-mcgough
        names: [Adam McGough, B. Adam McGough]
    bodies:
      - id: planning
        names: [Planning Committee, Development Control Committee]
    apart:
      - [john-smith, john-smyth]

The importer reads the first and never changes it. In the second it notes under `matched` the names that
it took for one, with the reason, and under `maybe` pairs that a person should look at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from minutebook.importing.records.run import Run
from minutebook.importing.records.who import Who
from minutebook.importing.refusal import RefusalError
from minutebook.records.notes import read_note
from minutebook.records.problems import report

FILE = "imports/aliases.yaml"
SUGGESTED = "imports/suggested-aliases.yaml"
MOST = 2000
"""How many pairs in doubt are noted; the report counts all."""
_HEAD = """# Written anew by each import: look through it, and copy what is right into aliases.yaml.
# `matched`: names that were taken for one person or body. `maybe`: pairs that may be one.
"""


def apply(content: Path, people: Who, bodies: Who) -> None:
    """Tell what `aliases.yaml` says. Raises `RefusalError` if it cannot be read."""
    if not (content / FILE).is_file():
        return
    note = read_note(content, FILE)
    if note.problems or note.document is None:
        raise RefusalError(report(note.problems))
    for name, who in (("people", people), ("bodies", bodies)):
        for entry in note.document.get(name, ()):
            who.alias(entry["id"], entry["names"])
    for pair in note.document.get("apart", ()):
        people.apart.add(frozenset(pair))


def suggest(content: Path, run: Run) -> None:
    """Write what was matched and what is in doubt; no file where there is nothing of either."""
    matched = {
        name: [
            {"id": one.id, "names": [{"name": said, "why": how} for said, how in _odd(one.names)]}
            for _, one in sorted(who.every.items())
            if _odd(one.names)
        ]
        for name, who in (("people", run.people), ("bodies", run.bodies))
    }
    said: dict[str, Any] = {
        "matched": {name: every for name, every in matched.items() if every},
        "maybe": [list(pair) for pair in run.people.doubtful()[:MOST]],
    }
    said = {name: value for name, value in said.items() if value}
    path = content / SUGGESTED
    if not said:
        return
    text = _HEAD + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=100)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _odd(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted((name, how) for name, how in names.items() if how)
