"""Writes what a person accepted into the tables of the releases, and changes nothing else in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from minutebook.linking.refusal import RefusalError
from minutebook.linking.sheet import Accepted, put
from minutebook.records.model import Release
from minutebook.records.records import Records

_WRITTEN = ("ContractRef", "DecisionRef")


def accept(content: Path, records: Records, accepted: dict[str, list[Accepted]]) -> dict[str, int]:
    """Write the accepted contracts and decisions. Gives the number of payments by the file changed.

    Every row is looked at before the first file is written. Raises `RefusalError` if a release, row,
    contract or decision is not there, or if a payment is no longer the one that was suggested.
    """
    ready: dict[Path, bytes] = {}
    counts: dict[str, int] = {}
    for id in sorted(accepted):
        release = records.releases.get(id)
        if release is None:
            raise RefusalError(f'Line {accepted[id][0].line}: there is no release "{id[:80]}".')
        if not release.table:
            message = "holds its rows in the record itself; write ContractRef there by hand"
            raise RefusalError(f"Line {accepted[id][0].line}: the release {id} {message}.")
        for one in accepted[id]:
            _must_exist(records, one)
        path = content / PurePosixPath(release.path).parent / release.table
        ready[path] = _linked(path, release, accepted[id])
        counts[path.relative_to(content).as_posix()] = len(accepted[id])
    for path, text in ready.items():
        put(path, text)
    return counts


def _must_exist(records: Records, one: Accepted) -> None:
    for what, id, every in (
        ("contract", one.contract, records.contracts),
        ("decision", one.decision, records.decisions),
    ):
        if id and id not in every:
            raise RefusalError(f'Line {one.line}: there is no {what} with the id "{id[:80]}".')


def _linked(path: Path, release: Release, accepted: Sequence[Accepted]) -> bytes:
    """The table with the accepted cells filled; every other row stays as it is, to the byte."""
    text = path.read_bytes().decode("utf-8-sig")
    whole = records_of(text)
    header_text, header = next(whole)
    end = "\r\n" if header_text.endswith("\r\n") else "\n"
    needed = [name for name in _WRITTEN if name not in header and _used(name, accepted)]
    wanted = {one.row: one for one in accepted}
    columns = [*header, *needed]
    out = [_row(columns, end) if needed else header_text]
    left = set(wanted)
    for number, (raw, cells) in enumerate(whole, 1):
        if number in wanted:
            left.discard(number)
            out.append(_row(_filled(release, columns, cells, wanted[number]), end))
        elif needed:
            bare = raw.rstrip("\r\n")
            out.append(f"{bare}{',' * len(needed)}{end}")
        else:
            out.append(raw)
    if left:
        one = wanted[min(left)]
        raise RefusalError(f"Line {one.line}: the release {release.id} has no row {one.row}.")
    return "".join(out).encode()


def _used(name: str, accepted: Iterable[Accepted]) -> bool:
    return any(one.contract if name == "ContractRef" else one.decision for one in accepted)


def _filled(release: Release, columns: list[str], cells: list[str], one: Accepted) -> list[str]:
    found = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
    looks = tuple(found.get(name, "") for name in ("PaymentDate", "BeneficiaryName", "Amount"))
    if _plain(looks) != _plain(one.looks):
        shown = ", ".join(part for part in looks if part)
        raise RefusalError(
            f"Line {one.line}: row {one.row} of {release.id} is now {shown}. The release changed "
            "after the suggestions were made: make them again."
        )
    for name, value in (("ContractRef", one.contract), ("DecisionRef", one.decision)):
        if value and found.get(name) not in ("", value):
            raise RefusalError(
                f"Line {one.line}: row {one.row} of {release.id} names {found[name]} under {name} "
                f"already, not {value}."
            )
        if value:
            found[name] = value
    return [found[name] for name in columns]


def _plain(looks: tuple[str, ...]) -> tuple[str, str, str]:
    """How a payment is recognised, also after a spreadsheet wrote the date or the amount in its own way."""
    day, name, amount = looks
    day = " ".join(sorted(part.lstrip("0") for part in re.split(r"\D+", day)))
    name = name.removeprefix("'")
    amount = amount.replace(",", "")
    sign, _, number = amount.rpartition("-")
    pounds, _, pence = number.partition(".")
    return day, " ".join(name.split()), f"{sign}-{pounds.lstrip('0')}.{(pence + '00')[:2]}"


def _row(cells: Sequence[str], end: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerow(cells)
    return text.getvalue()


def records_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a CSV text: each as it was written, and its cells."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline="\n"):
            taken.append(line)
            yield line

    for cells in csv.reader(lines(), strict=True):
        yield "".join(taken), cells
        taken.clear()
