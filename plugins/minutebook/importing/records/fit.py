"""A document to be -> one that is valid, and what had to stay out of it."""

from __future__ import annotations

from typing import Any

from minutebook.importing.records.discreet import discreet
from minutebook.importing.records.found import Fault, Found, Link
from minutebook.importing.records.ids import Ids
from minutebook.records.references import references
from minutebook.records.schema import schema

_ROUNDS = 6
_DATES = {"date_proposed", "date_decided", "expected_period"}


def resolved(value: Any, ids: Ids) -> Any:
    """The value with ids in place of links, without those that lead nowhere and without empty things."""
    if isinstance(value, Link):
        return ids.find(value.kind, value.identifier) or None
    if isinstance(value, list):
        found = [resolved(item, ids) for item in value]
        return [item for item in found if item not in (None, "", [], {})] or None
    if isinstance(value, dict):
        kept = {key: resolved(item, ids) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})} or None
    return value


def fitted(found: Found, document: dict[str, Any]) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The document as far as it is valid, and every field that is not; None if it cannot be a record.

    A field that must be there takes the record with it; any other is left out and told.
    """
    faults: list[Fault] = []
    rules = schema(found.kind)
    needed = set(rules.resolved["required"])
    _in_order(found, document, faults)
    checked = False
    for _ in range(_ROUNDS):
        complaints = list(rules.complaints(document))
        if not complaints and found.kind == "decision" and not _DATES & document.keys():
            reason = "no date says when it was put forward or decided"
            return None, [*faults, Fault(found.where, "date", reason)]
        if not complaints and not checked:
            checked = True
            faults += discreet(found, document)
            continue
        if not complaints:
            return document, faults
        for said in complaints:
            parts = said.pointer.split("/")[1:]
            name = parts[0] if parts else ""
            if not name or name in needed:
                faults.append(Fault(found.where, name or _missing(said.message), said.message))
                return None, faults
            faults.append(Fault(found.where, name, said.message, whole=False))
            _take_out(document, parts)
    return None, [*faults, Fault(found.where, "", "does not become valid")]


def _missing(message: str) -> str:
    return message.split('"')[1] if message.startswith('"') else ""


def _take_out(document: dict[str, Any], parts: list[str]) -> None:
    """The item of a list that is wrong, or the field."""
    name = parts[0]
    if len(parts) > 1 and isinstance(document.get(name), list):
        place = int(parts[1])
        if place < len(document[name]):
            document[name][place] = None
        document[name] = [item for item in document[name] if item is not None]
        if document[name]:
            return
    document.pop(name, None)


def _in_order(found: Found, document: dict[str, Any], faults: list[Fault]) -> None:
    """A source may tell the end before the beginning; then the less certain of the two is left out."""

    def left_out(group: dict[str, Any], earlier: str, later: str, drop: str) -> None:
        first, last = group.get(earlier), group.get(later)
        if first and last and last < first:
            reason = f"{later} is {last} and {earlier} is {first}"
            faults.append(Fault(found.where, drop, reason, whole=False))
            del group[drop]

    if found.kind == "decision":
        left_out(document, "date_proposed", "date_decided", "date_proposed")
        left_out(document, "date_decided", "effective_date", "effective_date")
    if found.kind == "body":
        left_out(document, "founded", "dissolved", "dissolved")
    for seat in document.get("memberships") or ():
        left_out(seat, "starts", "ends", "ends")


def pruned(
    ready: list[tuple[Found, str, dict[str, Any]]], there: set[tuple[str, str]], faults: list[Fault]
) -> list[tuple[Found, str, dict[str, Any]]]:
    """The records without links to any that did not become valid; again, until none is left."""
    while True:
        known = there | {(found.kind, id) for found, id, _ in ready}
        kept = []
        for found, id, document in ready:
            bad = [
                link
                for link in references(found.kind, document)
                if not any((target, link.value) in known for target in link.targets)
            ]
            for link in reversed(bad):
                reason = f'the record "{link.value}" that it names could not be taken'
                faults.append(Fault(found.where, link.field, reason, whole=False))
                _take_out(document, link.pointer.split("/")[1:])
            whole, more = fitted(found, document) if bad else (document, [])
            faults += more
            if whole is not None:
                kept.append((found, id, whole))
        if len(kept) == len(ready):
            return [(found, id, _without_id(document)) for found, id, document in kept]
        ready = kept


def _without_id(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "id"}
