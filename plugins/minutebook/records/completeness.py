"""What the council owed by which day, and whether it came: the published measure of its own openness.

A duty has a day by which it is due and, once it is done, a day on which it was. So one list tells what is
late now, what came late, and how many were late at the end of any month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from minutebook.records.model import Decision, Release
from minutebook.records.model.values import Record
from minutebook.records.records import name_of
from minutebook.records.register import Register
from minutebook.records.rulebook import Rulebook, in_force

MONTHS = 12
"""How many months the trend goes back."""
_OPEN = ("proposed", "noticed", "consulting", "deferred", "referred")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed: `code` is its rule; `kind` and `id` the record that owes it, `field` where there."""

    due: date
    code: str
    kind: str
    id: str
    title: str
    path: str
    field: str
    body: str = ""
    done: date | None = None

    def late_on(self, day: date) -> bool:
        """Whether it was due before a day and had not been done by then."""
        return self.due < day and (self.done is None or self.done > day)

    @property
    def came_late(self) -> bool:
        """Whether it was done, and after its day."""
        return self.done is not None and self.done > self.due


@dataclass(frozen=True, slots=True)
class Silence:
    """A ward or councillor about whom no other record says anything."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """`duties` are all that have fallen due by the day `as_of`, the oldest first."""

    as_of: date
    duties: tuple[Duty, ...]

    @property
    def late(self) -> tuple[Duty, ...]:
        """What is late now."""
        return tuple(duty for duty in self.duties if duty.late_on(self.as_of))

    def trend(self) -> list[tuple[date, int]]:
        """The last day of each of the last months, and how many duties were late on it."""
        days, day = [self.as_of], self.as_of.replace(day=1)
        for _ in range(MONTHS):
            days.append(day - timedelta(days=1))
            day = days[-1].replace(day=1)
        return [(day, sum(duty.late_on(day) for duty in self.duties)) for day in reversed(days)]


def by_month(found: Completeness, bodies: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """For each body the last months, this one last: how much fell due in it, and how much not in time."""
    last = found.as_of.replace(day=1)
    months: list[date] = []
    for _ in range(MONTHS):
        months.insert(0, last)
        last = (last - timedelta(days=1)).replace(day=1)
    table = {body: dict.fromkeys(months, (0, 0)) for body in bodies}
    for duty in found.duties:
        month = duty.due.replace(day=1)
        if duty.body in table and month in table[duty.body]:
            owed, late = table[duty.body][month]
            missed = duty.came_late or duty.late_on(found.as_of)
            table[duty.body][month] = (owed + 1, late + missed)
    return {body: list(row.values()) for body, row in table.items()}


def completeness(register: Register) -> Completeness:
    """What is owed under the rules in force, as of the register's day."""
    book = in_force(register.records.council.document)
    every = (
        *_decisions(register, book),
        *_evaluations(register),
        *_petitions(register, book),
        *_replies(register, book),
        *_spending(register, book),
    )
    owed = [
        duty
        for duty in every
        if duty.due < register.as_of
        and duty.code in book.rules
        and book.severity(duty.code) != "off"
    ]
    owed.sort(key=lambda duty: (duty.due, duty.code, duty.kind, duty.id))
    return Completeness(register.as_of, tuple(owed))


def _duty(code: str, kind: str, one: Any, field: str, due: date, **more: Any) -> Duty:
    return Duty(due, code, kind, one.id, name_of(one), one.path, field, **more)


def _decisions(register: Register, book: Rulebook) -> Iterator[Duty]:
    days = int(book.parameters.get("key_notice_days", 0))
    for found in register.records.having("decision", "expected_period"):
        one = cast(Decision, found)
        period, body = one.expected_period, one.decision_maker
        if period is None or one.source:
            continue
        done = _settled(one)
        if done or one.status in _OPEN:
            yield _duty(
                *("decision-late", "decision", one, "expected_period", period.end),
                body=body,
                done=done,
            )
        if one.is_key and not one.notice_exception and not one.date_decided:
            due = period.start - timedelta(days=days + 1)
            yield _duty(
                *("notice-late", "decision", one, "expected_period", due),
                body=body,
                done=one.notice_published or _settled(one),
            )


def _settled(one: Decision) -> date | None:
    return one.date_decided or (one.withdrawn.date if one.withdrawn else None)


def _evaluations(register: Register) -> Iterator[Duty]:
    first: dict[str, date] = {}
    for found in register.records.evaluations.values():
        first[found.decision] = min(found.date, first.get(found.decision, found.date))
    for made in register.records.having("decision", "evaluation_due"):
        one = cast(Decision, made)
        if one.evaluation_due:
            yield _duty(
                *("evaluation-late", "decision", one, "evaluation_due", one.evaluation_due),
                body=one.decision_maker,
                done=first.get(one.id),
            )


def _petitions(register: Register, book: Rulebook) -> Iterator[Duty]:
    days = timedelta(days=int(book.parameters["petition_days"]))
    for one in register.records.petitions.values():
        due = one.response_due or (one.closed + days if one.closed else None)
        if due is None or one.state == "rejected":
            continue
        done = one.response_date or (one.debate.date if one.debate else None)
        if one.response and done is None:
            continue  # it was answered, on a day that nobody wrote down
        field = "response_due" if one.response_due else "closed"
        yield _duty("petition-late", "petition", one, field, due, done=done)


def _replies(register: Register, book: Rulebook) -> Iterator[Duty]:
    days = timedelta(days=int(book.parameters["reply_days"]))
    for one in register.records.participation.values():
        if one.status == "cancelled" or (one.we_did and one.date_replied is None):
            continue
        due = one.reply_due or one.closes + days
        field = "reply_due" if one.reply_due else "closes"
        yield _duty("reply-late", "participation", one, field, due, done=one.date_replied)


def _spending(register: Register, book: Rulebook) -> Iterator[Duty]:
    """The months from the first release of payments on: each is owed some days after its end."""
    days = timedelta(days=int(book.parameters["spending_days"]))
    council = register.records.council
    own: list[Release] = [
        one
        for one in register.records.releases.values()
        if one.classification == "payments" and one.organisation == council.id
    ]
    if not own:
        return
    start = min(one.period.start for one in own).replace(day=1)
    while (end := _month_end(start)) + days < register.as_of:
        covering = [one for one in own if one.period.start <= end and one.period.end >= start]
        known: Record = covering[0] if covering else council
        title = start.isoformat()[:7]
        published = [one.date_published for one in covering if one.date_published]
        if len(published) == len(covering):
            kind = "release" if covering else "council"
            id = covering[0].id if covering else council.id
            done = max(published, default=None)
            field = "date_published" if covering else "id"
            yield Duty(
                end + days, "spending-late", kind, id, title, known.path, field, council.id, done
            )
        start = end + timedelta(days=1)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def silences(register: Register) -> Iterator[Silence]:
    """Wards that no decision or process names, and members of whom neither vote nor presence is known."""
    records, links = register.records, register.links
    for place in records.places.values():
        kinds = ("decision", "participation", "petition", "contract")
        if place.classification == "ward" and not any(
            links.to("place", place.id, kind) for kind in kinds
        ):
            yield Silence("place", place.id, place.name)
    for person in records.people.values():
        sits = any(
            (seat.starts is None or seat.starts <= register.as_of)
            and (seat.ends is None or seat.ends >= register.as_of)
            for seat in person.memberships
        )
        named = (links.to("person", person.id, kind) for kind in ("decision", "meeting"))
        if sits and not any(named):
            yield Silence("person", person.id, person.name)


def counted(duties: Iterable[Duty], by: str) -> Mapping[str, int]:
    """How many duties there are for each value of a field, such as `code` or `body`; most first."""
    found: dict[str, int] = {}
    for duty in duties:
        value = str(getattr(duty, by))
        found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
