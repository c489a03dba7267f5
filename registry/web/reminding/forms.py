"""Forms of reminders."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import ValidationError

from registry.domain.errors import NotPossible
from registry.domain.reminding import ReminderRules
from registry.messages import say
from registry.services.outbox import MessageFilter
from registry.services.reminder_rules import check_days, print_days, read_days
from registry.services.reminder_wishes import Wishes
from registry.web import labels
from registry.web.context import HANOI
from registry.web.fields import (
    ChoiceField,
    LineField,
    Required,
    TextField,
    VietnameseDateField,
    WholeNumberField,
    optional_id,
)
from registry.web.forms import Form

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:h.]([0-5]\d)")


def read_clock(text: str) -> time:
    """Read "7:30", "07h30".

    Raises:
        ValidationError: it is no time of day.
    """
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise ValidationError(_("Giờ không đúng dạng. Ví dụ: 07:30."))
    return time(int(found[1]), int(found[2]))


class _Days(Form):
    days_before = LineField(_("Nhắc trước (ngày làm việc)"), longest=40)
    morning_at = LineField(_("Giờ gửi buổi sáng"), [Required()], longest=5)

    def validate_days_before(self, field: LineField) -> None:
        """A short list of whole numbers."""
        try:
            check_days(read_days(field.data))
        except NotPossible as error:
            raise ValidationError(say(error)) from error

    def validate_morning_at(self, field: LineField) -> None:
        """A time of day."""
        read_clock(field.data)


class RulesForm(_Days):
    """The office's rules."""

    on_day = BooleanField(_("Nhắc trong ngày đến hạn"))
    overdue = BooleanField(_("Nhắc mỗi ngày làm việc khi quá hạn"))
    most_overdue = WholeNumberField(_("Thôi nhắc sau số ngày quá hạn"), low=1, high=999)
    head_after = WholeNumberField(_("Báo trưởng đơn vị khi quá hạn (ngày làm việc)"), low=1, high=99)
    leader_after = WholeNumberField(_("Báo lãnh đạo khi quá hạn (ngày làm việc)"), low=1, high=99)
    opens = LineField(_("Giờ làm việc từ"), [Required()], longest=5)
    closes = LineField(_("đến"), [Required()], longest=5)

    def validate_opens(self, field: LineField) -> None:
        """A time of day."""
        read_clock(field.data)

    def validate_closes(self, field: LineField) -> None:
        """A time of day."""
        read_clock(field.data)

    @classmethod
    def of(cls, rules: ReminderRules) -> RulesForm:
        """Return the form filled with ``rules``."""
        return cls(data={
            "days_before": print_days(rules.days_before), "morning_at": f"{rules.morning_at:%H:%M}",
            "on_day": rules.on_day, "overdue": rules.overdue, "most_overdue": rules.most_overdue,
            "head_after": rules.head_after, "leader_after": rules.leader_after,
            "opens": f"{rules.opens:%H:%M}", "closes": f"{rules.closes:%H:%M}"})

    def to_rules(self) -> ReminderRules:
        """Return what was entered."""
        return ReminderRules(
            read_days(self.days_before.data), self.on_day.data, self.overdue.data, self.most_overdue.data,
            self.head_after.data, self.leader_after.data, read_clock(self.morning_at.data),
            read_clock(self.opens.data), read_clock(self.closes.data))


class WishesForm(_Days):
    """What a person wants."""

    digest = BooleanField(_("Gộp các việc vào một thư mỗi sáng"))

    @classmethod
    def of(cls, wishes: Wishes) -> WishesForm:
        """Return the form filled with ``wishes``."""
        return cls(data={"days_before": print_days(wishes.days_before), "morning_at": f"{wishes.morning_at:%H:%M}",
                         "digest": wishes.digest})


class AbsenceForm(Form):
    """An absence and who stands in."""

    from_on = VietnameseDateField(_("Vắng từ ngày"), [Required()])
    to_on = VietnameseDateField(_("đến hết ngày"), [Required()])
    deputy_id = ChoiceField(_("Người nhận thay"), [Required()], coerce=optional_id)
    note = LineField(_("Lý do"), longest=300)

    def to_days(self) -> tuple[date, date]:
        """Return the first and the last day, which are required."""
        return self.from_on.data or date.min, self.to_on.data or date.min


class MessageFilterForm(Form):
    """What is looked for in the outbox; read from the address."""

    state = ChoiceField(_("Trạng thái"), choices=[("", _("Mọi trạng thái")), *labels.MESSAGE_STATES.items()],
                        default="")
    q = LineField(_("Địa chỉ hoặc tiêu đề"), longest=100)
    twice = BooleanField(_("Có thể đã gửi hai lần"))
    since = VietnameseDateField(_("Từ ngày"))
    below = WholeNumberField(low=1, high=2**31 - 1)

    def to_filter(self) -> MessageFilter:
        """Return what was asked."""
        return MessageFilter(self.state.data or "", self.q.data, self.twice.data,
                             datetime.combine(self.since.data, time(), HANOI) if self.since.data else None)


class ReplyForm(Form):
    """The answer to a mail."""

    text = TextField(_("Kết quả, văn bản trả lời"), longest=1000)
