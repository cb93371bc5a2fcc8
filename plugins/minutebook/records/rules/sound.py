"""The valid records that the rules look at, and what they look up in them."""

from __future__ import annotations

import copy
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from minutebook.records.entries import Entry
from minutebook.records.rulebook import Rulebook, in_force
from minutebook.records.rules.recorded import excused, rules_from
from minutebook.records.tables import Table
from minutebook.records.workingdays import WorkingDays, working_days

Document = dict[str, Any]
TABLES = "tables"
"""What `reads` holds when a rule looked at the rows of releases."""


class Sound:
    """Valid records; `tables` are the rows of their releases, by the path of the record.

    A rule is asked about the records that `of` and `owed` give, which may be a few only (see `only`), and
    looks up what it needs among all. `reads` notes the types that it looked something up in.
    """

    def __init__(self, entries: Iterable[Entry], tables: Mapping[str, Table] | None = None) -> None:
        self.reads: set[str] = set()
        self._tables = tables or {}
        self._by_kind: dict[str, list[tuple[str, Document]]] = defaultdict(list)
        self._by_id: dict[str, dict[str, Document]] = defaultdict(dict)
        self._entries = entries if isinstance(entries, list) else list(entries)
        for entry in self._entries:
            document = entry.document or {}
            self._by_kind[entry.kind].append((entry.path, document))
            self._by_id[entry.kind][entry.id] = document
        self._all = self._by_kind

    def only(self, paths: Collection[str]) -> Sound:
        """The same records, for a rule that is asked about those with these paths."""
        part = copy.copy(self)
        part.reads, part._by_kind = set(), defaultdict(list)
        part._owed = [it for it in self._owed if it[0] in paths]
        for kind, found in self._all.items():
            part._by_kind[kind] = [it for it in found if it[0] in paths]
        return part

    def of(self, kind: str) -> list[tuple[str, Document]]:
        """The path and document of every record of a type that the rule is asked about."""
        return self._by_kind[kind]

    def every(self, kind: str) -> list[tuple[str, Document]]:
        """The path and document of every record of a type, whatever the rule is asked about."""
        self.reads.add(kind)
        return self._all[kind]

    def get(self, kind: str, id: str | None) -> Document:
        """One record, or an empty one when it is not there; that is told elsewhere."""
        self.reads.add(kind)
        return self._by_id[kind].get(id or "", {})

    @property
    def tables(self) -> Mapping[str, Table]:
        """The rows of the releases."""
        self.reads.add(TABLES)
        return self._tables

    @property
    def council(self) -> Document:
        """The council's own record."""
        self.reads.add("council")
        return next((document for _, document in self._all["council"]), {})

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        self.reads.add("council")
        return self._rulebook

    @functools.cached_property
    def _rulebook(self) -> Rulebook:
        return in_force(self.council)

    @property
    def working_days(self) -> WorkingDays:
        """The working days of the council's nation."""
        return working_days(self.council.get("nation", "other"))

    @property
    def owed(self) -> list[tuple[str, Document]]:
        """The decisions that must keep the statutory rules: not imported, not older than they are."""
        self.reads.add("council")
        return self._owed

    @functools.cached_property
    def _owed(self) -> list[tuple[str, Document]]:
        since = rules_from(self.council)
        return [it for it in self._all["decision"] if not excused("decision", it[1], since)]

    @functools.cached_property
    def _seats(self) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
        """Body and person -> the first and last day of each seat; an open end is empty."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for _, person in self._all["person"]:
            for seat in person["memberships"]:
                days = (seat.get("starts", ""), seat.get("ends", ""))
                found[seat["body"], person["id"]].append(days)
        return found

    @functools.cached_property
    def _bodies(self) -> frozenset[str]:
        return frozenset(body for body, _ in self._seats)

    @property
    def bodies_with_members(self) -> frozenset[str]:
        """The bodies of which at least one member is known."""
        self.reads.add("person")
        return self._bodies

    def sits(self, body: str, person: str, day: str) -> bool:
        """Whether somebody was a member of a body on a day (`2026-05-14`)."""
        self.reads.add("person")
        for starts, ends in self._seats.get((body, person), ()):
            if starts <= day and (not ends or day <= ends):
                return True
        return False


def votes(decision: Document) -> Iterator[tuple[str, Document]]:
    """The vote events of a decision with the pointer to each."""
    for number, event in enumerate(decision.get("vote_events", ())):
        yield f"/vote_events/{number}", event
