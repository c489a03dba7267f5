"""Where a deadline (thời hạn) stands in its sentence: what is due there, and from whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.domain.deadlines.words import BULLET
from registry.domain.phrases import one_of, spaced

# Who opens a clause and is followed by a verb: "Giao Sở Tài chính chủ trì …", "…, Ủy ban nhân dân tỉnh quyết định".
# Run on one line in its own case, so that a space is a space here.
_CLAUSE_START = (
    r"(?:^|(?<=[,;:(]\s)|(?<=\n)|(?<=[Gg]iao\s)|(?<=[Đđ]ề nghị\s)|(?<=[Yy]êu cầu\s))"
    r"(?:\s|[-+•*]\s|[a-zđ]\)\s|\d{1,2}[.)]\s|\[\d{1,3}\]\s){0,3}(?:(?:Giao|Đề nghị|Yêu cầu)\s)?")
_OFFICE = one_of(
    r"(?:Bộ|Thứ|Cục|Vụ|Chi cục|Tổng cục)\s[Tt]rưởng|Thủ trưởng|Thủ tướng|Giám đốc|Chủ tịch|[Nn]gười đứng đầu|Trưởng",
    "Chính phủ|Sở|Bộ|UBND|[ỦU][yỷ] ban|Uỷ ban|HĐND|Văn phòng|Chi cục|Tổng cục|Cục|Vụ|Viện|Ban|Phòng|Công an|Thanh tra",
    "Trung tâm|Ngân hàng|Kho bạc|Bảo hiểm|Tập đoàn|Tổng công ty|Đảng [uủ][ỷy]|Tỉnh ủy|Thành ủy|Mặt trận",
    r"Trường(?!\shợp)|Thành viên|sở|bộ|tỉnh",
    r"(?:(?:Hội đồng|Đoàn|Tổ(?!\schức)|[Cc]ơ quan|[Bb]ộ phận)"
    r"(?:\s(?:thẩm định|kiểm tra|thanh tra|tư vấn|giám sát|đánh giá|chủ trì|quản lý|cấp|công tác))?)",
    "[Đđ]ơn vị|[Đđ]ịa phương|[Cc]hủ đầu tư|[Dd]oanh nghiệp")
_VERB = one_of(
    "chủ trì|có trách nhiệm|chịu trách nhiệm|tổ chức|báo cáo|gửi|nộp|trình|hoàn thành|hoàn thiện|tổng hợp|xây dựng",
    "rà soát|phối hợp|khẩn trương|thực hiện|triển khai|tham mưu|ban hành|phải|chỉ đạo|thông báo|kiểm tra|cung cấp",
    "căn cứ|lập|xem xét|thẩm định|tăng cường|tiếp tục|theo chức năng|quyết định|trả lời|định kỳ|hàng|hằng|tiến hành",
    "đánh giá|tổng kết|có văn bản|có ý kiến|cập nhật|công bố|chuẩn bị|kịp thời|đề xuất|sẽ|thì|đang|yêu cầu|giao",
    "theo dõi|hướng dẫn|đôn đốc|bổ sung|xử lý|nghiên cứu|chủ động|trước ngày")
_ACTOR = re.compile(
    rf"{_CLAUSE_START}(?P<who>(?:(?:Các|các|Những)\s)?{_OFFICE}(?!\w)[^.;:\n]{{0,160}}?)(?=,?\s{_VERB}(?!\w))")
# "Thời gian hoàn thành": no more than the label of the deadline
_LABEL_ONLY = spaced(r"(?:thời (?:gian|hạn|điểm)|tiến độ|hạn)(?: \w{1,7}){0,7}", re.IGNORECASE)
# "Trường hợp hồ sơ chưa hợp lệ, trong thời hạn": when it is due, not what
_CIRCUMSTANCE = spaced(
    r"(?:trường hợp|nếu|khi|sau khi|căn cứ|trên cơ sở|đối với)(?!\w)[^;]*, ?(?:trong thời (?:gian|hạn) ?)?$",
    re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """Where a deadline stands in its sentence; read only when someone asks what is due, and by whom.

    The sentence runs from ``first`` to ``last``, the one before it begins at ``earlier``; ``start`` and
    ``end`` are those of the deadline, or of the list of several that it is in.
    """

    text: str
    earlier: int
    first: int
    start: int
    end: int
    last: int

    def task(self) -> str | None:
        """Return the words before the deadline, else those after it, else the sentence before."""
        before = _phrase(self.text[self.first:self.start])
        after = _phrase(self.text[self.end:max(self.end, self.last)])
        if after and (len(before) < 12 or _CIRCUMSTANCE.match(before + self.text[self.start - 1:self.start])
                      or _CIRCUMSTANCE.match(self.text[self.first:self.start].lstrip())):
            return after
        if not before or _LABEL_ONLY.fullmatch(before):
            return _phrase(self.text[self.earlier:self.first]) or before or None
        return before

    def who(self) -> str | None:
        """Return the body that opens a clause of the sentence, else of the one before."""
        for start, end in ((self.first, self.start), (self.end, max(self.end, self.last)), (self.earlier, self.first)):
            found = _ACTOR.search(self.text[start:end].lstrip(" ,"))
            if found:
                return " ".join(found["who"].split()).strip(" ,") or None
        return None


def _phrase(words: str) -> str:
    """Return ``words`` on one line, without the signs of a list before and after them."""
    line = " ".join(words.split())
    sign = BULLET.match(line)
    return (line[sign.end():] if sign else line).strip(" ,-+•:;(.")
