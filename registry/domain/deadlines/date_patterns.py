"""Patterns of days that limit a task ("trước ngày 15/6"), and of what tells that a day limits none.

All patterns are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import CYCLE, DAY, OP, SHORT_ITEM, TIME, WEEKDAY
from registry.domain.phrases import one_of, spaced

# -- the day ---------------------------------------------------------------------------------------

# trước ngày 15/6 · chậm nhất 17 giờ 00, thứ Sáu, ngày 20/3/2026 · đến hết ngày 30/6 hằng năm
LIMIT = spaced(
    rf"(?<!\w){OP}[ :]{{1,2}}(?:{TIME})?,? ?(?:(?:thời điểm|hạn) )?(?:{WEEKDAY},? ?(?:\(|ngày )?)?"
    rf"(?P<word>ngày (?:làm việc )?)?{DAY}"
    rf"(?P<tail>\)?,? (?:của )?{CYCLE}(?! ?\((?:trước|chậm|muộn|vào|ngày|đến) ))?")
# "hoàn thành trước ngày 15/6": the verb belongs to the words of the deadline
FINISHING = spaced("(?:hoàn thành|xong) $")

# -- whether the day limits a task -----------------------------------------------------------------

# Trong thời gian từ ngày Quyết định này có hiệu lực đến hết ngày 30/6/2022, người sử dụng lao động nộp …
WITHIN_FROM = spaced(rf"^{SHORT_ITEM}" r"trong (?:khoảng )?thời gian (?:kể )?từ [^,;]{3,120}$")
# gửi báo cáo về Sở Nội vụ từ ngày 10 đến ngày 15 tháng 12
HANDED_FROM = spaced(r"(?<!\w)(?:gửi|nộp|tiếp nhận)(?: [^,;:]{1,90})? từ (?:ngày )?\d{1,2}(?:/\d{1,2}){0,1} $")
# kỳ kế toán năm kết thúc vào ngày 31/12 · Năm tài chính bắt đầu từ ngày 01/01 và kết thúc ngày 31 tháng 12 hằng năm
ACCOUNTS_END = spaced(
    r"(?:kỳ kế toán|niên độ|năm tài chính)[^;]{0,120}kết thúc (?:vào )?(?:ngày \d{1,2}(?:/| tháng )\d{1,2} )?$")
# có hiệu lực trước ngày …; but "ban hành …, bảo đảm có hiệu lực trước ngày …" is a task
IN_EFFECT = spaced("(?<!bảo đảm có )(?:áp dụng|hiệu lực)[^,]{0,40}$")
# The day from which or until which something holds
IN_FORCE = spaced(
    "hiệu lực|áp dụng|hết hạn|có giá trị|được ban hành|được thông qua"
    r"|(?<!\w)ký (?:kết|ban)|giai đoạn (?:19|20)\d\d")
# "tính đến hết ngày 30/6", "số liệu đến hết ngày 30/6": what is counted up to a day
FIGURES = spaced(r"(?<!\w)tính $|số liệu")
# Đến ngày 30/6/2021 phải hoàn thành giải ngân 60% kế hoạch vốn
TO_BE_DONE = spaced(r"[ ,:]{1,2}(?:[^,;.]{1,40} )?(?:phải )?(?:hoàn thành|xong|trình|ban hành|gửi|nộp|báo cáo)(?!\w)")
# gửi ý kiến góp ý vào ngày 15/6: work for which "vào" or "trong" is said of the last day
DUE_ON = spaced(one_of(
    "gửi|nộp|báo cáo|hoàn thành|trình|xong|thời hạn|phản hồi|trả lời|góp ý|ý kiến|ban hành") + "[^,;]{0,70}$")
# "… phải hoàn thành việc công bố đủ điều kiện trước ngày …"
MUST_FINISH = spaced(r"(?<!\w)phải (?:hoàn thành|hoàn tất|xong)(?!\w)[^;]{0,120}$")
# A sentence that orders ("… bảo đảm khởi công dự án trong Quý III/2025"): its day stays a deadline though it is past
ORDERED = spaced(
    rf"^{SHORT_ITEM}" r"(?:giao|yêu cầu|đề nghị)(?!\w)[^;]{3,240}$"
    r"|(?<!\w)(?:gửi|báo cáo|trình|hoàn thành|có trách nhiệm|phải|khẩn trương|(?:bảo|đảm) (?:đảm|bảo))(?!\w)[^;]{0,120}$")
