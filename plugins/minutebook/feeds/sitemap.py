"""sitemap.xml and robots.txt, for search engines (https://www.sitemaps.org/protocol.html, RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

LIMIT = 50_000
"""The protocol allows so many addresses in one file."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HIDDEN = frozenset(("404.html",))


def sitemaps(site: str, files: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The addresses of all pages among `files`, sorted; over the limit, an index of several files."""
    pages = sorted(
        path.removesuffix("index.html")
        for path in files
        if path.endswith(".html") and path not in _HIDDEN
    )
    parts = [pages[start : start + LIMIT] for start in range(0, len(pages), LIMIT)]
    if len(parts) == 1:
        yield "sitemap.xml", _list("urlset", "url", site, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number, _ in enumerate(parts, 1)]
    yield "sitemap.xml", _list("sitemapindex", "sitemap", site, names)
    for name, part in zip(names, parts, strict=True):
        yield name, _list("urlset", "url", site, part)


def _list(whole: str, each: str, site: str, paths: Sequence[str]) -> bytes:
    base = site.rstrip("/")
    lines = [f"<{each}><loc>{escape(f'{base}/{path}')}</loc></{each}>" for path in paths]
    return "\n".join([_HEAD, f"<{whole} {_SPACE}>", *lines, f"</{whole}>", ""]).encode()


def robots(site: str) -> bytes:
    """Every robot may read everything. The sitemap needs an absolute address."""
    lines = ["User-agent: *", "Allow: /"]
    if site:
        lines += ["", f"Sitemap: {site.rstrip('/')}/sitemap.xml"]
    return "\n".join([*lines, ""]).encode()
