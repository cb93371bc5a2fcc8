"""The options that were considered, the rejected ones with the reason."""

from __future__ import annotations

from typing import Any

from minutebook.pages.charts import lengths
from minutebook.records.model import Decision


def options(decision: Decision) -> list[dict[str, Any]]:
    """Each option, the chosen one first; `length` of its bar in percent of the dearest."""
    every = sorted(decision.options, key=lambda one: not one.chosen)
    bars = lengths(one.cost or 0 for one in every)
    return [
        {
            "title": one.title,
            "chosen": bool(one.chosen),
            "good": list(one.good),
            "bad": list(one.bad),
            "cost": one.cost,
            "length": bar,
            "rejected_reason": one.rejected_reason,
        }
        for one, bar in zip(every, bars, strict=True)
    ]
