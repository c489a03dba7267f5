"""Relations between documents (quan hệ giữa văn bản) and the words that express them.

The codes follow the national database of legal documents (vbpl.vn) where it has one; the rest
comes from the exchange standard (QCVN 102:2016/BTTTT) and practice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: document A ``name`` document B, B ``inverse`` A."""

    code: str
    name: str
    inverse: str
    source: str


_VBPL = "vbpl.vn"
_EXCHANGE = "QCVN 102:2016/BTTTT"
_PRACTICE = "thông lệ"
_DECREE_30 = "Nghị định 30/2020/NĐ-CP"

RELATIONS: tuple[Relation, ...] = (
    Relation("repeals", "bãi bỏ", "bị bãi bỏ bởi", _VBPL),
    Relation("replaces", "thay thế", "được thay thế bởi", _VBPL),
    Relation("amends", "sửa đổi, bổ sung", "được sửa đổi, bổ sung bởi", _VBPL),
    Relation("corrects", "đính chính", "được đính chính bởi", _VBPL),
    Relation("suspends_execution", "đình chỉ thi hành", "bị đình chỉ thi hành bởi", _VBPL),
    Relation("suspends_effect", "tạm ngưng hiệu lực", "bị tạm ngưng hiệu lực bởi", _VBPL),
    Relation("extends", "kéo dài, gia hạn thời gian thực hiện", "được kéo dài, gia hạn bởi", _PRACTICE),
    Relation("consolidates", "hợp nhất", "được hợp nhất trong", _VBPL),
    Relation("details", "quy định chi tiết, hướng dẫn thi hành",
             "được quy định chi tiết, hướng dẫn thi hành bởi", _VBPL),
    Relation("guides", "hướng dẫn áp dụng", "được hướng dẫn áp dụng bởi", _VBPL),
    Relation("explains", "giải thích", "được giải thích bởi", _VBPL),
    Relation("based_on", "căn cứ", "là căn cứ ban hành của", _VBPL),
    Relation("cites", "dẫn chiếu", "được dẫn chiếu bởi", _VBPL),
    Relation("promulgates", "công bố", "được công bố bởi", _VBPL),
    Relation("translation_of", "bản dịch của", "có bản dịch", _VBPL),
    Relation("same_subject", "liên quan cùng nội dung", "liên quan cùng nội dung", _VBPL),
    Relation("implements", "triển khai thực hiện", "được triển khai thực hiện bởi", _PRACTICE),
    Relation("replies_to", "trả lời, phúc đáp", "được trả lời bởi", _EXCHANGE),
    Relation("reports_on", "báo cáo kết quả thực hiện", "có báo cáo kết quả tại", _EXCHANGE),
    Relation("recalls", "thu hồi", "bị thu hồi bởi", f"{_DECREE_30}, Điều 18 khoản 4"),
    Relation("updates_packet", "cập nhật (gói tin)", "được cập nhật bởi", _EXCHANGE),
    Relation("replaces_packet", "thay thế (gói tin)", "được thay thế (gói tin) bởi", _EXCHANGE),
    Relation("attached_to", "ban hành kèm theo", "có văn bản kèm theo", _PRACTICE),
    Relation("copy_of", "bản sao của", "có bản sao", f"{_DECREE_30}, Điều 25"),
    Relation("urges", "đôn đốc", "bị đôn đốc bởi", f"{_DECREE_30}, Điều 24"),
)

RELATIONS_BY_CODE: dict[str, Relation] = {relation.code: relation for relation in RELATIONS}


# The words in front of a citation, and the relation they express. Of several, the nearest one counts;
# at one place, the longer ("quy định chi tiết" before "quy định"). Marks matter: bãi bỏ, báo cáo.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?:sơ\s+kết|tổng\s+kết)(?:[^.;]{0,40}?\s(?:thực\s+hiện|thi\s+hành|triển\s+khai))?", "reports_on"),
    (r"(?:báo\s+cáo|đánh\s+giá)\s+(?:kết\s+quả|tình\s+hình|tiến\s+độ)[^.;]{0,40}?\s(?:thực\s+hiện|thi\s+hành|triển\s+khai)",
     "reports_on"),
    (r"(?:kết\s+quả|tình\s+hình|tiến\s+độ)\s+(?:\d+\s+năm\s+)?(?:triển\s+khai\s+)?(?:thực\s+hiện|thi\s+hành|triển\s+khai)",
     "reports_on"),
    (r"trả\s+lời|phúc\s+đáp|nhận\s+được", "replies_to"),
    (r"đôn\s+đốc(?=[^.;]{0,60}\Z)(?:[^.;]{0,40}?\s(?:thực\s+hiện|triển\s+khai))?", "urges"),
    (r"công\s+bố(?=\s*\Z)", "promulgates"),
    (r"bản\s+dịch(?:\s+của)?(?=\s*\Z)", "translation_of"),
    (r"(?:sao\s+y|sao\s+lục|bản\s+sao)(?:\s+của)?(?=\s*\Z)", "copy_of"),
    (r"(?:quy\s+định\s+chi\s+tiết|hướng\s+dẫn\s+thi\s+hành|biện\s+pháp\s+thi\s+hành|quy\s+định\s+chi\s+tiết\s+và\s+hướng\s+dẫn)",
     "details"),
    (r"hướng\s+dẫn(?:\s+(?:việc\s+)?(?:thực\s+hiện|áp\s+dụng|triển\s+khai))?", "guides"),
    (r"sửa\s+đổi(?:\s*[,và/]+\s*bổ\s+sung)?|bổ\s+sung(?:\s*[,và]+\s*sửa\s+đổi)?|(?<!phạm vi )điều\s+chỉnh(?:\s*[,và]+\s*bổ\s+sung)?"
     r"|(?<!được )gia\s+hạn\s+một\s+số", "amends"),
    (r"thay\s+thế(?:\s+cho)?(?:/bãi\s+bỏ)?|thay\s+cho", "replaces"),
    (r"bãi\s+bỏ|h[ủu][ỷy]?\s+bỏ|hủy\s+bỏ|hủy\s+bỏ|chấm\s+dứt\s+hiệu\s+lực", "repeals"),
    (r"thu\s+hồi(?=\s*(?:(?:các|lại|toàn\s+bộ|văn\s+bản)\s*){0,3}\Z)", "recalls"),
    (r"đính\s+chính", "corrects"),
    (r"(?:tạm\s+)?đình\s+chỉ(?:\s+(?:việc\s+)?thi\s+hành)?", "suspends_execution"),
    (r"(?:tạm\s+)?(?:ngưng|ngừng)\s+(?:có\s+)?hiệu\s+lực(?:\s+thi\s+hành)?", "suspends_effect"),
    (r"(?:kéo\s+dài|gia\s+hạn)(?:\s+thêm)?(?=\s+(?:thời|hiệu|việc|thực|áp)|\s*\Z)"
     r"(?:\s+(?:thời\s+(?:gian|hạn)|hiệu\s+lực|việc))?(?:\s+(?:thực\s+hiện|áp\s+dụng|thi\s+hành))?", "extends"),
    (r"hợp\s+nhất", "consolidates"),
    (r"giải\s+thích", "explains"),
    (r"ban\s+hành\s+kèm\s+theo|kèm\s+theo", "attached_to"),
    (r"(?:tổ\s+chức\s+)?(?:triển\s+khai|quán\s+triệt)(?:[^.;]{0,30}?\s(?:thực\s+hiện|thi\s+hành))?"
     r"|(?:tổ\s+chức|tiếp\s+tục|tăng\s+cường|đẩy\s+mạnh)\s+(?:thực\s+hiện|thi\s+hành)|thực\s+hiện|thi\s+hành|chấp\s+hành",
     "implements"),
    (r"căn\s+cứ(?:\s+vào)?", "based_on"),
    (r"theo\s+quy\s+định(?:\s+tại)?|quy\s+định\s+tại|theo|tại|nêu\s+tại|quy\s+định", "cites"),
)
_ANY_WORDS = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<w{at}>{pattern})" for at, (pattern, _) in enumerate(_WORDS)) + r")(?!\w)",
    re.IGNORECASE)
_PASSIVE = re.compile(r"(?:được|đã|bị)\s+(?:được\s+|bị\s+)?(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_BEHIND = re.compile(r"[^.;]{0,300}?(?<!\w)(?:hết\s+hiệu\s+lực(?!\s+(?:một|thi\s+hành\s+một))|(?P<void>bị\s+bãi\s+bỏ))",
                     re.IGNORECASE)
# DANH MỤC THỦ TỤC SỬA ĐỔI, BỔ SUNG … (Kèm theo Quyết định số …): the brackets stand apart.
_IN_BRACKETS = re.compile(r"\(\s*(?:ban\s+hành\s+)?kèm\s+theo[^()]*\Z", re.IGNORECASE)
# "theo", "tại", "quy định" only carry what an earlier verb says: "bãi bỏ Danh mục … tại Quyết định".
_WEAK = frozenset({"cites", "attached_to"})
_REPEALING = frozenset({"repeals", "replaces", "amends", "corrects", "recalls"})


def relation_before(words: str) -> tuple[str, str]:
    """Return the code and the words of the relation that the clause in front of a citation expresses.

    ``("cites", "")`` when nothing is said. Passive words name what another document did:
    "được sửa đổi, bổ sung bởi Luật số …" is no amendment by the document at hand.
    """
    found: list[tuple[str, str, bool]] = []
    for match in _ANY_WORDS.finditer(words):
        code = _WORDS[int((match.lastgroup or "w0")[1:])][1]
        passive = _PASSIVE.search(words[max(0, match.start() - 24) : match.start()]) is not None
        found.append((code, match[0], passive))
    if not found:
        return "cites", ""
    code, said, passive = found[-1]
    if passive and code in (*_REPEALING, "details", "guides"):
        first = found[0]
        return ("based_on", first[1]) if first[0] == "based_on" else ("cites", said)
    if code == "attached_to" and _IN_BRACKETS.search(words):
        return code, said
    if code in _WEAK and len(found) > 1 and not (code == "cites" and said.lower().startswith("theo") and found[0][0] != "based_on"):
        for earlier, earlier_said, earlier_passive in reversed(found[:-1]):
            if earlier in _REPEALING and not earlier_passive:
                return earlier, earlier_said
        if found[0][0] == "based_on" and said.lower() in ("tại", "theo"):
            return "based_on", found[0][1]
    if code == "details" and any(earlier == "based_on" for earlier, _, _ in found):
        return "cites", said
    return code, said


def ends_by(words: str) -> str | None:
    """Return ``repeals`` when the words behind a citation say that it ends: "… hết hiệu lực kể từ ngày …"."""
    return "repeals" if _BEHIND.match(words) else None
