"""Who signs a report, told from the name of the office."""

from __future__ import annotations

import pytest

from registry.domain.report_document import usual_signature


@pytest.mark.parametrize(("office", "signature"), [
    pytest.param("Ủy ban nhân dân tỉnh Hà Nam", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), id="a collective body"),
    pytest.param("Sở Thông tin và Truyền thông tỉnh Hà Nam", ("", "GIÁM ĐỐC"), id="a department"),
    pytest.param("Văn phòng Ủy ban nhân dân tỉnh", ("", "CHÁNH VĂN PHÒNG"), id="an office of a committee is no committee"),
    pytest.param("Chi cục Kiểm lâm", ("", "CHI CỤC TRƯỞNG"), id="a sub-department"),
    pytest.param("Bộ Nội vụ", ("", "BỘ TRƯỞNG"), id="a ministry"),
    pytest.param("Bộ", ("", ""), id="no whole name"),
    pytest.param("Hội Chữ thập đỏ", ("", ""), id="not known: left for a person"),
])
def test_the_head_of_the_office_signs_a_report_nobody_drafted(office, signature):
    assert usual_signature(office) == signature
