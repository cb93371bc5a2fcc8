"""One import from beginning to end: read, match, make valid, write, and say what happened."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutebook.importing.council import fields
from minutebook.importing.records import aliases, legistar, moderngov, oparl, popolo, table
from minutebook.importing.records.damage import damaged, lost
from minutebook.importing.records.fit import fitted, pruned, resolved
from minutebook.importing.records.found import Fault, Found
from minutebook.importing.records.ids import Ids
from minutebook.importing.records.items import Item, items
from minutebook.importing.records.keep import IMPORTED, Keeper, Kept, Standing, standing, swept
from minutebook.importing.records.mapping import Mapping, load
from minutebook.importing.records.people import named_in_passing, seated
from minutebook.importing.records.run import Format, Run
from minutebook.importing.records.who import Who
from minutebook.importing.refusal import RefusalError

FORMATS: dict[str, Format] = {
    "legistar": legistar.read,
    "oparl": oparl.read,
    "moderngov": moderngov.read,
    "popolo": popolo.read,
    "table": table.read,
}
"""Every format that can be imported. A new one is a module with a `read` and a mapping."""

Tell = Callable[[str, int, int], None]
"""Is told what is being done, how far it has come and of how many (0 where nobody knows)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to import, into which content folder, and how."""

    format: str
    paths: list[Path]
    content: Path
    mapping: str = ""
    retrieved: str = ""
    url: str = ""
    dry_run: bool = False
    keep_ours: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of an import."""

    run: Run
    kept: Kept
    faults: list[Fault] = field(default_factory=list)
    damaged: list[Fault] = field(default_factory=list)
    """Where characters are lost: the source itself holds U+FFFD, which stays as it is."""
    lost: Counter[str] = field(default_factory=Counter)
    """How many characters are, by field."""
    found: Counter[str] = field(default_factory=Counter)
    stubs: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def import_records(request: Request, tell: Tell = lambda what, count, of: None) -> Outcome:
    """Import one source. Raises `RefusalError` if it cannot even be begun."""
    begun = time.monotonic()
    council = _council(request.content)
    mapping = load(request.mapping or request.format)
    if not request.dry_run:
        swept(request.content)
    there, faults = standing(request.content)
    if faults:
        raise RefusalError(f"{faults[0].where}: {faults[0].reason}")
    run = _run(mapping, there, council, request.content)
    outcome = Outcome(run, Kept())
    every = _read(request, run, outcome, tell)
    ready = _fit(every, run, there, outcome, tell)
    keeper = Keeper(request.content, _system(request), there, request.dry_run, request.keep_ours)
    order = {kind: place for place, kind in enumerate(IMPORTED)}
    for count, (found, id, document) in enumerate(
        sorted(ready, key=lambda one: (order[one[0].kind], one[1])), 1
    ):
        keeper.put(found, id, document)
        tell("written", count, len(ready))
    outcome.kept = keeper.kept
    outcome.faults += run.faults
    if not request.dry_run:
        aliases.suggest(request.content, run)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _system(request: Request) -> str:
    return request.format


def _council(content: Path) -> str:
    if not (content / "council.yaml").is_file():
        raise RefusalError(
            f"{content} is not a content folder: there is no council.yaml in it; name the right "
            "one with --into"
        )
    found = fields(content, "council.yaml")
    if not found or not isinstance(found.get("name"), str):
        raise RefusalError(f"{content}/council.yaml cannot be read: run scripts/check.py first")
    return str(found["name"])


def _run(
    mapping: Mapping, there: dict[tuple[str, str], Standing], council: str, content: Path
) -> Run:
    known = {(kind, one.key[1]): id for (kind, id), one in there.items() if one.key[1]}
    taken: dict[str, set[str]] = {kind: set() for kind in IMPORTED}
    for kind, id in there:
        taken[kind].add(id)
    ids = Ids(known, taken)
    people = Who("person", ids, mapping.rest.get("titles", ()))
    bodies = Who("body", ids)
    for (kind, id), one in sorted(there.items()):
        if kind in ("person", "body"):
            who = people if kind == "person" else bodies
            who.know(id, one.document["name"], one.key[1])
    aliases.apply(content, people, bodies)
    return Run(mapping, ids, people, bodies, council)


def _read(request: Request, run: Run, outcome: Outcome, tell: Tell) -> list[Found]:
    every: list[Found] = []
    where = request.paths[0].name
    for one in FORMATS[request.format](_counted(request, run, tell), run):
        if isinstance(one, Fault):
            run.faults.append(one)
        else:
            every.append(one)
            tell("found", len(every), 0)
            outcome.found[one.kind] += 1
    for one in every:
        if one.kind == "person" and one.wish in run.people.every:
            seated(run, one)
    told = {(one.kind, one.wish) for one in every if one.kind in ("person", "body")}
    for one in named_in_passing(run, told, where):
        every.append(one)
        outcome.stubs[one.kind] += 1
    for one in every:
        one.retrieved = one.retrieved or request.retrieved
        one.url = one.url or request.url
    return every


def _counted(request: Request, run: Run, tell: Tell) -> Iterator[Item]:
    count = 0
    for item in items(request.paths):
        if isinstance(item, Fault):
            run.faults.append(item)
        else:
            count += 1
            tell("files read", count, 0)
            yield item


Ready = list[tuple[Found, str, dict[str, Any]]]


def _fit(
    every: Iterable[Found],
    run: Run,
    there: Iterable[tuple[str, str]],
    outcome: Outcome,
    tell: Tell,
) -> Ready:
    """The valid records, with no link to one that is not there. Ids first: any may link to any."""
    ids: list[tuple[Found, str]] = []
    given: set[tuple[str, str]] = set()
    for found in every:
        if not found.identifier.strip():
            outcome.faults.append(Fault(found.where, "id", "nothing tells it from other entries"))
            continue
        own = found.kind in ("person", "body")
        id = found.wish if own else run.ids.give(found.kind, found.identifier, found.wish)
        if (found.kind, id) in given:
            reason = f"{found.identifier} comes to the same record, {id}, as another one"
            outcome.faults.append(Fault(found.where, "id", reason))
            continue
        given.add((found.kind, id))
        ids.append((found, id))
    ready: Ready = []
    for count, (found, id) in enumerate(ids, 1):
        tell("checked", count, len(ids))
        document, faults = fitted(found, {"id": id, **(resolved(found.document, run.ids) or {})})
        outcome.faults += faults
        if document is not None:
            ready.append((found, id, document))
            counts = damaged(document)
            outcome.damaged += lost(found, counts)
            outcome.lost.update(counts)
    return pruned(ready, set(there), outcome.faults)
