"""A corpus to measure with: seeded, so that every run and every machine has the same one.

Zipf-distributed invented words, decisions of about 300 words with options, votes and links.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SEED = 20260514
PEOPLE, PLACES, TOPICS = 24, 12, 12
_SYLLABLES = [a + b for a in "bcdfglmnprstvw" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")]


@dataclass(frozen=True)
class Text:
    """One decision of the corpus in plain form, for the peers."""

    id: str
    title: str
    day: date
    body: str


class Corpus:
    """`count` decisions of a council, the same for the same count."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.random = random.Random(SEED)
        self.words = ["".join(self.random.choices(_SYLLABLES, k=n % 3 + 2)) for n in range(20_000)]
        self.weights = list(itertools.accumulate(1 / rank for rank in range(1, 20_001)))

    def _prose(self, words: int) -> str:
        chosen = self.random.choices(self.words, cum_weights=self.weights, k=words)
        lines = [" ".join(chosen[start : start + 14]) for start in range(0, words, 14)]
        return ". ".join(line.capitalize() for line in lines) + "."

    def write(self, content: Path) -> list[Text]:
        """Write the records below `content`; returns what the peers get."""
        for path, text in self._registers():
            _put(content / path, text)
        texts = []
        for number in range(self.count):
            text, record = self._decision(number)
            _put(content / f"decisions/{text.day.year}/{text.id}.md", record)
            texts.append(text)
        return texts

    def _registers(self) -> Iterator[tuple[str, str]]:
        yield "council.yaml", _COUNCIL
        yield "bodies/council.yaml", _body("council", "council")
        yield "bodies/cabinet.yaml", _body("cabinet", "executive")
        for number in range(PEOPLE):
            yield f"people/member-{number}.yaml", _PERSON.format(number=number, name=_name(number))
        for number in range(PLACES):
            yield f"places/ward-{number}.yaml", _PLACE.format(number=number)
        for number in range(TOPICS):
            yield f"topics/topic-{number}.yaml", _TOPIC.format(number=number)

    def _decision(self, number: int) -> tuple[Text, str]:
        day = date(2010, 1, 4) + timedelta(days=number * 5800 // self.count)
        id = f"{day.year}-{number:05}"
        title = self._prose(8).rstrip(".").replace(".", "")
        parts = [self._prose(100), self._prose(50), self._prose(90), self._prose(60)]
        options = [(self._prose(6).rstrip("."), self._prose(14)) for _ in range(3)]
        ballots = self.random.choices(("for", "against", "abstain"), (14, 8, 2), k=PEOPLE)
        if ballots.count("for") <= ballots.count("against"):
            ballots = ["for"] * PEOPLE  # what is in force was not lost
        record = _DECISION.format(
            id=id,
            title=title,
            summary=self._prose(24)[:290].strip(),
            day=day,
            topic=self.random.randrange(TOPICS),
            place=self.random.randrange(PLACES),
            options="".join(_OPTION.format(title=name, good=good) for name, good in options),
            result="carried",
            counts="".join(
                f"      - option: {kind}\n        value: {ballots.count(kind)}\n"
                for kind in ("for", "against", "abstain")
            ),
            votes="".join(
                f"      - voter: member-{voter}\n        option: {option}\n"
                for voter, option in enumerate(ballots)
            ),
            context=parts[0],
            decision=parts[1],
            reasons=parts[2],
            consequences=parts[3],
        )
        return Text(id, title, day, "\n\n".join(parts)), record


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _name(number: int) -> str:
    return f"Member {chr(65 + number)}"


def _body(id: str, kind: str) -> str:
    return f"id: {id}\nname: The {id}\nsummary: Decides.\nclassification: {kind}\n"


_COUNCIL = """id: bench
name: Bench Council
summary: A council of invented words, for measuring.
demonstration: Everything here is invented for measuring.
nation: england
rulebook: none
languages: [en]
time_zone: Europe/London
currency: GBP
as_of: 2026-05-14
site_url: https://bench.example/
licence:
  name: CC0-1.0
  title: Creative Commons Zero
  url: https://creativecommons.org/publicdomain/zero/1.0/
contact:
  name: Nobody
"""
_PERSON = """id: member-{number}
name: {name}
memberships:
  - body: council
    role: Councillor
    starts: 2009-05-07
"""
_PLACE = """id: ward-{number}
name: Ward {number}
summary: A ward.
classification: ward
"""
_TOPIC = """id: topic-{number}
name: Topic {number}
summary: A topic.
"""
_OPTION = """  - title: {title}
    good:
      - {good}
    cost: 120000.00
"""
_DECISION = """---
id: {id}
title: {title}
summary: {summary}
classification: council
status: in-force
origin: officer
decision_maker: council
date_proposed: {day}
date_decided: {day}
options:
{options}vote_events:
  - motion_text: That it be agreed.
    result: {result}
    recorded: true
    counts:
{counts}    votes:
{votes}places:
  - ward-{place}
topics:
  - topic-{topic}
---

## Context

{context}

## Decision

{decision}

## Reasons

{reasons}

## Consequences

{consequences}
"""
