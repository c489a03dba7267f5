"""What tests of case files have in common: what is done with one, and what is seen of it."""

from __future__ import annotations

from registry.services import case_file_changes, case_files
from tests.conftest import NOON
from tests.factories import CLERK

TODAY = NOON.date()


def row(db, case_file_id, actor=CLERK):
    return case_files.get_case_file(db, case_file_id, actor=actor)


def numbers(db, case_file_id, actor=CLERK, **how):
    return [entry.document.number for entry in case_files.find_entries(db, case_file_id, actor=actor, **how).rows]


def close(db, case_file_id, ended_on, version=1):
    case_file_changes.close(db, case_file_id, version, ended_on, actor=CLERK, at=NOON)


def put_in(db, case_file_id, *documents, actor=CLERK):
    return case_file_changes.add_documents(db, case_file_id, documents, actor=actor, at=NOON)
