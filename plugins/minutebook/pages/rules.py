"""The rules that the records are checked by, with the source of each and what differs here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minutebook.publishing.language import _
from minutebook.publishing.page import Page
from minutebook.records.register import Register
from minutebook.records.rulebook import Rule, Rulebook, in_force, parameter_title, standard
from minutebook.records.schema import codelist

ADDRESS = "rules/"


def pages(register: Register) -> Iterable[Page]:
    """/rules/."""
    yield Page(ADDRESS, "page", "rules.html", view, twin)


def view(register: Register) -> dict[str, Any]:
    """The values of the page."""
    council = register.records.council
    book = in_force(council.document)
    general = standard("none").rules
    return {
        "title": _("The rules that are checked"),
        "description": None,
        "crumbs": [],
        "section": "data",
        "rulebook": _(codelist("rulebook")[council.rulebook].title),
        "statutory": council.rulebook != "none",
        "groups": [
            {"name": "law", "rules": [_rule(it, book) for it in _other(book, general)]},
            {"name": "general", "rules": [_rule(book.rules[code], book) for code in general]},
        ],
        "differing": [_rule(it, book) for it in book.rules.values() if it.standard],
        "privacy": [
            {"file": one.file, "rule": one.rule, "count": one.count, "reason": one.reason}
            for one in council.privacy
        ],
    }


def _other(book: Rulebook, general: Iterable[str]) -> list[Rule]:
    return [rule for code, rule in book.rules.items() if code not in set(general)]


def _rule(rule: Rule, book: Rulebook) -> dict[str, Any]:
    return {
        "code": rule.code,
        "title": _(rule.title),
        "requires": _(rule.requires),
        "mend": _(rule.mend),
        "source": _(rule.source),
        "url": rule.url,
        "severity": rule.severity,
        "standard": rule.standard,
        "reason": rule.reason,
        "parameters": [
            {
                "title": _(parameter_title(name)),
                "value": _value(name, book.parameters[name]),
                "standard": _value(name, book.changed.get(name, "")),
            }
            for name in rule.parameters
            if name in book.parameters
        ],
    }


def _value(name: str, value: Any) -> str:
    """A parameter as it is read: a code by its title, a text in the language of the site."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    codes = codelist("participation-level") if name.startswith("participation_") else {}
    return _(codes[value].title if value in codes else str(value))


def twin(register: Register) -> dict[str, Any]:
    """The rules in force, as data."""
    book = in_force(register.records.council.document)
    return {
        "type": "rules",
        "rulebook": book.name,
        "rules": [_rule(rule, book) for rule in book.rules.values()],
        "parameters": dict(book.parameters),
    }
