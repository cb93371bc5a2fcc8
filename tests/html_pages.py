"""Reads the pages of a built site for the tests: links, anchors, text."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}


@dataclass
class Html:
    """What one page holds."""

    links: list[tuple[str, str]] = field(default_factory=list)
    """Element and address, as written."""
    ids: set[str] = field(default_factory=set)
    text: str = ""
    title: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Html()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.page.ids.add(str(found["id"]))
        if tag in _LINKS and found.get(_LINKS[tag]) is not None:
            self.page.links.append((tag, str(found[_LINKS[tag]])))
        if tag in ("script", "style", "title"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.page.text += data
        elif self._open[-1] == "title":
            self.page.title += data


def read(path: Path) -> Html:
    """The links, ids, text and title of a page."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader.page


def pages(site: Path) -> dict[str, Html]:
    """Every page of a site by its file's path."""
    return {path.relative_to(site).as_posix(): read(path) for path in sorted(site.rglob("*.html"))}


def target(page: str, link: str) -> tuple[str, str] | None:
    """The file and anchor that a link on a page leads to; None when it leaves the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    folder = posixpath.dirname(page)
    path = unquote(parts.path)
    joined = posixpath.normpath(posixpath.join(folder, path)) if path else page
    if path.endswith(("/", ".", "..")):
        joined = posixpath.normpath(posixpath.join(joined, "index.html"))
    return joined, parts.fragment
