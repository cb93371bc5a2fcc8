"""The press: pages -> files on the stage, in as many processes as there are processors."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from minutebook.publishing.engine import Engine
from minutebook.publishing.page import Page
from minutebook.publishing.stage import Laid, Stage
from minutebook.publishing.templates import engine, ingredients, plain_data
from minutebook.records import addresses
from minutebook.records.processes import beside, spread
from minutebook.records.register import Register

Printed = list[tuple[str, Laid]]
"""A page, its twin and its sheet: the path of each file, and what lies there."""


class PageError(Exception):
    """A page that could not be made: a mistake in a view or a template, not in a record."""


class Press:
    """Prints pages of one register onto one stage. `printed` counts the pages by kind."""

    def __init__(
        self, register: Register, stage: Stage, theme: Path, cache: Path | None = None
    ) -> None:
        self.register, self.stage, self.theme, self.cache = register, stage, theme, cache
        self._engine: Engine | None = None
        self._compiled: Callable[[], object] = bool
        self.printed: Counter[str] = Counter()
        self._ingredients = ingredients(theme, register.records)

    def engine(self, settings: Mapping[str, Any]) -> Engine:
        """The template engine to print with, made once for all outputs from Pelican's `settings`."""
        if self._engine is None:
            self._engine = engine(settings, self.register.records, self.theme, self.cache)
            if self._engine.new:  # or each of the processes that print would compile for itself
                self._compiled = beside(self._engine.make_ready)
        return self._engine

    def print(self, env: Engine, pages: Iterable[Page]) -> None:
        """Make every page with its twin and its sheet.

        Raises `PageError`, and ValueError for an address used twice.
        """
        self.register.links.follow()
        every = list(pages)
        jobs: list[tuple[Page, str]] = []
        done: list[Printed] = []
        for page in every:
            key = self._key(page, page.basis(self.register)) if page.basis else ""
            before = self._as_before(page, key) if key else None
            if before:
                done.append(before)
            else:
                jobs.append((page, key))
        if jobs:
            self._compiled()
            self._compiled = bool  # once is enough
        done += spread(lambda job: self._page_files(env, *job), jobs)
        for path, laid in sorted(made for files in done for made in files):
            self.stage.remember(path, laid)
        self.printed.update(page.kind for page in every)

    def _key(self, page: Page, made_from: str) -> str:
        """A digest of all that a page is made from."""
        whole = (self._ingredients, *_paths(page), page.template, made_from)
        return hashlib.sha256("\n".join(whole).encode()).hexdigest()

    def _as_before(self, page: Page, key: str) -> Printed | None:
        """The files of a page that stands on what it stood on before; None when it has to be looked at."""
        found = []
        for path in _paths(page):
            laid = self.stage.found(path, key)
            if not laid:
                return None
            found.append((path, laid))
        return found

    def _page_files(self, env: Engine, page: Page, key: str) -> Printed:
        """Make one page with its twin and its sheet, unless those of an earlier build are still right."""
        try:
            files = [self._page(env, page, key)]
            if page.twin:
                files.append(self._twin(page, key))
            if page.sheet:
                path = addresses.sheet(page.address)
                files.append((path, self.stage.lay(path, page.sheet(self.register), key)))
        except Exception as error:
            if os.environ.get("MINUTEBOOK_DEBUG"):
                raise
            message = f"the page {page.address or '/'} could not be made from {page.template}"
            raise PageError(f"{message}: {type(error).__name__}: {error}") from None
        return files

    def _page(self, env: Engine, page: Page, key: str) -> tuple[str, Laid]:
        path = addresses.file(page.address)
        view = page.view(self.register)
        if not key:
            key = self._key(page, json.dumps(view, default=plain_data))
            laid = self.stage.found(path, key)
            if laid:
                return path, laid
        text = env.get_template(page.template).render(**self._context(page), **view)
        return path, self.stage.lay(path, text.encode(), key)

    def _context(self, page: Page) -> dict[str, Any]:
        site = self.register.records.council.site_url or ""
        # The error page answers at any depth, so its links must begin at the root of the server.
        base = f"/{site.partition('://')[2].partition('/')[2]}".rstrip("/") + "/"
        found = {
            "root": base if page.address == "404.html" else addresses.root(page.address),
            "address": page.address,
            "twin": addresses.twin(page.address) if page.twin else "",
            "canonical": f"{site.rstrip('/')}/{page.address}" if site else "",
        }
        return found | {"sheet": addresses.sheet(page.address)} if page.sheet else found

    def _twin(self, page: Page, key: str) -> tuple[str, Laid]:
        assert page.twin
        path = addresses.twin(page.address)
        text = orjson.dumps(page.twin(self.register), plain_data, orjson.OPT_APPEND_NEWLINE)
        return path, self.stage.lay(path, text, key)


def _paths(page: Page) -> list[str]:
    found = [addresses.file(page.address)]
    if page.twin:
        found.append(addresses.twin(page.address))
    if page.sheet:
        found.append(addresses.sheet(page.address))
    return found
