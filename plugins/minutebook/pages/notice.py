"""Whether a key decision was announced in time.

The Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations
2012, regulation 9(2): notice at least 28 clear days before a key decision; regulation 10: the general
exception; regulation 11: special urgency. Clear days leave out the day of the notice and of the decision.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from minutebook.records.model import Decision
from minutebook.records.register import Register

DAYS = 28


def clear_days(first: date, last: date) -> int:
    """The days between two days, without either."""
    return max(0, (last - first).days - 1)


def notice(register: Register, decision: Decision) -> dict[str, Any] | None:
    """What there is to say of the notice: None where none was given and none was needed.

    `met` is None where the rule does not apply: no key decision, another nation, no day yet.
    """
    given = decision.notice_published
    if not given and not decision.is_key:
        return None
    period = decision.expected_period
    day = decision.date_decided or (period.start if period else None)
    applies = decision.is_key and register.records.council.rulebook == "england" and day
    days = clear_days(given, day) if given and day else None
    return {
        "published": given,
        "day": day,
        "days": days,
        "needed": DAYS,
        "met": (days is not None and days >= DAYS) if applies else None,
        "exception": decision.notice_exception,
    }
