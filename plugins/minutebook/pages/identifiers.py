"""Numbers in public registers as pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.publishing.language import _
from minutebook.records.identifiers import schemes
from minutebook.records.model.values import Identifier


def identifiers(every: Iterable[Identifier]) -> list[dict[str, str]]:
    """Each as {"scheme", "register", "id", "url"}; `register` and `url` are "" where it is not known here."""
    known = schemes()
    return [
        {
            "scheme": one.scheme,
            "register": _(known[one.scheme].title) if one.scheme in known else "",
            "id": one.id,
            "url": known[one.scheme].address(one.id) if one.scheme in known else "",
        }
        for one in every
    ]
