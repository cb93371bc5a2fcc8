"""Which feeds and calendars there are, and what is in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from minutebook.feeds.atom import feed
from minutebook.feeds.calendars import calendar
from minutebook.feeds.dates import Gettext, events
from minutebook.feeds.entries import Entry, Newsroom, latest
from minutebook.publishing.words import Words
from minutebook.records.addresses import address, list_address
from minutebook.records.records import name_of
from minutebook.records.register import Register

DECISIONS = "feeds/decisions.atom"
COMING = "feeds/coming.atom"
CALENDAR = "feeds/coming.ics"


class Feeds:
    """The feeds and calendars of one register."""

    def __init__(self, register: Register, words: Words, gettext: Gettext) -> None:
        self.register, self.gettext = register, gettext
        self.news = Newsroom(register, words, gettext)
        self.atom = bool(register.records.council.site_url)

    def groups(self) -> list[dict[str, Any]]:
        """The files as lists for people: `name`, and `items` with `path`, `title` and `kind`."""
        gettext, groups = self.gettext, []
        if self.atom:
            main = [(DECISIONS, gettext("Decisions")), (COMING, gettext("Open now and coming up"))]
            groups.append(_group("feeds", "atom", main))
            for kind in ("topic", "place"):
                named = [(_feed(kind, id), name) for id, name in self._names(kind)]
                groups.append(_group(kind, "atom", named))
        groups.append(
            _group("calendars", "calendar", [(CALENDAR, gettext("Everything that is coming"))])
        )
        named = [(f"feeds/body-{id}.ics", name) for id, name in self._names("body")]
        groups.append(_group("body", "calendar", named))
        return [group for group in groups if group["items"]]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Path and content of every one."""
        if self.atom:
            yield from self._feeds()
        yield from self._calendars()

    def _names(self, kind: str) -> list[tuple[str, str]]:
        found = [
            (id, name_of(record)) for id, record in self.register.records.by_type[kind].items()
        ]
        return sorted(found, key=lambda item: (item[1].casefold(), item[0]))

    def _feeds(self) -> Iterator[tuple[str, bytes]]:
        decided, coming = list(self.news.decided()), list(self.news.coming())
        title, about = self.gettext("Decisions"), list_address("decision")
        yield DECISIONS, feed(self.register, DECISIONS, title, about, latest(decided))
        title = self.gettext("Open now and coming up")
        about = list_address("participation")
        yield COMING, feed(self.register, COMING, title, about, latest(coming))
        every = [*decided, *coming]
        for kind, by in (("topic", _by(every, "topics")), ("place", _by(every, "places"))):
            for id, name in self._names(kind):
                path = _feed(kind, id)
                entries = latest(by.get(id, ()))
                yield path, feed(self.register, path, name, address(kind, id), entries)

    def _calendars(self) -> Iterator[tuple[str, bytes]]:
        council = self.register.records.council.name
        every = events(self.register, self.gettext)
        yield CALENDAR, calendar(self.register, council, every)
        for id, name in self._names("body"):
            own = [event for event in every if event.body == id]
            yield f"feeds/body-{id}.ics", calendar(self.register, f"{council}: {name}", own)


def _feed(kind: str, id: str) -> str:
    return f"feeds/{kind}-{id}.atom"


def _group(name: str, kind: str, files: Iterable[tuple[str, str]]) -> dict[str, Any]:
    items = [{"path": path, "title": title, "kind": kind} for path, title in files]
    return {"name": name, "kind": kind, "items": items}


def _by(entries: Iterable[Entry], field: str) -> dict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for id in getattr(entry, field):
            found[id].append(entry)
    return found
