"""Statutory rules about calling decisions in for scrutiny."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said
from minutebook.records.rules.notices import EXECUTIVE, MADE, unknown_holidays
from minutebook.records.rules.sound import Document, Sound
from minutebook.records.workingdays import NoHolidays


def call_in_is_settled(sound: Sound) -> Said:
    """An executive decision says whether it can be called in, and why if it cannot."""
    for path, decision in sound.owed:
        if not _executive(decision) or decision["status"] not in MADE:
            continue
        found = decision.get("call_in")
        if found is None:
            message = "nothing says whether this decision can be called in"
            hint = "fill in call_in: subject true with window_end, or false with exempt_reason"
            yield path, Complaint("/status", "call-in", message, hint)
        elif not found["subject"] and "exempt_reason" not in found:
            message = "the decision is not subject to call-in, and nothing says why"
            yield path, Complaint("/call_in/subject", "call-in", message, "fill in exempt_reason")


def call_in_window_is_right(sound: Sound) -> Said:
    """The window ends so many clear working days after the decision was published."""
    days = int(sound.rulebook.parameters["call_in_days"])
    for path, decision, found in _subject(sound):
        published = decision.get("date_published")
        if not published:
            continue
        try:
            end = sound.working_days.after(date.fromisoformat(published), days).isoformat()
        except NoHolidays as known:
            yield path, unknown_holidays(known, published, "/date_published")
            continue
        said = found.get("window_end")
        if said != end:
            word = f"{said} stands here" if said else "window_end is missing"
            message = f"{word}; {days} clear working days after {published} end on {end}"
            pointer = "/call_in/window_end" if said else "/call_in"
            yield path, Complaint(pointer, "call-in-window", message, f"write {end}")


def nothing_is_in_force_too_early(sound: Sound) -> Said:
    """A decision that can be called in takes effect after the window, and after a call-in is settled."""
    for path, decision, found in _subject(sound):
        end = found.get("window_end", "")
        for name in ("effective_date", "date_implemented"):
            if end and name in decision and decision[name] <= end:
                message = f"{decision[name]} is within the call-in window, which ends on {end}"
                hint = "correct the date, or say under exempt_reason why it could not wait"
                yield path, Complaint(f"/{name}", "call-in-force", message, hint)
        if decision["status"] in ("in-force", "implemented") and "outcome" not in found:
            message = f'the status is "{decision["status"]}" and nothing says what came of call-in'
            hint = "fill in outcome; not-called-in where nobody called it in"
            yield path, Complaint("/call_in", "call-in-outcome", message, hint)


def call_in_has_its_callers(sound: Sound) -> Said:
    """A call-in names its reason and as many members as the constitution asks for."""
    least = int(sound.rulebook.parameters["call_in_members"])
    for path, _, found in _subject(sound):
        if "requested_on" not in found:
            continue
        callers = len(found.get("requested_by", ()))
        if callers < least:
            message = f"{callers} members called the decision in; {least} are needed"
            yield path, Complaint("/call_in", "call-in-callers", message, "name all who did")
        if "reason" not in found:
            message = "nothing says why the decision was called in"
            yield path, Complaint("/call_in", "call-in-callers", message, "fill in reason")


def _subject(sound: Sound) -> Iterator[tuple[str, Document, Document]]:
    for path, decision in sound.owed:
        found = decision.get("call_in", {})
        if found.get("subject"):
            yield path, decision, found


def _executive(decision: Document) -> bool:
    """Decisions of the executive, and key decisions that it left to an officer."""
    kind = decision["classification"]
    return kind in EXECUTIVE or (kind == "officer" and bool(decision.get("is_key")))
