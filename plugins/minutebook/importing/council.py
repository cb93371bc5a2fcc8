"""Whose release it is: what the content folder says about the council and the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minutebook.importing.refusal import RefusalError
from minutebook.records.document import parse
from minutebook.records.source import Refused, read


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who spent the money: its id, its name if it is known, and the currency of the council."""

    id: str
    name: str
    currency: str
    is_council: bool


def organisation(content: Path, wanted: str) -> Organisation:
    """Find the organisation `wanted` in a content folder.

    Raises `RefusalError` if the folder has no readable `council.yaml`. An organisation that has no
    record yet is let through without a name: the check of the records will ask for it.
    """
    if not (content / "council.yaml").is_file():
        raise RefusalError(
            f"{content} is not a content folder: there is no council.yaml in it; name the right "
            "one with --content"
        )
    council = fields(content, "council.yaml")
    if council is None or not isinstance(council.get("id"), str):
        raise RefusalError(
            f"{content}/council.yaml cannot be read: run scripts/check.py and mend it first"
        )
    currency = str(council.get("currency", "GBP"))
    if wanted == council["id"]:
        return Organisation(wanted, str(council.get("name", "")), currency, True)
    for path in sorted((content / "providers").rglob(f"{wanted}*.yaml")):
        provider = fields(content, path.relative_to(content).as_posix()) or {}
        if provider.get("id") == wanted:
            return Organisation(wanted, str(provider.get("name", "")), currency, False)
    return Organisation(wanted, "", currency, False)


def fields(content: Path, path: str) -> dict[str, object] | None:
    """The fields of a record, or None if it cannot be read."""
    try:
        return parse(path, read(content, path).text).fields
    except Refused:
        return None
