"""What the news feeds tell: decisions made, and what is open or coming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from minutebook.feeds.dates import UNDECIDED, Gettext, expected
from minutebook.publishing.words import Words
from minutebook.records.model import Decision, Participation, Petition
from minutebook.records.records import name_of
from minutebook.records.register import Register

LATEST = 50
"""So many entries stand in a feed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. `since` is the first day of the record: it makes the permanent id.

    `day` is when this became news. A decision that is made keeps its entry and gets a new day.
    """

    kind: str
    id: str
    title: str
    text: str
    since: date
    day: date
    topics: tuple[str, ...]
    places: tuple[str, ...]


def latest(entries: Iterable[Entry]) -> list[Entry]:
    """The newest entries, newest first; those of one day by type and id."""
    ordered = sorted(entries, key=lambda entry: (entry.kind, entry.id))
    return sorted(ordered, key=lambda entry: entry.day, reverse=True)[:LATEST]


class Newsroom:
    """Makes the entries of one register, in the language of the site."""

    def __init__(self, register: Register, words: Words, gettext: Gettext) -> None:
        self.register, self.words, self.gettext = register, words, gettext

    def decided(self) -> Iterator[Entry]:
        """The decisions made and published up to the register's day that are among the latest of a feed."""
        known = [
            (one.date_published or one.date_decided, one)
            for one in self.register.records.decisions.values()
            if one.date_decided
        ]
        news = [(day, one) for day, one in known if day and day <= self.register.as_of]
        news.sort(
            key=lambda each: each[0], reverse=True
        )  # of one day they stay in the order of their ids
        told: Counter[str] = Counter()
        for day, decision in news:
            feeds = ("", *decision.topics, *(f"place {id}" for id in decision.places))
            if all(told[feed] >= LATEST for feed in feeds):
                continue
            told.update(feeds)
            phrase = self.gettext("Decided by %(maker)s on %(day)s.") % {
                "maker": self._maker(decision),
                "day": self.words.date(decision.date_decided),
            }
            yield self._decision(decision, phrase, day)

    def coming(self) -> Iterator[Entry]:
        """What is still to be decided, and every way to have a say that is open or will open."""
        records = self.register.records
        for decision in records.decisions.values():
            if decision.status in UNDECIDED and not decision.date_decided:
                since = decision.notice_published or self._begun(decision)
                yield self._decision(decision, self._ahead(decision), self._known(since, decision))
        for process in records.participation.values():
            if process.closes >= self.register.as_of and process.status != "cancelled":
                yield self._process(process)
        for petition in records.petitions.values():
            if petition.state == "open":
                yield self._petition(petition)

    def _begun(self, decision: Decision) -> date:
        """When it was put forward; for older records, which may not say so, when it was decided."""
        period = decision.expected_period
        known = decision.date_proposed or decision.date_decided
        return known or (period.start if period else self.register.as_of)

    def _known(self, since: date, record: Decision | Participation | Petition) -> date:
        """The day from which something was known: never after the register's own day.

        What begins later was announced when its file was last changed, as far as git tells.
        """
        if since <= self.register.as_of:
            return since
        change = self.register.history.get(record.path)
        return min(change.day if change else self.register.as_of, self.register.as_of)

    def _maker(self, decision: Decision) -> str:
        records = self.register.records
        id = decision.decision_maker
        return name_of(records.bodies[id] if id in records.bodies else records.people[id])

    def _ahead(self, decision: Decision) -> str:
        values = {"maker": self._maker(decision)}
        span = expected(self.register, decision)
        if not span:
            return self.gettext("To be decided by %(maker)s.") % values
        values |= {"first": self.words.date(span[0]), "last": self.words.date(span[1])}
        if span[0] == span[1]:
            return self.gettext("To be decided by %(maker)s on %(first)s.") % values
        return self.gettext("To be decided by %(maker)s between %(first)s and %(last)s.") % values

    def _decision(self, decision: Decision, phrase: str, day: date) -> Entry:
        return Entry(
            "decision",
            decision.id,
            decision.title,
            f"{phrase} {decision.summary or ''}".strip(),
            self._begun(decision),
            day,
            decision.topics,
            decision.places,
        )

    def _process(self, process: Participation) -> Entry:
        values = {
            "opens": self.words.date(process.opens),
            "closes": self.words.date(process.closes),
        }
        if process.opens <= self.register.as_of:
            phrase = self.gettext("Open until %(closes)s.") % values
        else:
            phrase = self.gettext("Open from %(opens)s to %(closes)s.") % values
        return Entry(
            "participation",
            process.id,
            process.title,
            f"{phrase} {process.summary}",
            process.opens,
            self._known(process.opens, process),
            process.topics,
            process.places,
        )

    def _petition(self, petition: Petition) -> Entry:
        phrase = self.gettext("Open for signatures.")
        return Entry(
            "petition",
            petition.id,
            petition.title,
            f"{phrase} {petition.summary}",
            petition.opened,
            self._known(petition.opened, petition),
            petition.topics,
            petition.places,
        )
