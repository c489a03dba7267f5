"""The forms of case files."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField

from registry.domain.case_files import RETENTIONS
from registry.domain.roles import Permission
from registry.services.case_file_changes import LIMITS, NewCaseFile
from registry.services.case_files import CaseFileRow
from registry.web.choosing import offer_holders
from registry.web.fields import (
    ChoiceField,
    LineField,
    Required,
    TextField,
    VietnameseDateField,
    WholeNumberField,
    optional_id,
    read_id,
)
from registry.web.forms import Form, VersionForm


class CaseFileForm(VersionForm):
    """One case file."""

    year = WholeNumberField(_("Năm"), [Required()], low=1945, high=2100)
    code = LineField(_("Số, ký hiệu hồ sơ"), [Required()], longest=LIMITS["code"])
    heading = LineField(_("Đề mục"), longest=LIMITS["heading"])
    title = TextField(_("Tiêu đề hồ sơ"), [Required()], longest=LIMITS["title"])
    retention = ChoiceField(_("Thời hạn bảo quản"), [Required()])
    started_on = VietnameseDateField(_("Ngày bắt đầu"), [Required()])
    user_id = ChoiceField(_("Người lập hồ sơ"), coerce=optional_id)
    unit_id = ChoiceField(_("Đơn vị lập hồ sơ"), coerce=optional_id)
    language = LineField(_("Ngôn ngữ"), longest=LIMITS["language"])
    construction = BooleanField(_("Hồ sơ xây dựng cơ bản (nộp lưu trong 3 tháng từ ngày quyết toán)"))
    restricted = BooleanField(_("Hạn chế sử dụng: chỉ người, đơn vị lập hồ sơ, văn thư và lãnh đạo thấy"))
    description = TextField(_("Mô tả, ghi chú"), longest=LIMITS["description"])

    def offer(self, kept: CaseFileRow | None = None) -> None:
        """Fill the choices; for a file that is changed, with those that it has."""
        offer_holders(self.unit_id, self.user_id, Permission.KEEP_CASE_FILES, kept)
        terms = list(RETENTIONS)
        if kept is not None and kept.retention_years not in terms:
            terms.append(kept.retention_years)
        self.retention.offer([("", gettext("– chọn –")), *((
            "ever" if years is None else str(years),
            gettext("Vĩnh viễn") if years is None else gettext("%(n)s năm", n=years)) for years in terms)])

    def to_new(self) -> NewCaseFile:
        """Return what a form that is valid says."""
        return NewCaseFile(
            year=int(self.year.data or 0), code=self.code.data, heading=self.heading.data, title=self.title.data,
            retention_years=read_id(self.retention.data), started_on=self.started_on.data,
            user_id=self.user_id.data, unit_id=self.unit_id.data, language=self.language.data,
            construction=bool(self.construction.data), restricted=bool(self.restricted.data),
            description=self.description.data)

    def show(self, row: CaseFileRow) -> None:
        """Fill the form with a case file."""
        for name in ("year", "code", "heading", "title", "started_on", "user_id", "unit_id", "language", "construction",
                     "restricted", "description"):
            self[name].data = getattr(row, name)
        self.retention.data = "ever" if row.retention_years is None else str(row.retention_years)
        self.version.data = str(row.version)


class AddForm(Form):
    """A document to be put into a file."""

    document = LineField(_("Văn bản"), longest=200)
    document_id = HiddenField()


class CloseForm(VersionForm):
    """When the work ended."""

    ended_on = VietnameseDateField(_("Ngày kết thúc công việc"))


class ReasonForm(VersionForm):
    """Why a file is opened again."""

    reason = LineField(_("Lý do"), longest=LIMITS["reason"])


class KeepBackForm(VersionForm):
    """Until when the unit keeps the file, and who agreed."""

    until = VietnameseDateField(_("Giữ lại đến ngày"), [Required()])
    reason = LineField(_("Văn bản đồng ý, lý do"), longest=LIMITS["reason"])


class HandOverForm(VersionForm):
    """When files were handed over, and by which record."""

    handed_over_on = VietnameseDateField(_("Ngày nộp lưu"))
    note = LineField(_("Biên bản giao nhận, nơi lưu"), longest=LIMITS["note"])


class ChooseForm(Form):
    """The case file that documents are put into."""

    case_file = LineField(_("Hồ sơ"), longest=300)
    case_file_id = HiddenField()
