"""Every place in the cleaned text points back to the text as given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.reading import Reading

PIECES = ["Nghị định số 30/2020/NĐ-CP", " ", "  ", "\n", "\n\n", "\u00a0", "\u200b", "\u00ad", "Ðiều", "e\u0302\u0301", "–", "\t", "của", "ệ",
          unicodedata.normalize("NFD", "Ủy ban nhân dân"), "\u0323", "\x00"]


@pytest.mark.parametrize(("text", "plain"), [
    pytest.param("Qu\u0079e\u0302\u0301t \u00d0ịnh", "Quyết Định", id="decomposed letters and Icelandic Ð"),
    pytest.param("số  167/\u200b2025", "số 167/2025", id="double space, zero width"),
    pytest.param("a \n b\n\n\nc", "a\nb\n\nc", id="a break stays a break, a blank line a blank line"),
    pytest.param("NĐ–CP\u00a0ngày", "NĐ-CP ngày", id="en dash, hard space"),
    pytest.param("x\u200b \u200by", "x y", id="a space among invisible signs"),
])
def test_text_is_made_ready(text: str, plain: str) -> None:
    assert Reading(text).plain == plain


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30).map("".join))
def test_places_point_back_in_order_and_into_the_text(text: str) -> None:
    reading = Reading(text)
    assert len(reading.bare) == len(reading.plain)
    raw = [reading.raw(place) for place in range(len(reading.plain))]
    assert raw == sorted(raw)
    assert all(0 <= place < len(text) for place in raw)
    for place in range(len(reading.plain)):
        start, end = reading.raw_span(place, place + 1)
        assert 0 <= start < end <= len(text)


def test_a_span_takes_the_marks_of_its_last_letter_with_it() -> None:
    text = unicodedata.normalize("NFD", "của Chính phủ quy định")
    reading = Reading(text)
    start, end = reading.raw_span(reading.plain.index("Chính"), reading.plain.index(" quy"))
    assert unicodedata.normalize("NFC", text[start:end]) == "Chính phủ"
    assert text[end] == " "
