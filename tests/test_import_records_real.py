"""The import of records of real councils, where a developer has them; skipped visibly elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.importing.records.engine import Outcome, Request, import_records
from minutebook.records.load import load

SECOND = Path(__file__).resolve().parent / "second_council" / "council.yaml"

SOURCES = {
    "karlsruhe": ("oparl", ["decisions-karlsruhe-oparl"], "", 1439),
    "oparl-examples": ("oparl", ["decisions-oparl-examples"], "", 1),
    "nyc-resolutions": (
        "legistar",
        ["decisions-nyc/people.tar.xz", "decisions-nyc/resolution_2014-2015.tar.xz"],
        "",
        643,
    ),
    "legistar-fixtures": ("legistar", ["decisions-legistar-fixtures"], "", 0),
    "dallas": ("table", ["decisions-dallas"], "table-dallas", 2531),
    "la-metro": (
        "table",
        ["decisions-legistar-fixtures/la_metro_historical_events.csv"],
        "table-la-metro",
        0,
    ),
    "lancashire": ("moderngov", ["decisions-lancashire-meetings"], "", 0),
    "councillors": ("moderngov", ["councillors-moderngov"], "", 0),
    "popolo": ("popolo", ["councillors-popolo-australia"], "", 0),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_real_source_becomes_valid_records(name: str, shared_data: Path, tmp_path: Path) -> None:
    format, paths, mapping, decisions = SOURCES[name]
    (tmp_path / "council.yaml").write_bytes(SECOND.read_bytes())
    request = Request(format, [shared_data / path for path in paths], tmp_path, mapping)
    outcome = import_records(request)
    loaded = load(tmp_path)
    assert loaded.records, [problem.text() for problem in loaded.problems[:5]]
    assert len(loaded.records.decisions) == decisions
    assert sum(outcome.kept.made.values()) > 0 and not outcome.kept.conflicts
    _rolls(name, outcome)
    rejected = sum(fault.whole for fault in outcome.faults) + outcome.run.figures.tombstones
    assert outcome.run.figures.read <= outcome.found.total() + rejected, (
        "nothing is lost in silence"
    )
    before = _files(tmp_path)
    again = import_records(request)
    assert _files(tmp_path) == before, "not a byte changes when nothing changed"
    assert not again.kept.made and not again.kept.updated, "unchanged input changes nothing"


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _rolls(name: str, outcome: Outcome) -> None:
    if name == "dallas":
        assert (outcome.run.figures.rolls, outcome.run.figures.rolls_disagree) == (1939, 15)
    if name == "councillors":
        assert any("web page" in fault.reason for fault in outcome.faults)
