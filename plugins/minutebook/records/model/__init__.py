"""The records as frozen objects, one class a type; the names are the field's own."""

from minutebook.records.model.council import Council, Page
from minutebook.records.model.decision import Decision
from minutebook.records.model.money import BudgetLine, Contract, Payment, Release
from minutebook.records.model.outcome import Evaluation
from minutebook.records.model.participation import Participation, Petition
from minutebook.records.model.people import Body, Meeting, Person, Provider
from minutebook.records.model.place import Place, Topic
from minutebook.records.model.values import Day, Imported, Pence, Record

__all__ = [
    "Body",
    "BudgetLine",
    "Contract",
    "Council",
    "Day",
    "Decision",
    "Evaluation",
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
    "Topic",
]
