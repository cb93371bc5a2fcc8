"""Rules about votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said


def counts_equal_roll(entries: Iterable[Entry]) -> Said:
    """Where the vote of each member is recorded, the counts are the counts of that roll.

    A source that disagrees with itself is kept as it was printed, and the record says so.
    """
    for entry in entries:
        if entry.kind != "decision" or not entry.document:
            continue
        for number, event in enumerate(entry.document.get("vote_events", [])):
            votes = event.get("votes", [])
            if "discrepancy" in event:
                continue  # the record says openly that its source does not agree
            roll = Counter(vote["option"] for vote in votes)
            told = {count["option"]: count["value"] for count in event.get("counts", [])}
            for option in sorted(roll.keys() | told.keys()) if votes else []:
                if roll[option] != told.get(option, 0):
                    message = (
                        f'the count says {told.get(option, 0)} "{option}"'
                        f" and the roll holds {roll[option]}"
                    )
                    hint = "correct the count or the roll, after the minutes"
                    pointer = f"/vote_events/{number}/counts"
                    yield entry.path, Complaint(pointer, "vote-count", message, hint)


def one_vote_each(entries: Iterable[Entry]) -> Said:
    """Nobody votes twice on one motion."""
    for entry in entries:
        if entry.kind != "decision" or not entry.document:
            continue
        for number, event in enumerate(entry.document.get("vote_events", [])):
            voters = Counter(vote["voter"] for vote in event.get("votes", []))
            for place, vote in enumerate(event.get("votes", [])):
                if voters[vote["voter"]] > 1:
                    voters[vote["voter"]] = 0
                    message = f'"{vote["voter"]}" stands in the roll more than once'
                    pointer = f"/vote_events/{number}/votes/{place}/voter"
                    yield entry.path, Complaint(pointer, "vote-roll", message, "keep one of them")
