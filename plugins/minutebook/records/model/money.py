"""Contracts, and releases with their rows. The fields are those of the schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from minutebook.records.model.sums import Sums
from minutebook.records.model.values import Day, Document, Pence, Period, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractValue:
    """What it is worth over its whole period."""

    amount: Pence
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One change."""

    date: Day
    reason: str
    value: Pence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """A contract under which a provider works for the council (names after OCDS)."""

    id: str
    reference: str | None = None
    title: str
    summary: str
    provider: str
    decisions: tuple[str, ...] = ()
    status: str
    procurement_method: str | None = None
    procurement_reason: str | None = None
    tenders_received: int | None = None
    award_date: Day | None = None
    period: Period
    extension_to: Day | None = None
    value: ContractValue
    department: str | None = None
    amendments: tuple[Amendment, ...] = ()
    documents: tuple[Document, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSource:
    """The file from which it was imported."""

    title: str
    url: str | None = None
    sha256: str | None = None
    rows: int | None = None
    rejected: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment, with the column names of the Local Government Association's transparency guidance."""

    OrganisationalUnit: str | None = None
    BeneficiaryName: str
    SupplierID: str | None = None
    PaymentDate: Day | None = None
    TransactionNumber: str | None = None
    Amount: Pence
    IrrecoverableVATAmount: Pence | None = None
    Purpose: str | None = None
    CategoryInternalName: str | None = None
    CategoryCode: str | None = None
    CapitalRevenue: str | None = None
    ProclassLabel: str | None = None
    CPV: str | None = None
    CardTransaction: bool | None = None
    ContractRef: str | None = None
    DecisionRef: str | None = None
    Place: str | None = None
    RedactionReason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPayment(Payment):
    """One payment by purchase card, with what the Local Government Transparency Code asks of it."""

    MerchantCategory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One grant that was awarded, with the field names of the 360Giving standard."""

    Identifier: str | None = None
    Title: str | None = None
    Description: str | None = None
    OrganisationalUnit: str | None = None
    AmountAwarded: Pence
    AwardDate: Day | None = None
    RecipientOrgName: str
    RecipientOrgIdentifier: str | None = None
    RecipientOrgCharityNumber: str | None = None
    RecipientOrgCompanyNumber: str | None = None
    PlannedDatesStartDate: Day | None = None
    PlannedDatesEndDate: Day | None = None
    PlannedDatesDuration: str | None = None
    GrantProgrammeTitle: str | None = None
    DecisionRef: str | None = None
    Place: str | None = None
    RedactionReason: str | None = None

    @property
    def Amount(self) -> Pence:
        """What counts in the total of a release, as in every kind of row."""
        return self.AmountAwarded


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEntry:
    """One entry of a register of contracts, as the Local Government Transparency Code asks for it."""

    ContractReference: str | None = None
    Title: str | None = None
    Description: str | None = None
    OrganisationalUnit: str | None = None
    SupplierName: str
    SupplierRegistrationNumber: str | None = None
    ContractValue: Pence | None = None
    IrrecoverableVATAmount: Pence | None = None
    AwardDate: Day | None = None
    StartDate: Day | None = None
    EndDate: Day | None = None
    ReviewDate: Day | None = None
    ExtensionDate: Day | None = None
    ProcurementMethod: str | None = None
    SupplierIsSME: bool | None = None
    SupplierIsVCSE: bool | None = None
    CategoryInternalName: str | None = None
    CPV: str | None = None
    ContractRef: str | None = None
    DecisionRef: str | None = None
    Place: str | None = None
    RedactionReason: str | None = None

    @property
    def Amount(self) -> Pence:
        """What counts in the total of a release; a register may leave a value out."""
        return self.ContractValue or Pence(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of a budget."""

    OrganisationalUnit: str
    Purpose: str | None = None
    CategoryInternalName: str | None = None
    CapitalRevenue: str | None = None
    Amount: Pence
    DecisionRef: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Record):
    """A file of payments, grants, contracts or a budget that an organisation published for a period.

    Its rows (`payments`, also those by purchase card, `grants`, `contract_entries`, `budget_lines`) are
    read from the disk each time somebody goes through them, so ask `sums` first: it holds what they add up
    to in every respect that pages tell. `digest` is the SHA-256 of the table; "" where the rows stand in
    the record.
    """

    id: str
    title: str
    classification: str
    organisation: str
    period: Period
    threshold: Pence | None = None
    currency: str
    date_published: Day | None = None
    table: str | None = None
    row_count: int
    total: Pence
    redacted_count: int | None = None
    source: ReleaseSource | None = None
    notes: str | None = None
    rows: tuple[Mapping[str, str], ...] = ()
    payments: Sequence[Payment] = field(default=(), repr=False)
    grants: Sequence[Grant] = field(default=(), repr=False)
    contract_entries: Sequence[ContractEntry] = field(default=(), repr=False)
    budget_lines: Sequence[BudgetLine] = field(default=(), repr=False)
    sums: Sums = field(default_factory=Sums, repr=False)
    digest: str = ""
