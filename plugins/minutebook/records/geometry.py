"""A boundary file (GeoJSON, RFC 7946) -> its geometry."""

from __future__ import annotations

import json
from typing import Any

from minutebook.records.problems import Problem
from minutebook.records.source import Refused

_DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiPolygon": 3, "MultiLineString": 2}
_FARTHEST = (180, 90, 100_000)


def geometry(path: str, text: str) -> dict[str, Any]:
    """The geometry of a file with one geometry, one feature or a collection of one feature.

    Raises `Refused` for anything else, and for coordinates that are not longitudes and latitudes.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _refused(path, line, "this is not JSON") from None
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise _refused(path, 1, "the boundary of a place is one feature, not several")
        found = features[0]
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    kind = found.get("type") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(kind, str) or kind not in _DEPTH:
        kinds = ", ".join(_DEPTH)
        raise _refused(path, 1, f"no geometry stands here that is one of {kinds}")
    coordinates = found.get("coordinates")
    if not _positions(coordinates, _DEPTH[kind]):
        raise _refused(path, 1, "its coordinates are not longitudes and latitudes")
    polygons: list[Any] = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind) or []
    if not all(len(ring) >= 4 and ring[0] == ring[-1] for rings in polygons for ring in rings):
        raise _refused(path, 1, "a boundary does not end at the point where it begins")
    return {"type": kind, "coordinates": _flat(coordinates, _DEPTH[kind])}


def _flat(value: Any, depth: int) -> Any:
    """Coordinates without heights, which a map of places has no use for."""
    return [_flat(item, depth - 1) for item in value] if depth else value[:2]


def _positions(value: Any, depth: int) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if depth:
        return all(_positions(item, depth - 1) for item in value)
    good = 2 <= len(value) <= 3 and all(type(part) in (int, float) for part in value)
    # The third is a height in metres; the comparison refuses NaN and infinity, which Python reads.
    return good and all(abs(part) <= most for part, most in zip(value, _FARTHEST, strict=False))


def _refused(path: str, line: int, message: str) -> Refused:
    hint = "export the boundary as GeoJSON with longitudes and latitudes (WGS 84), one place a file"
    return Refused(Problem(path, line, 1, "", "geometry", message, hint))
