"""Feeds (Atom), calendars (iCalendar), and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from minutebook.feeds import feedpage
from minutebook.feeds.files import Feeds
from minutebook.feeds.sitemap import robots, sitemaps
from minutebook.publishing.language import _
from minutebook.publishing.output import SETTING, Output, Site
from minutebook.publishing.page import Page
from minutebook.publishing.words import Words
from minutebook.records.register import Register


class News(Output):
    """Every feed and calendar, and the page that lists them."""

    def pages(self, register: Register) -> Iterable[Page]:
        """/feeds/"""
        return feedpage.pages(self._feeds(register))

    def files(self, register: Register) -> Iterable[tuple[str, bytes]]:
        """feeds/*.atom and feeds/*.ics"""
        return self._feeds(register).files()

    def _feeds(self, register: Register) -> Feeds:
        council = register.records.council
        return Feeds(register, Words(council.languages[0], council.currency), _)


def register() -> None:
    """Called by Pelican."""
    signals.get_generators.connect(_generators)
    signals.finalized.connect(_map)


def _generators(pelican: Any) -> type[News]:
    return News


def _map(pelican: Any) -> None:
    """Called by Pelican when every page of every plugin lies on the stage."""
    site: Site = pelican.settings[SETTING]
    where = site.register.records.council.site_url or ""
    site.stage.put("robots.txt", robots(where))
    if where:
        for path, content in sitemaps(where, list(site.stage.files)):
            site.stage.put(path, content)
