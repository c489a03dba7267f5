"""The words around a deadline (thời hạn) that several readers ask about: tasks, doers, what was done, what a rule is for.

All patterns are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import BODY, ITEM, SHORT_ITEM
from registry.domain.phrases import one_of, spaced, word

# -- verbs of work ---------------------------------------------------------------------------------

# TASK: a word that may speak of work to be done: verbs of every kind of work, "phải", "thời hạn". Enough beside a
# day with "trước"; too wide where nothing else says that there is a task.
TASK = spaced(word(one_of(
    "báo cáo|gửi|nộp|trình|hoàn thành|hoàn thiện|ban hành|tổng hợp|xây dựng|tổ chức|triển khai|thực hiện",
    "phê duyệt|công bố|công khai|đánh giá|rà soát|kiểm tra|cập nhật|thông báo|phối hợp|lập|thẩm định|xong",
    "cung cấp|đăng ký|thanh toán|quyết toán|giải ngân|sơ kết|tổng kết|hướng dẫn|tham mưu|đề xuất|bàn giao",
    "khởi công|phấn đấu|chuyển|đề nghị|yêu cầu|họp|niêm yết|khắc phục|xử lý|trả lời|góp ý|bổ sung|bố trí",
    "tuyên truyền|giao|cho ý kiến|giải quyết|thống kê|chỉ đạo|kết thúc|đưa vào|thời hạn|thời gian|giám sát|theo dõi",
    "tập huấn|bồi dưỡng|đào tạo|chủ trì|phải|duy trì|xét|bình chọn|tiếp nhận|điều chỉnh|sửa đổi")))
# STRONG_TASK: the fewer verbs whose work has an end (hand in, finish, issue). For periods and months, which also
# tell when something happens.
STRONG_TASK = spaced(word(one_of(
    "báo cáo|gửi|nộp|trình|hoàn thành|hoàn thiện|ban hành|xong|phê duyệt|sơ kết|tổng kết|thời hạn",
    "thời gian|tổng hợp|công bố|xây dựng|tổ chức|rà soát|lập|triển khai|kết thúc|khởi công|đưa vào|bàn giao|dứt điểm|khắc phục",
    "(?:vào|đi vào) (?:hoạt động|vận hành|sử dụng|khai thác)")))
# DOES: a verb right behind a cycle ("Chính phủ hằng tháng xem xét …") makes it a task of who stands before. It holds
# also what is paid ("đóng", "trích"), and no words that are rather nouns there.
_DOES = one_of(
    "công khai|đóng|trích|nộp|xem xét|rà soát|tổ chức|kiểm tra|đánh giá|tổng hợp|xây dựng|cập nhật|chỉ đạo|thống kê",
    "công bố|lập|tiến hành|thực hiện|báo cáo|gửi|ban hành|phê duyệt|thẩm định|điều chỉnh|bố trí") + r"(?!\w)"
DOES = spaced(f" {_DOES}")
# The same with "phải", which needs no body before it: "Công ty quản lý quỹ hằng năm phải tổ chức đào tạo"
MUST_DO = spaced(f" (?:phải|có trách nhiệm) {_DOES}")
# The same as the first word of an item: "Công khai kết quả giải ngân …"
DOES_FIRST = spaced(ITEM + _DOES)
# LIGHT_VERB: "thực hiện đánh giá hằng năm", "thực hiện thống kê hàng năm": a light verb makes a task of the noun that
# right before a cycle would only name it (NO_TASK_NOUN)
LIGHT_VERB = spaced(
    r"(?<!\w)(?:thực hiện|tổ chức|tiến hành) (?:việc )?(?:(?:kiểm tra|theo dõi|rà soát|thanh tra|tổng kết|sơ kết), ){0,2}"
    + one_of(
        "đánh giá|thống kê|kiểm tra|rà soát|giám sát|kiểm kê|quan trắc|sơ kết|tổng kết",
        r"công bố(?: \w{1,7}){1,4}",
        "khám sức kho[ẻẽ]e?|báo cáo") + " $")
# PASSIVE, which no noun before a cycle has: "Việc trích Quỹ phòng ngừa rủi ro được thực hiện hàng quý", "định mức được xem
# xét, điều chỉnh hàng năm", "được thực hiện và báo cáo"
PASSIVE = spaced(
    r"(?<!\w)" + one_of(
        "(?:được|phải) (?:thực hiện|tiến hành|tổ chức)",
        "được (?:thực hiện(?:,| và) )?(?:(?:xem xét|rà soát|đánh giá|kiểm tra|cập nhật|tổng hợp),? (?:và )?){0,2}"
        "(?:rà soát|đánh giá|kiểm tra|cập nhật|điều chỉnh|báo cáo|tổ chức|công bố|bảo dưỡng|bảo trì|hiệu chuẩn)") + " $")
# SENT: what is due even where it comes round every day: "báo cáo các cấp hàng ngày", "gửi kế hoạch thu dữ liệu tới trạm
# hằng ngày", "cập nhật hằng ngày thông tin về sự cố", "Các thông tin … phải được trao đổi hằng ngày"
SENT = spaced(
    r"(?<!\w)" + one_of(
        "báo cáo [^,;:]{0,60}",
        "(?:gửi|nộp) [^,;:]{3,120}",
        "cung cấp (?:thông tin|số liệu) [^,;:]{0,60}",
        "(?:cập nhật|tổng hợp|thống kê) ",
        r"phải được (?:\w{1,7} ){1,3}") + "$")

# -- who -------------------------------------------------------------------------------------------

# A body that opens a clause or an item; it goes on to the end
DOER = spaced(rf"(?:^|[,;:] |\n){SHORT_ITEM}(?:các )?" + one_of(
    "sở|bộ|ủy ban|uỷ ban|ubnd|kiểm toán nhà nước|thanh tra|ngân hàng|công an|chính phủ|thủ tướng|thủ trưởng|cục|phòng",
    "trung tâm|cơ quan|đơn vị|hội đồng|ban|chủ tịch|văn phòng|doanh nghiệp|tổ chức|người sử dụng lao động",
    "chủ (?:đầu tư|sở hữu)") + r"(?!\w)[^,;:]{0,80}$")
# "…, hằng tháng người lao động phải trực tiếp thông báo": a body opens a clause behind the cycle
ACTS = spaced(
    rf",? {BODY}[^,;:]{{3,120}}(?:$| " + one_of(
        "phải|có trách nhiệm|báo cáo|gửi|nộp|trình|lập|xây dựng|tổng hợp",
        "tổ chức|rà soát|thực hiện|họp|kiểm tra|chuyển") + r"(?!\w))")
# "Chính phủ trong quý I năm 2026.", "Thủ tướng Chính phủ hằng tuần về …": the rest of a line whose verb stands in the line before
BODY_ALONE = spaced(
    r"(?:thủ tướng )?chính phủ $|quốc hội $|(?:ủy|uỷ) ban nhân dân (?:\w{1,7} ){1,5}$"
    r"|(?:hội đồng|ubnd|hđnd|tỉnh ủy|thành ủy) (?:\w{1,7} ){0,5}$")

# -- what is no task of the day --------------------------------------------------------------------

# đã ban hành, đã được cấp
DONE = spaced(r"(?<!\w)đã (?:được )?(?!\w{0,3} có hiệu)")
# What opens the case that a rule is for
CONDITION = spaced(word("(?:trường hợp|đối với|nếu|khi xác định|các hợp đồng|hồ sơ đã)"))
# How its rule goes on: "trước ngày … thì được hưởng …", "sinh con trước ngày 15 của tháng, thì tháng đó …"
RULE_FOLLOWS = spaced(r"[ ,]{1,2}(?:thì|mà|được tính)(?!\w)")
# What a case leads to: behind it there is work, or a right
THEN = spaced(word("(?:thì|phải|có trách nhiệm)"))
# "số thứ tự từ 10 đến 13 trước ngày …", "mưa lũ từ ngày 16-22/11/2025, gửi Văn phòng Chính phủ trước ngày …": a range
# that has its end, or that a comma and a verb follow, is over
RANGE_START = spaced(
    r"(?<!\w)(?:kể )?từ (?:nay|ngày|tháng|năm|quý|thời điểm|khi|\d)"
    r"(?:(?!, (?:gửi|báo cáo|trình|nộp|hoàn thành) | đến (?:ngày )?\d)[^;\n]){0,60}$"
    r"|(?<!\w)sau (?:ngày )?\d{1,2}(?: tháng |/)\d{1,2} $")
# "người hưởng lương hưu, trợ cấp hằng tháng trước ngày 01 tháng 7 năm 2023": whom a rule is for
ENTITLED = spaced(r"(?<!\w)hưởng (?:lương|trợ cấp|phụ cấp|chế độ)(?!\w)[^;:]{0,90}$")
# "a) Không lập hồ sơ tham gia bảo hiểm xã hội trong thời hạn 30 ngày kể từ …", "Không báo cáo hằng năm": what is fined
OFFENCE = spaced(ITEM + "(?:nhà (?:đầu tư|thầu) )?không (?!quá)")

# -- how a line begins ----------------------------------------------------------------------------

# Signs and numbers of items, several in a row, also "3.1." and "[4]"; ``parts.ITEM`` is one letter or number
BULLET = spaced(r"(?:[ +•*,:–-]|[a-zđ]\) |\d{1,2}(?:\.\d{1,2}){0,2}[.)] |\[\d{1,3}\] ){1,6}")
