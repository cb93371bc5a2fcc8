"""Rules about switching rules, and what the switches do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from minutebook.records.messages import Complaint
from minutebook.records.problems import allowed, shown
from minutebook.records.rulebook import Rulebook
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Sound


def switches_name_rules(sound: Sound) -> Said:
    """A council switches only rules that exist and that can be switched, each once."""
    rules = sound.rulebook.rules
    for path, council in sound.of("council"):
        seen: set[str] = set()
        for number, choice in enumerate(council.get("rules", ())):
            code, pointer = choice["rule"], f"/rules/{number}/rule"
            if code not in rules:
                message = f"there is no rule {shown(code)} in force here"
                hint = allowed((it for it, rule in rules.items() if not rule.fixed), code, 40)
                yield path, Complaint(pointer, "rule-switch", message, hint)
            elif rules[code].fixed:
                message = (
                    f"the rule {shown(code)} cannot be switched: what is published relies on it"
                )
                yield path, Complaint(pointer, "rule-switch", message, "take it out of the list")
            elif code in seen:
                message = f"the rule {shown(code)} is switched twice"
                yield path, Complaint(pointer, "rule-switch", message, "keep one of the two")
            seen.add(code)


def weighed(found: Mapping[str, Iterable[Complaint]], book: Rulebook) -> dict[str, list[Complaint]]:
    """Complaints by path with the severity that their rule has at this council; none of one that is off."""
    return {
        path: [
            replace(said, severity=severity) if severity != said.severity else said
            for said in complaints
            if (severity := book.severity(said.code)) != "off"
        ]
        for path, complaints in found.items()
    }
