"""Rulebooks: data and code agree, a council can switch and set them, and time makes its own problems."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from record_cases import BASE, INVALID, check, in_england, lay_out

from minutebook.pages.retention import kept_until
from minutebook.records.completeness import Duty, by_month, completeness
from minutebook.records.load import load
from minutebook.records.overdue import overdue
from minutebook.records.register import register
from minutebook.records.rulebook import SEVERITIES, in_force, standard
from minutebook.records.rules import RULES, STATUTORY
from minutebook.records.schema import codelist, schema
from minutebook.records.workingdays import NoHolidays, working_days

ROOT = Path(__file__).resolve().parents[1]
ENGLAND = standard("england")
LATE = sorted(code for code in ENGLAND.rules if code.endswith("-late"))


# The data


@pytest.mark.parametrize("code", sorted(ENGLAND.rules))
def test_a_rule_says_all_that_a_clerk_needs(code: str) -> None:
    rule = ENGLAND.rules[code]
    assert rule.title and rule.requires.endswith(".") and rule.mend.endswith((".", "--upgrade"))
    assert rule.source and rule.severity in SEVERITIES
    assert all(
        name in schema("council").resolved["properties"]["parameters"]["properties"]
        for name in rule.parameters
    )


def test_every_rule_but_those_of_time_has_a_case() -> None:
    told = "".join(path.read_text("utf-8") for path in INVALID.glob("*.expected"))
    found = set(re.findall(r"\[([a-z-]+)\]$", told, re.MULTILINE))
    assert set(ENGLAND.rules) - found == set(LATE)


def test_every_rule_of_a_book_is_used_and_every_book_has_its_functions() -> None:
    assert set(STATUTORY) == {name for name in codelist("rulebook") if name != "none"}
    source = "".join(
        path.read_text("utf-8") for path in (ROOT / "plugins/minutebook/records").rglob("*.py")
    )
    assert [code for code in ENGLAND.rules if f'"{code}"' not in source] == []
    assert len(RULES) == len(set(RULES))


def test_without_a_rulebook_only_the_general_rules_hold() -> None:
    assert "key-notice" not in standard("none").rules
    assert "vote-count" in standard("none").rules


# What a council changes


def england(tmp_path: Path, case: str, more: str) -> Path:
    content = lay_out(case, tmp_path / "content")
    council = content / "council.yaml"
    council.write_text(council.read_text("utf-8") + more, encoding="utf-8")
    return content


def switched(rule: str, severity: str) -> str:
    return f'rules: [{{rule: {rule}, severity: "{severity}", reason: To try it.}}]\n'


def test_a_rule_can_be_a_warning_and_is_published_so(tmp_path: Path) -> None:
    content = england(tmp_path, "england-equality", switched("equality", "warning"))
    loaded = load(content)
    assert loaded.problems == []
    assert loaded.records is not None
    assert [problem.code for problem in loaded.records.warnings] == ["equality"]
    assert "warning: significance:" in check(content)


def test_a_warning_can_be_made_an_error(tmp_path: Path) -> None:
    content = england(tmp_path, "england-nobody-asked", switched("participation-level", "error"))
    loaded = load(content)
    assert loaded.records is None
    assert [problem.code for problem in loaded.problems] == ["participation-level"]


def test_a_rule_can_be_off(tmp_path: Path) -> None:
    assert check(england(tmp_path, "england-equality", switched("equality", "off"))) == ""


@pytest.mark.parametrize(
    ("case", "parameter"),
    [
        ("england-short-notice", "key_notice_days: 27"),
        ("england-general-exception", "exception_notice_days: 4"),
        ("england-call-in-bank-holiday", "call_in_days: 4"),
        ("england-nobody-asked", "participation_high: inform"),
    ],
)
def test_a_constitution_sets_its_own_figures(case: str, parameter: str, tmp_path: Path) -> None:
    assert check(lay_out(case, tmp_path / "before" / "content")) != ""
    assert check(england(tmp_path, case, f"parameters: {{{parameter}}}\n")) == ""


def test_a_constitution_may_count_working_days_for_the_exception(tmp_path: Path) -> None:
    """The regulations count clear days; five of them from 14 May 2026 hold a week-end."""
    content = lay_out("england-general-exception", tmp_path / "content")
    record = content / "decisions/2026-900.md"
    record.write_text(record.read_text("utf-8").replace("2026-05-15", "2026-05-14"), "utf-8")
    assert check(content) == ""
    council = content / "council.yaml"
    more = "parameters: {exception_working_days: true}\n"
    council.write_text(council.read_text("utf-8") + more, encoding="utf-8")
    assert "3 clear working days" in check(content)


def test_what_a_council_changes_is_told_beside_the_standard() -> None:
    choice = {"rule": "equality", "severity": "off", "reason": "Why."}
    book = in_force({"rulebook": "england", "rules": [choice], "parameters": {"call_in_days": 7}})
    assert book.rules["equality"].standard == "error"
    assert book.changed == {"call_in_days": 5}


# Working days


def test_working_days_leave_out_week_ends_and_the_nation_s_holidays() -> None:
    assert working_days("england").after(date(2026, 5, 21), 5) == date(2026, 5, 29)
    assert working_days("other").after(date(2026, 5, 21), 5) == date(2026, 5, 28)
    # 2 January and St Andrew's Day are holidays in Scotland only.
    assert working_days("scotland").after(date(2026, 11, 27), 1) == date(2026, 12, 1)
    assert working_days("england").after(date(2026, 11, 27), 1) == date(2026, 11, 30)


def test_beyond_the_known_holidays_nothing_is_guessed() -> None:
    with pytest.raises(NoHolidays):
        working_days("england").after(date(2050, 1, 3), 1)


# What is late


def late(content: Path, day: str) -> list[str]:
    records = load(content).records
    assert records
    return [problem.code for problem in overdue(content, records, date.fromisoformat(day))]


COMING = """---
id: 2026-900
title: Mend the roof
summary: The roof of the library is mended.
classification: executive
status: proposed
origin: officer
is_key: true
key_reason: It spends more than the threshold.
decision_maker: cabinet
date_proposed: 2026-04-20
expected_period: {start: 2026-07-01, end: 2026-07-31}
evaluation_due: 2026-12-31
---
"""


@pytest.fixture
def owing(tmp_path: Path) -> Path:
    """A council that will owe a notice, a decision, an evaluation, an answer, a reply and a release."""
    content = shutil.copytree(BASE, tmp_path / "content")
    in_england(content)
    (content / "decisions/2026-900.md").write_text(COMING, encoding="utf-8")
    for path, old, new in (
        ("petitions/2026-001-books.md", "state: answered", "state: closed\nclosed: 2026-03-01"),
        ("participation/2026-001-books.md", "status: replied", "status: considering"),
        ("spending/2026-04.yaml", "currency", "date_published: 2026-05-20\ncurrency"),
    ):
        text = (content / path).read_text("utf-8")
        assert old in text
        (content / path).write_text(text.replace(old, new), encoding="utf-8")
    return content


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("petition-late", "2026-04-12"),
        ("reply-late", "2026-05-23"),
        ("notice-late", "2026-06-02"),
        ("spending-late", "2026-07-01"),
        ("decision-late", "2026-07-31"),
        ("evaluation-late", "2026-12-31"),
    ],
)
def test_a_duty_is_late_on_the_day_after_its_last(code: str, last: str, owing: Path) -> None:
    after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    assert code not in late(owing, last)
    assert code in late(owing, after)


def test_every_rule_of_time_is_tried() -> None:
    tried = test_a_duty_is_late_on_the_day_after_its_last.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert sorted(code for code, _ in tried) == LATE


def test_what_came_late_was_late_in_between() -> None:
    duty = Duty(date(2026, 3, 1), "x", "decision", "a", "A", "a.md", "f", done=date(2026, 4, 1))
    assert [duty.late_on(date(2026, month, 15)) for month in (2, 3, 4)] == [False, True, False]
    assert duty.came_late


def test_the_trend_ends_today_and_goes_back_a_year(owing: Path) -> None:
    records = load(owing).records
    assert records
    found = completeness(register(records, date(2026, 8, 15)))
    trend = found.trend()
    assert trend[-1] == (date(2026, 8, 15), len(found.late))
    assert trend[0][0] == date(2025, 8, 31)
    assert trend[0][1] == 0
    assert len(trend) == 13


def test_every_body_has_its_months(owing: Path) -> None:
    records = load(owing).records
    assert records
    found = completeness(register(records, date(2026, 8, 15)))
    table = by_month(found, ["cabinet", "sandbridge"])
    assert [len(row) for row in table.values()] == [12, 12]
    assert table["cabinet"][-2] == (1, 1)  # the decision that was expected in July
    assert table["cabinet"][-3] == (1, 1)  # the notice that was due in June


def test_the_sample_council_has_no_error_and_few_warnings() -> None:
    loaded = load(ROOT / "content")
    assert loaded.problems == []
    assert {problem.code for problem in loaded.warnings} <= {"participation-level", "overspent"}
    assert len(loaded.warnings) < 5


# The command


def run(*words: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / "check.py")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, script, *words], capture_output=True, text=True, env=environment
    )


def test_a_rule_is_explained_with_its_source() -> None:
    done = run("--explain", "key-notice")
    assert done.returncode == 0
    assert "28 clear days" in done.stdout
    assert "Regulations 2012, regulations 9, 10 and 11" in done.stdout
    assert "How to mend it" in done.stdout
    assert run("--explain", "key-notise").returncode == 2


def test_what_is_late_is_a_warning_and_no_failure(owing: Path) -> None:
    done = run("--content", str(owing), "--as-of", "2027-01-15", "--format", "github")
    assert done.returncode == 0, done.stdout
    assert "::warning file=" in done.stdout
    assert "title=evaluation-late" in done.stdout
    assert "::error" not in done.stdout


def test_how_long_a_record_is_kept_follows_from_the_rulebook() -> None:
    records = load(ROOT / "content").records
    assert records
    found = next(it for it in records.decisions.values() if it.date_decided)
    assert found.date_decided
    kept = kept_until(register(records, date(2026, 10, 15)), found)["record"]
    assert kept and kept.year == found.date_decided.year + 6
    leap = replace(found, date_decided=date(2024, 2, 29))
    assert kept_until(register(records, date(2026, 10, 15)), leap)["record"] == date(2030, 2, 28)
