"""The geometry of bars. Numbers in, positions out; a template draws them as SVG."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from minutebook.records.ledger import month_before

MONTHS = 60
"""The most months that a picture shows: five years."""

_WIDTH, _HEIGHT = 600, 160


def lengths(amounts: Iterable[int], longest: int = 0) -> list[float]:
    """Amounts -> lengths of horizontal bars, in percent of the longest (or of `longest`, if greater).

    A negative amount has no length: the number beside the bar says what it is.
    """
    every = list(amounts)
    top = max([longest, *every], default=0)
    return [round(100 * max(amount, 0) / top, 1) if top > 0 else 0.0 for amount in every]


def months(amounts: Mapping[date, int]) -> list[tuple[date, int]]:
    """Every month from the first to the last with its amount, 0 where there is none; the newest 60."""
    if not amounts:
        return []
    first, last = min(amounts), max(amounts)
    count = min((last.year - first.year) * 12 + last.month - first.month + 1, MONTHS)
    return [(month, amounts.get(month, 0)) for month in _until(last, count)]


@functools.lru_cache(maxsize=256)
def _until(last: date, count: int) -> tuple[date, ...]:
    """So many months, of which this is the last: the same ones stand on thousands of pages."""
    return tuple(month_before(last, back) for back in reversed(range(count)))


def columns(amounts: Mapping[date, int]) -> dict[str, Any] | None:
    """A column a month, down from the line where more came back than was paid. None without months.

    `paid` and `back` are the columns above and below the line, as the data of an SVG path (SVG 2, 9.3).
    """
    points = months(amounts)
    if not points:
        return None
    top = max(0, *(amount for _, amount in points))
    bottom = min(0, *(amount for _, amount in points))
    scale = _HEIGHT / ((top - bottom) or 1)
    step = _WIDTH / max(len(points), 12)
    line, width = round(top * scale, 1), f"{step * 0.8:.1f}"
    drawn: dict[bool, list[str]] = {True: [], False: []}
    for number, (_month, amount) in enumerate(points):
        if amount:
            x, height = step * (number + 0.1), -amount * scale
            drawn[amount > 0].append(f"M{x:.1f} {line}h{width}v{height:.1f}h-{width}z")
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "line": line,
        "top": top,
        "first": points[0][0],
        "last": points[-1][0],
        "count": len(points),
        "paid": "".join(drawn[True]),
        "back": "".join(drawn[False]),
        "earlier": sum(1 for month in amounts if month < points[0][0]),
    }


def ranked(amounts: Mapping[str, int], most: int | None = None) -> Sequence[tuple[str, int]]:
    """Names with their amounts, the greatest first and equal ones by name; the first `most`."""
    return sorted(amounts.items(), key=lambda item: (-item[1], item[0]))[:most]
