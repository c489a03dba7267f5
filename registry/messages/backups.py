"""Why a backup could not be made or restored."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from registry.domain import backup_errors
from registry.messages.saying import say


@say.register
def _backup_fault(error: backup_errors.BackupFault) -> str:
    facts = error.facts
    sentences = {
        "not_writable": _("Không ghi được vào %(path)s (%(why)s). Hãy kiểm tra ổ đĩa và quyền ghi.", **_known(facts, "path", "why")),
        "disk_full": _("Ổ đĩa của %(path)s không đủ chỗ.", **_known(facts, "path")),
        "no_tool": _("Không tìm thấy %(tool)s của PostgreSQL. Hãy cài gói postgresql-client, hoặc đặt SOVANBAN_POSTGRES_BIN "
                     "là thư mục chứa nó.", **_known(facts, "tool")),
        "old_tool": _("%(tool)s là phiên bản %(has)s, cũ hơn máy chủ PostgreSQL %(needs)s. Hãy cài bản mới hơn, hoặc đặt "
                      "SOVANBAN_POSTGRES_BIN.", **_known(facts, "tool", "has", "needs")),
        "tool_failed": _("%(tool)s dừng vì lỗi: %(why)s", **_known(facts, "tool", "why")),
        "database_damaged": _("Cơ sở dữ liệu bị hỏng nên không sao lưu được: %(why)s. Hãy chạy sovanban doctor; các bản sao lưu "
                              "cũ còn nguyên.", **_known(facts, "why")),
        "program": _("Việc sao lưu dừng vì lỗi của phần mềm: %(why)s", **_known(facts, "why")),
        "no_archive": _("Không có bản sao lưu nào ở %(path)s.", **_known(facts, "path")),
        "unfinished": _("%(path)s không phải bản sao lưu trọn vẹn.", **_known(facts, "path")),
        "newer_format": _("Bản sao lưu do phiên bản mới hơn (%(program)s) tạo. Hãy cài phiên bản đó rồi khôi phục.",
                          **_known(facts, "program")),
        "newer_program": _("Bản sao lưu do phiên bản mới hơn (%(program)s) tạo. Hãy cài phiên bản đó rồi khôi phục.",
                           **_known(facts, "program")),
        "damaged": _("Bản sao lưu bị hỏng: %(name)s thiếu hoặc không còn đúng. Hãy dùng bản khác.", **_known(facts, "name")),
        "other_database": _("Bản sao lưu là của %(has)s, còn cấu hình đang dùng %(needs)s. Hãy đặt SOVANBAN_DATABASE_URL cho "
                            "đúng.", **_known(facts, "has", "needs")),
        "database_not_empty": _("Cơ sở dữ liệu %(name)s đã có dữ liệu. Chỉ khôi phục vào nơi còn trống.", **_known(facts, "name")),
        "files_not_empty": _("Kho tệp %(path)s đã có tệp khác. Chỉ khôi phục vào nơi còn trống.", **_known(facts, "path")),
    }
    if error.code == "disk_full" and "needed" in facts:
        return _("Ổ đĩa của %(path)s chỉ còn %(free)s MB, cần %(needed)s MB.", path=facts["path"],
                 free=_megabytes(facts["free"]), needed=_megabytes(facts["needed"]))
    return sentences[error.code]


def _known(facts: Mapping[str, object], *names: str) -> dict[str, object]:
    """Return the facts of one sentence; all sentences are made, also those that these facts are not for."""
    return {name: facts.get(name, "") for name in names}


def _megabytes(size: object) -> str:
    return f"{int(str(size)) // (1024 * 1024):,}".replace(",", ".")
