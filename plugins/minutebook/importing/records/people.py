"""People and bodies that a source only names in passing, and the memberships of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minutebook.importing.records.found import Found
from minutebook.importing.records.run import Run
from minutebook.importing.records.words import line


def person(run: Run, id: str, identifier: str, where: str, **more: Any) -> Found:
    """A person to be; memberships that nobody told are added by `named_in_passing()`."""
    known = run.people.every[id]
    if identifier not in known.identifiers:  # it may be that of somebody else too
        identifier = next(
            (one for one in known.identifiers if one.startswith(identifier)), identifier
        )
    document = {"name": line(known.name, 200), **more}
    return Found("person", identifier, id, document, where)


def named_in_passing(run: Run, told: set[tuple[str, str]], where: str) -> Iterator[Found]:
    """The bodies and people of this run that no record of the source is about.

    A person without any membership told gets those that the source shows: a seat, without dates, on each
    body at whose roll they stand.
    """
    rest = run.mapping.rest
    role = str(rest.get("seen_as") or rest.get("member") or "Member")
    for id, known in sorted(run.people.every.items()):
        if ("person", id) not in told and known.seen:
            seats = [{"body": body, "role": role} for body in sorted(known.seen)]
            yield person(run, id, _identifier(known.identifiers, id), where, memberships=seats)
    for id, known in sorted(run.bodies.every.items()):
        if ("body", id) not in told and known.met:
            document = {"name": known.name, "classification": run.kind_of_body(known.name)}
            yield Found("body", _identifier(known.identifiers, id), id, document, where)


def seated(run: Run, found: Found) -> None:
    """A seat, without dates, on each body in which a person voted and none is told."""
    seats = found.document.get("memberships") or []
    role = str(run.mapping.rest.get("seen_as") or run.mapping.rest.get("member") or "Member")
    missing = run.people.every[found.wish].voted - {str(seat.get("body")) for seat in seats}
    found.document["memberships"] = [
        *seats,
        *({"body": body, "role": role} for body in sorted(missing)),
    ]


def _identifier(identifiers: set[str], id: str) -> str:
    return min(identifiers) if identifiers else f"name:{id}"
