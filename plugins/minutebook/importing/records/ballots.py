"""A roll of votes -> a vote event, with what does not agree said openly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from minutebook.importing.records.words import line
from minutebook.records.schema import codelist


@dataclass(frozen=True, slots=True)
class Cast:
    """One member's vote: the person's id, our code and the source's own word for it."""

    voter: str
    option: str
    wording: str


PLAIN = {"for": {"for", "yes"}, "against": {"against", "no"}, "absent": {"absent"}}
"""Words that say no more than the code; they are not repeated in the record."""


def vote_event(
    motion: str,
    roll: Iterable[Cast],
    result: str = "",
    wording: str = "",
    printed: Mapping[str, int] | None = None,
    **more: str,
) -> dict[str, Any]:
    """One vote of a decision.

    `result` is the code of the printed result; where none is printed the roll decides. `printed` holds
    printed counts. A result or counts that the roll contradicts are kept and told under `discrepancy`.
    """
    cast, odd = _once(roll)
    counted = Counter(vote.option for vote in cast)
    told = dict(printed) if printed else dict(counted)
    odd += _against_counts(counted, told) if cast and printed else []
    outcome = _outcome(counted)
    if result and cast and result != outcome:
        odd.append(
            f'the result printed is "{wording or result}" and the roll holds {counted["for"]} for '
            f"and {counted['against']} against"
        )
    event: dict[str, Any] = {
        "motion_text": line(motion, 2000),
        "result": result or outcome,
        "counts": [
            {"option": option, "value": told[option]}
            for option in codelist("vote-option")
            if told.get(option)
        ],
        "votes": [_vote(vote) for vote in cast],
        "wording": line(wording, 500),
        "discrepancy": line("; ".join(odd), 1000),
        **more,
    }
    if cast:
        event["recorded"] = True
    return {key: value for key, value in event.items() if value not in ("", [])}


def _vote(vote: Cast) -> dict[str, str]:
    said = line(vote.wording, 120)
    entry = {"voter": vote.voter, "option": vote.option}
    if said and said.casefold() not in PLAIN.get(vote.option, {vote.option}):
        entry["wording"] = said
    return entry


def _once(roll: Iterable[Cast]) -> tuple[list[Cast], list[str]]:
    kept: dict[str, Cast] = {}
    odd = []
    for vote in roll:
        first = kept.setdefault(vote.voter, vote)
        if first.option != vote.option:
            odd.append(f'{vote.voter} is told twice, "{first.wording}" and "{vote.wording}"')
    return list(kept.values()), odd


def _against_counts(counted: Counter[str], told: Mapping[str, int]) -> list[str]:
    return [
        f'the count printed is {told.get(option, 0)} "{option}" and the roll holds {counted[option]}'
        for option in sorted({*counted, *told})
        if option in told and counted[option] != told[option]
    ]


def _outcome(counted: Counter[str]) -> str:
    """What the votes say by themselves; nothing where nobody voted for or against."""
    if not counted["for"] and not counted["against"]:
        return ""
    if counted["for"] == counted["against"]:
        return "tied"
    return "carried" if counted["for"] > counted["against"] else "lost"
