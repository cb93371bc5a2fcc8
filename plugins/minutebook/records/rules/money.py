"""Rules about money across records: one currency along the thread, and no more than was agreed."""

from __future__ import annotations

from collections import defaultdict

from minutebook.records.messages import Complaint
from minutebook.records.model.build import pence, plain
from minutebook.records.rules.links import Said
from minutebook.records.rules.sound import Document, Sound
from minutebook.records.tables import PAYMENTS


def one_currency(sound: Sound) -> Said:
    """A decision, its contracts and the payments under them are in the same currency."""
    for path, contract in sound.of("contract"):
        own = contract["value"]["currency"]
        for id in contract.get("decisions", ()):
            other = sound.get("decision", id).get("budget", {}).get("currency", own)
            if other != own:
                message = f"{own} stands here and the decision {id} is in {other}"
                yield path, _currency("/value/currency", message)
    for path, release in sound.of("release"):
        for contract_id in sorted(_contracts_paid(sound, path)):
            contract = sound.get("contract", contract_id)
            other = contract["value"]["currency"] if contract else release["currency"]
            if other != release["currency"]:
                message = f"{release['currency']} stands here and the contract {contract_id}"
                yield path, _currency("/currency", f"{message}, paid here, is in {other}")


def _currency(pointer: str, message: str) -> Complaint:
    return Complaint(pointer, "currency", message, "correct the currency of one of the two")


def _contracts_paid(sound: Sound, path: str) -> set[str]:
    table = sound.tables.get(path)
    return table.sums.named("contract") if table and table.kind in PAYMENTS else set()


def paid_within_the_contract(sound: Sound) -> Said:
    """What was paid under a contract is no more than its value after all amendments."""
    paid: dict[str, int] = defaultdict(int)
    for table in sound.tables.values():
        if table.kind in PAYMENTS:
            for id, amount in table.sums.amounts("contract").items():
                paid[id] += amount
    for path, contract in sound.of("contract"):
        value, spent = _value(contract), paid.get(contract["id"], 0)
        if spent > value:
            message = f"{plain(spent)} was paid and the contract is worth {plain(value)}"
            hint = "record the amendment that raised the value, or correct the payments"
            yield path, Complaint("/value/amount", "overspent", message, hint)


def _value(contract: Document) -> int:
    last = [it["value"] for it in contract.get("amendments", ()) if "value" in it]
    return pence(last[-1] if last else contract["value"]["amount"])


def payments_in_their_period(sound: Sound) -> Said:
    """A payment is of a day that its release covers."""
    for path, release in sound.of("release"):
        table, period = sound.tables.get(path), release["period"]
        if table is None or table.kind not in PAYMENTS:
            continue
        for day in (table.sums.first, table.sums.last):
            if day and not period["start"] <= day <= period["end"]:
                message = f"a payment is of {day} and the period is {period['start']}"
                hint = "correct the period, or put the payment into the release of its month"
                said = Complaint("/period", "payment-period", f"{message} to {period['end']}", hint)
                yield path, said
