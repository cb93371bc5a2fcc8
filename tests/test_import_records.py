"""The import of records on small sources written for these tests: each format, messy input, re-runs."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from minutebook.importing.records import days, shape, words
from minutebook.importing.records.ballots import Cast, vote_event
from minutebook.importing.records.command import main
from minutebook.importing.records.engine import FORMATS, Outcome, Request, import_records
from minutebook.importing.records.ids import Ids
from minutebook.importing.records.mapping import FOLDER, load
from minutebook.importing.records.who import Who
from minutebook.importing.refusal import RefusalError
from minutebook.pages.votes import vote_bar
from minutebook.records.load import load as load_records
from minutebook.records.records import Records

SECOND = Path(__file__).resolve().parent / "second_council" / "council.yaml"

ROLL = [
    {"ID": 1, "FullName": "Ana Reyes ", "Vote": "Affirmative"},
    {"ID": 2, "FullName": "Bo Lindqvist", "Vote": "Maternity"},
    {"ID": 3, "FullName": "Cy Obi", "Vote": "Affirmative"},
]
MATTER: dict[str, Any] = {
    "ID": 77,
    "File": "Int 0001-2017",
    "Name": "Longer opening hours.",
    "Title": "A Local Law in relation to longer opening hours",
    "Summary": "Libraries would open for longer.",
    "TypeName": "Introduction",
    "StatusName": "Enacted",
    "BodyID": 5,
    "BodyName": "Committee on Libraries",
    "IntroDate": "2017-01-10T00:00:00Z",
    "PassedDate": "2017-03-20T00:00:00Z",
    "EnactmentDate": "0001-01-01T00:00:00Z",
    "Sponsors": [{"ID": 1, "FullName": "Ana Reyes"}],
    "Text": "Be it enacted:\n\n## § 1. *Hours* [are] longer.",
    "History": [
        {
            "Date": "2017-03-14T13:30:00Z",
            "Action": "Approved by Council",
            "BodyID": 1,
            "BodyName": "City Council",
            "PassedFlagName": "Pass",
            "EventID": 900,
            "Votes": ROLL,
        }
    ],
    "Attachments": [{"Name": "Report", "Link": "https://example.org/a b.pdf"}],
}


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "council.yaml").write_bytes(SECOND.read_bytes())
    return folder


def source(tmp_path: Path, **files: object) -> Path:
    """A folder of files; what is not text is written as JSON."""
    folder = tmp_path / "source"
    folder.mkdir(exist_ok=True)
    for name, held in files.items():
        text = held if isinstance(held, str) else json.dumps(held)
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def run(format: str, folder: Path, into: Path, **more: Any) -> Outcome:
    return import_records(Request(format, [folder], into, **more))


def records(into: Path) -> Records:
    loaded = load_records(into)
    assert loaded.records is not None, [problem.text() for problem in loaded.problems]
    return loaded.records


def snapshot(into: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(into.rglob("*")) if path.is_file()}


def test_a_legistar_matter_keeps_what_was_printed(tmp_path: Path, into: Path) -> None:
    run("legistar", source(tmp_path, a__json=MATTER), into, retrieved="2020-02-02")
    one = records(into).decisions["int-0001-2017"]
    assert (one.status, one.decision_maker) == ("in-force", "city-council")
    assert str(one.date_decided) == "2017-03-14", "the day of the vote, not of the last status"
    assert one.effective_date is None, "0001-01-01 is no date"
    assert one.sponsors == ("ana-reyes",)
    event = one.vote_events[0]
    assert [(vote.option, vote.wording) for vote in event.votes] == [
        ("for", "Affirmative"),
        ("absent", "Maternity"),
        ("for", "Affirmative"),
    ]
    assert {count.option: count.value for count in event.counts} == {"for": 2, "absent": 1}
    assert event.wording == "Pass" and event.discrepancy is None
    assert one.background_papers[0].url == "https://example.org/a%20b.pdf"
    assert one.source and one.source.system == "legistar" and one.source.identifier == "matter 77"
    assert str(one.source.retrieved) == "2020-02-02"
    assert "\\#\\# § 1. \\*Hours\\* \\[are\\] longer" in (one.decision_text or "")


def test_names_with_the_prefix_of_the_api_are_the_same(tmp_path: Path, into: Path) -> None:
    event = {
        "EventId": 9,
        "EventBodyName": "Zoning Board",
        "EventDate": "2020-05-06T00:00:00",
        "EventTime": "6:30 PM",
        "EventAgendaStatusName": "Final",
    }
    run("legistar", source(tmp_path, e__json=[event, event]), into)
    (meeting,) = records(into).meetings.values()
    assert (meeting.body, str(meeting.date), meeting.starts) == (
        "zoning-board",
        "2020-05-06",
        "18:30",
    )


def test_a_roll_that_disagrees_is_kept_and_said(tmp_path: Path, into: Path) -> None:
    votes = [{**one, "Vote": "Negative"} for one in ROLL]
    wrong = {**MATTER, "History": [{**MATTER["History"][0], "Votes": votes}]}
    outcome = run("legistar", source(tmp_path, a__json=wrong), into)
    event = records(into).decisions["int-0001-2017"].vote_events[0]
    assert (outcome.run.figures.rolls, outcome.run.figures.rolls_disagree) == (1, 1)
    assert event.result == "carried", "as printed"
    assert "0 for and 3 against" in (event.discrepancy or "")


def test_nothing_changes_when_nothing_changed(tmp_path: Path, into: Path) -> None:
    folder = source(tmp_path, a__json=MATTER)
    run("legistar", folder, into, retrieved="2020-02-02")
    before = snapshot(into)
    outcome = run("legistar", folder, into, retrieved="2021-03-03")
    assert snapshot(into) == before, "a later look at the same thing is no change"
    assert not outcome.kept.made and not outcome.kept.updated


def test_officers_edits_stay_and_conflicts_are_told(tmp_path: Path, into: Path) -> None:
    run("legistar", source(tmp_path, a__json=MATTER), into)
    path = into / "decisions" / "2017" / "int-0001-2017.md"
    text = path.read_text(encoding="utf-8")
    text = text.replace("title: Longer opening hours.", "title: Libraries open for longer")
    text = text.replace("## Decision", "## Reasons\n\nPeople asked.\n\n## Decision")
    path.write_text(text, encoding="utf-8")
    changed = {**MATTER, "Name": "Much longer hours.", "StatusName": "Filed"}
    outcome = run("legistar", source(tmp_path, a__json=changed), into)
    one = records(into).decisions["int-0001-2017"]
    assert one.title == "Libraries open for longer", "changed here and there: ours is kept"
    assert [fault.field for fault in outcome.kept.conflicts] == ["title"]
    assert one.status == "closed", "only the source changed it"
    assert one.reasons == "People asked.", "only somebody here wrote it"
    again = run("legistar", source(tmp_path, a__json=changed), into)
    assert len(again.kept.conflicts) == 1, "it is told until it is settled"
    run("legistar", source(tmp_path, a__json=changed), into, keep_ours=True)
    settled = run("legistar", source(tmp_path, a__json=changed), into)
    assert not settled.kept.conflicts and not settled.kept.updated
    assert records(into).decisions["int-0001-2017"].title == "Libraries open for longer"


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path, into: Path) -> None:
    (into / "people").mkdir()
    (into / "people" / ".importing-x1").write_text("id: ha")
    run("legistar", source(tmp_path, a__json=MATTER), into)
    assert not list(into.rglob(".importing-*"))


def test_a_record_written_here_is_left_alone(tmp_path: Path, into: Path) -> None:
    (into / "bodies").mkdir()
    own = into / "bodies" / "city-council.yaml"
    own.write_text(
        "id: city-council\nname: City Council\nsummary: All of us.\nclassification: council\n"
    )
    before = own.read_bytes()
    run("legistar", source(tmp_path, a__json=MATTER), into)
    assert own.read_bytes() == before
    assert records(into).decisions["int-0001-2017"].decision_maker == "city-council"


@pytest.mark.parametrize(
    ("name", "held", "reason"),
    [
        ("page.json", "<!DOCTYPE html><html><title>Error</title></html>", "web page"),
        ("empty.json", "  \n", "is empty"),
        ("cut.json", '{"ID": 1, "File": "Int', "is cut off or is not JSON"),
        ("none.json", "[]", "the answer is empty"),
        ("other.json", '{"temperature": 12}', "no matter, event or person"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, into: Path, name: str, held: str, reason: str
) -> None:
    outcome = run("legistar", source(tmp_path, **{name.replace(".", "__"): held}), into)
    (fault,) = outcome.faults
    assert fault.where == name and reason in fault.reason


def test_a_truncated_archive_gives_what_it_holds_and_says_so(tmp_path: Path, into: Path) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for number in (1, 2):
            raw = json.dumps({**MATTER, "ID": number, "File": f"Int {number}"}).encode()
            raw += b" " * 20_000
            member = tarfile.TarInfo(f"matters/{number}.json")
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    path = tmp_path / "cut.tar.gz"
    path.write_bytes(gzip.compress(held.getvalue()[:25_000]))
    outcome = run("legistar", path, into)
    assert list(records(into).decisions) == ["int-1"]
    assert any("ends early" in fault.reason for fault in outcome.faults)


OPARL = "https://example.org/oparl"


def oparl(result: str | None) -> list[dict[str, Any]]:
    """A paper that was on the agenda of one meeting."""
    item = {"id": f"{OPARL}/items/1", "name": "Brücke", "number": "1", "order": 1}
    return [
        {
            "id": f"{OPARL}/organizations/1",
            "type": "https://schema.oparl.org/1.1/Organization",
            "name": "Gemeinderat",
        },
        {
            "id": f"{OPARL}/meetings/1",
            "type": "https://schema.oparl.org/1.1/Meeting",
            "name": "Gemeinderat",
            "start": "2019-05-02T15:30:00+02:00",
            "organization": [f"{OPARL}/organizations/1"],
            "agendaItem": [{**item, "consultation": f"{OPARL}/consultations/1", "result": result}],
        },
        {
            "id": f"{OPARL}/papers/1",
            "type": "https://schema.oparl.org/1.1/Paper",
            "name": "Neubau der Brücke",
            "reference": "2019/0042",
            "paperType": "Antrag",
            "date": "2019-04-01",
            "consultation": [
                {
                    "id": f"{OPARL}/consultations/1",
                    "agendaItem": item["id"],
                    "meeting": f"{OPARL}/meetings/1",
                    "organization": [f"{OPARL}/organizations/1"],
                    "role": "Entscheidung",
                }
            ],
        },
        {"id": f"{OPARL}/papers/2", "type": "https://schema.oparl.org/1.1/Paper", "deleted": True},
    ]


@pytest.mark.parametrize(
    ("result", "status", "vote"),
    [
        ("einstimmig zugestimmt", "decided", "carried"),
        ("mehrheitlich abgelehnt", "rejected", "lost"),
        ("bei Stimmengleichheit abgelehnt", "rejected", "lost"),
        ("Kenntnisnahme", "noted", None),
        ("verwiesen in den Jugendhilfeausschuss", "referred", None),
        ("Antrag zurückgezogen", "withdrawn", None),
        ("erledigt durch Stellungnahme der Verwaltung", "closed", None),
        ("vertagt", "deferred", None),
        ("etwas ganz anderes", "not-recorded", None),
        (None, "not-recorded", None),
    ],
)
def test_oparl_results_become_codes_and_stay_as_printed(
    tmp_path: Path, into: Path, result: str | None, status: str, vote: str | None
) -> None:
    outcome = run("oparl", source(tmp_path, all__json=oparl(result)), into)
    held = records(into)
    one = held.decisions["2019-0042"]
    assert one.status == status
    assert (one.vote_events[0].result if one.vote_events else None) == vote
    if vote:
        assert one.vote_events[0].wording == result and one.vote_events[0].counts == ()
    assert one.history[0].result == result
    (meeting,) = held.meetings.values()
    assert meeting.agenda_items[0].decision == "2019-0042"
    assert outcome.run.figures.tombstones == 1
    assert bool(outcome.run.figures.unmapped) == (result == "etwas ganz anderes")


def test_popolo(tmp_path: Path, into: Path) -> None:
    held = {
        "persons": [{"id": "o'day/al", "name": "Al Moss"}, {"id": "none", "name": "No Seat"}],
        "organizations": [
            {"id": "o'day", "name": "O'Day Council", "classification": "legislature"},
            {"id": "party/x", "name": "Greens", "classification": "party"},
        ],
        "memberships": [
            {
                "person_id": "o'day/al",
                "organization_id": "o'day",
                "role": "councillor",
                "on_behalf_of_id": "party/x",
            }
        ],
    }
    outcome = run("popolo", source(tmp_path, a__json=held), into)
    person = records(into).people["al-moss"]
    assert (person.memberships[0].group, person.memberships[0].role) == ("Greens", "Councillor")
    assert person.memberships[0].starts is None
    assert [fault.reason for fault in outcome.faults] == ["No Seat has no membership"]


TABLE = """Ref,When,What,Result,Notes,Al  Moss,B. Al Moss,Cy Obi
1,03/04/2020,"Mend
the roof",PASSED,x,YES,,NO
1,03/04/2020,Mend the roof again,PASSED,x,YES,,YES
2,31/31/2020,Paint it,PASSED,,,YES,YES
,,,,,,,
3,04/04/2020,,PASSED,,,YES,YES
"""
MAPPING = """title: Test
system: table
dates: dmy
record: decision
needs: [Ref, What]
key: [Ref]
columns: {identifier: Ref, title: What, status: Result, date_decided: When}
votes: {after: Notes, motion: What, printed: Result}
codes:
  decision-status: {passed: decided}
  vote-option: {"YES": for, "NO": against}
"""


def test_a_table_with_a_column_a_member(tmp_path: Path, into: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING)
    outcome = run("table", source(tmp_path, a__csv=TABLE), into, mapping=str(mapping))
    held = records(into)
    assert sorted(held.decisions) == ["1"]
    assert held.decisions["1"].title == "Mend the roof"
    assert held.decisions["1"].vote_events[0].result == "tied"
    assert sorted(held.people) == ["al-moss", "cy-obi"], "one person heads two columns"
    whole = [fault.field for fault in outcome.faults if fault.whole]
    assert sorted(whole) == ["date", "key", "title"]
    assert any(fault.field == "When" for fault in outcome.faults)
    noted = (into / "imports" / "suggested-aliases.yaml").read_text()
    assert "an initial is left out" in noted


def test_aliases_are_followed(tmp_path: Path, into: Path) -> None:
    (into / "imports").mkdir()
    said = {"people": [{"id": "ana-reyes", "names": ["Ana Reyes", "Cy Obi"]}]}
    (into / "imports" / "aliases.yaml").write_text(yaml.safe_dump(said))
    matter = json.loads(json.dumps(MATTER))
    for vote in matter["History"][0]["Votes"]:
        del vote["ID"]
    run("legistar", source(tmp_path, a__json=matter), into)
    assert sorted(records(into).people) == ["ana-reyes", "bo-lindqvist"]


def test_names_are_matched_with_care() -> None:
    who = Who("person", Ids({}, {}), titles=["Councillor", "Dr"])
    first = who.get("Councillor Zoë O’Neil")
    assert who.get("zoe o'neil") == who.get("Dr. Zoë  O'NEIL ") == first
    assert who.get("Zoë P. O'Neil") == first, "an initial is left out"
    assert who.get("Ελένη Γεωργίου") != who.get("李 明"), "other letters are letters too"
    smith = who.get("John A. Smith")
    assert who.get("John B. Smith") != smith, "two initials are two people"
    assert who.get("Mo Ali", "x:1") != who.get("Mo Ali", "x:2"), "two numbers are two people"
    assert who.get("Mo Ali-Khan", "x:1") == who.get("Mo Ali", "x:1"), "a former name"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("0001-01-01T00:00:00Z", ""),
        ("unspecified", ""),
        ("23/05/2014", "2014-05-23"),
        ("03-Jan-06", "2006-01-03"),
        ("2017-06-15T13:00:00-04:00", "2017-06-15"),
        ("43831", "2020-01-01"),
    ],
)
def test_days(said: str, day: str) -> None:
    assert days.day(said) == day


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a date"):
        days.day("31/31/2020")
    assert days.day("12/13/2017", "mdy") == "2017-12-13"
    assert (days.time("3:30 PM"), days.time("12:05 am"), days.time("soon")) == (
        "15:30",
        "00:05",
        "",
    )


def test_prose_shows_what_was_written() -> None:
    from minutebook.records.prose import html

    text = "# No heading\n\n1. no list\n- nor this\n<b>&[x](javascript:y)\n    no code"
    shown = html(words.prose(text))
    for tag in ("<h", "<li", "<a", "<b>", "<code"):
        assert tag not in shown
    assert "1. no list" in shown and "# No heading" in shown


def test_what_looks_private_stays_out(tmp_path: Path, into: Path) -> None:
    text = "Be it enacted.\n\nCard 4111 1111 1111 1111 pays.\n\nThat is all."
    outcome = run("legistar", source(tmp_path, a__json={**MATTER, "Text": text}), into)
    assert (
        records(into).decisions["int-0001-2017"].decision_text == "Be it enacted.\n\nThat is all."
    )
    (fault,) = outcome.faults
    assert "payment-card" in fault.reason and "4111" not in fault.reason


def test_a_vote_told_twice_is_said() -> None:
    roll = [Cast("al", "for", "Yes"), Cast("al", "against", "No"), Cast("cy", "for", "Yes")]
    event = vote_event("Mend it", roll, "carried", "Pass", printed={"for": 3})
    assert [vote["voter"] for vote in event["votes"]] == ["al", "cy"]
    assert "told twice" in event["discrepancy"] and "count printed is 3" in event["discrepancy"]


def test_the_fingerprint_of_a_field_does_not_depend_on_order() -> None:
    assert shape.checksum({"a": 1, "b": 2}) == shape.checksum({"b": 2, "a": 1})
    prints = shape.fingerprint({"id": "x", "title": "y", "source": {}})
    assert shape.read(shape.written(prints)) == prints and list(prints) == ["title"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_mapping_names_real_codes(path: Path) -> None:
    mapping = load(path.stem)
    assert mapping.rest["title"] and mapping.rest["system"] in FORMATS


def test_a_wrong_code_in_a_mapping_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("title: x\ncodes: {vote-option: {Aye: maybe}}\n")
    with pytest.raises(RefusalError, match='"maybe"'):
        load(str(wrong))


def test_the_command_says_what_happened(
    tmp_path: Path, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = source(tmp_path, a__json=MATTER, b__json="<html>")
    faults = tmp_path / "faults.csv"
    arguments = ["legistar", str(folder), "--into", str(into)]
    assert main([*arguments, "--dry-run"]) == 1
    assert not (into / "decisions").exists(), "a dry run writes nothing"
    assert main([*arguments, "--faults", str(faults)]) == 1
    told = capsys.readouterr().out
    assert "decision: 1 made" in told and "1 roll of votes" in told and "web page" in told
    assert "b.json" in faults.read_text()
    assert main(["legistar", str(tmp_path / "nowhere"), "--into", str(into)]) == 2
    assert main(["table", str(folder), "--into", str(into)]) == 2
    assert main(["legistar", str(folder), "--into", str(tmp_path)]) == 2


PERSON = {
    "PersonId": 3,
    "PersonFullName": "Cy Obi",
    "OfficeRecords": [
        {"BodyName": "City Council", "Title": "Member", "Start": "1990-01-01", "End": "1991-01-01"}
    ],
}


def test_a_source_may_contradict_itself_and_a_record_of_ours_may_not(
    tmp_path: Path, into: Path
) -> None:
    run("legistar", source(tmp_path, a__json=MATTER, b__json=PERSON), into)
    loaded = load_records(into)
    assert loaded.records is not None
    assert [warning.code for warning in loaded.warnings] == ["vote-member"]
    (path,) = into.rglob("int-0001-2017.md")
    head, _, rest = path.read_text(encoding="utf-8").partition("source:\n")
    path.write_text(f"{head}---\n{rest.partition('---')[2].lstrip()}", encoding="utf-8")
    assert [problem.code for problem in load_records(into).problems] == ["vote-member"]


def test_who_voted_had_a_seat_where_they_voted(tmp_path: Path, into: Path) -> None:
    elsewhere = {**PERSON, "OfficeRecords": [{"BodyName": "Zoning Board", "Title": "Chair"}]}
    run("legistar", source(tmp_path, a__json=MATTER, b__json=elsewhere), into)
    seats = records(into).people["cy-obi"].memberships
    assert [(seat.body, seat.role) for seat in seats] == [
        ("zoning-board", "Chair"),
        ("city-council", "Member"),
    ]
    assert load_records(into).warnings == []


def test_the_vote_of_a_committee_does_not_stand_for_the_council(tmp_path: Path, into: Path) -> None:
    council = MATTER["History"][0]
    committee = {**council, "BodyID": 5, "BodyName": "Committee on Libraries"}
    without_roll = {name: value for name, value in council.items() if name != "Votes"}
    history = [committee, without_roll]
    both = [{**MATTER, "History": history}, {**MATTER, "ID": 78, "File": "Int 0002-2017"}]
    run("legistar", source(tmp_path, a__json=both), into)
    held = records(into).decisions
    assert len(held["int-0001-2017"].vote_events) == 1
    assert vote_bar(held["int-0001-2017"]) is None
    bar = vote_bar(held["int-0002-2017"])
    assert bar and bar["counts"] == [{"option": "for", "value": 2}]


def test_damaged_characters_are_counted_and_stay(
    tmp_path: Path, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = source(tmp_path, a__json={**MATTER, "Text": "pursuant to � 2602 and � 3"})
    faults = tmp_path / "faults.csv"
    assert main(["legistar", str(folder), "--into", str(into), "--faults", str(faults)]) == 0
    assert "2 damaged characters" in capsys.readouterr().out
    assert "a.json,decision_text" in faults.read_text() and "kept" in faults.read_text()
    assert (records(into).decisions["int-0001-2017"].decision_text or "").count("�") == 2
