"""Statutory rules about what the record of a decision must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.records.messages import Complaint
from minutebook.records.rules.links import Said
from minutebook.records.rules.notices import EXECUTIVE, MADE
from minutebook.records.rules.sound import Document, Sound
from minutebook.records.schema import codelist

_SECTIONS = (("decision_text", "what was decided"), ("reasons", "why"))
_BUDGET = re.compile(r"\b(council tax|budget|precept)\b", re.IGNORECASE)


def executive_statements_are_whole(sound: Sound) -> Said:
    """The statement of an executive decision holds the decision, the reasons and what was rejected."""
    for path, decision in sound.owed:
        if decision["classification"] in EXECUTIVE and decision["status"] in MADE:
            for pointer, message, hint in _of_statement(decision):
                yield path, Complaint(pointer, "executive-statement", message, hint)


def officer_records_are_whole(sound: Sound) -> Said:
    """An officer's record says under which authority; where a record is owed, it holds as much.

    Under a general delegation it is owed only for three effects.
    """
    for path, decision in sound.owed:
        if decision["classification"] != "officer" or decision["status"] not in MADE:
            continue
        kind = decision.get("delegation_type")
        if not kind:
            message = "nothing says under which authority the officer decided"
            yield path, Complaint("", "officer-record", message, "fill in delegation_type")
        elif kind == "specific" or "delegation_effect" in decision:
            for pointer, message, hint in _of_statement(decision):
                yield path, Complaint(pointer, "officer-record", message, hint)


def _of_statement(decision: Document) -> Iterator[tuple[str, str, str]]:
    for name, what in _SECTIONS:
        if not decision.get(name):
            yield "/status", f"the record of a decision must say {what}", f"fill in {name}"
    for number, option in enumerate(decision.get("options", ())):
        if not option.get("chosen") and "rejected_reason" not in option:
            message = "nothing says why this option was rejected"
            yield f"/options/{number}", message, "fill in rejected_reason, or mark it as chosen"


def alternatives_are_recorded(sound: Sound) -> Said:
    """The record of a decision of the executive or an officer says which alternatives were rejected."""
    for path, decision in sound.owed:
        owed = decision["classification"] in (*EXECUTIVE, "officer")
        if owed and decision["status"] in MADE and not decision.get("options"):
            message = "no option is recorded, not even that there was none"
            hint = "add the options that were considered, and why they were rejected"
            yield path, Complaint("", "alternatives", message, hint)


def voting_with_an_interest_is_allowed(sound: Sound) -> Said:
    """A member who declared an interest and voted on an executive decision had a dispensation."""
    for path, decision in sound.owed:
        if decision["classification"] not in EXECUTIVE:
            continue
        for number, one in enumerate(decision.get("interests", ())):
            if one["action"] == "stayed-and-voted" and "dispensation" not in one:
                message = "the member voted, and no dispensation is noted"
                hint = "note the dispensation, or say under nature why none was needed"
                pointer = f"/interests/{number}/action"
                yield path, Complaint(pointer, "dispensation", message, hint)


def budgets_have_a_recorded_vote(sound: Sound) -> Said:
    """Where the council sets its budget or the council tax, the minutes name how each member voted."""
    set_by = {
        id
        for table in sound.tables.values()
        if table.kind == "budget-line"
        for id in table.sums.named("decision")
    }
    for path, decision in sound.owed:
        if decision["classification"] != "council" or "date_decided" not in decision:
            continue
        if decision["id"] in set_by or _BUDGET.search(decision["title"]):
            recorded = [it for it in decision.get("vote_events", ()) if it.get("votes")]
            if not recorded:
                message = "this sets the budget or the council tax, and no vote by name is recorded"
                hint = "add the vote with the name and vote of each member"
                yield path, Complaint("/title", "recorded-vote", message, hint)


def equality_is_assessed(sound: Sound) -> Said:
    """A decision of high significance says what it means for people with protected characteristics."""
    for path, decision in sound.owed:
        high = decision.get("significance") == "high"
        if high and decision["status"] in MADE and "equality" not in decision:
            message = "nothing says whether the effect on equality was assessed"
            hint = "fill in equality: whether it was assessed, and what was found"
            yield path, Complaint("/significance", "equality", message, hint)


def people_had_their_say(sound: Sound) -> Said:
    """The more a decision matters to people, the more of a say they had."""
    levels = list(codelist("participation-level"))
    for path, decision in sound.owed:
        least = sound.rulebook.parameters.get(f"participation_{decision.get('significance')}")
        if not least or decision["status"] not in MADE or decision["classification"] == "officer":
            continue
        had = [
            levels.index(process["level"])
            for id in decision.get("participation", ())
            if (process := sound.get("participation", id))
        ]
        if decision.get("people_said"):
            had.append(levels.index("consult"))
        if max(had, default=0) < levels.index(least):
            most = levels[max(had)] if had else "nobody was asked"
            message = f'significance "{decision["significance"]}" asks for "{least}"; here: {most}'
            hint = "name the participation that fed into it, or let the shortfall stand"
            yield path, Complaint("/significance", "participation-level", message, hint)
