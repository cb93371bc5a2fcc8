"""What the pages work out from the records: notice, steps, votes, money, outcome, lists."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from minutebook.pages.lifecycle import next_step, steps
from minutebook.pages.money_of_decision import money
from minutebook.pages.notice import clear_days, notice
from minutebook.pages.outcome import outcome
from minutebook.pages.paging import parts
from minutebook.pages.related import related
from minutebook.pages.votes import vote_bar, votes
from minutebook.publishing.frame import linked_data
from minutebook.records.load import load
from minutebook.records.model import Contract, Decision, Evaluation, Payment
from minutebook.records.model.decision import CallIn, Count, Vote, VoteEvent, Withdrawal
from minutebook.records.model.money import ContractValue
from minutebook.records.model.people import Membership, Provider
from minutebook.records.model.sums import Adder
from minutebook.records.model.values import Pence, Period
from minutebook.records.records import Records
from minutebook.records.register import Register, register

SECOND = Path(__file__).resolve().parent / "second_council"
AS_OF = date(2026, 6, 1)


@pytest.fixture(scope="module")
def records() -> Records:
    found = load(SECOND).records
    assert found
    return found


def registered(records: Records, **changed: dict[str, Any]) -> Register:
    """A register of these records, with the records of some types put in place of theirs."""
    by_type = {**records.by_type, **changed}
    return register(dataclasses.replace(records, by_type=by_type), AS_OF)


@pytest.fixture
def decision(records: Records) -> Decision:
    """A plain decision of 1 May 2026."""
    one = next(iter(records.decisions.values()))
    return dataclasses.replace(
        one,
        status="in-force",
        date_proposed=date(2026, 3, 1),
        date_decided=date(2026, 5, 1),
        notice_published=None,
        call_in=None,
        effective_date=None,
        date_implemented=None,
        evaluation_due=None,
        vote_events=(),
        contracts=(),
        budget=None,
        meeting=None,
    )


def test_clear_days_leave_out_both_ends() -> None:
    assert clear_days(date(2026, 3, 1), date(2026, 3, 2)) == 0
    assert clear_days(date(2026, 3, 1), date(2026, 3, 30)) == 28


@pytest.mark.parametrize(("given", "met"), [(date(2026, 4, 2), True), (date(2026, 4, 3), False)])
def test_a_key_decision_needs_28_clear_days(
    records: Records, decision: Decision, given: date, met: bool
) -> None:
    council = dataclasses.replace(records.council, rulebook="england")
    english = registered(dataclasses.replace(records, council=council))
    key = dataclasses.replace(decision, is_key=True, notice_published=given)
    told = notice(english, key)
    assert told and told["met"] is met
    assert notice(english, dataclasses.replace(decision, is_key=False)) is None


def test_a_decision_can_be_called_in_until_its_window_ends(
    records: Records, decision: Decision
) -> None:
    fresh = dataclasses.replace(decision, call_in=CallIn(subject=True, window_end=AS_OF))
    life = steps(registered(records), fresh)
    step = next_step(fresh, life)
    assert step and (step["kind"], step["state"], step["until"]) == (
        "call-in-window",
        "current",
        AS_OF,
    )
    over = dataclasses.replace(decision, call_in=CallIn(subject=True, window_end=date(2026, 5, 31)))
    kinds = [(step["kind"], step["state"]) for step in steps(registered(records), over)]
    assert kinds[-1] == ("call-in-window", "current")  # the last thing that happened
    assert next_step(over, steps(registered(records), over)) is None


def test_a_call_in_holds_a_decision_up(records: Records, decision: Decision) -> None:
    held = dataclasses.replace(
        decision,
        status="called-in",
        effective_date=date(2026, 5, 10),
        call_in=CallIn(subject=True, requested_on=date(2026, 5, 6)),
    )
    found = {step["kind"]: step["state"] for step in steps(registered(records), held)}
    assert found["called-in"] == "current"
    assert found["effective"] == "to-come"


def test_a_withdrawn_matter_has_no_steps_to_come(records: Records, decision: Decision) -> None:
    gone = dataclasses.replace(
        decision,
        status="withdrawn",
        date_decided=None,
        expected_period=Period(start=date(2026, 9, 1), end=date(2026, 9, 1)),
        withdrawn=Withdrawal(date=date(2026, 5, 20), reason="It was not needed."),
    )
    life = steps(registered(records), gone)
    assert life[-1]["kind"] == "withdrawn"
    assert all(step["state"] != "to-come" for step in life)


def test_votes_show_each_member_in_the_group_of_that_day(
    records: Records, decision: Decision
) -> None:
    ids = list(records.people)[:2]
    seats = (
        Membership(body="x", role="Member", starts=date(2020, 1, 1), ends=AS_OF, group="Old"),
        Membership(body="x", role="Member", starts=date(2026, 6, 2), group="New"),
    )
    people = {
        id: dataclasses.replace(records.people[id], memberships=seats) for id in records.people
    }
    event = VoteEvent(
        motion_text="That it be so.",
        result="carried",
        counts=(Count(option="against", value=1), Count(option="for", value=1)),
        votes=(Vote(voter=ids[0], option="against"), Vote(voter=ids[1], option="for")),
    )
    voted = dataclasses.replace(decision, vote_events=(event,))
    (told,) = votes(registered(records, person=people), voted)
    assert [count["option"] for count in told["counts"]] == ["for", "against"]
    shown = [
        (row["option"], group["name"], len(group["members"]))
        for row in told["rows"]
        for group in row["groups"]
    ]
    assert shown == [("for", "Old", 1), ("against", "Old", 1)]
    assert told["groups"] == [{"name": "Old", "number": 0, "values": [1, 1]}]
    bar = vote_bar(voted)
    assert bar and bar["parts"] == [("for", 0.0, 50.0), ("against", 50.0, 50.0)]
    assert vote_bar(decision) is None


def test_a_payment_counts_for_one_decision(records: Records, decision: Decision) -> None:
    """By the decision it names; else by the first decision of its contract."""
    contract = Contract(
        id="c",
        title="C",
        summary="C",
        provider="p",
        decisions=(decision.id, "other"),
        status="active",
        period=Period(start=AS_OF, end=AS_OF),
        value=ContractValue(amount=Pence(900), currency="GBP"),
    )
    rows = (("c", None, 100), ("c", decision.id, 10), ("c", "other", 1), (None, None, 1000))
    payments = tuple(
        Payment(
            BeneficiaryName="B", Amount=Pence(amount), ContractRef=under, DecisionRef=decided_in
        )
        for under, decided_in, amount in rows
    )
    adder = Adder({"name": "BeneficiaryName", "date": "PaymentDate"})
    adder.add(
        {
            "BeneficiaryName": ["B"] * len(rows),
            "ContractRef": [under or "" for under, _, _ in rows],
            "DecisionRef": [decided_in or "" for _, decided_in, _ in rows],
        },
        [amount for _, _, amount in rows],
    )
    sums = adder.sums(("BeneficiaryName", "ContractRef", "DecisionRef"))
    release = dataclasses.replace(
        next(iter(records.releases.values())), payments=payments, sums=sums
    )
    provider = Provider(
        id="p", name="P", summary="P", classification="company", document={"id": "p"}
    )
    whole = registered(
        records,
        contract={"c": dataclasses.replace(contract, document={"id": "c"})},
        provider={"p": provider},
        release={release.id: release},
    )
    first = money(whole, dataclasses.replace(decision, contracts=("c",)))
    second = money(whole, dataclasses.replace(decision, id="other", contracts=("c",)))
    assert first and first["paid"] == 110
    assert second and second["paid"] == 1
    assert money(whole, dataclasses.replace(decision, id="third")) is None


def test_silence_about_the_outcome_is_shown_when_it_is_overdue(
    records: Records, decision: Decision
) -> None:
    due = dataclasses.replace(decision, evaluation_due=date(2026, 5, 31))
    told = outcome(registered(records), due)
    assert told and told["overdue"] is True
    evaluation = Evaluation(
        id="e",
        title="E",
        summary="It failed.",
        decision=decision.id,
        date=AS_OF,
        verdict="failed",
        document={"id": "e", "decision": decision.id},
    )
    told = outcome(registered(records, evaluation={"e": evaluation}), due)
    assert told and told["overdue"] is False
    assert [one["verdict"] for one in told["evaluations"]] == ["failed"]
    assert outcome(registered(records), decision) is None


def test_neighbours_are_the_nearest_in_time(records: Records, decision: Decision) -> None:
    place, topic = "somewhere", "something"
    many = {
        f"d{day:02}": dataclasses.replace(
            decision,
            id=f"d{day:02}",
            date_decided=date(2026, 5, day),
            places=(place,),
            topics=(topic,),
            petitions=(),
            participation=(),
            document={"id": f"d{day:02}"},
        )
        for day in range(1, 21)
    }
    found = related(registered(records, decision=many), many["d10"])
    assert [row["address"] for row in found["near"]] == [
        f"decisions/{id}/" for id in ("d09", "d08", "d07", "d12", "d11")
    ]


def test_every_page_of_a_list_leads_to_every_other() -> None:
    ids = [str(number) for number in range(101)]
    pages = list(parts("decisions/", ids))
    assert [page.address for page in pages] == [
        "decisions/",
        "decisions/page-2/",
        "decisions/page-3/",
    ]
    assert [id for page in pages for id in page.ids] == ids
    for page in pages:
        assert [other["address"] for other in page.paging["pages"]] == [p.address for p in pages]
    (empty,) = parts("decisions/", [])
    assert empty.address == "decisions/"
    assert empty.paging["pages"] == []


def test_linked_data_cannot_end_its_script() -> None:
    told = linked_data({"name": "</script><script>alert(1)</script>"})
    assert isinstance(told, Markup)
    assert "<" not in told
    assert "\\u003c/script" in told


def test_the_policy_allows_the_inline_script_of_the_page_and_no_other(second_site: Path) -> None:
    page = (second_site / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    scripts = re.findall(r"<script(?![^>]*(?:src=|ld\+json))[^>]*>(.*?)</script>", page, re.DOTALL)
    assert policy
    assert len(scripts) == 1

    def allowed(script: str) -> bool:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        return digest in policy[1]

    assert allowed(scripts[0])
    assert not allowed(scripts[0] + " ")
    assert "unsafe" not in policy[1]
