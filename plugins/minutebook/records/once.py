"""What is worked out once a register and used by many pages."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from minutebook.records.register import Register

Found = TypeVar("Found")


def once(work: Callable[[Register], Found]) -> Callable[[Register], Found]:
    """Remember what `work` gave for the register that it was asked about last.

    A build has one register, so a view may ask as often as it likes. The register is compared by
    identity: to compare it by value would cost more than the work. Call it in `pages()` too, before the
    press divides into processes, so that each of them finds it done.
    """
    last: list[tuple[Register, Found]] = []

    @functools.wraps(work)
    def remembered(register: Register) -> Found:
        if not last or last[0][0] is not register:
            last[:] = [(register, work(register))]
        return last[0][1]

    return remembered
