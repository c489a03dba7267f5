"""Tên loại văn bản: found however typed, told from the symbol."""

from __future__ import annotations

import pytest

from registry.domain.kinds import (
    DOCUMENT_KINDS,
    find_kind,
    kinds_of_symbol,
)


def test_codes_and_names_are_unique():
    assert len({kind.code for kind in DOCUMENT_KINDS}) == len(DOCUMENT_KINDS)
    assert len({kind.name for kind in DOCUMENT_KINDS}) == len(DOCUMENT_KINDS)


@pytest.mark.parametrize("kind", DOCUMENT_KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_found_by_its_name_in_any_case_and_by_its_code(kind):
    assert find_kind(kind.name) is kind
    assert find_kind(kind.name.upper()) is kind
    assert find_kind(kind.code) is kind


@pytest.mark.parametrize(("typed", "code"), [
    pytest.param("quyet dinh", "QĐ", id="no tone marks"),
    pytest.param("Quyết định (cá biệt)", "QĐ", id="bracketed addition"),
    pytest.param("giấy uỷ quyền", "GUQ", id="other tone placement"),
    pytest.param("Ctr", "CTr", id="wrong case"),
    pytest.param("QCh", "QC", id="a wrong table's"),
    pytest.param("TTh", "BTT", id="before 2020"),
    pytest.param("UQ", "GUQ", id="before 2020: power of attorney"),
    pytest.param("hđ", "HĐ", id="contract"),
    pytest.param("hd", "HD", id="guidance"),
    pytest.param("đa", "ĐA", id="proposal"),
    pytest.param("da", "DA", id="project"),
    pytest.param("qd", "QĐ", id="đ not typed where only one kind fits"),
    pytest.param("Thông tri", "TTri", id="Party only"),
    pytest.param("Luật, bộ luật", "L", id="as lists group them"),
])
def test_a_kind_is_found_however_it_is_typed(typed, code):
    found = find_kind(typed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("typed", ["", "  ", "văn bản", "xyz", "Quyết định về việc", "a" * 1_000_000, "\x00"])
def test_other_words_are_no_kind(typed):
    assert find_kind(typed) is None


@pytest.mark.parametrize(("symbol", "codes"), [
    pytest.param("KH-UBND", ["KH"], id="plan"),
    pytest.param("UBND-VX", ["CV"], id="letter: no kind in the symbol"),
    pytest.param("QH13", ["L", "BL", "NQ"], id="National Assembly"),
    pytest.param("UBTVQH14", ["PL", "NQ"], id="its Standing Committee"),
    pytest.param("NQ-UBTVQH15", ["NQ"], id="individual resolution"),
    pytest.param("CT-TTg", ["CT"], id="directive"),
    pytest.param("CT-CS", ["CT", "CV"], id="directive, or the tax office's letter"),
    pytest.param("QĐ/TW", ["QĐ", "QyĐ"], id="the Party's QĐ is a decision or a regulation"),
    pytest.param("TT/TU", ["TTri"], id="the Party's TT"),
    pytest.param("TT-BTTTT", ["TT"], id="circular"),
    pytest.param("L-CTN", ["L-CTN"], id="the President's order"),
    pytest.param("CV/TW", ["CV"], id="the Party's letters say so"),
    pytest.param("", [], id="nothing"),
])
def test_a_symbol_tells_which_kinds_it_may_be(symbol, codes):
    assert [kind.code for kind in kinds_of_symbol(symbol)] == codes
