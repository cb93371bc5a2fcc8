"""What an import did, in plain lines; and how far it has come, while it runs."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from minutebook.importing.records.engine import Outcome
from minutebook.importing.records.found import Fault
from minutebook.importing.wording import counted

EVERY = 5
"""How many seconds lie between two plain lines where there is no terminal."""
SHOWN = 12
"""How many of each sort are shown; --faults writes all of them into a file."""


def text(outcome: Outcome, dry_run: bool) -> str:
    """Everything that a person should see about an import."""
    return "\n".join(_lines(outcome, dry_run))


def _lines(outcome: Outcome, dry_run: bool) -> Iterator[str]:
    kept, figures = outcome.kept, outcome.run.figures
    rejected = [fault for fault in outcome.faults if fault.whole]
    fields = [fault for fault in outcome.faults if not fault.whole]
    would = "would be " if dry_run else ""
    yield f"{figures.read:,} entries read in {outcome.seconds:.1f} s"
    for kind in sorted({*kept.made, *kept.updated, *kept.same}):
        yield (
            f"  {kind}: {kept.made[kind]:,} {would}made, {kept.updated[kind]:,} {would}updated, "
            f"{kept.same[kind]:,} as they were"
        )
    yield f"people: {_who(outcome.run.people, outcome.stubs['person'])}"
    yield f"bodies: {_who(outcome.run.bodies, outcome.stubs['body'])}"
    if figures.rolls:
        yield (
            f"{counted(figures.rolls, 'roll')} of votes, {figures.rolls_disagree:,} of which do not "
            "agree with the result or counts printed; they are kept and say so"
        )
    if figures.tombstones:
        yield f"{counted(figures.tombstones, 'entry').replace('entrys', 'entries')} deleted there"
    yield from _own(outcome)
    yield from _grouped("not taken", rejected)
    yield from _grouped("fields left out", fields)
    if outcome.lost:
        fields_of = ", ".join(f"{name} ({count:,})" for name, count in outcome.lost.most_common())
        yield (
            f"{counted(outcome.lost.total(), 'damaged character')} (U+FFFD) in "
            f"{len(outcome.damaged):,} fields, as the source has them: {fields_of}"
        )
    yield from _grouped("changed here and at the source", kept.conflicts, every=True)
    if kept.conflicts:
        yield "  to leave these as they stand here for good, run this again with --keep-ours"
    if figures.unmapped:
        yield "texts for which the mapping has no code:"
        for (name, said), count in figures.unmapped.most_common(SHOWN):
            yield f'  {count:,} x "{said}" ({name})'
    left = {name: count for name, count in figures.left.items() if count}
    if left:
        told = ", ".join(f"{name} ({count:,})" for name, count in sorted(left.items()))
        yield f"fields of the source that no record holds: {told}"


def _who(who: Any, stubs: int) -> str:
    """How many there are, how many were matched, and whom the source only names in passing."""
    odd = sum(any(one.names.values()) for one in who.every.values())
    doubtful = len(who.doubtful())
    told = f"{len(who.every):,}, {odd:,} of them under more than one name"
    told += f", {stubs:,} only named in passing" if stubs else ""
    return told + (f"; {counted(doubtful, 'pair')} in doubt" if doubtful else "")


def _own(outcome: Outcome) -> Iterator[str]:
    own = outcome.kept.own
    if own:
        named = ", ".join(own[:SHOWN])
        yield f"{counted(len(own), 'record')} of people here or of another system, left alone: {named}"


def _grouped(title: str, faults: list[Fault], every: bool = False) -> Iterator[str]:
    """The commonest reasons with an example each; conflicts one by one."""
    if not faults:
        return
    yield f"{title}: {len(faults):,}"
    if every:
        for fault in faults[:50]:
            yield f"  {fault.where} {fault.field}: {fault.reason}"
        return
    reasons = Counter((fault.field, _general(fault.reason)) for fault in faults)
    for (name, reason), count in reasons.most_common(SHOWN):
        example = next(
            fault for fault in faults if (fault.field, _general(fault.reason)) == (name, reason)
        )
        yield f"  {count:,} x {name + ': ' if name else ''}{example.reason} ({example.where})"


def _general(reason: str) -> str:
    """A reason without its numbers and names, so that the same ones are counted together."""
    words = reason.split('"')
    return "".join(char for char in '"'.join(words[::2]) if not char.isdecimal())


class Progress:
    """Tells how far a run has come: a live line on a terminal, now and then a plain line elsewhere."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                SpinnerColumn,
                TextColumn,
                TimeElapsedColumn,
            )
            from rich.progress import Progress as Bar

            columns = (
                SpinnerColumn(),
                TextColumn("{task.completed:,.0f} {task.description}"),
                BarColumn(bar_width=24),
                TimeElapsedColumn(),
            )
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)

    def __enter__(self) -> Progress:
        """Begin to tell."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop telling."""
        if self._bar:
            self._bar.stop()

    def __call__(self, what: str, count: int, of: int) -> None:
        """So many are read, found, checked or written, of so many where that is known."""
        if self._bar:
            if what not in self._tasks:
                self._tasks[what] = self._bar.add_task(what, total=of or None)
            self._bar.update(self._tasks[what], completed=count)
        elif time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            print(f"{count:,}{f' of {of:,}' if of else ''} {what} ...", file=sys.stderr, flush=True)
