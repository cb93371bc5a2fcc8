"""The rules as data: what each requires, where that is laid down, how severe it is, how to mend it.

A rulebook is `schemas/rulebooks/<name>.yaml`. The rules of `general` hold for every council; the council
names one more, or `none`. What a constitution sets differently stands in the council's own record.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from minutebook.records.schema import SCHEMAS, schema

SEVERITIES = ("error", "warning", "off")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `fixed` rules cannot be switched, because what is published relies on them."""

    code: str
    title: str
    requires: str
    mend: str
    source: str
    severity: str
    url: str = ""
    parameters: tuple[str, ...] = ()
    fixed: bool = False
    standard: str = ""
    """The severity in the rulebook, where the council chose another."""
    reason: str = ""
    """Why the council chose another."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules in force at one council, and their parameters as they hold there."""

    name: str
    rules: Mapping[str, Rule]
    parameters: Mapping[str, Any]
    changed: Mapping[str, Any] = field(default_factory=dict)
    """What the rulebook says of the parameters that the council sets differently."""

    def severity(self, code: str) -> str:
        """How severe a problem is; one that no rule names is an error in the form of a record."""
        return self.rules[code].severity if code in self.rules else "error"


@functools.cache
def of_form() -> Mapping[str, Rule]:
    """What is asked of the form of a record, by the code of its problem. None of it can be switched."""
    path = SCHEMAS / "rulebooks" / "form.yaml"
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["rules"]
    source = "The schemas of this software, in schemas/"
    return {
        code: Rule(code, source=source, severity="error", fixed=True, **rule)
        for code, rule in found.items()
    }


@functools.cache
def standard(name: str) -> Rulebook:
    """A rulebook as it is written, together with the general rules; `none` has the general ones only."""
    rules: dict[str, Rule] = {}
    parameters: dict[str, Any] = {}
    for one in ("general", name):
        path = SCHEMAS / "rulebooks" / f"{one}.yaml"
        if one == "none" or not path.exists():
            continue
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for code, rule in found["rules"].items():
            used = tuple(rule.pop("parameters", ()))
            rules[code] = Rule(code, parameters=used, **rule)
        parameters |= found.get("parameters", {})
    return Rulebook(name, rules, parameters)


def in_force(council: Mapping[str, Any]) -> Rulebook:
    """The rulebook that a council's record chooses, with what the record changes in it.

    An entry that names no rule, or one that cannot be switched, changes nothing; a rule tells of it.
    """
    book = standard(council.get("rulebook", "none"))
    rules = dict(book.rules)
    for choice in council.get("rules", ()):
        rule = rules.get(choice["rule"])
        if rule and not rule.fixed:
            severity, reason = choice["severity"], choice["reason"]
            rules[rule.code] = replace(
                rule, severity=severity, reason=reason, standard=rule.severity
            )
    own = dict(council.get("parameters", {}))
    changed = {
        name: book.parameters[name]
        for name, value in own.items()
        if name in book.parameters and book.parameters[name] != value
    }
    return Rulebook(book.name, rules, {**book.parameters, **own}, changed)


def parameter_title(name: str) -> str:
    """What a parameter is called, from the schema of the council's record."""
    return str(schema("council").resolved["properties"]["parameters"]["properties"][name]["title"])
