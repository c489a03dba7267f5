"""Patterns of days and hours that come round: "trước ngày 15 hằng tháng", "15 giờ thứ Năm hằng tuần".

All patterns are for lower-case cleaned text; every repeat is bounded.
"""

from __future__ import annotations

from registry.domain.deadlines.parts import BY, OP, OPENING, TIME, WEEKDAY
from registry.domain.phrases import one_of, spaced

NUMBERS = spaced(r"\d+")

# -- days of the week, hours of the day ------------------------------------------------------------

# trước 15h, thứ năm hàng tuần · Ngày thứ Sáu hằng tuần, người phụ trách tổ họp
WEEKLY = spaced(rf"(?<!\w)(?:{OP} (?:{TIME})?,? ?)?(?:(?:các )?ngày )?{WEEKDAY},? (?:của )?(?:hàng|hằng|mỗi) tuần")
# ban hành chương trình công tác tuần chậm nhất vào thứ Năm của tuần trước
WEEKLY_BY = spaced(
    rf"(?<!\w)(?:(?P<by>{BY})|(?P<before>trước)) (?P<on>)(?P<until>)(?:{TIME})?(?:ngày )?{WEEKDAY},? (?:của )?"
    r"tuần (?:trước|sau|kế tiếp|tiếp theo)(?!\w)")
# định kỳ vào thứ Sáu hằng tuần: it belongs to the words of the deadline
FIXED_LEAD = spaced("định k[ỳì] (?:vào )?$")
# báo cáo hằng tuần vào 15 giờ thứ Năm · hằng tuần (trước thứ Sáu)
WEEKLY_ON = spaced(
    rf"(?<!\w)(?:hàng|hằng|mỗi) tuần,? \(?(?:(?P<by>{BY})|(?P<before>trước)|(?P<on>vào)) (?:{TIME})?,? ?(?P<until>)?"
    rf"(?:ngày )?{WEEKDAY}(?!\w)")
# báo cáo UBND tỉnh trước 19h00’ hằng ngày
DAILY = spaced(rf"(?<!\w){OP} {TIME}(?:hàng|hằng|mỗi) ngày(?!\w)")
DAILY_AT = spaced(
    rf"(?<!\w)(?:hàng|hằng|mỗi) ngày,? \(?(?:(?P<by>{BY})|(?P<before>trước)|(?P<on>vào)|(?P<until>đến hết)) {TIME}")
# phát hành vào tuần cuối cùng của tháng thứ 3 trong quý · vào tháng cuối của mỗi quý · vào tuần đầu hằng tháng
PART_OF = spaced(
    r"(?<!\w)(?:vào|trong) (?:tuần|tháng) (?:đầu|cuối|thứ (?:\d|nhất|hai|ba|tư))(?: (?:tiên|cùng))? (?:(?:của|trong) )?"
    r"(?:tháng (?:đầu|cuối|thứ (?:\d|nhất|hai|ba))(?: (?:tiên|cùng))? (?:(?:của|trong) )?)?"
    r"(?:(?:mỗi|hàng|hằng|từng) (?P<each>tháng|quý|quí|năm)"
    r"|(?P<cycle>tháng|quý|quí)(?! (?:\d|iv|i{1,3}(?!\w)|này|trước|sau)))(?!\w)")

# -- days of a month -------------------------------------------------------------------------------

_QUARTER_OR_TERM = "(?:(?:của|trong) )?(?:(?:mỗi|các|hàng|hằng|từng) )?(?:quý|quí|kỳ)"
# Where the month of a day lies: tháng cuối quý · tháng đầu của kỳ tiếp theo · tháng sau · tháng trước liền kề
_PLACE = one_of(
    rf"cuối ?(?:cùng )?{_QUARTER_OR_TERM}",
    rf"đầu ?(?:tiên )?{_QUARTER_OR_TERM}(?: (?:sau|tiếp theo|kế tiếp|liền kề))?",
    r"(?:sau|kế tiếp|tiếp theo|liền sau|liền kề)(?!\w)(?: [^ ,;.()]{1,7}){0,4}(?!\w)",
    "trước (?:liền kề|đó)",
    "báo cáo", name="place")
# trước ngày 15 hằng tháng · ngày 05 của tháng sau · ngày 20 tháng cuối quý · ngày 10 của tháng đầu quý sau
MONTH_DAY = spaced(
    rf"(?<!\w)(?:{OP} |"
    rf"(?:{OPENING}|(?<=: )|(?<=\()|(?<=báo cáo )|(?<=định kỳ )|(?<=định kì )|(?<=gửi )|(?<=nộp ))(?=ngày \d))"
    rf"(?:{TIME})?ngày (?:(?:mùng|mồng|thứ) )?"
    r"(?P<day>\d{1,2})(?!\d)(?P<more>(?:(?: ?, ?| và )(?:ngày )?\d{1,2}(?!\d)){1,3})? ?(?:\([^()\n]{1,25}\) ?)?,? ?"
    "(?:(?:của )?(?:(?:hàng|hằng|mỗi|từng) (?P<cycle>tháng|quý|quí|năm)"
    rf"|tháng ?{_PLACE}|của tháng(?= ?[,;.]|$)))")
# Hằng tháng (trước ngày 20 của tháng sau): the cycle belongs to the words of the deadline
CYCLE_LEAD = spaced("(?:định k[ỳì] )?(?:hàng|hằng) (?:tháng|quý|quí) ?[(,:]? ?$")
# trước ngày 25, behind "hằng tháng"
BARE_DAY = spaced(
    rf"(?<!\w){OP} (?:{TIME})?ngày (?:mùng )?(?P<day>\d{{1,2}})(?= ?[,;)]| ?\.(?!\d)| ?$| (?:để|gửi|báo cáo)(?!\w))")
# trước ngày cuối cùng của tháng đầu mỗi quý · chậm nhất ngày làm việc cuối cùng của tháng
LAST_DAY = spaced(
    rf"(?<!\w){OP} (?:{TIME})?ngày (?:làm việc )?(?:cuối ?(?:cùng)?|(?P<first>đầu tiên)) (?:của )?"
    + one_of(
        r"(?P<monthly>(?:hàng|hằng|mỗi|từng) tháng|tháng(?! " + one_of(
            r"đầu|cuối|thứ|\d|chuyển|bị|được|có|mà|nghỉ",
            "(?:tiếp theo|kế tiếp|liền sau) (?:sau )?(?:tháng|kể|ngày)") + "))",
        r"tháng (?:đầu|cuối|thứ \w{1,4}) ?(?:tiên|cùng)? (?:của )?(?:(?:mỗi|hàng|hằng|từng) )?(?P<quarterly>quý|quí)",
        "(?:mỗi|hàng|hằng|từng) (?P<quarters>quý|quí)"))
# trong 15 ngày đầu của tháng 01 hằng năm · trong thời hạn 10 ngày đầu tháng hằng tháng · trong 5 ngày đầu mỗi quý ·
# trong vòng 20 ngày đầu quý sau liền kề · chậm nhất trong 05 ngày đầu của tháng sau
FIRST_DAYS = spaced(
    r"(?<!\w)(?:(?:chậm nhất )?(?:trong|vào) (?:(?:thời hạn|vòng) )?|(?<=: ))(?P<day>\d{1,2}) ngày (?:làm việc )?"
    "(?:đầu (?:tiên )?(?:của )?|của (?=(?:tháng|tuần|quý) (?:sau|tiếp)))"
    + one_of(
        r"tháng (?P<month>\d{1,2}) (?:hàng|hằng|mỗi) năm",
        "(?:tháng )?(?:hàng|hằng|mỗi) (?P<cycle>tuần|tháng|quý|quí)",
        "(?P<following>tuần|tháng|quý|quí) (?:(?:sau|tiếp theo|kế tiếp)(?: liền kề)?|liền (?:kề|sau))",
        "tháng (?:đầu|cuối) (?:(?:tiên|cùng) )?(?:(?:của|trong) )?(?:(?:mỗi|hàng|hằng) )?(?P<inside>quý|quí)",
        r"(?P<alone>tháng)(?! (?:\d|đầu|thứ|cuối|mà|được))") + r"(?!\w)")
# báo cáo quý, 6 tháng: which words before a day name its cycle, and what stands before such a word
CYCLE_WORD = spaced(r"(?<!\w)(?:(?P<n>[369]) )?(?P<cycle>tháng|quý|năm)(?!\w)")
CYCLE_NAMED = spaced("(?:báo cáo|hàng|hằng|định kỳ|,) ?$")

# -- days whose months are named -------------------------------------------------------------------

# trước ngày 17 các tháng 3, 6, 9
MONTHS_DAY = spaced(
    rf"(?<!\w){OP} (?:{TIME})?ngày "
    r"(?P<day>\d{1,2})(?!\d) (?:của )?(?:các tháng|tháng(?= \d{1,2} ?, ?\d{1,2}(?![\d/]))) "
    r"(?P<months>\d{1,2}(?:(?: ?, ?| và |, và )(?:tháng )?\d{1,2}(?![\d/])){1,11})(?P<yearly> (?:hàng|hằng) năm)?")
MONTHS_LEAD = spaced(
    r"(?<!\w)(?:định k[ỳì] )?(?:hàng|hằng) (?:quý|năm|tháng) \(?(?:gửi |báo cáo )?$|(?<!\w)định k[ỳì] \(?$")
# Vào tháng 6 và tháng 12 hằng năm
MONTHS_YEARLY = spaced(
    r"(?<!\w)(?:vào|trong) (?:các )?tháng "
    r"(?P<months>\d{1,2}(?:(?: ?, ?| và | hoặc |, và )(?:tháng )?\d{1,2}(?![\d/])){1,11}) (?:hàng|hằng|mỗi) năm(?!\w)")
# từ ngày 16 đến ngày 31 tháng 12 hằng năm · vào tháng 11 đến ngày 15 tháng 12 hàng năm
YEARLY_RANGE = spaced(
    r"(?<!\w)(?:từ|vào|trong) (?:khoảng )?(?:ngày \d{1,2}(?:(?:/| tháng )\d{1,2})?|tháng \d{1,2}) (?:đến|tới) (?:hết )?"
    r"(?:ngày (?P<day>\d{1,2})(?:/| tháng )|tháng )(?P<month>\d{1,2}) (?:hàng|hằng|mỗi) năm(?!\w)")
# Báo cáo năm: Ngày 15 tháng 02 năm kế tiếp sau năm báo cáo · Các tỉnh khác: Ngày 25 tháng 02 năm kế tiếp sau năm báo cáo
REPORT_DAY = spaced(
    r"(?<=: )(?P<words>ngày (?P<day>\d{1,2}) ?(?:/| tháng ) ?(?P<month>\d{1,2}) (?:của )?"
    r"năm (?:sau|kế tiếp|tiếp theo|liền kề)(?: sau năm báo cáo)?)(?!\w)")
# hằng năm (ngày 15/12)
YEARLY_ON = spaced(
    r"(?<!\w)(?:định k[ỳì] )?(?:hàng|hằng) năm ?\((?:vào )?ngày (?P<day>\d{1,2}) ?(?:/| tháng ) ?(?P<month>\d{1,2})\)")
# trước ngày 25 tháng cuối quý, ngày 25 tháng 6 và ngày 25 tháng 12 hằng năm
YEARLY_DAYS = spaced(
    r"(?<!\w)ngày \d{1,2}(?:/| tháng )\d{1,2}(?:(?:,| và|, và) (?:trước )?(?:ngày )?\d{1,2}(?:/| tháng )\d{1,2}(?![\d/])){1,3}"
    r"(?P<each> (?:hàng|hằng|mỗi) năm)(?!\w)")
DAY_OF_YEAR = spaced(r"(?:ngày )?(?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?![\d/])")
