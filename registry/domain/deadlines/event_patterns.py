"""Patterns of where the name of an event ends that a term runs from: "ngày nhận đủ hồ sơ, tài liệu".

All patterns but OVER are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import BODY
from registry.domain.phrases import one_of, spaced

# The word of an event that belongs to its name: "kể từ [khi …]", "sau [thời điểm …]", "trong 24 giờ [khi …]"
EVENT_WORD = spaced("(?<!sau )khi$|(?:(?<=từ )|(?<=sau ))(?:ngày|thời điểm)$")
# The end of a clause: a sign, a verb of who is to act (but "ngày tiến hành họp"), another duty ("… và chịu trách nhiệm về
# hồ sơ"), another term
FROM_END = spaced(
    r"[,;:()\n]|\.(?!\d)"
    "|(?<!ngày)(?<!khi)(?<!điểm) " + one_of(
        "thì|phải|có trách nhiệm|mà|để|nếu|nhưng|sẽ|chủ trì|tiến hành",
        "trừ trường|(?:trong )?trường hợp|đối với|bằng văn bản(?! của)") + r"(?!\w)"
    "| hoặc (?:kể|tính) từ"
    "| và " + one_of(
        "trước|không|phải|định kỳ|hằng|hàng (?:năm|quý|tháng)|trình|gửi",
        "(?:có|chịu) trách nhiệm") + r"(?!\w)"
    "| (?:và|hoặc) (?:(?:không quá|trong|(?:chậm|muộn) nhất|tối đa|ít nhất|tối thiểu) (?:là )?(?:sau )?)?"
    r"\d{1,3} (?:ngày|giờ|tháng)(?!\w)")
# Where an event is over without a comma: "kể từ ngày Nghị định này có hiệu lực thi hành hoàn thành việc …", "kể từ ngày
# nhận được hồ sơ hợp lệ Sở Khoa học và Công nghệ kiểm tra …". For text in its own case: capitals tell who works on the papers
OVER = spaced(one_of(
    r"(?<!\w)có hiệu lực(?: (?:thi hành|pháp luật))?(?!\w)(?= (?!thi |pháp |theo |của |và |hoặc ))",
    r"(?<!\w)(?:hồ sơ|hợp lệ|đầy đủ)(?= " + one_of(
        "Sở|Bộ(?! luật)|[ỦU][yỷ] ban|Uỷ ban|UBND|Chủ tịch|Cục|Chi cục|Phòng|Trung tâm|Văn phòng|Cơ quan|Thủ tướng") + " )"))
# the rest of a list of papers, up to who works on them: ", chữa bệnh, tổ chức bảo hiểm y tế …"
LIST_ON = spaced(
    rf"(?:, (?!{BODY}|"
    "(?:trường hợp|nếu|căn cứ|trên cơ sở|khi|sau|thì|và|đồng thời|có|phải|được|kể|tính|không|theo)" r"(?!\w)|"
    "(?:xem|thẩm|tổ chức|báo cáo|trình|gửi|lập|kiểm|rà|cấp|ban hành|quyết|thông báo|tiến hành|thực hiện|chủ trì|hoàn)" r"(?!\w))"
    r"(?:(?! (?:phải|có trách|thì|sẽ) )[^,;:.()\n]){2,50}){1,3}"
    rf"(?=, {BODY})")
# ngày Sở Tài chính có văn bản: where a body is the first word of the event, another may follow it
BODY_EVENT = spaced(f"(?:(?:ngày|khi|thời điểm) )?{BODY}")
NEXT_BODY = spaced(f", {BODY}")
# Two words of one thing, and someone's verb without what it is done to, are not over at a comma: "sửa đổi, bổ sung", "yêu cầu bổ sung, giải trình",
# "tính đầy đủ, hợp lệ của hồ sơ", "ngày Quỹ tiếp nhận, kiểm tra …"
PAIRED = spaced(
    r"(?<!\w)(?:sửa đổi|bổ sung|đầy đủ|ngày (?!tiếp|rà|kiểm|thẩm)\w.{0,60} (?:tiếp nhận|rà soát|kiểm tra|thẩm định))$")
GOES_ON = spaced(r", (?:bổ sung|giải trình|làm rõ|hoàn thiện|hợp lệ của|rà soát|kiểm tra|thẩm định|đánh giá)(?!\w)")
# kể từ ngày Sở Tài chính, Sở Xây dựng có ý kiến: without a verb the event is not over at a comma
HAPPENS = spaced(" " + one_of(
    "được|thôi|có|nhận|ban hành|ký|hoàn thành|kết thúc|phê duyệt|công bố|hết|nộp|gửi|họp|thành lập|xảy ra|phát sinh",
    "tiếp nhận|ra|cấp(?! (?:xã|huyện|tỉnh|trên|dưới|có thẩm|cơ sở|trung|thành|bộ))|trình|thông (?:báo|qua)",
    "quyết định|kế hoạch|bị|tổ chức|thực hiện|bắt đầu|làm|đăng|kê khai|phát hiện|biết|đủ|qua|chuyển|lập|yêu cầu",
    "hoàn tất|chấm dứt|chốt|mở|đóng|trả|xác (?:nhận|định)|đề nghị|giao|bàn giao|kiểm tra|thẩm định|chấp thuận|đồng ý",
    "nghiệm thu|vận hành|khởi công|phát hành|tiến hành|kết nối|thống nhất|chết") + r"(?!\w)")
# A long name goes only up to here, not up to a second verb of the same thing ("công nhận hoặc hủy bỏ công nhận")
JOINED = spaced(" (?:hoặc(?! (?:hủy|không|từ chối|cấp|bổ sung|điều chỉnh|thay đổi|những|là)(?!\\w))|đồng thời|nơi) ")
# "ngày ban hành Quyết định 2. Giao …": the number of the next item
NUMBERED = spaced(r" (?:\d{1,2}|[a-zđ])$")
