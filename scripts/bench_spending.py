"""A million payments: their check beside its peers, and the way from an export to a site.

The peers of the check are frictionless, which proves the same, and DuckDB. All three read one file with every
payment, in the same run; the faulty file has wrong cells in it, evenly spread, and each of the three has to
tell of them.
"""

import csv
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import ROOT, Measured, ours
from bench_payments import HEADER, MONTHS, Payments
from minutebook.packages.columns import columns
from minutebook.records.schema import schema

FAULTS = 60
"""Wrong cells in the faulty file: fewer than any of the three stops at."""
_PROGRAM = (
    "import gc, sys; gc.disable();"  # as load() does
    "from pathlib import Path; from minutebook.records.tables import Table;"
    "t = Table(sys.argv[2], 'payment'); t.find(Path(sys.argv[1]), 1 << 40); t.read_csv();"
    "print(*[p.text() for p in t.problems], t.sums.rows, t.sums.total, sep='\\n')"
)
_DUCKDB = (
    "import sys, duckdb; d = duckdb.connect();"
    "d.execute('set threads to 2');"
    "print(d.execute(sys.argv[2], [sys.argv[1]]).fetchall())"
)

Commands = dict[str, list[str]]


def write(folder: Path, count: int) -> None:
    """Write `sound.csv`, `faulty.csv` and, for frictionless, a descriptor of each."""
    payments = Payments(count)
    step, number = max(count // FAULTS, 1), 0
    with (
        (folder / "sound.csv").open("w", encoding="utf-8", newline="") as one,
        (folder / "faulty.csv").open("w", encoding="utf-8", newline="") as other,
    ):
        sound = csv.writer(one, lineterminator="\n")
        faulty = csv.writer(other, lineterminator="\n")
        sound.writerow(HEADER)
        faulty.writerow(HEADER)
        for month in payments.months:
            for _, _, row in payments.rows(month):
                sound.writerow(row)
                number += 1
                wrong = number % step == step // 2
                faulty.writerow([*row[:5], "12,5", *row[6:]] if wrong else row)
    fields = {one.name: one.field() for one in columns(schema("payment").resolved)}
    described = {"fields": [fields[name] for name in HEADER]}
    for name in ("sound", "faulty"):
        resource = {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": described}
        text = json.dumps({"name": "payments", "resources": [resource]})
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def query() -> str:
    """The same checks in SQL: how many cells of each column are wrong."""
    parts = []
    for column in columns(schema("payment").resolved):
        if column.name not in HEADER:
            continue
        node, cell = column.node, f'"{column.name}"'
        good = [f"length({cell}) <= {node.get('maxLength', 2000)}"]
        if "pattern" in node:
            good.append(f"regexp_matches({cell}, '{node['pattern']}')")
        if "enum" in node:
            codes = ", ".join(f"'{code}'" for code in node["enum"])
            good.append(f"{cell} IN ({codes})")
        if column.type == "date":
            good.append(f"try_cast({cell} AS DATE) IS NOT NULL")
        empty = "false" if column.required else f"coalesce({cell}, '') = ''"
        parts.append(f"count(*) FILTER (NOT coalesce({empty} OR ({' AND '.join(good)}), false))")
    return (
        f"SELECT count(*), {', '.join(parts)}, sum(try_cast(Amount AS DECIMAL(18, 2)))"
        " FROM read_csv(?, all_varchar = true, header = true)"
    )


def commands(folder: Path, name: str) -> Commands:
    """What is measured on one of the two files."""
    python, file = sys.executable, str(folder / f"{name}.csv")
    frictionless = str(Path(python).parent / "frictionless")
    return {
        "Minutebook": [python, "-c", _PROGRAM, str(folder), f"{name}.csv"],
        "frictionless validate": [frictionless, "validate", str(folder / f"{name}.json")],
        "DuckDB, the same checks in SQL": [python, "-c", _DUCKDB, file, query()],
    }


def steps(folder: Path, count: int) -> Iterator[tuple[str, list[str]]]:
    """From an export to a site, with what each step is called; a step begins when the one before is done.

    The builds are those of one small council: without payments, with all of them, and with one month more.
    """
    python, payments = sys.executable, Payments(count)
    bare, full, taken = (folder / name for name in ("bare", "full", "taken"))
    payments.write(bare, 0)
    payments.write(full, MONTHS - 1)
    payments.write(taken, 0)
    export = ["--organisation", "bench", "--by-month", "--yes", str(folder / "sound.csv")]
    program = str(ROOT / "scripts" / "import_spending.py")
    yield "import of one export by month", [python, program, "--content", str(taken), *export]
    check = [python, str(ROOT / "scripts" / "check.py"), "--content"]
    yield "check of what was imported", [*check, str(taken)]
    yield "check again", [*check, str(taken)]
    yield "build without payments", ours(bare, folder / "bare-out")
    yield f"build with {MONTHS - 1} months", ours(full, folder / "full-out")
    payments.month(full, payments.months[-1])
    yield "build with one month more", ours(full, folder / "full-out")
    yield "build again", ours(full, folder / "full-out")


def spending(
    count: int,
    runs: int,
    processor: Callable[..., tuple[float, float]],
    measure: Callable[[list[str], Path], Measured],
) -> int:
    """Measure, and print two tables.

    `processor` runs a command and gives processor seconds and megabytes; `measure` seconds by the clock.
    """
    check(count, runs, processor)
    with tempfile.TemporaryDirectory(prefix="minutebook-bench-") as name:
        folder = Path(name)
        write(folder, count)
        shutil.rmtree(ROOT / ".cache", ignore_errors=True)
        print(f"\n{count:,} payments in {MONTHS} months; seconds by the clock\n")
        print("| | seconds | largest process, MB |\n|---|--:|--:|")
        for title, words in steps(folder, count):
            found = measure(words, folder)
            print(f"| {title} | {found.seconds:.1f} | {found.megabytes:.0f} |", flush=True)
    return 0


def check(count: int, runs: int, measure: Callable[..., tuple[float, float]]) -> None:
    """The check beside its peers."""
    with tempfile.TemporaryDirectory(prefix="minutebook-bench-") as name:
        folder = Path(name)
        write(folder, count)
        print(f"\n{count:,} payments; the least of {runs} runs; the ratio is to frictionless\n")
        print("| | file | processor seconds | ratio | peak, MB |")
        print("|---|---|--:|--:|--:|")
        for file in ("sound", "faulty"):
            found = {
                title: min(measure(words, folder, file == "faulty") for _ in range(runs))
                for title, words in commands(folder, file).items()
            }
            first = found["frictionless validate"]
            for title, (seconds, megabytes) in found.items():
                ratio = seconds / first[0]
                print(f"| {title} | {file} | {seconds:.1f} | {ratio:.2f} | {megabytes:.0f} |")
