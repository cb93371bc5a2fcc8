"""Says what is wrong with the records, and builds nothing.

    python3 scripts/check.py [PATH...] [--format text|github|json] [--content DIR] [--as-of DATE]
    python3 scripts/check.py --explain RULE

Every record is read, because links go across records; with PATHs only their problems are shown. An error
keeps the records from being published; a warning does not, and is published itself.
Exit codes: 0 no errors, 1 errors, 2 wrong use.
"""

import argparse
import dataclasses
import json
import os
import sys
from datetime import date
from pathlib import Path, PurePosixPath

import bootstrap
import command


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(description="Say what is wrong with the records.")
    top.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="show only these files")
    top.add_argument("--format", choices=("text", "github", "json"), default="text")
    top.add_argument("--content", type=Path, default=bootstrap.ROOT / "content", metavar="DIR")
    top.add_argument(
        "--as-of",
        type=date.fromisoformat,
        metavar="DATE",
        help="what is late on this day (default: that of council.yaml, else today)",
    )
    top.add_argument("--explain", metavar="RULE", help="print one rule, by its code, and stop")
    return top


def within(paths: list[Path], content: Path) -> list[str] | str:
    """These paths relative to the content folder, or a sentence about the one that is wrong."""
    if not content.is_dir():
        return f'There is no folder "{content}".'
    relative = []
    for path in paths:
        if not path.exists():
            return f'There is no file or folder "{path}".'
        if not path.resolve().is_relative_to(content.resolve()):
            return f'"{path}" is not among the records in "{content}".'
        relative.append(path.resolve().relative_to(content.resolve()).as_posix())
    return relative


def annotation(problem, folder: str) -> str:
    """A problem as GitHub shows it on its line of a pull request.

    Format: docs.github.com, "Workflow commands for GitHub Actions", setting an error message.
    What a contributor wrote cannot begin a command of its own: line ends and the signs that
    separate fields are escaped.
    """

    def data(text: str) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace("##[", "# #[")

    def field(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    path = f"{folder}/{problem.path}"
    place = f"file={field(path)},line={max(problem.line, 1)},col={max(problem.column, 1)}"
    return f"::{problem.severity} {place},title={field(problem.code)}::{data(f'{folder}/{problem.text()}')}"


def show(problems: list, form: str, content: Path) -> None:
    """Print the problems in the form asked for."""
    from minutebook.records.problems import report

    folder = os.path.relpath(content).replace(os.sep, "/")
    if form == "json":
        print(json.dumps([dataclasses.asdict(problem) for problem in problems], indent=2))
    elif form == "github":
        for problem in problems:
            print(annotation(problem, folder))
    elif problems:
        print(report(dataclasses.replace(it, path=f"{folder}/{it.path}") for it in problems))


def explain(code: str, content: Path) -> int:
    """Print a rule as it holds for these records; returns the exit code."""
    from minutebook.records.entries import read_entry
    from minutebook.records.files import COUNCIL
    from minutebook.records.problems import allowed
    from minutebook.records.rulebook import in_force, of_form, parameter_title, standard

    council = read_entry(content, "council", COUNCIL)
    book = in_force({} if council.problems else council.document or {})
    rule = book.rules.get(code) or standard("england").rules.get(code) or of_form().get(code)
    if rule is None:
        every = sorted({*book.rules, *standard("england").rules, *of_form()})
        print(f'There is no rule "{code}": {allowed(every, code, 200)}.', file=sys.stderr)
        return 2
    print(f"{rule.code}: {rule.title}\n\n{rule.requires}\n")
    for name in rule.parameters:
        if name in book.parameters:
            value = {True: "yes", False: "no"}.get(book.parameters[name], book.parameters[name])
            print(f"{parameter_title(name)}: {value}")
    state = rule.severity if code in {**book.rules, **of_form()} else "not in force here"
    print(f"Severity: {state}" + (f" (in the rulebook: {rule.standard})" if rule.standard else ""))
    if rule.reason:
        print(f"Why it differs here: {rule.reason}")
    print(f"Source: {rule.source}" + (f" <{rule.url}>" if rule.url else ""))
    print(f"How to mend it: {rule.mend}")
    return 0


def found(content: Path, as_of: date | None) -> list:
    """All problems, warnings and what is late by now."""
    from minutebook.records.load import load
    from minutebook.records.overdue import overdue

    loaded = load(content, bootstrap.ROOT / ".cache")
    problems = [*loaded.problems, *loaded.warnings]
    if loaded.records is not None:
        day = as_of or loaded.records.council.as_of or date.today()
        problems += overdue(content, loaded.records, day)
    return sorted(problems)


def main() -> int:
    """Do what the command line says; returns the exit code."""
    options = parser().parse_args()
    paths = within(options.paths, options.content)
    if isinstance(paths, str):
        print(paths, file=sys.stderr)
        return 2
    bootstrap.ensure(theme=False)
    if options.explain:
        return explain(options.explain, options.content)
    problems = found(options.content, options.as_of)
    if paths:
        problems = [
            problem
            for problem in problems
            if any(PurePosixPath(problem.path).is_relative_to(path) for path in paths)
        ]
    show(problems, options.format, options.content)
    if not problems and options.format != "json":
        print("No problems.")
    return 1 if any(problem.severity == "error" for problem in problems) else 0


if __name__ == "__main__":
    command.start(main)
