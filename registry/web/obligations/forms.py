"""The forms of obligations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, HiddenField
from wtforms.widgets import TextInput

from registry.domain.recurrence import rule_text
from registry.domain.reports_period import ReportCycle
from registry.domain.roles import Permission
from registry.services import reference
from registry.services.obligation_page import Partner
from registry.services.obligations import LONGEST_TASK, NewObligation
from registry.services.progress import LONGEST_NOTE
from registry.web.choosing import offer_holders, who_may
from registry.web.context import db
from registry.web.documents.references import document_chosen
from registry.web.fields import (
    ChoiceField,
    ChoicesField,
    LineField,
    Required,
    TextField,
    VietnameseDateField,
    WholeNumberField,
    optional_id,
)
from registry.web.forms import Form, VersionForm
from registry.web.obligations.words import CYCLES, REPEATS


class HourField(Field):
    """An hour of the day, typed as 17:00 or 17h; ``data`` is a time or None."""

    widget = TextInput()

    def __init__(self, label: object = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.typed: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed, self.data = valuelist[0][:20], None
        hour, _colon, minute = self.typed.strip().lower().replace("h", ":").replace("g", ":").partition(":")
        if not hour:
            return
        if not (hour.isascii() and hour.isdigit() and (not minute or (minute.isascii() and minute.isdigit()))
                and int(hour) < 24 and int(minute or 0) < 60):
            raise ValueError(gettext("Giờ viết như 17:00."))
        self.data = time(int(hour), int(minute or 0))

    def _value(self) -> str:
        return self.typed if self.typed is not None else (f"{self.data:%H:%M}" if self.data else "")


class NoteForm(VersionForm):
    """A note of progress."""

    note = TextField(_("Tiến độ, vướng mắc"), [Required()], longest=LONGEST_NOTE)


class ReasonForm(VersionForm):
    """A change of state with its reason."""

    reason = TextField(_("Lý do"), longest=LONGEST_NOTE)


class CompleteForm(VersionForm):
    """By which document, and when, an obligation was fulfilled."""

    document = LineField(_("Văn bản hoàn thành"), longest=200)
    document_id = HiddenField()
    done_on = VietnameseDateField(_("Ngày hoàn thành"))
    note = TextField(_("Ghi chú; lý do nếu không có văn bản"), longest=LONGEST_NOTE)

    def chosen_document(self) -> int | None:
        """Return the document that is meant: the one chosen, or the only one of the number typed.

        Raises:
            FormRefused: none or several are; the field says so.
        """
        return document_chosen(self.document, self.document_id)


class DueForm(VersionForm):
    """Another due date."""

    due_on = VietnameseDateField(_("Hạn mới"))
    due_time = HourField(_("Giờ"))
    reason = LineField(_("Lý do"), [Required()], longest=1000)


class TransferForm(VersionForm):
    """Whom the obligation goes to."""

    user_id = ChoiceField(_("Người nhận"), coerce=optional_id)
    unit_id = ChoiceField(_("Đơn vị nhận"), coerce=optional_id)
    reason = LineField(_("Lý do"), longest=1000)


class ExtensionForm(VersionForm):
    """A request for more time."""

    new_due_on = VietnameseDateField(_("Xin gia hạn đến ngày"), [Required()])
    reason = LineField(_("Lý do"), [Required()], longest=1000)


class DecisionForm(Form):
    """The decision on a request for more time."""

    reason = LineField(_("Văn bản đồng ý, hoặc lý do không đồng ý"), longest=1000)


class DeadlineForm(Form):
    """An obligation out of a deadline in the text: what a person may correct."""

    task = TextField(_("Nhiệm vụ"), [Required()], longest=LONGEST_TASK)
    unit_id = ChoiceField(_("Đơn vị chủ trì"), coerce=optional_id)
    user_id = ChoiceField(_("Người thực hiện"), coerce=optional_id)
    printed_on = VietnameseDateField(_("Hạn"))
    due_time = HourField(_("Giờ"))
    cycle = ChoiceField(_("Kỳ báo cáo theo Nghị định 09/2019/NĐ-CP"), choices=[("", "–"), *CYCLES.items()],
                        default="")

    def to_new(self, document_id: int) -> NewObligation:
        """Return what the form says."""
        return NewObligation(document_id=document_id, task=self.task.data, unit_id=self.unit_id.data,
                             user_id=self.user_id.data, printed_on=self.printed_on.data, due_time=self.due_time.data,
                             cycle=ReportCycle(self.cycle.data) if self.cycle.data else None)


class PartnersForm(Form):
    """Who works on an obligation beside the one who owes it."""

    partner_units = ChoicesField(_("Đơn vị phối hợp"))
    partner_users = ChoicesField(_("Người phối hợp"))

    def offer_partners(self, kept: Iterable[Partner] = ()) -> None:
        """Let the units and people that there are be chosen; ``kept`` too, though closed or gone since."""
        there = {one.id: one.name for one in reference.units(db())}
        people = {one.id: one.full_name for one in who_may(Permission.WORK_OBLIGATIONS)}
        for one in kept:
            if one.unit_id is not None:
                there.setdefault(one.unit_id, one.name)
            elif one.user_id is not None:
                people.setdefault(one.user_id, one.name)
        self.partner_units.offer(there.items())
        self.partner_users.offer(people.items())


class EditForm(VersionForm, PartnersForm):
    """What an obligation says, and who takes part."""

    task = TextField(_("Nhiệm vụ"), [Required()], longest=LONGEST_TASK)


class ObligationForm(DeadlineForm, PartnersForm):
    """An obligation entered by hand."""

    before = BooleanField(_("Văn bản ghi “trước ngày”"))
    repeats = ChoiceField(_("Lặp lại"), choices=tuple(REPEATS.items()))
    month_day = WholeNumberField(_("Vào ngày trong tháng"), low=1, high=31)
    month = WholeNumberField(_("Tháng (nếu hằng năm)"), low=1, high=12)
    days_after_cut_off = WholeNumberField(_("Gửi sau ngày chốt số liệu (ngày làm việc)"), low=0, high=60)
    from_on = VietnameseDateField(_("Từ ngày"))
    until_on = VietnameseDateField(_("Đến ngày"))

    def to_new(self, document_id: int) -> NewObligation:
        """Return what the form says."""
        new = super().to_new(document_id)
        return replace(
            new, partner_units=tuple(self.partner_units.data or ()),
            partner_users=tuple(self.partner_users.data or ()),
            before=bool(self.before.data), rrule="" if new.cycle else self._rule(),
            days_after_cut_off=self.days_after_cut_off.data, from_on=self.from_on.data, until_on=self.until_on.data)

    def _rule(self) -> str:
        repeats, day = self.repeats.data, self.month_day.data
        start: date | None = self.from_on.data or self.printed_on.data
        if repeats == "WEEKLY":
            return rule_text("WEEKLY", week_day=start.weekday() if start else 4)
        if repeats in {"MONTHLY", "QUARTERLY", "HALF"}:
            return rule_text("MONTHLY", {"MONTHLY": 1, "QUARTERLY": 3, "HALF": 6}[repeats], month_day=day or 31)
        if repeats == "YEARLY":
            return rule_text("YEARLY", months=[self.month.data or 12], month_day=day or 31)
        return ""


def offer_people(form: DeadlineForm | TransferForm) -> None:
    """Put the units and people that there are into a form."""
    offer_holders(form.unit_id, form.user_id, Permission.WORK_OBLIGATIONS)
    if isinstance(form, ObligationForm):
        form.offer_partners()
