"""How members voted: counts, a picture of dots, the roll, and each group's votes."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from minutebook.pages.groups import group_of, numbers
from minutebook.pages.naming import link
from minutebook.records.model import Decision
from minutebook.records.model.decision import VoteEvent
from minutebook.records.records import day_of
from minutebook.records.register import Register
from minutebook.records.schema import codelist

_ACROSS = 14
"""Dots in a line."""
_STEP = 20
"""From one dot to the next, in units of the picture."""


def votes(register: Register, decision: Decision) -> list[dict[str, Any]]:
    """One entry a motion.

    `counts` holds each option that was counted, in the order of the codelist. Where the roll is known,
    `rows` has a row for each option that was used, and in it the groups with their members and the
    path of their `dots`; `groups` says how each group voted. The loader has checked that the counts
    are those of the roll, unless the record says that its source does not agree with itself
    (`discrepancy`).
    """
    day = day_of(decision)
    return [_event(register, event, event.date or day) for event in decision.vote_events]


def _event(register: Register, event: VoteEvent, day: date) -> dict[str, Any]:
    told = {count.option: count.value for count in event.counts}
    roll = _roll(register, event, day)
    used = {one["option"] for one in roll}
    every = codelist("vote-option")
    options = [option for option in every if told.get(option) or option in used]
    order = numbers(register)
    return {
        "motion": event.motion_text,
        "result": event.result,
        "wording": event.wording or "",
        "date": event.date,
        "body": link(register, "body", event.body) if event.body else None,
        "discrepancy": event.discrepancy or "",
        "counts": [{"option": one, "value": told[one]} for one in every if told.get(one)],
        "rows": [_row(option, roll, order) for option in every if option in used],
        "groups": _groups(roll, options, order),
        "options": options,
    }


def _roll(register: Register, event: VoteEvent, day: date) -> list[dict[str, str]]:
    """Each member's vote with the group of that day; group by group in the order of the council's list."""
    order = numbers(register)
    roll = [
        {
            **link(register, "person", vote.voter),
            "group": group_of(register, vote.voter, day),
            "option": vote.option,
            "wording": vote.wording or "",
        }
        for vote in event.votes
    ]
    return sorted(roll, key=lambda one: (order.get(one["group"], 99), one["group"]))


def _row(option: str, roll: list[dict[str, str]], order: Mapping[str, int]) -> dict[str, Any]:
    mine = [one for one in roll if one["option"] == option]
    groups: dict[str, dict[str, Any]] = {}
    for at, one in enumerate(mine):
        number = order.get(one["group"], 0)
        empty = {"name": one["group"], "number": number, "dots": "", "worded": False, "members": []}
        group = groups.setdefault(one["group"], empty)
        group["dots"] += _dot(_STEP * (at % _ACROSS), _STEP * (at // _ACROSS))
        member = {"text": one["text"], "address": one["address"], "wording": one["wording"]}
        group["members"].append(member)
        group["worded"] = group["worded"] or bool(one["wording"])
    return {
        "option": option,
        "value": len(mine),
        "width": _STEP * min(_ACROSS, len(mine)),
        "height": _STEP * -(-len(mine) // _ACROSS),
        "groups": list(groups.values()),
    }


@functools.cache
def _dot(left: int, top: int) -> str:
    """A circle in its place in the picture, as a piece of an SVG path."""
    radius, middle = _STEP // 2 - 2, top + _STEP // 2
    across = 2 * radius
    return f"M{left + 2} {middle}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0-{across} 0"


def _groups(
    roll: list[dict[str, str]], options: list[str], order: Mapping[str, int]
) -> list[dict[str, Any]]:
    counts = Counter((one["group"], one["option"]) for one in roll)
    names = list(dict.fromkeys(one["group"] for one in roll))
    if names in ([], [""]):
        return []
    return [
        {
            "name": name,
            "number": order.get(name, 0),
            "values": [counts[name, option] for option in options],
        }
        for name in names
    ]


def vote_bar(decision: Decision) -> dict[str, Any] | None:
    """The last vote as one bar, for lists: counts, and the bar's parts as (option, start, width).

    That of whoever decided: a committee that voted before does not stand for the council.
    """
    own = (None, decision.decision_maker)
    event = next((each for each in reversed(decision.vote_events) if each.body in own), None)
    if event is None:
        return None
    told = {count.option: count.value for count in event.counts}
    cast = {option: told.get(option, 0) for option in ("for", "against", "abstain")}
    total = sum(cast.values())
    if not total:
        return None
    parts, start = [], 0.0
    for option, value in cast.items():
        width = round(100 * value / total, 1)
        if value:
            parts.append((option, start, width))
        start = round(start + width, 1)
    counts = [{"option": option, "value": value} for option, value in cast.items() if value]
    return {"counts": counts, "parts": parts}
