"""Questions to the officer at a terminal; elsewhere nobody is asked, and doubt is a refusal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from minutebook.importing.columns import Matched
from minutebook.importing.dates import Evidence, Numbers, Order, read
from minutebook.importing.refusal import RefusalError
from minutebook.records.problems import shown


def someone_there() -> bool:
    """Whether a person sits at both ends of the terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def confirm(name: str, matched: Matched, notes: Sequence[str]) -> None:
    """Show which column goes where and have it confirmed. Raises `RefusalError` for a no."""
    print(f"{shown(name)}: this header is new. Its columns would be taken like this:")
    for column, source in matched.taken.items():
        print(f"  {column:<24} from {source}, such as {shown(source.sample)}")
    for source in matched.left:
        if source.cells:
            print(f"  {'(not taken)':<24} {source}, such as {shown(source.sample)}")
    for note in notes:
        print(f"  {note}")
    if not _yes("Is that right? It is remembered for files with the same header. [y/n] "):
        raise RefusalError(
            "was left out, because its columns were not right: say which are meant with "
            '--column COLUMN="HEADER"'
        )


def order_of(name: str, evidence: Evidence) -> Order:
    """Ask whether the day or the month comes first in the dates of a file."""
    said = read(evidence.example)
    assert isinstance(said, Numbers)
    days = {"dmy": said.day("dmy"), "mdy": said.day("mdy")}
    print(f'{shown(name)}: which day is "{evidence.example}", on line {evidence.doubtful}?')
    for number, day in enumerate(days.values(), 1):
        print(f"  {number}: {f'{day:%Y-%m-%d}' if day else 'no day'}")
    answer = _answer("1 or 2? ", {"1", "2"})
    return "dmy" if answer == "1" else "mdy"


def _yes(question: str) -> bool:
    return _answer(question, {"y", "n", "yes", "no"}) in ("y", "yes")


def _answer(question: str, allowed: set[str]) -> str:
    while True:
        try:
            answer = input(question).strip().lower()
        except EOFError:
            raise RefusalError("was left out, because nobody answered: import it again") from None
        if answer in allowed:
            return answer
