"""The press: pages -> files on the stage, in as many processes as there are processors."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from minutebook.publishing.engine import Engine
from minutebook.publishing.page import Page
from minutebook.publishing.stage import Stage
from minutebook.publishing.templates import engine, ingredients, plain_data
from minutebook.records import addresses
from minutebook.records.processes import spread
from minutebook.records.register import Register

Printed = list[tuple[str, str, str]]
"""Path, key and SHA-256 of each file."""


class PageError(Exception):
    """A page that could not be made: a mistake in a view or a template, not in a record."""


class Press:
    """Prints pages of one register onto one stage. `printed` counts the pages by kind."""

    def __init__(
        self, register: Register, stage: Stage, theme: Path, cache: Path | None = None
    ) -> None:
        self.register, self.stage, self.theme, self.cache = register, stage, theme, cache
        self._engine: Engine | None = None
        self.printed: Counter[str] = Counter()
        self._ingredients = ingredients(theme, register.records)

    def engine(self, settings: Mapping[str, Any]) -> Engine:
        """The template engine to print with, made once for all outputs from Pelican's `settings`."""
        if self._engine is None:
            self._engine = engine(settings, self.register.records, self.theme, self.cache)
        return self._engine

    def print(self, env: Engine, pages: Iterable[Page]) -> None:
        """Make every page and its twin. Raises `PageError`, and ValueError for an address used twice."""
        every = list(pages)
        done = spread(lambda page: self._page_files(env, page), every)
        for path, key, digest in sorted(made for files in done for made in files):
            self.stage.note(path, key, digest)
        self.printed.update(page.kind for page in every)

    def _page_files(self, env: Engine, page: Page) -> Printed:
        """Make one page and its twin, unless the published ones are still right."""
        try:
            view = page.view(self.register)
            files = [self._page(env, page, view)]
            if page.twin:
                files.append(self._twin(page))
        except Exception as error:
            if os.environ.get("MINUTEBOOK_DEBUG"):
                raise
            message = f"the page {page.address or '/'} could not be made from {page.template}"
            raise PageError(f"{message}: {type(error).__name__}: {error}") from None
        return files

    def _page(self, env: Engine, page: Page, view: Any) -> tuple[str, str, str]:
        path = addresses.file(page.address)
        made_of = [self._ingredients, page.address, page.template, bool(page.twin), view]
        key = _digest(json.dumps(made_of, default=plain_data))
        digest = self.stage.kept(path, key)
        if not digest:
            context = self._context(page)
            text = env.get_template(page.template).render(**context, **view)
            digest = self.stage.write(path, text.encode(), key)
        return path, key, digest

    def _context(self, page: Page) -> dict[str, Any]:
        site = self.register.records.council.site_url or ""
        # The error page answers at any depth, so its links must begin at the root of the server.
        base = f"/{site.partition('://')[2].partition('/')[2]}".rstrip("/") + "/"
        return {
            "root": base if page.address == "404.html" else addresses.root(page.address),
            "address": page.address,
            "twin": addresses.twin(page.address) if page.twin else "",
            "canonical": f"{site.rstrip('/')}/{page.address}" if site else "",
        }

    def _twin(self, page: Page) -> tuple[str, str, str]:
        assert page.twin
        path = addresses.twin(page.address)
        twin = page.twin(self.register)
        # Without indentation: with it, Python's encoder is six times slower.
        text = json.dumps(twin, default=plain_data, ensure_ascii=False)
        digest = self.stage.write(path, f"{text}\n".encode())
        return path, digest, digest


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
