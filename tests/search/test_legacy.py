"""TCVN3 and VNI are read; Unicode is never harmed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import legacy
from tests.search.conftest import SHELF

TO_TCVN3 = {letter: chr(code) for code, letter in legacy._TCVN3.items()}
TO_VNI = {letter: shown for shown, letter in legacy._VNI.items() if shown[0].islower() == shown[-1].islower()}
PASSAGES = [json.loads(line)["text"] for line in (
    Path(__file__).parents[1] / "data" / "deadline_passages.jsonl").read_text(encoding="utf-8").splitlines()]
BODIES = files("registry.data").joinpath("organisations.csv").read_text(encoding="utf-8").splitlines()
ARTICLE = files("registry.data").joinpath("demo_article.txt").read_text(encoding="utf-8")
SENTENCES = [
    "Quyết định về việc ban hành quy chế làm việc của ủy ban nhân dân tỉnh",
    "kế hoạch ứng dụng công nghệ thông tin trong hoạt động của các cơ quan nhà nước năm",
    "phòng, chống bệnh dịch cúm gia cầm trên địa bàn huyện; kiểm tra, giám sát chặt chẽ",
    "hướng dẫn thực hiện một số điều của luật thi đua, khen thưởng đối với người lao động",
]


def as_tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(char, char) for char in text)


def as_vni(text: str) -> str:
    return "".join(TO_VNI.get(char, char) for char in text)


@pytest.mark.parametrize(("shown", "meant"), [
    ("QuyÕt ®Þnh", "Quyết định"),
    ("Quyeát ñònh", "Quyết định"),
    ("céng hßa x· héi chñ nghÜa viÖt nam", "cộng hòa xã hội chủ nghĩa việt nam"),
    ("CỘNG HÒA", "CỘNG HÒA"),
    ("coäng hoøa xaõ hoäi chuû nghóa vieät nam", "cộng hòa xã hội chủ nghĩa việt nam"),
    ("ÑOÄC LAÄP TÖÏ DO HAÏNH PHUÙC", "ĐỘC LẬP TỰ DO HẠNH PHÚC"),
    ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("Bé Y tÕ", "Bộ Y tế"),
    ("nh÷ng vÞ trÝ cã ®é cao tõ 0,80 ÷ 2,10 m", "những vị trí có độ cao từ 0,80 ÷ 2,10 m"),
    ("KÕ ho¹ch cña tØnh\n- L\u00adu: VT, H§ND.", "Kế hoạch của tỉnh\n- Lưu: VT, HĐND."),
])  # fmt: skip
def test_legacy_text_is_read(shown: str, meant: str) -> None:
    assert legacy.to_unicode(shown) == meant


@pytest.mark.parametrize("sentence", SENTENCES)
def test_whole_sentences_come_back(sentence: str) -> None:
    small = sentence.lower()
    assert legacy.detect(as_tcvn3(small)) == "tcvn3"
    assert legacy.to_unicode(as_tcvn3(small)) == small
    assert legacy.detect(as_vni(sentence)) == "vni"
    assert legacy.to_unicode(as_vni(sentence)) == sentence


@pytest.mark.parametrize("text", [
    *SENTENCES, *(re.sub(r"\s+", " ", document.body) for document in SHELF if document.body),
    "an toan thong tin", "café, naïve, façade, Übung und Größe", "© 2021 ® ¶ §", "Số: 15/QĐ-UBND", "", "à la carte",
    "Hà Nội", "cá", "quán cà phê", "là", "chị à", "hoá toà", "e-mail: a@b.vn", "êtes-vous là?", "São Paulo", "Đà Nẵng",
    "các là và có", "trò chơi", "tôi có hai con mèo", "bà ba bán bánh bò", "Điều 1", "ông tôi", "áo dài",
    "0,80 ÷ 2,10", "10 µm – 20 µm", "§ 5", "580÷1400", "\u00ad", "Tài chính", "Bé", "hoa\u0300 bi\u0300nh ®Þnh",
    "Tiêu chuẩn kỹ thuật\n0,80 ÷ 2,10\n§ 5\n10 µm",
])  # fmt: skip
def test_proper_text_is_left_alone(text: str) -> None:
    assert legacy.to_unicode(text) == text


def test_real_documents_are_left_alone() -> None:
    texts = [*PASSAGES, *BODIES, ARTICLE]
    assert len(texts) >= 300
    changed = [text for text in texts if legacy.to_unicode(text) != text]
    assert changed == []
    rows = [line.split(",") for line in BODIES]
    assert [row for row in rows if legacy.read_together(row) != (row, None)] == []


@pytest.mark.parametrize("encode", [as_tcvn3, as_vni])
def test_real_documents_come_back_from_the_old_encodings(encode: Callable[[str], str]) -> None:
    lost = [text for text in map(str.lower, PASSAGES) if legacy.to_unicode(encode(text)) != text]
    assert len(lost) <= len(PASSAGES) * 0.01


def test_cells_too_short_to_judge_follow_the_row() -> None:
    row = ["15/Q§-UBND", "LuËt", "vÒ viÖc giao chØ tiªu", "05/03/2021", "0,80 ÷ 2,10", "Nguyễn Văn An", "Tài chính"]
    assert legacy.read_together(row) == (
        ["15/QĐ-UBND", "Luật", "về việc giao chỉ tiêu", "05/03/2021", "0,80 ÷ 2,10", "Nguyễn Văn An", "Tài chính"],
        "tcvn3")
    assert legacy.read_together(["15/QÑ-UBND", "veà vieäc giao chæ tieâu"]) == (
        ["15/QĐ-UBND", "về việc giao chỉ tiêu"], "vni")


def test_signs_in_a_row_of_unicode_stay_though_one_cell_is_old() -> None:
    row = ["§ 5 L\u00adu", "Về việc ban hành quy chế làm việc của ủy ban nhân dân", "QuyÕt ®Þnh"]
    assert legacy.read_together(row) == ([row[0], row[1], "Quyết định"], "tcvn3")


def test_only_the_paragraphs_in_the_old_encoding_change() -> None:
    mixed = f"Kính gửi: Sở Nội vụ\n{as_tcvn3(SENTENCES[1])}\nTrân trọng."
    assert legacy.to_unicode(mixed) == f"Kính gửi: Sở Nội vụ\n{SENTENCES[1]}\nTrân trọng."


@given(st.text())
def test_any_text_is_read_and_read_again_unchanged(text: str) -> None:
    once = legacy.to_unicode(text)
    assert legacy.to_unicode(once) == once


@given(st.lists(st.sampled_from(sorted({word for sentence in SENTENCES for word in sentence.split()})), min_size=1))
def test_unicode_vietnamese_is_never_harmed(words: list[str]) -> None:
    text = " ".join(words)
    assert legacy.to_unicode(text) == text
