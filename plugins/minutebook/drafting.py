"""A new record from a few answers: what to ask, whether an answer will do, and the file's text.

What is asked comes from the schema of the record's type; nothing about a field is said twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from minutebook.records.entries import read_entry
from minutebook.records.files import find
from minutebook.records.load import load
from minutebook.records.problems import Problem, allowed, shown
from minutebook.records.schema import codelist, record_types, schema

ALSO_ASKED = {"decision": ("significance", "topics", "places", "context")}
"""Kind -> fields that may be left for later, but that a writer has in mind at the start."""

USUALLY = {"decision": {"status": "proposed"}}
"""Kind -> field -> the answer that a new record usually has."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: `choices` are the codes or ids that will do (empty: any text)."""

    field: str
    title: str
    description: str
    required: bool
    several: bool
    choices: Mapping[str, str]
    usual: str = ""


class PlainDumper(yaml.SafeDumper):
    """Writes text without quotes wherever it can: records are read as text, never guessed at."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the base class's own name


class Draft:
    """A new record of one kind, for one council."""

    def __init__(self, kind: str, content: Path) -> None:
        self.kind = kind
        self.content = content
        self.rules = schema(kind)
        self.files = find(content)

    def ids(self, kind: str) -> list[str]:
        """The ids of the records of a kind that lie in the content folder."""
        paths = self.files.records.get(kind, [])
        return sorted(read_entry(self.content, kind, path).id for path in paths)

    def questions(self) -> list[Question]:
        """What to ask, in the order of the schema: what is required first. The id is not asked."""
        properties = self.rules.resolved["properties"]
        needed = {*self.rules.resolved["required"], *self.rules.resolved.get("asked", ())}
        required = [name for name in properties if name in needed - {"id"}]
        also = [name for name in ALSO_ASKED[self.kind] if name not in required]
        return [
            self._question(name, properties[name], name in required) for name in required + also
        ]

    def _question(self, name: str, node: Mapping[str, Any], required: bool) -> Question:
        several = node["type"] == "array"
        one = node["items"] if several else node
        choices: dict[str, str] = {}
        if "codelist" in one:
            choices = {code.code: code.description for code in codelist(one["codelist"]).values()}
        elif "refersTo" in one:
            choices = {id: "" for kind in one["refersTo"] for id in self.ids(kind)}
        usual = USUALLY[self.kind].get(name, "")
        description = node.get("description", "")
        return Question(name, node["title"], description, required, several, choices, usual)

    def judge(self, question: Question, answer: str | list[str]) -> str | None:
        """Why an answer will not do, in a sentence with the mend, or None."""
        if not answer:
            return f"{question.title} is needed." if question.required else None
        if question.choices:
            for each in answer if isinstance(answer, list) else [answer]:
                if each not in question.choices:
                    return f"{shown(each)} is not known; {allowed(question.choices, each)}"
        for said in self.rules.complaints({question.field: answer}):
            if said.pointer.startswith(f"/{question.field}"):
                return f"{question.title}: {said.message}. {said.hint}".strip()
        return None

    def next_id(self, year: int) -> str:
        """The first id of that year which comes after all that are taken: `2026-015`."""
        # Where a file cannot be read, its name stands for its id: that number is taken too.
        taken = [re.match(rf"{year}-(\d+)(?:-|$)", id) for id in self.ids(self.kind)]
        last = max((int(match[1]) for match in taken if match), default=0)
        return f"{year}-{last + 1:03}"

    def write(self, id: str, values: Mapping[str, Any]) -> str:
        """Write the record; returns its path in the content folder. Never replaces a file."""
        year, words = id[:4], slug(values["title"])
        path = f"{record_types()[self.kind]}/{year}/{id}{'-' if words else ''}{words}.md"
        file, text = self.content / path, self.text({"id": id, **values})
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
        return path

    def text(self, values: Mapping[str, Any]) -> str:
        """The file: the fields in the order of the schema, then the prose under its headings."""
        order = [name for name in self.rules.resolved["properties"] if values.get(name)]
        prose = {field: heading for heading, field in self.rules.sections.items()}
        fields = {name: values[name] for name in order if name not in prose}
        front = yaml.dump(fields, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=92)
        body = [f"\n## {prose[name]}\n\n{values[name]}\n" for name in order if name in prose]
        return f"---\n{front}---\n{''.join(body)}"

    def problems(self, path: str) -> list[Problem]:
        """What is still wrong with the record at this path."""
        return [problem for problem in load(self.content).problems if problem.path == path]

    def unwritten(self, values: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
        """The headings whose prose is still to be written, each with what belongs there."""
        properties = self.rules.resolved["properties"]
        return [
            (heading, properties[field]["description"])
            for heading, field in self.rules.sections.items()
            if not values.get(field)
        ]


def slug(title: str) -> str:
    """The first words of a title, fit for a file's name: `Longer hours!` -> `longer-hours`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    return "-".join(words[:6])[:60].strip("-")
