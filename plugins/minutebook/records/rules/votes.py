"""Rules about votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from minutebook.records.messages import Complaint
from minutebook.records.rules.sound import votes


def counts_equal_roll(kind: str, document: dict[str, Any]) -> Iterator[Complaint]:
    """Where the vote of each member is recorded, the counts are the counts of that roll.

    A source that disagrees with itself is kept as it was printed, and the record says so.
    """
    for pointer, event in votes(document) if kind == "decision" else ():
        roll = Counter(vote["option"] for vote in event.get("votes", ()))
        if "discrepancy" in event or not roll:
            continue  # the record says openly that its source does not agree
        told = {count["option"]: count["value"] for count in event.get("counts", ())}
        for option in sorted(roll.keys() | told.keys()):
            if roll[option] != told.get(option, 0):
                message = (
                    f'the count says {told.get(option, 0)} "{option}"'
                    f" and the roll holds {roll[option]}"
                )
                hint = "correct the count or the roll, after the minutes"
                yield Complaint(f"{pointer}/counts", "vote-count", message, hint)


def one_vote_each(kind: str, document: dict[str, Any]) -> Iterator[Complaint]:
    """Nobody votes twice on one motion."""
    for pointer, event in votes(document) if kind == "decision" else ():
        every = Counter(vote["voter"] for vote in event.get("votes", ()))
        if not every or max(every.values()) == 1:
            continue
        for place, vote in enumerate(event["votes"]):
            voter = vote["voter"]
            if every.pop(voter, 0) > 1:
                message = f'"{voter}" stands in the roll more than once'
                place_of = f"{pointer}/votes/{place}/voter"
                yield Complaint(place_of, "vote-roll", message, "keep one of them")
