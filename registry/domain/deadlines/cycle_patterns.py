"""Patterns of cycles without a day: "định kỳ 6 tháng, năm", "03 tháng một lần", "hằng năm".

All patterns are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import CYCLE, ITEM, NUMBER, SHORT_ITEM
from registry.domain.phrases import one_of, spaced, word

# -- so often --------------------------------------------------------------------------------------

# định kỳ 03 tháng một lần · 06 tháng/lần · mỗi năm một lần · 01 năm 01 lần
EVERY = spaced(
    r"(?<!\w)(?P<fixed>định k[ỳì],? (?:\w{1,6} ){0,2})?(?:(?:mỗi|cứ) )?"
    rf"(?P<count>{NUMBER}) ?(?:\([^()\n]{{1,12}}\) ?)?(?P<cycle>ngày|tuần|tháng|quý|năm)"
    r"(?: \([^()\n]{1,12}\))? ?(?:/ ?|(?:một|1|01|\(một\)) )lần(?!\w)"
    r"|(?<!\w)(?:(?P<each>mỗi) (?P<ecycle>tuần|tháng|quý|năm)|(?P<one>01|1|một) (?P<ocycle>tuần|tháng|quý|năm)) (?:một|01|1) lần(?!\w)")
# tần suất tối thiểu 01 lần/06 tháng · kiểm tra 1 lần/năm
ONCE_IN = spaced(
    r"(?<!\w)(?:(?P<fixed>định k[ỳì] (?:ít nhất|tối thiểu)) )?(?:01|1|một) lần ?(?:/|trong(?: vòng| thời (?:gian|hạn))?|mỗi) ?"
    r"(?:(?P<count>\d{1,2}) |một )?(?P<cycle>tuần|tháng|quý|năm)(?!\w)")
# What stands before "01 lần/năm" of a task: "tần suất tối thiểu"
ONCE_DONE = spaced(word("(?:tần suất|định k[ỳì]|tối thiểu|ít nhất)") + "[^;:]{0,60}$")
# vào cuối mỗi quý, tổ chức đánh giá
END_OF_EACH = spaced(
    r"(?<!\w)(?:định k[ỳì] )?(?:vào )?(?:đầu|cuối) (?:hàng|hằng|mỗi|từng) (?P<cycle>tuần|tháng|quý|quí|năm)(?! học)(?!\w)")
# tổ chức tập huấn mỗi năm ít nhất 02 lần
TIMES_EACH = spaced(
    r"(?<!\w)(?:mỗi|hằng|hàng) (?P<cycle>tuần|tháng|quý|năm) (?:ít nhất|tối thiểu) (?:một|hai|0?[1-4]) (?:\([^()]{2,5}\) )?"
    r"(?:lần|kỳ|cuộc|đợt)(?!\w)")
# báo cáo 02 lần/ngày (trước 9h00’ và 16h00’)
TIMES_A = spaced(
    r"(?<!\w)(?P<fixed>định k[ỳì] )?(?P<times>\d{1,2}) lần ?/ ?(?:một |1 |01 )?(?P<cycle>ngày|tuần|tháng|năm)(?!\w)"
    r"(?: \((?:trước|vào|lúc) [^()\n]{1,60}\))?")

# -- lists of cycles -------------------------------------------------------------------------------

# One cycle of a list: "6 tháng đầu năm", "06 (sáu) tháng", "một năm"
_LISTED = r"(?:(?P<count>\d{1,2}) (?:\(\w{2,8}\) )?|một )?(?P<cycle>tuần|tháng|quý|năm)(?: (?:đầu|cuối) năm)?"
# the same without its groups
_UNNAMED = _LISTED.replace("?P<count>", "?:").replace("?P<cycle>", "?:")
# định kỳ 6 tháng, năm · định kỳ 06 (sáu) tháng · định kỳ quý, 6 tháng, 1 năm: each part of the list
PLAIN_LIST = spaced(
    r"(?<!\w)định k[ỳì] \(?(?:(?:hàng|hằng|mỗi|tối đa|tối thiểu|ít nhất|không quá|theo) )?"
    rf"(?P<items>(?:{_UNNAMED})"
    rf"(?:(?:, ?| và |, và | hoặc | ?/ ?)(?:(?:hàng|hằng) )?{_UNNAMED}(?!\w)){{0,4}})(?!\w)(?! năm)")
# hằng tháng, quý, 6 tháng và đột xuất: the cycles behind the first, and that they are times to report
CYCLES_ON = spaced(
    rf"(?:(?:, | và |, và | hoặc )(?:(?:hàng|hằng) )?{_UNNAMED}"
    r"(?= ?[,;.)]| ?$| (?:và|hoặc|báo|gửi|theo|về)(?!\w))){1,4}"
    "(?P<demand>(?:,| và| hoặc) (?:báo cáo )?đột xuất)?")
# One item of such a list
PLAIN_ITEM = spaced(f"(?:(?:hàng|hằng) )?{_LISTED}")
# báo cáo quý, 6 tháng, năm … tháng cuối kỳ
CYCLE_LIST = spaced(
    rf"(?<!\w)(?:(?:hàng|hằng) )?{_UNNAMED}(?:(?:, ?| và | hoặc )(?:(?:hàng|hằng) )?{_UNNAMED}(?!\w)){{1,4}}")
# Thời gian báo cáo định kỳ hàng năm tính từ ngày 15 tháng 12 …: which figures, not when
DATA_PERIOD = spaced(r" (?:được )?tính (?:từ|đến) (?:hết )?(?:ngày )?\d")
# "Mẫu số 11: Báo cáo định kỳ năm", "Đề cương báo cáo định kỳ hằng năm": the name of a form
FORM_NAME = spaced(
    r"(?<!\w)(?:mẫu(?: số| văn bản| báo cáo)?|đề cương|biểu(?: mẫu| số)?)(?!\w)(?! này)[^;]{0,90}báo cáo,? $"
    r"|^ ?(?:mẫu|đề cương) báo cáo [^;:]{0,90}$"
    r"|(?<!\w)(?:mẫu|đề cương) $")

# -- a cycle alone ---------------------------------------------------------------------------------

# hằng tháng · định kỳ hằng năm · mỗi quý · cập nhật tối thiểu mỗi quý
RECURRING = spaced(
    r"(?<!\w)(?:(?P<least>tối thiểu|ít nhất) (?=mỗi))?"
    rf"(?P<fixed>định ?k[ỳì],? (?:vào )?(?:theo )?)?(?:{CYCLE})(?!\w)")
# Định kỳ hàng tuần (trước ngày đầu tuần kế tiếp) · Hằng năm vào đầu năm học: when in the cycle
WHEN_IN_IT = spaced(
    r" \((?:trước|chậm nhất|vào) [^()\n]{3,50}\)"
    r"| vào (?:đầu|cuối) (?:năm học|năm|quý|tháng|tuần)(?!\w)(?! \d)")
FIXED = spaced(word("định k[ỳì]"))
# kiểm kê tài sản hàng năm (năm 2025) của các cơ quan
YEAR_IN_BRACKETS = spaced(r"^ ?\((?:năm )?(?:19|20)\d\d\)")
# số liệu tính đến ngày 15/12 hằng năm
UP_TO_DAY = spaced(r"(?:tính )?đến ngày \d{1,2}(?: tháng |/)\d{1,2} $")
# What is paid, not what is due: "Kinh phí hằng năm"
PAID = spaced(SHORT_ITEM + one_of(
    "(?:nguồn )?(?:kinh phí|vốn|chi phí|tiền|phụ cấp|trợ cấp)",
    "(?:mức )?chi(?! (?:cục|nhánh|bộ))") + " ")
# hằng tháng, hằng quý và hằng năm: cycles that stand before another
CYCLES_BEFORE = spaced("(?:(?:hàng|hằng) (?:tháng|quý|quí|năm) ?(?:,|và)? ?){1,2}$")
# Nothing but a number of several parts before the cycle: "3.1 Hằng năm"
ONLY_NUMBERED = spaced(" ?[0-9.]{1,4} ")
# … được sửa đổi như sau: “a) Hằng năm, …
QUOTED = spaced(r"như sau: [“\"](?:[a-zđ0-9]{1,2}[.)] )?$")
# Hằng năm, giảm số người nghiện ma túy · Hàng năm, số vụ phạm tội …: figures and rights, what no one hands in
TOLD_YEARLY = spaced(
    r"[ ,]{1,3}(?:(?:thì|mà|các|những) )?" + one_of(
        "số (?:vụ|lượng|người|hộ|tiền|thu|chi)|tỷ lệ|mức|giảm|tăng|phấn đấu|có (?:trên|ít|khoảng|hàng)",
        r"hưởng|nghỉ|khoảng|trên \d|bình quân|so với|kể từ|đạt|nếu|có xuất hiện") + r"(?!\w)"
    r"| (?:theo|của|và(?! (?:đột|khi|theo)))(?!\w)"
    r"|(?:, (?:các )?(?:người|cá nhân|phạm nhân|học viên) )?[^,;]{0,50}(?<!\w)được (?:hưởng|nghỉ|trợ|hỗ|cấp|thưởng|miễn|tạm ứng|trả)(?!\w)")
# báo cáo Chủ tịch Ủy ban nhân dân tỉnh kết quả thực hiện hằng năm theo quy định
RESULTS_TOLD = spaced(r"(?<!\w)báo cáo [^,;:]{3,90} kết quả(?: thực hiện)? $")
# What may stand behind a cycle that ends its clause: "báo cáo hằng năm gửi …", "tổng hợp hằng quý và đột xuất", "báo cáo hằng năm theo mẫu"
CLAUSE_GOES_ON = spaced(" ?[,)]? ?" + one_of(
    "để|hoặc|gửi|về|báo cáo|theo (?:yêu|hình thức|lĩnh vực|mẫu)",
    "và (?:gửi|nộp|trình|đột|tổng kết|sơ kết|khi|theo)",
    r"trình|\((?!\d)"))

# -- a cycle of a thing, not of a task -------------------------------------------------------------

# người đang hưởng trợ cấp tai nạn lao động, bệnh nghề nghiệp hằng tháng: what is paid each month
BENEFIT = spaced(word("(?:hưởng|trợ cấp|phụ cấp|lương hưu|mất sức|bệnh binh|thương binh)") + "[^;:.]{0,70}$")
# xây dựng Kế hoạch quan trắc, cảnh báo môi trường hàng năm: the plan is yearly, whatever it is for
PLAN_FOR = spaced(
    r"(?<!\w)kế hoạch \w(?:(?! và (?:tổ chức|thực hiện|triển khai) )[^,;:]){2,40}, "
    "(?:(?! và (?:tổ chức|thực hiện|triển khai) |tổ chức|báo cáo|trình|gửi|thực hiện|triển khai)[^,;:]){2,40}$")
# làm căn cứ khi đánh giá, xếp loại viên chức hằng năm · căn cứ kết quả đánh giá hằng năm
GROUNDS = spaced(word("làm (?:căn cứ|cơ sở)") + r"[^;]{0,120}$|(?<!\w)căn cứ (?:vào )?kết quả [^,;:]{0,60}$")
# Tham gia thực tập tại doanh nghiệp hằng năm: a task that no verb of work tells
TAKES_PART = spaced(ITEM + "tham gia (?!bảo hiểm)[^,;:]{3,100}$")
# Công khai kết quả giải ngân … hằng tháng trên Cổng thông tin
PLACE_BEHIND = spaced(" (?:trên|tại) ")
# "dự toán hằng năm", "kết quả thực hiện hằng năm": a noun right before a cycle takes it to itself
NO_TASK_NOUN = spaced(one_of(
    "(?:vốn|kinh phí|quỹ) bổ sung|kế hoạch(?: chi tiết)?|nghị quyết|tiền|phụ cấp|trợ cấp|kinh phí|dự toán|lương",
    "bình quân|phân bổ|mức|thu nhập|ngân sách|(?:tiền )?thuê đất|chương trình|hoạt động|cấp ủy|cấp uỷ|chi phí|đều",
    "tặng|nhiệm vụ|chỉ tiêu|sinh hoạt phí|hiểm|xã hội|tăng|giảm|sử dụng|trả|hưởng|chi|số liệu|diễn biến|vốn|danh mục",
    "phép|nghỉ|trung bình|đóng|góp|thường|giao|cây|sản lượng|doanh thu|giá(?: đất)?|thuế|phí|lệ phí|kết quả",
    "quyết toán|đầu tư|tình hình|thống kê|được giao|tài chính|khuyết|sống|học phí|vay|lãi|quỹ|hỗ trợ|sự kiện",
    "đánh giá|công tác|làm việc|thực hiện|phát sinh") + " $")
# "xây dựng kế hoạch quan trắc môi trường hàng năm": the same with a few words between
NOUN_PHRASE = spaced(word(one_of(
    "(?:trong|tại) báo cáo|ngày lễ|lễ hội|kế hoạch|(?:cuộc|phiên|kỳ) họp|hội nghị|giao ban|kinh phí|dự toán",
    "ngân sách|chương trình|báo cáo quốc gia")) + "[^,;]{0,50}$")
# mức chi hằng năm của …, hằng năm đạt …: what follows goes with the cycle, or a figure does
MODIFIED = spaced(
    " ?" + one_of(
        "của|cho|và(?! (?:gửi|nộp|trình|tổng kết|sơ kết|báo cáo|đột|khi|theo yêu))|đạt|trong|tại|được|là|từ",
        "đối|so|theo (?:quy|nghị)|bằng|trên|ở|như|tăng|giảm|khoảng|còn|có|do") + r"(?!\w)"
    r"| ?[\d%/)]")
# căn cứ kế hoạch kiểm tra định kỳ hằng năm · do Bộ Công Thương công bố hàng năm
YEARLY_THING = spaced(
    r"(?<!\w)kế hoạch(?!(?: \w{1,7}){0,4} này)(?: \w{1,7}){0,4},? $"
    r"|(?<!\w)theo (?:các )?(?:kế hoạch|chương trình|nghị quyết|kết quả|danh mục|chỉ tiêu|quy hoạch|hướng dẫn) [^;:]{0,80}$"
    r"|(?<!\w)(?:thông qua (?:các )?báo cáo|(?:tại|trong) (?:hội nghị|đại hội|kỳ họp)[^;:.]{0,80}) $"
    r"|(?<!\w)tính $"
    r"|(?<!\w)(?:\d năm|hạn|nhiệm kỳ) và $"
    r"|(?<!\w)do [^,;]{3,50} (?:công bố|ban hành|quy định|cấp|phê duyệt|tiến hành) $")
