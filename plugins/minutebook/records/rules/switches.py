"""Rules about switching rules, and what the switches do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from minutebook.records.messages import Complaint
from minutebook.records.problems import allowed, shown
from minutebook.records.rulebook import Rulebook
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Sound

_CONTRADICTIONS = frozenset(
    ("date-order", "meeting", "quorum", "status", "vote-member", "vote-result", "vote-seats")
)
"""Rules that a record breaks where two things in it, or in two records, cannot both be so."""


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


def weighed(
    found: Mapping[str, Iterable[Complaint]],
    book: Rulebook,
    imported: Collection[str] = (),
) -> dict[str, list[Complaint]]:
    """Complaints by path with the severity that their rule has at this council; none of one that is off.

    A source may contradict itself, and an imported record says what it says: there, contradictions are
    warnings, which are published.
    """
    every: dict[str, list[Complaint]] = {}
    for path, complaints in found.items():
        kept = every[path] = []
        for said in complaints:
            severity = book.severity(said.code)
            if severity == "error" and said.code in _CONTRADICTIONS and path in imported:
                severity = "warning"
            if severity != "off":
                kept.append(replace(said, severity=severity) if severity != said.severity else said)
    return every
