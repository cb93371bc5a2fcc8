"""Statutory rules about notice: of key decisions, and of meetings in private."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from minutebook.records.messages import Complaint
from minutebook.records.model.build import pence
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Document, Sound
from minutebook.records.workingdays import NoHolidays

EXECUTIVE = ("executive", "individual-member")
MADE = ("decided", "called-in", "referred-back", "in-force", "implemented", "superseded")
"""The statuses of a decision that has been made."""
_WARDS = ("ward",)
_NOTICED = ("noticed", "consulting", *MADE)


def key_decisions_have_notice(sound: Sound) -> Said:
    """A key decision is made so many clear days after its notice, or one of the two exceptions holds."""
    for path, decision in sound.owed:
        if not decision.get("is_key") or decision["status"] not in _NOTICED:
            continue
        day = decision.get("date_decided")
        notice, exception = decision.get("notice_published"), decision.get("notice_exception")
        if not exception and not notice:
            message = "this is a key decision and no notice of it was published"
            hint = "fill in notice_published, or say under notice_exception why there was none"
            yield path, Complaint("/is_key", "key-notice", message, hint)
        elif exception == "general-exception" and not notice:
            message = "under the general exception a notice is owed as well"
            hint = "fill in notice_published"
            yield path, Complaint("/notice_exception", "key-notice", message, hint)
        elif notice and day and exception != "special-urgency":
            said = _too_short(sound, notice, day, bool(exception))
            if said:
                yield path, said


def _too_short(sound: Sound, notice: str, day: str, exception: bool) -> Complaint | None:
    """The regulations count clear days; a constitution may promise working days for the exception."""
    parameters = sound.rulebook.parameters
    needed = int(parameters["exception_notice_days" if exception else "key_notice_days"])
    clear, what = clear_days(notice, day), "clear days"
    if exception and parameters["exception_working_days"]:
        try:
            clear, what = sound.working_days.between(notice, day), "clear working days"
        except NoHolidays as known:
            return unknown_holidays(known, notice, "/notice_published")
    if clear >= needed:
        return None
    message = f"there are {clear} {what} between the notice and the decision of {day}, not {needed}"
    hint = "correct the dates, or say under notice_exception why there were fewer"
    return Complaint("/notice_published", "key-notice", message, hint)


def unknown_holidays(known: NoHolidays, day: str, pointer: str) -> Complaint:
    """That working days cannot be counted, because the list of bank holidays ends."""
    message = (
        f"the bank holidays are known from {known.first} to {known.last} only, so the working days"
        f" after {day} cannot be counted"
    )
    hint = "renew the list of bank holidays: python3 scripts/lock.py --upgrade"
    return Complaint(pointer, "bank-holidays", message, hint)


def clear_days(first: str, last: str) -> int:
    """The days between two days, neither of them counted."""
    return max((date.fromisoformat(last) - date.fromisoformat(first)).days - 1, 0)


def exceptions_say_why(sound: Sound) -> Said:
    """A key decision with less notice says why it could not wait, and who was told or agreed."""
    for path, decision in sound.owed:
        if "notice_exception" in decision and "urgency" not in decision:
            message = "an exception is claimed and nothing says why the decision could not wait"
            hint = "fill in urgency: the reason, and the post that was told or agreed"
            yield path, Complaint("/notice_exception", "notice-exception", message, hint)


def notices_are_whole(sound: Sound) -> Said:
    """The notice of a key decision names the matter, who decides, when, the papers, and whom to ask."""
    for path, decision in sound.owed:
        if decision.get("is_key") and "notice_published" in decision:
            for name, what in _lacking(decision, sound):
                message = f"the notice of a key decision must say {what}"
                hint = f"fill in {name}"
                yield path, Complaint("/notice_published", "notice-content", message, hint)


def _lacking(decision: Document, sound: Sound) -> Iterator[tuple[str, str]]:
    if not decision.get("summary") and not decision.get("context"):
        yield "summary", "what the matter is"
    if "expected_period" not in decision and "date_decided" not in decision:
        yield "expected_period", "when, or in which period, it will be decided"
    if not decision.get("documents_submitted"):
        yield "documents_submitted", "which documents are submitted for consideration"
    if "contact" not in decision:
        yield "contact", "whom to ask for the documents"
    maker = decision["decision_maker"]
    post = sound.get("body", maker).get("classification") == "post"
    if sound.get("body", maker) and not post and maker not in sound.bodies_with_members:
        yield "the memberships in the records of people", "who the members of the body are"


def large_sums_are_key(sound: Sound) -> Said:
    """An executive decision to spend the threshold or more is a key decision; a key one says why."""
    amount = sound.council.get("thresholds", {}).get("key_decision")
    for path, decision in sound.owed:
        key, spent = decision.get("is_key"), decision.get("budget", {}).get("amount", "0")
        executive = decision["classification"] in EXECUTIVE
        if executive and amount and not key and pence(spent) >= pence(amount):
            message = f"{spent} is to be spent; from {amount} a decision is key"
            hint = "make is_key true and give notice, or correct the amount"
            yield path, Complaint("/budget/amount", "key-threshold", message, hint)
        if key and "key_reason" not in decision:
            message, hint = "nothing says why this is a key decision", "fill in key_reason"
            yield path, Complaint("/is_key", "key-reason", message, hint)


def wide_effects_are_key(sound: Sound) -> Said:
    """An executive decision that matters much to two or more wards is key, or says why it is not."""
    for path, decision in sound.owed:
        if decision["classification"] not in EXECUTIVE or decision.get("is_key"):
            continue
        wards = [
            id
            for id in decision.get("places", ())
            if sound.get("place", id).get("classification") in _WARDS
        ]
        matters = decision.get("significance") == "high" and len(wards) > 1
        if matters and "key_reason" not in decision:
            message = f"this is of high significance to {len(wards)} wards and no key decision"
            hint = "make is_key true and give notice, or say under key_reason why it is not one"
            yield path, Complaint("/places", "key-effect", message, hint)


def private_meetings_have_notice(sound: Sound) -> Said:
    """A cabinet that meets in private has said so twice, and answered who objected."""
    for path, decision in sound.owed:
        exempt = decision.get("exempt")
        body = sound.get("body", decision["decision_maker"]).get("classification")
        if not exempt or body != "executive" or decision["status"] not in MADE:
            continue
        day = decision.get("date_decided")
        wanted = (("first_notice", "private_notice_days"), ("second_notice", "private_again_days"))
        for name, parameter in wanted:
            needed = int(sound.rulebook.parameters[parameter])
            given = exempt.get(name)
            if not given:
                message = f"{name} is missing: notice of the private meeting is owed twice"
                yield path, Complaint("/exempt", "private-notice", message, f"fill in {name}")
            elif day and clear_days(given, day) < needed and "urgency" not in decision:
                message = f"{clear_days(given, day)} clear days lie before {day}, not {needed}"
                hint = "correct the dates, or fill in urgency: who agreed that it could not wait"
                yield path, Complaint(f"/exempt/{name}", "private-notice", message, hint)
        if ("representations" in exempt) != ("response" in exempt):
            message = "representations and the answer to them belong together"
            hint = "fill in both; say so where nobody objected"
            yield path, Complaint("/exempt", "private-notice", message, hint)


def exempt_papers_stay_private(sound: Sound) -> Said:
    """An exempt paper is named and never linked; an exempt decision names its paragraphs once each."""
    for path, decision in sound.owed:
        for number, paper in enumerate(decision.get("background_papers", ())):
            if paper.get("exempt") and "url" in paper:
                message = "this paper is exempt, and the record says where it can be read"
                hint = "take the address away, or exempt: true where the paper is public"
                pointer = f"/background_papers/{number}/url"
                yield path, Complaint(pointer, "exempt-paper", message, hint)
            if paper.get("exempt") and "exempt" not in decision:
                message = "this paper is exempt, and nothing says under which paragraph"
                hint = "fill in exempt: the paragraphs and the public interest"
                pointer = f"/background_papers/{number}/exempt"
                yield path, Complaint(pointer, "exempt-paper", message, hint)
