"""The rules, each a function whose docstring is the rule.

Those in `OWN` look at one record by itself: its type and document -> complaints. The others may look up
other records: the sound records -> (path, complaint), about the records that `of` and `owed` give.
"""

from collections.abc import Callable, Iterator, Mapping

from minutebook.records.messages import Complaint
from minutebook.records.rules.ballots import (
    declared_interests_agree,
    quorum_is_met,
    quorum_was_there,
    result_follows,
    voters_are_members,
    votes_fit_the_seats,
)
from minutebook.records.rules.callin import (
    call_in_has_its_callers,
    call_in_is_settled,
    call_in_window_is_right,
    nothing_is_in_force_too_early,
)
from minutebook.records.rules.dates import (
    days_do_not_run_backwards,
    evaluated_after_decided,
    meeting_is_the_one,
    status_follows_from_facts,
)
from minutebook.records.rules.lifecycle import dates_in_order, status_has_its_facts
from minutebook.records.rules.money import (
    one_currency,
    paid_within_the_contract,
    payments_in_their_period,
)
from minutebook.records.rules.names import addresses_are_free
from minutebook.records.rules.notices import (
    exceptions_say_why,
    exempt_papers_stay_private,
    key_decisions_have_notice,
    large_sums_are_key,
    notices_are_whole,
    private_meetings_have_notice,
    wide_effects_are_key,
)
from minutebook.records.rules.payees import (
    a_spelling_is_one_supplier,
    identifiers_have_their_form,
    spellings_are_used,
)
from minutebook.records.rules.prose import prose_can_be_shown
from minutebook.records.rules.recorded import decisions_have_a_date
from minutebook.records.rules.sound import Document, Sound
from minutebook.records.rules.statements import (
    alternatives_are_recorded,
    budgets_have_a_recorded_vote,
    equality_is_assessed,
    executive_statements_are_whole,
    officer_records_are_whole,
    people_had_their_say,
    voting_with_an_interest_is_allowed,
)
from minutebook.records.rules.switches import switches_name_rules
from minutebook.records.rules.votes import counts_equal_roll, one_vote_each

Own = Callable[[str, Document], Iterator[Complaint]]
Rule = Callable[[Sound], Iterator[tuple[str, Complaint]]]

OWN: tuple[Own, ...] = (
    counts_equal_roll,
    one_vote_each,
    dates_in_order,
    addresses_are_free,
    prose_can_be_shown,
    days_do_not_run_backwards,
    status_follows_from_facts,
    decisions_have_a_date,
)
"""The rules that look at one valid record by itself, at every council."""

RULES: tuple[Rule, ...] = (
    status_has_its_facts,
    switches_name_rules,
    result_follows,
    voters_are_members,
    quorum_is_met,
    quorum_was_there,
    votes_fit_the_seats,
    declared_interests_agree,
    evaluated_after_decided,
    meeting_is_the_one,
    one_currency,
    paid_within_the_contract,
    payments_in_their_period,
    a_spelling_is_one_supplier,
    identifiers_have_their_form,
    spellings_are_used,
)
"""The rules that look things up in other valid records, at every council."""

STATUTORY: Mapping[str, tuple[Rule, ...]] = {
    "england": (
        key_decisions_have_notice,
        exceptions_say_why,
        notices_are_whole,
        large_sums_are_key,
        wide_effects_are_key,
        private_meetings_have_notice,
        exempt_papers_stay_private,
        executive_statements_are_whole,
        officer_records_are_whole,
        alternatives_are_recorded,
        voting_with_an_interest_is_allowed,
        budgets_have_a_recorded_vote,
        equality_is_assessed,
        people_had_their_say,
        call_in_is_settled,
        call_in_window_is_right,
        nothing_is_in_force_too_early,
        call_in_has_its_callers,
    )
}
"""The rules of each rulebook, besides those."""

__all__ = ["OWN", "RULES", "STATUTORY", "Own", "Rule"]
