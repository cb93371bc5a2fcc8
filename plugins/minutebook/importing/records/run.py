"""What a format works with while it reads: its mapping, who is who, and where to count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from minutebook.importing.records import days
from minutebook.importing.records.found import Fault, Figures, Found
from minutebook.importing.records.ids import Ids
from minutebook.importing.records.items import Item, UnreadableError
from minutebook.importing.records.mapping import Mapping
from minutebook.importing.records.who import Who
from minutebook.importing.records.words import line

Result = Iterator[Found | Fault]


class Format(Protocol):
    """One module a format: `read` is given the files and yields what it finds in them."""

    def __call__(self, items: Iterable[Item], run: Run) -> Result:
        """Every record of the source, and everything in it that could not be taken."""


@dataclass(slots=True)
class Run:
    """One run of an import."""

    mapping: Mapping
    ids: Ids
    people: Who
    bodies: Who
    council: str
    """The council's own name: where a source names no body, the council itself decides."""
    figures: Figures = field(default_factory=Figures)
    faults: list[Fault] = field(default_factory=list)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def body(self, name: object, identifier: str = "") -> str:
        """The id of a body; the council itself where the source names none."""
        said = line(name, 200) or self.council
        return self.bodies.get(said, identifier)

    def person(self, name: object, identifier: str = "", at: str = "") -> str:
        """The id of a person; `at` is the body at which the source shows them."""
        id = self.people.get(line(name, 200), identifier)
        if at:
            self.people.every[id].seen.add(at)
        return id

    def without_title(self, name: str) -> str:
        """A name without the titles before it that the mapping lists, such as Councillor."""
        words = name.split()
        while len(words) > 1 and words[0].casefold().rstrip(".") in self.people.titles:
            words = words[1:]
        return " ".join(words)

    def code(self, codelist: str, text: object, otherwise: str = "") -> str:
        """The code of a text of the source; one that the mapping does not know is counted."""
        found = self.mapping.code(codelist, text)
        said = line(text, 120)
        if not found and said and not self.mapping.knows(codelist, text):
            self.figures.unmapped[codelist, said] += 1
        return found or otherwise

    def day(self, text: object, where: str, name: str) -> str:
        """A date of the source in ISO 8601; one that cannot be read is told and left out."""
        order: Any = self.mapping.rest.get("dates", "dmy")
        try:
            return days.day(text, order)
        except ValueError as error:
            self.faults.append(Fault(where, name, str(error), whole=False))
            return ""

    def first(self, kind: str, identifier: str) -> bool:
        """Whether this is the first record of the run with this identifier."""
        key = (kind, identifier)
        new = key not in self._told
        self._told.add(key)
        return new

    def kind_of_body(self, name: str) -> str:
        """What a body is, from its name, by the mapping."""
        return self.mapping.code("body-classification", name) or "other"

    def kind_of_decision(self, body: str) -> str:
        """What kind of decision a body makes, by the mapping."""
        known = self.bodies.every.get(body)
        kind = self.kind_of_body(known.name) if known else "other"
        return str(self.mapping.rest.get("decisions", {}).get(kind, "not-recorded"))


def guarded(found: Callable[[], Any], where: str) -> Result:
    """What is found in one entry of the source, or that its shape is not that of the format.

    Each format looks at what it needs; this is for what stands where nobody expects it.
    """
    try:
        made = found()
        if isinstance(made, Found | Fault):
            yield made
        elif made is not None:
            yield from made
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        reason = f"has another shape than this format ({type(error).__name__}: {line(error, 80)})"
        yield Fault(where, "", reason)


def each(
    items: Iterable[Item], run: Run, read: Callable[[Item], Any]
) -> Iterator[tuple[Item, Any]]:
    """Every item that can be read, with what stands in it; the others are told."""
    for item in items:
        try:
            yield item, read(item)
        except UnreadableError as error:
            run.faults.append(Fault(item.name, "", str(error)))
