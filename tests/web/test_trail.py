"""The audit trail says of obligations what a person knows: days, states and documents, not codes."""

from __future__ import annotations

from datetime import date

import pytest

from registry.domain.roles import Role
from registry.services import extensions, obligations
from tests.conftest import NOON
from tests.factories import CLERK, LEADER
from tests.services.staff import Staff


@pytest.fixture
def staff(office):
    return Staff(office)


def test_obligations_stand_in_the_trail_in_words(staff, client_as):
    one = staff.create()
    asked = extensions.request(staff.db, one, 1, date(2021, 7, 30), "thiếu số liệu", actor=staff.lan, at=NOON)
    extensions.decide(staff.db, asked, approve=False, text="đã gia hạn một lần", actor=LEADER, at=NOON)
    obligations.complete(staff.db, one, staff.version(one), actor=CLERK, at=NOON, text="đã gửi")
    page = client_as(Role.ADMINISTRATOR).get("/audit?object_type=obligation").text.split("</form>")[-1]
    for words in ("Nhiệm vụ", "văn bản giao", "21/QĐ-TTg", "30/6/2021", "30/7/2021", "từ chối", "thiếu số liệu",
                  "Chưa thực hiện", "Hoàn thành", "Đỗ Thị Lan"):
        assert words in page
    for code in ("refused", "2021-06-30", "rrule", "chu kỳ"):
        assert code not in page
