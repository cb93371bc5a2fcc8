"""The import of what ModernGov's web service answers, in the shapes in which it answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from minutebook.importing.records.engine import Outcome, Request, import_records
from minutebook.records.load import load
from minutebook.records.records import Records

SECOND = Path(__file__).resolve().parent / "second_council" / "council.yaml"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'

WARDS = """<councillorsbyward><wards><ward><wardtitle>Bishop's</wardtitle><councillors>
<councillorcount> 1</councillorcount><councillor>
<councillorid>8</councillorid><fullusername>Councillor Kay Drum</fullusername>
<politicalpartytitle>Labour</politicalpartytitle><keyposts>
</keyposts><homeaddress><line1>1 Secret Road</line1></homeaddress>
<termsofoffice><termofoffice><startdate>23/05/2014</startdate><enddate>unspecified</enddate>
</termofoffice></termsofoffice></councillor></councillors></ward></wards></councillorsbyward>"""

COMMITTEES = """<committees><committee><committeeid>2</committeeid>
<committeetitle>Planning &amp;amp; Licensing Committee</committeetitle>
<committeedeleted>False</committeedeleted><committeeexpired>False</committeeexpired>
<committeecategory>Regulatory</committeecategory></committee>
<committee><committeeid>3</committeeid><committeetitle>Old Committee</committeetitle>
<committeedeleted>True</committeedeleted></committee></committees>"""

# The list names the committee once, around its meetings, and no meeting names it.
LISTED = """<getmeetings><committee><committeeid>2</committeeid>
<committeetitle>Planning &amp;amp; Licensing Committee</committeetitle><committeemeetings>
<meeting><meetingid>31</meetingid><meetingdate>04/03/2026</meetingdate>
<meetingtime>7.00 pm</meetingtime><meetingstatus>Confirmed</meetingstatus><iswebcast>False</iswebcast>
</meeting><meeting><meetingid>32</meetingid><meetingdate>08/04/2026</meetingdate>
<meetingtime>7.00 pm</meetingtime><meetingstatus>Cancelled</meetingstatus></meeting>
</committeemeetings></committee></getmeetings>"""

BY_DATE = """<getmeetingsbydate><meetingscount>1</meetingscount><meetings><meeting>
<meetingid>31</meetingid><committeeid>2</committeeid><committeetitle>Planning Committee</committeetitle>
<meetingdate>04/03/2026</meetingdate><meetingtime>19:00</meetingtime>
<meetingstatus>Confirmed</meetingstatus></meeting></meetings></getmeetingsbydate>"""

DECISION = """<html><head><style>p {margin: 0}</style></head><body><p>RESOLVED &ndash; That the mill
be mended.</p><p><b>Reasons for decision:</b></p><p>It leaks.</p><p><b>Call-in</b></p>
<p>Until 12 March.</p></body></html>"""
MINUTES = (
    """<p>A resident of the mill spoke.</p><p><strong>RESOLVED:</strong> That it be sold.</p>"""
)


def item(number: int, title: str, **fields: str) -> str:
    """One agenda item as GetMeeting gives it: HTML stands in it as text."""
    known = {
        "agendaitemid": str(500 + number),
        "agendaitemtitle": escape(title),
        "agendaitemnumber": str(number),
        "minutesitemnumber": str(number),
        "isrestricted": "False",
        "isdisplayallowed": "True",
        "isdecision": "False",
        "isdecisionpublished": "False",
        "isminutepublished": "False",
        **fields,
    }
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in known.items())
    return f"<agendaitem>{inside}</agendaitem>"


MEETING = f"""<meeting><meetingid>31</meetingid><meetingdate>04/03/2026</meetingdate>
<meetingtime>7.00 pm</meetingtime><meetingactualstarttime>7.02 pm</meetingactualstarttime>
<meetingactualfinishtime>9.10 pm</meetingactualfinishtime><meetingstatus>Confirmed</meetingstatus>
<meetinglocation>Town Hall</meetinglocation><agendapublished>True</agendapublished>
<decisionpublished>True</decisionpublished><minutepublished>True</minutepublished>
<linkeddocuments><linkeddoc><title>Printed minutes</title><url>https://example.org/m 31.pdf</url>
<isrestricted>False</isrestricted></linkeddoc><linkeddoc><title>Supplement</title>
<url>https://example.org/s.pdf</url></linkeddoc></linkeddocuments>
<agendaitems>
{
    item(
        4,
        "Old mill",
        isdecision="True",
        isdecisionpublished="True",
        decisionnonemptyhtmlbody=escape(DECISION),
        agendatext=escape("<p>To consider the <em>roof</em>.</p>"),
        linkeddocuments="<linkeddoc><attachmentid>9</attachmentid><title>Report</title>"
        "<url>https://example.org/r.pdf</url><isrestricted>False</isrestricted></linkeddoc>"
        "<linkeddoc><title>Secret</title><isrestricted>True</isrestricted></linkeddoc>",
    )
}
{item(5, "Secret land", isrestricted="True", decisionnonemptyhtmlbody="RESOLVED: sell")}
{item(6, "New mill", isminutepublished="True", minutesnonemptyhtmlbody=escape(MINUTES))}
{item(7, "Draft", isdecision="True", decisionnonemptyhtmlbody="Not yet public")}
</agendaitems>
<attendees>
<attendee membertype="member" memberid="8" name="Cllr Kay Drum" attendance="Apologies"/>
<attendee membertype="officer" memberid="90" name="Pat Clerk" attendance="Present"/>
</attendees></meeting>"""


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "council.yaml").write_bytes(SECOND.read_bytes())
    return folder


def run(into: Path, files: Mapping[str, str]) -> Outcome:
    folder = into.parent / "source"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return import_records(Request("moderngov", [folder], into))


def records(into: Path) -> Records:
    loaded = load(into)
    assert loaded.records is not None, [problem.text() for problem in loaded.problems]
    return loaded.records


def test_a_meeting_is_put_together_from_all_answers(into: Path) -> None:
    files = {"a.xml": WARDS, "b.xml": COMMITTEES, "c.xml": LISTED, "d.xml": MEETING}
    outcome = run(into, {name: HEAD + text for name, text in files.items()})
    assert not [fault for fault in outcome.faults if fault.whole]
    held = records(into)
    assert len(held.meetings) == 2
    cancelled, meeting = sorted(held.meetings.values(), key=lambda one: one.status)
    assert cancelled.status == "cancelled"
    body = held.bodies[meeting.body]
    assert (body.name, body.classification) == ("Planning & Licensing Committee", "regulatory")
    assert (meeting.status, meeting.starts, meeting.ends) == ("held", "19:00", "21:10")
    assert (meeting.venue, meeting.minutes) == ("Town Hall", "https://example.org/m%2031.pdf")
    assert [paper.name for paper in meeting.documents] == ["Supplement"]
    assert [row.title for row in meeting.agenda_items] == ["Old mill", "New mill", "Draft"]
    assert [(one.person, one.presence) for one in meeting.attendance] == [("kay-drum", "apologies")]
    assert list(held.people) == ["kay-drum"], "officers have no seat"
    assert outcome.run.figures.left["attendees who are no members"] == 1


def test_what_was_decided_and_why(into: Path) -> None:
    run(into, {"c.xml": LISTED, "d.xml": MEETING})
    held = records(into)
    mill = held.decisions["2026-03-04-old-mill"]
    assert mill.decision_text == (
        "RESOLVED – That the mill be mended.\n\nCall-in\n\nUntil 12 March."
    )
    assert mill.reasons == "It leaks." and mill.context == "To consider the roof."
    assert str(mill.date_decided) == "2026-03-04" and mill.meeting in held.meetings
    assert [paper.name for paper in mill.background_papers] == ["Report"]
    sold = held.decisions["2026-03-04-new-mill"]
    assert sold.decision_text == "RESOLVED: That it be sold.", "the debate before it stays out"
    assert len(held.decisions) == 2, "what is restricted or not yet published is no decision"


def test_nothing_restricted_or_private_is_written(into: Path) -> None:
    run(into, {"a.xml": WARDS, "c.xml": LISTED, "d.xml": MEETING})
    written = b"".join(path.read_bytes() for path in into.rglob("*") if path.is_file())
    for word in (b"Secret", b"resident", b"Pat Clerk", b"Not yet public"):
        assert word not in written


def test_the_list_by_date_names_the_committee_of_each(into: Path) -> None:
    run(into, {"by-date.xml": BY_DATE})
    (meeting,) = records(into).meetings.values()
    assert (meeting.body, meeting.starts, meeting.status) == (
        "planning-committee",
        "19:00",
        "scheduled",
    )


def test_a_meeting_whose_committee_nobody_names_is_told(into: Path) -> None:
    outcome = run(into, {"d.xml": MEETING})
    (fault,) = [fault for fault in outcome.faults if fault.whole]
    assert fault.where == "d.xml" and "GetMeetings" in fault.reason
    assert not records(into).meetings
    run(into, {"c.xml": LISTED})
    assert len(records(into).meetings) == 2, "with the list it is taken"


def test_soap_is_the_same(into: Path) -> None:
    inner = COMMITTEES.replace("<committees>", '<committees xmlns="">')
    soap = f"""{HEAD}<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
    <GetCommitteesResponse xmlns="http://moderngov.co.uk/namespaces"><GetCommitteesResult>{inner}
    </GetCommitteesResult></GetCommitteesResponse></soap:Body></soap:Envelope>"""
    outcome = run(into, {"soap.xml": soap})
    assert list(records(into).bodies) == ["planning-and-licensing-committee"]
    assert outcome.run.figures.tombstones == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body>Error</body></html>", "web page"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><meeting>&b;</meeting>', "entities of its own"),
        (MEETING[:900], "is cut off"),
        ("<committees></committees>", "holds no committee"),
        ("<getmeetings><committee/></getmeetings>", "holds no meeting"),
        ("<councillorsbyward><wards/></councillorsbyward>", "holds no councillor"),
        ("<other><thing/></other>", '"other" is not known'),
        (
            '<e:Envelope xmlns:e="x"><e:Body><e:Fault><faultstring>No such id</faultstring></e:Fault>'
            "</e:Body></e:Envelope>",
            "No such id",
        ),
        ("<meeting><meetingdate>04/03/2026</meetingdate></meeting>", "has no number"),
    ],
)
def test_what_is_no_answer_is_told(into: Path, text: str, reason: str) -> None:
    outcome = run(into, {"x.xml": text, "y.xml": LISTED})
    (fault,) = [fault for fault in outcome.faults if fault.whole]
    assert fault.where == "x.xml" and reason in fault.reason
    assert len(records(into).meetings) == 2, "the other file is taken all the same"


def test_one_number_for_two_people_is_not_one_person(into: Path) -> None:
    """Answers of two councils in one folder: each counts its councillors from one."""
    other = WARDS.replace("Kay Drum", "Niran Joseph").replace("Bishop's", "Mile End")
    run(into, {"a.xml": WARDS, "b.xml": other})
    assert sorted(records(into).people) == ["kay-drum", "niran-joseph"]
    again = run(into, {})
    assert not again.kept.made and not again.kept.updated


def test_two_numbers_are_two_people(into: Path) -> None:
    run(into, {"a.xml": WARDS, "b.xml": WARDS.replace("<councillorid>8", "<councillorid>9")})
    assert len(records(into).people) == 2


def test_meetings_collected_from_pages(into: Path) -> None:
    """What collectors of pages write, with the members of committees beside the meetings."""
    held = """{"source": "https://example.org", "last_updated": "2026-03-11T22:09:51.000Z",
    "committees": [{"cid": "975", "name": "Planning   Licensing", "members": [
      {"name": "Cllr Al Moss", "role": "Chair", "uid": "154"}, {"role": "Member"}]}],
    "meetings": [{"id": "p-1", "date": "2026-02-10", "time": "18:30",
      "committee": "Planning   Licensing", "status": "agenda_published", "cancelled": false,
      "link": "https://example.org/1", "agenda_items": ["Mill"],
      "documents": [{"title": "Agenda pack", "url": "https://example.org/a b.pdf"}, "Mill report"]},
      {"id": "p-2", "committee": "Planning"}, {"id": "p-3", "date": "2026-02-11"}, 7]}"""
    outcome = run(into, {"a.json": held})
    kept = records(into)
    (meeting,) = kept.meetings.values()
    assert kept.bodies[meeting.body].name == "Planning & Licensing"
    (person,) = kept.people.values()
    assert (person.name, person.memberships[0].role) == ("Al Moss", "Chair")
    assert [(paper.name, paper.url) for paper in meeting.documents] == [
        ("Agenda pack", "https://example.org/a%20b.pdf"),
        ("Mill report", None),
    ]
    whole = [fault.field for fault in outcome.faults if fault.whole]
    assert sorted(whole) == ["committee", "date", "meetings", "name"]
