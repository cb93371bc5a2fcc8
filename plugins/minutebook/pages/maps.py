"""Maps of places: outlines that are links, drawn as inline SVG by `parts/map.html`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from minutebook.pages.outlines import (
    Line,
    Projection,
    lines,
    middle,
    path,
    projection,
    simplified,
)
from minutebook.records.addresses import address
from minutebook.records.once import once
from minutebook.records.register import Register

WIDTH = 400
_MARGIN = 4
_TOLERANCE = 0.5
_POINTS = 4000
"""How many points a map may have in all; beyond that, outlines are drawn more coarsely."""


def ward_map(
    register: Register, ids: Collection[str] | None = None, highlight: str | Collection[str] = ()
) -> dict[str, Any]:
    """A map of the places `ids`; of all wards when none are given (see `mapped`).

    `highlight` names the places that are marked; those not among `ids` are drawn on top. Gives `viewbox`
    and `shapes`, each with `id`, `name`, `address`, path data `d`, `label_x`, `label_y`, `highlight`,
    `top` (drawn over others) and `line` (it has no inside). No shapes when no place has a boundary.
    """
    marked = {highlight} if isinstance(highlight, str) else set(highlight)
    known = _shapes(register)
    below = [id for id in (mapped(register) if ids is None else ids) if id in known]
    above = [id for id in sorted(marked) if id in known and id not in below]
    height = _projection(register).height if known else 0
    shapes = [
        {**known[id], "highlight": id in marked, "top": id in above} for id in [*below, *above]
    ]
    return {"viewbox": f"0 0 {WIDTH} {height:g}", "shapes": shapes}


def mapped(register: Register) -> list[str]:
    """The places that a map of the council shows: its wards, else all that are not its whole area."""
    places = register.records.places
    known = [id for id in places if id in register.records.geometries]
    wards = [id for id in known if places[id].classification == "ward"]
    return wards or [id for id in known if places[id].classification != "borough"] or known


@once
def _projection(register: Register) -> Projection:
    return projection(register.records.geometries.values(), WIDTH, _MARGIN)


@once
def _shapes(register: Register) -> Mapping[str, dict[str, Any]]:
    """The outline of each place that has a boundary."""
    geometries = register.records.geometries
    if not geometries:
        return {}
    flat = _projection(register)
    count = sum(len(line) for geometry in geometries.values() for line in lines(geometry))
    tolerance = _TOLERANCE * max(1.0, count / _POINTS)
    return {
        id: _shape(register, id, geometries[id], flat, tolerance)
        for id in register.records.places
        if id in geometries
    }


def _shape(
    register: Register, id: str, geometry: Mapping[str, Any], flat: Projection, tolerance: float
) -> dict[str, Any]:
    parts = [[flat.point(*position) for position in line] for line in lines(geometry)]
    inside = geometry["type"] in ("Polygon", "MultiPolygon")
    if geometry["type"] == "Point":
        parts, inside = [_spot(*parts[0][0])], True
    thin = [part for part in (simplified(part, tolerance) for part in parts) if len(part) > 1]
    # An outline smaller than the tolerance would vanish; its place is marked by a spot.
    good = [part for part in thin if len(part) > 3 or not inside]
    parts, inside = (good, inside) if good else ([_spot(*parts[0][0])], True)
    largest = max(parts, key=_extent)
    x, y = middle(largest) if inside else largest[len(largest) // 2]
    return {
        "id": id,
        "name": register.records.places[id].name,
        "address": address("place", id),
        "d": path(parts, inside),
        "label_x": x,
        "label_y": y,
        "line": not inside,
    }


def _spot(x: float, y: float) -> Line:
    """A small diamond around a point."""
    return [(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y), (x, y - 4)]


def _extent(part: Line) -> float:
    across, down = [x for x, _ in part], [y for _, y in part]
    return (max(across) - min(across)) * (max(down) - min(down))
