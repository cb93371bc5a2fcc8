"""The records as frozen objects, one class a type; the names are the field's own."""

from minutebook.records.model.council import Council, Page
from minutebook.records.model.decision import Decision
from minutebook.records.model.money import (
    BudgetLine,
    CardPayment,
    Contract,
    ContractEntry,
    Grant,
    Payment,
    Release,
)
from minutebook.records.model.outcome import Evaluation
from minutebook.records.model.participation import Participation, Petition
from minutebook.records.model.people import Body, Meeting, Person, Provider, Supplier
from minutebook.records.model.place import Place, Topic
from minutebook.records.model.sums import Group, Sums
from minutebook.records.model.values import Day, Imported, Pence, Record

__all__ = [
    "Body",
    "BudgetLine",
    "CardPayment",
    "Contract",
    "ContractEntry",
    "Council",
    "Day",
    "Decision",
    "Evaluation",
    "Grant",
    "Group",
    "Imported",
    "Meeting",
    "Page",
    "Participation",
    "Payment",
    "Pence",
    "Person",
    "Petition",
    "Place",
    "Provider",
    "Record",
    "Release",
    "Sums",
    "Supplier",
    "Topic",
]
