"""Sources of other councils have other shapes: whatever stands where, an import tells it and goes on."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_import_moderngov import BY_DATE, COMMITTEES, LISTED, MEETING, WARDS
from test_import_records import MAPPING, MATTER, TABLE, oparl

from minutebook.importing.records.engine import Outcome, Request, import_records
from minutebook.records.load import load

SECOND = Path(__file__).resolve().parent / "second_council" / "council.yaml"
ODD: tuple[Any, ...] = (
    *(None, "", " ", [], {}, [None], [[]], [{}], {"x": {}}, 0, -1, 1.5, True, "0001-01-01"),
    *("\x00\u202e", "x" * 5000, "<b>", "- a: b", "31/31/2020", ["a", 1], 10**30, "\ud800", "ﬁ"),
)
EVENT = {
    "EventId": 9,
    "EventBodyName": "Zoning Board",
    "EventDate": "2020-05-06T00:00:00",
    "EventTime": "6:30 PM",
    "EventItems": [
        {
            "EventItemTitle": "Roll call",
            "EventItemMatterId": 77,
            "EventItemRollCallInfo": [
                {
                    "RollCallPersonName": "Cy Obi",
                    "RollCallPersonId": 3,
                    "RollCallValueName": "Present",
                }
            ],
        }
    ],
}
PERSON = {
    "PersonId": 3,
    "PersonFullName": "Cy Obi",
    "OfficeRecords": [{"BodyName": "Zoning Board", "Title": "Member", "Start": "2019-01-01"}],
}
POPOLO = {
    "persons": [{"id": "a", "name": "Al Moss", "links": [{"url": "https://example.org"}]}],
    "organizations": [{"id": "o", "name": "O'Day Council", "classification": "legislature"}],
    "memberships": [{"person_id": "a", "organization_id": "o", "role": "councillor"}],
}
PAGES = {
    "source": "https://example.org",
    "committees": [{"cid": "1", "name": "Planning", "members": [{"name": "Al Moss", "uid": "1"}]}],
    "meetings": [{"id": "p-1", "date": "2026-02-10", "committee": "Planning", "documents": ["x"]}],
}
JSON = {
    "legistar": [MATTER, EVENT, PERSON],
    "oparl": oparl("einstimmig zugestimmt"),
    "popolo": POPOLO,
    "moderngov": PAGES,
}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    yield way
    inner: Any = ()
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inner:
        yield from places(part, (*way, key))


def changed(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    """A copy with something else in one place; the field is gone where `new` is an ellipsis."""
    if not way:
        return None if new is ... else new
    whole = copy.deepcopy(value)
    inner = whole
    for key in way[:-1]:
        inner = inner[key]
    if new is ...:
        del inner[way[-1]]
    else:
        inner[way[-1]] = copy.deepcopy(new)
    return whole


def taken(format: str, name: str, text: str, folder: Path, mapping: str = "") -> Outcome:
    """Import one file into a fresh folder; what it makes is sound."""
    content = folder / "content"
    content.mkdir(parents=True)
    (content / "council.yaml").write_bytes(SECOND.read_bytes())
    (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    outcome = import_records(Request(format, [folder / name], content, mapping))
    problems = load(content).problems
    assert not problems, (text[:3000], [problem.text() for problem in problems])
    return outcome


@pytest.mark.parametrize("format", JSON)
def test_any_value_anywhere(format: str, tmp_path: Path) -> None:
    chance = random.Random(format)
    ways = list(places(JSON[format]))
    for number in range(120):
        new = chance.choice((..., *ODD))
        other = changed(JSON[format], chance.choice(ways), new)
        taken(format, "a.json", json.dumps(other), tmp_path / str(number))


@pytest.mark.parametrize("format", JSON)
def test_a_file_cut_anywhere(format: str, tmp_path: Path) -> None:
    text = json.dumps(JSON[format])
    for number, end in enumerate(range(0, len(text), max(len(text) // 20, 1))):
        outcome = taken(format, "a.json", text[:end], tmp_path / str(number))
        assert [fault.where for fault in outcome.faults if fault.whole] == ["a.json"]


@pytest.mark.parametrize("answer", [WARDS, COMMITTEES, LISTED, BY_DATE, MEETING])
def test_any_element_anywhere(answer: str, tmp_path: Path) -> None:
    chance = random.Random(answer)
    for number in range(40):
        root = ElementTree.fromstring(answer)
        parents = [node for node in root.iter() if len(node)]
        parent = chance.choice(parents)
        child = chance.choice(list(parent))
        what = chance.randrange(4)
        if what == 0:
            parent.remove(child)
        elif what == 1:
            parent.append(child)
        elif what == 2:
            child.text = chance.choice(["", "0", "31/31/2020", "x" * 5000, "&lt;p&gt;", "False"])
        else:
            child.tag = "unknown"
        text = ElementTree.tostring(root, encoding="unicode")
        taken("moderngov", "a.xml", text, tmp_path / str(number))


def test_a_table_cut_or_mixed_up_anywhere(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING)
    chance = random.Random("table")
    for number in range(60):
        text = TABLE[: chance.randrange(len(TABLE))] if number % 2 else TABLE
        cells = text.split(",")
        cells[chance.randrange(len(cells))] = chance.choice(['"', "\x00", "x" * 5000, "", "\n\n"])
        taken("table", "a.csv", ",".join(cells), tmp_path / str(number), str(mapping))
