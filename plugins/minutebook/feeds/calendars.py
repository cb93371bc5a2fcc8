"""Dates -> calendars that any calendar program can subscribe to (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Timezone, TimezoneStandard
from icalendar import Event as Entry

from minutebook.feeds.dates import Event
from minutebook.records.addresses import address
from minutebook.records.register import Register


def calendar(register: Register, name: str, events: Iterable[Event]) -> bytes:
    """A calendar file. The same register gives the same bytes: its date stands for the clock.

    Raises ValueError when the council's time zone is not one of the IANA database.
    """
    council = register.records.council
    made = Calendar()
    made.add("prodid", f"-//{council.name}//Minutebook//{council.languages[0].upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)  # RFC 7986; the next line says the same to older programs
    made.add("x-wr-calname", name)
    zone = _zone(council.time_zone)
    for event in events:
        made.add_component(_entry(register, event, zone))
    if not made.subcomponents:
        made.add_component(_filler())
    return bytes(made.to_ical())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        message = f'the time zone "{name}" in council.yaml is not known'
        raise ValueError(f"{message}; write one such as Europe/London") from None


def _entry(register: Register, event: Event, zone: ZoneInfo) -> Component:
    made = Entry()
    council = register.records.council
    made.add("uid", f"{event.what}-{event.kind}-{event.id}@{council.id}")
    made.add("dtstamp", datetime.combine(register.as_of, time(), UTC))
    made.add("summary", event.title)
    if event.text:
        made.add("description", event.text)
    if event.venue:
        made.add("location", event.venue)
    if council.site_url:
        made.add("url", f"{council.site_url.rstrip('/')}/{address(event.kind, event.id)}")
    if event.kind == "meeting":
        made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if event.starts:
        _at_a_time(made, event, zone)
    else:
        made.add("dtstart", event.first)
        made.add("dtend", event.last + timedelta(days=1))  # the first day after it
        made.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    return made


def _at_a_time(made: Component, event: Event, zone: ZoneInfo) -> None:
    """Times are given in UTC, so that no program needs to know our time zone."""
    starts = _moment(event.first, event.starts, zone)
    made.add("dtstart", starts)
    if event.ends:
        ends = _moment(event.first, event.ends, zone)
        if ends <= starts:  # past midnight
            ends = _moment(event.first + timedelta(days=1), event.ends, zone)
        made.add("dtend", ends)


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def _filler() -> Component:
    """A calendar may not be empty (RFC 5545, 3.6), and subscribers want the file to be there."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone
