"""Which id a record of the source has here: the one it was given before, or a new one of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from minutebook.importing.records.words import slug
from minutebook.records.addresses import reserved

Key = tuple[str, str]


class Ids:
    """The ids of a run. `known` holds those of earlier imports, by type and identifier."""

    def __init__(self, known: Mapping[Key, str], taken: Mapping[str, set[str]]) -> None:
        self._of = dict(known)
        self._taken = {kind: set(ids) for kind, ids in taken.items()}

    def find(self, kind: str, identifier: str) -> str:
        """The id that the identifier has; empty if it has none."""
        return self._of.get((kind, identifier), "")

    def give(self, kind: str, identifier: str, wish: str) -> str:
        """The id of a record, made from `wish`; told apart by a checksum where that is taken."""
        found = self._of.get((kind, identifier))
        if found:
            return found
        mark = hashlib.sha256(identifier.encode()).hexdigest()[:6]
        id = slug(wish) or mark
        if id in self._taken.setdefault(kind, set()) or id in reserved(kind):
            id = f"{id[:70]}-{mark}"
        self._taken[kind].add(id)
        self._of[kind, identifier] = id
        return id
