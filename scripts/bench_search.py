"""Measures the search beside lunr.py with lunr.js on the whole index, and beside Pagefind.

python3 scripts/bench.py search [--decisions 10000] [--queries 60]
"""

import gzip
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import bootstrap
from bench_browser import Answers, ask
from bench_corpus import SEED, Corpus, Text

BUILDS = {"Minutebook": "ours", "Pagefind": "pagefind", "lunr.js, whole index": "lunr"}
FOLDERS = {"Minutebook": "search", "Pagefind": "pages/pagefind", "lunr.js, whole index": "lunr"}
WHOLE = 6
"""So many queries are enough where every one of them loads the same index."""


def search(decisions: int, asked: int) -> int:
    """Build the three indexes, ask each of them the same questions; returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="minutebook-bench-") as name:
        folder = Path(name)
        texts = Corpus(decisions).write(folder / "content")
        (folder / "theme").symlink_to(bootstrap.ROOT / "theme" / "static")
        _build(folder, "pages", folder / "pages")
        outputs = {"ours": folder, "pagefind": folder / "pages", "lunr": folder / "lunr"}
        rows = []
        for engine, kind in BUILDS.items():
            built = _build(folder, kind, outputs[kind])
            queries = _queries(texts, asked)[: WHOLE if kind == "lunr" else asked]
            answers = ask(folder, engine, queries)
            size = _compressed((folder / FOLDERS[engine]).rglob("*"))
            rows.append(_row(engine, built, size, answers))
            print(rows[-1], flush=True)
        changed, files = _edited(folder)
    print(_table(decisions, asked, rows))
    print(
        f"\nOne word of one record edited: {changed} of {files} files of the index are other files."
    )
    return 0


def _build(folder: Path, kind: str, output: Path) -> dict[str, float]:
    program = Path(__file__).with_name("bench_search_builds.py")
    words = [sys.executable, str(program), kind, str(folder / "content"), str(output)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        raise SystemExit(1)
    built: dict[str, float] = json.loads(done.stdout)
    return built


def _queries(texts: list[Text], count: int) -> list[str]:
    """One to three words of a title, as somebody types who has heard of a decision."""
    made = random.Random(SEED)
    found = []
    for number in range(count):
        words = made.choice(texts).title.lower().split()
        found.append(" ".join(made.sample(words, number % 3 + 1)))
    return found


def _compressed(paths: Iterable[Path]) -> float:
    """Size in MB when a host compresses JSON and scripts; what is compressed already stays."""
    total = 0
    for path in paths:
        if path.is_file():
            text = path.read_bytes()
            total += len(gzip.compress(text, 6) if path.suffix in (".json", ".js") else text)
    return total / 1e6


def _row(engine: str, built: dict[str, float], size: float, answers: Answers) -> str:
    def median(values: list[dict[str, float]], name: str) -> float:
        return statistics.median(each[name] for each in values)

    tenth = statistics.quantiles([each["bytes"] for each in answers.first], n=10)[-1]
    cells = [
        engine,
        f"{built['seconds']:.1f}",
        f"{built['megabytes']:.0f}",
        f"{size:.1f}",
        f"{median(answers.first, 'bytes') / 1000:.1f} / {tenth / 1000:.1f}",
        f"{median(answers.second, 'bytes') / 1000:.1f}",
        f"{median(answers.first, 'milliseconds'):.0f}",
        f"{median(answers.cached, 'milliseconds'):.0f}",
        f"{median(answers.second, 'milliseconds'):.0f}",
        f"{median(answers.again, 'milliseconds'):.0f}",
        f"{max(each['longest'] for each in (*answers.first, *answers.second, *answers.again)):.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _table(decisions: int, asked: int, rows: list[str]) -> str:
    head = (
        "| | build, s | peak, MB | total, MB | first query, kB: median / p90 | second, kB "
        "| first, ms | cache full, ms | second, ms | again, ms | longest main-thread task, ms |"
    )
    line = f"|---|{'--:|' * 10}"
    title = f"\n{decisions:,} decisions, {asked} queries, ten results each, compressed, medians"
    return "\n".join([title, "", head, line, *rows])


def _edited(folder: Path) -> tuple[int, int]:
    """Change one word of one record; how many files of the index become others, of how many."""
    path = sorted((folder / "content/decisions").rglob("*.md"))[100]
    text = path.read_text(encoding="utf-8").rstrip()
    path.write_text(f"{text[: text.rindex(' ')]} library.\n", encoding="utf-8")
    _build(folder, "ours", folder / "edited")
    every = [one for one in (folder / "edited/search").rglob("*.json") if one.is_file()]
    before = {one: folder / one.relative_to(folder / "edited") for one in every}
    changed = [
        one
        for one, other in before.items()
        if not other.is_file() or other.read_bytes() != one.read_bytes()
    ]
    return len(changed), len(every)
