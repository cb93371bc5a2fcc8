"""Runs everything that must hold: format, lint, types, the JavaScript tests, the Python tests.

    python3 scripts/test.py [arguments for pytest]

All of them run, also after one failed. Exit codes: 0 all hold, 1 something failed.
"""

import os
import re
import shutil
import subprocess
import sys
import time

import bootstrap
import command

ROOT = bootstrap.ROOT
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


def commands(arguments: list[str]) -> dict[str, list[str]]:
    """Name -> command, in the order they run: the quickest to fail first."""
    python = [sys.executable, "-m"]
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    wanted = {
        "format": [*python, "ruff", "format", "--check", "."],
        "lint": [*python, "ruff", "check", "."],
        "types": [*python, "mypy"],
        # As many at once as there are processors; the tests of one file share what they build.
        "pytest": [*python, "pytest", "-n", "auto", "--dist", "loadfile", *colour, *arguments],
    }
    scripts = sorted(str(path) for path in (ROOT / "tests" / "js").glob("**/*.test.mjs"))
    if scripts:
        pytest = wanted.pop("pytest")
        node = shutil.which("node") or "node"
        wanted |= {"node": [node, "--test", *scripts], "pytest": pytest}
    return wanted


def run(words: list[str]) -> tuple[int, str]:
    """Run a command, showing what it prints as it prints it; returns its code and last lines."""
    tail = b""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        for chunk in iter(lambda: process.stdout.read1(65536), b""):
            sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
            tail = (tail + chunk)[-4000:]
    text = re.sub(r"\x1b\[[0-9;]*m", "", tail.decode("utf-8", "replace"))
    return process.returncode, text


def counts(name: str, code: int, text: str) -> dict[str, int]:
    """How many passed, failed and were skipped, as far as a command's last lines tell."""
    found = {"passed": 0, "failed": 0, "skipped": 0}
    if name == "pytest":
        last = text.strip().splitlines()[-1:] or [""]
        for number, word in COUNT.findall(last[0]):
            found["failed" if word.startswith("error") else word] += int(number)
    elif name == "node":
        for word, key in (("pass", "passed"), ("fail", "failed"), ("skipped", "skipped")):
            number = re.search(rf"^\W*{word} (\d+)$", text, re.MULTILINE)
            found[key] += int(number[1]) if number else 0
    elif code == 0:
        found["passed"] = 1
    if code and not found["failed"]:
        found["failed"] = 1
    return found


def main() -> int:
    """Run all; returns the exit code."""
    bootstrap.ensure("dev")
    total = {"passed": 0, "failed": 0, "skipped": 0}
    lines = []
    for name, words in commands(sys.argv[1:]).items():
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        code, text = run(words)
        found = counts(name, code, text)
        total = {key: total[key] + found[key] for key in total}
        verdict = "failed" if code else "ok"
        lines.append(f"{name:8} {verdict:8} {time.monotonic() - started:6.1f} s")
    print("\n" + "\n".join(lines))
    print(", ".join(f"{total[key]} {key}" for key in total))
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    command.start(main)
