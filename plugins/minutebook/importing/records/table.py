"""Tables: CSV with one row a decision, a meeting or a person, and perhaps one column a member's votes.

Everything about a table stands in its mapping: which column is which field, what makes a row's identifier,
where the members' columns begin. `docs/import-records.md` explains the words.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from minutebook.importing.records import days
from minutebook.importing.records.ballots import Cast, vote_event
from minutebook.importing.records.found import Fault, Found, Link
from minutebook.importing.records.items import Item, decoded
from minutebook.importing.records.people import person
from minutebook.importing.records.run import Result, Run
from minutebook.importing.records.words import line, prose, slug, web
from minutebook.records.schema import schema

Row = dict[str, str]
_AGAIN = "\N{NO-BREAK SPACE}"
"""Stands in the name of a second column of one name; headers as they are read hold none."""


def read(items: Iterable[Item], run: Run) -> Result:
    """The records of every table that has the columns of the mapping (or of its table of people)."""
    csv.field_size_limit(10_000_000)
    for item in items:
        if item.suffix != ".csv":
            yield Fault(item.name, "", "is no CSV file")
            continue
        header, rows = _rows(item, run)
        if not header:
            yield Fault(item.name, "", "is empty, or no line holds the headers of the mapping")
            continue
        table = _Table(item.name, header, run)
        for number, row in rows:
            run.figures.read += 1
            yield from table.take(number, row)


def _rows(item: Item, run: Run) -> tuple[list[str], Iterator[tuple[int, Row]]]:
    """The header, looked for in the first ten lines, and the rows with their line numbers."""
    text = decoded(item.raw)
    wanted = set(map(str, run.mapping.rest.get("needs", ())))
    people = set(map(str, run.mapping.rest.get("people", {}).get("needs", ())))
    for mark in ",;\t":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        for cells in itertools.islice(_lines(reader, item.name, run), 10):
            header = [line(cell) for cell in cells]
            if (wanted and wanted <= set(header)) or (people and people <= set(header)):
                rows = _dicts(reader, header, item.name, run)
                return _told_apart(header), rows
    return [], iter(())


def _lines(reader: Any, name: str, run: Run) -> Iterator[list[str]]:
    """The lines of a table, as far as they can be read."""
    try:
        yield from reader
    except csv.Error as error:
        run.faults.append(Fault(f"{name}:{reader.line_num}", "", f"cannot be read on ({error})"))


def _told_apart(header: list[str]) -> list[str]:
    """Two columns may have one name, such as a member's before and after a correction."""
    met: Counter[str] = Counter()
    names = []
    for name in header:
        met[name] += 1
        names.append(name if met[name] == 1 else f"{name}{_AGAIN}{met[name]}")
    return names


def _dicts(reader: Any, header: list[str], name: str, run: Run) -> Iterator[tuple[int, Row]]:
    names = _told_apart(header)
    for cells in _lines(reader, name, run):
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{name}:{reader.line_num}"
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            reason = f"holds {len(cells) - len(names)} cells more than there are headers"
            run.faults.append(Fault(where, "", reason, whole=False))
        elif 2 * len(cells) < len(names):
            reason = f"holds {len(cells)} of {len(names)} cells: the row is cut off"
            run.figures.read += 1
            run.faults.append(Fault(where, "", reason))
            continue
        yield reader.line_num, dict(zip(names, cells, strict=False))


class _Table:
    def __init__(self, name: str, header: list[str], run: Run) -> None:
        self.name = name
        self.run = run
        self.rest = run.mapping.rest
        people = self.rest.get("people", {})
        self.of_people = bool(people) and set(people["needs"]) <= set(header)
        votes = self.rest.get("votes", {})
        after = votes.get("after")
        self.members = header[header.index(after) + 1 :] if after in header else []
        known = {name for names in self._columns().values() for name in names}
        known |= {*self.members, *self.rest.get("ignored", ())}
        for part in ("meeting", "people", "votes"):
            known |= {str(value) for value in self.rest.get(part, {}).values()}
        known |= {word for names in self.rest.get("key", ()) for word in names.split(" + ")}
        self.left = [] if self.of_people else [name for name in header if name not in known]

    def _columns(self) -> dict[str, list[str]]:
        found = self.rest.get("columns", {})
        return {name: [one] if isinstance(one, str) else list(one) for name, one in found.items()}

    def take(self, number: int, row: Row) -> Result:
        """The records of one row."""
        where = f"{self.name}:{number}"
        for name in self.left:
            self.run.figures.left[name] += bool(row.get(name, "").strip())
        if self.of_people:
            yield from self._person(row, where)
            return
        meeting = self._meeting(row, where)
        first = meeting is not None and self.run.first("meeting", meeting.identifier)
        if meeting is not None and first:
            yield meeting
        if self.rest.get("record") == "meeting":
            if meeting is None:
                yield Fault(where, "date", "the row has no date")
            elif not first:
                reason = f"{meeting.identifier} stands in the source a second time"
                yield Fault(where, "meeting", reason)
            return
        yield from self._decision(row, meeting, where)

    def _key(self, row: Row) -> str:
        """The first way to tell the row from others whose columns are all filled."""
        for names in self.rest.get("key", ()):
            cells = [line(row.get(name, ""), 140) for name in names.split(" + ")]
            if all(cells):
                return " ".join(cells)
        return ""

    def _decision(self, row: Row, meeting: Found | None, where: str) -> Result:
        key = self._key(row)
        if not key:
            yield Fault(where, "key", "none of the columns that tell rows apart is filled")
            return
        if not self.run.first("decision", key):
            yield Fault(where, "key", f"{key} stands in the source a second time")
            return
        document: dict[str, Any] = dict(self.rest.get("constants", {}))
        for name, columns in self._columns().items():
            cell = next((row[one] for one in columns if row.get(one, "").strip()), "")
            if cell:
                document[name] = self._value(name, cell, columns[0], where)
        full = next((row.get(one, "") for one in self._columns().get("title", ())), "")
        document["title"] = line(full, 200)
        if len(line(full)) > 200:
            document["summary"] = line(full, 300)
            if len(line(full)) > 300:
                document["context"] = prose(full)
        maker = self.run.body(row.get(str(self.rest.get("body")), "") or self.rest.get("body_name"))
        document["decision_maker"] = maker
        document.setdefault("status", "not-recorded")
        document.setdefault("classification", self.run.kind_of_decision(maker))
        if document["status"] in self.rest.get("undecided", ()):
            document.setdefault("date_proposed", document.pop("date_decided", ""))
        if meeting is not None:
            document["meeting"] = Link("meeting", meeting.identifier)
        document["vote_events"] = list(self._votes(row, maker, where))
        wish = document.get("identifier") or key
        yield Found("decision", key, slug(wish), document, where)

    def _value(self, name: str, cell: str, column: str, where: str) -> Any:
        node = schema("decision").resolved["properties"].get(name, {})
        if "codelist" in node:
            return self.run.code(node["codelist"], cell)
        if node.get("format") == "date":
            return self.run.day(cell, where, column)
        if node.get("format") == "markdown":
            return prose(cell)
        if name == "background_papers":
            addresses = [web(part) for part in cell.replace("|", "\n").split("\n")]
            return [
                {"name": line(one.rstrip("/").rpartition("/")[2] or one, 200), "url": one}
                for one in dict.fromkeys(addresses)
                if one
            ]
        return line(cell, node.get("maxLength", 0))

    def _votes(self, row: Row, body: str, where: str) -> Iterator[dict[str, Any]]:
        words = self.rest.get("votes", {})
        cast = []
        for column in self.members:
            said = line(row.get(column, ""))
            option = self.run.code("vote-option", said)
            if option:
                name = column.partition(_AGAIN)[0]
                voter = self.run.person(name, at=body)
                self.run.people.every[voter].voted.add(body)
                cast.append(Cast(voter, option, said))
        if not cast:
            return
        passed = line(row.get(words.get("passed", ""), ""))
        printed = line(row.get(words.get("printed", ""), "")) or passed
        result = self.run.mapping.code("vote-result", passed)
        motion = line(row.get(words.get("motion", ""), ""), 2000)
        event = vote_event(motion, cast, result, printed)
        self.run.figures.rolls += 1
        self.run.figures.rolls_disagree += "discrepancy" in event
        if "result" in event:
            yield event
        else:
            reason = "nobody voted for or against, and no result is printed"
            self.run.faults.append(Fault(where, "votes", reason, whole=False))

    def _meeting(self, row: Row, where: str) -> Found | None:
        words = self.rest.get("meeting", {})
        date = self.run.day(row.get(words.get("date", ""), ""), where, words.get("date", ""))
        if not date:
            return None
        body = self.run.body(row.get(words.get("body", ""), "") or self.rest.get("body_name"))
        title = line(row.get(words.get("title", ""), ""))
        starts = days.time(row.get(words.get("starts", ""), ""))
        document = {
            "title": line(title or f"{self.run.bodies.every[body].name}, {date}", 200),
            "body": body,
            "date": date,
            "starts": starts,
            "status": str(self.rest.get("meeting_status", "not-recorded")),
            "venue": line(row.get(words.get("venue", ""), ""), 300),
            "agenda": web(row.get(words.get("agenda", ""), "")),
            "minutes": web(row.get(words.get("minutes", ""), "")),
            "webcast": web(row.get(words.get("webcast", ""), "")),
        }
        number = f"{body} {date}" if not title else f"{body} {date} {title}"
        return Found("meeting", number, f"{body[:50]}-{date}", document, where)

    def _person(self, row: Row, where: str) -> Result:
        """A row about a member. Days on which a member was seen voting are not those of a term."""
        words = self.rest["people"]
        name = line(row.get(words["name"], ""))
        if not name:
            yield Fault(where, words["name"], "the row has no name")
            return
        id = self.run.person(name)
        if not self.run.first("person", id):
            yield Fault(where, words["name"], f"{name} stands in the source a second time")
            return
        body = self.run.body(self.rest.get("body_name"))
        seat = {"body": body, "role": line(row.get(words.get("role", ""), ""), 120) or "Member"}
        area = line(row.get(words.get("place", ""), ""))
        if area:
            label = f"{words.get('place_name', '')} {area}".strip()
            place = {"name": label, "classification": "ward"}
            if self.run.first("place", label):
                yield Found("place", label, slug(label), place, where)
            seat["place"] = Link("place", label)  # type: ignore[assignment]
        yield person(self.run, id, f"name:{id}", where, memberships=[seat])
