"""This record: its file, its last change, where its source is."""

from __future__ import annotations

from typing import Any

from minutebook.pages.twins import source
from minutebook.records.model import Imported
from minutebook.records.register import Register


def record_note(register: Register, path: str, imported: Imported | None = None) -> dict[str, Any]:
    """`path`, `sha256`, and where they are known `changed`, `revision`, `revisions`; `source_url`.

    `imported` says where the record comes from, None for one that was written here.

    The address of the source is that of GitHub, which GitLab and Forgejo answer too.
    """
    council = register.records.council
    url = ""
    if council.repository:
        base = council.repository.rstrip("/")
        url = f"{base}/blob/{council.branch or 'main'}/content/{path}"
    found = {"changed": None, "revision": "", "revisions": 0, **source(register, path)}
    origin = None
    if imported:
        names = ("system", "url", "retrieved", "identifier")
        origin = {name: getattr(imported, name) for name in names}
    return {**found, "source_url": url, "imported": origin}
