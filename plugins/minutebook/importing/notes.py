"""What a reader of a release must know about its source; published with the release."""

from __future__ import annotations

from minutebook.importing import money
from minutebook.importing.columns import Matched
from minutebook.importing.period import Period
from minutebook.importing.shape import Shape
from minutebook.importing.taking import Taken
from minutebook.importing.wording import counted


def notes_on(taken: Taken, period: Period, matched: Matched, shape: Shape) -> tuple[str, ...]:
    """The notes on a release, as sentences."""
    notes = [*_dates(taken, period, shape)]
    if matched.note:
        notes.append(matched.note)
    if taken.unvalued:
        notes.append(f"The source gives no value for {counted(taken.unvalued, 'contract')}.")
    last = taken.totals[-1] if taken.totals else None
    if last and not last.agrees:
        notes.append(
            f"The source's own total, {money.shown(last.says)}, differs by "
            f"{money.shown(last.says - last.rows)} from its rows, {money.shown(last.rows)}."
        )
    return tuple(notes)


def _dates(taken: Taken, period: Period, shape: Shape) -> list[str]:
    if not shape.dated:
        return []
    noun = shape.noun
    if taken.undated["month"] and not taken.days:
        return [f"The source gives only the month of each {noun}, not the day."]
    if not taken.days:
        return [f"The source gives no {noun} dates."]
    notes = []
    if missing := taken.undated.total():
        notes.append(f"The source gives no date for {counted(missing, noun)}.")
    outside = {day: count for day, count in taken.days.items() if day not in period}
    if outside:
        count = sum(outside.values())
        spread = f"between {min(outside)} and {max(outside)}"
        when = f"on {min(outside)}" if len(outside) == 1 else spread
        verb = "is" if count == 1 else "are"
        notes.append(f"{counted(count, noun)} {verb} dated outside the period, {when}.")
    return notes
