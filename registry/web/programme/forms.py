"""The forms of work programmes."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from registry.domain.errors import UnknownIssuer
from registry.domain.roles import Permission
from registry.domain.work_programme import PlanPeriod
from registry.services import organisations, reference
from registry.services.planned_changes import LONGEST_NOTE, LONGEST_REASON, LONGEST_SUBJECT, NewPlanned
from registry.services.planned_documents import PlannedRow
from registry.web.choosing import issuer_chosen, offer_holders
from registry.web.context import db
from registry.web.documents.references import document_chosen
from registry.web.fields import (
    ChoiceField,
    LineField,
    Required,
    TextField,
    VietnameseDateField,
    WholeNumberField,
    optional_id,
)
from registry.web.forms import Form, FormRefused, VersionForm, show_on
from registry.web.programme.words import PARTS

_LONGEST_PASTED = 100_000


class PeriodForm(VersionForm):
    """A period: a year and a part of it."""

    year = WholeNumberField(_("Năm"), [Required()], low=1990, high=2100)
    part = ChoiceField(_("Kỳ"), choices=list(PARTS.items()), default="")

    def period(self) -> PlanPeriod:
        """Return the period of a form that is valid."""
        return PlanPeriod(int(self.year.data or 0), self.part.data or "")

    def show_period(self, period: PlanPeriod) -> None:
        """Fill in a period."""
        self.year.data, self.part.data = period.year, period.part


class DraftersForm(VersionForm):
    """Who drafts."""

    unit_id = ChoiceField(_("Đơn vị soạn thảo"), coerce=optional_id)
    user_id = ChoiceField(_("Người soạn thảo"), coerce=optional_id)

    def offer_drafters(self, kept: PlannedRow | None = None) -> None:
        """Let the units and people that there are be chosen; those of ``kept`` too, though closed or gone since."""
        offer_holders(self.unit_id, self.user_id, Permission.WORK_OBLIGATIONS, kept)


class IssuerForm(Form):
    """Who is to issue the documents."""

    issuer = LineField(_("Cơ quan sẽ ban hành"), longest=300)
    issuer_id = HiddenField()

    def chosen_issuer(self) -> int | None:
        """Return the body that is meant.

        Raises:
            FormRefused: none is; the field says so.
        """
        try:
            return issuer_chosen(self.issuer, self.issuer_id, on=None)
        except UnknownIssuer as error:
            show_on(self, error)
            self.issuer.errors = [gettext("Chưa có cơ quan này trong danh mục; hãy chọn trong danh sách gợi ý.")]
            raise FormRefused from error

    def show_issuer(self, issuer_id: int | None) -> None:
        """Fill in a body."""
        body = organisations.get_choice(db(), issuer_id)
        if body is not None:
            self.issuer.data, self.issuer_id.data = body.name, str(body.id)


class PlannedForm(PeriodForm, DraftersForm, IssuerForm):
    """One planned document."""

    kind_id = ChoiceField(_("Loại văn bản"), coerce=optional_id)
    subject = TextField(_("Nội dung văn bản sẽ ban hành"), [Required()], longest=LONGEST_SUBJECT)
    due_on = VietnameseDateField(_("Thời hạn ban hành"))
    directive = LineField(_("Căn cứ (văn bản giao việc)"), longest=200)
    directive_id = HiddenField()
    note = TextField(_("Ghi chú"), longest=LONGEST_NOTE)

    def offer(self, kept: PlannedRow | None = None) -> None:
        """Fill the choices; for a plan that is changed, with those that it has."""
        self.offer_drafters(kept)
        self.kind_id.offer([(None, gettext("– chọn loại –")), *((one.id, one.name) for one in reference.kinds(db()))])

    def to_new(self) -> NewPlanned | None:
        """Return what the form says; None after putting what is wrong by its field."""
        try:
            directive_id = document_chosen(self.directive, self.directive_id) if self.directive.data else None
            issuer_id = self.chosen_issuer()
        except FormRefused:
            return None
        return NewPlanned(
            period=self.period(), subject=self.subject.data, kind_id=self.kind_id.data, issuer_id=issuer_id,
            unit_id=self.unit_id.data, user_id=self.user_id.data, due_on=self.due_on.data,
            directive_id=directive_id, note=self.note.data)

    def show(self, row: PlannedRow) -> None:
        """Fill the form with a planned document."""
        self.show_period(row.period)
        self.show_issuer(row.issuer_id)
        for name in ("kind_id", "subject", "unit_id", "user_id", "due_on", "note", "directive"):
            self[name].data = getattr(row, name)
        self.directive_id.data = str(row.directive_id or "")


class PastedForm(PeriodForm, DraftersForm, IssuerForm):
    """A pasted list, and what all its lines have in common."""

    text = TextField(_("Danh sách văn bản"), [Required()], longest=_LONGEST_PASTED)
    due_on = VietnameseDateField(_("Thời hạn, nếu dòng không ghi"))


class NoteForm(VersionForm):
    """A note of progress."""

    note = TextField(_("Tiến độ, vướng mắc"), longest=LONGEST_NOTE)


class ReasonForm(VersionForm):
    """Why it is dropped or taken up again."""

    reason = LineField(_("Lý do"), longest=LONGEST_REASON)


class CarryForm(PeriodForm):
    """Into which period it is carried over, and why."""

    due_on = VietnameseDateField(_("Thời hạn mới"))
    reason = LineField(_("Lý do"), longest=LONGEST_REASON)


class IssuedForm(VersionForm):
    """The registered document that it became."""

    document = LineField(_("Văn bản đã ban hành"), [Required()], longest=200)
    document_id = HiddenField()


class BulkForm(CarryForm, DraftersForm):
    """What is done with several planned documents, and what it needs."""
