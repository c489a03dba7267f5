"""Registering, reading and changing documents, as the pages show it, on both databases."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from registry.domain.roles import Role
from registry.models import RegisterBook
from registry.services import document_lists
from registry.services.document_lists import DocumentFilter
from tests.factories import CLERK


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


def form_of(office, **changes):
    """The fields that a browser sends for an outgoing plan."""
    return {
        "direction": "outgoing", "kind_id": str(office.kinds["KH"]), "issuer": "Ủy ban nhân dân tỉnh Hà Nam",
        "number": "325/KH-UBND", "issued_on": "04/02/2021", "subject": "ứng dụng công nghệ thông tin",
        "urgency": "0", "book_id": "", "field_id": "",
        "request_id": "0b8f4c7e-0000-4000-8000-00000000000" + str(len(changes)), **changes}


def register(clerk, office, **changes):
    return clerk.post("/documents/new", data=form_of(office, **changes))


def held(office):
    return [row.number for row in document_lists.find_documents(office.db, DocumentFilter(), actor=CLERK).rows]


def test_after_saving_the_form_is_empty_but_for_what_a_series_has_in_common(clerk, office):
    response = register(clerk, office, book_id=str(office.books["KH"]), number="", symbol="KH-UBND")
    assert response.status_code == 302
    page = clerk.get(response.location).text
    assert "01/KH-UBND" in page
    assert f'<option selected value="{office.books["KH"]}">' in page
    assert f'<option selected value="{office.kinds["KH"]}">' in page
    assert 'value="Ủy ban nhân dân tỉnh Hà Nam"' in page
    assert re.search(r'<textarea[^>]*name="subject"[^>]*>\s*</textarea>', page)


def test_text_pasted_in_an_old_encoding_is_kept_and_shown_in_unicode(clerk, office):
    response = register(clerk, office, subject="vÒ viÖc t¨ng c\u00adêng phßng, chèng dÞch", notes="veà vieäc giao chæ tieâu")
    assert response.status_code == 302
    (row,) = document_lists.find_documents(office.db, DocumentFilter(), actor=CLERK).rows
    page = clerk.get(f"/documents/{row.id}").text
    assert row.subject == "về việc tăng cường phòng, chống dịch"
    assert row.subject in page
    assert "về việc giao chỉ tiêu" in page


def test_the_issuer_is_understood_without_tone_marks_and_in_short(clerk, office):
    found = clerk.get("/documents/issuers.json?q=ubnd ha nam").json
    assert found[0]["value"] == "Ủy ban nhân dân tỉnh Hà Nam"


def test_a_refused_form_comes_back_filled_and_says_why_by_the_field(clerk, office):
    response = register(clerk, office, number="kế hoạch", notes="ghi chú dài", issued_on="31/02/2021")
    assert response.status_code == 422
    assert "không bắt đầu bằng số" in response.text or "Không có ngày" in response.text
    assert "Không có ngày “31/02/2021” trong lịch" in response.text
    for typed in ("ghi chú dài", "31/02/2021", "kế hoạch", "ứng dụng công nghệ thông tin"):
        assert typed in response.text
    assert held(office) == []


def test_a_duplicate_shows_the_first_one_and_is_kept_only_with_a_reason(clerk, office):
    register(clerk, office)
    response = register(clerk, office, number="325 / kh-ubnd", request_id="x")
    assert response.status_code == 422
    assert "đã có văn bản" in response.text
    assert 'href="/documents/1"' in response.text
    assert register(clerk, office, request_id="y", duplicate_reason="hai bản khác nhau").status_code == 302
    assert held(office) == ["325/KH-UBND", "325/KH-UBND"]


def test_a_warning_is_saved_once_the_clerk_confirms(clerk, office):
    response = register(clerk, office, number="325/QĐ-UBND")
    assert response.status_code == 422
    assert 'name="confirmed"' in response.text
    assert register(clerk, office, number="325/QĐ-UBND", confirmed="y", request_id="z").status_code == 302


def test_what_is_confirmed_at_once_was_all_shown_the_gap_in_the_book_too(clerk, office):
    book = str(office.books["KH"])
    response = register(clerk, office, number="20/QĐ-UBND", book_id=book)
    assert "Ký hiệu QĐ-UBND không phải của loại" in response.text
    assert "Số cuối trong sổ là 0; số này bỏ qua 19 số." in response.text
    asked = clerk.get(f"/documents/advice.json?direction=outgoing&book_id={book}&number=20/KH-UBND&issued_on=04/02/2021")
    assert asked.json["warnings"] == ["Số cuối trong sổ là 0; số này bỏ qua 19 số."]


def test_a_number_in_between_asks_for_its_reason_by_the_field(clerk, office):
    book = str(office.books["KH"])
    register(clerk, office, number="1/KH-UBND", book_id=book)
    response = register(clerk, office, number="1a/KH-UBND", book_id=book, request_id="x")
    assert 'id="insert_reason-error"' in response.text
    assert register(clerk, office, number="1a/KH-UBND", book_id=book, insert_reason="bỏ sót", request_id="x").status_code == 302


def test_a_closed_book_is_still_shown_and_printed_but_gives_no_number(clerk, office):
    key = office.books["KH"]
    register(clerk, office, number="", symbol="KH-UBND", book_id=str(key))
    with office.db.begin() as session:
        session.get_one(RegisterBook, key).active = False
    page = clerk.get("/books").text
    assert f'href="/books/{key}?year=2021">Sổ kế hoạch</a> <span class="tag">Đã đóng</span>' in page
    assert f'href="/books/{key}/print?year=2021"' in page
    assert "Giữ các số tiếp theo" not in clerk.get(f"/books/{key}?year=2021").text
    refused = clerk.post(f"/books/{key}/reserve?year=2021", data={"count": "1", "reason": "để dành"})
    assert refused.status_code == 422
    assert "Sổ đã đóng, không cấp số nữa." in refused.text


def test_a_second_window_is_told_what_the_first_one_changed(clerk, office):
    register(clerk, office)
    clerk.post("/documents/1/edit", data=form_of(office, version="1", notes="ghi chú của cửa sổ một"))
    response = clerk.post("/documents/1/edit", data=form_of(office, version="1", subject="trích yếu của cửa sổ hai"))
    assert response.status_code == 422
    assert "ghi chú của cửa sổ một" in response.text
    assert "trích yếu của cửa sổ hai" in response.text


def test_an_unknown_issuer_is_added_for_review_only_on_confirmation(clerk, office):
    response = register(clerk, office, issuer="Ban Quản lý dự án Sông Châu")
    assert response.status_code == 422
    assert "vào ngày của văn bản" in response.text
    assert register(clerk, office, issuer="Ban Quản lý dự án Sông Châu", confirmed="y").status_code == 302
    assert "Ban Quản lý dự án Sông Châu" in clerk.get("/documents").text


def test_what_a_document_cites_is_shown_on_both_pages(clerk, office):
    register(clerk, office, ref_relation="implements", ref_number="21/QĐ-TTg ngày 06/01/2021", ref_id="")
    page = clerk.get("/documents/1").text
    assert "triển khai thực hiện" in page
    assert "21/QĐ-TTg" in page
    assert "được triển khai thực hiện bởi" in clerk.get("/documents/2").text


def test_a_reference_that_cannot_be_read_is_marked_in_its_row(clerk, office):
    response = register(clerk, office, ref_relation="implements", ref_number="quyết định hôm qua", ref_id="")
    assert response.status_code == 422
    assert "quyết định hôm qua" in response.text
    assert held(office) == []


def test_an_incoming_document_gets_its_arrival_number(clerk, office):
    response = register(clerk, office, direction="incoming", book_id=str(office.books["đến"]),
                        received_on="05/02/2021", number="12/CT-TTg", kind_id=str(office.kinds["CT"]),
                        issuer="Thủ tướng Chính phủ", handed_to="Phòng CNTT")
    page = clerk.get(response.location).text
    assert "số đến <strong>01</strong>" in page
    assert "Phòng CNTT" in clerk.get("/documents/1").text


def test_the_advice_while_typing_names_the_next_number_and_the_twin(clerk, office):
    register(clerk, office)
    body = office.committee
    found = clerk.get(f"/documents/advice.json?direction=outgoing&book_id={office.books['KH']}&kind_id="
                      f"{office.kinds['KH']}&issuer_id={body}&number=325/kh-ubnd&issued_on=04/02/2021").json
    assert (found["next_number"], found["symbol"]) == ("01/KH-UBND", "KH-UBND")
    assert [(one["number"], one["exact"]) for one in found["likenesses"]] == [("325/KH-UBND", True)]


def test_the_advice_proposes_the_kind_that_the_number_tells_and_the_book_that_would_give_it(clerk, office):
    asked = f"/documents/advice.json?propose_book=1&issuer_id={office.committee}&issued_on=04/02/2021"
    assert clerk.get(f"{asked}&direction=incoming").json["book_id"] == office.books["đến"]
    assert clerk.get(asked).json["book_id"] is None  # two would do
    found = clerk.get(f"{asked}&number=1/kh-ubnd").json
    assert (found["kind_id"], found["book_id"]) == (office.kinds["KH"], office.books["KH"])
    assert clerk.get(f"{asked}&number=325/kh-ubnd").json["book_id"] is None  # years of numbers would be skipped
    register(clerk, office, number="1/KH-UBND", book_id=str(office.books["KH"]))
    assert clerk.get(f"{asked}&number=1/kh-ubnd").json["book_id"] is None  # given: the twin is shown, a reason asked for


def test_a_document_with_neither_number_nor_book_is_asked_about_and_numbered_later(clerk, office):
    assert "Văn bản chưa có số và không vào sổ nào" in register(clerk, office, number="").text
    saved = register(clerk, office, number="", confirmed="y", request_id="")
    assert "không vào sổ và chưa có số" in clerk.get(saved.location).text
    edit = form_of(office, number="", symbol="KH-UBND", book_id=str(office.books["KH"]), version="1")
    assert clerk.post("/documents/1/edit", data=edit).status_code == 302
    page = clerk.get("/documents/1").text
    assert "<h1>Kế hoạch 01/KH-UBND</h1>" in page
    assert "Sổ kế hoạch, năm 2021, số 01" in page
    assert 'name="book_id"' not in clerk.get("/documents/1/edit").text  # the book keeps it from now on


def test_editing_keeps_the_history_in_words(clerk, office):
    register(clerk, office)
    edit = form_of(office, subject="trích yếu đã sửa", version="1", kind_id=str(office.kinds["BC"]), confirmed="y")
    assert clerk.post("/documents/1/edit", data=edit).status_code == 302
    page = clerk.get("/documents/1").text
    assert "trích yếu đã sửa" in page
    assert "loại văn bản" in page
    assert "→ Báo cáo" in page


def test_an_edit_of_an_older_version_loses_nothing(clerk, office):
    register(clerk, office)
    first = form_of(office, subject="người thứ nhất", version="1")
    assert clerk.post("/documents/1/edit", data=first).status_code == 302
    response = clerk.post("/documents/1/edit", data=form_of(office, subject="người thứ hai", version="1"))
    assert response.status_code == 422
    assert "người thứ hai" in response.text
    assert "người thứ nhất" in clerk.get("/documents/1").text


def test_cancelling_asks_for_a_reason_and_restoring_brings_back(clerk, office):
    register(clerk, office)
    refused = clerk.post("/documents/1/cancel", data={"version": "1", "reason": " "})
    assert refused.status_code == 422
    assert clerk.post("/documents/1/cancel", data={"version": "1", "reason": "ban hành nhầm"}).status_code == 302
    assert "ban hành nhầm" in clerk.get("/documents/1").text
    assert "Đã hủy" in clerk.get("/documents").text
    assert clerk.post("/documents/1/restore", data={"version": "2", "reason": ""}).status_code == 302
    assert "Đã hủy</span>" not in clerk.get("/documents/1").text


def test_looking_a_number_up_leads_to_the_document(clerk, office):
    register(clerk, office)
    assert clerk.get("/documents/lookup?q=325").location == "/documents/1"
    register(clerk, office, number="326/KH-UBND", request_id="b", subject="an toàn giao thông")
    assert "326/KH-UBND" in clerk.get("/documents/lookup?q=kh-ubnd").text
    assert clerk.get("/documents/lookup?q=an toan giao thong").location.startswith("/search?q=an")
    assert "Không có văn bản nào mang số này" in clerk.get("/documents/lookup?q=999/KH-UBND").text


def test_the_list_is_filtered_by_its_address(clerk, office):
    register(clerk, office)
    register(clerk, office, number="12/BC-UBND", kind_id=str(office.kinds["BC"]), request_id="b")
    page = clerk.get(f"/documents?kind_id={office.kinds['BC']}").text
    assert ">12/BC-UBND</a>" in page
    assert ">325/KH-UBND</a>" not in page
    assert "nay là Ủy ban nhân dân tỉnh Ninh Bình" in page
    assert "Không đọc được ngày" in clerk.get("/documents?since=31/02/2021").text


def test_chosen_columns_stay(clerk, office):
    register(clerk, office, signer_name="Trần Thị B")
    assert "Trần Thị B" not in clerk.get("/documents").text
    clerk.get("/documents?columns=1&column=signer")
    page = clerk.get("/documents").text
    assert "Trần Thị B" in page
    assert '<td class="subject">' not in page


def test_a_document_that_does_not_exist_is_a_clear_404(clerk, office):
    for path in ("/documents/99", "/documents/99/edit", "/documents/99999999999999999999", "/books/99"):
        assert clerk.get(path).status_code == 404


def test_numbers_are_reserved_and_voided_on_the_page_of_the_book(clerk, office):
    book = office.books["KH"]
    assert clerk.post(f"/books/{book}/reserve", data={"year": "2021", "count": "2", "reason": "chờ ký"}).status_code == 302
    assert "chờ ký" in clerk.get(f"/books/{book}?year=2021").text
    assert clerk.post("/books/entries/1/void", data={"reason": ""}).status_code == 422
    assert clerk.post("/books/entries/1/void", data={"reason": "không ban hành"}).status_code == 302
    assert "không ban hành" in clerk.get(f"/books/{book}?year=2021&state=voided").text
    refused = clerk.post(f"/books/{book}/start", data={"year": "2021", "last_ordinal": "1"})
    assert refused.status_code == 422
    assert re.search(r'Sổ kế hoạch</a>.*?class="figure"[^>]*>03<', clerk.get("/books").text, re.DOTALL)


def test_the_list_of_books_asks_as_much_for_many_as_for_few(app, clerk, office):
    def asked():
        said = []
        event.listen(app.extensions["registry.engine"], "before_cursor_execute", lambda *args: said.append(args[2]))
        clerk.get("/books")
        return len(said)

    few = asked()
    with office.db.begin() as session:
        session.add_all([RegisterBook(name=f"Sổ {n}", direction="internal") for n in range(5)])
    assert asked() == few


def test_a_reader_sees_the_list_but_may_not_register(office, client_as):
    reader = client_as(Role.READER)
    assert reader.get("/documents").status_code == 200
    for path in ("/documents/new", "/books"):
        assert reader.get(path).status_code == 403


def test_a_printed_list_says_what_it_leaves_out(clerk, office):
    page = clerk.get(f"/documents?direction=outgoing&kind_id={office.kinds['KH']}&year=2021&since=01/02/2021").text
    assert "In ngày 22/6/2021. Bộ lọc: Đi; Kế hoạch; năm 2021; từ ngày 01/02/2021." in page
    assert "Bộ lọc" not in clerk.get("/documents").text
