"""Patterns of what looks like a term and is none: conditions, bans, how long a right or a measure lasts.

All patterns are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import BODY, ITEM
from registry.domain.phrases import one_of, spaced, word

# -- conditions ------------------------------------------------------------------------------------

# hết thời hạn 12 tháng · nếu trong thời hạn 5 ngày · có hiệu lực sau 45 ngày · ngoài thời hạn 30 ngày · liên tục trong thời gian …
LED_IN = spaced(one_of(
    "mà|nếu|nằm|thuộc|(?<!nước )ngoài|liên tục|(?<!được )quá|sau|(?<!đến )hết|trường hợp",
    "có hiệu lực(?: thi hành)?(?: sau)?") + " $")
# … mà không thực hiện, … thì bị xử phạt: what follows from a term gone by
THEN_PASSIVE = spaced("(?:thì|mà) (?:bị|được|vẫn|không)")
# trừ trường hợp … trong thời hạn …
EXCEPT = spaced(r"(?<!\w)trừ trường hợp[^,;:)]*$")
# nếu khi về nước tiếp tục tham gia bảo hiểm y tế trong thời gian 30 ngày kể từ ngày nhập cảnh: a condition to its end
WHETHER = spaced(
    r"(?<!\w)nếu(?! (?:có|cần) ?[,)])(?!\w)(?:(?! thì )(?:[^,;:()]|,(?= (?:điều|khoản|điểm|mục)(?!\w)))){0,200} $")
# Trường hợp Chủ tịch không triệu tập họp trong thời hạn 15 ngày kể từ ngày nhận được yêu cầu thì …
NOT_DONE = spaced(r"(?<!\w)(?:trường hợp|nếu)(?!\w)[^;:]*(?<!\w)không(?!\w)(?! quá)[^;:]{0,160}(?<!,) $")
# what follows: "… thì …"; "… kể từ ngày nhận văn bản, hồ sơ được xác nhận"
NOT_DONE_THEN = spaced(r" ?,? ?thì(?!\w)|, [^,;]{2,40} được ")
# nhưng vẫn chưa rời cảng trong vòng 24 giờ kể từ … thì phải làm lại thủ tục
STILL_UNDONE = spaced(r"(?<!\w)(?:nhưng|mà) (?:vẫn )?(?:chưa|không) (?:(?! thì )[^,;]){2,80}$")
# trong vòng 01 năm kể từ ngày được cấp mà nhà cung cấp không triển khai · kể từ ngày thu được tiền mà chưa giao tài sản
LEFT_UNDONE = spaced(" mà (?:[^,;]{0,60} )?(?:không|chưa|vẫn) ")
# "trong thời hạn 01 năm, nếu tái phạm": a condition; but "…, nếu đáp ứng yêu cầu, Cơ quan kiểm dịch cấp" is a term
REPEATED = spaced(
    r"[ ,]{0,2}(?:tiếp tục vi phạm|nếu(?![^,;.]{3,110}, (?:thì )?" + BODY + "))")
# "trong thời hạn 02 ngày làm việc, nếu hồ sơ không hợp lệ thì …": what the papers are like, not that nothing was done
IF_FIT = spaced(
    "[ ,]{0,2}nếu (?:không )?(?:(?! không (?!hợp|đầy|đủ|đáp|đạt|đúng|có căn))[^,;.]){3,110}(?:,| thì )")

# -- bans, permissions, qualities asked for: in months and years -----------------------------------

# Trong thời hạn 06 tháng kể từ ngày Bộ Tư pháp gửi hồ sơ … mà nhận được đủ kết quả thì …
CASE_THEN = spaced(" mà [^;]{3,160} thì ")
# What is allowed for a while: "thí điểm cho phép … trong thời hạn 05 năm kể từ ngày …"
PERMITTED = spaced(word("(?:thí điểm|cho phép|được (?:phép|áp dụng))") + "[^;:]{0,160}$")
# Có nhu cầu đào tạo nghề trong thời hạn 12 tháng kể từ ngày …: whom a rule is for
CRITERION = spaced(ITEM + "có (?!trách nhiệm|văn bản|ý kiến|báo cáo)")
# Trong vòng 12 tháng kể từ khi tốt nghiệp, ít nhất 80% người học có việc làm
SHARE = spaced("[ ,]{1,2}(?:có )?(?:ít nhất|trên|tối thiểu|tỷ lệ) [^;,]{0,20}%")
# Trung tâm có từ 80% người học có việc làm trong vòng 6 tháng, kể từ khi tốt nghiệp
SHARE_BEFORE = spaced("\\d ?%[^;:.]{0,80}$")
# Trong thời hạn 24 tháng kể từ khi thôi chức vụ, người đó không được thành lập …
BAN_BEHIND = spaced(r"[^;.]{0,260}?(?<!\w)không được(?! quá)(?!\w)")
# không được cấp giấy phép trong thời hạn 05 năm
BAN = spaced(r"(?<!\w)không (?:được [^;]{0,100}|cấp [^,;]{0,160}|[^,;]{0,60})$|^\W*không [^;]{0,200}$")
# "không quá 05 năm" is no ban
AT_MOST = spaced(r"(?<!\w)không quá $")
# a) Có thời gian hoạt động không quá 05 năm kể từ ngày …
AGE = spaced(
    r"(?<!\w)(?:có|thời gian) (?:thời gian )?(?:hoạt động|thành lập|công tác|kinh nghiệm)(?!\w)[^,;:]{0,40}$")
# Thời gian hỗ trợ … không quá 03 năm kể từ ngày …: how long something may last
LASTS = spaced(
    r"(?<!\w)thời (?:gian|hạn) " + one_of(
        "hỗ trợ|hoạt động|chào bán|cho vay|vay|hưởng|miễn|phân phối|thuê|sử dụng",
        "bảo hành|tuyển chọn|chuyển tiếp|thử nghiệm") + r"(?!\w)(?:(?! phải )[^;:]){0,120}$")

# -- what lasts ------------------------------------------------------------------------------------

# Rights and measures that last: no one has to do anything by their end.
LASTING = spaced(word(one_of(
    "bảo lưu|giữ nguyên|(?<!người )(?<!ảnh )hưởng|được (?:miễn|giảm|hỗ trợ|sử dụng|tiếp tục|gia hạn)|khóa tài khoản",
    "đã (?:công tác|làm việc)|(?:tạm )?đình chỉ|tạm dừng|tạm ngừng|cấm|tước|lưu (?:giữ|trữ|hành)|bảo hành",
    "bảo quản|thử việc|tập sự|có giá trị|thời hiệu|đình bản|giam giữ")) + "[^,;:.]{0,110}$")
# Giấy phép có giá trị 30 ngày kể từ …: of any unit where it stands near, of months and years anywhere
VALID = spaced(
    "(?:có (?:giá trị|thời hạn)|(?<!chấm dứt )hiệu lực|thời hạn sử dụng|giá trị sử dụng)[^,;:]{0,30}$")
VALID_FOR = spaced(r"thời hạn (?:hiệu lực|sử dụng|có hiệu lực)(?!\w)[^;:]*$")
