"""What the patterns of deadlines (thời hạn) are made of: numbers, days, hours, "chậm nhất", "hằng …", terms.

These are sources, not patterns: a space in them becomes one space or line break (``registry.domain.phrases``).
All are for lower-case cleaned text, and every repeat is bounded, so that reading stays linear on hostile text.
"""

from __future__ import annotations

from registry.domain.phrases import one_of

# -- numbers ---------------------------------------------------------------------------------------

_DIGIT_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNIT_WORDS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5} | {digit: n for n, digit in enumerate(_DIGIT_WORDS, 1)}
# một … mười · mười lăm · ba mươi · bốn mươi lăm
NUMBER_WORDS = (
    {digit: n for n, digit in enumerate((*_DIGIT_WORDS, "mười"), 1)}
    | {f"mười {unit}": 10 + n for unit, n in _UNIT_WORDS.items()}
    | {f"{tens} mươi": 10 * n for n, tens in enumerate(_DIGIT_WORDS[1:], 2)}
    | {f"{tens} mươi {unit}": 10 * n + m for n, tens in enumerate(_DIGIT_WORDS[1:], 2) for unit, m in _UNIT_WORDS.items()})
NUMBER = one_of(
    r"\d{1,4}",
    rf"(?:{one_of(*_DIGIT_WORDS)} mươi|mười)(?: {one_of(*_UNIT_WORDS)})?(?!\w)",
    *_DIGIT_WORDS)

# -- days and hours --------------------------------------------------------------------------------

# 15/6/2021 · 20.7.2020 · 15/6 · 15-12-2023 · 10/7 năm 2026 · 30 tháng 11 (năm 2025) · 17 tháng 12
DAY = (
    r"(?P<day>\d{1,2})(?!\d)"
    r"(?: ?(?P<sep>[/.-]) ?(?P<month>\d{1,2})(?!\d)(?: ?(?:(?P=sep)|năm) ?(?P<year>\d{4})(?!\d))?"
    r"| ?tháng ?(?P<wmonth>\d{1,2})(?![\d/.-]\d)(?: ?(?:,? ?năm|/|-|\.) ?(?P<wyear>\d{4})(?!\d))?)")
# 17 giờ 30 phút chiều · 17h · 9g30 · 16:30
_HOUR_SIGN = r" ?(?:giờ|h|g(?=\d)|:(?=\d\d)) ?"
_MINUTE_SIGN = "(?: ?phút|['’′])?,? ?"
TIME = (
    rf"(?P<hour>[01]?\d|2[0-4]){_HOUR_SIGN}(?P<minute>[0-5]\d)?{_MINUTE_SIGN}"
    r"(?:(?P<half>sáng|chiều|tối) )?(?:\((?:[^()\n]{1,25})\) ?)?")
# the same without its parts: for patterns that only pass over the hour
CLOCK = rf"(?:[01]?\d|2[0-4]){_HOUR_SIGN}(?:[0-5]\d)?{_MINUTE_SIGN}(?:(?:sáng|chiều|tối) )?"
WEEKDAY = "(?P<weekday>thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"

# -- the words that bound --------------------------------------------------------------------------

BY = one_of(
    "chậm (?:nhất|nhât)|muộn nhất|trễ nhất",
    "(?:không|chưa) (?:được )?(?:muộn|chậm|quá|trễ|sau) hơn",
    "không (?:được )?(?:vượt )?quá") + "(?: (?:là|vào|đến|trong|trước|hết)){0,3}"
# How a day is bound, each way a group of its own: see ``text.op_of``
OP = one_of(
    f"(?P<by>{BY})",
    "(?P<before>(?:(?:đến|vào|xong|là) )?trước)",
    "(?P<until>(?:cho )?(?:đến|tới) hết|hết)",
    r"(?P<on>trong|vào|đúng|đến)(?= ngày| \d{1,2} ?(?:giờ|h)| \d{1,2}/\d{1,2}/\d{4})")
# hằng tháng · mỗi quý; not "mỗi năm vạn"
CYCLE = "(?:hàng|hằng|mỗi|từng) ?(?P<cycle>ngày|tuần|tháng|quý|quí|năm)(?! (?:vạn|nghìn|trăm))"

# -- periods ---------------------------------------------------------------------------------------

QUARTER = r"(?:quý|quí) (?P<quarter>iv|i{1,3}|[1-4])(?!\w)"


def _year(name: str) -> str:
    """Return the year behind a quarter or a month, where there is one: "/2026", " năm 2026", " năm nay"."""
    return rf"(?: ?(?:,? ?(?:của )?năm|/|-) ?(?P<{name}>(?:19|20)\d\d)(?!\d)| (?P<{name}same>năm nay))?"


# cuối quý II/2021 · quý IV năm liền kề · đầu tháng 6 · 6 tháng đầu năm · quý này · giữa năm 2026
SPAN = one_of(
    rf"(?P<qpart>đầu |cuối |giữa )?{QUARTER}{_year('qyear')}"
    r"(?P<following> (?:của )?năm (?:liền kề|sau|tiếp theo|kế tiếp)(?: liền kề)?(?:[^,;.\n]{0,15}đánh giá)?)?",
    rf"(?P<mpart>đầu |cuối )?tháng (?P<month>\d{{1,2}})(?![\d]){_year('myear')}",
    r"(?P<half>6|06|sáu|9|09|chín|3|03) tháng (?P<end>đầu|cuối) năm(?: (?P<hyear>(?:19|20)\d\d))?",
    r"(?P<this>tháng|quý|năm) (?:này|nay)(?!\w)",
    r"(?P<ypart>đầu |cuối |giữa )?năm (?P<year>(?:19|20)\d\d)(?![\d])(?! ?- ?\d)")

# -- terms -----------------------------------------------------------------------------------------

# "24h kể từ"; but "Bộ Tài chính trong …" has no "chín h". An "ngày đêm" is a day
_UNIT = (
    r"(?P<unit>ngày|giờ(?! (?:của )?ngày(?!\w))|(?<![^\W\d])h(?:00)?(?= (?:kể|tính|từ|sau))|tháng|tuần|năm)(?:(?<=ngày) đêm)?"
    r"(?P<working> ?(?:làm việc|hành chính)(?:\d{1,2}(?=,))?)?")
# 05 ngày · 3,5 ngày làm việc · 0,25 ngày · 10 (mười) ngày · (17,5) ngày · ba tháng; not "6 tháng một lần"
COUNT = (
    r"(?<!\d[,.])(?:\((?=\d{1,3}(?:[,.]\d{1,2})?\)))?"
    rf"(?P<n>(?:\d{{1,3}}[,.](?:5|25|75)(?!\d)|{NUMBER}))\)? ?(?:\((?P<words>[^()\n]{{1,20}})\) ?)?"
    rf"{_UNIT}(?![^\W\d_])(?! ?(?:một|/) ?lần)")

# -- places and bodies -----------------------------------------------------------------------------

# Right behind the beginning of a text, a line, a sentence, an item
OPENING = r"(?:(?<=^)|(?<=\n)|(?<=[;.+•-] )|(?<=[a-zđ0-9][.)] ))"
# The sign of a list and the number of an item: "- ", "a) ", "10. "; the second takes no number of three digits
ITEM = "[ +•-]{0,4}(?:[a-zđ0-9]{1,3}[.)] )?"
SHORT_ITEM = "[ +•-]{0,4}(?:[a-zđ0-9]{1,2}[.)] )?"
# Who is given work, in lower case; a name goes on behind it
BODY = r"(?:các )?" + one_of(
    "sở|bộ|ủy ban|uỷ ban|ubnd|kiểm toán|thanh tra|ngân hàng|công an|chính phủ|thủ tướng|thủ trưởng",
    "cục|chi cục|vụ|phòng|trung tâm|cơ quan|đơn vị|hội đồng|chủ tịch|giám đốc|văn phòng|doanh nghiệp|tổ chức",
    "cán bộ|công chức|chuyên viên|bảo hiểm|kho bạc|quỹ|đoàn|tổ|ban|người|cơ sở|tổng (?:cục|công ty|giám đốc)",
    "tập đoàn|công ty|chấp hành viên|trại|ông|bà|nhà|bên|hiệu trưởng|viện|trường|tòa án|chủ|bí thư|thành viên",
    "quản tài viên|thẩm phán|thương nhân|hợp tác xã|trưởng") + r"(?!\w)"
