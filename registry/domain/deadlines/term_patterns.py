"""Patterns of terms ("trong thời hạn 10 ngày kể từ ngày …") and of the events that they run from.

All patterns are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import BY, CLOCK, COUNT, NUMBER, OPENING
from registry.domain.phrases import one_of, spaced, word

# -- terms of an event -----------------------------------------------------------------------------

# 80 giờ làm việc (tương đương 10 ngày làm việc) kể từ · 56 giờ làm việc (tương đương với 07 ngày làm việc kể từ ·
# 20 ngày, không bao gồm ngày nghỉ lễ, tết, kể từ
_EQUAL = one_of(
    r", không (?:bao gồm|kể|tính) [^;.()\d]{3,50}?(?=,? (?:kể|tính) từ)",
    r" ?\([^()\n]{1,50}\)",
    r" quy đổi \d{1,3} (?:giờ|ngày)\)",
    r" \((?:tương đương (?:với )?)?\d{1,3} (?:ngày|giờ)(?: làm việc)?")
# kể từ ngày … · tính từ khi … · đối với hồ sơ phức tạp, kể từ … · ngay sau khi … · trong vòng 24 giờ khi vi phạm đã được
# khắc phục: the words between a term and its event
_FROM = (
    rf"(?P<joint>(?:{_EQUAL}| đầu(?: tiên)?(?= (?:kể|tính) từ)| đối với [^,;.:()\d\n]{{1,60}}?(?= (?:kể|tính) từ))? ?,? ?"
    r"(?:\(?(?:tính )?(?:k[ểêẻề] từ|từ khi|tính từ|từ ngày(?! \d)|từ thời điểm"
    r"|(?:ngay )?sau (?:khi|thời điểm|ngày(?! \d)|(?=buổi|cuộc|phiên|kỳ))|khi(?= ))))")
# trong thời hạn 10 ngày làm việc kể từ ngày … · chậm nhất 05 ngày trước khi … · tối đa không quá 3 tháng: words that bound
# it (op), a count, and an event behind it (joint) or one that it ends before (prior); each but the count may be left out
RELATIVE = spaced(
    r"(?<!\w)(?:" + one_of(
        rf"(?:trong (?:thời )?(?:gian|hạn|vòng) (?:là )?)?{BY}(?: sau)?(?: là)?",
        "trong (?:thời )?(?:gian|hạn|vòng)(?: (?:là|tối đa|tối thiểu|không quá|chậm nhất)){0,2}",
        "trong",
        "tối thiểu(?: là)?|tối đa(?: là| không quá)?",
        "không để quá",
        "sau tối đa|sau",
        "trước",
        "ít nhất(?: là)?",
        "thời (?:hạn|gian)(?: là)?", name="op") + " )?"
    + COUNT + one_of(
        r"(?P<prior>(?: \([^()\n]{1,40}\))?,? (?:\(?tính đến )?"
        r"trước (?:ngày|khi|thời (?:điểm|hạn|gian)|phiên|kỳ họp|cuộc họp|hội nghị)(?! \d))",
        _FROM) + "?")
# trong thời gian [chậm nhất] 1 ngày
LATEST_WORDS = spaced("(?:chậm|muộn) nhất")
# Thời gian thực hiện: 03 tháng kể từ ngày …
TERM_LABEL = spaced("(?:thời (?:hạn|gian)[^:;]{0,40}:?|quyết:|hiện:) ?$")
# ngày nhận được văn bản đề nghị: what runs from the receipt of papers is work on them
RECEIPT = spaced(
    r"(?:ngày|khi|thời điểm) (?:\w{1,8} ){0,6}?(?:tiếp )?nhận (?:được )?(?:đủ |đầy đủ )?"
    r"(?:hồ sơ|văn bản|đơn|đề nghị|báo cáo|giấy|thông báo|yêu cầu|tờ trình|ý kiến)(?!\w)")
# 12 tháng, kể từ ngày 01/10/2021 đến hết ngày 30/9/2022: a stretch of time · … trong vòng 3 tháng kể từ ngày chào mua …
# là 2,15%/năm: a figure
NO_EVENT = spaced(r"^ngày \d{1,2}(?:/| tháng )\d{1,2}[^,;]{0,20} (?:đến|tới) | là \d|, (?:ít nhất|trên|tối thiểu) \d")
# gửi thông báo đến Hải quan … 01 ngày làm việc trước ngày dự định xử lý
HANDED_IN = spaced(
    r"(?<!\w)(?:gửi|nộp|trình|thông báo|báo cáo|đăng (?:ký|tải))(?!\w)[^;:.]{0,220}(?<!\wđiểm)(?<!là)(?<!bảng) $")
# ngày ký ban hành Quyết định này: the day of the document itself
ISSUING = spaced(
    "ngày " + one_of(
        "(?:ký|ban hành|công bố) ?(?:ban hành|công bố|kết luận)? ?"
        "(?:văn bản|quyết định|kế hoạch|chỉ thị|công văn|nghị quyết|thông báo|công điện)?(?: (?:này|công bố))?",
        "(?:quyết định|kế hoạch|chỉ thị|thông báo|văn bản) (?:này )?(?:công bố )?(?:này )?được "
        r"(?:\w{1,12} ){0,6}?(?:ký|ban hành)(?: ban hành)?") + "$")

# -- terms alone -----------------------------------------------------------------------------------

# The words that surely bound a term
TERM_OP = spaced("trong (?:thời (?:gian|hạn)|vòng)|(?:chậm|muộn) nhất|tối đa")
# thời hạn giám định tối đa không quá 04 tháng
TASK_TERM = spaced(
    "thời (?:hạn|gian) " + one_of(
        "giải quyết|thẩm định|thẩm tra|giám định|xử lý|kiểm tra|thanh tra|xem xét|trả lời",
        "hoàn thành|xác minh|xây dựng|lập|thực hiện") + r"(?!\w)[^,;:.]{0,60}(?:: | )$")
# Thời gian khảo sát tối thiểu là 05 ngày làm việc, tối đa là 09 ngày làm việc: how long something lasts
FROM_TO = spaced(r"(?<!\w)(?:tối thiểu|ít nhất|từ) (?:là )?\d[^;.]{0,40}$")
# Thời gian chuẩn thực hiện bài kiểm tra thực hành tối đa là 8 giờ.
DURATION = spaced(word(one_of(
    "thời (?:gian|lượng|hạn) " + one_of(
        "chuẩn|làm bài|thi|học|đào tạo|bồi dưỡng|tập huấn|nghỉ",
        "vận hành|phát|huy động|niêm yết|đăng|hỗ trợ|cho vay|thử nghiệm"),
    "bài (?:thi|kiểm tra)|thời gian đáo hạn")) + "[^;:]{0,120}$")
# trong vòng 30 ngày qua, trong thời gian 30 ngày đầu trở lại làm việc: no limit
STRETCH_GOES_ON = spaced(r" (?:giao dịch|đầu|qua|trở|tới|liên tục|gần|nữa|trước|được tính)(?!\w)")
# Niêm yết kết quả giải quyết kiến nghị trong vòng 30 ngày tại trụ sở: how long it hangs there
POSTED = spaced(word("niêm yết") + "[^;:]{0,140}$")
# What may follow a term that has no event: the end of a clause, or who has work
AFTER_TERM = spaced(
    r" ?(?:[,;./)]|\(nếu |$)"
    r"|(?: \(\d{1,3} [^()\n]{1,30}\))? " + one_of(
        "phải|để|tính theo|đối với (?:hồ|trường|công trình|dự|các|thiết|gói|nhiệm)|có trách",
        "cơ quan|sở|bộ|ủy ban|uỷ ban|cho|khi|sau") + r"(?!\w)")
# "Trong thời hạn 5 năm, cơ quan, tổ chức … phải hoàn thành việc chỉnh lý tài liệu"
SOMEONE_MUST = spaced(r", (?!người )[^;.]{3,200} (?:phải|có trách nhiệm)(?!\w)")
# trường hợp phức tạp không quá 07 ngày làm việc
CASE_ONLY = spaced(" ?(?:trường hợp|đối với) [^,;:]{3,60} ")
# Cụm từ “Trong thời gian 20 ngày làm việc” được thay thế bằng cụm từ …
REWORDED = spaced(r"(?<!\w)cụm từ ?[“\"] ?$")

# -- terms that a sentence states ------------------------------------------------------------------

# Thời gian có ý kiến về công nghệ là 20 ngày đối với dự án nhóm A, 15 ngày đối với … · thì thời hạn nêu trên là 03 ngày làm việc
TERM_IS = spaced(
    r"(?<!\w)thời (?:hạn|gian) " + one_of(
        "nêu trên|này|giải quyết|thẩm (?:định|tra)|giám định|xử lý|kiểm tra|thanh tra|xem xét|trả lời",
        "(?:có|cho|lấy|tham gia) ý kiến|hoàn thành|xác minh|thông báo|phê duyệt|cấp|gửi|trình|ban hành") +
    rf"(?!\w)[^,;:.()\d]{{0,60}}? (?P<lead>tối đa )?là {COUNT}")
TERM_ALSO = spaced(
    rf" đối với [^,;.:()\d]{{1,60}}(?:,| và| hoặc) (?:là )?{COUNT}(?= (?:đối với|k[ểêẻề] từ)| ?[,;.])")
# 20 ngày kể từ …: then the term is read with its event
RUNS_FROM = spaced(r"(?: đối với [^,;.:()\d]{1,60})? ?,? ?\(?(?:tính )?(?:k[ểêẻề]|tính) từ")
# The end of a cell, of a sentence, the next letter of a list
_ENDS = r"(?= ?(?:[.;)\n\[]|$|{also}[a-zđ]\.(?: |$)))"
# Tổng thời gian giải quyết TTHC 17 ngày làm việc
PROCEDURE = spaced(
    r"(?<!\w)thời (?:gian|hạn) (?:giải quyết|thực hiện|xử lý|thẩm định|trả lời)"
    r"(?: (?:tthc|thhc|thủ tục(?: hành chính)?|hồ sơ))?"
    r"(?: (?:(?!(?:tiết kiệm|giảm|rút ngắn)(?!\w))[^,;.:()\d\n]){1,40}?)?(?: là)? ?:? \(?"
    rf"(?P<lead>{BY} |tối đa (?:là )?)?{COUNT}" + _ENDS.format(also=", trường hợp khác|"))
# - Trường hợp công nhận kết quả thăm dò đối với khoáng sản nhóm III: 32 ngày làm việc. · Mã TTHC: 2.002761 09 ngày làm việc
CASE_TERM = spaced(
    OPENING + r"(?:(?:đối với|trường hợp) [^:;\n]{3,200}:|mã (?:số )?(?:tthc|thủ tục) ?: ?\d\.\d{6}) "
    rf"(?P<lead>{BY} )?{COUNT}" + _ENDS.format(also=""))
# Bảy (07) ngày làm việc đối với các ý kiến cần sự phối hợp liên ngành: an item of a list of terms
ITEM_TERM = spaced(
    rf"{OPENING}{COUNT}"
    r"(?= đối với (?!(?:người|lao động|cán bộ|nhân viên|viên chức|công chức|hợp đồng lao)(?!\w)))")
# the steps of a procedure, each with its time: "Lãnh đạo Sở 0,5 ngày làm việc" · "Bước 1: Tiếp nhận hồ sơ (0,5 ngày làm việc)"
STEP = spaced(rf"(?:(?<= )|(?<=\()){COUNT}(?<=làm việc)(?=\)? ?[.;]? ?(?:$|\n|\())")
STEP_OF = spaced("[ +•-]{0,4}(?:các )?" + one_of(
    r"bước \d|(?:công|viên) chức|chuyên viên|nhân viên|cán bộ|lãnh đạo|trưởng|phó|văn thư|bộ phận|trung tâm",
    "văn phòng|phòng|chi cục|cơ quan|sở|ubnd|(?:ủy|uỷ) ban") + r"(?!\w)[^;]{0,200}$")
# Rút ngắn thời gian giải quyết từ 10 ngày làm việc xuống còn 7,5 ngày làm việc: what is told of times
SHORTENED = spaced(
    r"(?<!\w)(?:rút ngắn|niêm yết|công khai|giảm|còn|xuống|thành|thừa|chậm|quá hạn)(?!\w)[^;]{0,120}$")

# -- days told by counting on ----------------------------------------------------------------------

# chậm nhất là đầu giờ ngày làm việc tiếp theo (kể từ ngày nhận) · hoặc trong ngày làm việc tiếp theo, nếu tiếp nhận sau 15 giờ ·
# chậm nhất là ngày cuối cùng của tháng thứ 3 kể từ ngày kết thúc năm tài chính
NTH = spaced(
    rf"(?<!\w)(?P<op>{BY}|trong|vào|trước(?= \d{{1,2}} ?(?:giờ|h))) "
    + one_of(
        rf"(?P<next>(?:đầu giờ |trong |{CLOCK})?(?:của )?"
        "ngày làm việc (?:tiếp theo|kế tiếp|liền (?:kề|sau)(?: tiếp theo)?)(?! (?:trước|tiếp)))",
        rf"ngày (?:cuối cùng )?(?:của )?tháng thứ (?P<n>{NUMBER})(?=,? (?:kể|tính) từ )")
    + r"(?!\w)(?P<joint>,? (?:kể|tính) từ | (?:(?:của|sau|ngay sau|kể từ) )?(?=ngày (?!\d)))?")
# "năm tài chính kết thúc trước hoặc trong ngày cuối cùng của tháng thứ 3 tính từ …" · "Trường hợp trả kết quả trong ngày làm việc
# tiếp theo": a condition
CASE_BEFORE = spaced(r"(?<!\w)(?:trước|sau) hoặc $|(?<!\w)trường hợp [^,;]{0,60}$")
# Trường hợp ngày cuối cùng trùng ngày nghỉ thì thời hạn chuyển sang ngày làm việc tiếp theo: a rule of counting
DAY_OFF = spaced(r"ngày (?:nghỉ|lễ)|" + word("trùng"))

# -- terms before an event -------------------------------------------------------------------------

# thông báo cho các bên tối thiểu trước 05 ngày làm việc · báo trước ít nhất 30 ngày · trước 30 ngày khi VPĐD chấm dứt hoạt động
NOTICE = spaced(
    r"(?<!\w)(?:(?P<least>ít nhất|tối thiểu|(?:chậm|muộn) nhất)(?: là)? )?trước (?:(?:đó|hạn) )?"
    rf"(?:(?P<lowest>ít nhất|tối thiểu)(?: là)? )?{COUNT}"
    r"(?P<joint>,? (?:so với|tính đến)? ?(?P<event>(?:khi|ngày|thời điểm) (?!\d)))?")
# trước 03 năm công tác, trước 12 tháng tuổi: how old something is
NOT_NOTICE = spaced(r" (?:tuổi|công tác|kinh nghiệm|trở lên|làm việc tại)(?!\w)")
# Trước khi chính thức hoạt động ít nhất là 10 ngày làm việc, … · trước ngày bầu cử 10 ngày ·
# Trước khi giấy chứng nhận hết hạn trong vòng 30 ngày, …
AHEAD_OF = spaced(
    r"(?<!\w)trước (?P<event>(?:khi|ngày|thời (?:điểm|gian)|phiên|kỳ|cuộc họp|hội nghị) [^\d,;:.()\n]{3,90}?) "
    r"(?:(?:ít nhất|tối thiểu|(?:chậm|muộn) nhất|không quá|là|trong (?:vòng|thời (?:gian|hạn)))(?: là)? )?"
    rf"{COUNT}(?= ?[,;.)]| ?$| (?:và|phải|đối với|cho|để) )")
# "được cấp trước ngày Nghị định có hiệu lực thì có giá trị 30 ngày": another clause between the two
CLAUSE = spaced(" (?:thì|mà|được|phải|nhưng|có (?:giá trị|thời)) ")
