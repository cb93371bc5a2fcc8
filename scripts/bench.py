"""Measures; nothing here is a test. Figures are medians of runs on this machine, and ratios to peers.

    python3 scripts/bench.py build [--decisions 10000] [--runs 3]
    python3 scripts/bench.py search [--decisions 10000] [--queries 60] [--legistar FOLDER]
    python3 scripts/bench.py spending [--payments 1000000] [--runs 1]

Exit codes: 0 measured, 1 a measured command failed, 2 wrong use.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bootstrap
import command
from bench_corpus import Corpus, Text

ROOT = bootstrap.ROOT


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock, and the memory of the largest process in MB."""

    seconds: float
    megabytes: float


def measure(words: list[str], folder: Path) -> Measured:
    """Run a command to its end. Raises SystemExit with what it said when it failed."""
    log = folder / "measured.log"
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    with log.open("wb") as said:
        started = time.monotonic()
        process = subprocess.Popen(
            words, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
    if os.waitstatus_to_exitcode(status):
        print(log.read_text(encoding="utf-8", errors="replace")[-2000:], file=sys.stderr)
        raise SystemExit(1)
    return Measured(seconds, usage.ru_maxrss / 1024)


def processor(words: list[str], folder: Path, may_fail: bool = False) -> tuple[float, float]:
    """The processor seconds that a command takes, and its peak memory in MB; whatever else runs here."""
    with (folder / "measured.log").open("wb") as said:
        process = subprocess.Popen(words, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) and not may_fail:
        print((folder / "measured.log").read_text("utf-8", "replace")[-2000:], file=sys.stderr)
        raise SystemExit(1)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ours(content: Path, output: Path, *without: str) -> list[str]:
    """The command that builds our site, without some of its plugins."""
    program = (
        "import sys; from pathlib import Path; from minutebook.build import build;"
        "sys.exit(build(Path(sys.argv[1]), Path(sys.argv[2]), without=sys.argv[3:]))"
    )
    return [sys.executable, "-c", program, str(content), str(output), *without]


def plain_pelican(folder: Path, texts: list[Text]) -> list[str]:
    """Pelican as it comes, with its simple theme, on the same prose."""
    content = folder / "pelican"
    content.mkdir()
    for text in texts:
        head = f"Title: {text.title}\nDate: {text.day}\nCategory: decisions\nSlug: {text.id}\n\n"
        (content / f"{text.id}.md").write_text(head + text.body, encoding="utf-8")
    return [
        *(sys.executable, "-m", "pelican", str(content)),
        *("-t", "simple", "-q", "-e", "CACHE_CONTENT=false"),
    ]


def hugo(folder: Path, texts: list[Text]) -> list[str]:
    """Hugo with the smallest of layouts, on the same prose."""
    site = folder / "hugo"
    posts, layouts = site / "content/decisions", site / "layouts/_default"
    posts.mkdir(parents=True)
    layouts.mkdir(parents=True)
    (site / "hugo.toml").write_text('baseURL = "https://bench.example/"\ntitle = "Bench"\n')
    page = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}"
    entry = "<a href='{{ .RelPermalink }}'>{{ .Title }}</a>"
    (layouts / "single.html").write_text(page)
    (layouts / "list.html").write_text(f"{page}{{{{ range .Pages }}}}{entry}{{{{ end }}}}")
    for text in texts:
        head = f'---\ntitle: "{text.title}"\ndate: {text.day}\n---\n\n'
        (posts / f"{text.id}.md").write_text(head + text.body, encoding="utf-8")
    program = Path(sys.executable).parent / "hugo"
    return [str(program), "--source", str(site), "--quiet"]


def edit(content: Path) -> None:
    """Change one word of one record, differently each time."""
    path = sorted((content / "decisions").rglob("*.md"))[len(list(content.rglob("*.md"))) // 2]
    text = path.read_text(encoding="utf-8")
    number = time.monotonic_ns() % 100_000  # a longer one may be that of a payment card
    path.write_text(f"{text.rstrip()} Edited {number}.\n", encoding="utf-8")


def build(decisions: int, runs: int) -> int:
    """Cold, unchanged and one edit, beside Pelican and Hugo in the same run."""
    with tempfile.TemporaryDirectory(prefix="minutebook-bench-") as name:
        folder = Path(name)
        content, texts = folder / "content", Corpus(decisions).write(folder / "content")
        prose = plain_pelican(folder, texts)
        posts = hugo(folder, texts)
        results: dict[str, list[Measured]] = {}
        for run in range(1, runs + 1):
            # Every cold build has a folder of its own. Nothing is deleted before the end: a file system that
            # has just freed ten thousands of inodes is slow to give out new ones.
            bare = ours(content, folder / f"bare-{run}", "minutebook.search")
            full = ours(content, folder / f"full-{run}")
            cases: dict[str, tuple[list[str], Callable[[], object]]] = {
                "Pelican, simple theme, cold": (
                    [*prose, "-o", str(folder / f"pelican-{run}")],
                    _nothing,
                ),
                "Hugo, cold": ([*posts, "--destination", str(folder / f"hugo-{run}")], _nothing),
                "Minutebook, cold": (bare, _forget),
                "Minutebook, nothing changed": (bare, _nothing),
                "Minutebook, one record edited": (bare, lambda: edit(content)),
                "Minutebook with search, cold": (full, _forget),
                "Minutebook with search, one record edited": (full, lambda: edit(content)),
            }
            for title, (words, prepare) in cases.items():
                prepare()
                results.setdefault(title, []).append(measure(words, folder))
                print(f"run {run}: {title}: {results[title][-1].seconds:.1f} s", flush=True)
        print(table(results, decisions, runs))
    return 0


def table(results: dict[str, list[Measured]], decisions: int, runs: int) -> str:
    """The figures as a Markdown table; the ratio is to the first row."""
    first = statistics.median(one.seconds for one in next(iter(results.values())))
    lines = [
        f"\n{decisions:,} decisions, median of {runs} run{'s' * (runs != 1)}, {os.cpu_count()} processors",
        "",
        "| | seconds | ratio | largest process, MB |",
        "|---|--:|--:|--:|",
    ]
    for title, every in results.items():
        seconds = statistics.median(one.seconds for one in every)
        memory = statistics.median(one.megabytes for one in every)
        lines.append(f"| {title} | {seconds:.2f} | {seconds / first:.2f} | {memory:.0f} |")
    return "\n".join(lines)


def _nothing() -> None:
    """What some cases need to be done before."""


def _forget() -> None:
    """Remove all memory of earlier builds, as in a fresh clone."""
    shutil.rmtree(ROOT / ".cache", ignore_errors=True)


def main() -> int:
    """Do what the command line says; returns the exit code."""
    parser = argparse.ArgumentParser(description="Measure against peers, in the same run.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="build|search|spending")
    building = commands.add_parser("build", help="time of a build, beside Pelican and Hugo")
    building.add_argument("--decisions", type=int, default=10_000)
    building.add_argument("--runs", type=int, default=3)
    searching = commands.add_parser("search", help="bytes and time of a search, beside its peers")
    searching.add_argument("--decisions", type=int, default=10_000)
    searching.add_argument("--queries", type=int, default=60)
    searching.add_argument(
        "--legistar", type=Path, metavar="FOLDER", help="import these records and measure them"
    )
    paying = commands.add_parser("spending", help="payments: check beside peers, and build")
    paying.add_argument("--payments", type=int, default=1_000_000)
    paying.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    if min(number for number in vars(options).values() if isinstance(number, int)) < 1:
        parser.error("how many is a number from 1 up")
    bootstrap.ensure("bench")
    if options.command == "search":
        import bench_search  # stands on packages that are there only now

        if options.legistar and not options.legistar.exists():
            parser.error(f"there is no {options.legistar}")
        return bench_search.search(options.decisions, options.queries, options.legistar)
    if options.command == "spending":
        import bench_spending  # as above

        return bench_spending.spending(options.payments, options.runs, processor, measure)
    return build(options.decisions, options.runs)


if __name__ == "__main__":
    command.start(main)
