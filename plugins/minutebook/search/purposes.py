"""What payments were for: counted once for each release, and kept from one build to the next."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from minutebook.records.model import Release
from minutebook.records.processes import spread
from minutebook.records.rows import Rows

FILE = "purposes"
"""What the file is called in which they are kept."""
_FORM = "1"
"""Another number whenever the file comes to hold something else."""
_COLUMNS = (
    *("BeneficiaryName", "OrganisationalUnit", "Purpose", "CategoryInternalName"),
    "RedactionReason",
)
_FEW = 20_000
"""So many rows are counted sooner than processes start."""

Counts = Mapping[str, Mapping[str, int]]
"""How often each purpose, by the name that goes with it."""


def purposes(releases: Sequence[Release], cache: Path | None = None) -> tuple[Counts, Counts]:
    """Purposes and categories of payments by who was paid and by the service that paid, as they are written.

    Nothing of payments whose name is withheld. In the folder `cache` the counts are kept; when releases were
    only added since, only these are read.
    """
    keys = {_key(release): release for release in releases}
    known, to, by = _kept(cache)
    if not known <= keys.keys():
        known, to, by = set(), {}, {}
    new = [release for key, release in keys.items() if key not in known]
    alone = len(new) if sum(release.sums.rows for release in new) < _FEW else 1
    for paid, spent in spread(_counted, new, alone, together=1):
        _add(to, paid)
        _add(by, spent)
    if cache and new:
        _keep(cache, sorted(keys), to, by)
    return to, by


def _key(release: Release) -> str:
    rows = release.digest or f"{release.document.get('rows')}"
    return hashlib.sha256(f"{release.id} {rows}".encode()).hexdigest()


def _counted(release: Release) -> tuple[Counts, Counts]:
    held = release.payments
    rows = Counter(map(tuple, held.text(_COLUMNS)) if isinstance(held, Rows) else ())
    to: dict[str, dict[str, int]] = {}
    by: dict[str, dict[str, int]] = {}
    for (name, unit, purpose, category, withheld), count in rows.items():
        for what in (purpose, category):
            if what and not withheld:
                _count(to.setdefault(name, {}), what, count)
                _count(by.setdefault(unit, {}), what, count)
    return to, by


def _count(counts: dict[str, int], what: str, more: int) -> None:
    counts[what] = counts.get(what, 0) + more


def _add(to: dict[str, dict[str, int]], more: Counts) -> None:
    for name, found in more.items():
        counts = to.setdefault(name, {})
        for what, count in found.items():
            _count(counts, what, count)


def _kept(cache: Path | None) -> tuple[set[str], dict[str, Any], dict[str, Any]]:
    if cache is None:
        return set(), {}, {}
    try:
        digest, text = (cache / FILE).read_text("utf-8").split("\n")
        if digest != _digest(text):
            return set(), {}, {}
        known, to, by = orjson.loads(text)
        return set(known), to, by
    except (OSError, ValueError):
        return set(), {}, {}


def _keep(cache: Path, known: Sequence[str], to: Counts, by: Counts) -> None:
    text = orjson.dumps([known, to, by]).decode()
    written = cache / f"{FILE}.{os.getpid()}"
    with suppress(OSError):  # without what is kept, the next build takes longer, and that is all
        cache.mkdir(parents=True, exist_ok=True)
        written.write_text(f"{_digest(text)}\n{text}", encoding="utf-8")
        written.replace(cache / FILE)


def _digest(text: str) -> str:
    return hashlib.sha256(f"{_FORM}\n{text}".encode()).hexdigest()
