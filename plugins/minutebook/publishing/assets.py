"""Puts the theme's files and the council's logo on the stage, below `theme/`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pelican import signals

from minutebook.publishing.output import Output
from minutebook.records.register import Register


class Assets(Output):
    """theme/static/** -> /theme/**, and the council's logo -> /theme/logo.svg or .png"""

    def files(self, register: Register) -> Iterable[tuple[str, bytes]]:
        """Everything in the theme's static folder, in sorted order."""
        static = Path(self.settings["THEME"]) / "static"
        for path in sorted(static.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield f"theme/{path.relative_to(static).as_posix()}", path.read_bytes()
        logo = register.records.council.logo
        if logo:
            yield f"theme/logo{Path(logo).suffix}", register.records.logo


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Assets]:
    return Assets
