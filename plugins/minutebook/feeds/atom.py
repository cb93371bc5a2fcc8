"""Entries -> an Atom feed (RFC 4287), with the library that comes with Pelican."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed

from minutebook.feeds.entries import Entry
from minutebook.records.addresses import address
from minutebook.records.register import Register


class _Feed(Atom1Feed):  # type: ignore[misc]
    """The library dates an empty feed by the clock; ours has the register's date."""

    def latest_post_date(self) -> datetime:
        found: datetime = max(
            (item["updateddate"] for item in self.items), default=self.feed["as_of"]
        )
        return found


def feed(register: Register, path: str, title: str, about: str, entries: Iterable[Entry]) -> bytes:
    """A feed that lies at `path` below the root; `about` is the address of the page it goes with.

    The council must have a `site_url`, because links in a feed are absolute.
    """
    council = register.records.council
    site = (council.site_url or "").rstrip("/")
    made = _Feed(
        title=f"{council.name}: {title}",
        link=f"{site}/{about}",
        description=council.demonstration or council.summary,
        language=council.languages[0],
        feed_url=f"{site}/{path}",
        feed_guid=f"{site}/{path}",
        author_name=council.name,
        author_email=council.contact.email,
        feed_copyright=f"{council.licence.title} {council.licence.url}",
        as_of=_moment(register.as_of),
    )
    for entry in entries:
        where = address(entry.kind, entry.id)
        made.add_item(
            title=entry.title,
            link=f"{site}/{where}",
            description=html.escape(entry.text, quote=False),  # the library says type="html"
            pubdate=_moment(entry.day),
            updateddate=_moment(entry.day),
            unique_id=_tag(site, entry.since, where),
            categories=[register.records.topics[topic].name for topic in entry.topics],
        )
    text = io.StringIO()
    made.write(text, "utf-8")
    return f"{text.getvalue()}\n".encode()


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _tag(site: str, since: date, where: str) -> str:
    """A permanent id that outlives a change of title or path (tag URI, RFC 4151)."""
    return f"tag:{urlsplit(site).hostname},{since.isoformat()}:{where.rstrip('/')}"
