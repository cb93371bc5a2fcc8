"""A boundary file (GeoJSON, RFC 7946) -> its geometry."""

from __future__ import annotations

import json
from typing import Any

from minutebook.records.problems import Problem
from minutebook.records.source import Refused

_DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiPolygon": 3, "MultiLineString": 2}


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
    if not isinstance(found, dict) or found.get("type") not in _DEPTH:
        kinds = ", ".join(_DEPTH)
        raise _refused(path, 1, f"no geometry stands here that is one of {kinds}")
    if not _positions(found.get("coordinates"), _DEPTH[found["type"]]):
        raise _refused(path, 1, "its coordinates are not longitudes and latitudes")
    return {"type": found["type"], "coordinates": found["coordinates"]}


def _positions(value: Any, depth: int) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if depth:
        return all(_positions(item, depth - 1) for item in value)
    good = len(value) >= 2 and all(type(part) in (int, float) for part in value)
    return good and abs(value[0]) <= 180 and abs(value[1]) <= 90


def _refused(path: str, line: int, message: str) -> Refused:
    hint = "export the boundary as GeoJSON with longitudes and latitudes (WGS 84), one place a file"
    return Refused(Problem(path, line, 1, "", "geometry", message, hint))
