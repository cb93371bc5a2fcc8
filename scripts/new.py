"""Begins a new record: asks for what it needs, and writes the file.

    python3 scripts/new.py decision

Every answer can be given as an option instead (see --help), so that nothing is asked.
Exit codes: 0 written, 1 written but something is still to be filled in, 2 wrong use.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

import bootstrap
import command

KINDS = ("decision",)


def parser(questions=()) -> argparse.ArgumentParser:
    """The command line; every question is an option."""
    top = argparse.ArgumentParser(description="Begin a new record.", allow_abbrev=False)
    top.add_argument("kind", choices=KINDS)
    top.add_argument("--content", type=Path, default=bootstrap.ROOT / "content", metavar="DIR")
    for question in questions:
        several = " Several are separated by commas." if question.several else ""
        text = (question.description + several).replace("%", "%%")
        top.add_argument(option(question), metavar="TEXT", help=text)
    return top


def option(question) -> str:
    """The option for a question: `decision_maker` -> `--decision-maker`."""
    return "--" + question.field.replace("_", "-")


def split(question, text: str):
    """An answer as it is typed -> as the record holds it."""
    if not question.several:
        return text.strip()
    return [part.strip() for part in text.split(",") if part.strip()]


def ask(draft, question):
    """Ask until the answer will do; Enter takes the usual one, or leaves it for later."""
    print(f"\n{question.title}: {question.description}")
    for choice, meaning in question.choices.items():
        print(f"  {choice}" + (f" - {meaning}" if meaning else ""))
    usual = question.usual
    ending = f" [{usual}]" if usual else "" if question.required else " [leave for later]"
    hint = " (several, separated by commas)" if question.several else ""
    while True:
        answer = split(question, input(f"{question.title}{hint}{ending}: ") or usual)
        refused = draft.judge(question, answer)
        if refused is None:
            return answer
        print(f"  {refused}")


def answers(draft, questions, options):
    """Field -> answer, or a list of sentences about what is missing or wrong."""
    values, wrong = {}, []
    interactive = sys.stdin.isatty()
    for question in questions:
        given = getattr(options, question.field)
        if given is None and interactive:
            values[question.field] = ask(draft, question)
            continue
        answer = split(question, question.usual if given is None else given)
        refused = draft.judge(question, answer)
        if refused:
            wrong.append(f"{option(question)}: {refused}")
        values[question.field] = answer
    return values, wrong


def tell(draft, path: str, values) -> int:
    """Say what was written and what is still to do; returns the exit code."""
    shown = draft.content / path
    print(f"\nWritten: {shown}")
    problems = draft.problems(path)
    for problem in problems:
        print(problem.text())
    print("Still to be written in it, each under its heading, when it is known:")
    for heading, description in draft.unwritten(values):
        print(f"  ## {heading} - {description}")
    other = f" --content {draft.content}" if draft.content != bootstrap.ROOT / "content" else ""
    print(f"Then run: python3 scripts/check.py {shown}{other}")
    return 1 if problems else 0


def main() -> int:
    """Do what the command line says; returns the exit code."""
    known, _ = parser().parse_known_args([word for word in sys.argv[1:] if word not in HELP])
    if not known.content.is_dir():
        print(f'There is no folder "{known.content}".', file=sys.stderr)
        return 2
    bootstrap.ensure(theme=False)
    from dataclasses import replace

    from minutebook.drafting import Draft

    draft = Draft(known.kind, known.content)
    today = date.today().isoformat()
    questions = [
        replace(each, usual=today) if each.field == "date_proposed" else each
        for each in draft.questions()
    ]
    options = parser(questions).parse_args()
    try:
        values, wrong = answers(draft, questions, options)
    except EOFError:
        print("\nNothing was written.", file=sys.stderr)
        return 2
    if wrong:
        print("\n".join([*wrong, "Nothing was written."]), file=sys.stderr)
        return 2
    path = draft.write(draft.next_id(int(values["date_proposed"][:4])), values)
    return tell(draft, path, values)


HELP = ("-h", "--help")

if __name__ == "__main__":
    command.start(main)
