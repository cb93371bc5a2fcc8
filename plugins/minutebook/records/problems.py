"""A problem in a record, in words that a clerk understands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 80
"""How many characters of a found value a message repeats: enough to find it, never a flood."""


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong in one place.

    `path` is relative to the content folder, `line` and `column` count from 1 (0 where the file as a
    whole is meant), `pointer` is a JSON Pointer (RFC 6901) into the record, `code` names the kind of
    problem, `message` says what was found and what is wrong with it, `hint` how to mend it. `severity` is
    `error`, which nothing is published with, or `warning`, which is published itself.
    """

    path: str
    line: int
    column: int
    pointer: str
    code: str
    message: str
    hint: str = ""
    severity: str = "error"

    def text(self) -> str:
        """The problem as a person reads it: one line, and the hint indented below it."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        field = field_name(self.pointer)
        if self.severity == "warning":
            place = f"{place} warning:"
        head = f"{place} {field}: {self.message}" if field else f"{place} {self.message}"
        return f"{head} [{self.code}]" + (f"\n  {self.hint}" if self.hint else "")


def field_name(pointer: str) -> str:
    """A JSON Pointer in the way a clerk would say it: `/options/0/cost` is `options 1 cost`."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    return " ".join(
        str(int(part) + 1) if part.isascii() and part.isdecimal() else _seen(part)[:SHOWN]
        for part in parts
    )


def shown(value: object) -> str:
    """The value that was found, quoted, on one line, cut at 80 characters, nothing unprintable."""
    text = value if isinstance(value, str) else str(value)
    head = text[: SHOWN + 1]
    clean = _seen(head)
    return f'"{clean[:SHOWN]}…"' if len(text) > SHOWN else f'"{clean}"'


def _seen(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def allowed(values: Iterable[str], found: str = "", limit: int = 12) -> str:
    """A hint that lists what is allowed, the likeliest first when `found` looks like one of them."""
    options = list(values)
    near = difflib.get_close_matches(found[:SHOWN].lower(), options, n=1, cutoff=0.6)
    listed = ", ".join(options[:limit]) + (
        f" and {len(options) - limit} more" if options[limit:] else ""
    )
    meant = f'did you mean "{near[0]}"?  ' if near else ""
    return f"{meant}allowed: {listed}" if options else meant.strip()


def report(problems: Iterable[Problem]) -> str:
    """All problems, sorted by file and line, and a last line that counts them."""
    ordered = sorted(set(problems))
    files = len({problem.path for problem in ordered})
    warnings = sum(1 for problem in ordered if problem.severity == "warning")
    numbers = (("problem", len(ordered) - warnings), ("warning", warnings))
    counts = [f"{number} {word}{'s' * (number != 1)}" for word, number in numbers if number]
    count = f"{' and '.join(counts) or '0 problems'} in {files} file{'s' * (files != 1)}"
    return "\n".join([*(problem.text() for problem in ordered), "", f"{count}."])
