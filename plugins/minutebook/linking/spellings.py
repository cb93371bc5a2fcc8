"""Names in the payments that look like one supplier and are not said to be: for a person to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from minutebook.linking import clues
from minutebook.linking.suggest import own_releases
from minutebook.records.payees import payees
from minutebook.records.records import Records
from minutebook.records.slugs import key


class Alike(NamedTuple):
    """Names that are alike, the most frequent first, and what was paid under all of them in pence.

    `record` is the record that claims one of them already, such as `supplier ambler`, or "".
    """

    names: tuple[str, ...]
    amount: int
    record: str


def alike(records: Records) -> list[Alike]:
    """Groups of names with the same telling words, those paid most first; from the sums of the releases."""
    known = payees(records)
    counts, amounts = Counter[str](), Counter[str]()
    for release in own_releases(records):
        for group in release.sums.groups:
            if group.supplier and not group.reason:
                counts[group.supplier] += group.rows
                amounts[group.supplier] += group.amount
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(counts, key=lambda one: (-counts[one], one)):
        bare = clues.bare_name(name)
        if bare:
            groups[bare].append(name)
    found = []
    for names in groups.values():
        said = {known[key(name)] if key(name) in known else key(name) for name in names}
        if len(said) > 1:
            claimed = [known[key(name)] for name in names if key(name) in known]
            record = f"{claimed[0].kind} {claimed[0].id}" if claimed else ""
            found.append(Alike(tuple(names), sum(amounts[name] for name in names), record))
    return sorted(found, key=lambda one: (-one.amount, one.names))
