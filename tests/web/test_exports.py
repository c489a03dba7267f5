"""Lists and books as files: what the screen shows, in every format, and back from Excel."""

from __future__ import annotations

import csv
import io
import re
import threading
from datetime import date
from functools import partial

import docx
import openpyxl
import pypdfium2
import pytest

from registry.domain.roles import Role
from registry.services import books, exporting
from registry.web import background
from registry.web.exports import answering
from tests.conftest import NOON
from tests.factories import CLERK


@pytest.fixture
def clerk(office, client_as):
    return client_as(Role.CLERK)


@pytest.fixture
def plans(office):
    for n, subject in ((1, "=HYPERLINK(1)"), (2, "chuyển đổi số"), (3, "an toàn thông tin")):
        office.register(number=f"{n:02d}/KH-UBND", subject=subject, issued_on=date(2021, n, 4), signer_name="Lê Văn B")


def rows_of(response):
    return list(openpyxl.load_workbook(io.BytesIO(response.data)).active.iter_rows(values_only=True))


def test_a_list_leaves_with_the_filter_the_columns_and_the_order_of_the_screen(clerk, plans):
    clerk.get("/documents?columns=1&column=subject&column=signer")
    address = re.search(r'href="(/documents/export\?[^"]*format=xlsx)"', clerk.get(
        "/documents?since=01/02/2021&order=asc").text)[1].replace("&amp;", "&")
    rows = rows_of(clerk.get(address))
    assert rows == [
        ("Danh sách văn bản", None, None, None), ("Bộ lọc: từ ngày 01/02/2021.", None, None, None),
        ("Xuất ngày 22/6/2021.", None, None, None), (None,) * 4, ("Số, ký hiệu", "Trích yếu", "Người ký", "Tình trạng"),
        ("02/KH-UBND", "chuyển đổi số", "Lê Văn B", None), ("03/KH-UBND", "an toàn thông tin", "Lê Văn B", None)]


def test_the_same_list_as_csv_and_word(clerk, plans):
    response = clerk.get("/documents/export?format=csv")
    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows[-1][0] == "01/KH-UBND"
    assert "'=HYPERLINK(1)" in rows[-1]
    document = docx.Document(io.BytesIO(clerk.get("/documents/export?format=docx").data))
    assert [row.cells[0].text for row in document.tables[0].rows] == [
        "Số, ký hiệu", "03/KH-UBND", "02/KH-UBND", "01/KH-UBND"]


def test_who_may_not_export_sees_no_menu_and_gets_no_file(client_as, plans):
    reader = client_as(Role.READER)
    assert "/documents/export" not in reader.get("/documents").text
    assert reader.get("/documents/export").status_code in {302, 403}
    assert "sửa rồi nhập lại" not in client_as(Role.LEADER).get("/documents").text


def test_restricted_documents_are_in_nobodys_file_who_may_not_read_them(office, client_as):
    office.register(number="07/KH-UBND", restricted=True)
    assert "07/KH-UBND" not in client_as(Role.OFFICIAL).get("/documents/export?format=csv").text
    assert "07/KH-UBND" in client_as(Role.LEADER).get("/documents/export?format=csv").text


def test_an_export_stands_in_the_trail(clerk, client_as, plans):
    clerk.get("/documents/export?format=csv")
    assert "Xuất" in client_as(Role.ADMINISTRATOR).get("/audit").text


@pytest.mark.parametrize("address", [
    "/documents/export?format=exe", "/documents/export?endpoint=x&_external=1&since=hôm qua&issuer=zz",
    "/organisations/export?level=central&format=csv", "/documents/not-implemented/export?days=x"])
def test_odd_addresses_still_give_a_file(clerk, plans, address):
    response = clerk.get(address)
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_long_list_is_made_behind_a_page_and_fetched_by_its_owner_alone(clerk, client_as, plans, monkeypatch):
    monkeypatch.setitem(answering._MOST_AT_ONCE, answering.Format.XLSX, 2)
    sent = clerk.get("/documents/export?format=xlsx")
    page = clerk.get(sent.location).text
    assert "Tệp van-ban.xlsx đã sẵn sàng" in page
    fetched = re.search(r'url=([^"]+)"', page)[1]
    assert len(rows_of(clerk.get(fetched))) == 7
    leader = client_as(Role.LEADER)
    assert leader.get(sent.location).status_code == 404
    assert leader.get(fetched).status_code == 404
    assert clerk.get("/exports/../../etc").status_code == 404


def test_a_fault_while_a_long_file_is_made_is_told_with_its_reference(clerk, plans, monkeypatch, caplog):
    monkeypatch.setitem(answering._MOST_AT_ONCE, answering.Format.XLSX, 2)
    monkeypatch.setattr(answering, "write", lambda *_given, **_how: 1 / 0)
    page = clerk.get(clerk.get("/documents/export?format=xlsx").location).text
    reference = re.search(r"mã tra cứu (\w+)", page)[1]
    assert reference in caplog.text


def test_one_person_has_a_few_long_files_under_way_and_waits_with_the_next(app, clerk, client_as, plans, monkeypatch):
    monkeypatch.setitem(answering._MOST_AT_ONCE, answering.Format.XLSX, 2)
    monkeypatch.setattr(answering.background, "run", lambda *_given, **_how: None)  # none of them gets done
    address = "/documents/export?format=xlsx"
    waiting = [clerk.get(address) for _ in range(exporting.MOST_UNDER_WAY)]
    assert {one.status_code for one in waiting} == {302}
    refused = clerk.get(address)
    assert refused.status_code == 422
    assert "4 tệp chờ xuất" in refused.text
    entries = client_as(Role.ADMINISTRATOR).get("/audit?action=export").text
    assert entries.count('data-label="Số"') == exporting.MOST_UNDER_WAY
    assert client_as(Role.LEADER).get(address).status_code == 302
    data, token = app.extensions["registry.config"].data, waiting[0].location.rpartition("/")[2]
    user_id = int(next((data / "exports").glob(f"*-{token}.json")).name.partition("-")[0])
    exporting.fail(data, user_id, token, "0")
    assert clerk.get(address).status_code == 302


def test_the_works_of_one_person_take_turns_and_hold_up_nobody_else(app, monkeypatch):
    monkeypatch.setattr(background, "_PATIENCE_SECONDS", 0)
    both, ended, done = threading.Barrier(2, timeout=10), threading.Semaphore(0), []

    def work(name, waits=lambda: None):
        waits()
        done.append(name)
        ended.release()

    app.testing = False
    with app.test_request_context():
        for user_id, name, waits in ((1, "first", both.wait), (1, "second", lambda: None), (2, "other's", both.wait)):
            background.run(partial(work, name, waits), turn=("x", user_id), name=name, waits=lambda: None)
    assert all(ended.acquire(timeout=10) for _ in range(3))
    assert done.index("first") < done.index("second")


def test_the_numbers_of_a_book_leave_with_their_state(office, clerk):
    office.register(number="", symbol="KH-UBND", book_id=office.books["KH"])
    books.reserve(office.db, office.books["KH"], 2021, 1, "họp báo", actor=CLERK, at=NOON)
    rows = rows_of(clerk.get(f"/books/{office.books['KH']}/export?year=2021&state=reserved"))
    assert rows[-1] == ("02", None, "Đang giữ", None, "họp báo", "22/6/2021 12:00")


def test_books_leave_only_with_those_who_keep_them(office, client_as):
    book = office.books["KH"]
    office.register(number="", symbol="KH-UBND", book_id=book, subject="nội dung kín", restricted=True)
    for address in (f"/books/{book}/export?year=2021&format=csv", f"/books/{book}/print/file?year=2021&format=xlsx",
                    "/books/post/file?year=2021&format=xlsx"):
        assert client_as(Role.OFFICIAL).get(address).status_code == 403
        assert client_as(Role.CLERK).get(address).status_code == 200


def test_a_book_is_printed_with_its_cover_in_each_format(office, clerk):
    book = office.books["KH"]
    for month in (1, 2):
        office.register(number="", symbol="KH-UBND", book_id=book, issued_on=date(2021, month, 4))
    page = clerk.get(f"/books/{book}/print?year=2021&volume=02").text
    assert "Từ ngày 04 tháng 01 năm 2021 đến ngày 04 tháng 02 năm 2021" in page
    assert "Đơn vị, người nhận bản lưu" in page
    files = f"/books/{book}/print/file?year=2021&volume=02&format="
    pdf = pypdfium2.PdfDocument(clerk.get(f"{files}pdf").data)
    cover, inner = (" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pdf)
    pdf.close()
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in cover
    assert "Quyển số: 02" in cover
    assert "01/KH-UBND" in inner
    assert [row for row in rows_of(clerk.get(f"{files}xlsx")) if row[0] == "02/KH-UBND"]
    document = docx.Document(io.BytesIO(clerk.get(f"{files}docx").data))
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in [line.text for line in document.paragraphs]
    assert document.tables[0].rows[2].cells[0].text == "01/KH-UBND"


def test_a_volume_that_was_kept_is_proposed_at_the_next_printing(office, clerk):
    book = office.books["KH"]
    for _number in range(3):
        office.register(number="", symbol="KH-UBND", book_id=book)
    page = clerk.get(f"/books/{book}/print?year=2021&first=2&volume=02").text
    assert "Ghi nhớ quyển 02" in page
    kept = clerk.post(f"/books/{book}/print/volumes?year=2021&first=2&volume=02", follow_redirects=True).text
    assert "Đã ghi nhớ quyển 02" in kept
    page = clerk.get(f"/books/{book}/print?year=2021", follow_redirects=True).text
    assert "Quyển số: 02" in page
    assert "Từ số 02 đến số 03" in page
    assert "Từ số 01 đến số 03" in clerk.get(f"/books/{book}/print?year=2021&first=1").text, "the whole year is there still"
    refused = clerk.post(f"/books/{book}/print/volumes?year=2021&first=1&volume=01")
    assert refused.status_code == 422
    assert "Quyển 02 đã có một phần các số này" in refused.text
    forget = re.search(r'action="([^"]*/forget[^"]*)"', page)[1].replace("&amp;", "&")
    clerk.post(forget)
    assert "Ghi nhớ quyển" not in clerk.get(f"/books/{book}/print?year=2021").text


@pytest.mark.parametrize("query", ["since=31/02/2021", "first=9&last=1", "first=x", "year=1"])
def test_a_period_that_cannot_be_is_told_by_its_field_and_no_file_is_made(office, clerk, query):
    book = office.books["KH"]
    for address in (f"/books/{book}/print?{query}", f"/books/{book}/print/file?{query}"):
        response = clerk.get(address)
        assert response.status_code == 422
        assert "alert" in response.text


def test_the_post_book_says_where_envelopes_are_entered_and_shows_them(office, clerk):
    assert "Số lượng bì ghi ở trang đăng ký" in clerk.get("/books/post?year=2021").text
    document = office.register(number="12/BC-UBND", kind_id=office.kinds["BC"], recipients="Bộ Nội vụ")
    form = clerk.get(f"/documents/{document}/edit").text
    assert 'name="envelopes"' in form
    clerk.post(f"/documents/{document}/edit", data={
        "version": 1, "direction": "outgoing", "number": "12/BC-UBND", "kind_id": office.kinds["BC"],
        "issuer": "Ủy ban nhân dân tỉnh Hà Nam", "issuer_id": office.committee, "issued_on": "04/02/2021",
        "subject": "báo cáo", "recipients": "Bộ Nội vụ", "envelopes": "3"})
    page = clerk.get("/books/post?year=2021").text
    assert "Bộ Nội vụ" in page
    assert ">3</td>" in page


def edited(response, number, column, value):
    """Return the file with one cell changed, as Excel saves it."""
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if row[0].value == "Số, ký hiệu")
    place = next(cell.column for cell in head if cell.value == column)
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == number)
    sheet.cell(row, place).value = value
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_a_list_edited_in_excel_shows_its_differences_before_they_are_written(office, clerk, plans):
    assert "Excel để sửa rồi nhập lại" in clerk.get("/documents").text
    file = edited(clerk.get("/documents/export/editable?sort=number"), "02/KH-UBND", "Người ký", "Trần Thị C")
    sent = clerk.post("/imports", data={"file": (file, "van-ban-de-sua.xlsx")}, content_type="multipart/form-data")
    compared = clerk.get(sent.location)
    assert compared.location.startswith("/changes/")
    page = clerk.get(compared.location).text
    assert "1 văn bản có thay đổi, 2 như trong sổ, 0 bị từ chối" in page
    assert "<del>Lê Văn B</del>" in page
    assert "<ins>Trần Thị C</ins>" in page
    assert "Trần Thị C" not in clerk.get("/documents?columns=1&column=signer", follow_redirects=True).text
    office.register(number="09/KH-UBND")
    assert "1 văn bản có thay đổi" in clerk.post(f"{compared.location}/again", follow_redirects=True).text

    written = clerk.post(f"{compared.location}/write")
    assert "đã ghi 1 văn bản, 2 như trong sổ, 0 bị từ chối" in clerk.get(written.location).text
    assert "Trần Thị C" in clerk.get("/documents").text
    assert clerk.post(f"{compared.location}/write").status_code == 404


def test_comparing_goes_on_behind_a_page_that_tells_how_far_it_is(clerk, plans, monkeypatch):
    file = edited(clerk.get("/documents/export/editable"), "02/KH-UBND", "Người ký", "Trần Thị C")
    sent = clerk.post("/imports", data={"file": (file, "van-ban-de-sua.xlsx")}, content_type="multipart/form-data")
    address, left = clerk.get(sent.location).location, []
    with monkeypatch.context() as patched:
        patched.setattr(background, "run", lambda work, **_how: left.append(work))
        for _ in range(2):  # the second look does not begin it again
            page = clerk.get(address).text
            assert "Đang so sánh với sổ" in page
            assert 'http-equiv="refresh"' in page
    assert len(left) == 1


def test_changes_are_for_those_who_register(office, client_as, plans):
    leader = client_as(Role.LEADER)
    assert leader.get("/documents/export/editable").status_code in {302, 403}
    assert leader.get("/changes/" + "0" * 32).status_code in {302, 403}
    assert client_as(Role.CLERK).get("/changes/" + "0" * 32).status_code == 404


def test_the_result_of_changes_is_no_result_of_an_import(clerk, plans):
    file = edited(clerk.get("/documents/export/editable"), "02/KH-UBND", "Người ký", "Trần Thị C")
    sent = clerk.post("/imports", data={"file": (file, "van-ban-de-sua.xlsx")}, content_type="multipart/form-data")
    token = sent.location.rpartition("/")[2]
    clerk.post(f"/changes/{token}/write")
    assert clerk.get(f"/imports/{token}/result").status_code == 404
    assert clerk.get(f"/imports/{token}/refused.csv").status_code == 404
