"""Patterns of the ends of periods ("trong quý II/2021"), and of what stands behind a label ("Thời hạn: …").

All patterns are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import BY, COUNT, DAY, OPENING, QUARTER, SPAN, TIME
from registry.domain.phrases import one_of, spaced, word

# -- periods ---------------------------------------------------------------------------------------

# hoàn thành trong quý II · đến hết tháng 6/2021 · chậm nhất trong năm 2026
PERIOD = spaced(
    r"(?<!\w)(?:(?P<task>hoàn thành|thực hiện xong|xong) )?"
    rf"(?:(?P<by>{BY})|(?P<before>trước|đến trước)|(?P<until>(?:đến|tới) hết|hết|(?:đến|tới)(?= cuối ))|(?P<within>trong|vào|ngay trong))"
    rf"(?: (?:thời gian|khoảng))? {SPAN}")
# chậm nhất tháng 5 hàng năm
EACH_YEAR = spaced(r" (?:của )?(?:hàng|hằng|mỗi) năm(?!\w)")
# Hằng năm, … tổ chức ít nhất một kỳ thi vào quý III
YEARLY_BEFORE = spaced(
    r"(?:^|[-+•;,] ) ?(?:định k[ỳì] )?(?:hàng|hằng|mỗi) năm(?!\w)[^;]*$"
    r"|(?<!\w)mỗi năm (?:một|1|01|hai) [^,;]{0,30}$")
_QUARTER_OR_MONTH = rf"(?:{QUARTER}|tháng (?P<month>\d{{1,2}}))"
# Quý I hàng năm, xác định … · 2.8 Quý I hàng năm, xác định và phê duyệt quỹ tiền lương
YEARLY_QUARTER = spaced(
    rf"(?:{OPENING}|(?<=\d )){_QUARTER_OR_MONTH} (?:hàng|hằng|mỗi) năm(?=, )")
# Định kỳ cuối tháng 12 hàng năm · đầu quý II hằng năm
YEARLY_PART = spaced(
    rf"(?<!\w)(?:định k[ỳì] )?(?:vào )?(?:đầu|cuối|giữa) {_QUARTER_OR_MONTH} (?:của )?(?:hàng|hằng|mỗi) năm(?!\w)")

# -- whether the period limits a task --------------------------------------------------------------

# trong quý I đã giải ngân … · trong năm 2025 và các năm tiếp theo · trong năm 2024 của tỉnh: what is told of the period
TOLD_OF_PERIOD = spaced(r" ?(?:, )?" + one_of(
    "đã|và (?:(?:các |những )?năm|giai đoạn)",
    r"(?:là|ước|đạt|[^;.]{0,60}(?<!\w)đã) ",
    "đến (?:năm|tháng|quý)",
    "và tháng",
    "của|so với|được giao"))
# báo cáo chi tiết lũy kế tình hình thực hiện … trong 6 tháng đầu năm: what is told of, not when
TOLD_OF_HALF = spaced(word("(?:báo cáo|tình hình|kết quả|sơ kết|tổng kết)") + "[^;:]*$")
# được Quốc hội thông qua trong năm 2025
PASSED = spaced("thông qua $")
# ban hành … trong năm 2026: with a whole year, only verbs of what is done once
TASK_OF_YEAR = spaced(
    r"(?<!\w)(?:hoàn thành|xong|ban hành|trình|báo cáo|kết thúc|phê duyệt|khởi công|công bố|thông xe|khánh thành|sơ kết|tổng kết)(?!\w)"
    "[^;]{0,170}$")
CARRIED_OUT = spaced("[ +•-]{0,4}thực hiện ")
# Trong năm 2026, Sở Nội vụ trình …
TASK_FOLLOWS = spaced(r" ?[,:] (?:[^,;.]{0,30} )?(?:hoàn thành|trình|ban hành|phê duyệt)(?!\w)")
# nhiệm vụ trong năm 2026, kinh phí thực hiện trong năm 2026: whose year it is
OF_THE_YEAR = spaced("(?:nhiệm vụ|kế hoạch|vốn|kinh phí|chương trình|thực hiện|công tác|hoạt động|phát sinh) $")
# phấn đấu đạt 95% trong năm 2025; but "…, trình UBND tỉnh trong năm 2025" is handed in
GOAL = spaced("(?:mục tiêu|chỉ tiêu|tỷ lệ|phấn đấu|tăng|đạt)[^;]{0,80}$")
HANDED_IN_AFTER = spaced(r", (?:báo cáo|trình|gửi|hoàn thành|phê duyệt|ban hành)(?!\w)")

# -- behind a label --------------------------------------------------------------------------------

# Thời gian hoàn thành: Quý I/2026. · Thời hạn: Tháng 12/2025 · Thời gian thực hiện: Trước ngày …
HEADED = spaced(
    r"(?<!\w)(?:thời (?:gian|hạn|điểm)|tiến độ|hạn)(?: " + one_of(
        "thực hiện|hoàn thành|trình|báo cáo|ban hành|gửi|nộp|xong|tổ chức",
        "triển khai|giải quyết|thẩm định|xử lý|xem xét|trả kết quả|phải|và|kế hoạch|nhiệm vụ|dự kiến|hồ sơ|trả lời",
        "gửi báo cáo|nhận|tiếp nhận|đăng ký") + "){0,5} ?: ?")
# What may stand behind it: Quý I/2026 · Trong tháng 12/2025 · Quý IV/2025 và Quý I/2026
HEADED_PERIOD = spaced(rf"(?:dự kiến |trong |vào |ngày (?=tháng))?{SPAN}")
HEADED_SECOND = spaced(rf" ?và {SPAN}")
# Thời gian hoàn thành: Tháng 11 - 12/2025 · tháng 11/2025 đến tháng 4/2026
HEADED_RANGE = spaced(
    r"(?:từ )?(?:tháng \d{1,2}(?:/(?:19|20)\d\d)?|quý (?:iv|i{1,3})(?:/(?:19|20)\d\d)?) ?(?:-|đến|tới) ?"
    r"(?:(?:tháng )?(?P<month>\d{1,2})|quý (?P<quarter>iv|i{1,3}))(?: ?/ ?| năm )(?P<year>(?:19|20)\d\d)(?!\d)")
# Thời hạn hoàn thành: Từ ngày 01/01/2026 đến ngày 31/3/2026. ·
# Trong khoảng thời gian từ ngày 17/12/2025 đến 17 giờ 00, ngày 01/02/2026
HEADED_DAYS = spaced(
    r"(?:trong (?:khoảng )?(?:thời gian )?)?(?:từ )?(?:ngày )?\d{1,2}(?:/\d{1,2}(?:/\d{4})?)? "
    rf"(?P<last>(?:đến|tới) (?:hết )?(?:{TIME})?(?:ngày )?{DAY})")
# Hạn nộp: 17 giờ ngày 15/8/2021
HEADED_DAY = spaced(rf"(?:{TIME})?(?:ngày )?{DAY}")
# Thời hạn giải quyết: 05 ngày làm việc. · tối đa 8 giờ/
HEADED_TERM = spaced(
    rf"(?:{BY} |tối đa |trong (?:thời hạn |vòng )?|không quá )?{COUNT} ?"
    r"(?=[.;,)\n]|/(?=[ .]|$)|\((?!lý thuyết)|$|[a-zđ]\.(?: |$)|đối với )")
# Words that make months and years behind a label a limit; days and hours need none
BOUND = spaced("chậm|không|tối|trong")
# Which labels speak of an end, of a stretch of days, of a last day
LABEL_OF_END = spaced("hoàn|hạn|xong|tiến độ")
LABEL_OF_STRETCH = spaced("hoàn|hạn|xong|tiến độ|thực hiện|nhận|nộp|gửi|đăng ký")
LABEL_OF_DAY = spaced("hạn|hoàn|gửi|nộp|trình|báo")
# What ends a period behind a label: "Quý I/2026.", "Quý I/2026 và Quý II/2026", "Tháng 3/2026 Chủ trì: …"
PERIOD_ENDS = spaced(r" ?(?:$|[.;,)\n/(]|và (?:tổng|quý|quí|tháng)|chủ|cơ|đơn)")
# 15/8/2021 đến …: the first day of a stretch
RANGE_GOES_ON = spaced(" ?(?:đến|-|tới)")

# -- labels without a colon ------------------------------------------------------------------------

# Thời gian chậm nhất gửi báo cáo về Ban Thường trực … tỉnh ngày 23/3/2026.
LATEST = spaced(rf"(?<!\w)(?:thời (?:gian|hạn)|hạn) (?:chậm|muộn) nhất [^.;:()\d]{{3,140}}? (?:là |vào )?ngày {DAY}")
# Hạn cuối nhận bài dự thi: 30/9/2021 · Hạn chót nộp hồ sơ là ngày 15/8/2021
FINAL_DAY = spaced(
    r"(?<!\w)hạn (?:cuối(?: cùng)?|chót|(?:nộp|gửi|nhận)(?!\w))[^.;:()\d]{0,80}?"
    rf"(?: là |: | đến | vào | (?=ngày ))(?:hết )?(?P<words>(?:{TIME})?(?:ngày )?{DAY})")
