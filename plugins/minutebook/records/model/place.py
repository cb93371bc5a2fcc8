"""The types of record: place, topic. The fields are those of the schemas (a test compares them)."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.records.model.values import Identifier, Imported, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A ward or another place."""

    id: str
    name: str
    summary: str | None = None
    classification: str
    identifiers: tuple[Identifier, ...] = ()
    geometry: str | None = None
    part_of: str | None = None
    overlaps: tuple[str, ...] = ()
    population: int | None = None
    population_year: int | None = None
    source: Imported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """A subject that records are about."""

    id: str
    name: str
    summary: str
    broader: str | None = None
    deprecated: bool | None = None
