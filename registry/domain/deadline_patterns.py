"""What deadlines (thời hạn) look like in print. All patterns are for lower-case cleaned text.

Every repeat is bounded, so that reading stays linear on hostile text.
"""

from __future__ import annotations

import re

_DIGIT_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNIT_WORDS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5} | {word: n for n, word in enumerate(_DIGIT_WORDS, 1)}
# một … mười · mười lăm · ba mươi · bốn mươi lăm
NUMBER_WORDS = (
    {word: n for n, word in enumerate((*_DIGIT_WORDS, "mười"), 1)}
    | {f"mười {word}": 10 + n for word, n in _UNIT_WORDS.items()}
    | {f"{tens} mươi": 10 * n for n, tens in enumerate(_DIGIT_WORDS[1:], 2)}
    | {f"{tens} mươi {word}": 10 * n + m for n, tens in enumerate(_DIGIT_WORDS[1:], 2) for word, m in _UNIT_WORDS.items()})
_DIGIT = "|".join(_DIGIT_WORDS)
_NUMBER = (rf"(?:\d{{1,4}}|(?:(?:{_DIGIT})\smươi|mười)(?:\s(?:{'|'.join(_UNIT_WORDS)}))?(?!\w)|{_DIGIT})")

# 15/6/2021 · 20.7.2020 · 15/6 · 15-12-2023 · 30 tháng 11 (năm 2025) · 17 tháng 12 · 10/7 năm 2026
_DAY = (r"(?P<day>\d{1,2})(?!\d)(?:\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})(?!\d)"
        r"(?:\s?(?:(?P=sep)|năm)\s?(?P<year>\d{4})(?!\d))?"
        r"|\s?tháng\s?(?P<wmonth>\d{1,2})(?![\d/.-]\d)(?:\s?(?:,?\s?năm|/|-|\.)\s?(?P<wyear>\d{4})(?!\d))?)")
_TIME = (r"(?P<hour>[01]?\d|2[0-4])\s?(?:giờ|h|g(?=\d)|:(?=\d\d))\s?(?P<minute>[0-5]\d)?(?:\s?phút|['’′])?,?\s?"
         r"(?:(?P<half>sáng|chiều|tối)\s)?(?:\((?:[^()\n]{1,25})\)\s?)?")
# the same without its parts: for patterns that only pass over the hour
_CLOCK = r"(?:[01]?\d|2[0-4])\s?(?:giờ|h|g(?=\d)|:(?=\d\d))\s?(?:[0-5]\d)?(?:\s?phút|['’′])?,?\s?(?:(?:sáng|chiều|tối)\s)?"
_BY = (r"(?:chậm\s(?:nhất|nhât)|muộn\snhất|trễ\snhất|(?:không|chưa)\s(?:được\s)?(?:muộn|chậm|quá|trễ|sau)\shơn|không\s(?:được\s)?(?:vượt\s)?quá)"
       r"(?:\s(?:là|vào|đến|trong|trước|hết)){0,3}")
_OP = (rf"(?:(?P<by>{_BY})|(?P<before>(?:(?:đến|vào|xong|là)\s)?trước)|(?P<until>(?:cho\s)?(?:đến|tới)\shết|hết)"
       r"|(?P<on>trong|vào|đúng|đến)(?=\sngày|\s\d{1,2}\s?(?:giờ|h)|\s\d{1,2}/\d{1,2}/\d{4}))")
_CYCLE = r"(?:hàng|hằng|mỗi|từng)\s?(?P<{0}>ngày|tuần|tháng|quý|quí|năm)(?!\s(?:vạn|nghìn|trăm))"

LIMIT = re.compile(
    rf"(?<!\w){_OP}[\s:]{{1,2}}(?:{_TIME})?,?\s?(?:(?:thời\sđiểm|hạn)\s)?(?:(?P<weekday>thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\snhật)"
    rf",?\s?(?:\(|ngày\s)?)?(?P<word>ngày\s(?:làm\sviệc\s)?)?{_DAY}"
    rf"(?P<tail>\)?,?\s(?:của\s)?{_CYCLE.format('cycle')}(?!\s?\((?:trước|chậm|muộn|vào|ngày|đến)\s))?")
# trước ngày 15 hằng tháng · ngày 05 của tháng sau · ngày 20 tháng cuối quý · ngày 10 của tháng đầu quý sau
MONTH_DAY = re.compile(
    rf"(?<!\w)(?:{_OP}\s|(?:(?<=[;:]\s)|(?<=\()|(?<=báo\scáo\s)|(?<=định\skỳ\s)|(?<=định\skì\s)|(?<=gửi\s)|(?<=nộp\s))(?=ngày\s\d))(?:{_TIME})?ngày\s(?:(?:mùng|mồng|thứ)\s)?(?P<day>\d{{1,2}})(?!\d)(?P<more>(?:(?:\s?,\s?|\svà\s)(?:ngày\s)?\d{{1,2}}(?!\d)){{1,3}})?\s?(?:\([^()\n]{{1,25}}\)\s?)?,?\s?"
    r"(?:(?:của\s)?(?:(?:hàng|hằng|mỗi|từng)\s(?P<cycle>tháng|quý|quí|năm)|"
    r"tháng\s?(?P<place>cuối\s?(?:cùng\s)?(?:(?:của|trong)\s)?(?:(?:mỗi|các|hàng|hằng|từng)\s)?(?:quý|quí|kỳ)|đầu\s?(?:tiên\s)?(?:(?:của|trong)\s)?(?:(?:mỗi|các|hàng|hằng|từng)\s)?(?:quý|quí|kỳ)"
    r"(?:\s(?:sau|tiếp\stheo|kế\stiếp|liền\skề))?|(?:sau|kế\stiếp|tiếp\stheo|liền\ssau|liền\skề)(?!\w)(?:\s[^\s,;.()]{1,7}){0,4}(?!\w)|trước\s(?:liền\skề|đó)|báo\scáo)|của\stháng(?=\s?[,;.]|$)))")
WEEKLY = re.compile(
    rf"(?<!\w)(?:{_OP}\s(?:{_TIME})?,?\s?(?:(?:các\s)?ngày\s)?)?(?P<weekday>thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\snhật)"
    r",?\s(?:của\s)?(?:hàng|hằng|mỗi)\stuần")
# báo cáo hằng tuần vào 15 giờ thứ Năm · hằng tuần (trước thứ Sáu)
WEEKLY_ON = re.compile(
    rf"(?<!\w)(?:hàng|hằng|mỗi)\stuần,?\s\(?(?:(?P<by>{_BY})|(?P<before>trước)|(?P<on>vào))\s(?:{_TIME})?,?\s?(?P<until>)?(?:ngày\s)?(?P<weekday>thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\snhật)(?!\w)")
# phát hành vào tuần cuối cùng của tháng thứ 3 trong quý · vào tháng cuối của mỗi quý · vào tuần đầu hằng tháng
PART_OF = re.compile(
    r"(?<!\w)(?:vào|trong)\s(?:tuần|tháng)\s(?:đầu|cuối|thứ\s(?:\d|nhất|hai|ba|tư))(?:\s(?:tiên|cùng))?\s(?:(?:của|trong)\s)?(?:tháng\s(?:đầu|cuối|thứ\s(?:\d|nhất|hai|ba))(?:\s(?:tiên|cùng))?\s(?:(?:của|trong)\s)?)?"
    r"(?:(?:mỗi|hàng|hằng|từng)\s(?P<each>tháng|quý|quí|năm)|(?P<cycle>tháng|quý|quí)(?!\s(?:\d|iv|i{1,3}(?!\w)|này|trước|sau)))(?!\w)")
# vào cuối mỗi quý, tổ chức đánh giá
END_OF_EACH = re.compile(r"(?<!\w)(?:định\sk[ỳì]\s)?(?:vào\s)?(?:đầu|cuối)\s(?:hàng|hằng|mỗi|từng)\s(?P<cycle>tuần|tháng|quý|quí|năm)(?!\shọc)(?!\w)")
# báo cáo UBND tỉnh trước 19h00’ hằng ngày
DAILY = re.compile(rf"(?<!\w){_OP}\s{_TIME}(?:hàng|hằng|mỗi)\sngày(?!\w)")
DAILY_AT = re.compile(rf"(?<!\w)(?:hàng|hằng|mỗi)\sngày,?\s\(?(?:(?P<by>{_BY})|(?P<before>trước)|(?P<on>vào)|(?P<until>đến\shết))\s{_TIME}")
RECURRING = re.compile(rf"(?<!\w)(?P<fixed>định\s?k[ỳì],?\s(?:vào\s)?(?:theo\s)?)?(?:{_CYCLE.format('cycle')})(?!\w)")
EVERY = re.compile(
    rf"(?<!\w)(?P<fixed>định\sk[ỳì],?\s(?:\w{{1,6}}\s){{0,2}})?(?:(?:mỗi|cứ)\s)?(?P<count>{_NUMBER})\s?(?:\([^()\n]{{1,12}}\)\s?)?(?P<cycle>ngày|tuần|tháng|quý|năm)"
    r"\s?(?:/\s?|(?:một|1|01|\(một\))\s)lần(?!\w)"
    rf"|(?<!\w)(?:(?P<each>mỗi)\s(?P<ecycle>tuần|tháng|quý|năm)|(?P<one>01|1|một)\s(?P<ocycle>tuần|tháng|quý|năm))\s(?:một|01|1)\slần(?!\w)")
# tần suất tối thiểu 01 lần/06 tháng · kiểm tra 1 lần/năm
ONCE_IN = re.compile(r"(?<!\w)(?:01|1|một)\slần\s?(?:/|trong(?:\svòng|\sthời\s(?:gian|hạn))?|mỗi)\s?(?:(?P<count>\d{1,2})\s)?(?P<cycle>tuần|tháng|quý|năm)(?!\w)")
# tổ chức tập huấn mỗi năm ít nhất 02 lần
TIMES_EACH = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng)\s(?P<cycle>tuần|tháng|quý|năm)\s(?:ít\snhất|tối\sthiểu)\s(?:một|hai|0?[1-4])\s(?:\([^()]{2,5}\)\s)?(?:lần|kỳ|cuộc|đợt)(?!\w)")
# báo cáo 02 lần/ngày (trước 9h00’ và 16h00’)
TIMES_A = re.compile(r"(?<!\w)(?P<fixed>định\sk[ỳì]\s)?(?P<times>\d{1,2})\slần\s?/\s?(?:một\s|1\s|01\s)?(?P<cycle>ngày|tuần|tháng|năm)(?!\w)(?:\s\((?:trước|vào|lúc)\s[^()\n]{1,60}\))?")
ONCE_DONE = re.compile(r"(?<!\w)(?:tần\ssuất|định\sk[ỳì]|tối\sthiểu|ít\snhất)(?!\w)[^;:]{0,60}$")
# định kỳ 6 tháng, năm · định kỳ quý, 6 tháng, 1 năm: each part of the list
PLAIN_LIST = re.compile(
    r"(?<!\w)định\sk[ỳì]\s\(?(?:(?:hàng|hằng|mỗi|tối\sđa|tối\sthiểu|ít\snhất|không\squá|theo)\s)?"
    r"(?P<items>(?:(?:\d{1,2}\s)?(?:tuần|tháng|quý|năm)(?:\s(?:đầu|cuối)\snăm)?)(?:(?:,\s?|\svà\s|,\svà\s|\shoặc\s|\s?/\s?)"
    r"(?:(?:hàng|hằng)\s)?(?:\d{1,2}\s)?(?:tuần|tháng|quý|năm)(?:\s(?:đầu|cuối)\snăm)?(?!\w)){0,4})(?!\w)")
# hằng tháng, quý, 6 tháng và đột xuất: the cycles behind the first, and that they are times to report
CYCLES_ON = re.compile(r"(?:(?:,\s|\svà\s|,\svà\s|\shoặc\s)(?:(?:hàng|hằng)\s)?(?:\d{1,2}\s)?(?:tháng|quý|năm)(?:\s(?:đầu|cuối)\snăm)?(?=\s?[,;.)]|\s?$|\s(?:và|hoặc|báo|gửi|theo|về)(?!\w))){1,4}(?P<demand>(?:,|\svà|\shoặc)\s(?:báo\scáo\s)?đột\sxuất)?")
PLAIN_ITEM = re.compile(r"(?:(?:hàng|hằng)\s)?(?:(?P<count>\d{1,2})\s)?(?P<cycle>tuần|tháng|quý|năm)(?:\s(?:đầu|cuối)\snăm)?")
CYCLE_LIST = re.compile(r"(?<!\w)(?:(?:hàng|hằng)\s)?(?:\d{1,2}\s)?(?:tháng|quý|năm)(?:(?:,\s?|\svà\s|\shoặc\s)(?:(?:hàng|hằng)\s)?(?:\d{1,2}\s)?(?:tháng|quý|năm)(?!\w)){1,4}")
FIXED = re.compile(r"(?<!\w)định\sk[ỳì](?!\w)")
# 6 tháng (trước ngày 16/6), năm (trước 15/12)
LABEL = re.compile(r"(?<!\w)(?:định\sk[ỳì]\s)?(?:(?:hàng|hằng)\s)?(?:(?:báo\scáo\s)?(?:tổng\skết\s|sơ\skết\s)?(?:(?:0?6|sáu|9|0?3)\stháng(?:\s(?:đầu|cuối)\snăm)?|(?:0?1\s)?năm|(?:quý|quí)(?:\s(?:iv|i{1,3}))?))\s?[:(]\s?(?:gửi\s|báo\scáo\s|nộp\s)?$")

_QUARTER = r"(?:quý|quí)\s(?P<quarter>iv|i{1,3}|[1-4])(?!\w)"
_YEAR = r"(?:\s?(?:,?\s?(?:của\s)?năm|/|-)\s?(?P<{0}>(?:19|20)\d\d)(?!\d)|\s(?P<{0}same>năm\snay))?"
_SPAN = (rf"(?:(?P<qpart>đầu\s|cuối\s|giữa\s)?{_QUARTER}{_YEAR.format('qyear')}(?P<following>\s(?:của\s)?năm\s(?:liền\skề|sau|tiếp\stheo|kế\stiếp)(?:\sliền\skề)?(?:[^,;.\n]{{0,15}}đánh\sgiá)?)?"
         rf"|(?P<mpart>đầu\s|cuối\s)?tháng\s(?P<month>\d{{1,2}})(?![\d]){_YEAR.format('myear')}"
         rf"|(?P<half>6|06|sáu|9|09|chín|3|03)\stháng\s(?P<end>đầu|cuối)\snăm(?:\s(?P<hyear>(?:19|20)\d\d))?"
         r"|(?P<this>tháng|quý|năm)\s(?:này|nay)(?!\w)|(?P<ypart>đầu\s|cuối\s|giữa\s)?năm\s(?P<year>(?:19|20)\d\d)(?![\d])(?!\s?-\s?\d))")
PERIOD = re.compile(
    rf"(?<!\w)(?:(?P<task>hoàn\sthành|thực\shiện\sxong|xong)\s)?"
    rf"(?:(?P<by>{_BY})|(?P<before>trước|đến\strước)|(?P<until>(?:đến|tới)\shết|hết|(?:đến|tới)(?=\scuối\s))|(?P<within>trong|vào|ngay\strong))"
    rf"(?:\s(?:thời\sgian|khoảng))?\s{_SPAN}")
# chậm nhất tháng 5 hàng năm
EACH_YEAR = re.compile(r"\s(?:của\s)?(?:hàng|hằng|mỗi)\snăm(?!\w)")
# Hằng năm, … tổ chức ít nhất một kỳ thi vào quý III
YEARLY_BEFORE = re.compile(r"(?:^|[-+•;,]\s)\s?(?:định\sk[ỳì]\s)?(?:hàng|hằng|mỗi)\snăm(?!\w)[^;]*$|(?<!\w)mỗi\snăm\s(?:một|1|01|hai)\s[^,;]{0,30}$")
# Quý I hàng năm, xác định và phê duyệt quỹ tiền lương
YEARLY_QUARTER = re.compile(rf"(?:(?<=^)|(?<=[\n+•)\d-]\s)|(?<=\n)|(?<=[.;]\s))(?:{_QUARTER}|tháng\s(?P<month>\d{{1,2}}))\s(?:hàng|hằng|mỗi)\snăm(?=,\s)")
# Định kỳ cuối tháng 12 hàng năm · đầu quý II hằng năm
YEARLY_PART = re.compile(
    rf"(?<!\w)(?:định\sk[ỳì]\s)?(?:vào\s)?(?:đầu|cuối|giữa)\s(?:{_QUARTER}|tháng\s(?P<month>\d{{1,2}}))\s(?:của\s)?(?:hàng|hằng|mỗi)\snăm(?!\w)")
# Thời gian hoàn thành: Quý I/2026. · Thời hạn: Tháng 12/2025 · Thời gian thực hiện: Trước ngày …
HEADED = re.compile(
    r"(?<!\w)(?:thời\s(?:gian|hạn|điểm)|tiến\sđộ|hạn)(?:\s(?:thực\shiện|hoàn\sthành|trình|báo\scáo|ban\shành|gửi|nộp|xong|tổ\schức|"
    r"triển\skhai|giải\squyết|thẩm\sđịnh|xử\slý|xem\sxét|trả\skết\squả|phải|và|kế\shoạch|nhiệm\svụ|dự\skiến|hồ\ssơ|trả\slời|gửi\sbáo\scáo|nhận|tiếp\snhận|đăng\ský)){0,5}\s?:\s?")
HEADED_PERIOD = re.compile(rf"(?:dự\skiến\s|trong\s|vào\s|ngày\s(?=tháng))?{_SPAN}")
HEADED_SECOND = re.compile(rf"\s?và\s{_SPAN}")
# Thời gian chậm nhất gửi báo cáo về Ban Thường trực … tỉnh ngày 23/3/2026.
LATEST = re.compile(rf"(?<!\w)(?:thời\s(?:gian|hạn)|hạn)\s(?:chậm|muộn)\snhất\s[^.;:()\d]{{3,140}}?\s(?:là\s|vào\s)?ngày\s{_DAY}")
# Hạn cuối nhận bài dự thi: 30/9/2021 · Hạn chót nộp hồ sơ là ngày 15/8/2021
FINAL_DAY = re.compile(rf"(?<!\w)hạn\s(?:cuối(?:\scùng)?|chót|(?:nộp|gửi|nhận)(?!\w))[^.;:()\d]{{0,80}}?(?:\slà\s|:\s|\sđến\s|\svào\s|\s(?=ngày\s))(?:hết\s)?(?P<words>(?:{_TIME})?(?:ngày\s)?{_DAY})")
# Thời hạn hoàn thành: Từ ngày 01/01/2026 đến ngày 31/3/2026. · Trong khoảng thời gian từ ngày 17/12/2025 đến 17 giờ 00, ngày 01/02/2026
HEADED_DAYS = re.compile(rf"(?:trong\s(?:khoảng\s)?(?:thời\sgian\s)?)?(?:từ\s)?(?:ngày\s)?\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{4}})?)?\s(?:đến|tới)\s(?:hết\s)?(?:{_TIME})?(?:ngày\s)?{_DAY}")
HEADED_DAY = re.compile(rf"(?:{_TIME})?(?:ngày\s)?{_DAY}")

_UNIT = r"(?P<unit>ngày|giờ(?!\s(?:của\s)?ngày(?!\w))|h(?:00)?(?=\s(?:kể|tính|từ|sau))|tháng|tuần|năm)(?P<working>\s?(?:làm\sviệc|hành\schính)(?:\d{1,2}(?=,))?)?"
_COUNT = rf"(?<!\d[,.])(?P<n>(?:\d{{1,3}}[,.]5(?!\d)|{_NUMBER}))\s?(?:\((?P<words>[^()\n]{{1,20}})\)\s?)?{_UNIT}(?![^\W\d_])(?!\s?(?:một|/)\s?lần)"
# 80 giờ làm việc (tương đương 10 ngày làm việc) kể từ · 56 giờ làm việc (tương đương với 07 ngày làm việc kể từ
_EQUAL = r"(?:\s?\([^()\n]{1,50}\)|\squy\sđổi\s\d{1,3}\s(?:giờ|ngày)\)|\s\((?:tương\sđương\s(?:với\s)?)?\d{1,3}\s(?:ngày|giờ)(?:\slàm\sviệc)?)"
_FROM = (rf"(?P<joint>(?:{_EQUAL}|\sđầu(?:\stiên)?(?=\s(?:kể|tính)\stừ)|\sđối\svới\s[^,;.:()\d\n]{{1,60}}?(?=\s(?:kể|tính)\stừ))?\s?,?\s?(?:\(?(?:tính\s)?(?:k[ểêẻề]\stừ|từ\skhi|tính\stừ|từ\sngày(?!\s\d)|từ\sthời\sđiểm|sau\s(?:khi|thời\sđiểm|ngày(?!\s\d)|(?=buổi|cuộc|phiên|kỳ)))))")
RELATIVE = re.compile(
    rf"(?<!\w)(?:(?P<op>(?:trong\s(?:thời\s)?(?:gian|hạn|vòng)\s(?:là\s)?)?{_BY}(?:\ssau)?(?:\slà)?|trong\s(?:thời\s)?(?:gian|hạn|vòng)"
    r"(?:\s(?:là|tối\sđa|tối\sthiểu|không\squá|chậm\snhất)){0,2}|trong|tối\sthiểu(?:\slà)?|tối\sđa(?:\slà|\skhông\squá)?|không\sđể\squá|sau\stối\sđa|sau|trước|ít\snhất(?:\slà)?|thời\s(?:hạn|gian)(?:\slà)?)\s)?"
    rf"{_COUNT}(?:(?P<prior>,?\s(?:\(?tính\sđến\s)?trước\s(?:ngày|khi|thời\s(?:điểm|hạn|gian)|phiên|kỳ\shọp|cuộc\shọp|hội\snghị)(?!\s\d))|{_FROM})?")
# chậm nhất là đầu giờ ngày làm việc tiếp theo (kể từ ngày nhận) · hoặc trong ngày làm việc tiếp theo, nếu tiếp nhận sau 15 giờ ·
# chậm nhất là ngày cuối cùng của tháng thứ 3 kể từ ngày kết thúc năm tài chính
NTH = re.compile(
    rf"(?<!\w)(?P<op>{_BY}|trong|vào|trước(?=\s\d{{1,2}}\s?(?:giờ|h)))\s(?:(?P<next>(?:đầu\sgiờ\s|trong\s|{_CLOCK})?(?:của\s)?ngày\slàm\sviệc\s(?:tiếp\stheo|kế\stiếp|liền\s(?:kề|sau)(?:\stiếp\stheo)?)(?!\s(?:trước|tiếp)))"
    rf"|ngày\s(?:cuối\scùng\s)?(?:của\s)?tháng\sthứ\s(?P<n>{_NUMBER})(?=,?\s(?:kể|tính)\stừ\s))(?!\w)(?P<joint>,?\s(?:kể|tính)\stừ\s|\s(?:(?:của|sau|ngay\ssau|kể\stừ)\s)?(?=ngày\s(?!\d)))?")
# "năm tài chính kết thúc trước hoặc trong ngày cuối cùng của tháng thứ 3 tính từ …" · "Trường hợp trả kết quả trong ngày làm việc tiếp theo":
# a condition
CASE_BEFORE = re.compile(r"(?<!\w)(?:trước|sau)\shoặc\s$|(?<!\w)trường\shợp\s[^,;]{0,60}$")
# Trường hợp ngày cuối cùng trùng ngày nghỉ thì thời hạn chuyển sang ngày làm việc tiếp theo: a rule of counting
DAY_OFF = re.compile(r"ngày\s(?:nghỉ|lễ)|(?<!\w)trùng(?!\w)")
# thông báo cho các bên tối thiểu trước 05 ngày làm việc · báo trước ít nhất 30 ngày · trước 30 ngày khi VPĐD chấm dứt hoạt động
NOTICE = re.compile(
    rf"(?<!\w)(?:(?P<least>ít\snhất|tối\sthiểu|(?:chậm|muộn)\snhất)(?:\slà)?\s)?trước\s(?:(?:đó|hạn)\s)?(?:(?P<lowest>ít\snhất|tối\sthiểu)(?:\slà)?\s)?{_COUNT}"
    r"(?P<joint>,?\s(?:so\svới|tính\sđến)?\s?(?P<event>(?:khi|ngày|thời\sđiểm)\s(?!\d)))?")
# trước 03 năm công tác, trước 12 tháng tuổi: how old something is
NOT_NOTICE = re.compile(r"\s(?:tuổi|công\stác|kinh\snghiệm|trở\slên|làm\sviệc\stại)(?!\w)")
# Trước khi chính thức hoạt động ít nhất là 10 ngày làm việc, … · trước ngày bầu cử 10 ngày
AHEAD_OF = re.compile(
    rf"(?<!\w)trước\s(?P<event>(?:khi|ngày|thời\s(?:điểm|gian)|phiên|kỳ|cuộc\shọp|hội\snghị)\s[^\d,;:.()\n]{{3,90}}?)\s(?:(?:ít\snhất|tối\sthiểu|(?:chậm|muộn)\snhất|không\squá|là)(?:\slà)?\s)?{_COUNT}(?=\s?[,;.)]|\s?$|\s(?:phải|đối\svới|cho|để)\s)")
# "được cấp trước ngày Nghị định có hiệu lực thì có giá trị 30 ngày": another clause between the two
CLAUSE = re.compile(r"\s(?:thì|mà|được|phải|nhưng|có\s(?:giá\strị|thời))\s")
TERM_LABEL = re.compile(r"(?:thời\s(?:hạn|gian)[^:;]{0,40}:?|quyết:|hiện:)\s?$")
# thời hạn giám định tối đa không quá 04 tháng
TASK_TERM = re.compile(r"thời\s(?:hạn|gian)\s(?:giải\squyết|thẩm\sđịnh|thẩm\stra|giám\sđịnh|xử\slý|kiểm\stra|thanh\stra|xem\sxét|trả\slời|hoàn\sthành|xác\sminh|xây\sdựng|lập|thực\shiện)(?!\w)[^,;:.]{0,60}(?::\s|\s)$")
# Thời gian khảo sát tối thiểu là 05 ngày làm việc, tối đa là 09 ngày làm việc: how long something lasts
FROM_TO = re.compile(r"(?<!\w)(?:tối\sthiểu|ít\snhất|từ)\s(?:là\s)?\d[^;.]{0,40}$")
# Trong thời hạn 24 tháng kể từ khi thôi chức vụ, người đó không được thành lập …
BAN_BEHIND = re.compile(r"[^;.]{0,260}?(?<!\w)không\sđược(?!\squá)(?!\w)")
# trước ngày 25, behind "hằng tháng"
BARE_DAY = re.compile(rf"(?<!\w){_OP}\s(?:{_TIME})?ngày\s(?:mùng\s)?(?P<day>\d{{1,2}})(?=\s?[,;)]|\s?\.(?!\d)|\s?$|\s(?:để|gửi|báo\scáo)(?!\w))")
# Thời gian chuẩn thực hiện bài kiểm tra thực hành tối đa là 8 giờ.
DURATION = re.compile(r"(?<!\w)(?:thời\s(?:gian|lượng|hạn)\s(?:chuẩn|làm\sbài|thi|học|đào\stạo|bồi\sdưỡng|tập\shuấn|nghỉ|vận\shành|phát|huy\sđộng|niêm\syết|đăng|hỗ\strợ|cho\svay|thử\snghiệm)|bài\s(?:thi|kiểm\stra))(?!\w)[^;:]{0,80}$")
# Thời gian hỗ trợ … không quá 03 năm kể từ ngày …: how long something may last
LASTS = re.compile(r"(?<!\w)thời\s(?:gian|hạn)\s(?:hỗ\strợ|hoạt\sđộng|chào\sbán|cho\svay|vay|hưởng|miễn|phân\sphối|thuê|sử\sdụng|bảo\shành|tuyển\schọn|chuyển\stiếp|thử\snghiệm)(?!\w)(?:(?!\sphải\s)[^;:]){0,120}$")
# Có nhu cầu đào tạo nghề trong thời hạn 12 tháng kể từ ngày …: whom a rule is for
CRITERION = re.compile(r"[\s+•-]{0,4}(?:[a-zđ0-9]{1,3}[.)]\s)?có\s(?!trách\snhiệm|văn\sbản|ý\skiến|báo\scáo)")
# Thời gian có ý kiến về công nghệ là 20 ngày đối với dự án nhóm A, 15 ngày đối với … · thì thời hạn nêu trên là 03 ngày làm việc
TERM_IS = re.compile(
    r"(?<!\w)thời\s(?:hạn|gian)\s(?:nêu\strên|này|giải\squyết|thẩm\s(?:định|tra)|giám\sđịnh|xử\slý|kiểm\stra|thanh\stra|xem\sxét|trả\slời|(?:có|cho|lấy|tham\sgia)\sý\skiến|"
    rf"hoàn\sthành|xác\sminh|thông\sbáo|phê\sduyệt|cấp|gửi|trình|ban\shành)(?!\w)[^,;:.()\d]{{0,60}}?\s(?P<lead>tối\sđa\s)?là\s{_COUNT}")
# Tổng thời gian giải quyết TTHC 17 ngày làm việc
PROCEDURE = re.compile(
    r"(?<!\w)thời\s(?:gian|hạn)\s(?:giải\squyết|thực\shiện|xử\slý|thẩm\sđịnh|trả\slời)(?:\s(?:tthc|thhc|thủ\stục(?:\shành\schính)?|hồ\ssơ))?(?:\s(?:(?!(?:tiết\skiệm|giảm|rút\sngắn)(?!\w))[^,;.:()\d\n]){1,40}?)?(?:\slà)?\s?:?\s\(?"
    rf"(?P<lead>{_BY}\s|tối\sđa\s(?:là\s)?)?{_COUNT}(?=\s?(?:[.;)\n\[]|$|,\strường\shợp\skhác|[a-zđ]\.(?:\s|$)))")
# - Trường hợp công nhận kết quả thăm dò đối với khoáng sản nhóm III: 32 ngày làm việc. · Mã TTHC: 2.002761 09 ngày làm việc
CASE_TERM = re.compile(rf"(?:(?<=^)|(?<=\n)|(?<=[;.+•-]\s))(?:[a-zđ0-9]{{1,2}}[.)]\s)?(?:(?:đối\svới|trường\shợp)\s[^:;\n]{{3,200}}:|mã\s(?:số\s)?(?:tthc|thủ\stục)\s?:\s?\d\.\d{{6}})\s(?P<lead>{_BY}\s)?{_COUNT}(?=\s?(?:[.;)\n\[]|$|[a-zđ]\.(?:\s|$)))")
# Bảy (07) ngày làm việc đối với các ý kiến cần sự phối hợp liên ngành: an item of a list of terms
ITEM_TERM = re.compile(
    rf"(?:(?<=^)|(?<=\n)|(?<=[;.+•-]\s)|(?<=[a-zđ0-9][.)]\s)){_COUNT}(?=\sđối\svới\s(?!(?:người|lao\sđộng|cán\sbộ|nhân\sviên|viên\schức|công\schức|hợp\sđồng\slao)(?!\w)))")
TERM_ALSO = re.compile(rf"\sđối\svới\s[^,;.:()\d]{{1,60}}(?:,|\svà|\shoặc)\s(?:là\s)?{_COUNT}(?=\s(?:đối\svới|k[ểêẻề]\stừ)|\s?[,;.])")
TERM_OP = re.compile(r"trong\s(?:thời\s(?:gian|hạn)|vòng)|(?:chậm|muộn)\snhất|tối\sđa")
# trong vòng 30 ngày qua, trong thời gian 30 ngày đầu trở lại làm việc: no limit
STRETCH_GOES_ON = re.compile(r"\s(?:giao\sdịch|đầu|qua|trở|tới|liên\stục|đêm|gần|nữa|trước|được\stính)(?!\w)")
# Niêm yết kết quả giải quyết kiến nghị trong vòng 30 ngày tại trụ sở: how long it hangs there
POSTED = re.compile(r"(?<!\w)niêm\syết(?!\w)[^;:]{0,140}$")
AFTER_TERM = re.compile(r"\s?(?:[,;./)]|\(nếu\s|$)|(?:\s\(\d{1,3}\s[^()\n]{1,30}\))?\s(?:phải|để|tính\stheo|đối\svới\s(?:hồ|trường|công\strình|dự|các|thiết|gói|nhiệm)|có\strách|cơ\squan|sở|bộ|ủy\sban|uỷ\sban|cho|khi|sau)(?!\w)")
AFTER_HEAD = re.compile(rf"(?:{_BY}\s|tối\sđa\s|trong\s(?:thời\shạn\s|vòng\s)?|không\squá\s)?{_COUNT}\s?(?=[.;,)\n]|/(?=[\s.]|$)|\((?!lý\sthuyết)|$|[a-zđ]\.(?:\s|$)|đối\svới\s)")

SENTENCE_END = re.compile(r"[;!?]|\.(?!\d)|:\s?(?=[-+•*\n])|\n(?=\s?(?:[-+•*–]|\d{1,2}[.)]|[a-zđ]\)|điều\s\d|[ivx]{1,4}\.|\n))|\s[+•]\s(?=\w)|[,)”\"]\s-\s(?=\w)")
FROM_END = re.compile(r"[,;:()\n]|\.(?!\d)|\s(?:thì|phải|có\strách\snhiệm|mà|để|nếu|nhưng|sẽ|chủ\strì|tiến\shành|trừ\strường|(?:trong\s)?trường\shợp|đối\svới|bằng\svăn\sbản(?!\scủa))(?!\w)|\s(?:và|hoặc)\s(?:(?:không\squá|trong|(?:chậm|muộn)\snhất|tối\sđa|ít\snhất|tối\sthiểu)\s(?:là\s)?(?:sau\s)?)?\d{1,3}\s(?:ngày|giờ|tháng)(?!\w)")

# kể từ ngày Nghị định này có hiệu lực thi hành hoàn thành việc …
FORCE_END = re.compile(r"(?<!\w)có\shiệu\slực(?:\s(?:thi\shành|pháp\sluật))?(?!\w)(?=\s(?!thi\s|pháp\s|theo\s|của\s|và\s|hoặc\s))")
_BODY = (r"(?:các\s)?(?:sở|bộ|ủy\sban|uỷ\sban|ubnd|kiểm\stoán|thanh\stra|ngân\shàng|công\san|chính\sphủ|thủ\stướng|thủ\strưởng|cục|chi\scục|vụ|phòng|trung\stâm|cơ\squan|đơn\svị|"
         r"hội\sđồng|chủ\stịch|giám\sđốc|văn\sphòng|doanh\snghiệp|tổ\schức|cán\sbộ|công\schức|chuyên\sviên|bảo\shiểm|kho\sbạc|quỹ|đoàn|tổ|ban|người|cơ\ssở|tổng\s(?:cục|công\sty|giám\sđốc)|tập\sđoàn|công\sty|chấp\shành\sviên|trại|ông|bà|nhà|bên|hiệu\strưởng|viện|trường|tòa\sán|chủ|bí\sthư|thành\sviên|quản\stài\sviên|"
         r"thẩm\sphán|thương\snhân|hợp\stác\sxã|trưởng)(?!\w)")
# the rest of a list of papers, up to who works on them: ", chữa bệnh, tổ chức bảo hiểm y tế …"
LIST_ON = re.compile(
    rf"(?:,\s(?!{_BODY}|(?:trường\shợp|nếu|căn\scứ|trên\scơ\ssở|khi|sau|thì|và|đồng\sthời|có|phải|được|kể|tính|không|theo)(?!\w)"
    r"|(?:xem|thẩm|tổ\schức|báo\scáo|trình|gửi|lập|kiểm|rà|cấp|ban\shành|quyết|thông\sbáo|tiến\shành|thực\shiện|chủ\strì|hoàn)(?!\w))(?:(?!\s(?:phải|có\strách|thì|sẽ)\s)[^,;:.()\n]){2,50}){1,3}(?=,\s"+_BODY+")")
BODY_EVENT = re.compile(rf"(?:(?:ngày|khi|thời\sđiểm)\s)?{_BODY}")
NEXT_BODY = re.compile(rf",\s{_BODY}")
# kể từ ngày Sở Tài chính, Sở Xây dựng có ý kiến: without a verb the event is not over at a comma
HAPPENS = re.compile(r"\s(?:được|thôi|có|nhận|ban\shành|ký|hoàn\sthành|kết\sthúc|phê\sduyệt|công\sbố|hết|nộp|gửi|họp|thành\slập|xảy\sra|phát\ssinh|tiếp\snhận|ra|cấp(?!\s(?:xã|huyện|tỉnh|trên|dưới|có\sthẩm|cơ\ssở|trung|thành|bộ))|"
                     r"trình|thông\s(?:báo|qua)|quyết\sđịnh|kế\shoạch|bị|tổ\schức|thực\shiện|bắt\sđầu|làm|đăng|kê\skhai|phát\shiện|biết|đủ|qua|chuyển|lập|yêu\scầu|hoàn\stất|chấm\sdứt|chốt|mở|đóng|trả|xác\s(?:nhận|định)|đề\snghị|giao|bàn\sgiao|kiểm\stra|thẩm\sđịnh|chấp\sthuận|đồng\sý|nghiệm\sthu|vận\shành|khởi\scông|phát\shành)(?!\w)")
TASK = re.compile(
    r"(?<!\w)(?:báo\scáo|gửi|nộp|trình|hoàn\sthành|hoàn\sthiện|ban\shành|tổng\shợp|xây\sdựng|tổ\schức|triển\skhai|thực\shiện|"
    r"phê\sduyệt|công\sbố|công\skhai|đánh\sgiá|rà\ssoát|kiểm\stra|cập\snhật|thông\sbáo|phối\shợp|lập|thẩm\sđịnh|xong|"
    r"cung\scấp|đăng\ský|thanh\stoán|quyết\stoán|giải\sngân|sơ\skết|tổng\skết|hướng\sdẫn|tham\smưu|đề\sxuất|bàn\sgiao|"
    r"khởi\scông|phấn\sđấu|chuyển|đề\snghị|yêu\scầu|họp|niêm\syết|khắc\sphục|xử\slý|trả\slời|góp\sý|bổ\ssung|bố\strí|"
    r"tuyên\struyền|giao|cho\sý\skiến|giải\squyết|thống\skê|chỉ\sđạo|kết\sthúc|đưa\svào|thời\shạn|thời\sgian|giám\ssát|theo\sdõi|"
    r"tập\shuấn|bồi\sdưỡng|đào\stạo|chủ\strì|phải|duy\strì|xét|bình\schọn|tiếp\snhận|điều\schỉnh|sửa\sđổi)(?!\w)")
STRONG_TASK = re.compile(
    r"(?<!\w)(?:báo\scáo|gửi|nộp|trình|hoàn\sthành|hoàn\sthiện|ban\shành|xong|phê\sduyệt|sơ\skết|tổng\skết|thời\shạn|"
    r"thời\sgian|tổng\shợp|công\sbố|xây\sdựng|tổ\schức|rà\ssoát|lập|triển\skhai|kết\sthúc|đưa\svào|bàn\sgiao|dứt\sđiểm|khắc\sphục|(?:vào|đi\svào)\s(?:hoạt\sđộng|vận\shành|sử\sdụng|khai\sthác))(?!\w)")
DONE = re.compile(r"(?<!\w)đã\s(?:được\s)?(?!\w{0,3}\scó\shiệu)")
CONDITION = re.compile(r"(?<!\w)(?:trường\shợp|đối\svới|nếu|khi\sxác\sđịnh|các\shợp\sđồng|hồ\ssơ\sđã)(?!\w)")
THEN = re.compile(r"(?<!\w)(?:thì|phải|có\strách\snhiệm)(?!\w)")
AFTER_CONDITION = re.compile(r"[\s,)]{0,3}(?:mà|thì|nhưng|được|vẫn|tiếp\stục|chưa|không|đang|đã|có\sđủ|phù\shợp|theo\squy\sđịnh\scủa\sluật)(?!\w)")
# trước ngày 31 tháng 3 (của) năm sau · năm kế hoạch · năm liền kề
NEXT_YEAR = re.compile(r"\s(?:của\s)?năm\s(?:sau|trước(?!\w)(?!\s(?:đó|năm))|tiếp\stheo|kế\stiếp|liền\s(?:kề|sau)|báo\scáo|kế\shoạch|đó|dương\slịch|xét\stặng|đánh\sgiá)(?!\w)"
                       r"|\s(?:của|trong)\snăm(?=\s?[),;.]|$)|\snăm\sn(?!\w)|\s\(báo\scáo\s[^()\n]{0,30}(?:0?6\stháng|năm|quý)\)|\sđối\svới\sbáo\scáo\s(?:định\sk[ỳì]\s)?(?:0?6\stháng|sáu\stháng|9\stháng|năm|quý)(?!\s?\d)")
# trước ngày 15 tháng 8 năm cuối của chương trình: which year is not said
LAST_YEAR = re.compile(r"\s(?:của\s)?năm\s(?:cuối|đầu|thứ)(?!\w)")
# "xây dựng kế hoạch quan trắc môi trường hàng năm": the plan is yearly
NOUN_PHRASE = re.compile(r"(?<!\w)(?:(?:trong|tại)\sbáo\scáo|ngày\slễ|lễ\shội|kế\shoạch|(?:cuộc|phiên|kỳ)\shọp|hội\snghị|giao\sban|kinh\sphí|dự\stoán|ngân\ssách|chương\strình|báo\scáo\squốc\sgia)(?!\w)[^,;]{0,50}$")
# "thời gian làm việc trước ngày 01/01/1995", "đất sử dụng trước ngày": a state, not a task
STATE = re.compile(r"(?:làm\sviệc|công\stác|sử\sdụng(?:\sđất)?|loại\sđất|(?<!\w)ở|trở\slên|nghỉ\shưu|(?<!đăng\ský\s)tham\sgia|phát\ssinh|tồn\stại|sinh|được\s(?:cấp|giao|(?:ký|giao)\skết(?:\svà\sthực\shiện)?))\s$")
# hợp đồng lao động giao kết trước ngày …, tổ hợp tác thành lập trước ngày …
MADE = re.compile(r"(?<!\w)(?:hợp\sđồng|tổ\shợp\stác|hợp\stác\sxã|doanh\snghiệp|dự\sán|công\strình|giấy\stờ|tài\sliệu|giấy\sphép|trái\sphiếu|văn\sbản)(?!\w)[^;:.]{0,60}\s(?:giao\skết|thành\slập|xác\snhận|phát\shành|ký(?:\skết)?|cấp)\s$")
# thời gian đóng bảo hiểm xã hội bắt buộc trước ngày …; tiền lương làm căn cứ đóng … trước ngày …
SERVED = re.compile(r"(?<!\w)(?:thời\sgian|tiền\slương|người(?!\ssử\sdụng)|mà)(?!\w)(?:(?!\sphải\s|\scó\strách\snhiệm\s)[^;:]){0,110}(?<!\w)(?:đóng|tham\sgia|hưởng|công\stác|nghỉ\sviệc|trốn\sđóng)\s(?:(?!\sphải\s)[^;:,]){0,60}$")
# "người hưởng lương hưu, trợ cấp hằng tháng trước ngày 01 tháng 7 năm 2023": whom a rule is for
ENTITLED = re.compile(r"(?<!\w)hưởng\s(?:lương|trợ\scấp|phụ\scấp|chế\sđộ)(?!\w)[^;:]{0,90}$")
# người đang hưởng trợ cấp tai nạn lao động, bệnh nghề nghiệp hằng tháng: what is paid each month
BENEFIT = re.compile(r"(?<!\w)(?:hưởng|trợ\scấp|phụ\scấp|lương\shưu|mất\ssức|bệnh\sbinh|thương\sbinh)(?!\w)[^;:.]{0,70}$")
# "báo cáo 06 tháng gửi chậm nhất ngày 25 tháng 6": a report of each year
REPORT = re.compile(r"(?:báo\scáo\s(?:(?:định\sk[ỳì]|sơ\skết|tổng\skết|công\stác|kết\squả)\s){0,2}|^\s?(?:và\s)?(?:cả\s)?(?=9\stháng|0?6\stháng|năm)|báo\scáo[^;]{3,80},\s(?:và\s)?(?=(?:quý|quí)\s(?:iv|i)|9\stháng|0?6\stháng|năm))(?:0?6\stháng|sáu\stháng|9\stháng|năm|quý(?:\s(?:iv|i{1,3}))?)(?:\s(?:đầu|cuối)\snăm)?(?:,?\s(?:gửi|nộp|báo\scáo|xong)){0,2}\s?[:(]?\s?$")
IN_FORCE = re.compile(r"hiệu\slực|áp\sdụng|hết\shạn|có\sgiá\strị|được\sban\shành|được\sthông\squa|(?<!\w)ký\s(?:kết|ban)|giai\sđoạn\s(?:19|20)\d\d")
# A range that has its end, or that a comma and a verb follow, is over: "số thứ tự từ 10 đến 13 trước ngày …",
# "mưa lũ từ ngày 16-22/11/2025, gửi Văn phòng Chính phủ trước ngày …"
RANGE_START = re.compile(r"(?<!\w)(?:kể\s)?từ\s(?:nay|ngày|tháng|năm|quý|thời\sđiểm|khi|\d)(?:(?!,\s(?:gửi|báo\scáo|trình|nộp|hoàn\sthành)\s|\sđến\s(?:ngày\s)?\d)[^;\n]){0,60}$"
                         r"|(?<!\w)sau\s(?:ngày\s)?\d{1,2}(?:\stháng\s|/)\d{1,2}\s$")
NO_TASK_NOUN = re.compile(
    r"(?:(?:vốn|kinh\sphí|quỹ)\sbổ\ssung|kế\shoạch(?:\schi\stiết)?|nghị\squyết|tiền|phụ\scấp|trợ\scấp|kinh\sphí|dự\stoán|lương|bình\squân|phân\sbổ|mức|thu\snhập|"
    r"ngân\ssách|(?:tiền\s)?thuê\sđất|chương\strình|hoạt\sđộng|cấp\sủy|cấp\suỷ|chi\sphí|đều|tặng|nhiệm\svụ|chỉ\stiêu|"
    r"sinh\shoạt\sphí|hiểm|xã\shội|tăng|giảm|sử\sdụng|trả|hưởng|chi|số\sliệu|diễn\sbiến|vốn|danh\smục|phép|nghỉ|trung\sbình|"
    r"đóng|góp|thường|giao|cây|sản\slượng|doanh\sthu|giá(?:\sđất)?|thuế|phí|lệ\sphí|kết\squả|quyết\stoán|đầu\stư|tình\shình|thống\skê|được\sgiao|tài\schính|khuyết|sống|học\sphí|vay|lãi|quỹ|hỗ\strợ|sự\skiện|đánh\sgiá|công\stác|làm\sviệc|thực\shiện|phát\ssinh)\s$")
# Việc trích Quỹ phòng ngừa rủi ro được thực hiện hàng quý.
DONE_EACH = re.compile(r"(?<!\w)(?:được|phải)\s(?:thực\shiện|tiến\shành|tổ\schức)\s$")
# định mức được xem xét, điều chỉnh hàng năm
PASSIVE = re.compile(r"(?<!\w)được\s(?:(?:xem\sxét|rà\ssoát|đánh\sgiá|kiểm\stra|cập\snhật|tổng\shợp),?\s(?:và\s)?){0,2}(?:rà\ssoát|đánh\sgiá|kiểm\stra|cập\snhật|điều\schỉnh|báo\scáo|tổ\schức|công\sbố|bảo\sdưỡng|bảo\strì|hiệu\schuẩn)\s$")
# thực hiện đánh giá hằng năm và giữa kỳ · thực hiện thống kê hàng năm: a light verb makes a task of the noun
LIGHT_VERB = re.compile(r"(?<!\w)(?:thực\shiện|tổ\schức|tiến\shành)\s(?:việc\s)?(?:(?:kiểm\stra|theo\sdõi|rà\ssoát|thanh\stra),\s){0,2}(?:đánh\sgiá|thống\skê|kiểm\stra|rà\ssoát|giám\ssát|kiểm\skê|quan\strắc|sơ\skết|tổng\skết|công\sbố(?:\s\w{1,7}){1,4}|khám\ssức\skho[ẻẽ]e?|báo\scáo)\s$")
# làm căn cứ khi đánh giá, xếp loại viên chức hằng năm
GROUNDS = re.compile(r"(?<!\w)làm\s(?:căn\scứ|cơ\ssở)(?!\w)[^;]{0,120}$")
MODIFIED = re.compile(r"\s?(?:của|cho|và(?!\s(?:gửi|nộp|trình|tổng\skết|sơ\skết|báo\scáo|đột|khi|theo\syêu))|đạt|trong|tại|được|là|từ|đối|so|theo\s(?:quy|nghị)|bằng|trên|ở|như|tăng|giảm|khoảng|còn|có|do)(?!\w)|\s?[\d%/)]")
ISSUING = re.compile(r"ngày\s(?:(?:ký|ban\shành|công\sbố)\s?(?:ban\shành|công\sbố|kết\sluận)?\s?(?:văn\sbản|quyết\sđịnh|kế\shoạch|chỉ\sthị|công\svăn|nghị\squyết|thông\sbáo|công\sđiện)?(?:\s(?:này|công\sbố))?"
                     r"|(?:quyết\sđịnh|kế\shoạch|chỉ\sthị|thông\sbáo|văn\sbản)\s(?:này\s)?(?:công\sbố\s)?(?:này\s)?được\s(?:\w{1,12}\s){0,6}?(?:ký|ban\shành)(?:\sban\shành)?)$")
# Who opens a clause and is followed by a verb: "Giao Sở Tài chính chủ trì …", "…, Ủy ban nhân dân tỉnh quyết định"
ACTOR = re.compile(
    r"(?:^|(?<=[,;:(]\s)|(?<=\n)|(?<=[Gg]iao\s)|(?<=[Đđ]ề nghị\s)|(?<=[Yy]êu cầu\s))"
    r"(?:\s|[-+•*]\s|[a-zđ]\)\s|\d{1,2}[.)]\s|\[\d{1,3}\]\s){0,3}(?:(?:Giao|Đề nghị|Yêu cầu)\s)?"
    r"(?P<who>(?:(?:Các|các|Những)\s)?(?:(?:Bộ|Thứ|Cục|Vụ|Chi cục|Tổng cục)\s[Tt]rưởng|Thủ trưởng|Thủ tướng|Giám đốc|Chủ tịch|[Nn]gười đứng đầu|Trưởng|"
    r"Chính phủ|Sở|Bộ|UBND|[ỦU][yỷ] ban|Uỷ ban|HĐND|Văn phòng|Chi cục|Tổng cục|Cục|Vụ|Viện|Ban|Phòng|Công an|Thanh tra|Trung tâm|Ngân hàng|Kho bạc|"
    r"Bảo hiểm|Tập đoàn|Tổng công ty|Đảng [uủ][ỷy]|Tỉnh ủy|Thành ủy|Mặt trận|Trường(?!\shợp)|Thành viên|sở|bộ|tỉnh|(?:(?:Hội đồng|Đoàn|Tổ(?!\schức)|[Cc]ơ quan|[Bb]ộ phận)"
    r"(?:\s(?:thẩm định|kiểm tra|thanh tra|tư vấn|giám sát|đánh giá|chủ trì|quản lý|cấp|công tác))?)|[Đđ]ơn vị|[Đđ]ịa phương|[Cc]hủ đầu tư|[Dd]oanh nghiệp)(?!\w)"
    r"[^.;:\n]{0,160}?)(?=,?\s(?:chủ trì|có trách nhiệm|chịu trách nhiệm|tổ chức|báo cáo|gửi|nộp|trình|hoàn thành|hoàn thiện|tổng hợp|xây dựng|rà soát|phối hợp|"
    r"khẩn trương|thực hiện|triển khai|tham mưu|ban hành|phải|chỉ đạo|thông báo|kiểm tra|cung cấp|căn cứ|lập|xem xét|thẩm định|tăng cường|tiếp tục|theo chức năng|"
    r"quyết định|trả lời|định kỳ|hàng|hằng|tiến hành|đánh giá|tổng kết|có văn bản|có ý kiến|cập nhật|công bố|chuẩn bị|kịp thời|đề xuất|sẽ|thì|đang|yêu cầu|giao|"
    r"theo dõi|hướng dẫn|đôn đốc|bổ sung|xử lý|nghiên cứu|chủ động|trước ngày)(?!\w))")
LABEL_ONLY = re.compile(r"(?:thời\s(?:gian|hạn|điểm)|tiến\sđộ|hạn)(?:\s\w{1,7}){0,7}", re.IGNORECASE)
BULLET = re.compile(r"(?:[\s+•*,:–-]|[a-zđ]\)\s|\d{1,2}(?:\.\d{1,2}){0,2}[.)]\s|\[\d{1,3}\]\s){1,6}")
CIRCUMSTANCE = re.compile(r"(?:trường\shợp|nếu|khi|sau\skhi|căn\scứ|trên\scơ\ssở|đối\svới)(?!\w)[^;]*,\s?(?:trong\sthời\s(?:gian|hạn)\s?)?$", re.IGNORECASE)

# Rights and measures that last: no one has to do anything by their end.
LASTING = re.compile(
    r"(?<!\w)(?:bảo\slưu|(?<!người\s)(?<!ảnh\s)hưởng|được\s(?:miễn|giảm|hỗ\strợ|sử\sdụng|tiếp\stục|gia\shạn)|khóa\stài\skhoản|đã\s(?:công\stác|làm\sviệc)|(?:tạm\s)?đình\schỉ|tạm\sdừng|tạm\sngừng|cấm|tước|lưu\s(?:giữ|trữ|hành)|bảo\shành|"
    r"bảo\squản|thử\sviệc|tập\ssự|có\sgiá\strị|thời\shiệu|đình\sbản|giam\sgiữ)(?!\w)[^,;:.]{0,110}$")
# ngày nhận được văn bản đề nghị: what runs from the receipt of papers is work on them
RECEIPT = re.compile(r"(?:ngày|khi|thời\sđiểm)\s(?:\w{1,8}\s){0,6}?(?:tiếp\s)?nhận\s(?:được\s)?(?:đủ\s|đầy\sđủ\s)?(?:hồ\ssơ|văn\sbản|đơn|đề\snghị|báo\scáo|giấy|thông\sbáo|yêu\scầu|tờ\strình|ý\skiến)(?!\w)")
# 12 tháng, kể từ ngày 01/10/2021 đến hết ngày 30/9/2022: a stretch of time · … trong vòng 3 tháng kể từ ngày chào mua … là 2,15%/năm: a figure
NO_EVENT = re.compile(r"^ngày\s\d{1,2}(?:/|\stháng\s)\d{1,2}[^,;]{0,20}\s(?:đến|tới)\s|\slà\s\d|,\s(?:ít\snhất|trên|tối\sthiểu)\s\d")
HANDED_IN = re.compile(r"(?<!\w)(?:gửi|nộp|trình|thông\sbáo|báo\scáo|đăng\s(?:ký|tải))(?!\w)[^;:.]{0,220}(?<!\wđiểm)(?<!là)(?<!bảng)\s$")
# Ví dụ 6: Trong tháng 2, công ty X bố trí cho công nhân A làm việc trong 8 ngày làm việc, …
EXAMPLE = re.compile(r"[\s+•-]{0,4}(?:ví\sdụ|thí\sdụ)(?!\w)")
# Cụm từ “Trong thời gian 20 ngày làm việc” được thay thế bằng cụm từ …
# trường hợp phức tạp không quá 07 ngày làm việc
CASE_ONLY = re.compile(r"\s?(?:trường\shợp|đối\svới)\s[^,;:]{3,60}\s")
REWORDED = re.compile(r"(?<!\w)cụm\stừ\s?[“\"]\s?$")
ITEM_SIGN = re.compile(r"^[\s+•-]{0,4}(?:[a-zđ0-9]{1,3}[.)]\s)?")
# What is allowed for a while: "thí điểm cho phép … trong thời hạn 05 năm kể từ ngày …"
PERMITTED = re.compile(r"(?<!\w)(?:thí\sđiểm|cho\sphép|được\s(?:phép|áp\sdụng))(?!\w)[^;:]{0,160}$")
# "trong thời hạn 01 năm, nếu tái phạm": a condition; but "…, nếu đáp ứng yêu cầu, Cơ quan kiểm dịch cấp" is a term.
REPEATED = re.compile(
    r"[\s,]{0,2}(?:tiếp\stục\svi\sphạm|nếu(?![^,;.]{3,110},\s(?:thì\s)?(?:các\s)?(?:cơ\squan|sở|bộ|[uủ][ỷy]\sban|ubnd|(?:tổng|chi)?\s?cục|vụ|viện|phòng|chủ\stịch|tổ\schức|trung\stâm|giám\sđốc|hội\sđồng|ban|đơn\svị|ngân\shàng|cán\sbộ|công\schức)(?!\w)))")
# "trong thời hạn 02 ngày làm việc, nếu hồ sơ không hợp lệ thì …": what the papers are like, not that nothing was done
IF_FIT = re.compile(r"[\s,]{0,2}nếu\s(?:không\s)?(?:(?!\skhông\s(?!hợp|đầy|đủ|đáp|đạt|đúng|có\scăn))[^,;.]){3,110}(?:,|\sthì\s)")
# "Mẫu số 11: Báo cáo định kỳ năm", "Đề cương báo cáo định kỳ hằng năm": the name of a form.
FORM_NAME = re.compile(r"(?<!\w)(?:mẫu(?:\ssố|\svăn\sbản|\sbáo\scáo)?|đề\scương|biểu(?:\smẫu|\ssố)?)(?!\w)[^;]{0,90}báo\scáo,?\s$|^\s?(?:mẫu|đề\scương)\sbáo\scáo\s[^;:]{0,90}$|(?<!\w)(?:mẫu|đề\scương)\s$")
# kỳ kế toán năm kết thúc vào ngày 31/12
ACCOUNTS_END = re.compile(r"(?:kỳ\skế\stoán|niên\sđộ|năm\stài\schính)[^,;]{0,40}kết\sthúc\s$")
# trước ngày 17 các tháng 3, 6, 9
MONTHS_DAY = re.compile(
    rf"(?<!\w){_OP}\s(?:{_TIME})?ngày\s(?P<day>\d{{1,2}})(?!\d)\s(?:của\s)?"
    r"(?:các\stháng|tháng(?=\s\d{1,2}\s?,\s?\d{1,2}(?![\d/])))\s(?P<months>\d{1,2}(?:(?:\s?,\s?|\svà\s|,\svà\s)(?:tháng\s)?\d{1,2}(?![\d/])){1,11})(?P<yearly>\s(?:hàng|hằng)\snăm)?")
# Vào tháng 6 và tháng 12 hằng năm
MONTHS_YEARLY = re.compile(r"(?<!\w)(?:vào|trong)\s(?:các\s)?tháng\s(?P<months>\d{1,2}(?:(?:\s?,\s?|\svà\s|\shoặc\s|,\svà\s)(?:tháng\s)?\d{1,2}(?![\d/])){1,11})\s(?:hàng|hằng|mỗi)\snăm(?!\w)")
MONTHS_LEAD = re.compile(r"(?<!\w)(?:định\sk[ỳì]\s)?(?:hàng|hằng)\s(?:quý|năm|tháng)\s\(?(?:gửi\s|báo\scáo\s)?$|(?<!\w)định\sk[ỳì]\s\(?$")
# trước ngày cuối cùng của tháng đầu mỗi quý · chậm nhất ngày làm việc cuối cùng của tháng
LAST_DAY = re.compile(
    rf"(?<!\w){_OP}\s(?:{_TIME})?ngày\s(?:làm\sviệc\s)?cuối\s?(?:cùng)?\s(?:của\s)?(?:(?P<monthly>(?:hàng|hằng|mỗi|từng)\stháng|tháng(?!\s(?:đầu|cuối|thứ|\d|chuyển|bị|được|có|mà|nghỉ|(?:tiếp\stheo|kế\stiếp|liền\ssau)\s(?:sau\s)?(?:tháng|kể|ngày))))"
    r"|tháng\s(?:đầu|cuối|thứ\s\w{1,4})\s?(?:tiên|cùng)?\s(?:của\s)?(?:(?:mỗi|hàng|hằng|từng)\s)?(?P<quarterly>quý|quí)|(?:mỗi|hàng|hằng|từng)\s(?P<quarters>quý|quí))")
# Thời gian hoàn thành: Tháng 11 - 12/2025 · tháng 11/2025 đến tháng 4/2026
HEADED_RANGE = re.compile(
    r"(?:từ\s)?(?:tháng\s\d{1,2}(?:/(?:19|20)\d\d)?|quý\s(?:iv|i{1,3})(?:/(?:19|20)\d\d)?)\s?(?:-|đến|tới)\s?"
    r"(?:(?:tháng\s)?(?P<month>\d{1,2})|quý\s(?P<quarter>iv|i{1,3}))(?:\s?/\s?|\snăm\s)(?P<year>(?:19|20)\d\d)(?!\d)")
# từ ngày 16 đến ngày 31 tháng 12 hằng năm · vào tháng 11 đến ngày 15 tháng 12 hàng năm
YEARLY_RANGE = re.compile(
    r"(?<!\w)(?:từ|vào|trong)\s(?:khoảng\s)?(?:ngày\s\d{1,2}(?:(?:/|\stháng\s)\d{1,2})?|tháng\s\d{1,2})\s(?:đến|tới)\s(?:hết\s)?"
    r"(?:ngày\s(?P<day>\d{1,2})(?:/|\stháng\s)|tháng\s)(?P<month>\d{1,2})\s(?:hàng|hằng|mỗi)\snăm(?!\w)")
# trong 15 ngày đầu của tháng 01 hằng năm · trong thời hạn 10 ngày đầu tháng hằng tháng · trong 5 ngày đầu mỗi quý ·
# trong vòng 20 ngày đầu quý sau liền kề · chậm nhất trong 05 ngày đầu của tháng sau
FIRST_DAYS = re.compile(
    r"(?<!\w)(?:(?:chậm\snhất\s)?(?:trong|vào)\s(?:(?:thời\shạn|vòng)\s)?|(?<=:\s))(?P<day>\d{1,2})\sngày\s(?:làm\sviệc\s)?(?:đầu\s(?:tiên\s)?(?:của\s)?|của\s(?=(?:tháng|tuần|quý)\s(?:sau|tiếp)))"
    r"(?:tháng\s(?P<month>\d{1,2})\s(?:hàng|hằng|mỗi)\snăm|(?:tháng\s)?(?:hàng|hằng|mỗi)\s(?P<cycle>tuần|tháng|quý|quí)|(?P<following>tuần|tháng|quý|quí)\s(?:(?:sau|tiếp\stheo|kế\stiếp)(?:\sliền\skề)?|liền\s(?:kề|sau))|tháng\s(?:đầu|cuối)\s(?:(?:tiên|cùng)\s)?(?:(?:của|trong)\s)?(?:(?:mỗi|hàng|hằng)\s)?(?P<inside>quý|quí)|(?P<alone>tháng)(?!\s(?:\d|đầu|thứ|cuối|mà|được)))(?!\w)")
# Trong thời gian từ ngày Quyết định này có hiệu lực đến hết ngày 30/6/2022, người sử dụng lao động nộp …
WITHIN_FROM = re.compile(r"^[\s+•-]{0,4}(?:[a-zđ0-9]{1,2}[.)]\s)?trong\s(?:khoảng\s)?thời\sgian\s(?:kể\s)?từ\s[^,;]{3,120}$")
# gửi báo cáo về Sở Nội vụ từ ngày 10 đến ngày 15 tháng 12
HANDED_FROM = re.compile(r"(?<!\w)(?:gửi|nộp|tiếp\snhận)(?:\s[^,;:]{1,90})?\stừ\s(?:ngày\s)?\d{1,2}(?:/\d{1,2}){0,1}\s$")
# Đến ngày 30/6/2021 phải hoàn thành giải ngân 60% kế hoạch vốn
TO_BE_DONE = re.compile(r"[\s,:]{1,2}(?:[^,;.]{1,40}\s)?(?:phải\s)?(?:hoàn\sthành|xong|trình|ban\shành|gửi|nộp|báo\scáo)(?!\w)")
ORDERED = re.compile(
    r"^[\s+•-]{0,4}(?:[a-zđ0-9]{1,2}[.)]\s)?(?:giao|yêu\scầu|đề\snghị)(?!\w)[^;]{3,240}$|(?<!\w)(?:gửi|báo\scáo|trình|hoàn\sthành|có\strách\snhiệm|phải|khẩn\strương)(?!\w)[^;]{0,120}$")
# Thời gian báo cáo định kỳ hàng năm tính từ ngày 15 tháng 12 …: which figures, not when
DATA_PERIOD = re.compile(r"\s(?:được\s)?tính\s(?:từ|đến)\s(?:hết\s)?(?:ngày\s)?\d")
# trước ngày 10/6 và ngày 10/12 hằng năm
NEXT_DAY = re.compile(r"\s?(?:,|và)\s(?P<words>(?:trước\s)?(?:ngày\s)?(?P<day>\d{1,2})\s?(?:/|\stháng\s)\s?(?P<month>\d{1,2})\s(?:hàng|hằng|mỗi)\snăm)(?!\w)")
# trước ngày 15/6 và (ngày) 15/12
AND_DAY = re.compile(r"\s?(?:,|và)\s(?P<words>(?:trước\s)?(?:ngày\s)?(?P<day>\d{1,2})\s?(?:/|\stháng\s)\s?(?P<month>\d{1,2}))(?!\s?[\d/-]|\.\d|\s(?:hàng|hằng|mỗi|năm))")
# trước ngày 25 tháng cuối quý, ngày 25 tháng 6 và ngày 25 tháng 12 hằng năm
YEARLY_DAYS = re.compile(
    r"(?<!\w)ngày\s\d{1,2}(?:/|\stháng\s)\d{1,2}(?:(?:,|\svà|,\svà)\s(?:trước\s)?(?:ngày\s)?\d{1,2}(?:/|\stháng\s)\d{1,2}(?![\d/])){1,3}(?P<each>\s(?:hàng|hằng|mỗi)\snăm)(?!\w)")
DAY_OF_YEAR = re.compile(r"(?:ngày\s)?(?P<day>\d{1,2})(?:/|\stháng\s)(?P<month>\d{1,2})(?![\d/])")
# hằng năm (ngày 15/12)
YEARLY_ON = re.compile(r"(?<!\w)(?:định\sk[ỳì]\s)?(?:hàng|hằng)\snăm\s?\((?:vào\s)?ngày\s(?P<day>\d{1,2})\s?(?:/|\stháng\s)\s?(?P<month>\d{1,2})\)")
# báo cáo Chủ tịch Ủy ban nhân dân tỉnh kết quả thực hiện hằng năm theo quy định
RESULTS_TOLD = re.compile(r"(?<!\w)báo\scáo\s[^,;:]{3,90}\skết\squả(?:\sthực\shiện)?\s$")
# Trong thời hạn 5 năm, cơ quan, tổ chức … phải hoàn thành việc chỉnh lý tài liệu
SOMEONE_MUST = re.compile(rf",\s{_BODY}[^;.]{{3,200}}\s(?:phải|có\strách\snhiệm)(?!\w)")
# báo cáo các cấp hàng ngày theo quy định
REPORTED = re.compile(r"(?<!\w)báo\scáo\s[^,;:]{0,60}$")
# Chính phủ hằng tháng xem xét …: the verb that follows makes it a task
DOES = re.compile(r"\s(?:đóng|trích|nộp|xem\sxét|rà\ssoát|tổ\schức|kiểm\stra|đánh\sgiá|tổng\shợp|xây\sdựng|cập\snhật|chỉ\sđạo|thống\skê|công\sbố|lập|tiến\shành|thực\shiện|báo\scáo|gửi|ban\shành|phê\sduyệt|thẩm\sđịnh|điều\schỉnh|bố\strí)(?!\w)")
# Chính phủ trong quý I năm 2026. · Thủ tướng Chính phủ hằng tuần về …: the rest of a line whose verb stands in the line before
BODY_ALONE = re.compile(r"(?:thủ\stướng\s)?chính\sphủ\s$|quốc\shội\s$|(?:ủy|uỷ)\sban\snhân\sdân\s(?:\w{1,7}\s){1,5}$|(?:hội\sđồng|ubnd|hđnd|tỉnh\sủy|thành\sủy)\s(?:\w{1,7}\s){0,5}$")
DOER = re.compile(r"(?:^|[,;:]\s|\n)[\s+•-]{0,4}(?:[a-zđ0-9]{1,2}[.)]\s)?(?:các\s)?(?:sở|bộ|ủy\sban|uỷ\sban|ubnd|kiểm\stoán\snhà\snước|thanh\stra|ngân\shàng|công\san|chính\sphủ|thủ\stướng|thủ\strưởng|cục|phòng|trung\stâm|cơ\squan|đơn\svị|hội\sđồng|"
                  r"ban|chủ\stịch|văn\sphòng|doanh\snghiệp|tổ\schức|người\ssử\sdụng\slao\sđộng|chủ\s(?:đầu\stư|sở\shữu))(?!\w)[^,;:]{0,80}$")
# nhưng đến ngày 30 tháng 6 hàng năm chưa phân bổ
UNDONE = re.compile(r"\s(?:mà\s)?(?:chưa|vẫn|còn|không)(?!\w)")
# Hằng năm, giảm số người nghiện ma túy · Hàng năm, số vụ phạm tội …: figures and rights, what no one hands in
TOLD_YEARLY = re.compile(
    r"[\s,]{1,3}(?:(?:thì|mà|các|những)\s)?(?:số\s(?:vụ|lượng|người|hộ|tiền|thu|chi)|tỷ\slệ|mức|giảm|tăng|phấn\sđấu|có\s(?:trên|ít|khoảng|hàng)|hưởng|nghỉ|khoảng|trên\s\d|bình\squân|so\svới|kể\stừ|đạt|nếu|có\sxuất\shiện)(?!\w)"
    r"|\s(?:theo|của|và(?!\s(?:đột|khi|theo)))(?!\w)|[^,;]{0,50}(?<!\w)được\s(?:hưởng|nghỉ|trợ|hỗ|cấp|thưởng|miễn|tạm\sứng|trả)(?!\w)")
# kiểm kê tài sản hàng năm (năm 2025) của các cơ quan
YEAR_IN_BRACKETS = re.compile(r"^\s?\((?:năm\s)?(?:19|20)\d\d\)")
# căn cứ kế hoạch kiểm tra định kỳ hằng năm · do Bộ Công Thương công bố hàng năm
YEARLY_THING = re.compile(r"(?<!\w)kế\shoạch(?:\s\w{1,7}){0,4},?\s$|(?<!\w)theo\s(?:các\s)?(?:kế\shoạch|chương\strình|nghị\squyết|kết\squả|danh\smục|chỉ\stiêu|quy\shoạch|hướng\sdẫn)\s[^;:]{0,80}$|"
                          r"(?<!\w)(?:thông\squa\s(?:các\s)?báo\scáo|(?:tại|trong)\s(?:hội\snghị|đại\shội|kỳ\shọp)[^;:.]{0,80})\s$|(?<!\w)tính\s$|(?<!\w)(?:\d\snăm|hạn|nhiệm\skỳ)\svà\s$|"
                          r"(?<!\w)do\s[^,;]{3,50}\s(?:công\sbố|ban\shành|quy\sđịnh|cấp|phê\sduyệt|tiến\shành)\s$")
# nếu khi về nước tiếp tục tham gia bảo hiểm y tế trong thời gian 30 ngày kể từ ngày nhập cảnh: a condition to its end
WHETHER = re.compile(r"(?<!\w)nếu(?!\s(?:có|cần)\s?[,)])(?!\w)(?:(?!\sthì\s)(?:[^,;:()]|,(?=\s(?:điều|khoản|điểm|mục)(?!\w)))){0,200}\s$")
# a) Không lập hồ sơ tham gia bảo hiểm xã hội trong thời hạn 30 ngày kể từ …: what is fined
OFFENCE = re.compile(r"[\s+•-]{0,4}(?:[a-zđ0-9]{1,3}[.)]\s)?(?:nhà\s(?:đầu\stư|thầu)\s)?không\s(?!quá)")
# xây dựng Kế hoạch quan trắc, cảnh báo môi trường hàng năm: the plan is yearly, whatever it is for
PLAN_FOR = re.compile(r"(?<!\w)kế\shoạch\s\w(?:(?!\svà\s(?:tổ\schức|thực\shiện|triển\skhai)\s)[^,;:]){2,40},\s"
                      r"(?:(?!\svà\s(?:tổ\schức|thực\shiện|triển\skhai)\s|tổ\schức|báo\scáo|trình|gửi|thực\shiện|triển\skhai)[^,;:]){2,40}$")
# Trường hợp Chủ tịch không triệu tập họp trong thời hạn 15 ngày kể từ ngày nhận được yêu cầu thì …
NOT_DONE = re.compile(r"(?<!\w)(?:trường\shợp|nếu)(?!\w)[^;:]*(?<!\w)không(?!\w)(?!\squá)[^;:]{0,160}(?<!,)\s$")
