"""Rules about who is paid: each spelling is one supplier's, and a number has the form of its register."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.records.identifiers import fault
from minutebook.records.messages import Complaint
from minutebook.records.payees import NAMES
from minutebook.records.problems import shown
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Document, Sound
from minutebook.records.slugs import key
from minutebook.records.tables import PAYMENTS


def a_spelling_is_one_supplier(sound: Sound) -> Said:
    """A name under which somebody is paid stands in the record of one supplier or provider only."""
    taken: dict[str, str] = {}
    ids: dict[str, str] = {}
    for kind in NAMES:
        for path, document in sound.every(kind):
            other = ids.setdefault(document["id"], path)
            if other != path:
                message = f"{other} has the same id, and both would have one page"
                hint = "give one of them another id; a provider needs no supplier's record"
                yield path, Complaint("/id", "payee-name", message, hint)
            for pointer, name in _names(kind, document):
                other = taken.setdefault(key(name), path)
                if other != path:
                    message = f"{shown(name)} is claimed by {other} already"
                    hint = "leave it with the one that is meant; case and spaces make no difference"
                    yield path, Complaint(pointer, "payee-name", message, hint)


def _names(kind: str, document: Document) -> Iterator[tuple[str, str]]:
    yield "/name", document["name"]
    for number, name in enumerate(document.get(NAMES[kind], ())):
        yield f"/{NAMES[kind]}/{number}", name


def spellings_are_used(sound: Sound) -> Said:
    """A spelling in a supplier's record stands in at least one payment."""
    suppliers = [one for one in sound.of("supplier") if one[1].get("spellings")]
    tables = [table for table in sound.tables.values() if table.kind in PAYMENTS]
    if not suppliers or not tables:
        return
    paid = {key(name) for table in tables for name in table.sums.named("supplier")}
    for path, document in suppliers:
        for number, name in enumerate(document["spellings"]):
            if key(name) not in paid:
                message = f"nobody is paid as {shown(name)} in any release"
                hint = "write it as it stands in the payments, or take it out"
                yield path, Complaint(f"/spellings/{number}", "spelling-unused", message, hint)


def identifiers_have_their_form(sound: Sound) -> Said:
    """A company or charity number is written as its register writes it."""
    for kind in (*NAMES, "council", "place"):
        for path, document in sound.of(kind):
            for number, one in enumerate(document.get("identifiers", ())):
                said = fault(one["scheme"], one["id"])
                if said:
                    yield path, Complaint(f"/identifiers/{number}/id", "identifier", *said)
