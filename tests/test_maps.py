"""Maps: light, in the right shape, and every outline is a link."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import CONTENT, SECOND

from minutebook.pages.maps import ward_map
from minutebook.pages.outlines import middle, path, projection, simplified
from minutebook.records.load import load
from minutebook.records.register import Register, register


@pytest.fixture(scope="module")
def sample() -> Register:
    records = load(CONTENT).records
    assert records is not None
    return register(records, date(2026, 10, 15))


def test_the_map_of_all_wards_is_light(sample: Register) -> None:
    found = ward_map(sample)
    assert len(found["shapes"]) == 12
    assert len(json.dumps(found)) < 8000
    assert {one["id"] for one in found["shapes"]} == {
        id for id, one in sample.records.places.items() if one.classification == "ward"
    }
    assert not any(one["highlight"] for one in found["shapes"])


def test_a_place_that_is_no_ward_is_drawn_over_the_wards(sample: Register) -> None:
    found = ward_map(sample, highlight="wick-brook-corridor")
    assert len(found["shapes"]) == 13
    assert found["shapes"][-1]["id"] == "wick-brook-corridor"
    assert found["shapes"][-1]["top"] and found["shapes"][-1]["highlight"]
    ward = ward_map(sample, highlight="market")
    assert [one["id"] for one in ward["shapes"] if one["highlight"]] == ["market"]
    assert len(ward["shapes"]) == 12


def test_every_outline_on_a_page_is_a_link_with_its_name(site: Path, sample: Register) -> None:
    page = (site / "places/index.html").read_text(encoding="utf-8")
    for shape in ward_map(sample)["shapes"]:
        name = shape["name"].replace("'", "&#39;")
        assert f"<title>{name}</title>" in page
        assert page.count(f'href="../{shape["address"]}"') == 2, "once on the map, once in the list"


def test_a_council_without_boundaries_has_no_map() -> None:
    records = load(SECOND).records
    assert records is not None
    assert ward_map(register(records, date(2026, 5, 14)))["shapes"] == []


def test_east_is_right_north_is_up_and_a_degree_east_is_shorter() -> None:
    box = {"type": "Polygon", "coordinates": [[[1, 54], [2, 54], [2, 55], [1, 55], [1, 54]]]}
    flat = projection([box], 400, 4)
    west, north = flat.point(1, 55)
    east, south = flat.point(2, 54)
    assert west < east and north < south
    assert 0.57 < (east - west) / (south - north) < 0.60, "cos(54.5 degrees)"
    assert west >= 0 and east <= 400 and north >= 0 and south <= flat.height


def test_simplifying_keeps_corners_and_ends() -> None:
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]
    assert simplified(line, 0.5) == [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
    assert simplified(line, 0.01) == line
    assert (
        path([[(0.0, 0.0), (10.0, 0.0), (10.0, -0.5), (0.0, 0.0)]], closed=True)
        == "M0 0l10 0 0-.5z"
    )


def test_a_name_stands_inside_even_a_crooked_outline() -> None:
    crescent = [(0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0), (0.0, 20.0), (20.0, 20.0)]
    crescent += [(20.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    x, y = middle(crescent)
    assert not (x < 20 and 10 < y < 20), "that is the hollow"
    assert 0 < x < 30 and 0 < y < 30
