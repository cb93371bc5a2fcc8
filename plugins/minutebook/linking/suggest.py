"""Which contract and decision a payment may belong to, how surely, and why. Nothing is asserted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from minutebook.linking import clues
from minutebook.records.model import Contract, Decision, Payment, Release
from minutebook.records.model.build import plain
from minutebook.records.records import Records

STRENGTHS = ("strong", "likely", "unsure", "possible")
"""From the surest down; `unsure` fits more than one contract about as well."""
_STRONG, _LIKELY, _POSSIBLE = 9, 7, 5
_GRACE = timedelta(days=90)
"""A last invoice comes after the last day."""


class Suggestion(NamedTuple):
    """What one payment may belong to. `row` counts from 1; `because` says what speaks for it."""

    release: str
    row: int
    payment: Payment
    contract: str
    decision: str
    title: str
    strength: str
    because: str


@dataclass(slots=True)
class _Known:
    """What is paid under a contract already: amounts with a day, the sum, the decisions named."""

    amounts: dict[int, date | None] = field(default_factory=dict)
    total: int = 0
    decisions: Counter[str] = field(default_factory=Counter)


class Chain:
    """The contracts and decisions of one council, ready to be looked up. Reads every payment once."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.known: dict[str, _Known] = defaultdict(_Known)
        self.by_name: dict[str, list[Contract]] = defaultdict(list)
        self.by_bare: dict[str, list[Contract]] = defaultdict(list)
        self.by_code: dict[str, list[Contract]] = defaultdict(list)
        self.decisions: dict[str, Decision] = {}
        for contract in records.contracts.values():
            self._enter(contract)
        for decision in records.decisions.values():
            for text in (decision.id, decision.identifier or ""):
                if clues.is_telling(text):
                    self.decisions[clues.code(text)] = decision
        for release in own_releases(records):
            for payment in release.payments:
                if payment.ContractRef:
                    self._learn(payment)

    def _enter(self, contract: Contract) -> None:
        provider = self.records.providers.get(contract.provider)
        for name in (provider.name, *provider.paid_as) if provider else ():
            for index, one in ((self.by_name, clues.plain_name), (self.by_bare, clues.bare_name)):
                found = index[one(name)]
                if contract not in found:
                    found.append(contract)
        for text in (contract.id, contract.reference or ""):
            if clues.is_telling(text):
                self.by_code[clues.code(text)].append(contract)

    def _learn(self, payment: Payment) -> None:
        known = self.known[payment.ContractRef or ""]
        known.amounts[payment.Amount] = payment.PaymentDate
        known.total += payment.Amount
        if payment.DecisionRef:
            known.decisions[payment.DecisionRef] += 1

    def decision_of(self, contract: Contract) -> str:
        """The decision that payments under a contract belong to, where that is beyond doubt."""
        named = self.known[contract.id].decisions
        if len(named) == 1:
            return next(iter(named))
        return contract.decisions[0] if len(contract.decisions) == 1 and not named else ""


def own_releases(records: Records) -> list[Release]:
    """The council's own releases of payments, in the order of their periods."""
    found = [
        one
        for one in records.releases.values()
        if one.organisation == records.council.id and one.classification != "budget"
    ]
    return sorted(found, key=lambda one: (one.period.start, one.id))


def suggest(records: Records, releases: frozenset[str] = frozenset()) -> Iterator[Suggestion]:
    """Suggestions for every payment that names no contract; of some releases only, if any are named."""
    chain = Chain(records)
    for release in own_releases(records):
        if releases and release.id not in releases:
            continue
        for number, payment in enumerate(release.payments, 1):
            if payment.ContractRef or payment.RedactionReason:
                continue
            found = _for_contract(chain, release, payment) or _for_decision(chain, payment)
            if found:
                yield Suggestion(release.id, number, payment, *found)


Found = tuple[str, str, str, str, str]
"""Contract, decision, title, strength, because."""


def _for_contract(chain: Chain, release: Release, payment: Payment) -> Found | None:
    text = f"{payment.Purpose or ''} {payment.CategoryInternalName or ''}"
    named = {one.id: one for found in clues.codes(text) for one in chain.by_code.get(found, ())}
    candidates = dict(named)
    name = payment.BeneficiaryName
    for one in (
        *chain.by_name.get(clues.plain_name(name), ()),
        *chain.by_bare.get(clues.bare_name(name) or "-", ()),
    ):
        candidates[one.id] = one
    weighed = sorted(
        (
            (*_weigh(chain, one, release, payment, text, one.id in named), one)
            for one in candidates.values()
            if one.value.currency == release.currency
        ),
        key=lambda found: (-found[0], found[2].id),
    )
    if not weighed or weighed[0][0] < _POSSIBLE:
        return None
    points, why, contract = weighed[0]
    rivals = [one.id for other, _, one in weighed[1:] if points - other <= 1]
    strength = _strength(points, bool(rivals))
    if rivals:
        why.append(f"but {', '.join(rivals)} fits about as well")
    decision = payment.DecisionRef or chain.decision_of(contract)
    return contract.id, decision, contract.title, strength, "; ".join(why)


def _strength(points: int, rivals: bool) -> str:
    if rivals:
        return "unsure"
    return "strong" if points >= _STRONG else "likely" if points >= _LIKELY else "possible"


def _weigh(
    chain: Chain, contract: Contract, release: Release, payment: Payment, text: str, named: bool
) -> tuple[int, list[str]]:
    """What speaks for and against one contract: points, and the same in words."""
    clue = [
        _name(chain, contract, payment),
        (8, "its text names the contract") if named else (0, ""),
        _day(contract, payment.PaymentDate or release.period.end),
        _amount(chain, contract, payment.Amount),
        _subject(contract, payment),
    ]
    return sum(points for points, _ in clue), [said for _, said in clue if said]


def _name(chain: Chain, contract: Contract, payment: Payment) -> tuple[int, str]:
    name = payment.BeneficiaryName
    if contract in chain.by_name.get(clues.plain_name(name), ()):
        return 4, "paid to the contract's provider"
    if contract in chain.by_bare.get(clues.bare_name(name) or "-", ()):
        return 3, "the name is like that of the contract's provider"
    return -3, "but paid to another name than the contract's provider"


def _day(contract: Contract, day: date) -> tuple[int, str]:
    end = max(contract.extension_to or contract.period.end, contract.period.end)
    if contract.period.start <= day <= end:
        return 2, "within the contract's period"
    if end < day <= end + _GRACE:
        return 0, "within 90 days after the contract's end"
    return -6, "but outside the contract's period"


def _amount(chain: Chain, contract: Contract, amount: int) -> tuple[int, str]:
    known = chain.known[contract.id]
    changed = [one.value for one in contract.amendments if one.value is not None]
    worth = changed[-1] if changed else contract.value.amount
    if amount > 0 and known.total + amount > worth:
        over = plain(known.total + amount - worth)
        return -3, f"but it would take the contract {over} over its value"
    if amount in known.amounts:
        return 3, "the same amount was paid under the contract before"
    return 0, ""


def _subject(contract: Contract, payment: Payment) -> tuple[int, str]:
    about = clues.words(f"{contract.title} {contract.summary}")
    # A category is shared by much that is not of the contract; it counts where there is no purpose.
    text = payment.Purpose or payment.CategoryInternalName or ""
    shared = sorted(clues.words(text) & about)
    points, said = min(len(shared), 2), []
    if shared:
        said.append(f"both speak of {', '.join(shared[:4])}")
    department = contract.department
    if department and payment.OrganisationalUnit:
        same = clues.plain_name(department) == clues.plain_name(payment.OrganisationalUnit)
        points += 1 if same else -1
        said.append("the same department" if same else "but another department")
    return points, "; ".join(said)


def _for_decision(chain: Chain, payment: Payment) -> Found | None:
    """A decision that the text of a payment names by its reference."""
    if payment.DecisionRef:
        return None
    text = f"{payment.Purpose or ''} {payment.CategoryInternalName or ''}"
    found = {
        one.id: one for it in clues.codes(text) if (one := chain.decisions.get(it)) is not None
    }
    if not found:
        return None
    decision = found[min(found)]
    strength = "unsure" if len(found) > 1 else "strong"
    return "", decision.id, decision.title, strength, "its text names the decision"
