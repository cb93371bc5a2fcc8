"""A seeded corpus and seeded queries of every form, to prove that the cut index answers as the whole one."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path

from minutebook.search import search_files
from minutebook.search.entries import FIELDS, SPAN, Entry
from minutebook.search.index import build, whole

SEED = 20260514
_SYLLABLES = [a + b for a in "bcdfglmnprstvw" for b in ("a", "e", "i", "o", "u", "ay", "en", "il")]
_REAL = "the library highways money consultation consulting councillors 2026-014 ward's pay café"
_FORMS = (
    *("{a}", "{a} {b}", "{a} {b} {c}", "{x} {y}", "{x} {y} {z} {a}"),
    *("+{x} {a}", "+{x} +{y}", "+{x} -{y}", "+{x} +{y} +{z}", "-{x}", "-{x} -{a}", "{a} -{x}"),
    *("title:{x}", "title:{x} text:{y}", "+title:{x} +text:{y}", "-title:{x}", "names:{x}^2 {y}"),
    *("{a}^5 {b}", "{x}^10 {y}^3 {z}", "{p}*", "{p}* {x}", "+{p}* +{y}", "title:{p}*", "-{p}* {x}"),
    *(
        "{p}*{s}",
        "*{s}",
        "*{s} {x}",
        "*{s}*",
        "{a}~1",
        "{x}~1 {y}",
        "{b}~2",
        "+{a}~1 +{x}",
        "title:{x}~1^3",
    ),
    *(
        "{x} {x}",
        "{p}* {p}*^2 {x}",
        "nowhere",
        "+nowhere {x}",
        "-nowhere {a}",
        "{x} {y} {z} {p}* {a}~1",
    ),
)


def _vocabulary() -> tuple[list[str], list[float]]:
    made = random.Random(SEED)
    words = ["".join(made.choices(_SYLLABLES, k=number % 3 + 2)) for number in range(6000)]
    words[:0] = _REAL.split()
    return words, list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))


def entries(count: int) -> Iterator[Entry]:
    """Documents of two types, with fields of different lengths, some of them empty."""
    words, weights = _vocabulary()
    made = random.Random(SEED + count)

    def text(least: int, most: int) -> str:
        return " ".join(made.choices(words, cum_weights=weights, k=made.randint(least, most)))

    first_type = count * 9 // 10
    for place in range(count):
        number = place if place < first_type else place - first_type + SPAN
        fields = {
            "title": text(2, 9),
            "reference": f"{2010 + place % 16}-{place:05}",
            "summary": text(0, 25),
            "names": text(0, 6),
            "text": text(20, 120),
        }
        card = {"title": fields["title"], "type": "Decision", "address": f"decisions/{place}/"}
        yield Entry("decision", number, fields, card, {"type": ["Decision"]})


def queries(count: int) -> list[str]:
    """As many of every form; `a`, `b`, `c` seldom words, `x`, `y`, `z` common ones, `p` a beginning."""
    words, _ = _vocabulary()
    made = random.Random(SEED)
    found = []
    for form in itertools.islice(itertools.cycle(_FORMS), count):
        rare, common = made.sample(words[40:4000], 3), made.sample(words[:200], 3)
        found.append(
            form.format(
                **dict(zip("abc", rare, strict=True)),
                **dict(zip("xyz", (word.replace("'", "") for word in common), strict=True)),
                p=made.choice(words[20:2000])[: made.randint(3, 4)],
                s=made.choice(words[20:2000])[-2:],
            ).replace("2026-014", "2026")
        )
    return found


def write(folder: Path, documents: int, asked: int) -> None:
    """The published files, the whole index and the queries."""
    found = list(entries(documents))
    for path, content in search_files(found):
        if "/cards/" not in path:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    index = build(FIELDS, ((entry.number, entry.words) for entry in found))
    (folder / "whole.json").write_text(json.dumps(whole(index)), encoding="utf-8")
    (folder / "queries.json").write_text(json.dumps(queries(asked)), encoding="utf-8")
