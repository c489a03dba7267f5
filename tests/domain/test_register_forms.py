"""The forms of Nghị định 30/2020/NĐ-CP, Phụ lục IV, word for word and in order."""

from __future__ import annotations

from datetime import date

import pytest

from registry.domain.obligations import ObligationState, Timeliness
from registry.domain.register_forms import (
    COLUMNS,
    TITLES,
    Cover,
    RegisterForm,
    kind_and_subject,
    progress,
    told_document,
)

PRINTED = {
    RegisterForm.OUTGOING: [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú"],
    RegisterForm.INCOMING: [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú"],
    RegisterForm.FOLLOW_UP: [
        "Số đến", "Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành", "Đơn vị hoặc người nhận",
        "Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú"],
    RegisterForm.POST: [
        "Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận văn bản", "Số lượng bì", "Ký nhận và dấu bưu điện", "Ghi chú"],
}


@pytest.mark.parametrize("form", list(RegisterForm))
def test_the_columns_stand_in_the_order_of_the_decree(form):
    assert [column.heading for column in COLUMNS[form]] == PRINTED[form]


def test_the_titles_are_those_of_the_decree():
    assert [TITLES[form] for form in RegisterForm] == [
        "Sổ đăng ký văn bản đi", "Sổ đăng ký văn bản đến", "Sổ theo dõi giải quyết văn bản đến",
        "Sổ gửi văn bản đi bưu điện"]


def test_a_cover_says_year_days_numbers_and_volume():
    cover = Cover("UBND tỉnh Hà Nam", "Sở TTTT", "Sổ đăng ký văn bản đi", "", 2021, date(2021, 1, 4), date(2021, 6, 30),
                  "01", "1208", "02")
    assert cover.lines == ["Năm: 2021", "Từ ngày 04 tháng 01 năm 2021 đến ngày 30 tháng 6 năm 2021",
                           "Từ số 01 đến số 1208", "Quyển số: 02"]


def test_what_is_open_on_a_cover_is_left_to_be_filled_in_by_hand():
    lines = Cover("", "", "Sổ", "", 2021, date(2021, 1, 4), None, "01", "", "").lines
    assert lines[1].endswith("đến ngày ……………")
    assert lines[2:] == ["Từ số 01 đến số ………", "Quyển số: ………"]


@pytest.mark.parametrize(("kind", "subject", "told"), [
    pytest.param("Kế hoạch", "thông tin đối ngoại năm 2021", "Kế hoạch thông tin đối ngoại năm 2021", id="kind in front"),
    pytest.param("Kế hoạch", "KẾ HOẠCH chuyển đổi số", "KẾ HOẠCH chuyển đổi số", id="the subject has it"),
    pytest.param("", "về việc nghỉ lễ", "về việc nghỉ lễ", id="no kind"),
])
def test_kind_and_subject_share_a_cell(kind, subject, told):
    assert kind_and_subject(kind, subject) == told


def test_a_document_is_told_with_kind_number_date_and_issuer():
    assert told_document("Chỉ thị", "05/CT-TTg", date(2021, 3, 5), "Thủ tướng Chính phủ") == (
        "Chỉ thị số 05/CT-TTg ngày 05 tháng 3 năm 2021 của Thủ tướng Chính phủ")
    assert told_document("", "", None, "") == "Văn bản"


@pytest.mark.parametrize(("state", "standing", "done_on", "told"), [
    (ObligationState.DONE, Timeliness.DONE_IN_TIME, date(2021, 6, 28), "Hoàn thành ngày 28/6/2021, đúng hạn"),
    (ObligationState.WORKING, Timeliness.OVERDUE, None, "Đang thực hiện, quá hạn"),
    (ObligationState.NEW, Timeliness.IN_TERM, None, "Chưa thực hiện"),
    (ObligationState.CANCELLED, Timeliness.SET_ASIDE, None, "Đã hủy"),
])
def test_progress_says_state_day_and_whether_in_time(state, standing, done_on, told):
    assert progress(state, standing, done_on) == told
