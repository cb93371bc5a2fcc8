"""The boundaries of all places in one GeoJSON file (RFC 7946)."""

from __future__ import annotations

import json
from typing import Any

from minutebook.records.records import Records


def boundaries(records: Records) -> dict[str, Any]:
    """A feature collection in the order of the places' ids; their names go with them."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": id,
                "properties": {"name": place.name, "classification": place.classification},
                "geometry": records.geometries[id],
            }
            for id, place in records.places.items()
            if id in records.geometries
        ],
    }


def as_geojson(collection: dict[str, Any]) -> bytes:
    """A feature a line, so that a change of one place is a change of one line."""
    features = ",\n".join(json.dumps(one, ensure_ascii=False) for one in collection["features"])
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'.encode()
