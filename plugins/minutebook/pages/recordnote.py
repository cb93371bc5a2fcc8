"""This record: its file, its last change, where its source is."""

from __future__ import annotations

from typing import Any

from minutebook.pages.twins import source
from minutebook.records.register import Register


def record_note(register: Register, path: str) -> dict[str, Any]:
    """`path`, `sha256`, and where they are known `changed`, `revision`, `revisions`; `source_url`.

    The address of the source is that of GitHub, which GitLab and Forgejo answer too.
    """
    council = register.records.council
    url = ""
    if council.repository:
        base = council.repository.rstrip("/")
        url = f"{base}/blob/{council.branch or 'main'}/content/{path}"
    found = {"changed": None, "revision": "", "revisions": 0, **source(register, path)}
    return {**found, "source_url": url}
