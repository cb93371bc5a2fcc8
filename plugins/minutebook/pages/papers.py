"""Papers, as every page shows them."""

from __future__ import annotations

from typing import Any

from minutebook.records.model.values import Document


def paper(document: Document) -> dict[str, Any]:
    """What a page says of one paper; the template `parts/papers.html` shows it."""
    names = ("name", "url", "media_type", "bytes", "sha256", "exempt")
    return {name: getattr(document, name) for name in names}
