"""Rules across records: what is named exists, ids are given once, both ends agree."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.problems import Problem, allowed, shown
from minutebook.records.prose import links
from minutebook.records.references import (
    Mentions,
    Reference,
    mentions,
    parts_of,
    references,
    slot_of,
)
from minutebook.records.schema import prose_fields, schema
from minutebook.records.source import MOST
from minutebook.records.tables import Table

Said = Iterator[tuple[str, Complaint]]


def link_complaints(entries: list[Entry], known: Known) -> Said:
    """Ids that two files claim, links to records that do not exist, links that one end denies."""
    for ids in known.ids.values():
        for id, found in ids.items():
            for entry in found[1:]:
                message = f"the id {shown(id)} belongs to {found[0].path} already"
                hint = "give this record an id of its own and name its file after it"
                yield entry.path, Complaint("/id", "duplicate-id", message, hint)
    sound = [entry for entry in entries if entry.document is not None and not entry.problems]
    doubtful = _doubtful(sound, known)
    for entry in sound:
        if any(not doubtful[slot].isdisjoint(ids) for slot, ids in entry.mentions.items()):
            for said in itertools.islice(_of_one(entry, known), MOST + 1):
                yield entry.path, said
    for entry in entries:
        if entry.document is not None and entry.problems:
            for said in itertools.islice(_nowhere(entry, known), MOST + 1):
                yield entry.path, said


def _nowhere(entry: Entry, known: Known) -> Iterator[Complaint]:
    """The links to nowhere of a record in which something else is wrong, so that all is told in one run."""
    told = {problem.pointer for problem in entry.problems}
    for link in itertools.chain(references(entry.kind, entry.document), _prose_links(entry)):
        if link.pointer not in told and not known.has(link.targets, link.value):
            yield known.dangling(link)


def _doubtful(entries: Iterable[Entry], known: Known) -> Mapping[str, set[str]]:
    """Of all that is named, by kind of mention, what is not there or must name the other in turn.

    Most of what ten thousand records name is the same; so each is looked up once, not in its place.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for slot, ids in entry.mentions.items():
            named[slot].update(ids)
    for slot, every in named.items():
        _, targets, inverse = parts_of(slot)
        if not inverse:
            named[slot] = {id for id in every if not known.has(targets, id)}
    return named


def all_mentions(kind: str, document: dict[str, Any]) -> Mentions:
    """What a valid document names, in its prose as well; a link in prose belongs to no field."""
    found = mentions(kind, document)
    for name in prose_fields(kind):
        if name in document:
            for target, id in links(document[name]):
                found.setdefault(slot_of("", (target,)), []).append(id)
    return found


def _of_one(entry: Entry, known: Known) -> Iterator[Complaint]:
    for link in references(entry.kind, entry.document):
        if not known.has(link.targets, link.value):
            yield known.dangling(link)
        elif link.inverse:
            yield from _one_sided(entry, link, known)
    for link in _prose_links(entry):
        if not known.has(link.targets, link.value):
            yield known.dangling(link)


def _prose_links(entry: Entry) -> Iterator[Reference]:
    """Links such as `decision:2026-014` in the prose of a record."""
    for name in prose_fields(entry.kind):
        text = (entry.document or {}).get(name)
        if isinstance(text, str):
            for kind, id in links(text):
                yield Reference(f"/{name}", name, id, (kind,))


class Known:
    """The ids of each type, and the names of the files whose id could not be read."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.ids: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        self._unread: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            if entry.document is not None and isinstance(entry.document.get("id"), str):
                self.ids[entry.kind][entry.id].append(entry)
            else:
                self._unread[entry.kind].append(PurePosixPath(entry.path).stem)

    def has(self, targets: Iterable[str], id: str) -> bool:
        """Whether the record is there; a file that cannot be read may be the one that is meant."""
        return any(
            id in self.ids.get(kind, {})
            or (kind == "council" and not self.ids.get(kind))  # that it is missing is told
            or any(f"{stem}-".startswith(f"{id}-") for stem in self._unread.get(kind, []))
            for kind in targets
        )

    def dangling(self, link: Reference) -> Complaint:
        """A link to a record that does not exist."""
        what = " or ".join(str(schema(kind).resolved["title"]).lower() for kind in link.targets)
        message = f"there is no {what} with the id {shown(link.value)}"
        hint = self._likely(link.targets, link.value)
        return Complaint(link.pointer, "dangling-link", message, hint)

    @functools.lru_cache(maxsize=1000)  # noqa: B019 - a wrong id often stands in thousands of rows
    def _likely(self, kinds: tuple[str, ...], value: str) -> str:
        every = [id for kind in kinds for id in self.ids.get(kind, {})]
        # Among thousands the search for a likely one takes long and finds anything.
        return allowed(every, value if len(every) <= 1000 else "", limit=6)


def _one_sided(entry: Entry, link: Reference, known: Known) -> Iterator[Complaint]:
    for kind in link.targets:
        for other in known.ids[kind].get(link.value, []):
            named = (other.document or {}).get(link.inverse, [])
            if entry.id not in named:
                message = f'"{link.value}" does not name this record under {link.inverse}'
                hint = f"add {entry.id} to {link.inverse} in {other.path}"
                yield Complaint(link.pointer, "one-sided-link", message, hint)


def row_problems(known: Known, table: Table) -> Iterator[Problem]:
    """Payments that name a contract, decision or place that does not exist."""
    wrong = [
        (name, node, missing)
        for name, node in table.properties.items()
        if "refersTo" in node and (missing := _missing(known, table, name, node))
    ]
    if not wrong:
        return
    for line, pointer, cells in table.places():
        row = dict(zip(table.rows.header, cells, strict=False))
        for name, node, missing in wrong:
            if row.get(name) in missing:
                link = Reference(f"{pointer}/{name}", name, row[name], tuple(node["refersTo"]))
                said = known.dangling(link)
                place = (table.path, line, 1, said.pointer, said.code, said.message, said.hint)
                yield Problem(*place)


def _missing(known: Known, table: Table, name: str, node: Mapping[str, Any]) -> set[str]:
    """What a column names that does not exist."""
    return {value for value in table.named[name] - {""} if not known.has(node["refersTo"], value)}
