"""Measures the search beside lunr.py with lunr.js on the whole index, and beside Pagefind.

    python3 scripts/bench.py search [--decisions 10000] [--queries 60]
    python3 scripts/bench.py search --legistar FOLDER

With a folder of a Legistar export, its records are imported and measured instead of the generated ones.
"""

import gzip
import hashlib
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench_browser import Answers, ask
from bench_corpus import SEED, Corpus
from minutebook.build import build
from minutebook.records.load import load

BUILDS = {"Minutebook": "ours", "Pagefind": "pagefind", "lunr.js, whole index": "lunr"}
FOLDERS = {"Minutebook": "index", "Pagefind": "pages/pagefind", "lunr.js, whole index": "lunr"}
LARGE, FEW = 20_000, 6
"""With so many records a whole index takes a browser so long that few queries have to be enough for it."""


def search(decisions: int, asked: int, legistar: Path | None = None) -> int:
    """Build the three indexes, ask each of them the same questions; returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="minutebook-bench-") as name:
        folder = Path(name)
        content = folder / "content"
        Corpus(decisions if legistar is None else 0).write(content)
        _site(folder, content)
        if legistar is not None:
            _import(legistar, content)
        titles = _titles(folder, content)
        _build(folder, "pages", folder / "pages")
        outputs = {"ours": "index", "pagefind": "pages", "lunr": "lunr"}
        rows = []
        for engine, kind in BUILDS.items():
            built = _build(folder, kind, folder / outputs[kind])
            if kind == "ours":
                _install(folder)
            few = kind == "lunr" and len(titles) > LARGE
            answers = ask(folder, engine, _queries(titles, FEW if few else asked))
            rows.append(_row(engine, built, _size((folder / FOLDERS[engine]).rglob("*")), answers))
            print(rows[-1], flush=True)
        print(_table(len(titles), asked, rows))
        print(_edited(folder))
    return 0


def _site(folder: Path, content: Path) -> None:
    """The search page, with its theme, of a council without records: the index is put into it later."""
    bare = folder / "bare"
    bare.mkdir()
    shutil.copy(content / "council.yaml", bare)
    if build(bare, folder / "site"):
        raise SystemExit(1)


def _import(source: Path, content: Path) -> None:
    """Records of a real council. The importer says what it could not take, and that is no failure."""
    program = Path(__file__).with_name("import_records.py")
    words = [sys.executable, str(program), "legistar", str(source), "--into", str(content)]
    done = subprocess.run([*words, "--retrieved", "2026-05-14"], check=False, stdout=sys.stderr)
    if done.returncode > 1:
        raise SystemExit(done.returncode)


def _titles(folder: Path, content: Path) -> list[str]:
    loaded = load(content, folder / "cache")
    if loaded.records is None:
        print(*loaded.problems[:9], sep="\n", file=sys.stderr)
        raise SystemExit(1)
    return [decision.title for decision in loaded.records.decisions.values()]


def _install(folder: Path) -> None:
    target = folder / "site/search"
    shutil.copytree(folder / "index/search", target, dirs_exist_ok=True)


def _build(folder: Path, kind: str, output: Path) -> dict[str, float]:
    program = Path(__file__).with_name("bench_search_builds.py")
    words = [sys.executable, str(program), kind, str(folder / "content"), str(output)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        raise SystemExit(1)
    built: dict[str, float] = json.loads(done.stdout)
    return built


def _queries(titles: list[str], count: int) -> list[str]:
    """One to three words of a title, as somebody types who has heard of a decision."""
    made = random.Random(SEED)
    found: list[str] = []
    while len(found) < count:
        words = re.findall(r"\b[a-z]{4,}\b", made.choice(titles).lower())
        wanted = len(found) % 3 + 1
        if len(words) >= wanted:
            found.append(" ".join(made.sample(words, wanted)))
    return found


def _size(paths: Iterable[Path]) -> float:
    """Size in MB when a host compresses JSON and scripts; what is compressed already stays."""
    total = 0
    for path in paths:
        if path.is_file():
            text = path.read_bytes()
            total += len(gzip.compress(text, 6) if path.suffix in (".json", ".js") else text)
    return total / 1e6


def _row(engine: str, built: dict[str, float], size: float, answers: Answers) -> str:
    def kilobytes(values: list[dict[str, float]]) -> str:
        every = [each["bytes"] / 1000 for each in values]
        return f"{statistics.median(every):.1f} / {_tenth(every):.1f}"

    def time(values: list[dict[str, float]]) -> str:
        every = [each["milliseconds"] for each in values]
        return f"{statistics.median(every):.0f} / {_tenth(every):.0f}"

    longest = max(each["longest"] for every in vars(answers).values() for each in every)
    cells = [
        engine,
        f"{built['seconds']:.1f} / {built['processors']:.1f}",
        f"{built['megabytes']:.0f}",
        f"{size:.1f}",
        kilobytes(answers.first),
        kilobytes(answers.second),
        time(answers.first),
        time(answers.cached),
        time(answers.second),
        time(answers.again),
        time(answers.none),
        f"{longest:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _tenth(values: list[float]) -> float:
    """What nine of ten are below."""
    return statistics.quantiles(values, n=10)[-1] if len(values) > 1 else values[0]


def _table(decisions: int, asked: int, rows: list[str]) -> str:
    head = (
        "| | build, s: clock / processors | peak, MB | total, MB | first query, kB | second, kB "
        "| first, ms | cache full, ms | second, ms | again, ms | nothing found, ms | longest task, ms |"
    )
    line = f"|---|{'--:|' * 11}"
    title = (
        f"\n{decisions:,} decisions, {asked} queries, ten results each, compressed: median / p90"
    )
    return "\n".join([title, "", head, line, *rows])


def _edited(folder: Path) -> str:
    """Change one word of one record, and build again."""
    every = sorted((folder / "content/decisions").rglob("*.md"))
    for path in every[len(every) // 2 :]:
        text = path.read_text(encoding="utf-8").rstrip()
        if re.search(r"\w[.!?]?$", text.rpartition("\n")[2]):
            path.write_text(f"{text[: text.rindex(' ')]} library.\n", encoding="utf-8")
            break
    before = _digests(folder / "index/search")
    built = _build(folder, "ours", folder / "index")
    after = _digests(folder / "index/search")
    changed = sum(before.get(name) != digest for name, digest in after.items())
    return (
        f"\nOne word of one record edited: {changed} of {len(after)} files of the index are other files,"
        f" built in {built['seconds']:.1f} s ({built['processors']:.1f} s of processors)."
    )


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.json")
    }
