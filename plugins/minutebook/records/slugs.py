"""Names as they stand in a finance system -> the last part of an address."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

_LONGEST = 60
_TAKEN = re.compile(r"page-\d+|starting-.*|index")


@functools.lru_cache(maxsize=65536)
def key(name: str) -> str:
    """What two spellings of one name have in common: they may differ in case and spaces, no more."""
    return " ".join(name.casefold().split())


def slugs(keys: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """A slug for each key, which is made of the name only.

    Where two names would share a slug, the first one given keeps it and the other gets a few digits of
    its checksum. So give those first that were there first, and no address changes with a new name.
    `given` holds the slugs that are settled already.
    """
    given = given or {}
    found: dict[str, str] = {}
    used: set[str] = set(given.values())
    for one in keys:
        if one in given:
            found[one] = given[one]
            continue
        slug = plain(one)
        if not slug or slug in used or _TAKEN.fullmatch(slug):
            slug = f"{slug or 'name'}-{hashlib.sha256(one.encode()).hexdigest()[:8]}"
        used.add(slug)
        found[one] = slug
    return found


def plain(name: str) -> str:
    """Latin letters and digits in lower case, with hyphens between; accents are dropped."""
    bare = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", bare.decode().lower())[:_LONGEST].strip("-")
