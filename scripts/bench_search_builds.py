"""Builds one search index and says how long it took; a process of its own, so that its memory is its own.

    bench_search_builds.py ours|lunr|pages|pagefind CONTENT OUTPUT

Prints JSON: seconds by the clock and of processors (from records in memory to files on disk), and
megabytes of the largest process.
"""

import html
import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from minutebook.publishing.stage import Stage
from minutebook.records.load import load
from minutebook.records.register import Register, register
from minutebook.search import everything, index
from minutebook.search.entries import FIELDS, Entry


def linked(content: Path) -> Register:
    """The records; the clock starts when they are in memory."""
    records = load(content, content.parent / "cache").records
    if records is None:
        raise SystemExit("The corpus is not valid; run scripts/check.py on it.")
    found = register(records, date(2026, 5, 14))
    _start()
    return found


def _start() -> None:
    global started
    started = time.monotonic(), processors()


def processors() -> float:
    """Seconds that the processors have worked for this process and for those that it waited for."""
    every = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in every)


def found(content: Path) -> list[Entry]:
    """The documents to index, for the peers."""
    return [document.entry() for document in everything(linked(content))]


def ours(content: Path, output: Path) -> None:
    """What is published, as a build of the site does it: parts of an earlier index are used again."""
    every = linked(content)
    stage = Stage(output)
    stage.open()
    for path, laid in index(everything(every), stage, content.parent / "parts", "en"):
        stage.remember(path, laid)
    stage.publish()


def lunr(content: Path, output: Path) -> None:
    """The usual way: one index, and the titles beside it."""
    from lunr import get_default_builder

    builder = get_default_builder()
    builder.ref("id")
    for name, weight in FIELDS.items():
        builder.field(name, boost=weight)
    every = found(content)
    for entry in every:
        builder.add({"id": str(entry.number), **entry.words})
    output.mkdir(parents=True, exist_ok=True)
    (output / "whole.json").write_text(json.dumps(builder.build().serialize()), encoding="utf-8")
    cards = {entry.number: {**entry.card, "text": ""} for entry in every}
    (output / "cards.json").write_text(json.dumps(cards), encoding="utf-8")


def pages(content: Path, output: Path) -> None:
    """The same words as pages, for a search engine that reads pages."""
    for entry in found(content):
        target = output / entry.card["address"] / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        words = "".join(f"<p>{html.escape(entry.words[name])}</p>" for name in list(FIELDS)[1:])
        title = html.escape(entry.card["title"])
        head = f'<!doctype html><html lang="en"><title>{title}</title>'
        target.write_text(f"{head}<main><h1>{title}</h1>{words}</main></html>", encoding="utf-8")


def pagefind(content: Path, output: Path) -> None:
    """Pagefind over those pages."""
    _start()
    command = [sys.executable, "-m", "pagefind", "--site", str(output), "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def megabytes() -> float:
    """Of the largest process: Pagefind is another one, and so is each that helps."""
    who = (resource.RUSAGE_CHILDREN,) if kind == "pagefind" else (0, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) / 1024


if __name__ == "__main__":
    kind, content, output = sys.argv[1:]
    started = 0.0, 0.0
    {"ours": ours, "lunr": lunr, "pages": pages, "pagefind": pagefind}[kind](
        Path(content), Path(output)
    )
    measured = {
        "seconds": time.monotonic() - started[0],
        "processors": processors() - started[1],
        "megabytes": megabytes(),
    }
    print(json.dumps(measured))
