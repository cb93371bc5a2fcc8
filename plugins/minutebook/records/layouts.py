"""The layouts of spending files, `imports/spending-ORGANISATION.yaml`, checked like every record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from minutebook.records.entries import Entry, locate
from minutebook.records.files import LAYOUTS
from minutebook.records.messages import Complaint
from minutebook.records.problems import Problem, allowed, shown
from minutebook.records.schema import schema
from minutebook.records.tables import row_type

KIND = "notes/spending-layouts"


def path_of(organisation: str) -> str:
    """Where the layouts of an organisation are, below the content folder."""
    return f"imports/spending-{organisation}.yaml"


def owner_problems(root: Path, notes: Iterable[Entry], known: Collection[str]) -> Iterator[Problem]:
    """Layouts of an organisation that is neither the council nor a provider."""
    for note in notes:
        owner = (note.document or {}).get("organisation", "")
        if note.kind == KIND and not note.problems and owner not in known:
            message = f"there is no council or provider with the id {shown(owner)}"
            said = Complaint("/organisation", "dangling-link", message, allowed(known, owner))
            yield from locate(root, KIND, note.path, [said])


def layout_complaints(path: str, document: Mapping[str, Any]) -> Iterator[Complaint]:
    """What is wrong with layouts that are of the right form."""
    named = LAYOUTS.fullmatch(path)
    if named and named["organisation"] != document["organisation"]:
        message = f"the file is called after {shown(named['organisation'])}"
        yield Complaint("/organisation", "file-name", message, "make the two the same")
    for number, layout in enumerate(document["layouts"]):
        yield from _of_layout(f"/layouts/{number}", layout)


def _of_layout(pointer: str, layout: Mapping[str, Any]) -> Iterator[Complaint]:
    columns = schema(row_type(layout["classification"])).resolved["properties"]
    if "headers" in layout and "cells" in layout:
        message = "headers and cells stand together: a file has a header or it has none"
        yield Complaint(f"{pointer}/cells", "layout", message, "keep one of the two")
    seen: set[str] = set()
    for number, one in enumerate(layout["columns"]):
        place, name = f"{pointer}/columns/{number}", one["column"]
        if name not in columns:
            message = f"{shown(name)} is not a column of {layout['classification']}"
            yield Complaint(f"{place}/column", "layout", message, allowed(columns, name, limit=25))
        if name in seen:
            message, hint = f"{name} stands twice", "keep one of the two"
            yield Complaint(f"{place}/column", "layout", message, hint)
        seen.add(name)
        yield from _place(place, one, layout)
    for name, node in columns.items():
        needed = node.get("role") in ("amount", "name") and (
            "headers" in layout or "cells" in layout
        )
        if needed and name not in seen:
            message, hint = f"no column is {name}", "say which header or position it has"
            yield Complaint(f"{pointer}/columns", "layout", message, hint)


def _place(pointer: str, one: Mapping[str, Any], layout: Mapping[str, Any]) -> Iterator[Complaint]:
    if ("header" in one) == ("position" in one):
        message, hint = "a column is told by its header or by its position", "write one of the two"
        yield Complaint(f"{pointer}/column", "layout", message, hint)
        return
    if "header" in one and "headers" in layout and not _among(one["header"], layout["headers"]):
        message = f"{shown(one['header'])} is not one of the headers of this layout"
        hint = "correct one of the two; capitals and spaces do not matter"
        yield Complaint(f"{pointer}/header", "layout", message, hint)
    if "header" in one and "cells" in layout:
        message, hint = "a file without a header has none to name", "write position instead"
        yield Complaint(f"{pointer}/header", "layout", message, hint)
    most = layout.get("cells") or len(layout.get("headers", ()))
    if one.get("position", 1) > max(most, 1):
        message = f"the rows have {most} cells, so there is no position {one['position']}"
        yield Complaint(f"{pointer}/position", "layout", message, f"write 1 to {most}")


def _among(header: str, headers: Iterable[str]) -> bool:
    return _plain(header) in map(_plain, headers)


def _plain(header: str) -> str:
    return "".join(header.split()).casefold()
