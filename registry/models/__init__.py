"""The tables, one file per noun."""

from registry.models.backups import BackupRun
from registry.models.base import Base
from registry.models.books import BookEntry, BookVolume, BookYear, RegisterBook
from registry.models.case_files import CaseFile, CaseFileDocument, HandOverNotice
from registry.models.citations import Citation, ValidityMark, WaitingCitation, living_citations
from registry.models.documents import Document, DocumentText, NumberSymbol
from registry.models.files import Attachment, FileText, IntakeBatch, IntakeItem, SignatureCheck, StoredFile
from registry.models.jobs import JobRun
from registry.models.journal import AuditEvent, Change, JournalHead
from registry.models.obligations import (
    DismissedDeadline,
    Extension,
    Obligation,
    ObligationPartner,
    Occurrence,
    OfficeDay,
    ProgressNote,
)
from registry.models.people import LoginFailure, Unit, User
from registry.models.programme import PlannedDocument
from registry.models.reference import Field, Kind, KnownLaw, Organisation, OrganisationName, Setting, Succession
from registry.models.reminders import Absence, Message, Reminder, ReminderWish
from registry.models.reports import OfficeForm, ReportDraft
from registry.models.searching import Abbreviation, SavedSearch
from registry.models.signatures import TrustedRoot

__all__ = [
    "Abbreviation", "Absence", "Attachment", "AuditEvent", "BackupRun", "Base", "BookEntry", "BookVolume", "BookYear",
    "CaseFile", "CaseFileDocument", "Change", "Citation", "DismissedDeadline", "Document", "DocumentText",
    "Extension", "Field", "FileText", "HandOverNotice", "IntakeBatch", "IntakeItem", "JobRun", "JournalHead",
    "Kind", "KnownLaw", "LoginFailure", "Message", "NumberSymbol", "Obligation", "ObligationPartner",
    "Occurrence", "OfficeDay", "OfficeForm", "Organisation", "OrganisationName", "PlannedDocument",
    "ProgressNote", "RegisterBook", "Reminder", "ReminderWish", "ReportDraft", "SavedSearch", "Setting",
    "SignatureCheck", "StoredFile", "Succession", "TrustedRoot", "Unit", "User", "ValidityMark",
    "WaitingCitation", "living_citations",
]
