"""Puts the theme's files and the council's colours, icon and logo on the stage, below `theme/`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pelican import signals

from minutebook.publishing.colours import icon, stylesheet
from minutebook.publishing.frame import logo_address
from minutebook.publishing.output import Output
from minutebook.records.register import Register


class Assets(Output):
    """theme/static/** -> /theme/**; council.css, icon.svg and the logo from the council's record."""

    def files(self, register: Register) -> Iterable[tuple[str, bytes]]:
        """Everything in the theme's static folder, in sorted order."""
        static = Path(self.settings["THEME"]) / "static"
        for path in sorted(static.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield f"theme/{path.relative_to(static).as_posix()}", path.read_bytes()
        council = register.records.council
        yield "theme/council.css", stylesheet(council).encode()
        yield "theme/icon.svg", icon(council).encode()
        logo = logo_address(register.records)
        if logo:
            yield logo, register.records.logo


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Any) -> type[Assets]:
    return Assets
