"""Who may do what (phân quyền): roles, permissions and the table between them."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Vai trò of a user."""

    CLERK = "clerk"
    """Văn thư: registers."""
    OFFICIAL = "official"
    """Chuyên viên: handles documents, owes results."""
    LEADER = "leader"
    """Lãnh đạo: sees everything, decides."""
    ADMINISTRATOR = "administrator"
    """Quản trị: keeps people, lists and settings; registers nothing."""
    READER = "reader"
    """Người tra cứu: reads what is not restricted."""


class Permission(StrEnum):
    """One thing that a page or command asks for."""

    READ = "read"
    READ_RESTRICTED = "read_restricted"
    REGISTER = "register"
    """Register, change, cancel and restore documents; take, reserve and void numbers."""
    IMPORT = "import"
    EXPORT = "export"
    EDIT_ORGANISATIONS = "edit_organisations"
    MANAGE_LISTS = "manage_lists"
    """Units, books, kinds, fields, settings."""
    MANAGE_USERS = "manage_users"
    READ_AUDIT = "read_audit"
    MANAGE_REMINDERS = "manage_reminders"
    """Rules of reminders, the outbox, the jobs."""
    WORK_OBLIGATIONS = "work_obligations"
    """Work on one's own obligations and those of one's unit: report, note, ask for more time, hand over."""
    MANAGE_OBLIGATIONS = "manage_obligations"
    """Assign, change, confirm and cancel anybody's; see all of them and the overview."""
    DECIDE_EXTENSIONS = "decide_extensions"
    KEEP_CASE_FILES = "keep_case_files"
    """Open, fill and close case files: one's own and one's unit's."""
    MANAGE_CASE_FILES = "manage_case_files"
    """Anybody's case files; hand them over to the archive."""
    PLAN_DOCUMENTS = "plan_documents"
    """Keep the work programmes: enter, assign, carry over and drop planned documents."""
    READ_REPORTS = "read_reports"
    """Reports and their drafts, made of what one may see anyway: officials get the work of their own unit only."""


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset({
        Permission.READ, Permission.READ_RESTRICTED, Permission.REGISTER, Permission.IMPORT, Permission.EXPORT,
        Permission.EDIT_ORGANISATIONS, Permission.WORK_OBLIGATIONS, Permission.MANAGE_OBLIGATIONS,
        Permission.PLAN_DOCUMENTS, Permission.KEEP_CASE_FILES, Permission.MANAGE_CASE_FILES, Permission.READ_REPORTS}),
    Role.OFFICIAL: frozenset({
        Permission.READ, Permission.EXPORT, Permission.WORK_OBLIGATIONS, Permission.KEEP_CASE_FILES,
        Permission.READ_REPORTS}),
    Role.LEADER: frozenset({
        Permission.READ, Permission.READ_RESTRICTED, Permission.EXPORT, Permission.WORK_OBLIGATIONS,
        Permission.MANAGE_OBLIGATIONS, Permission.DECIDE_EXTENSIONS, Permission.PLAN_DOCUMENTS,
        Permission.KEEP_CASE_FILES, Permission.READ_REPORTS}),
    Role.ADMINISTRATOR: frozenset({
        Permission.READ, Permission.EDIT_ORGANISATIONS, Permission.MANAGE_LISTS, Permission.MANAGE_USERS,
        Permission.READ_AUDIT, Permission.MANAGE_REMINDERS}),
    Role.READER: frozenset({Permission.READ}),
}


def may(role: Role, permission: Permission) -> bool:
    """Tell whether ``role`` has ``permission``."""
    return permission in PERMISSIONS[role]
