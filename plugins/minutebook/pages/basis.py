"""What a page about decisions stands on, in a few characters: cheaper to say than the page's view.

There are thousands of decisions, and each of their pages shows few of them; of everything else a council
has little. So the basis of such a page is the files of the decisions it shows or names, and all other
records together. A test edits every record of the sample and compares each page with one made from nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from minutebook.records.once import once
from minutebook.records.register import Register


def basis(register: Register, decisions: Iterable[str], *others: object) -> str:
    """The basis of a page that says nothing of any decisions but these; `others` must be plain values."""
    known = _known(register)
    return f"{_rest(register)} {others} {[known[id] for id in decisions]}"


@once
def _known(register: Register) -> Mapping[str, str]:
    """Each decision with its file, the file's SHA-256, and its last change."""
    digests, history = register.records.digests, register.history
    return {
        id: f"{id} {one.path} {digests.get(one.path)} {history.get(one.path)}"
        for id, one in register.records.decisions.items()
    }


@once
def _rest(register: Register) -> str:
    """The day, and every file that is not a decision, in one digest."""
    decisions = {one.path for one in register.records.decisions.values()}
    digest = hashlib.sha256(register.as_of.isoformat().encode())
    for path, found in sorted(register.records.digests.items()):
        if path not in decisions:
            digest.update(f"{path} {found} {register.history.get(path)}\n".encode())
    return digest.hexdigest()
