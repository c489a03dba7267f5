"""TCVN3 and VNI are read; Unicode is never harmed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import legacy
from tests.search.conftest import SHELF

TO_TCVN3 = {letter: chr(code) for code, letter in legacy._TCVN3.items()}
TO_VNI = {letter: shown for shown, letter in legacy._VNI.items() if shown[0].islower() == shown[-1].islower()}
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
])  # fmt: skip
def test_proper_text_is_left_alone(text: str) -> None:
    assert legacy.to_unicode(text) == text


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
