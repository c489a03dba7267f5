"""The draft of a whole report: paragraphs beside what was computed, worded and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import report_drafts, report_files
from registry.services.report_drafts import LONGEST_LINE, DraftBlock, DraftHead, DraftPage, Typed
from registry.services.report_sections import ReportKey
from registry.web.access import requires
from registry.web.context import actor, db, now
from registry.web.fields import LineField, TextField, VietnameseDateField, WholeNumberField
from registry.web.forms import Form, show_on, status
from registry.web.reports.asked import Asked, asked
from registry.web.reports.blueprint import bp
from registry.web.reports.files import read_format, sent
from registry.web.reports.views import TABS

_TEXT, _MARK, _NEW = "text:", "mark:", "new:"


class DraftForm(Form):
    """What stands around the paragraphs; those themselves are read by their keys."""

    subject = LineField(_("Tên báo cáo"), longest=LONGEST_LINE)
    number = LineField(_("Số, ký hiệu"), longest=100)
    issued_on = VietnameseDateField(_("Ngày báo cáo"))
    recipients = TextField(_("Nơi nhận"), longest=4000)
    authority = LineField(_("Quyền hạn ký"), longest=150)
    position = LineField(_("Chức vụ người ký"), longest=150)
    signer = LineField(_("Người ký"), longest=100)
    tables = BooleanField(_("In bảng và biểu đồ ở phụ lục"))
    mark_edited = BooleanField(_("In dấu [sửa] trước đoạn đã sửa"))
    version = WholeNumberField(low=0, high=2**31 - 1)

    def head(self, keys: tuple[ReportKey, ...]) -> DraftHead:
        """Return what was typed."""
        return DraftHead(
            self.subject.data, self.number.data, self.issued_on.data, self.recipients.data, self.authority.data,
            self.position.data, self.signer.data, keys, self.tables.data, self.mark_edited.data)


@bp.route("/draft", methods=["GET", "POST"])
@requires(Permission.READ_REPORTS)
def draft() -> ResponseReturnValue:
    """Show the person's draft of a period; keep what they typed, or take one paragraph from the figures again."""
    wanted = asked()
    page = report_drafts.get_draft(db(), wanted.request, actor=actor(), now=now())
    form = DraftForm(obj=page.head, data={"version": page.version})
    if not form.is_submitted():
        return _shown(wanted, page, form, {})
    typed = _typed(form)
    action, _colon, key = request.form.get("action", "").partition(" ")
    if form.validate():
        try:
            report_drafts.save_draft(db(), wanted.request, form.version.data or 0, typed, actor=actor(), now=now(),
                                     again=key if action == "again" else None)
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Đã lấy lại đoạn tự tính.") if action == "again" else gettext("Đã lưu dự thảo."), "success")
            return redirect(url_for(".draft", **wanted.arguments))
    return _shown(wanted, _overlaid(page, typed), form, dict(typed.own))


def _shown(wanted: Asked, page: DraftPage, form: DraftForm, new: Mapping[ReportKey, str]) -> ResponseReturnValue:
    return render_template(
        "reports/draft.html", wanted=wanted.request, arguments=wanted.arguments, page=page, form=form,
        new=new, tabs=dict(TABS), keys=list(ReportKey), drafts=report_drafts.find_drafts(db(), actor=actor()),
        own_key=report_drafts.key_of(wanted.request)), status(form)


def _typed(form: DraftForm) -> Typed:
    def starting(prefix: str) -> dict[str, str]:
        return {name.removeprefix(prefix): value for name, value in request.form.items() if name.startswith(prefix)}

    chosen = set(request.form.getlist("section"))
    keys = tuple(key for key in ReportKey if key in chosen) or tuple(ReportKey)
    own = tuple((ReportKey(key), text) for key, text in starting(_NEW).items() if key in set(ReportKey))
    return Typed(form.head(keys), starting(_TEXT), starting(_MARK), own)


def _overlaid(page: DraftPage, typed: Typed) -> DraftPage:
    """Return the page with what was typed, so that a refused draft loses nothing."""
    def over(block: DraftBlock) -> DraftBlock:
        return replace(block, text=typed.texts.get(block.key, block.text))

    return replace(page, head=typed.head, sections=[
        replace(one, blocks=[over(block) for block in one.blocks]) for one in page.sections])


@bp.post("/draft/drop")
@requires(Permission.READ_REPORTS)
def drop_draft() -> ResponseReturnValue:
    """Drop the draft; the report is as computed again."""
    wanted = asked()
    report_drafts.drop_draft(db(), wanted.request, actor=actor(), at=now())
    flash(gettext("Đã bỏ dự thảo; báo cáo trở lại như tự tính."), "success")
    return redirect(url_for(".draft", **wanted.arguments))


@bp.get("/draft.<format>")
@requires(Permission.EXPORT)
def export_draft(format: str) -> ResponseReturnValue:  # noqa: A002  the word that stands in the address
    """Send the draft as a file."""
    wanted = asked().request
    body = report_files.export_draft(db(), wanted, read_format(format), actor=actor(), now=now())
    return sent(body, read_format(format), f"bao-cao-{wanted.span.start:%Y%m%d}-{wanted.span.end:%Y%m%d}")
