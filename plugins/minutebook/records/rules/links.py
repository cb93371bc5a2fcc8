"""Rules across records: what is named exists, ids are given once, both ends agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.problems import Problem, allowed
from minutebook.records.prose import links
from minutebook.records.references import Reference, references
from minutebook.records.schema import schema
from minutebook.records.tables import Table

Said = Iterator[tuple[str, Complaint]]


def link_complaints(entries: list[Entry]) -> Said:
    """Ids that two files claim, links to records that do not exist, links that one end denies."""
    known, unread = _known(entries)
    for ids in known.values():
        for id, found in ids.items():
            for entry in found[1:]:
                message = f'the id "{id}" belongs to {found[0].path} already'
                hint = "give this record an id of its own and name its file after it"
                yield entry.path, Complaint("/id", "duplicate-id", message, hint)
    for entry in entries:
        if entry.document is None or entry.problems:
            continue
        for link in references(entry.kind, entry.document):
            if not _exists(link, known, unread):
                yield entry.path, dangling(link, known)
            elif link.inverse:
                yield from _one_sided(entry, link, known)
        for link in _prose_links(entry):
            if not _exists(link, known, unread):
                yield entry.path, dangling(link, known)


def _prose_links(entry: Entry) -> Iterator[Reference]:
    """Links such as `decision:2026-014` in the prose of a record."""
    for name, node in schema(entry.kind).resolved["properties"].items():
        if node.get("format") == "markdown" and name in (entry.document or {}):
            for kind, id in links((entry.document or {})[name]):
                yield Reference(f"/{name}", name, id, (kind,))


Known = Mapping[str, Mapping[str, list[Entry]]]


def _known(entries: Iterable[Entry]) -> tuple[Known, Mapping[str, list[str]]]:
    """The ids of each type, and the names of the files whose id could not be read."""
    known: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    unread: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.document is not None and isinstance(entry.document.get("id"), str):
            known[entry.kind][entry.id].append(entry)
        else:
            unread[entry.kind].append(PurePosixPath(entry.path).stem)
    return known, unread


def _exists(link: Reference, known: Known, unread: Mapping[str, list[str]]) -> bool:
    """Whether the record is there; a file that cannot be read may be the one that is meant."""
    return any(
        link.value in known.get(kind, {})
        or any(f"{stem}-".startswith(f"{link.value}-") for stem in unread.get(kind, []))
        for kind in link.targets
    )


def dangling(link: Reference, known: Known) -> Complaint:
    """A link to a record that does not exist."""
    what = " or ".join(str(schema(kind).resolved["title"]).lower() for kind in link.targets)
    message = f'there is no {what} with the id "{link.value}"'
    every = [id for kind in link.targets for id in known.get(kind, {})]
    return Complaint(link.pointer, "dangling-link", message, allowed(every, link.value, limit=6))


def _one_sided(entry: Entry, link: Reference, known: Known) -> Said:
    for kind in link.targets:
        for other in known[kind].get(link.value, []):
            named = (other.document or {}).get(link.inverse, [])
            if entry.id not in named:
                message = f'"{link.value}" does not name this record under {link.inverse}'
                hint = f"add {entry.id} to {link.inverse} in {other.path}"
                yield entry.path, Complaint(link.pointer, "one-sided-link", message, hint)


def row_problems(entries: list[Entry], tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Payments that name a contract, decision or place that does not exist."""
    known, unread = _known(entries)
    for table in tables.values():
        columns = [
            (name, tuple(node["refersTo"]))
            for name, node in table.properties.items()
            if "refersTo" in node
        ]
        for line, row in zip(table.lines, table.rows, strict=True):
            for name, targets in columns:
                value = getattr(row, name)
                link = Reference(f"/{name}", name, value or "", targets)
                if value and not _exists(link, known, unread):
                    said = dangling(link, known)
                    place = (table.path, line, 1, said.pointer, said.code, said.message, said.hint)
                    yield Problem(*place)
