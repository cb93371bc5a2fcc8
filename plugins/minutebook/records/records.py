"""All records of one council, by type and id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from minutebook.records.model import (
    Body,
    Contract,
    Council,
    Decision,
    Evaluation,
    Meeting,
    Page,
    Participation,
    Person,
    Petition,
    Place,
    Provider,
    Record,
    Release,
    Supplier,
    Topic,
)
from minutebook.records.problems import Problem
from minutebook.records.references import Mentions


class Shelf(Mapping[str, Record]):
    """The records of one type by id, in the order of the documents; each is made when it is first asked for.

    Who checks one change needs few of ten thousand, and each process of a build its own part of them.
    """

    def __init__(
        self,
        documents: Mapping[str, Mapping[str, Any]],
        paths: Mapping[str, str],
        make: Callable[[str], Record],
    ) -> None:
        self._made: dict[str, Record | None] = dict.fromkeys(documents)
        self.documents, self.paths = documents, paths
        self._make = make

    def having(self, *names: str) -> Iterator[Record]:
        """The records in which one of these fields is filled in; the others need not be made."""
        for id, document in self.documents.items():
            if any(name in document for name in names):
                yield self[id]

    def __getitem__(self, id: str) -> Record:
        found = self._made[id]
        if found is None:
            found = self._made[id] = self._make(id)
        return found

    def __contains__(self, id: object) -> bool:
        return id in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True)
class Records:
    """What `load` gives when nothing is wrong.

    `by_type` holds for every type, such as `decision`, its records by id in the order of the ids.
    `geometries` holds the GeoJSON geometry of each place that has one; `digests` the SHA-256 of each
    file that was read, by path; `logo` the council's logo, if it has one; `warnings` what the rules have
    against records that are published all the same; `mentions` what each record names, by path.
    """

    council: Council
    by_type: Mapping[str, Mapping[str, Record]]
    geometries: Mapping[str, Mapping[str, Any]]
    digests: Mapping[str, str]
    logo: bytes = b""
    warnings: tuple[Problem, ...] = ()
    mentions: Mapping[str, Mentions] = field(default_factory=dict)

    def get(self, kind: str, id: str) -> Record:
        """One record. Raises KeyError when there is none."""
        return self.council if kind == "council" else self.by_type[kind][id]

    def having(self, kind: str, *names: str) -> Iterator[Record]:
        """The records of a type in which one of these fields is filled in (and perhaps others)."""
        found = self.by_type[kind]
        return found.having(*names) if isinstance(found, Shelf) else iter(found.values())

    def __iter__(self) -> Iterator[tuple[str, Record]]:
        """Every record with its type, but for the council itself."""
        for kind, found in self.by_type.items():
            for record in found.values():
                yield kind, record

    def documents(self, kind: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Id, path and document of every record of a type; none need be made."""
        found = {self.council.id: self.council} if kind == "council" else self.by_type[kind]
        if isinstance(found, Shelf):
            for id, document in found.documents.items():
                yield id, found.paths[id], document
        else:
            for id, record in found.items():
                yield id, record.path, record.document

    @property
    def bodies(self) -> Mapping[str, Body]:
        return cast(Mapping[str, Body], self.by_type["body"])

    @property
    def contracts(self) -> Mapping[str, Contract]:
        return cast(Mapping[str, Contract], self.by_type["contract"])

    @property
    def decisions(self) -> Mapping[str, Decision]:
        return cast(Mapping[str, Decision], self.by_type["decision"])

    @property
    def evaluations(self) -> Mapping[str, Evaluation]:
        return cast(Mapping[str, Evaluation], self.by_type["evaluation"])

    @property
    def meetings(self) -> Mapping[str, Meeting]:
        return cast(Mapping[str, Meeting], self.by_type["meeting"])

    @property
    def pages(self) -> Mapping[str, Page]:
        return cast(Mapping[str, Page], self.by_type["page"])

    @property
    def participation(self) -> Mapping[str, Participation]:
        return cast(Mapping[str, Participation], self.by_type["participation"])

    @property
    def people(self) -> Mapping[str, Person]:
        return cast(Mapping[str, Person], self.by_type["person"])

    @property
    def petitions(self) -> Mapping[str, Petition]:
        return cast(Mapping[str, Petition], self.by_type["petition"])

    @property
    def places(self) -> Mapping[str, Place]:
        return cast(Mapping[str, Place], self.by_type["place"])

    @property
    def providers(self) -> Mapping[str, Provider]:
        return cast(Mapping[str, Provider], self.by_type["provider"])

    @property
    def releases(self) -> Mapping[str, Release]:
        return cast(Mapping[str, Release], self.by_type["release"])

    @property
    def suppliers(self) -> Mapping[str, Supplier]:
        return cast(Mapping[str, Supplier], self.by_type["supplier"])

    @property
    def topics(self) -> Mapping[str, Topic]:
        return cast(Mapping[str, Topic], self.by_type["topic"])


def day_of(decision: Decision) -> date:
    """The day under which a decision is listed: when it was or will be decided, else put forward."""
    period = decision.expected_period
    known = decision.date_decided or (period.start if period else decision.date_proposed)
    assert known, "the rules ask every decision for a date"
    return known


def name_of(record: Record) -> str:
    """What a record is called: its title or its name."""
    found: str = getattr(record, "title", "") or getattr(record, "name", "")
    return found
