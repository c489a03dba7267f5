"""The paragraphs of a report, held to the article that a real department published."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from registry.domain.report_paragraph import (
    Draft,
    IssuedDocument,
    in_order,
    issued_paragraph,
    name_at_home,
    name_document,
    tasks_paragraph,
)

DATA = Path(__file__).parents[2] / "registry" / "data"
DEMO = json.loads((DATA / "demo.json").read_text(encoding="utf-8"))

# Where the article departs from its own form, and what the program writes instead.
ARTICLE_ODDITIES = (
    ("Kế hoạch 346/KH-UBND ngày 05/02/2021", "Kế hoạch số 346/KH-UBND ngày 05/02/2021"),  # "số" left out
    ("05/02/2021 về việc số hóa", "05/02/2021 về số hóa"),  # "về việc" where it else says "về"
    ("Báo cáo 66/BC-UBND", "Báo cáo số 66/BC-UBND"),  # "số" left out
    ("ngày 27/5/2021 ban hành Danh mục", "ngày 27/5/2021 về ban hành Danh mục"),  # "về" left out
)


def article_paragraph() -> str:
    """The article's paragraph on documents, its white space (a double space, hard ones) made plain."""
    lines = (DATA / "demo_article.txt").read_text(encoding="utf-8").splitlines()
    return " ".join(next(line for line in lines if "đã tham mưu với UBND tỉnh ban hành" in line).split())


def demo_documents() -> list[IssuedDocument]:
    return [IssuedDocument(one["kind"], one["number"] or "",
                           date.fromisoformat(one["issued_on"]) if one["issued_on"] else None, one["subject"], place)
            for place, one in enumerate(DEMO["documents"])]


def test_the_demo_says_what_the_article_says_but_for_four_oddities_of_the_article():
    expected = article_paragraph()
    for theirs, ours in ARTICLE_ODDITIES:
        assert expected.count(theirs) == 1
        expected = expected.replace(theirs, ours)
    office, issuer = (name_at_home(name, "Hà Nam") for name in (
        DEMO["office"]["name"], "Ủy ban nhân dân tỉnh Hà Nam"))
    assert issued_paragraph(office, issuer, demo_documents()[::-1][2:] + demo_documents()[13:]) == expected


def test_normative_documents_come_first_then_the_days_and_without_date_last():
    def one(number: str, day: date | None, place: int) -> IssuedDocument:
        return IssuedDocument("Quyết định", number, day, "x", place)

    found = in_order([one("", None, 1), one("9/QĐ-UBND", date(2021, 1, 5), 2), one("10/QĐ-UBND", date(2021, 1, 5), 3),
                      one("3/2021/QĐ-UBND", date(2021, 6, 1), 4), one("1/QĐ-UBND", date(2021, 1, 4), 5), one("", None, 0)])
    assert [each.place for each in found] == [4, 5, 2, 3, 0, 1]


@pytest.mark.parametrize(("document", "said"), [
    pytest.param(IssuedDocument("Kế hoạch", "325/KH-UBND", date(2021, 2, 4), "ứng dụng CNTT"),
                 "Kế hoạch số 325/KH-UBND ngày 04/02/2021 về ứng dụng CNTT", id="whole"),
    pytest.param(IssuedDocument("Kế hoạch", "", None, "triển khai Quyết định số 1/QĐ-TTg"),
                 "Kế hoạch triển khai Quyết định số 1/QĐ-TTg", id="neither number nor date"),
    pytest.param(IssuedDocument("Công văn", "15/UBND-VX", date(2021, 10, 12), "V/v: cử cán bộ."),
                 "Công văn số 15/UBND-VX ngày 12/10/2021 về cử cán bộ", id="V/v is said once"),
    pytest.param(IssuedDocument("Quyết định", "8/QĐ-UBND", date(2021, 3, 9), "Về việc khen thưởng"),
                 "Quyết định số 8/QĐ-UBND ngày 09/3/2021 về khen thưởng", id="Về việc is said once"),
    pytest.param(IssuedDocument("Chỉ thị", "2/CT-UBND", None, "vệ sinh môi trường"),
                 "Chỉ thị số 2/CT-UBND về vệ sinh môi trường", id="near miss: a word that begins like về"),
    pytest.param(IssuedDocument("", "", date(2021, 3, 9), "nội dung"), "Văn bản ngày 09/3/2021 về nội dung", id="no kind"),
])
def test_a_document_is_named_as_reports_name_it(document, said):
    assert name_document(document) == said


def test_what_the_office_issues_itself_it_did_not_advise():
    document = IssuedDocument("Báo cáo", "5/BC-STTTT", date(2021, 1, 4), "kết quả năm 2020")
    assert issued_paragraph("Sở Y tế", None, [document]) == (
        "Sở Y tế đã ban hành: Báo cáo số 5/BC-STTTT ngày 04/01/2021 về kết quả năm 2020.")
    assert issued_paragraph("Sở Y tế", None, []) == ""


@pytest.mark.parametrize(("name", "said"), [
    ("Ủy ban nhân dân tỉnh Hà Nam", "UBND tỉnh"), ("Hội đồng nhân dân tỉnh Hà Nam", "HĐND tỉnh"),
    ("Sở Thông tin và Truyền thông tỉnh Hà Nam", "Sở Thông tin và Truyền thông"),
    ("Công an tỉnh Hà Nam", "Công an tỉnh"), ("Ủy ban nhân dân tỉnh Ninh Bình", "UBND tỉnh Ninh Bình"),
    ("Ủy ban nhân dân thành phố Huế", "UBND thành phố Huế"), ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
])
def test_bodies_of_the_own_province_are_named_without_it(name, said):
    assert name_at_home(name, "Hà Nam") == said


def test_the_tasks_of_the_next_period_read_as_the_article_puts_them():
    assert tasks_paragraph(
        "Sở Y tế", "sáu tháng cuối năm 2021",
        ["rà soát danh mục dịch vụ công.", "Rà soát danh mục dịch vụ công", "tập huấn; kiểm tra;"],
        [Draft("Kế hoạch", "cải cách hành chính năm 2022"), Draft("Quyết định", "ban hành Quy chế A", "UBND tỉnh"),
         Draft("Chương trình", "Chương trình công tác năm 2022"), Draft("Quyết định", "ban hành Quy định B", "UBND tỉnh")],
    ) == ("Để hoàn thành các nhiệm vụ sáu tháng cuối năm 2021, Sở Y tế tập trung vào các nhiệm vụ chủ yếu sau: "
          "Xây dựng Kế hoạch cải cách hành chính năm 2022; Chương trình công tác năm 2022. "
          "Rà soát danh mục dịch vụ công. Tập huấn; kiểm tra. "
          "Trình UBND tỉnh: Quyết định ban hành Quy chế A; Quyết định ban hành Quy định B./.")
    assert tasks_paragraph("Sở Y tế", "năm 2022", []) == ""
