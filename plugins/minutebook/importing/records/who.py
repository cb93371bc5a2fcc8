"""Who is who: people and bodies under the names that sources give them -> one record each.

Titles, letter case, accents, punctuation and spacing never tell two apart. An initial that one source
has and another leaves out does not either, unless more than one person would fit or the source itself
numbers them differently. Everything further is for a person to say, in `imports/aliases.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from minutebook.importing.records.ids import Ids

_ENDS = re.compile("[: ]")
_LETTERS = re.compile(r"[^a-z0-9 ]+")


@dataclass(slots=True)
class Known:
    """One person or body: its id, names and the identifiers that sources give it."""

    id: str
    name: str
    names: dict[str, str] = field(default_factory=dict)
    """Every name met -> how it was matched (empty for the plain one)."""
    identifiers: set[str] = field(default_factory=set)
    met: bool = False
    """Whether this run met it; records that were there before may not be met."""
    seen: set[str] = field(default_factory=set)
    """Bodies at which a person was seen without a membership being told."""
    voted: set[str] = field(default_factory=set)
    """Bodies in which they voted: there they had a seat, told or not."""


def _series(identifier: str) -> str:
    """What the source numbers: `councillor` of `councillor 8`."""
    return _ENDS.split(identifier, maxsplit=1)[0]


class Who:
    """The people, or the bodies, of one council."""

    def __init__(self, kind: str, ids: Ids, titles: Iterable[str] = ()) -> None:
        self.kind = kind
        self.ids = ids
        self.titles = frozenset(title.casefold().rstrip(".") for title in titles)
        self.every: dict[str, Known] = {}
        self._by_name: dict[str, str] = {}
        self._by_loose: defaultdict[str, set[str]] = defaultdict(set)
        self._by_identifier: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self.apart: set[frozenset[str]] = set()

    def know(self, id: str, name: str, identifier: str = "") -> None:
        """Remember a record that is there already."""
        self.every.setdefault(id, Known(id, name))
        numbered = not identifier.startswith("name:")  # else it is our own stand-in for a number
        self._note(id, name, identifier if numbered else "", "")

    def alias(self, id: str, names: Iterable[str]) -> None:
        """What `aliases.yaml` says: these names are those of one record."""
        for name in names:
            self._said[self.plain(name)] = id

    def get(self, name: str, identifier: str = "") -> str:
        """The id of whoever has this name, or this identifier; new if nobody has."""
        identifier = self._apart(name, identifier)
        id, how = self._find(name, identifier)
        if not id:
            wish = self._said.get(self.plain(name), "") or " ".join(self._tokens(name))
            id = self.ids.give(self.kind, identifier or f"name:{self.plain(name)}", wish)
            self.every.setdefault(id, Known(id, name))
        self._note(id, name, identifier, how)
        self.every[id].met = True
        return id

    def find(self, identifier: str) -> str:
        """The id of whoever the source calls by this; empty if nobody was met under it."""
        return self._by_identifier.get(identifier, "")

    def _apart(self, name: str, identifier: str) -> str:
        """The identifier, with the name where it is already that of somebody with quite another one:
        two councils in one source each count from one."""
        here = self._by_identifier.get(identifier, "")
        if self.kind != "person" or not here or not self.plain(name):
            return identifier
        met = {token for said in self.every[here].names for token in self._tokens(said)}
        return identifier if met & set(self._tokens(name)) else f"{identifier} {self.plain(name)}"

    def _find(self, name: str, identifier: str) -> tuple[str, str]:
        if identifier and identifier in self._by_identifier:
            return self._by_identifier[identifier], "the same number at the source"
        plain = self.plain(name)
        said = self._said.get(plain)
        if said in self.every:
            return said or "", "aliases.yaml"
        found = self._by_name.get(plain, "")
        if found and self._may_be(found, identifier):
            return found, ""
        loose = self.loose(name)
        near = [
            id
            for id in sorted(self._by_loose[loose])
            if self._may_be(id, identifier) and loose in (plain, self.plain(self.every[id].name))
        ]
        return (near[0], "an initial is left out") if len(near) == 1 else ("", "")

    def _may_be(self, id: str, identifier: str) -> bool:
        """Two numbers at one source are two people."""
        return not identifier or not any(
            _series(other) == _series(identifier) for other in self.every[id].identifiers
        )

    def _note(self, id: str, name: str, identifier: str, how: str) -> None:
        known = self.every[id]
        if name:
            known.names.setdefault(name, "" if name == known.name else how)
        self._by_name.setdefault(self.plain(name), id)
        self._by_loose[self.loose(name)].add(id)
        if identifier:
            known.identifiers.add(identifier)
            self._by_identifier[identifier] = id

    def _tokens(self, name: str) -> list[str]:
        text = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("ß", "ss"))
        text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
        text = text.replace("'", "").replace("’", "")
        tokens = _LETTERS.sub(" ", text).split() or re.sub(r"[\W_]+", " ", text).split()
        kept = [token for token in tokens if token not in self.titles]
        return kept or tokens

    def plain(self, name: str) -> str:
        """A name as it is compared."""
        return " ".join(self._tokens(name))

    def loose(self, name: str) -> str:
        """The same without initials; bodies have none."""
        tokens = self._tokens(name)
        if self.kind != "person":
            return " ".join(tokens)
        return " ".join(token for token in tokens if len(token) > 1) or " ".join(tokens)

    def doubtful(self) -> list[tuple[str, str]]:
        """Pairs of people who may be one: the same last name, and first names that begin alike."""
        if self.kind != "person":
            return []
        families: defaultdict[str, list[str]] = defaultdict(list)
        for id, known in sorted(self.every.items()):
            if tokens := self._tokens(known.name):
                families[tokens[-1]].append(id)
        pairs = [(a, b) for ids in families.values() for a in ids for b in ids if a < b]
        return [pair for pair in pairs if self._alike(*pair) and frozenset(pair) not in self.apart]

    def _alike(self, one: str, other: str) -> bool:
        first, second = (self.loose(self.every[id].name).split()[0] for id in (one, other))
        known = self.every[one].identifiers and self.every[other].identifiers
        return not known and (first.startswith(second[:3]) or second.startswith(first[:3]))
