"""The command line of the suggestions: arguments in, lines and an exit code out."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from minutebook.linking import sheet
from minutebook.linking.accepting import accept
from minutebook.linking.refusal import RefusalError
from minutebook.linking.spellings import alike
from minutebook.linking.suggest import STRENGTHS, Suggestion, own_releases, suggest
from minutebook.records.load import load
from minutebook.records.model.build import plain
from minutebook.records.problems import report
from minutebook.records.records import Records

OUT = Path("payment-links.csv")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHOWN = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Suggest, or write what was accepted. Exit code 0: done; 1: the records are wrong; 2: wrong use."""
    options = _parser().parse_args(arguments)
    if not options.content.is_dir():
        print(f'There is no folder "{options.content}": say --content.', file=sys.stderr)
        return 2
    loaded = load(options.content)
    if loaded.records is None:
        print(report(loaded.problems), file=sys.stderr)
        print("Nothing was written: mend these first.", file=sys.stderr)
        return 1
    try:
        if options.spellings:
            return _spellings(loaded.records)
        if options.accept:
            return _accept(options.content, loaded.records, options.accept)
        return _suggest(loaded.records, options)
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        print("Nothing was written.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="link_payments.py",
        description="Suggest which contract and decision each payment belongs to. You decide: mark "
        "the rows of the file that are right, then run the command again with --accept.",
    )
    add = parser.add_argument
    add("--content", type=Path, default=Path("content"), metavar="DIR", help="default: content")
    add("--out", type=Path, default=OUT, metavar="FILE", help=f"default: {OUT}")
    add("--release", action="append", default=[], type=_id, metavar="ID", help="may be repeated")
    add("--all", action="store_true", help="write down also what is merely possible")
    add("--spellings", action="store_true", help="list names that look like one supplier, and stop")
    add("--accept", type=Path, metavar="FILE", help="write the marked rows into the releases")
    return parser


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise argparse.ArgumentTypeError(f'"{text[:80]}" is not the id of a release')
    return text


def _suggest(records: Records, options: argparse.Namespace) -> int:
    known = {one.id for one in own_releases(records)}
    for id in options.release:
        if id not in known:
            print(f'The council has no release of payments "{id}".', file=sys.stderr)
            return 2
    found = list(suggest(records, frozenset(options.release)))
    told = [one for one in found if options.all or one.strength != "possible"]
    if not told:
        print("No payment without a contract looks like one of a contract here.")
        return 0
    sheet.write(options.out, told)
    for line in _summary(told, len(found) - len(told)):
        print(line)
    print(f"Written to {options.out}. Read it, write yes under Accept where it is right, then run")
    print(f"  python3 scripts/link_payments.py --accept {options.out}")
    print("and propose the change as a pull request.")
    return 0


def _summary(told: Sequence[Suggestion], kept: int) -> list[str]:
    count = Counter(one.strength for one in told)
    total = sum(one.payment.Amount for one in told)
    by = ", ".join(f"{count[name]:,} {name}" for name in STRENGTHS if count[name])
    lines = [
        f"{len(told):,} payments of {plain(total)} may belong to a contract or decision: {by}."
    ]
    for one in sorted(told, key=lambda one: -one.payment.Amount)[:_SHOWN]:
        to = one.contract or one.decision
        lines.append(
            f"  {one.release} row {one.row}: {plain(one.payment.Amount)} to "
            f"{one.payment.BeneficiaryName} -> {to} ({one.strength}: {one.because})"
        )
    if kept:
        lines.append(f"{kept:,} more are merely possible: --all writes them down too.")
    return lines


def _spellings(records: Records) -> int:
    found = alike(records)
    for one in found:
        whose = f"; some of them are claimed by the {one.record}" if one.record else ""
        print(f"{plain(one.amount)} was paid to names that look like one supplier{whose}:")
        print("\n".join(f"  - {name}" for name in one.names))
    if found:
        print(f"{len(found):,} in all. If they are one supplier, say so in content/suppliers/")
        print("(or under paid_as of the provider); see docs/follow-the-money.md.")
    else:
        print("No two names in the payments look like one supplier that is not said to be one.")
    return 0


def _accept(content: Path, records: Records, path: Path) -> int:
    accepted = sheet.read(path)
    if not accepted:
        print(f"No row of {path} is marked with yes under Accept. Nothing was written.")
        return 0
    counts = accept(content, records, accepted)
    for name, count in counts.items():
        print(f"{name}: {count:,} payments linked")
    print("Check the records (scripts/check.py), then propose the change as a pull request.")
    return 0
