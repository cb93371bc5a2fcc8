"""Runs the rules; again only on what changed, or where it looks something up in what changed.

A rule notes the types of records it looks things up in. So when nothing of those types changed since it
was last run, it can only say something else about the records that changed themselves.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from minutebook.records.memory import Kept
from minutebook.records.messages import Complaint
from minutebook.records.rules import Rule
from minutebook.records.rules.sound import TABLES, Sound


@dataclass(slots=True)
class Outcome:
    """What a rule said, by path, and what it looked things up in."""

    reads: set[str] = field(default_factory=set)
    said: dict[str, list[Complaint]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """The records that came, went or changed since the outcomes were noted, and their types."""

    paths: Collection[str]
    kinds: Collection[str]


def changes(before: Mapping[str, Kept], now: Mapping[str, Kept]) -> Changes:
    """What changed between two sets of sound records."""
    paths, kinds = set(), set()
    for path in before.keys() | now.keys():
        was, found = before.get(path), now.get(path)
        if was is None or found is None or was.digest != found.digest or was.kind != found.kind:
            paths.add(path)
            kinds |= {it.kind for it in (was, found) if it}
    return Changes(paths, kinds)


def noted(outcomes: Mapping[str, Outcome]) -> dict[str, str]:
    """Outcomes as texts to be kept."""
    return {
        name: json.dumps(
            {
                "reads": sorted(outcome.reads),
                "said": {
                    path: [dataclasses.astuple(it) for it in said]
                    for path, said in outcome.said.items()
                },
            },
            ensure_ascii=False,
        )
        for name, outcome in outcomes.items()
    }


def recalled(notes: Mapping[str, str]) -> dict[str, Outcome]:
    """Outcomes from the texts that were kept."""
    found = {}
    for name, text in notes.items():
        note = json.loads(text)
        said = {
            path: [Complaint(*it) for it in complaints] for path, complaints in note["said"].items()
        }
        found[name] = Outcome(set(note["reads"]), said)
    return found


def run(
    rules: Iterable[Rule], sound: Sound, before: Mapping[str, Outcome], changes: Changes
) -> dict[str, Outcome]:
    """The outcome of each rule by its name; the same as if `before` were empty, only sooner."""
    part = sound.only(changes.paths) if before else sound
    found = {}
    for rule in rules:
        name = rule.__name__
        known = before.get(name)
        if known is None or TABLES in known.reads or not known.reads.isdisjoint(changes.kinds):
            found[name] = _outcome(rule, sound, Outcome())
        else:
            kept = {path: said for path, said in known.said.items() if path not in changes.paths}
            found[name] = _outcome(rule, part, Outcome({*known.reads}, kept), changes.paths)
    return found


def _outcome(
    rule: Rule, sound: Sound, outcome: Outcome, paths: Collection[str] | None = None
) -> Outcome:
    sound.reads.clear()
    for path, complaint in rule(sound):
        if paths is None or path in paths:
            outcome.said.setdefault(path, []).append(complaint)
    outcome.reads |= sound.reads
    return outcome
