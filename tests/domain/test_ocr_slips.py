"""What OCR certainly misread is put right; all else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.ocr_slips import mend


@pytest.mark.parametrize(("read", "meant"), [
    pytest.param("Sơn La, ngày l9 tháng 4 năm 2O23", "Sơn La, ngày 19 tháng 4 năm 2023", id="letters for figures in a day"),
    pytest.param("Số: 9l7/QĐĐ-ƯBND", "Số: 917/QĐ-UBND", id="a number with a doubled letter"),
    pytest.param("QUYẾTĐỊNH -", "QUYẾT ĐỊNH", id="a title in one word, with dirt"),
    pytest.param("CHÍ THỊ", "CHỈ THỊ", id="a title with a wrong mark"),
    pytest.param("TĨNH ỦY SƠN LA", "TỈNH ỦY SƠN LA", id="a body and its province"),
    pytest.param("KT. CHỦ TỊCH\nPHO CHU TỊCH", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", id="a position"),
    pytest.param("Số: 12/HD-SNV", "Số: 12/HD-SNV", id="guidance is no contract"),
    pytest.param("XÃ THẠNH HÓA", "XÃ THẠNH HÓA", id="a commune is not the province of nearly that name"),
    pytest.param("tại Tĩnh ủy và chí thị", "tại Tĩnh ủy và chí thị", id="running text stays"),
    pytest.param("trong ngày 19 tháng 4", "trong ngày 19 tháng 4", id="figures stay"),
])
def test_slips(read, meant):
    assert mend(read) == meant


@given(st.text(alphabet="QĐÐUBNDốSo:lI0192/-\n ngàythánăm", max_size=80))
def test_mending_twice_changes_nothing_more(text):
    assert mend(mend(text)) == mend(text)
