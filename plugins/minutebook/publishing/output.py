"""The base of every output: a Pelican generator that makes pages and files from the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from minutebook.publishing.page import Page
from minutebook.publishing.press import Press
from minutebook.publishing.stage import Stage
from minutebook.records.register import Register

SETTING = "MINUTEBOOK"
"""The setting of Pelican under which the site to be made is handed to the outputs."""


@dataclass
class Site:
    """The site being made. `counts` is published: what each output made of the records.

    `cache` is a folder in which an output may keep what the next build can use.
    """

    register: Register
    stage: Stage
    press: Press
    cache: Path | None = None
    counts: dict[str, Any] = field(default_factory=dict)


class Output(Generator):  # type: ignore[misc]
    """Subclasses say which pages and files they make; both are pure functions of the register."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site: Site = self.settings[SETTING]
        self.env = self.site.press.engine(self.settings["JINJA_ENVIRONMENT"])

    def pages(self, register: Register) -> Iterable[Page]:
        """The pages of this output."""
        return ()

    def files(self, register: Register) -> Iterable[tuple[str, bytes]]:
        """Path and content of every other file of this output."""
        return ()

    def streams(self, register: Register) -> Iterable[tuple[str, Iterable[bytes], str]]:
        """Path, pieces and key of files that are made anew only when their key changed."""
        return ()

    def generate_output(self, writer: Any) -> None:
        """Called by Pelican; its writer is not used, because it writes straight into the output."""
        self.site.press.print(self.env, self.pages(self.site.register))
        for path, content in self.files(self.site.register):
            self.site.stage.put(path, content)
        for path, pieces, key in self.streams(self.site.register):
            self.site.stage.stream(path, pieces, key)
