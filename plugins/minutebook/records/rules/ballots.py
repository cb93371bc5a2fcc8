"""Rules about a vote as a whole: who may vote, how many must, and what follows from the counts."""

from __future__ import annotations

from collections import Counter

from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Document, Sound, votes

_CAME = ("present",)
_PRESENT = ("for", "against", "abstain", "not-voting", "conflict")


def result_follows(sound: Sound) -> Said:
    """More for than against, or the majority that was needed, carries a motion; anything else does not.

    Equal votes are tied, or decided by a casting vote either way.
    """
    for path, decision in sound.of("decision"):
        for pointer, event in votes(decision):
            tally = _tally(event)
            if "discrepancy" in event or not (tally["for"] or tally["against"]):
                continue
            possible = _possible(event, tally, sound, _body(sound, decision, event))
            if event["result"] not in possible:
                needed = event.get("majority", "simple").replace("-", " ")
                message = (
                    f"{tally['for']} for and {tally['against']} against do not make a motion"
                    f' "{event["result"]}" ({needed} majority)'
                )
                hint = f"after the minutes, correct the counts or make the result {possible[0]}"
                yield path, Complaint(f"{pointer}/result", "vote-result", message, hint)


def _possible(event: Document, tally: Counter[str], sound: Sound, body: str) -> list[str]:
    yes, no = tally["for"], tally["against"]
    majority = event.get("majority", "simple")
    if majority == "two-thirds":
        return ["carried" if 3 * yes >= 2 * (yes + no) else "lost"]
    if majority == "absolute":
        seats = sound.get("body", body).get("seats")
        return ["carried" if 2 * yes > seats else "lost"] if seats else ["carried", "lost"]
    if yes == no:
        return ["tied", "carried", "lost"]
    return ["carried" if yes > no else "lost"]


def voters_are_members(sound: Sound) -> Said:
    """Everybody in the roll had a seat in the body that voted, on the day of the vote."""
    for path, decision in sound.of("decision"):
        for pointer, event in votes(decision):
            body, day = _body(sound, decision, event), _day(sound, decision, event)
            if not day or body not in sound.bodies_with_members:
                continue
            for place, vote in enumerate(event.get("votes", ())):
                if not sound.sits(body, vote["voter"], day):
                    message = f'"{vote["voter"]}" had no seat in "{body}" on {day}'
                    hint = "correct the roll, or the dates of the seat in the record of the person"
                    place_of = f"{pointer}/votes/{place}/voter"
                    yield path, Complaint(place_of, "vote-member", message, hint)


def quorum_is_met(sound: Sound) -> Said:
    """A body that states a quorum decides only with so many members there."""
    for path, decision in sound.of("decision"):
        for pointer, event in votes(decision):
            quorum = sound.get("body", _body(sound, decision, event)).get("quorum")
            if not quorum or not event.get("votes"):
                continue
            tally = _tally(event)
            there = sum(tally[option] for option in _PRESENT)
            if there < quorum:
                message = f"{there} members were there and the quorum is {quorum}"
                hint = "correct the roll, or the quorum in the record of the body"
                yield path, Complaint(f"{pointer}/votes", "quorum", message, hint)


def quorum_was_there(sound: Sound) -> Said:
    """Where the minutes say who came, a body that states a quorum met with so many."""
    for path, meeting in sound.of("meeting"):
        body = sound.get("body", meeting["body"])
        # Of a joint committee a council has only its own members among its people.
        quorum = None if body.get("classification") == "joint" else body.get("quorum")
        came = sum(it["presence"] in _CAME for it in meeting.get("attendance", ()))
        if quorum and meeting.get("attendance") and meeting["status"] == "held" and came < quorum:
            message = f"the minutes have {came} present and the quorum is {quorum}"
            hint = "correct the attendance, or the quorum in the record of the body"
            yield path, Complaint("/attendance", "quorum", message, hint)


def votes_fit_the_seats(sound: Sound) -> Said:
    """A body that states its seats casts no more votes than it has seats."""
    for path, decision in sound.of("decision"):
        for pointer, event in votes(decision):
            seats = sound.get("body", _body(sound, decision, event)).get("seats")
            cast = sum(_tally(event).values()) if seats else 0
            if cast > (seats or 0):
                message = f"there are {cast} votes and the body has {seats} seats"
                hint = "correct the counts, or the seats in the record of the body"
                yield path, Complaint(f"{pointer}/counts", "vote-seats", message, hint)


def declared_interests_agree(sound: Sound) -> Said:
    """Who left or did not vote because of an interest cast no vote, and who is said to, declared it."""
    owed = {path for path, _ in sound.owed}
    for path, decision in sound.of("decision"):
        kept_out = {
            one["person"]
            for one in decision.get("interests", ())
            if one["action"] != "stayed-and-voted"
        }
        declared = {one["person"] for one in decision.get("interests", ())}
        for pointer, event in votes(decision):
            for place, vote in enumerate(event.get("votes", ())):
                who, where = vote["voter"], f"{pointer}/votes/{place}/option"
                if vote["option"] in ("for", "against", "abstain") and who in kept_out:
                    message = f'"{who}" declared an interest and is said not to have voted'
                    hint = "correct the vote, or what the member did under interests"
                    yield path, Complaint(where, "interest-vote", message, hint)
                elif vote["option"] == "conflict" and who not in declared and path in owed:
                    message = f'"{who}" did not vote because of an interest that is not recorded'
                    hint = "add the declaration under interests"
                    yield path, Complaint(where, "interest-vote", message, hint)


def _tally(event: Document) -> Counter[str]:
    """The counts of an event, from the roll where there is one."""
    roll = Counter(vote["option"] for vote in event.get("votes", ()))
    return roll or Counter({it["option"]: it["value"] for it in event.get("counts", ())})


def _body(sound: Sound, decision: Document, event: Document) -> str:
    """Who voted: the body that the event names, that of the meeting, or the decision maker."""
    meeting = sound.get("meeting", decision.get("meeting"))
    return str(event.get("body") or meeting.get("body") or decision["decision_maker"])


def _day(sound: Sound, decision: Document, event: Document) -> str:
    """The day of the vote, empty where it is not known."""
    meeting = sound.get("meeting", decision.get("meeting"))
    return str(event.get("date") or meeting.get("date") or decision.get("date_decided", ""))
