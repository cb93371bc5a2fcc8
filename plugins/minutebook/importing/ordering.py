"""Whether the day or the month comes first in a file: said, remembered, shown by its dates, or asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minutebook.importing.dates import Evidence, Order
from minutebook.importing.refusal import RefusalError

Ask = Callable[[str, Evidence], Order]


def settled(
    every: Sequence[Evidence], name: str, said: Order | None, remembered: str, ask: Ask | None
) -> tuple[Order, bool]:
    """The order of day and month in a file called `name`, and whether a person said it.

    `every` is the evidence of its date columns, the main one first. Raises `RefusalError` when they
    do not show it and nobody can be asked.
    """
    if said:
        return said, True
    if remembered:
        return _remembered(every, "mdy" if remembered == "mdy" else "dmy"), True
    orders = [(evidence, evidence.order()) for evidence in every]
    shown = [order for evidence, order in orders if order and evidence.shows_something]
    doubtful = next((evidence for evidence, order in orders if order is None), None)
    if shown or doubtful is None:
        return (shown or ["dmy"])[0], False  # where no date shows anything, any order will do
    if ask is None:
        raise doubtful.refusal()
    return ask(name, doubtful), True


def _remembered(every: Sequence[Evidence], order: Order) -> Order:
    for evidence in every:
        if line := evidence.contradicts(order):
            raise RefusalError(
                f"has dates such as the one on line {line} that are not {order}, which is what is "
                "remembered of such files: say --date-order"
            )
    return order
