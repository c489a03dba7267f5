"""The entries of the navigation, in order. A page package adds its entry here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request
from flask_babel import lazy_gettext as _

from registry.domain.roles import Permission
from registry.services.obligation_numbers import DueWork, due_work
from registry.web.access import may
from registry.web.context import actor, db, now


@dataclass(frozen=True, slots=True)
class Entry:
    """One link; ``area`` tells for which pages it is marked as the current one (a prefix of endpoints)."""

    endpoint: str
    label: object
    permission: Permission
    area: str
    count: Callable[[], DueWork] | None = None
    """What there is due, shown beside the label."""

    @property
    def current(self) -> bool:
        return (request.endpoint or "").startswith(self.area)


def _due() -> DueWork:
    return due_work(db(), actor=actor(), now=now())


MAIN = (
    Entry("documents.index", _("Văn bản"), Permission.READ, "documents.index"),
    Entry("obligations.index", _("Nhiệm vụ"), Permission.WORK_OBLIGATIONS, "obligations.", _due),
    Entry("search.index", _("Tìm kiếm"), Permission.READ, "search."),
    Entry("documents.register", _("Đăng ký"), Permission.REGISTER, "documents.register"),
    Entry("intake.index", _("Đăng ký từ văn bản"), Permission.REGISTER, "intake."),
    Entry("citations.index", _("Viện dẫn chờ"), Permission.REGISTER, "citations."),
    Entry("books.index", _("Sổ"), Permission.REGISTER, "books."),
    Entry("imports.index", _("Nhập từ tệp"), Permission.IMPORT, "imports."),
    Entry("organisations.index", _("Cơ quan"), Permission.EDIT_ORGANISATIONS, "organisations."),
)
ADMINISTRATION = (
    Entry("users.index", _("Người dùng"), Permission.MANAGE_USERS, "users."),
    Entry("units.index", _("Đơn vị"), Permission.MANAGE_LISTS, "units."),
    Entry("book_lists.index", _("Sổ đăng ký"), Permission.MANAGE_LISTS, "book_lists."),
    Entry("kinds.index", _("Loại văn bản"), Permission.MANAGE_LISTS, "kinds."),
    Entry("fields.index", _("Lĩnh vực"), Permission.MANAGE_LISTS, "fields."),
    Entry("abbreviations.index", _("Chữ viết tắt"), Permission.MANAGE_LISTS, "abbreviations."),
    Entry("laws.index", _("Luật đã biết"), Permission.MANAGE_LISTS, "laws."),
    Entry("work_calendar.index", _("Lịch làm việc"), Permission.MANAGE_LISTS, "work_calendar."),
    Entry("trusted_roots.index", _("Chứng thư gốc tin cậy"), Permission.MANAGE_LISTS, "trusted_roots."),
    Entry("settings.index", _("Thông tin cơ quan"), Permission.MANAGE_LISTS, "settings."),
    Entry("reminders.index", _("Thư nhắc việc"), Permission.MANAGE_REMINDERS, "reminders."),
    Entry("jobs.index", _("Việc định kỳ"), Permission.MANAGE_REMINDERS, "jobs."),
    Entry("backups.index", _("Sao lưu"), Permission.MANAGE_REMINDERS, "backups."),
    Entry("audit.index", _("Nhật ký"), Permission.READ_AUDIT, "audit."),
)


def offered(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return the entries that exist and that the person may open."""
    return [entry for entry in entries if entry.endpoint in current_app.view_functions and may(entry.permission)]
