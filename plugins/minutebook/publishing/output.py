"""The base of every output: a Pelican generator that makes pages and files from the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from minutebook.publishing.page import Page
from minutebook.publishing.press import Press
from minutebook.publishing.stage import Laid, Stage
from minutebook.records.processes import spread
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


@dataclass(frozen=True)
class Bundle:
    """Files that are made together. `key` changes whenever anything changes that they are made from.

    `make` gives the content of each of `paths`.
    """

    key: str
    paths: Sequence[str]
    make: Callable[[], Iterable[tuple[str, bytes]]]


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

    def bundles(self, register: Register) -> Iterable[Bundle]:
        """Files that are made anew only when what they are made from changed."""
        return ()

    def generate_output(self, writer: Any) -> None:
        """Called by Pelican; its writer is not used, because it writes straight into the output."""
        self.site.press.print(self.env, self.pages(self.site.register))
        for path, content in self.files(self.site.register):
            self.site.stage.put(path, content)
        self._lay_bundles([*self.bundles(self.site.register)])

    def _lay_bundles(self, bundles: list[Bundle]) -> None:
        stage = self.site.stage
        new = []
        for bundle in bundles:
            kept = [(path, stage.found(path, bundle.key)) for path in bundle.paths]
            if not all(laid for _, laid in kept):
                new.append(bundle)
                continue
            for path, laid in kept:
                assert laid
                stage.remember(path, laid)

        def lay(bundle: Bundle) -> list[tuple[str, Laid]]:
            return [(path, stage.lay(path, raw, bundle.key)) for path, raw in bundle.make()]

        for made in spread(lay, new, alone=1, together=1):
            for path, laid in made:
                stage.remember(path, laid)
