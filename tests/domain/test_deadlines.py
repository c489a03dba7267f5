"""Reading deadlines from official sentences."""

from __future__ import annotations

import time as clock
import unicodedata
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.deadlines import Deadline, find_deadlines, last_day
from registry.domain.workdays import Unit

ISSUED = date(2021, 5, 20)


def only(text: str, doc_date: date | None = ISSUED) -> Deadline:
    found = find_deadlines(text, doc_date=doc_date)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("text", "words", "due", "op"), [
    pytest.param("Gửi báo cáo về Sở trước ngày 30/6/2021.", "trước ngày 30/6/2021", date(2021, 6, 30), "before", id="before"),
    pytest.param("Báo cáo kết quả trước ngày 20.7.2021", "trước ngày 20.7.2021", date(2021, 7, 20), "before", id="dots"),
    pytest.param("Trình UBND tỉnh chậm nhất ngày 15 tháng 6 năm 2021;", "chậm nhất ngày 15 tháng 6 năm 2021",
                 date(2021, 6, 15), "by", id="by"),
    pytest.param("Nộp hồ sơ trước ngày 15/01 để tổng hợp.", "trước ngày 15/01", date(2022, 1, 15), "before",
                 id="no year: the next January"),
    pytest.param("Số hóa xong hồ sơ, hoàn thành trong quý II/2021.", "hoàn thành trong quý II/2021", date(2021, 6, 30),
                 "within", id="quarter"),
    pytest.param("Ban hành kế hoạch trong tháng 6/2021.", "trong tháng 6/2021", date(2021, 6, 30), "within", id="month"),
    pytest.param("Hoàn thành trong 6 tháng đầu năm 2021.", "trong 6 tháng đầu năm 2021", date(2021, 6, 30), "within",
                 id="half-year"),
])
def test_a_date_or_period_is_read_with_its_words(text: str, words: str, due: date, op: str) -> None:
    found = only(text)
    assert (found.text.removeprefix("Hoàn thành "), found.due, found.op) == (words, due, op)


def test_each_cycle_of_a_list_is_read() -> None:
    found = find_deadlines("Hàng tháng, hàng quý, hàng năm, cơ quan đăng ký báo cáo Bộ về tình hình.", doc_date=ISSUED)
    assert [(one.frequency, one.interval) for one in found] == [("monthly", 1), ("monthly", 3), ("yearly", 1)]


def test_the_hour_is_kept() -> None:
    assert only("Gửi báo cáo trước 17 giờ ngày 30/6/2021.").due_time == time(17)


@pytest.mark.parametrize(("text", "frequency", "interval", "rrule"), [
    pytest.param("Gửi báo cáo trước ngày 15 hằng tháng.", "monthly", 1, "FREQ=MONTHLY;BYMONTHDAY=15", id="monthly"),
    pytest.param("đ) Ngày 25 hằng tháng, báo cáo kết quả thực hiện về Sở.", "monthly", 1, "FREQ=MONTHLY;BYMONTHDAY=25", id="a day opens the line"),
    pytest.param("a) Ngày thứ Sáu hằng tuần, người phụ trách tổ họp nhận xét, đánh giá.", "weekly", 1, "FREQ=WEEKLY;BYDAY=FR",
                 id="a weekday opens the line"),
    pytest.param("Định kỳ 06 (sáu) tháng, Văn phòng báo cáo UBND tỉnh.", "monthly", 6, "FREQ=MONTHLY;INTERVAL=6", id="the number in words too"),
    pytest.param("Chậm nhất ngày 31 tháng 12 phải chuyển xong kinh phí của năm đó.", "yearly", 1, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
                 id="of that year"),
    pytest.param("Trước ngày 30 tháng 5 của năm trước năm kế hoạch, đơn vị gửi hồ sơ.", "yearly", 1, "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=30",
                 id="of the year before"),
    pytest.param("+ Báo cáo năm: Ngày 15 tháng 02 năm kế tiếp sau năm báo cáo.", "yearly", 1, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15",
                 id="the day of a report"),
    pytest.param("Theo dõi việc thực hiện Kế hoạch này, định kỳ hằng năm báo cáo Chính phủ.", "yearly", 1, "FREQ=YEARLY", id="behind this plan"),
    pytest.param("Tổng kết công tác năm năm (05 năm) một lần, gửi báo cáo về Văn phòng.", "yearly", 5, "FREQ=YEARLY;INTERVAL=5",
                 id="the years in words, then in digits"),
    pytest.param("Văn phòng ban hành chương trình công tác tuần chậm nhất vào thứ Năm của tuần trước.", "weekly", 1, "FREQ=WEEKLY;BYDAY=TH",
                 id="a day of the week before"),
    pytest.param("Ban hành chương trình công tác tháng chậm nhất vào ngày làm việc đầu tiên của tháng;", "monthly", 1,
                 "FREQ=MONTHLY;BYMONTHDAY=1", id="the first working day"),
    pytest.param("Công ty quản lý quỹ hằng năm phải tổ chức tập huấn cho nhân viên.", "yearly", 1, "FREQ=YEARLY", id="hằng năm phải"),
    pytest.param("Doanh nghiệp có trách nhiệm cập nhật tối thiểu mỗi quý.", "monthly", 3, "FREQ=MONTHLY;INTERVAL=3", id="at least each quarter"),
    pytest.param("Trạm có trách nhiệm gửi kế hoạch thu dữ liệu tới trạm điều khiển hằng ngày.", "daily", 1, "FREQ=DAILY", id="sent every day"),
    pytest.param("Trong thời gian hưởng trợ cấp, hằng tháng người lao động phải trực tiếp thông báo.", "monthly", 1, "FREQ=MONTHLY",
                 id="a clause of its own behind a benefit"),
    pytest.param("Công khai kết quả giải ngân hằng tháng trên Cổng thông tin điện tử.", "monthly", 1, "FREQ=MONTHLY", id="and where"),
    pytest.param("Báo cáo trước ngày 20/11 hàng năm.", "yearly", 1, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20", id="yearly"),
    pytest.param("Gửi báo cáo trước ngày 31 tháng 3 năm sau.", "yearly", 1, "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31",
                 id="of the following year"),
    pytest.param("Hằng năm, các sở tổng hợp, báo cáo UBND tỉnh trước ngày 20 tháng 11 hằng năm.", "yearly", 1,
                 "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20", id="said twice"),
    pytest.param("Báo cáo quý gửi trước ngày 20 tháng cuối quý.", "monthly", 3, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20",
                 id="quarterly"),
    pytest.param("Gửi báo cáo trước 15h, thứ năm hàng tuần.", "weekly", 1, "FREQ=WEEKLY;BYDAY=TH", id="weekly"),
    pytest.param("Báo cáo định kỳ hàng quý trước ngày 17 các tháng 3, 6, 9 và 12.", "monthly", 3,
                 "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=17", id="months named"),
    pytest.param("Trước ngày cuối cùng của tháng đầu mỗi quý, đơn vị gửi báo cáo.", "monthly", 3,
                 "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31", id="last day of a month"),
    pytest.param("Sở Nội vụ tổng hợp kết quả chấm điểm từ ngày 16 đến ngày 31 tháng 12 hằng năm.", "yearly", 1,
                 "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", id="yearly stretch of days"),
    pytest.param("Trước ngày 15 của tháng cuối cùng hàng quý, doanh nghiệp thông báo.", "monthly", 3,
                 "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", id="last month of each quarter"),
    pytest.param("Chính phủ, Thủ tướng Chính phủ hằng tháng xem xét trách nhiệm người đứng đầu.", "monthly", 1,
                 "FREQ=MONTHLY", id="verb after the cycle"),
    pytest.param("d) Chậm nhất tháng 5 hàng năm, tổng hợp gửi Bộ.", "yearly", 1, "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31",
                 id="a month of each year"),
    pytest.param("Quý I hàng năm, xác định và phê duyệt quỹ tiền lương.", "yearly", 1, "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31",
                 id="a quarter of each year"),
    pytest.param("Tổng hợp nhu cầu từ cơ sở, báo cáo UBND tỉnh trước 19h00’ hằng ngày.", "daily", 1, "FREQ=DAILY",
                 id="an hour of each day"),
    pytest.param("Văn phòng báo cáo các cấp hàng ngày theo quy định.", "daily", 1, "FREQ=DAILY", id="a daily report"),
    pytest.param("Kiểm toán nhà nước hằng năm thực hiện kiểm toán việc giao dự toán.", "yearly", 1, "FREQ=YEARLY",
                 id="a body, the cycle, its verb"),
    pytest.param("Hằng năm, căn cứ tổng vốn vay ngoại tệ, kế hoạch trả nợ vốn vay, số liệu trả nợ gốc vay thực tế, tỷ giá quy đổi đã được "
                 "bên bán điện và bên mua điện ghi trong phương án, hai bên thực hiện tính toán chênh lệch.", "yearly", 1, "FREQ=YEARLY",
                 id="the task far behind what it goes by"),
    pytest.param("Việc trích Quỹ phòng ngừa rủi ro được thực hiện hàng quý.", "monthly", 3, "FREQ=MONTHLY;INTERVAL=3",
                 id="done each quarter"),
    pytest.param("Định kỳ hằng tháng báo cáo tiến độ, gửi Bộ trước ngày 25 để tổng hợp.", "monthly", 1, "FREQ=MONTHLY;BYMONTHDAY=25",
                 id="a day of the months named before it"),
    pytest.param("Căn cứ thời hạn sử dụng đã quyết định, hằng năm, người sử dụng lao động lập kế hoạch mua sắm.", "yearly", 1, "FREQ=YEARLY",
                 id="between commas"),
    pytest.param("Gửi báo cáo giá trước ngày 01 của tháng tiếp theo sau tháng kỳ báo cáo.", "monthly", 1, "FREQ=MONTHLY;BYMONTHDAY=1",
                 id="the month after the period"),
    pytest.param("Báo cáo Chủ tịch kết quả thực hiện hằng năm theo quy định;", "yearly", 1, "FREQ=YEARLY", id="results told each year"),
    pytest.param("- Thời gian thực hiện: Hằng năm.", "yearly", 1, "FREQ=YEARLY", id="when, in one word"),
    pytest.param("Các cấp học mầm non, tiểu học: Hằng năm xây dựng chương trình.", "yearly", 1, "FREQ=YEARLY", id="behind a colon"),
    pytest.param("Các đơn vị gửi về Hội đồng trước ngày 10/12 hàng năm (qua Sở Nội vụ)", "yearly", 1, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10",
                 id="a bracket behind it"),
    pytest.param("Kiểm tra với tần suất tối thiểu 01 lần/06 tháng.", "monthly", 6, "FREQ=MONTHLY;INTERVAL=6", id="once in six months"),
    pytest.param("Nộp tờ khai chậm nhất là ngày thứ 20 của tháng tiếp theo tháng phát sinh.", "monthly", 1, "FREQ=MONTHLY;BYMONTHDAY=20",
                 id="the twentieth day"),
    pytest.param("Báo cáo tiến độ hằng tuần vào 15 giờ thứ Năm.", "weekly", 1, "FREQ=WEEKLY;BYDAY=TH", id="an hour of a day each week"),
    pytest.param("Bản tin được phát hành vào tuần cuối cùng của tháng thứ 3 trong quý.", "monthly", 3, "FREQ=MONTHLY;INTERVAL=3",
                 id="a week of each quarter"),
    pytest.param("Trước ngày 05 và ngày 20 hằng tháng, Trung tâm trình danh sách.", "monthly", 1, "FREQ=MONTHLY;BYMONTHDAY=5,20",
                 id="two days of each month"),
    pytest.param("Vào tháng 6 và tháng 12 hằng năm, tổ chức kiểm kê tài sản.", "yearly", 1, "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=31",
                 id="months of each year"),
    pytest.param("Báo cáo 02 lần/ngày (trước 9h00’ và 16h00’) về tình hình.", "daily", 1, "FREQ=DAILY", id="twice a day"),
    pytest.param("Phải rà soát tối thiểu 01 lần trong vòng 05 năm.", "yearly", 5, "FREQ=YEARLY;INTERVAL=5", id="once within years"),
    pytest.param("Thực hiện đánh giá hằng năm và giữa kỳ, kịp thời kiến nghị.", "yearly", 1, "FREQ=YEARLY", id="a light verb and its noun"),
    pytest.param("Định kỳ hằng năm, Ban quản lý báo cáo tình hình gửi Bộ trước ngày 15 tháng 01 của năm sau.", "yearly", 1,
                 "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", id="one task, one deadline"),
    pytest.param("Hằng năm, Quỹ ưu tiên dành vốn cho dự án mới.", "yearly", 1, "FREQ=YEARLY", id="opens with the cycle, whatever the verb"),
    pytest.param("Thay mật khẩu 03 tháng một lần.", "monthly", 3, "FREQ=MONTHLY;INTERVAL=3", id="every three months"),
])
def test_a_recurring_date_becomes_a_rule(text: str, frequency: str, interval: int, rrule: str) -> None:
    found = only(text)
    assert (found.frequency, found.interval, found.rrule) == (frequency, interval, rrule)


@pytest.mark.parametrize(("text", "n", "unit", "event"), [
    pytest.param("Trong thời hạn 05 (năm) ngày làm việc kể từ ngày nhận được hồ sơ, Sở trả lời.", 5, Unit.working_day,
                 "ngày nhận được hồ sơ", id="working days, number twice"),
    pytest.param("Báo cáo trong vòng 24 giờ kể từ khi phát hiện.", 24, Unit.hour, "khi phát hiện", id="hours"),
    pytest.param("80 giờ làm việc (tương đương 10 ngày làm việc) kể từ ngày nhận đủ hồ sơ.", 80, Unit.working_hour,
                 "ngày nhận đủ hồ sơ", id="the same term in days beside it"),
    pytest.param("- Thời gian thực hiện: 3,5 ngày kể từ ngày Sở tiếp nhận đủ giấy tờ.", 3.5, Unit.day,
                 "ngày Sở tiếp nhận đủ giấy tờ", id="half a day"),
    pytest.param("Hẹn lần 2: không quá 03 ngày làm việc.", 3, Unit.working_day, None, id="after a label"),
    pytest.param("Thời gian thực hiện: Không quá 17 ngày làm việc.", 17, Unit.working_day, None, id="no event said"),
])
def test_a_term_keeps_its_event(text: str, n: int, unit: Unit, event: str | None) -> None:
    relative = only(text).relative
    assert relative is not None
    assert (relative.n, relative.unit, relative.event) == (n, unit, event)


@pytest.mark.parametrize(("text", "n", "unit", "event"), [
    pytest.param("Đơn vị quản trị thông báo cho các bên liên quan tối thiểu trước 05 ngày làm việc.", 5, Unit.working_day, None,
                 id="least, then before"),
    pytest.param("Doanh nghiệp báo cáo cho Cục trước 30 ngày, trong đó nêu rõ lý do.", 30, Unit.day, None, id="before alone, of a task"),
    pytest.param("Thông báo cho các cơ quan trước 30 ngày khi VPĐD chấm dứt hoạt động.", 30, Unit.day, "khi VPĐD chấm dứt hoạt động",
                 id="before an event that follows"),
    pytest.param("Trước khi chính thức hoạt động ít nhất là 10 ngày làm việc, tổ chức gửi hồ sơ.", 10, Unit.working_day,
                 "khi chính thức hoạt động", id="the event first"),
    pytest.param("Gửi hồ sơ thẩm định trước khi trình Ủy ban nhân dân tỉnh 20 ngày.", 20, Unit.day, "khi trình Ủy ban nhân dân tỉnh",
                 id="the event first, without least"),
    pytest.param("Chậm nhất 15 (mười lăm) ngày trước phiên họp đầu tiên của Hội đồng, gửi tài liệu.", 15, Unit.day,
                 "phiên họp đầu tiên của Hội đồng", id="before a meeting"),
])
def test_a_notice_ends_before_its_event(text: str, n: int, unit: Unit, event: str | None) -> None:
    relative = only(text).relative
    assert relative is not None
    assert (relative.n, relative.unit, relative.event, relative.backwards) == (n, unit, event, True)


@pytest.mark.parametrize(("text", "events"), [
    pytest.param("Trong thời hạn 60 ngày, kể từ ngày nhận đủ hồ sơ và 30 ngày, kể từ ngày nhận đề nghị sửa đổi, cơ quan thẩm định trình.",
                 ["ngày nhận đủ hồ sơ", "ngày nhận đề nghị sửa đổi"], id="the next term"),
    pytest.param("03 ngày làm việc kể từ ngày nhận đủ hồ sơ trong trường hợp không cấp giấy.", ["ngày nhận đủ hồ sơ"], id="a case"),
    pytest.param("Tài liệu được gửi cho các thành viên chậm nhất 07 ngày trước khi họp bằng văn bản.", ["khi họp"], id="how it is sent"),
    pytest.param("Trong thời hạn 05 ngày kể từ ngày nhận đủ hồ sơ, tài liệu, bản vẽ, Sở Xây dựng thẩm định.",
                 ["ngày nhận đủ hồ sơ, tài liệu, bản vẽ"], id="a list of papers, then who works on them"),
    pytest.param("Trong 03 ngày làm việc kể từ ngày kết quả đánh giá, Ban Quản lý ban hành quyết định.", ["ngày kết quả đánh giá"],
                 id="who acts, though nothing happened yet"),
    pytest.param("Phải hoàn thành trong thời hạn 12 tháng kể từ ngày Nghị định này có hiệu lực thi hành việc sắp xếp.",
                 ["ngày Nghị định này có hiệu lực thi hành"], id="in force"),
    pytest.param("Trong 05 ngày làm việc kể từ ngày nhận được văn bản của Sở Lao động - Thương binh và Xã hội, Sở Tài chính trình.",
                 ["ngày nhận được văn bản của Sở Lao động - Thương binh và Xã hội"], id="a name with và"),
    pytest.param("Trong 03 ngày làm việc kể từ ngày nhận được hồ sơ Sở Khoa học và Công nghệ kiểm tra.", ["ngày nhận được hồ sơ"],
                 id="who works on it, no comma"),
    pytest.param("Thông báo ít nhất 90 ngày trước ngày giấy phép hết hạn và chịu trách nhiệm về hồ sơ.", ["ngày giấy phép hết hạn"],
                 id="another duty"),
    pytest.param("Xét duyệt tối đa là 30 ngày kể từ ngày Quỹ tiếp nhận, kiểm tra tính đầy đủ, hợp lệ của hồ sơ.",
                 ["ngày Quỹ tiếp nhận, kiểm tra tính đầy đủ, hợp lệ của hồ sơ"], id="two verbs of one thing"),
    pytest.param("Trong thời hạn 20 ngày, không bao gồm ngày nghỉ lễ, tết, kể từ ngày nhận đủ hồ sơ, cơ quan giải quyết.",
                 ["ngày nhận đủ hồ sơ"], id="which days are not counted"),
    pytest.param("Trong thời hạn 03 ngày kể từ ngày nhận được yêu cầu bổ sung, giải trình nội dung, đơn vị hoàn thiện hồ sơ.",
                 ["ngày nhận được yêu cầu bổ sung, giải trình nội dung"], id="two words of one thing"),
    pytest.param("Khôi phục trong thời hạn 24 giờ kể từ khi cơ quan, đơn vị có thẩm quyền xác nhận đủ điều kiện",
                 ["khi cơ quan, đơn vị có thẩm quyền xác nhận đủ điều kiện"], id="to the end of the text"),
    pytest.param("Trong 07 ngày làm việc kể từ khi có quyết định công nhận hoặc hủy bỏ công nhận người giám định theo vụ việc, Sở đăng tải.",
                 ["khi có quyết định công nhận hoặc hủy bỏ công nhận người giám định theo vụ việc"], id="either of two decisions"),
    pytest.param("Nộp hồ sơ trong thời hạn 20 ngày kể từ ngày người lao động chết hoặc kể từ ngày hết thời hạn hưởng.",
                 ["ngày người lao động chết"], id="another event"),
    pytest.param("Ít nhất 05 ngày làm việc trước ngày tiến hành họp, người sử dụng lao động thông báo.", ["ngày tiến hành họp"],
                 id="a verb of the event itself"),
    pytest.param("Lập báo cáo trong vòng 24 giờ khi vi phạm đã được khắc phục.", ["khi vi phạm đã được khắc phục"], id="khi alone"),
    pytest.param("Trả lời trong thời hạn 10 ngày, kể từ ngày Sở Tài chính, Sở Xây dựng có ý kiến, và thông báo.",
                 ["ngày Sở Tài chính, Sở Xây dựng có ý kiến"], id="not a comma before the verb"),
])
def test_an_event_ends_where_something_else_begins(text: str, events: list[str]) -> None:
    assert [one.relative and one.relative.event for one in find_deadlines(text, doc_date=ISSUED)] == events


def test_terms_of_several_groups_are_each_read() -> None:
    found = find_deadlines("Thời gian cho ý kiến là 20 ngày đối với dự án nhóm A, 15 ngày đối với dự án nhóm B.", doc_date=ISSUED)
    assert [(one.relative.n, one.relative.unit.value) for one in found if one.relative] == [(20, "day"), (15, "day")]


def test_two_days_of_one_year_are_both_read() -> None:
    found = find_deadlines("Gửi báo cáo trước ngày 10/6 và ngày 10/12 hằng năm.", doc_date=ISSUED)
    assert [one.rrule for one in found] == ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"]


def test_days_of_one_year_in_a_list_are_each_read() -> None:
    found = find_deadlines("Gửi báo cáo về Cục trước ngày 25 tháng cuối của quý, ngày 25 tháng 6 và ngày 25 tháng 12 hằng năm.", doc_date=ISSUED)
    assert [one.rrule for one in found] == [
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=25", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"]


def test_the_cycles_of_a_report_on_demand_are_each_read() -> None:
    found = find_deadlines("Xây dựng phương hướng hằng tháng, quý, 6 tháng và đột xuất.", doc_date=ISSUED)
    assert [(one.frequency, one.interval) for one in found] == [("monthly", 1), ("monthly", 3), ("monthly", 6)]


def test_half_days_count_as_whole_ones() -> None:
    relative = only("Thời gian thực hiện: 3,5 ngày.").relative
    assert relative is not None
    assert relative.whole == 4


def test_an_order_of_a_day_gone_by_is_read() -> None:
    # conclusions of a meeting are signed later than what they ask for
    assert only("Giao Sở Tài chính báo cáo trước ngày 15/5/2021.").due == date(2021, 5, 15)


@pytest.mark.parametrize(("text", "due"), [
    pytest.param("Thời gian hoàn thành: Tháng 11 - 12/2025.", date(2025, 12, 31), id="months"),
    pytest.param("Thời gian hoàn thành: tháng 11/2025 đến tháng 4/2026.", date(2026, 4, 30), id="over the year's end"),
])
def test_a_stretch_of_months_ends_with_its_last(text: str, due: date) -> None:
    assert only(text).due == due


def test_the_number_of_the_next_article_is_no_part_of_the_event() -> None:
    found = find_deadlines("Phê duyệt chậm nhất 03 ngày kể từ ngày ban hành Quyết định 2. Giao Sở Tài chính.", doc_date=ISSUED)
    assert [one.due for one in found] == [date(2021, 5, 23)]


def test_a_term_from_the_issue_of_the_document_has_a_day() -> None:
    assert only("Trình phê duyệt chậm nhất 03 ngày kể từ ngày ban hành Quyết định này.").due == date(2021, 5, 23)


def test_before_read_strictly_is_the_day_before() -> None:
    found = only("Gửi báo cáo trước ngày 30/6/2021.")
    assert last_day(found, strict=True) == date(2021, 6, 29)
    assert last_day(found, strict=False) == date(2021, 6, 30)


def test_before_an_hour_is_that_day() -> None:
    assert last_day(only("Gửi báo cáo trước 17 giờ ngày 30/6/2021.")) == date(2021, 6, 30)


@pytest.mark.parametrize("spoil", [
    pytest.param(lambda text: unicodedata.normalize("NFD", text), id="decomposed"),
    pytest.param(lambda text: text.replace(" ", "\u00a0 "), id="odd spaces"),
    pytest.param("\u200b".join, id="zero-width"),
    pytest.param(lambda text: text.replace(" ", "\n"), id="broken lines"),
    pytest.param(str.upper, id="capitals"),
])
def test_places_point_into_the_text_as_given(spoil) -> None:
    given_text = spoil("Các sở gửi báo cáo trước ngày 30/6/2021 để tổng hợp.")
    found = only(given_text)
    assert found.text == given_text[found.start:found.end]
    assert found.text.startswith(spoil("trước")[:2])
    assert found.due == date(2021, 6, 30)


def test_the_task_and_who_does_it_are_named() -> None:
    found = only("Sở Tài chính chủ trì rà soát, báo cáo UBND tỉnh trước ngày 30/6/2021.")
    assert found.who == "Sở Tài chính"
    assert found.task
    assert "rà soát" in found.task


@pytest.mark.parametrize(("text", "who"), [
    pytest.param("Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập giá, trình UBND tỉnh trước ngày 30/6/2021.", "Sở Tài chính",
                 id="who is told to"),
    pytest.param("Trong thời hạn 05 ngày kể từ ngày nhận hồ sơ, Chủ tịch Ủy ban nhân dân tỉnh quyết định cấp thẻ.",
                 "Chủ tịch Ủy ban nhân dân tỉnh", id="after the term"),
    pytest.param("Trong thời hạn 04 ngày kể từ ngày thành lập, Đoàn thẩm định tổ chức thẩm định.", "Đoàn thẩm định",
                 id="a verb in the name"),
    pytest.param("Sở Y tế kiểm tra các cơ sở. Thời gian hoàn thành: trước ngày 30/6/2021.", "Sở Y tế", id="in the sentence before"),
    pytest.param("Trình Chủ tịch UBND tỉnh phê duyệt quy trình trước ngày 30/6/2021.", None, id="who receives it is not who does it"),
    pytest.param("Tổ chức đánh giá, báo cáo UBND tỉnh trước ngày 30/6/2021.", None, id="a verb that looks like a body"),
])
def test_who_is_to_do_it_is_who_opens_the_clause(text: str, who: str | None) -> None:
    assert only(text).who == who


@pytest.mark.parametrize(("text", "tasks"), [
    pytest.param("b) Báo cáo UBND tỉnh định kỳ 6 tháng (trước ngày 16/6), năm (trước ngày 20/11).", ["Báo cáo UBND tỉnh"] * 2,
                 id="one task, two days"),
    pytest.param("Định kỳ 6 tháng (trước ngày 16/6), năm (trước ngày 20/11), báo cáo tình hình về Sở.", ["báo cáo tình hình về Sở"] * 2,
                 id="days first"),
    pytest.param("Sở Y tế kiểm tra các cơ sở. Thời gian hoàn thành: trước ngày 30/6/2021.", ["Sở Y tế kiểm tra các cơ sở"],
                 id="the sentence before a label"),
    pytest.param("Trường hợp hồ sơ quá hạn, chậm nhất 01 ngày trước ngày hết hạn, cơ quan giải quyết gửi phiếu xin lỗi.",
                 ["cơ quan giải quyết gửi phiếu xin lỗi"], id="what is done, not when it applies"),
])
def test_the_task_is_told_in_its_own_words(text: str, tasks: list[str]) -> None:
    assert [one.task for one in find_deadlines(text, doc_date=ISSUED)] == tasks


@pytest.mark.parametrize(("text", "meaning"), [
    pytest.param("Thời gian chậm nhất gửi báo cáo về Ủy ban nhân dân tỉnh ngày 23/7/2021.", date(2021, 7, 23), id="chậm nhất far from its day"),
    pytest.param("Thời hạn hoàn thành: Từ ngày 01/7/2021 đến ngày 30/9/2021.", date(2021, 9, 30), id="the end of a range behind a label"),
    pytest.param("- Thời gian hoàn thành: ngày Tháng 11/2021 (sau khi có hướng dẫn);", date(2021, 11, 30), id="a slip: ngày Tháng"),
    pytest.param("c) Kết thúc hoạt động đối với người làm việc không chuyên trách ở xã trước ngày 31 tháng 8 năm 2021.", date(2021, 8, 31),
                 id="an order, though đối với người stands before the day"),
    pytest.param("yêu cầu Bộ Tài chính thực hiện theo thẩm quyền đã quy định tại Nghị định số 75/2023/NĐ-CP xong trước ngày 01/8/2021 đối với năm 2020.",
                 date(2021, 8, 1), id="what is laid down is not done"),
    pytest.param("Thời gian thương lượng không được quá 90 ngày kể từ ngày bắt đầu thương lượng.", (90, "day"), id="không được quá"),
    pytest.param("Trong thời hạn 05 ngày làm việc kể từ ngày kiểm tra, nếu đáp ứng yêu cầu, Cơ quan chủ trì cấp giấy.", (5, "working_day"),
                 id="a condition before who does it"),
    pytest.param("trả lời cử tri chậm nhất là 30 ngày làm việc, kê từ ngày nhận được kiến nghị.", (30, "working_day"), id="kê từ"),
    pytest.param("gửi đề nghị làm rõ trong thời hạn tối thiểu 03 ngày làm việc trước ngày đóng thầu;", (3, "working_day"), id="tối thiểu"),
    pytest.param("Thông báo cho Sở bằng văn bản trước 07 ngày kể từ ngày bắt đầu đánh giá.", (7, "day"), id="trước … kể từ"),
    pytest.param("Trường hợp phức tạp thì thời hạn giám định tối đa không quá 04 tháng.", (4, "month"), id="months in which a task is done"),
    pytest.param("Trường hợp đủ điều kiện thì giải quyết kinh phí trong 07 ngày làm việc.", (7, "working_day"), id="trong, of working days"),
    pytest.param("Giao Sở Tư pháp, trong thời hạn 03 ngày làm việc thực hiện bãi bỏ thủ tục", (3, "working_day"), id="the verb at once behind it"),
    pytest.param("Yêu cầu nộp hồ sơ chấm dứt hiệu lực mã số thuế trong thời hạn 10 ngày làm việc kể từ ngày chia tách.", (10, "working_day"),
                 id="what ends is handed in"),
    pytest.param("Thời gian gửi hồ sơ tối thiểu là 15 ngày trước ngày có thời điểm đóng thầu.", (15, "day"), id="tối thiểu là"),
    pytest.param("- Thời gian giải quyết: 03 ngày làm việc", (3, "working_day"), id="a procedure's line"),
    pytest.param("- Không quá 06 ngày làm việc đối với hồ sơ phức tạp.", (6, "working_day"), id="a line of its own"),
    pytest.param("Tổng cục trả lời trong thời hạn bảy (07) ngày làm việc kể từ ngày nhận hồ sơ, nếu hồ sơ sai, Tổng cục báo lại.", (7, "working_day"),
                 id="what is done if something is wrong"),
    pytest.param("Gửi danh sách của người hưởng trợ cấp về xã trong thời hạn 05 ngày làm việc kể từ ngày hết hạn công khai;", (5, "working_day"),
                 id="who has a right hands nothing in"),
    pytest.param("Đập đang khai thác thì phải lắp đặt thiết bị chậm nhất sau 02 năm.", (2, "year"), id="years at the latest"),
    pytest.param("Thời gian thực hiện: Từ ngày 17/12/2021 đến 17 giờ 00, ngày 01/02/2022.", date(2022, 2, 1), id="days from … to …"),
    pytest.param("Số hóa hồ sơ còn hiệu lực, hoàn thành trước 30/11/2021.", date(2021, 11, 30), id="a date and no word for it"),
    pytest.param("Tổng thời gian giải quyết TTHC 17 ngày làm việc", (17, "working_day"), id="a procedure's total"),
    pytest.param("Nếu thuộc trường hợp đặc biệt thì thời hạn nêu trên là 03 ngày làm việc.", (3, "working_day"), id="a term that is stated"),
    pytest.param("1.013418 10 ngày làm việc từ ngày nhận được hồ sơ đầy đủ", (10, "working_day"), id="từ ngày, of working days"),
    pytest.param("Gửi lệnh trích xuất cho cơ sở giam giữ chậm nhất là 10 ngày trước khi mở phiên tòa.", (10, "day"),
                 id="at the latest, though what lasts is named"),
    pytest.param("Báo cáo nhu cầu do đợt mưa lũ từ ngày 16-22/11/2021, gửi Bộ Tài chính trước ngày 03/12/2021.", date(2021, 12, 3),
                 id="behind a range that is over"),
    pytest.param("Sở gửi kết quả chậm nhất vào đầu giờ ngày làm việc tiếp theo kể từ ngày nhận hồ sơ.", (1, "working_day"), id="the next working day"),
    pytest.param("Trong thời hạn bốn mươi lăm ngày, kể từ ngày nhận hồ sơ, Sở phải trả lời.", (45, "day"), id="a number in words"),
    pytest.param("Bên bán gửi xác nhận chậm nhất vào ngày làm việc liền kề tiếp theo ngày giao dịch.", (1, "working_day"), id="the working day after an event"),
    pytest.param("Chậm nhất 17 giờ của ngày làm việc tiếp theo, Sở phải gửi dữ liệu.", (1, "working_day"), id="an hour of the next working day"),
    pytest.param("- Trường hợp công nhận kết quả thăm dò: 32 ngày làm việc.", (32, "working_day"), id="a case and its term"),
    pytest.param("Năm (05) ngày làm việc đối với các ý kiến thuộc thẩm quyền;", (5, "working_day"), id="an item of a list of terms"),
    pytest.param("Gửi văn bản đến Hải quan 01 (một) ngày làm việc trước ngày dự định xử lý.", (1, "working_day"), id="no word opens the term"),
    pytest.param("Có văn bản phản hồi trong thời gian tối đa 01 ngày sau buổi làm việc.", (1, "day"), id="after a sitting"),
    pytest.param("Ban hành quyết định cấm dự thầu trong thời hạn 15 ngày kể từ ngày nhận được văn bản đề nghị.", (15, "day"),
                 id="work on papers received, though a ban is named"),
    pytest.param("Trong thời hạn 5 năm, cơ quan lưu trữ phải hoàn thành việc chỉnh lý.", (5, "year"), id="years in which someone must"),
    pytest.param("- Lãnh đạo Sở phê duyệt 0,25 ngày làm việc", (0.25, "working_day"), id="a step of a procedure"),
    pytest.param("Bước 1: Tiếp nhận hồ sơ (0,5 ngày làm việc)", (0.5, "working_day"), id="a step in brackets"),
    pytest.param("- Thời gian thực hiện: (17,5) ngày làm việc kể từ ngày nhận đủ hồ sơ.", (17.5, "working_day"), id="a number in brackets"),
    pytest.param("Vận chuyển hết rác đến nơi xử lý trong thời gian không quá 2 ngày đêm.", (2, "day"), id="days and nights"),
    pytest.param("Trước khi giấy chứng nhận hết hạn trong vòng 30 ngày, người được cấp phải dự huấn luyện.", (30, "day"), id="before an event, within"),
    pytest.param("Các cơ quan có văn bản trả lời Bộ Tài chính trong vòng 05 ngày làm việc.", (5, "working_day"), id="chính is no number"),
    pytest.param("Đối tượng này thực hiện bảo hiểm y tế chậm nhất là ngày 01 tháng 01 năm 2010.", date(2010, 1, 1), id="at the latest, long ago"),
    pytest.param("Hạn chót nộp hồ sơ là ngày 15/8/2021.", date(2021, 8, 15), id="hạn chót"),
    pytest.param("Tổ chức sơ kết vào cuối quý III/2021.", date(2021, 9, 30), id="the end of a quarter"),
    pytest.param("k) Trong quý III năm 2021, nghiên cứu, ban hành các giải pháp.", date(2021, 9, 30), id="a quarter opens an item"),
    pytest.param("Báo cáo UBND tỉnh trước cuối tháng 6/2021.", date(2021, 6, 30), id="before the end of a month"),
    pytest.param("Đến ngày 30/6/2021 phải hoàn thành giải ngân.", date(2021, 6, 30), id="to be done by then"),
    pytest.param("Chính phủ trong quý III năm 2021.", date(2021, 9, 30), id="the verb in the line before"),
    pytest.param("Doanh nghiệp nộp tờ khai chậm nhất là ngày cuối cùng của tháng thứ 3 kể từ ngày kết thúc năm tài chính.", (3, "month"),
                 id="the end of the third month"),
])
def test_rarer_ways_to_say_a_deadline_are_read(text: str, meaning: object) -> None:
    one = only(text)
    assert (one.due or (one.relative and (one.relative.n, one.relative.unit.value))) == meaning


@pytest.mark.parametrize(("text", "rule"), [
    pytest.param("Trong thời hạn 15 ngày đầu của tháng 01 hằng năm, Bảo hiểm xã hội thông báo lãi suất.",
                 "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", id="of a month each year"),
    pytest.param("gửi báo cáo trong 10 ngày đầu mỗi quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10", id="of each quarter"),
    pytest.param("gửi báo cáo quý trong vòng 20 ngày đầu quý sau liền kề.", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", id="of the quarter after it"),
])
def test_the_first_days_of_a_period_come_back(text: str, rule: str) -> None:
    assert only(text).rrule == rule


_WORDS = st.sampled_from(["trước ngày ", "30/6", "/2021", "hàng năm", "định kỳ ", "trong quý ", "IV", "05 ngày ", "kể từ ngày ",
                          "31/02/2021", "chậm nhất ", "99 ", "tháng 13", "0 ", ", ", "(", "\u0301", "\u200b", "\n", "İ"])


@given(st.lists(_WORDS | st.text(max_size=4), max_size=30).map("".join), st.sampled_from([None, ISSUED]))
def test_any_text_is_read_without_fault(text: str, day: date | None) -> None:
    end = 0
    for found in find_deadlines(text, doc_date=day):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert found.text == text[found.start:found.end]


@pytest.mark.parametrize("piece", [
    "trước ngày ", "định kỳ hàng năm ", "1", " ", "(", "05 ngày kể từ ngày ", "\u0301", "\n- ", "a", "định kỳ tháng, quý, năm, ",
    "trước ngày 15/6, ", "hàng năm, ", "trong quý II, ", "trường hợp không ", "; hàng năm ",
    "ít nhất trước 07 ngày ", "trước khi trình ít nhất ", "trước ngày họp 5 ngày, ", "quý i hằng năm, ", "hằng ngày ",
    "định kỳ hàng tháng (trước ngày 1 hàng tháng) ", "thời hạn chậm nhất ", "mẫu số báo cáo định kỳ năm ", "thí điểm trong 5 năm kể từ ngày ",
    "trong ngày làm việc tiếp theo kể từ ", "5 ngày kể từ ngày nhận a, b, c, sở ", "nếu gửi từ ngày 1 đến ngày 2 ",
    "thời gian giải quyết đối với trường hợp: "])
def test_reading_stays_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        began = clock.process_time()
        for one in find_deadlines(text, doc_date=ISSUED)[:100]:
            assert one.task != ""
        return clock.process_time() - began

    # The best of three: what another program takes meanwhile is not ours.
    short, long = (min(seconds(size) for _run in range(3)) for size in (60_000, 240_000))
    assert long < 4 * short * 2 + 0.05
