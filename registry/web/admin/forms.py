"""Forms of the administration pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import ValidationError

from registry.domain.roles import Role
from registry.domain.values import Direction
from registry.services.book_lists import BookData
from registry.services.lists import KindData
from registry.services.organisations_admin import OrganisationData
from registry.services.passing_on import Successor
from registry.services.units import UnitData, UnitRow
from registry.services.users import UserData, UserRow
from registry.web import labels
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
from registry.web.forms import Form


class SearchForm(Form):
    """The search box above a list; read from the address."""

    q = LineField(_("Tìm"), longest=100)


class UserFilterForm(SearchForm):
    """Which users are shown; read from the address."""

    locked = BooleanField(_("Đang bị khóa vì đăng nhập sai"))


class UserForm(Form):
    """A user; the user name is given once."""

    username = LineField(_("Tên đăng nhập"), [Required()], longest=60)
    full_name = LineField(_("Họ và tên"), [Required()], longest=100)
    role = ChoiceField(_("Vai trò"), [Required()], choices=labels.ROLES.items())
    unit_id = ChoiceField(_("Đơn vị"), coerce=optional_id)
    email = LineField(_("Thư điện tử"), longest=200)
    phone = LineField(_("Điện thoại"), longest=30)
    heads_unit = BooleanField(_("Trưởng đơn vị"))

    def validate_email(self, field: LineField) -> None:
        """One address, of a shape that mail can be sent to."""
        if field.data and not re.fullmatch(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+", field.data):
            raise ValidationError(_("Địa chỉ thư không đúng dạng. Ví dụ: vanthu@hanam.gov.vn."))

    def validate_heads_unit(self, field: BooleanField) -> None:
        """Who heads a unit belongs to it."""
        if field.data and self.unit_id.data is None:
            raise ValidationError(_("Hãy chọn đơn vị mà người này đứng đầu."))

    def to_user(self) -> UserData:
        """Return what was entered."""
        return UserData(self.username.data, self.full_name.data, Role(self.role.data), self.unit_id.data,
                        self.email.data, self.phone.data, self.heads_unit.data)


class SuccessorOfTasksForm(Form):
    """Who takes over what a person, or a unit that closes, still owes."""

    successor_id = ChoiceField(_("Đơn vị tiếp nhận"), coerce=optional_id)
    successor_user_id = ChoiceField(_("Người tiếp nhận"), coerce=optional_id)

    def offer(self, offered_units: Iterable[UnitRow], people: Iterable[UserRow]) -> None:
        """Let these units and people be chosen."""
        self.successor_id.offer([(None, ""), *((unit.id, unit.name) for unit in offered_units)])
        self.successor_user_id.offer([(None, ""), *(
            (one.id, f"{one.full_name} – {one.unit}" if one.unit else one.full_name) for one in people)])

    def to_successor(self) -> Successor:
        """Return who was chosen."""
        return Successor(self.successor_id.data, self.successor_user_id.data)


class UnitForm(SuccessorOfTasksForm):
    """A unit of the office; who takes over is asked when it closes and still owes."""

    name = LineField(_("Tên đơn vị"), [Required()], longest=200)
    symbol = LineField(_("Ký hiệu"), longest=30)
    parent_id = ChoiceField(_("Thuộc đơn vị"), coerce=optional_id)
    closed_on = VietnameseDateField(_("Ngày đóng"))

    def to_unit(self) -> UnitData:
        """Return what was entered."""
        return UnitData(self.name.data, self.symbol.data, self.parent_id.data, self.closed_on.data)


class KindForm(Form):
    """A document type."""

    name = LineField(_("Tên loại"), [Required()], longest=100)
    name_en = LineField(_("Tên tiếng Anh"), longest=100)
    abbreviation = LineField(_("Chữ viết tắt"), longest=20)
    position = WholeNumberField(_("Thứ tự"), [Required()], low=1, high=100_000, default=1000)
    active = BooleanField(_("Đang dùng"), default=True)

    def to_kind(self) -> KindData:
        """Return what was entered."""
        return KindData(self.name.data, self.name_en.data, self.abbreviation.data, self.position.data or 1000,
                        self.active.data)


class FieldForm(Form):
    """A field of work."""

    name = LineField(_("Tên lĩnh vực"), [Required()], longest=150)
    active = BooleanField(_("Đang dùng"), default=True)


class BookForm(Form):
    """A register book."""

    name = LineField(_("Tên sổ"), [Required()], longest=200)
    direction = ChoiceField(_("Loại sổ"), [Required()], choices=[
        (code, labels.DIRECTIONS[code]) for code in ("outgoing", "incoming", "internal")])
    issuer = LineField(_("Cơ quan ban hành"), longest=340)
    kind_ids = ChoicesField(_("Các loại văn bản"))
    with_year = BooleanField(_("Số, ký hiệu có năm (văn bản quy phạm pháp luật, như 07/2021/QĐ-UBND)"))
    series = LineField(_("Chuỗi số riêng"), longest=20)
    active = BooleanField(_("Đang dùng"), default=True)

    def to_book(self, issuer_id: int | None) -> BookData:
        """Return what was entered."""
        return BookData(self.name.data, Direction(self.direction.data), issuer_id, self.series.data,
                        self.with_year.data, self.active.data, tuple(i for i in self.kind_ids.data or () if i))


class StartForm(Form):
    """Where a book's year goes on from the paper book."""

    year = WholeNumberField(_("Năm"), [Required()], low=1945, high=2100)
    last_ordinal = WholeNumberField(_("Số cuối đã cấp trên giấy"), [Required()], low=0, high=999_999)

    def to_start(self) -> tuple[int, int]:
        """Return the year and the last number."""
        return self.year.data or 0, self.last_ordinal.data or 0


class OrganisationForm(Form):
    """An issuing body."""

    name = LineField(_("Tên đầy đủ"), [Required()], longest=300)
    short_name = LineField(_("Tên ngắn"), longest=120)
    aliases = LineField(_("Tên khác"), longest=1000)
    symbol = LineField(_("Ký hiệu trong số văn bản"), longest=30)
    interchange_code = LineField(_("Mã định danh"), longest=35)
    level = ChoiceField(_("Cấp"), choices=labels.LEVELS.items(), default="other")
    place = LineField(_("Địa bàn"), longest=120)
    parent = LineField(_("Cơ quan cấp trên"), longest=340)
    valid_from = VietnameseDateField(_("Có từ ngày"))
    valid_to = VietnameseDateField(_("Có đến hết ngày"))
    basis = TextField(_("Căn cứ"), longest=500)

    def to_organisation(self, parent_id: int | None) -> OrganisationData:
        """Return what was entered."""
        return OrganisationData(
            self.name.data, self.short_name.data, self.aliases.data, self.symbol.data, self.interchange_code.data,
            self.level.data, self.place.data, parent_id, self.valid_from.data, self.valid_to.data, self.basis.data)


class OrganisationFilterForm(Form):
    """What is looked for among the bodies; read from the address."""

    q = LineField(_("Tên hoặc ký hiệu"), longest=100)
    level = ChoiceField(_("Cấp"), choices=[("", _("Mọi cấp")), *labels.LEVELS.items()], default="")
    review = BooleanField(_("Cần rà soát"))
    living = BooleanField(_("Đang hoạt động"))
    after = WholeNumberField(low=1, high=2**31 - 1)


class SuccessorForm(Form):
    """A body that took over from the one shown."""

    successor = LineField(_("Cơ quan kế thừa"), [Required()], longest=340)
    on = VietnameseDateField(_("Từ ngày"))
    manner = ChoiceField(_("Cách thức"), choices=labels.MANNERS.items(), default="merged")


class MergeForm(Form):
    """The body that the one shown is a duplicate of."""

    into = LineField(_("Cơ quan đúng"), [Required()], longest=340)


class OfficeForm(Form):
    """What the office says of itself."""

    office_name = LineField(_("Tên cơ quan"), longest=300)
    parent_name = LineField(_("Cơ quan chủ quản"), longest=300)
    place = LineField(_("Địa danh"), longest=100)
    organisation = LineField(_("Cơ quan này trong danh mục"), longest=340)
    default_issuer = LineField(_("Cơ quan ban hành mặc định"), longest=340)
    before_is_strict = BooleanField(_("“Trước ngày 30/6” tính là hết ngày 29/6"))


class AuditForm(Form):
    """What is looked for in the audit trail; read from the address."""

    actor_id = ChoiceField(_("Người"), coerce=optional_id)
    action = ChoiceField(_("Việc"), choices=[("", _("Mọi việc")), *labels.ACTIONS.items()], default="")
    object_type = ChoiceField(_("Đối tượng"), choices=[("", _("Mọi đối tượng")), *labels.OBJECTS.items()],
                              default="")
    object_id = WholeNumberField(_("Mã đối tượng"), low=1, high=2**31 - 1)
    since = VietnameseDateField(_("Từ ngày"))
    until = VietnameseDateField(_("Đến hết ngày"))
    below = WholeNumberField(low=1, high=2**31 - 1)
