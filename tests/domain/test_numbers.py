"""Số, ký hiệu văn bản: read however typed, printed one way, refused with the place of the fault."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.errors import BadDocumentNumber
from registry.domain.kinds import DOCUMENT_FORMS, DOCUMENT_KINDS, KINDS_BY_CODE
from registry.domain.numbers import DocumentNumber, NumberFragment, parse_fragment


@pytest.mark.parametrize(("typed", "read"), [
    pytest.param("30/2020/NĐ-CP", DocumentNumber(30, "NĐ-CP", 2020), id="normative: carries the year"),
    pytest.param("07 / TTr-STC", DocumentNumber(7, "TTr-STC"), id="leading zero, loose spaces"),
    pytest.param("15/Q\u00d0-UBND", DocumentNumber(15, "QĐ-UBND"), id="Icelandic eth for Đ"),
    pytest.param("15/QD-UBND", DocumentNumber(15, "QĐ-UBND"), id="typed without Đ"),
    pytest.param("21/QĐ–TTG", DocumentNumber(21, "QĐ-TTg"), id="en dash, capitals"),
    pytest.param("Số: 41/HDND-PC.", DocumentNumber(41, "HĐND-PC"), id="Số: in front, a dot behind"),
    pytest.param("Quyết định số 21/qđ-ttg", DocumentNumber(21, "QĐ-TTg"), id="the kind's name in front"),
    pytest.param("Nghị định của Chính phủ số 30/2020/NĐ-CP", DocumentNumber(30, "NĐ-CP", 2020),
                 id="kind and issuer in front"),
    pytest.param("Công văn số 194/TTr-CAT-QLHC", DocumentNumber(194, "TTr-CAT-QLHC"), id="a workbook's cell"),
    pytest.param("''42/2022/TT-BCT\"", DocumentNumber(42, "TT-BCT", 2022), id="stray quotes"),
    pytest.param("67/2013/NĐ- \n CP", DocumentNumber(67, "NĐ-CP", 2013), id="a line break after the hyphen"),
    pytest.param("25/2014 /QĐ-UBND", DocumentNumber(25, "QĐ-UBND", 2014), id="a space before the slash"),
    pytest.param("1830 QĐ-UBND", DocumentNumber(1830, "QĐ-UBND"), id="a space for the slash"),
    pytest.param("50/2022/NĐ_CP", DocumentNumber(50, "NĐ-CP", 2022), id="a low line for the hyphen"),
    pytest.param("19-2022-TT-BNNPTNT", DocumentNumber(19, "TT-BNNPTNT", 2022), id="from a file name"),
    pytest.param("26.2013.TT.NHNN", DocumentNumber(26, "TT.NHNN", 2013), id="from a file name with dots"),
    pytest.param("325a/KH-UBND", DocumentNumber(325, "KH-UBND", suffix="a"), id="sub-number"),
    pytest.param("66.22/2026/NQ-CP", DocumentNumber(66, "NQ-CP", 2026, ".22"), id="dotted resolution"),
    pytest.param("12-NQ/TW", DocumentNumber(12, "NQ/TW", separator="-"), id="Party: hyphen first"),
    pytest.param("53-NQ/HĐND", DocumentNumber(53, "NQ/HĐND", separator="-"), id="council in the Party's shape"),
    pytest.param("124/QĐ/TTg", DocumentNumber(124, "QĐ/TTg"), id="two slashes, before 1997"),
    pytest.param("101/CP", DocumentNumber(101, "CP"), id="issuer alone, before 1997"),
    pytest.param("80/2015/QH13", DocumentNumber(80, "QH13", 2015), id="law: no kind in the symbol"),
    pytest.param("421/QĐ-VP.UBND", DocumentNumber(421, "QĐ-VP.UBND"), id="dot in the symbol"),
    pytest.param("5104/BTTTT-PTTH&TTĐT", DocumentNumber(5104, "BTTTT-PTTH&TTĐT"), id="& in the unit"),
    pytest.param("26/KH-BCĐ (138)", DocumentNumber(26, "KH-BCĐ(138)"), id="steering committee 138"),
    pytest.param("140/BCĐ VĐ HMTN", DocumentNumber(140, "BCĐVĐHMTN"), id="spaces inside a group"),
    pytest.param("TCVN 6909:2001", DocumentNumber(6909, "TCVN", 2001), id="standard"),
    pytest.param("QCVN 102:2016/BTTTT", DocumentNumber(102, "QCVN/BTTTT", 2016), id="technical regulation"),
    pytest.param("tcvn iso/iec 27001:2019", DocumentNumber(27001, "TCVN ISO/IEC", 2019), id="ISO taken over"),
])
def test_a_number_is_read_however_it_is_written(typed, read):
    assert DocumentNumber.parse(typed) == read


@pytest.mark.parametrize("form", [form for form in DOCUMENT_FORMS if form.example],
                         ids=lambda form: f"{form.name}: {form.example}")
def test_the_example_of_every_kind_is_printed_as_it_was_read_and_tells_its_kind(form):
    number = DocumentNumber.parse(form.example)
    assert str(number) == form.example
    assert KINDS_BY_CODE[form.kind_code] in number.kinds


@pytest.mark.parametrize("spelling", [
    "07/2021/QĐ-UBND", "7/2021/QĐ-UBND", "007/2021/qđ-ubnd", "07/2021/QD-UBND", "07/2021/Qđ-UBND",
    "07/2021/Q\u00d0-UBND", "07/2021/QĐ–UBND", "07 / 2021 / QĐ - UBND", "Số: 07/2021/QĐ-UBND",
    "Quyết định 07/2021/QĐ-UBND", "07/2021/QĐ-UBND...", "\u200b07/2021/QĐ-UB\u00adND", "07/2021/QĐ\u00a0-UBND",
    "QUYẾT ĐỊNH SỐ 07/2021/QĐ-UBND", "07\u22152021\uff0fQĐ\u2212UBND", "so 07/2021/qd-ubnd", "07-2021-QĐ-UBND",
])
def test_spellings_of_one_number_have_one_key(spelling):
    expected = DocumentNumber.parse("07/2021/QĐ-UBND").key
    assert DocumentNumber.parse(spelling).key == expected
    assert DocumentNumber.parse(unicodedata.normalize("NFD", spelling)).key == expected


@pytest.mark.parametrize(("typed", "printed"), [
    ("7/TTr-STC", "07/TTr-STC"), ("012/QĐ-UBND", "012/QĐ-UBND"), ("Số: 007a/2021/qđ-ubnd", "007a/2021/QĐ-UBND"),
    ("0" * 250 + "12/QĐ-UBND", "0000012/QĐ-UBND")], ids=["below ten", "of three digits", "sub-number", "zeros alone"])
def test_leading_zeros_are_printed_as_they_were_and_make_no_other_number(typed, printed):
    number = DocumentNumber.parse(typed)
    assert str(number) == str(DocumentNumber.parse(str(number))) == printed
    assert number == DocumentNumber.parse(str(number).lstrip("0"))


@pytest.mark.parametrize(("one", "other"), [
    pytest.param("12/HD-STC", "12/HĐ-STC", id="guidance is no contract"),
    pytest.param("3/DA-UBND", "3/ĐA-UBND", id="a project is no proposal"),
    pytest.param("7/QĐ-UBND", "7/QyĐ-UBND", id="a decision is no set of rules"),
    pytest.param("7/QĐ-UBND", "7/2021/QĐ-UBND", id="the year is part of it"),
    pytest.param("7/QĐ-UBND", "7a/QĐ-UBND", id="sub-number"),
    pytest.param("66.2/2026/NQ-CP", "66.20/2026/NQ-CP", id="a dotted number is no fraction"),
    pytest.param("15/UBND-VX", "15/UBND-NC", id="field"),
    pytest.param("1/TB-UBND", "11/TB-UBND", id="ordinal"),
])
def test_different_documents_have_different_keys(one, other):
    assert DocumentNumber.parse(one).key != DocumentNumber.parse(other).key


@pytest.mark.parametrize(("typed", "reason", "position"), [
    pytest.param("", "empty", 0, id="nothing"),
    pytest.param(" \n ", "empty", 0, id="white space"),
    pytest.param("07/5/2021", "is_date", 0, id="date"),
    pytest.param("2021-05-07", "is_date", 0, id="ISO date"),
    pytest.param("1/2", "no_symbol", 3, id="fraction"),
    pytest.param("325", "no_symbol", 3, id="digits alone"),
    pytest.param("71/2015", "no_symbol", 7, id="year but no symbol"),
    pytest.param("0912345678", "ordinal_too_long", 0, id="phone number"),
    pytest.param("/QĐ-UBND", "no_ordinal", 0, id="symbol alone"),
    pytest.param("Số: .../QĐ-UBND", "no_ordinal", 0, id="draft"),
    pytest.param("00/QĐ-UBND", "zero_ordinal", 0, id="zero"),
    pytest.param("12/9999/QĐ-UBND", "bad_year", 3, id="year to come"),
    pytest.param("12/0001/QĐ-UBND", "bad_year", 3, id="year 1"),
    pytest.param("22/201/QĐ-UBND", "bad_year", 3, id="year cut short"),
    pytest.param("12/2020/TT-", "unfinished", 10, id="cut off after the hyphen"),
    pytest.param("12//QĐ-UBND", "empty_part", 3, id="doubled slash"),
    pytest.param("1" + "/" * 40, "empty_part", 2, id="forty slashes"),
    pytest.param("1/" + "A/" * 40, "too_many_parts", 31, id="forty parts"),
    pytest.param("325KH-UBND", "no_separator", 3, id="no slash"),
    pytest.param("5 năm 2021-2025", "no_separator", 1, id="words"),
    pytest.param("12/QĐ\x00-UBND", "bad_character", 5, id="NUL"),
    pytest.param("12/<b>QĐ</b>", "bad_character", 3, id="HTML"),
    pytest.param("1'; DROP TABLE x", "bad_character", 1, id="SQL"),
    pytest.param("21/QĐ-TTg ngày 06/01/2021", "words_after", 10, id="the sentence goes on"),
    pytest.param("Kế hoạch 5 năm", "no_separator", 10, id="a title"),
    pytest.param("  xyz 21/QĐ-TTg", "no_ordinal", 2, id="unknown words before"),
    pytest.param("QCVN abc", "bad_standard", 0, id="regulation without number"),
    pytest.param("9" * 1_000_000, "too_long", 300, id="a megabyte of digits"),
    pytest.param("1" + "/A" * 500_000, "too_long", 300, id="a megabyte of parts"),
])
def test_what_is_no_number_is_refused_with_reason_and_place(typed, reason, position):
    began = time.perf_counter()
    with pytest.raises(BadDocumentNumber) as caught:
        DocumentNumber.parse(typed)
    assert (caught.value.reason, caught.value.position) == (reason, position)
    assert caught.value.reason in BadDocumentNumber.REASONS
    assert len(str(caught.value)) < 200
    assert time.perf_counter() - began < 0.2


def test_the_place_of_a_fault_counts_in_the_text_as_typed():
    typed = unicodedata.normalize("NFD", " Quyết định số 12/9999/QĐ-UBND")
    with pytest.raises(BadDocumentNumber) as caught:
        DocumentNumber.parse(typed)
    assert typed[caught.value.position:].startswith("9999")


ABBREVIATIONS = sorted({kind.abbreviation for kind in DOCUMENT_KINDS} - {"", "QCVN", "TCVN"})
ORGANS = ["UBND", "HĐND", "TTg", "CP", "BTTTT", "STC", "VP.UBND", "BGD&ĐT", "SNV", "QH15", "BCĐ389", "VX"]
numbers = st.builds(
    DocumentNumber,
    ordinal=st.integers(1, 99_999),
    symbol=st.builds(lambda kind, organs: "-".join([*kind, *organs]),
                     st.lists(st.sampled_from(ABBREVIATIONS), max_size=1),
                     st.lists(st.sampled_from(ORGANS), min_size=1, max_size=3)),
    year=st.none() | st.integers(1945, 2100),
    suffix=st.sampled_from(["", "", "a", "b", ".1", ".22"]),
)


@st.composite
def spellings(draw, number):
    """The same number as another hand might type it."""
    text = str(number)
    if draw(st.booleans()):
        text = draw(st.sampled_from([str.lower, str.upper, str.swapcase]))(text)
    for sign, others in {"-": ["-", " - ", "–", "\u2212", "- "], "/": ["/", " /", "/ ", "\u2215"],
                         "Đ": ["Đ", "\u00d0", "Đ\u200b"], "QĐ-": ["QĐ-", "QD-"], "HĐND": ["HĐND", "HDND"]}.items():
        text = text.replace(sign, draw(st.sampled_from(others)))
    text = draw(st.sampled_from(["", "Số: ", "0", " ", "Văn bản hợp nhất số "])) + text
    text += draw(st.sampled_from(["", ".", " ", "\n"]))
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


@given(numbers)
def test_printing_what_was_read_changes_nothing(number):
    printed = str(number)
    assert DocumentNumber.parse(printed) == number
    assert str(DocumentNumber.parse(printed)) == printed


@given(numbers.flatmap(lambda number: st.tuples(st.just(number), spellings(number))))
def test_any_spelling_leads_to_the_same_key(pair):
    number, spelling = pair
    read = DocumentNumber.parse(spelling)
    assert read.key == number.key
    assert DocumentNumber.parse(str(read)).key == number.key


@given(numbers, numbers)
def test_keys_are_equal_exactly_when_the_documents_are(one, other):
    assert (one.key == other.key) == (one == other)


@given(st.text() | st.text(alphabet="0123456789/-. QĐTgkhUBND:ốsS\u0301\u200b\x00", max_size=40))
def test_any_text_is_read_or_refused_and_what_is_read_prints_stably(text):
    parse_fragment(text)
    try:
        number = DocumentNumber.parse(text)
    except BadDocumentNumber as error:
        refusal = error
    else:
        assert DocumentNumber.parse(str(number)) == number
        return
    assert 0 <= refusal.position <= len(text)


@pytest.mark.parametrize(("typed", "read"), [
    pytest.param("325", NumberFragment(325), id="ordinal"),
    pytest.param("325a", NumberFragment(325, "a"), id="sub-number"),
    pytest.param("66.22", NumberFragment(66, ".22"), id="dotted"),
    pytest.param("kh-ubnd 325", NumberFragment(325, symbol=("kh", "ubnd")), id="symbol first"),
    pytest.param("21/qd-ttg", NumberFragment(21, symbol=("qd", "ttg")), id="without marks"),
    pytest.param("qđ ttg 21", NumberFragment(21, symbol=("qd", "ttg")), id="spaces only"),
    pytest.param("47/2019", NumberFragment(47, year=2019), id="ordinal and year"),
    pytest.param("kh-ubnd 325 năm 2021", NumberFragment(325, year=2021, symbol=("kh", "ubnd")), id="year named"),
    pytest.param("/QĐ-UBND", NumberFragment(symbol=("qd", "ubnd")), id="symbol alone"),
    pytest.param("Thông báo số 165/TB-UBND", NumberFragment(165, symbol=("tb", "ubnd")), id="whole number"),
    pytest.param("thong bao 165", NumberFragment(165, symbol=("tb",), kind=KINDS_BY_CODE["TB"]), id="kind's name"),
    pytest.param("công văn 15", NumberFragment(15, kind=KINDS_BY_CODE["CV"]), id="kind without abbreviation"),
    pytest.param("12-NQ/TW", NumberFragment(12, symbol=("nq", "tw")), id="Party"),
])
def test_a_piece_of_a_number_is_understood(typed, read):
    assert parse_fragment(typed) == read


@pytest.mark.parametrize("typed", [
    "", "kế hoạch chuyển đổi số", "kế hoạch", "covid-19", "07/5/2021", "tháng 6/2021", "năm 2021", "1/2", "5 năm",
    "0912345678", "ubnd ha nam", "an toàn thông tin", "số hóa", "điều 12", "x" * 1_000_000, "21'; DROP TABLE",
])
def test_ordinary_words_are_no_piece_of_a_number(typed):
    assert parse_fragment(typed) is None
