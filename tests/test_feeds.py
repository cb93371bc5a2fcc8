"""Feeds, calendars and the sitemap: what a subscriber and a search engine rely on."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import OPEN
from icalendar import Calendar

from minutebook.build import build
from minutebook.feeds.atom import feed
from minutebook.feeds.entries import Entry, latest
from minutebook.feeds.sitemap import LIMIT, robots, sitemaps
from minutebook.records.load import load
from minutebook.records.register import register

SITE = "https://records.testwick.example/open/"
ATOM = "{http://www.w3.org/2005/Atom}"
PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def atom(path: Path) -> ET.Element:
    """Read a feed, and check what RFC 4287 asks of every feed and entry."""
    root = ET.fromstring(path.read_bytes())
    assert root.tag == f"{ATOM}feed"
    assert text(root, "author/name") == "Testwick Town Council"
    for node in (root, *root.iter(f"{ATOM}entry")):
        assert text(node, "title")
        assert ":" in text(node, "id")
        assert datetime.fromisoformat(text(node, "updated")).tzinfo
        for link in node.findall(f"{ATOM}link"):
            assert link.attrib["href"].startswith(SITE)
    own = [link.attrib["href"] for link in root.findall(f"{ATOM}link[@rel='self']")]
    assert own == [f"{SITE}feeds/{path.name}"]
    ids = [text(entry, "id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def text(node: ET.Element, path: str) -> str:
    return node.findtext("/".join(f"{ATOM}{part}" for part in path.split("/"))) or ""


def titles(root: ET.Element) -> list[str]:
    return [text(entry, "title") for entry in root.iter(f"{ATOM}entry")]


def test_decisions_are_told_newest_first(open_site: Path) -> None:
    root = atom(open_site / "feeds" / "decisions.atom")
    assert titles(root) == ["Mend the benches", "Open the library on Sundays"]
    second = root.findall(f"{ATOM}entry")[1]
    assert text(second, "id") == "tag:records.testwick.example,2026-02-02:decisions/2026-001"
    assert text(second, "updated") == "2026-04-17T00:00:00+00:00"
    assert text(second, "summary").startswith("Decided by Cabinet on 16 April 2026. The library")
    assert text(root, "updated") == "2026-05-12T00:00:00+00:00"


def test_what_is_open_or_coming_is_told(open_site: Path) -> None:
    root = atom(open_site / "feeds" / "coming.atom")
    assert titles(root) == ["Build a cycle lane on the Quay & beyond <soon>", "What the Quay needs"]
    lane, quay = root.iter(f"{ATOM}entry")
    words = "To be decided by Cabinet between 1 June 2026 and 30 June 2026."
    assert text(lane, "summary").startswith(words)
    assert text(quay, "summary").startswith("Open until 31 May 2026.")


def test_each_topic_and_place_has_its_own_feed(open_site: Path) -> None:
    folder = open_site / "feeds"
    lane = "Build a cycle lane on the Quay & beyond <soon>"
    assert titles(atom(folder / "topic-libraries.atom")) == ["Open the library on Sundays"]
    assert titles(atom(folder / "place-quay.atom")) == [lane, "What the Quay needs"]
    assert lane in titles(atom(folder / "topic-streets.atom"))


def entry(number: int) -> Entry:
    day = date(2026, 1, 1 + number % 28)
    return Entry("decision", f"2026-{number:03d}", "T", "<b>&", day, day, (), ())


def test_a_feed_holds_the_latest_fifty() -> None:
    found = latest(entry(number) for number in range(90))
    assert len(found) == 50
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    assert found[0].day == date(2026, 1, 28)


def test_text_in_a_feed_is_text_and_an_empty_feed_has_a_date() -> None:
    records = load(OPEN).records
    assert records
    made = register(records, date(2026, 5, 14))
    root = ET.fromstring(feed(made, "feeds/x.atom", "X", "decisions/", [entry(1)]))
    assert text(root, "entry/summary") == "&lt;b&gt;&amp;"  # type="html": shown as it was written
    empty = ET.fromstring(feed(made, "feeds/x.atom", "X", "decisions/", []))
    assert text(empty, "updated") == "2026-05-14T00:00:00+00:00"


# Calendars


def events(path: Path) -> dict[str, Any]:
    """The events of a calendar by UID, read back strictly."""
    content = path.read_bytes()
    assert content.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    read = Calendar.from_ical(content)
    assert read["version"] == "2.0" and read["prodid"]
    assert read.subcomponents
    found = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert len(found) == len(read.walk("VEVENT"))
    for event in found.values():
        assert event.errors == []
        assert event.decoded("dtstamp") == datetime(2026, 5, 14, tzinfo=UTC)
        assert str(event["url"]).startswith(SITE)
    return found


def test_the_calendar_holds_every_date_ahead(open_site: Path) -> None:
    found = events(open_site / "feeds" / "coming.ics")
    assert {uid: event.decoded("dtstart") for uid, event in found.items()} == {
        "call-in-decision-2026-003@testwick": date(2026, 5, 19),
        "closes-participation-2026-002@testwick": date(2026, 5, 31),
        "expected-decision-2026-002@testwick": date(2026, 6, 1),
        "meeting-meeting-cabinet-2026-06-11@testwick": datetime(2026, 6, 11, 21, 30, tzinfo=UTC),
        "meeting-meeting-town-council-2026-05-28@testwick": date(2026, 5, 28),
        "reply-participation-2026-001@testwick": date(2026, 6, 1),
    }  # and not the evaluation that was due: it has been made


def test_times_are_instants_and_periods_end_on_the_day_after(open_site: Path) -> None:
    found = events(open_site / "feeds" / "coming.ics")
    meeting = found["meeting-meeting-cabinet-2026-06-11@testwick"]
    assert meeting.decoded("dtend") == datetime(2026, 6, 11, 23, 15, tzinfo=UTC)  # past midnight
    assert str(meeting["location"]) == "Moot Hall, Market Street"
    assert str(meeting["status"]) == "CONFIRMED"
    assert found["expected-decision-2026-002@testwick"].decoded("dtend") == date(2026, 7, 1)


def test_a_cancelled_meeting_says_so(open_site: Path) -> None:
    found = events(open_site / "feeds" / "coming.ics")
    meeting = found["meeting-meeting-town-council-2026-05-28@testwick"]
    assert str(meeting["status"]) == "CANCELLED"
    assert str(meeting["summary"]) == "Cancelled: Town Council, 28 May 2026"
    assert "There was no business." in str(meeting["description"])


def test_each_body_has_its_own_calendar(open_site: Path) -> None:
    found = events(open_site / "feeds" / "body-cabinet.ics")
    assert set(found) == {
        "expected-decision-2026-002@testwick",
        "meeting-meeting-cabinet-2026-06-11@testwick",
    }


def test_a_calendar_without_dates_is_still_a_calendar(second_site: Path) -> None:
    read = Calendar.from_ical((second_site / "feeds" / "coming.ics").read_bytes())
    assert read.walk("VEVENT") == []
    assert read.subcomponents  # RFC 5545 allows no empty one


# The sitemap, and sites without an address


def test_the_sitemap_lists_every_page(open_site: Path) -> None:
    root = ET.fromstring((open_site / "sitemap.xml").read_bytes())
    listed = [node.text or "" for node in root.iter(f"{PLACE}loc")]
    pages = {path.relative_to(open_site).as_posix() for path in open_site.rglob("*.html")}
    found = {address.removeprefix(SITE) for address in listed}
    assert {f"{address}index.html" for address in found} == pages - {"404.html"}
    assert listed == sorted(listed)
    robot = (open_site / "robots.txt").read_text("utf-8")
    assert robot.endswith(f"\nSitemap: {SITE}sitemap.xml\n")


def test_a_very_large_site_has_an_index_of_sitemaps() -> None:
    files = [f"decisions/{number}/index.html" for number in range(LIMIT + 1)]
    found = dict(sitemaps("https://a.example/?a&b", files))
    assert [*found] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    index, first, second = (ET.fromstring(content) for content in found.values())
    assert index.tag == f"{PLACE}sitemapindex"
    assert len(first) == LIMIT and len(second) == 1
    assert index[0][0].text == "https://a.example/?a&b/sitemap-1.xml"


def test_without_an_address_there_are_calendars_but_no_feeds(second_site: Path) -> None:
    assert not [*second_site.rglob("*.atom")]
    assert not (second_site / "sitemap.xml").exists()
    assert "Sitemap" not in robots("").decode()
    assert "feeds yet" in (second_site / "feeds" / "index.html").read_text("utf-8")
    assert "feeds yet" in (second_site / "data" / "index.html").read_text("utf-8")
    assert "\r\nURL" not in (second_site / "feeds" / "coming.ics").read_text("utf-8")


def test_the_page_links_every_feed(open_site: Path) -> None:
    page = (open_site / "feeds" / "index.html").read_text("utf-8")
    files = [
        path.name for path in (open_site / "feeds").iterdir() if path.suffix in (".atom", ".ics")
    ]
    assert len(files) == 2 + 2 + 2 + 1 + 2
    for name in files:
        assert f'href="../feeds/{name}"' in page


def test_the_same_records_give_the_same_bytes(open_site: Path, tmp_path: Path) -> None:
    again = tmp_path / "site"
    assert build(OPEN, again) == 0
    for path in sorted((open_site / "feeds").iterdir()):
        if path.is_file():
            assert path.read_bytes() == (again / "feeds" / path.name).read_bytes()


def test_an_unknown_time_zone_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    shutil.copytree(OPEN, content)
    council = content / "council.yaml"
    council.write_text(council.read_text("utf-8").replace("Europe/London", "Europe/Londn"), "utf-8")
    assert build(content, tmp_path / "site") == 1
    said = capsys.readouterr().err
    assert '"Europe/Londn"' in said and "council.yaml" in said
    assert "Traceback" not in said
