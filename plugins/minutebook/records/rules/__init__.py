"""Rules across records.

Each is a function: the entries -> (path, complaint), and its docstring is the rule.
"""

from collections.abc import Callable, Iterator

from minutebook.records.entries import Entry
from minutebook.records.messages import Complaint
from minutebook.records.rules.lifecycle import dates_in_order, status_has_its_facts
from minutebook.records.rules.names import addresses_are_free
from minutebook.records.rules.prose import prose_can_be_shown
from minutebook.records.rules.recorded import decisions_have_a_date
from minutebook.records.rules.votes import counts_equal_roll, one_vote_each

Rule = Callable[[list[Entry]], Iterator[tuple[str, Complaint]]]

RULES: tuple[Rule, ...] = (
    counts_equal_roll,
    one_vote_each,
    status_has_its_facts,
    dates_in_order,
    addresses_are_free,
    prose_can_be_shown,
    decisions_have_a_date,
)
"""The rules that look at valid records only."""

__all__ = ["RULES", "Rule"]
