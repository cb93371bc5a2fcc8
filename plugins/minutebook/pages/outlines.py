"""Boundaries (GeoJSON geometries) -> outlines on a flat map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Line = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular: degrees of longitude shrink with the latitude, as they do on the ground.

    Good for an area the size of a council; north is up. Points come out with one decimal.
    """

    west: float
    north: float
    across: float
    """Units of the map a degree of longitude."""
    down: float
    """Units of the map a degree of latitude."""
    width: float
    height: float

    def point(self, longitude: float, latitude: float) -> Point:
        """Where a position lies on the map."""
        x, y = (longitude - self.west) * self.across, (self.north - latitude) * self.down
        return round(x, 1), round(y, 1)


def projection(geometries: Iterable[Mapping[str, Any]], width: float, margin: float) -> Projection:
    """The projection that fits the geometries into `width`, with a margin around them."""
    every = [point for geometry in geometries for line in lines(geometry) for point in line]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    shrink = math.cos(math.radians((south + north) / 2))
    # A map of one point has no size of its own; and none may be taller than it is wide by half.
    span = max((east - west) * shrink, (north - south) / 1.5, 0.001)
    down = (width - 2 * margin) / span
    edge = margin / down
    centre = (west + east) / 2
    height = (north - south) * down + 2 * margin
    left = centre - width / 2 / (down * shrink)
    return Projection(left, north + edge, down * shrink, down, width, round(height, 1))


def lines(geometry: Mapping[str, Any]) -> list[Line]:
    """The rings of polygons, or the lines, or the point, that a geometry is made of."""
    kind, found = geometry["type"], geometry["coordinates"]
    nested = {
        "Point": [[found]],
        "LineString": [found],
        "MultiLineString": found,
        "Polygon": found,
    }
    parts = nested[kind] if kind in nested else [ring for polygon in found for ring in polygon]
    return [[(position[0], position[1]) for position in part] for part in parts]


def simplified(points: Line, tolerance: float) -> Line:
    """A line without the points that lie closer than `tolerance` to it (Douglas and Peucker, 1973).

    Both ends stay. Works through a list of its own instead of calling itself: a coast has many points.
    """
    keep = {0, len(points) - 1}
    open_spans = [(0, len(points) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        far, which = 0.0, 0
        for number in range(first + 1, last):
            distance = _distance(points[number], points[first], points[last])
            if distance > far:
                far, which = distance, number
        if far > tolerance:
            keep.add(which)
            open_spans += [(first, which), (which, last)]
    return [points[number] for number in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the stretch between two others."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x**2 + along_y**2
    if not length:
        return math.dist(point, start)
    share = ((point[0] - start[0]) * along_x + (point[1] - start[1]) * along_y) / length
    share = min(1.0, max(0.0, share))
    return math.dist(point, (start[0] + share * along_x, start[1] + share * along_y))


def path(parts: Iterable[Line], closed: bool) -> str:
    """SVG path data, with relative steps of one decimal."""
    return "".join(_part(part, closed) for part in parts)


def _part(points: Line, closed: bool) -> str:
    x, y = points[0]
    text = f"M{_number(x)} {_number(y)}l" if len(points) > 1 else f"M{_number(x)} {_number(y)}"
    steps = []
    for end_x, end_y in points[1 : len(points) - (closed and points[0] == points[-1])]:
        steps.append(f"{_number(end_x - x)} {_number(end_y - y)}")
        x, y = end_x, end_y
    return f"{text}{' '.join(steps)}{'z' if closed else ''}".replace(" -", "-")


def _number(value: float) -> str:
    text = f"{round(value, 1) + 0:g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def middle(ring: Line) -> Point:
    """A point well inside a ring, for its name: the middle of the longest of seven level cuts."""
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, ring[0])
    for cut in range(2, 9):
        level = top + (bottom - top) * cut / 10 + 0.01
        crossings = sorted(
            x1 + (level - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (y1 > level) != (y2 > level)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=True):
            # Of two cuts about as long, the one nearer to the middle looks better.
            length = (right - left) * (1 - abs(cut - 5) / 15)
            best = max(best, (length, ((left + right) / 2, level)))
    return round(best[1][0], 1), round(best[1][1], 1)
