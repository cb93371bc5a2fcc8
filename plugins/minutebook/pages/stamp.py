"""The revision and the date that a list is true for.

Not on the page of a record: it would change with every commit, and so would ten thousand pages.
"""

from __future__ import annotations

from typing import Any

from minutebook.records.register import Register


def stamp(register: Register) -> dict[str, Any]:
    """What the footer says of lists and of the home page."""
    return {"revision": register.revision, "as_of": register.as_of}
