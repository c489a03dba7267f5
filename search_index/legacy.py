"""Legacy encodings (bảng mã cũ): TCVN3 (.VnTime) and VNI-Windows read as Latin text, recognised and converted.

"QuyÕt ®Þnh" (TCVN3) and "Quyeát ñònh" (VNI) both mean "Quyết định". Both are font encodings of eight
bits; a file decoded as Windows-1252 shows such letters. Proper Unicode is left alone: a paragraph is
converted only where it looks like one of the two and not like Vietnamese; what is too short to be judged
("15/Q§-UBND") goes with the paragraphs or cells around it. TCVN3 has no capitals with marks of its own
(they hang on the font .VnTimeH): they are made where the plain letters around are capitals.

Source of the tables: TCVN 5712:1993 (VN3) and the layout of the VNI-Windows fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Literal

Encoding = Literal["tcvn3", "vni"]

# TCVN 5712 VN3, byte → letter, bytes A1–FE.
_TCVN3_BYTES = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ "
    "CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở "
    "ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
_TCVN3 = {int(item[:2], 16): item[2] for item in _TCVN3_BYTES.split()}

# VNI-Windows: a base letter and the mark behind it as a letter of its own.
_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOFS = {  # mark with a roof (â ê ô) or a bow (ă) in one sign
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for base in "aeouy":
        for sign, mark in _MARKS.items():
            table[base + sign] = base + mark
    for sign, mark in _ROOFS.items():
        for base in "aeo" if mark[0] == "\u0302" else "a":
            table[base + sign] = base + mark
    for base, whole in (("ô", "ơ"), ("ö", "ư")):
        for sign, mark in _MARKS.items():
            table[base + sign] = whole + mark
    table |= _ALONE
    composed = {key: unicodedata.normalize("NFC", value) for key, value in table.items()}
    upper = {key.upper(): value.upper() for key, value in composed.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in composed.items() if len(key) == 2}
    return composed | mixed | upper


_VNI = _vni_table()
_VNI_SIGN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
# Letters that Vietnamese in Unicode has and neither of the two shows: one of them, and the text is no legacy text.
_UNICODE_ONLY = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u0300-\u036f\u1ea0-\u1ef9]")
# What TCVN3 shows for the commonest letters with marks, none of them a letter of Vietnamese: ® ­µ¶·¸¹ »¼½¾ Æ Ç Ë Ñ Ö × Þ ß …
_TCVN3_SIGNS = re.compile("[®µ¶·¸¹»¼½¾ÆÇËÑÖ×ÞßåæçëîïñöøûüþÓÔÕÎÏØÜ©ª«¬\u00ad¨]")
_TCVN3_WORD = re.compile(r"(?:[A-Za-z]*[®µ¶·¸¹»¼½¾©ª«¬\u00ad¨\u00a1-\u00a7ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ][A-Za-z]*)+")
_VNI_WORD = re.compile(r"[A-Za-z]*(?:[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[ñÑöÖ][a-z]?)[A-Za-z]*")
_ENCODINGS: tuple[Encoding, ...] = ("tcvn3", "vni")
_WORDS: dict[Encoding, re.Pattern[str]] = {"tcvn3": _TCVN3_WORD, "vni": _VNI_WORD}
_TCVN3_ALONE = re.compile("[§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾×÷ÇÐÞßçðþ]")
"""What VNI never shows."""
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|th|tr|kh|ph|gh|gi|qu|[bcdđghklmnprstvx])?"
    r"(?:uyê|uya|uyu|oai|oay|oao|oeo|uây|uôi|iêu|yêu|ươi|ươu|uêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi"
    r"|ua|uâ|uê|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|yê|[aăâeêioôơuưy])(?:ng|nh|ch|[cmnpt])?$"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


_PLAIN = re.compile("[A-Za-z]")
_LOWER = re.compile("[a-z]")
_CAPITALS = re.compile("[A-Z].*[A-Z]")
_OLD_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
# Signs that texts use by themselves: 0,80 ÷ 2,10; § 5; a bullet. Part of a word they are letters of TCVN3.
_LONE_SIGN = re.compile("(?<![A-Za-z\u00a1-\u00ff])[§©\u00ad·×÷](?![A-Za-z\u00a1-\u00ff])")
_SURE = 0.85


def detect(text: str) -> Encoding | None:
    """Return which legacy encoding ``text`` is in, None for proper Unicode, plain letters or doubt."""
    if text.isascii() or _UNICODE_ONLY.search(text):
        return None
    words = [word for word in _OLD_WORD.findall(text) if _PLAIN.search(word)]
    least = max(_SURE, _sense(text) + 0.1)
    best: Encoding | None = None
    for encoding in _ENCODINGS[:1] if any(map(_TCVN3_ALONE.search, words)) else _ENCODINGS:
        odd = {word for word in words if _WORDS[encoding].search(word)}
        # One odd word proves little: "10 µm".
        if len(odd) < 2 and not any(len(word) > 3 and len(_PLAIN.sub("", word)) > 1 for word in odd):
            continue
        now = _sense(convert(text, encoding))
        if now >= least:  # of two that read as well VNI: its pairs of letters are no accident
            best, least = encoding, now
    return best


def to_unicode(text: str) -> str:
    """Return ``text`` with every paragraph that is in TCVN3 or VNI converted; other paragraphs unchanged."""
    return read_together([text])[0][0]


def read_together(texts: Sequence[str]) -> tuple[list[str], Encoding | None]:
    """Return the texts of one whole (the cells of a row) in Unicode, and the encoding most of what changed was in.

    Paragraphs that say too little by themselves follow the others, unless proper Unicode prevails.
    """
    if all(text.isascii() for text in texts):
        return list(texts), None
    whole = [re.split(r"(\n+)", text) for text in texts]
    found = {part: detect(part) for parts in whole for part in parts}
    weights: Counter[Encoding | None] = Counter()
    for part, encoding in found.items():
        if encoding or _UNICODE_ONLY.search(part):
            weights[encoding] += len(part)
    main = max(_ENCODINGS, key=lambda one: weights[one])
    if not weights[main]:
        return list(texts), None
    leads = weights[main] > weights[None]

    def read(part: str) -> str:
        own = found[part]
        if leads and own != main and _fits(part, main, own):
            own = main
        return convert(part, own) if own else part

    return ["".join(map(read, parts)) for parts in whole], main


def convert(text: str, encoding: Encoding) -> str:
    """Return ``text`` read as ``encoding``, whatever it looks like (the font name said so)."""
    return _from_tcvn3(text) if encoding == "tcvn3" else _VNI_SIGN.sub(lambda found: _VNI[found[0]], text)


def _fits(text: str, encoding: Encoding, other: Encoding | None) -> bool:
    """Whether ``text`` beside others in ``encoding`` may be read so: no worse than as it stands or in ``other``."""
    if text.isascii() or _UNICODE_ONLY.search(text) or not _WORDS[encoding].search(text):
        return False
    before = _sense(text)
    return before < 1 and _sense(convert(text, encoding)) >= (_sense(convert(text, other)) if other else before)


def _from_tcvn3(text: str) -> str:
    shouted = not _LOWER.search(text) and _CAPITALS.search(text)

    def word(found: re.Match[str]) -> str:
        read = found[0].translate(_TCVN3)
        capital = shouted or (not _LOWER.search(found[0]) and _CAPITALS.search(found[0]))
        return read.upper() if capital else read

    pieces, at = [], 0
    for lone in _LONE_SIGN.finditer(text):
        pieces += [_OLD_WORD.sub(word, text[at:lone.start()]), lone[0]]
        at = lone.end()
    return "".join([*pieces, _OLD_WORD.sub(word, text[at:])])


def _sense(text: str) -> float:
    """Return the share of the letters of ``text`` that stand in well-formed Vietnamese syllables."""
    good = whole = 0
    for word in _LETTERS.findall(text):
        weight = len(word)
        whole += weight
        bare = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word.lower())))
        tones = len(_TONES.findall(unicodedata.normalize("NFD", word)))
        one_case = word[1:].islower() or word.isupper() or len(word) == 1  # never "tÕ" in one word
        if tones <= 1 and one_case and _SYLLABLE.match(bare):
            good += weight
    signs = len(_TCVN3_SIGNS.findall(re.sub(_LETTERS, "", text)))
    return good / (whole + signs) if whole else 0.0
