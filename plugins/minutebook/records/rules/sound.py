"""The valid records that the rules look at, and what they look up in them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minutebook.records.entries import Entry
from minutebook.records.rulebook import Rulebook, in_force
from minutebook.records.rules.recorded import excused
from minutebook.records.tables import Table
from minutebook.records.workingdays import WorkingDays, working_days

Document = dict[str, Any]


class Sound(list[Entry]):
    """Entries with a document and without problems; `tables` are the rows of their releases, by path."""

    def __init__(self, entries: Iterable[Entry], tables: Mapping[str, Table] | None = None) -> None:
        super().__init__(entries)
        self.tables = tables or {}
        self._by_kind: dict[str, list[tuple[str, Document]]] = defaultdict(list)
        self._by_id: dict[str, dict[str, Document]] = defaultdict(dict)
        for entry in self:
            document = entry.document or {}
            self._by_kind[entry.kind].append((entry.path, document))
            self._by_id[entry.kind][entry.id] = document

    def of(self, kind: str) -> list[tuple[str, Document]]:
        """The path and document of every record of a type."""
        return self._by_kind[kind]

    def get(self, kind: str, id: str | None) -> Document:
        """One record, or an empty one when it is not there; that is told elsewhere."""
        return self._by_id[kind].get(id or "", {})

    @functools.cached_property
    def council(self) -> Document:
        """The council's own record."""
        return next((document for _, document in self.of("council")), {})

    @functools.cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return in_force(self.council)

    @functools.cached_property
    def working_days(self) -> WorkingDays:
        """The working days of the council's nation."""
        return working_days(self.council.get("nation", "other"))

    @functools.cached_property
    def owed(self) -> list[tuple[str, Document]]:
        """The decisions that must keep the statutory rules: not imported, not older than they are."""
        since = self.council.get("rules_from", "")
        return [
            (entry.path, entry.document or {})
            for entry in self
            if entry.kind == "decision" and not excused(entry, since)
        ]

    @functools.cached_property
    def seats(self) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
        """Body and person -> the first and last day of each seat; an open end is empty."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for _, person in self.of("person"):
            for seat in person["memberships"]:
                days = (seat.get("starts", ""), seat.get("ends", ""))
                found[seat["body"], person["id"]].append(days)
        return found

    @functools.cached_property
    def bodies_with_members(self) -> frozenset[str]:
        """The bodies of which at least one member is known."""
        return frozenset(body for body, _ in self.seats)

    def sits(self, body: str, person: str, day: str) -> bool:
        """Whether somebody was a member of a body on a day (`2026-05-14`)."""
        return any(
            starts <= day and (not ends or day <= ends)
            for starts, ends in self.seats.get((body, person), ())
        )


def votes(decision: Document) -> Iterator[tuple[str, Document]]:
    """The vote events of a decision with the pointer to each."""
    for number, event in enumerate(decision.get("vote_events", ())):
        yield f"/vote_events/{number}", event
