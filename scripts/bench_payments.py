"""A million payments to measure with: seeded, so that every run and every machine has the same ones.

Months of very different size, suppliers as unequal as they are in life, each with its own departments and
kinds of expense; some names withheld, some payments under contracts.
"""

import csv
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench_corpus import Corpus

SEED = 20260515
MONTHS = 60
SUPPLIERS, SERVICES, CATEGORIES, CONTRACTS = 12_000, 45, 160, 60
WORST = 0.065
"""The part of all payments that the worst month has: 65,000 of a million."""
HEADER = (
    *("OrganisationalUnit", "BeneficiaryName", "SupplierID", "PaymentDate", "TransactionNumber"),
    *("Amount", "Purpose", "CategoryInternalName", "CapitalRevenue", "CardTransaction"),
    *("ContractRef", "Place", "RedactionReason"),
)
_SORTS = ("Ltd", "Limited", "plc", "Services", "& Sons", "Partnership", "Trust", "CIC")
_REDACTED = 50


@dataclass(frozen=True)
class Month:
    """One release to be: its first day, and how many payments it has."""

    start: date
    rows: int

    @property
    def id(self) -> str:
        return f"{self.start:%Y-%m}"

    @property
    def end(self) -> date:
        return (self.start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


class Payments:
    """`count` payments over five years, the same for the same count."""

    def __init__(self, count: int) -> None:
        self.random = random.Random(SEED)
        self.months = list(_months(count, self.random))
        self._weights = list(itertools.accumulate(1 / rank for rank in range(4, SUPPLIERS + 4)))
        words = Corpus(1)
        self._names = [
            " ".join((*(word.capitalize() for word in self.random.choices(words.words, k=2)), sort))
            for sort in self.random.choices(_SORTS, k=SUPPLIERS)
        ]
        self._services = [words._prose(3).rstrip(".") for _ in range(SERVICES)]
        self._categories = [words._prose(3).rstrip(".") for _ in range(CATEGORIES)]
        self._purposes = [words._prose(5).rstrip(".") for _ in range(4000)]

    def write(self, content: Path, months: int = MONTHS) -> None:
        """Write the records of a small council with the payments of the first `months` months."""
        Corpus(50).write(content)
        for number in range(CONTRACTS):
            _put(content / f"providers/provider-{number}.yaml", _PROVIDER.format(number=number))
            _put(content / f"contracts/contract-{number}.yaml", _CONTRACT.format(number=number))
        for month in self.months[:months]:
            self.month(content, month)

    def month(self, content: Path, month: Month) -> None:
        """Write one release with its table."""
        folder = content / f"spending/{month.start.year}"
        folder.mkdir(parents=True, exist_ok=True)
        total = redacted = 0
        with (folder / f"{month.id}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            for pence, withheld, row in self.rows(month):
                writer.writerow(row)
                total += pence
                redacted += withheld
        record = _RELEASE.format(
            id=month.id,
            start=month.start,
            end=month.end,
            rows=month.rows,
            total=f"{total // 100}.{total % 100:02}",
            redacted=redacted,
        )
        _put(folder / f"{month.id}.yaml", record)

    def rows(self, month: Month) -> Iterator[tuple[int, bool, list[str]]]:
        """Pence, whether the name is withheld, and the cells of each payment of a month."""
        chance = random.Random(f"{SEED} {month.id}")
        days = (month.end - month.start).days + 1
        chosen = chance.choices(range(SUPPLIERS), cum_weights=self._weights, k=month.rows)
        for number, supplier in enumerate(chosen):
            habit = chance.randrange(2)
            service = (supplier * 7 + habit) % SERVICES
            category = (supplier * 13 + habit) % CATEGORIES
            pence = int(chance.lognormvariate(11.5, 1.2)) + 50_000
            withheld = chance.randrange(_REDACTED) == 0
            contract = "" if supplier >= CONTRACTS or withheld else f"contract-{supplier}"
            yield (
                pence,
                withheld,
                [
                    self._services[service],
                    "REDACTED" if withheld else self._names[supplier],
                    "" if withheld else f"S{supplier:05}",
                    str(month.start + timedelta(days=number * days // month.rows)),
                    f"{month.start:%y%m}{number:06}",
                    f"{pence // 100}.{pence % 100:02}",
                    self._purposes[(supplier + chance.randrange(9)) % 4000],
                    self._categories[category],
                    "Capital" if category % 9 == 0 else "Revenue",
                    "false",
                    contract,
                    f"ward-{supplier % 12}" if supplier % 11 == 0 else "",
                    "personal" if withheld else "",
                ],
            )


def _months(count: int, chance: random.Random) -> Iterator[Month]:
    """Sixty months that add up to `count`; the last of a year is large, and one is the worst."""
    starts = [date(2021 + number // 12, number % 12 + 1, 1) for number in range(MONTHS)]
    weights = [chance.uniform(0.7, 1.3) * (1.5 if start.month == 3 else 1) for start in starts]
    worst = max(range(MONTHS), key=weights.__getitem__)
    scale = (1 - WORST) / (sum(weights) - weights[worst])
    sizes = [int(count * weight * scale) for weight in weights]
    sizes[worst] = int(count * WORST)
    sizes[0] += count - sum(sizes)
    return (Month(start, size) for start, size in zip(starts, sizes, strict=True))


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_PROVIDER = """id: provider-{number}
name: Provider {number}
classification: company
summary: A provider.
"""
_CONTRACT = """id: contract-{number}
title: Contract {number}
summary: A contract.
provider: provider-{number}
status: active
procurement_method: open
period: {{start: 2021-01-01, end: 2026-12-31}}
value: {{amount: 999999999.00, currency: GBP}}
"""
_RELEASE = """id: {id}
title: Payments, {id}
classification: payments
organisation: bench
period: {{start: {start}, end: {end}}}
threshold: 500.00
currency: GBP
table: {id}.csv
row_count: {rows}
total: {total}
redacted_count: {redacted}
"""
