"""The search page, as a person uses it, on both databases."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from registry.domain.roles import Role
from registry.services import indexing


@pytest.fixture
def searching(office, client_as, app):
    """An office with three documents, indexed; returns a function that signs a role in."""
    office.register(subject="bảo đảm an toàn thông tin mạng", text="Điều 1. Phòng chống mã độc.", field_id=None)
    office.register(number="12/BC-UBND", kind_id=office.kinds["BC"], subject="kết quả an toàn giao thông", signer_name="Trần Thị Bình")
    office.register(number="07/KH-UBND", subject="kỷ luật cán bộ", restricted=True)
    indexing.build(office.db, indexing.index_folder(app.extensions["registry.config"].data), "whoosh")
    return client_as


def test_words_without_tone_marks_find_the_document_and_mark_the_words(searching):
    page = searching(Role.CLERK).get("/search?q=an toan thong tin").text
    assert ">325/KH-UBND<" in page
    assert "<mark>an toàn thông tin</mark>" in page


def test_words_pasted_in_an_old_encoding_are_searched_as_meant(searching):
    page = searching(Role.CLERK).get("/search", query_string={"q": "b¶o ®¶m an toµn th«ng tin"}).text
    assert "<mark>bảo đảm an toàn thông tin</mark>" in page


def test_a_number_leads_the_results(searching):
    page = searching(Role.CLERK).get("/search?q=12/bc-ubnd").text
    assert page.index("12/BC-UBND") < page.index('aria-label="Kết quả"') + 4000
    assert "1 văn bản" in page


def test_the_address_holds_the_whole_search(searching):
    page = searching(Role.CLERK).get("/search?q=an toàn&kind=Báo cáo&sort=date").text
    assert ">12/BC-UBND<" in page
    assert ">325/KH-UBND<" not in page
    assert '<input type="hidden" name="kind" value="Báo cáo">' in page


def test_the_signer_narrows_the_search_typed_or_ticked(searching):
    clerk = searching(Role.CLERK)
    assert '☐\n      Trần Thị Bình</a> <span class="count">1</span>' in clerk.get("/search?q=an toàn").text
    for address in ("/search?q=an toàn ky:binh", "/search?q=an toàn&signer=Trần Thị Bình"):
        page = clerk.get(address).text
        assert "1 văn bản" in page
        assert ">12/BC-UBND<" in page
    assert '<input type="hidden" name="signer" value="Trần Thị Bình">' in page


def test_a_slip_of_the_finger_is_searched_as_meant_and_said(searching):
    page = searching(Role.CLERK).get("/search?q=an toàn giao thôngg").text
    assert "Có phải bạn muốn tìm" in page
    assert ">12/BC-UBND<" in page
    assert "<mark>an toàn giao thông</mark>" in page


def test_who_finds_nothing_is_told_what_else_to_try(searching):
    page = searching(Role.CLERK).get("/search?q=an toàn giao thông&kind=Luật&page=2").text
    assert "Không tìm thấy văn bản nào." in page
    assert '<a href="?q=an+to%C3%A0n+giao+th%C3%B4ng">Bỏ mọi điều kiện lọc</a>' in page


@pytest.mark.parametrize("query", [
    "(((((", '"', "-", "OR OR", "loai:", "nam:abc", "tu:99/99", "*" * 500, "a " * 2000, "\x00", "%", "/" * 40,
    "x" * 100_000, "'; DROP TABLE documents --", "<script>alert(1)</script>"])
def test_no_query_is_an_error_page(searching, query):
    response = searching(Role.CLERK).get("/search", query_string={"q": query, "page": "²", "year": "x", "since": "31/02/2021"})
    assert response.status_code == 200
    assert "Có một ngày tháng không đọc được" in response.text
    assert "<script>alert" not in response.text


def test_a_reader_neither_finds_nor_counts_what_is_restricted(searching):
    reader = searching(Role.READER)
    assert "07/KH-UBND" not in reader.get("/search?q=kỷ luật cán bộ").text
    assert "07/KH-UBND" not in reader.get("/search").text
    assert ">07/KH-UBND<" in searching(Role.LEADER).get("/search?q=kỷ luật cán bộ").text


def test_results_while_typing_begin_with_what_is_typed(searching):
    found = searching(Role.CLERK).get("/search/typing?q=an toàn thông ti").json
    assert [one["value"] for one in found] == ["325/KH-UBND"]
    assert found[0]["url"].startswith("/documents/")


def test_the_hits_are_exported_to_excel_and_the_export_is_in_the_trail(searching):
    response = searching(Role.CLERK).get("/search/export?format=xlsx&q=an toàn")
    sheet = load_workbook(io.BytesIO(response.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Kết quả tìm kiếm"
    assert rows[1][0] == "Bộ lọc: an toàn."
    assert rows[4] == ("Số, ký hiệu", "Trích yếu", "Loại", "Cơ quan ban hành", "Ngày văn bản", "Tình trạng")
    assert {row[0] for row in rows[5:]} == {"325/KH-UBND", "12/BC-UBND"}
    assert "Xuất" in searching(Role.ADMINISTRATOR).get("/audit").text


def test_chosen_columns_stand_below_each_result_and_in_the_file_with_what_narrows_the_search(searching, office):
    clerk = searching(Role.CLERK)
    chosen = clerk.get("/search?q=an toàn&kind=Kế hoạch&since=01/01/2021&columns=1&column=date&column=direction")
    page = clerk.get(chosen.location).text
    assert re.findall(r'class="about">([^<]*)<', page) == ["04/02/2021 · Chiều: Đi"]
    address = re.search(r'href="(/search/export\?[^"]*format=xlsx)"', page)[1].replace("&amp;", "&")
    rows = list(load_workbook(io.BytesIO(clerk.get(address).data)).active.iter_rows(values_only=True))
    assert rows[1][0] == "Bộ lọc: an toàn; Kế hoạch; từ ngày 01/01/2021."
    assert rows[4] == ("Số, ký hiệu", "Trích yếu", "Ngày văn bản", "Chiều", "Tình trạng")
    assert [(row[0], row[3]) for row in rows[5:]] == [("325/KH-UBND", "Đi")]


def test_a_formula_in_a_subject_stays_text_in_excel(office, client_as):
    office.register(subject="=HYPERLINK(1)")
    response = client_as(Role.CLERK).get("/search/export?format=xlsx&q=325")
    sheet = load_workbook(io.BytesIO(response.data)).active
    assert [(cell.value, cell.data_type) for cell in sheet["B"]][-1] == ("=HYPERLINK(1)", "s")


def test_a_saved_search_comes_back_and_is_the_persons_own(searching):
    clerk = searching(Role.CLERK)
    clerk.post("/search/saved", data={"name": "an toàn 2021", "address": "q=an+to%C3%A0n&year=2021"})
    assert "an toàn 2021" in clerk.get("/search").text
    assert "an toàn 2021" not in searching(Role.LEADER).get("/search").text
    assert searching(Role.LEADER).post("/search/saved/1/forget").status_code == 404
    clerk.post("/search/saved/1/forget")
    assert "an toàn 2021" not in clerk.get("/search").text


def test_while_the_index_is_away_the_page_says_so_and_still_finds(office, client_as):
    office.register(subject="an toàn thông tin")
    page = client_as(Role.CLERK).get("/search?q=an toan thong tin").text
    assert "Chỉ mục tìm kiếm đang được tạo lại" in page
    assert ">325/KH-UBND<" in page


def test_an_abbreviation_added_by_the_administrator_is_searched(searching, app):
    admin = searching(Role.ADMINISTRATOR)
    response = admin.post("/abbreviations", data={"short": "ATGTX", "long": "an toàn giao thông"})
    assert response.status_code == 302
    assert "ATGTX" in admin.get("/abbreviations?q=atgtx").text
    app.extensions["registry.index"].abbreviations_at = float("-inf")  # ten seconds later
    assert ">12/BC-UBND<" in searching(Role.CLERK).get("/search?q=ATGTX").text
    assert admin.post("/abbreviations", data={"short": "ATGTX", "long": "an toàn giao thông"}).status_code == 422
