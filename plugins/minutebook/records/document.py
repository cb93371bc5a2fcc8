"""Text -> document: plain lists, fields and strings, and where each of them stands.

YAML is read as events, so that nothing is guessed (`NO`, `012` and `12:30` stay what was typed) and
nothing expands: anchors, aliases, tags and duplicate keys are problems (YAML 1.1, the subset of it that
JSON has, plus block text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import CBaseLoader

from minutebook.records.plainly import plain_fields
from minutebook.records.problems import Problem, shown
from minutebook.records.source import CONTROL, DEPTH, EVENTS, MOST, NAME, Refused, unseen

Marks = dict[str, tuple[int, int]]
"""JSON Pointer -> line and column, both counted from 1."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^## +(\S.*)$")


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the body: its heading, the text below it and the line of the heading."""

    heading: str
    text: str
    line: int


@dataclass(slots=True)
class Document:
    """What stands in a record: `fields` from the YAML, `sections` from the body of a Markdown file."""

    fields: dict[str, Any]
    sections: list[Section] = field(default_factory=list)


def parse(path: str, text: str, marks: Marks | None = None) -> Document:
    """Parse a record (`.yaml`, or `.md` with front matter); fill in `marks` when they are wanted.

    Raises `Refused` with every problem found: in the order of the file, and all of them unless the YAML
    is broken, after which nothing can be known.
    """
    if not path.endswith(".md"):
        return Document(_Reader(path, text, 0, marks).document())
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise Refused(_front_matter(path, 1, "the file does not begin with ---"))
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise Refused(_front_matter(path, 1, "the fields that begin with --- do not end"))
    fields = _Reader(path, "\n".join(lines[1:end]) + "\n", 1, marks).document()
    return Document(fields, sections(lines, end + 1))


def sections(lines: list[str], start: int) -> list[Section]:
    """Cut the body into its `## ` sections; text before the first one gets the heading `""`."""
    found: list[Section] = []
    heading, first, body, fence = "", start, list[str](), ""
    for number, line in enumerate(lines[start:], start):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        title = None if fence else _HEADING.match(line.rstrip())
        if not title:
            body.append(line)
            continue
        found.append(Section(heading, "\n".join(body).strip("\n").rstrip(), first + 1))
        heading, first, body = _without_closing_signs(title[1]), number, []
    found.append(Section(heading, "\n".join(body).strip("\n").rstrip(), first + 1))
    return [section for section in found if section.heading or section.text]


def _without_closing_signs(title: str) -> str:
    head, _, tail = title.rpartition(" ")
    return head.rstrip() if head and tail.strip("#") == "" else title


def _front_matter(path: str, line: int, message: str) -> Problem:
    hint = "a record begins with a line of three hyphens, its fields, and another such line"
    return Problem(path, line, 1, "", "front-matter", message, hint)


class _Reader:
    """One pass over the events of one YAML text; no recursion, so depth cannot hurt."""

    def __init__(self, path: str, text: str, offset: int, marks: Marks | None) -> None:
        self.path, self.text, self.offset, self.marks = path, text, offset, marks
        self.problems: list[Problem] = []

    def document(self) -> dict[str, Any]:
        """The fields of the text. Raises `Refused`."""
        self._tabs()
        plain = plain_fields(self.text) if self.marks is None else None
        if plain is not None:
            return plain
        try:
            value = self._read()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line, mark.column) if mark is not None else (0, 0)
            self._problem(line, column, "", "yaml", _sentence(error), _YAML_HINT)
            raise Refused(*self.problems) from None
        except yaml.YAMLError:
            self._problem(0, 0, "", "yaml", "this is not YAML", _YAML_HINT)
            raise Refused(*self.problems) from None
        if not isinstance(value, dict):
            self._problem(
                0, 0, "", "yaml", "no fields stand here", 'write lines such as "title: …"'
            )
        if self.problems or not isinstance(value, dict):
            raise Refused(*self.problems)
        return value

    def _problem(self, line: int, column: int, pointer: str, *rest: str) -> None:
        self.problems.append(Problem(self.path, line + self.offset + 1, column + 1, pointer, *rest))
        if len(self.problems) > MOST:
            raise Refused(*self.problems)

    def _tabs(self) -> None:
        for number, line in enumerate(self.text.split("\n") if "\t" in self.text else []):
            if "\t" in line:
                hint = "put spaces in its place"
                self._problem(number, line.index("\t"), "", "tab", "a tab stands here", hint)
        if self.problems:
            raise Refused(*self.problems)

    def _read(self) -> Any:
        """The value of the only document. Containers that are open stand on `stack`."""
        root: list[Any] = []
        stack: list[tuple[Any, str]] = [(root, "")]
        key: str | None = None
        events: Iterator[Any] = yaml.parse(self.text, Loader=CBaseLoader)
        for number, event in enumerate(events):
            if number > EVENTS:
                raise self._refuse(event, "", "too-large", "this record holds too many values")
            kind = type(event)
            if kind in _ENDS:
                stack.pop()
            elif kind is yaml.DocumentStartEvent and root:
                raise self._refuse(event, "", "yaml", "a second document begins here")
            if kind not in _NODES:
                continue
            container, pointer = stack[-1]
            self._plain_only(event, pointer)
            if type(container) is dict and key is None:
                key = self._key(event, container, pointer)
                continue
            place = self._place(container is root, container, pointer, key, event)
            if kind is yaml.ScalarEvent:
                self._seen(event, place)
                value: Any = event.value.rstrip("\n")
            else:
                value = {} if kind is yaml.MappingStartEvent else []
                if len(stack) > DEPTH:
                    raise self._refuse(event, pointer, "depth", f"nests deeper than {DEPTH} levels")
                stack.append((value, place))
            if key is None:
                container.append(value)
            else:
                container.setdefault(key, value)
            key = None
        return root[0] if root else None

    def _key(self, event: Any, container: dict[str, Any], pointer: str) -> str:
        if type(event) is not yaml.ScalarEvent:
            raise self._refuse(event, pointer, "yaml", "the name of a field must be plain text")
        key: str = event.value
        mark: Any = event.start_mark
        if len(key) > NAME:
            message = f"the name of a field is longer than {NAME} characters"
            raise self._refuse(event, pointer, "yaml", message)
        self._seen(event, pointer)
        place = f"{pointer}/{escaped(key)}"
        if key in container:
            message, hint = f"{shown(key)} stands here a second time", "keep one of the two"
            self._problem(mark.line, mark.column, pointer, "duplicate-key", message, hint)
        elif self.marks is not None:
            self.marks[place] = (mark.line + self.offset + 1, mark.column + 1)
        return key

    def _place(
        self, is_root: bool, container: Any, pointer: str, key: str | None, event: Any
    ) -> str:
        """The pointer of a value; a scalar is marked where it stands, a block at its key."""
        if is_root:
            return ""
        place = f"{pointer}/{len(container) if key is None else escaped(key)}"
        if self.marks is not None and (type(event) is yaml.ScalarEvent or key is None):
            mark = event.start_mark
            self.marks[place] = (mark.line + self.offset + 1, mark.column + 1)
        return place

    def _seen(self, event: Any, pointer: str) -> None:
        """Text in double quotation marks can hold characters that the file itself does not."""
        found = CONTROL.search(event.value) if event.style == '"' else None
        if found:
            mark = event.start_mark
            message, hint = unseen(found[0])
            self._problem(mark.line, mark.column, pointer, "control-character", message, hint)

    def _plain_only(self, event: Any, pointer: str) -> None:
        if type(event) is yaml.AliasEvent:
            what = "alias (*)"
        elif event.anchor:
            what = "anchor (&)"
        elif event.tag:
            what = "tag (!)"
        else:
            return
        hint = "write the value itself; put text that begins with such a sign in quotation marks"
        raise self._refuse(event, pointer, "yaml", f"a YAML {what} stands here", hint)

    def _refuse(
        self, event: Any, pointer: str, code: str, message: str, hint: str = "write it more simply"
    ) -> Refused:
        mark = event.start_mark
        self._problem(mark.line, mark.column, pointer, code, message, hint)
        return Refused(*self.problems)


_ENDS = {yaml.SequenceEndEvent, yaml.MappingEndEvent}
_NODES = {yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent}
_YAML_HINT = (
    "each field is a line with its name, a colon, a space and its value; text that holds a colon or"
    " begins with a sign goes in quotation marks; what belongs together is indented alike"
)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    """What libyaml found, cut short: its words are technical, so the hint says it again plainly."""
    return f"this is not YAML ({(error.problem or 'it cannot be read')[:100]})"


def escaped(key: str) -> str:
    """A field name as one part of a JSON Pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key
