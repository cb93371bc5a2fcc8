"""Golden output: the site of a small council, byte for byte, so that a review sees what a change does to it.

    python3 -m pytest tests/test_golden.py --update-golden

writes `golden/` anew; read the difference before you commit it. There is a page of every template, and one of
each kind of file for machines. Nothing is left out or smoothed over: whatever differs, is different.
"""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import OPEN

from minutebook.pages import MODULES
from minutebook.records.addresses import file
from minutebook.records.load import load
from minutebook.records.register import register

GOLDEN = Path(__file__).parent / "golden"
CHOSEN = (
    *("index.html", "404.html", "about/index.html", "search/index.html", "feeds/index.html"),
    *("decisions/index.html", "decisions/2026-001/index.html", "decisions/2026-001.json"),
    *("decisions/2026-002/index.html", "decisions/forward-plan/index.html"),
    *("meetings/index.html", "meetings/cabinet-2026-04-16/index.html"),
    *("participation/index.html", "participation/2026-001/index.html"),
    *("petitions/index.html", "petitions/2025-001/index.html"),
    *("evaluations/index.html", "evaluations/2026-001/index.html"),
    *(
        "people/index.html",
        "people/ada/index.html",
        "bodies/index.html",
        "bodies/cabinet/index.html",
    ),
    *("places/index.html", "places/old-town/index.html"),
    *("topics/index.html", "topics/libraries/index.html"),
    *("contracts/index.html", "contracts/reading-room/index.html"),
    *("providers/index.html", "providers/uk-plc/index.html"),
    *("spending/index.html", "spending/2026-04/index.html", "spending/2026-budget/index.html"),
    *("spending/2026-grants/index.html", "spending/suppliers/index.html"),
    *("spending/suppliers/uk-plc/index.html", "spending/services/index.html"),
    *("spending/services/libraries/index.html", "spending/2026-04.csv"),
    "spending/questions/index.html",
    *("data/decisions/index.html", "data/decisions.json", "data/decisions.csv"),
    *("data/votes.csv", "data/payments.csv", "data/datapackage.json"),
    *("completeness/index.html", "rules/index.html"),
    *("feeds/decisions.atom", "feeds/coming.ics", "robots.txt", "theme/council.css"),
)
MACHINES = {
    "here": {},
    "in the far east": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "in the far west": {"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
}
_BUILD = (
    "import sys; from pathlib import Path; from minutebook.build import build;"
    "sys.exit(build(Path(sys.argv[1]), Path(sys.argv[2])))"
)


def built(folder: Path, environment: dict[str, str]) -> Path:
    """The site of the small council, built on such a machine, outside any repository of git."""
    shutil.copytree(OPEN, folder / "content")
    words = [sys.executable, "-c", _BUILD, str(folder / "content"), str(folder / "site")]
    subprocess.run(words, env={**os.environ, **environment}, check=True)
    return folder / "site"


def told(path: str, kept: bytes, now: bytes) -> str:
    """The difference between what is kept and what was built, as a review shows it; empty where none."""
    if kept == now:
        return ""
    one, other = (each.decode("utf-8").splitlines() for each in (kept, now))
    lines = difflib.unified_diff(one, other, f"golden/{path}", path, lineterm="", n=1)
    return "\n".join(line[:300] for _, line in zip(range(40), lines, strict=False)) or path


@pytest.mark.parametrize("machine", MACHINES)
def test_the_site_is_as_it_was(machine: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    site = built(tmp_path / machine, MACHINES[machine])
    if pytestconfig.getoption("--update-golden"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path in CHOSEN:
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(site / path, GOLDEN / path)
    found = [
        told(path, (GOLDEN / path).read_bytes(), (site / path).read_bytes()) for path in CHOSEN
    ]
    differing = [each for each in found if each]
    assert not differing, (
        f"{len(differing)} files differ; if that is what you want, run pytest tests/test_golden.py"
        " --update-golden and commit the difference\n\n" + "\n\n".join(differing[:5])
    )


def test_a_page_of_every_template_is_among_them() -> None:
    """A template that no golden page is made from could change unseen."""
    records = load(OPEN).records
    assert records and records.council.as_of
    small = register(records, records.council.as_of)
    made = {page.template: page.address for module in MODULES for page in module.pages(small)}
    chosen = {
        page.template
        for module in MODULES
        for page in module.pages(small)
        if file(page.address) in CHOSEN
    }
    assert {made[template] for template in made.keys() - chosen} == set()


def test_a_difference_would_be_told() -> None:
    assert told("a.html", b"<p>one</p>\n", b"<p>one</p>\n") == ""
    assert "-<p>one</p>\n+<p>two</p>" in told("a.html", b"<p>one</p>\n", b"<p>two</p>\n")
    assert told("a.html", b"same", b"same\n") == "a.html"  # a line end is a difference too
