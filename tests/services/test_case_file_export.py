"""What leaves the register of case files: lists, one file as XML and as PDF."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
from lxml import etree
from openpyxl import load_workbook

from registry.domain.case_files import FileState
from registry.domain.values import Direction
from registry.files.store import FileStore
from registry.models import Attachment, StoredFile
from registry.printing.pdf import pdf
from registry.printing.sheet import write_xlsx
from registry.services import case_file_export
from registry.services.case_files import CaseFileFilter
from tests.conftest import NOON
from tests.factories import CLERK
from tests.services.case_filing import TODAY, close, put_in


def test_the_lists_have_the_columns_of_the_decree_in_their_order(office, opened):
    one = opened(heading="Phòng Công nghệ")
    opened(code="02.CNTT", retention_years=None, heading="Phòng Công nghệ")
    put_in(office.db, one, office.register(pages=3))
    close(office.db, one, date(2020, 6, 30), version=2)
    listed = case_file_export.contents(office.db, one, actor=CLERK)
    assert [column.heading for column in listed.columns] == [
        "STT", "Số, ký hiệu văn bản", "Ngày tháng năm văn bản", "Tên loại và trích yếu nội dung văn bản",
        "Tác giả văn bản", "Tờ số/ Trang số", "Ghi chú"]
    assert list(listed.rows) == [(
        1, "325/KH-UBND", date(2021, 2, 4),
        "Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước",
        "Ủy ban nhân dân tỉnh Hà Nam", "1-3", "")]
    catalogue = case_file_export.catalogue(office.db, CaseFileFilter(year=2021), actor=CLERK, today=TODAY)
    assert [column.heading for column in catalogue.columns] == [
        "Số và ký hiệu hồ sơ", "Tên đề mục và tiêu đề hồ sơ", "Thời hạn bảo quản", "Người lập hồ sơ", "Ghi chú"]
    assert [line[:3] for line in catalogue.rows] == [
        ("", "I. PHÒNG CÔNG NGHỆ", ""), ("01.CNTT", "Ứng dụng công nghệ thông tin", "20 năm"),
        ("02.CNTT", "Ứng dụng công nghệ thông tin", "Vĩnh viễn")]
    assert "2 hồ sơ, bao gồm: 1 hồ sơ bảo quản vĩnh viễn; 1 hồ sơ bảo quản có thời hạn" in catalogue.told[1]
    handed = case_file_export.hand_over_list(office.db, CaseFileFilter(state=FileState.CLOSED), actor=CLERK, today=TODAY)
    assert [column.heading for column in handed.columns] == [
        "Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản", "Số tờ/ Số trang", "Ghi chú"]
    assert list(handed.rows) == [(1, "01.CNTT", "Ứng dụng công nghệ thông tin", "04/01/2020 - 30/6/2020", "20 năm", 3, "")]
    file = io.BytesIO()
    write_xlsx(file, handed)
    assert "MỤC LỤC" in load_workbook(file).active["A1"].value


def test_the_xml_tells_the_fields_of_annex_six_in_order_of_time(office, opened):
    one = opened()
    letter = office.register(
        number="15/SNV-VP", kind_id=office.kinds["CV"], direction=Direction.INCOMING, issued_on=date(2021, 3, 1),
        received_on=date(2021, 3, 2), book_id=office.books["đến"], subject="góp ý <dự thảo> & phụ lục", pages=2)
    put_in(office.db, one, letter)
    put_in(office.db, one, office.register(recipients="Sở Nội vụ\nLưu: VT", signer_name="Trần A", signer_position="Chủ tịch"))
    file = io.BytesIO()
    case_file_export.write_xml(office.db, file, one, actor=CLERK, at=NOON)
    root = etree.fromstring(file.getvalue())
    assert [root.findtext(name) for name in ("FileCode/FileCatalog", "FileCode/FileNotation", "Maintenance", "Rights",
                                             "StartDate", "DocTotal", "PageTotal")] == [
        "2021", "01.CNTT", "20 năm", "Không hạn chế", "2020-01-04", "2", "2"]
    first, second = root.findall("Documents/Document")
    assert [child.tag for child in first] == [
        "FileCode", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject",
        "Language", "PageAmount", "Description", "SignerInfo", "To", "To", "Priority", "IssuedAmount", "DueDate"]
    assert [child.tag for child in second][11:] == [
        "ArrivalDate", "ArrivalNumber", "SignerInfo", "Priority", "ToPlaces", "DueDate"]
    assert [first.findtext(name) for name in ("DocOrdinal", "CodeNumber", "CodeNotation", "SignerInfo/FullName")] == [
        "1", "325", "KH-UBND", "Trần A"]
    assert [second.findtext(name) for name in ("DocOrdinal", "CodeNumber", "Subject", "ArrivalNumber")] == [
        "2", "15", "góp ý <dự thảo> & phụ lục", "01"]


def attach(db, store, document_id, name, content):
    """Attach a file as if it had been uploaded and read."""
    stored = store.put(io.BytesIO(content), longest=10_000_000)
    with db.begin() as session:
        file = StoredFile(sha256=stored.sha256, size=stored.size, kind="pdf", stored_at=NOON)
        session.add(file)
        session.flush()
        session.add(Attachment(document_id=document_id, file_id=file.id, role="main", name=name, uploaded_at=NOON))


def test_the_pdf_has_a_cover_the_list_and_what_is_kept_of_each_document(office, opened, tmp_path):
    one = opened(title="Quy chế [dùng chung] #1")
    document = office.register(recipients="Sở Nội vụ", subject="dùng chung $x$ *y*")
    put_in(office.db, one, document)
    store = FileStore(tmp_path / "files")
    attach(office.db, store, document, "ban-chinh.pdf", pdf("case_file_missing.typ", {"name": "trang ký", "document": "x"}))
    attach(office.db, store, document, "hong.pdf", b"%PDF-1.4 broken")
    file = io.BytesIO()
    case_file_export.write_pdf(office.db, file, one, store=store, actor=CLERK, at=NOON)
    book = pypdfium2.PdfDocument(file.getvalue())
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in book]
    book.close()
    assert "HỒ SƠ" in pages[0]
    assert "Quy chế [dùng chung] #1" in pages[0]
    assert "MỤC LỤC VĂN BẢN, TÀI LIỆU" in pages[1]
    assert "dùng chung $x$ *y*" in pages[1]
    assert "Nơi nhận" in pages[2]
    assert "Sở Nội vụ" in pages[2]
    assert "ban-chinh.pdf; hong.pdf" in pages[2]
    assert "trang ký" in pages[3]
    assert "Không ghép được tệp “hong.pdf”" in pages[4]


def test_the_list_of_files_holds_all_of_them_however_many_are_read_at_once(office, opened, monkeypatch):
    monkeypatch.setattr(case_file_export, "_FILES_AT_ONCE", 2)
    for code in ("01", "02", "03", "04", "05"):
        opened(code=code, heading="")
    table = case_file_export.catalogue(office.db, CaseFileFilter(), actor=CLERK, today=TODAY)
    assert [row[0] for row in table.rows] == ["01", "02", "03", "04", "05"]
