"""Text out of files of every kind, made by the tests, and what the form is filled in with."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.domain.intake import read_document
from registry.files import programs
from registry.files.kinds import FileKind
from registry.files.reading import copy_pages, ocr_file, read_file, render_page
from search_index.text import fold
from tests.files import making
from tests.files.needing import needs_tesseract

FIELDS = ("number", "issued_on", "issuer", "kind", "subject", "signer")
DOCUMENTS = making.documents(18, seed=7)


def _assert_fills(text: str, made: making.Made, fields: tuple[str, ...] = FIELDS) -> None:
    read = read_document(text)
    found = {field: value.value if (value := getattr(read, field)) else None for field in fields}
    assert found == {field: getattr(made, field) for field in fields}


@pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: made.number)
def test_a_pdf_and_a_word_file_of_one_document_fill_the_form(tmp_path, made):
    (tmp_path / "a.pdf").write_bytes(making.as_pdf(made))
    making.as_docx(made, tmp_path / "a.docx")
    _assert_fills(read_file(tmp_path / "a.pdf", FileKind.PDF).text, made)
    _assert_fills(read_file(tmp_path / "a.docx", FileKind.DOCX).text, made)


def test_the_partys_documents_fill_the_form(tmp_path):
    made = making.Made("41-CV/TU", date(2024, 5, 6), "Tỉnh ủy Cao Bằng", "Công văn", "V/v tổ chức sinh hoạt chuyên đề quý II",
                       "Lý Văn Páo", body=("TỈNH ỦY CAO BẰNG",), place="Cao Bằng", capacity=("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
                       to="Các huyện ủy, thành ủy", party=True)
    (tmp_path / "a.pdf").write_bytes(making.as_pdf(made))
    _assert_fills(read_file(tmp_path / "a.pdf", FileKind.PDF).text, made)


def test_twenty_pages_are_read_within_the_time_a_clerk_waits(tmp_path):
    import time

    (tmp_path / "long.pdf").write_bytes(making.as_pdf(DOCUMENTS[0], paragraphs=290))
    began = time.perf_counter()
    read = read_file(tmp_path / "long.pdf", FileKind.PDF)
    assert read.pages >= 20
    assert time.perf_counter() - began < 5  # measured 0.3 s; the limit is for a busy machine
    _assert_fills(read.text, DOCUMENTS[0])


# -- PDF -------------------------------------------------------------------------------------------


def _pdf(source: str) -> bytes:
    return bytes(typst.compile(source.encode()))


def test_page_numbers_and_running_heads_are_left_out(tmp_path):
    source = ('#set page(height: 60mm, width: 100mm, numbering: "1", header: [Công ty Điện lực])\n'
              + "#pagebreak()\n".join(f"Nội dung trang thứ {word}" for word in ("một", "hai", "ba", "tư")))
    (tmp_path / "a").write_bytes(_pdf(source))
    pages = read_file(tmp_path / "a", FileKind.PDF).text.split("\f")
    assert pages == [f"Nội dung trang thứ {word}" for word in ("một", "hai", "ba", "tư")]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_as_it_is_shown(tmp_path, turn):
    import pypdfium2

    upright = making.as_pdf(DOCUMENTS[2])
    with pypdfium2.PdfDocument(upright) as document:
        picture = document[0].render(scale=1).to_pil().rotate(turn, expand=True)
        assert picture.size  # the page is set crosswise and turned back by its /Rotate
    turned = _pdf(f"#set page(width: {'297mm' if turn != 180 else '210mm'}, height: {'210mm' if turn != 180 else '297mm'}, margin: 0pt)\n"
                  f"#place(center + horizon, rotate({-turn}deg, reflow: false, block(width: 180mm, height: 267mm)[Số: 15/QĐ-UBND \\ Trích yếu dòng hai \\ Dòng ba]))")
    with pypdfium2.PdfDocument(turned) as document:
        document[0].set_rotation(turn)
        document.save(tmp_path / "a")
    assert read_file(tmp_path / "a", FileKind.PDF).text.split("\n") == ["Số: 15/QĐ-UBND", "Trích yếu dòng hai", "Dòng ba"]


def test_a_number_stamped_on_a_signed_file_is_read_where_it_is_shown(tmp_path):
    """The digits stand in an annotation over "So:     /QD-UBND", as document systems stamp them on."""
    def stream(content: bytes, more: bytes = b"") -> bytes:
        return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)

    font = b"/Resources<</Font<</F 5 0 R>>>>"
    (tmp_path / "a").write_bytes(making.pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[6 0 R]" + font + b">>",
        stream(b"BT /F 13 Tf 60 760 Td (So:           /QD-UBND) Tj 0 -20 Td (V/v khen thuong) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        b"<</Type/Annot/Subtype/Stamp/Rect[80 755 115 775]/F 4/AP<</N 7 0 R>>>>",
        stream(b"BT /F 13 Tf 2 5 Td (1234) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 35 20]" + font)))
    assert "".join(read_file(tmp_path / "a", FileKind.PDF).text.split("\n")[0].split()) == "So:1234/QD-UBND"


@needs_tesseract
def test_a_number_stamped_on_as_a_picture_is_missed_said_and_read_by_ocr(tmp_path):
    made = making.Made("               ", date(2024, 3, 5), "", "Quyết định", "Về việc khen thưởng", "Lê Văn Tám",
                       body=("ỦY BAN NHÂN DÂN", "TỈNH BẮC NINH"), place="Bắc Ninh")
    stamp = '#set page(width: 32mm, height: 7mm, margin: 1mm)\n#text(font: ("Liberation Serif", "Noto Serif"), size: 12pt, fill: navy)[1234/QĐ-UBND]'
    (tmp_path / "stamp.png").write_bytes(typst.compile(stamp.encode(), format="png", ppi=300))
    source = making.as_typst(made).replace("#grid(", '#place(dx: 39mm, dy: 25mm, image(read-stamp, width: 32mm))\n#grid(', 1)
    (tmp_path / "a.typ").write_text(source.replace("read-stamp", '"stamp.png"'), encoding="utf-8")
    (tmp_path / "a").write_bytes(typst.compile(str(tmp_path / "a.typ")))
    read = read_file(tmp_path / "a", FileKind.PDF)
    assert (read.needs_ocr, read.notes) == (True, ("stamp_over_head",))
    assert read_document(read.text).number is None
    assert read_document(ocr_file(tmp_path / "a", FileKind.PDF).text).number.value == "1234/QĐ-UBND"


# -- Word ------------------------------------------------------------------------------------------


def _word(tmp_path, build) -> str:
    document = docx.Document()
    build(document)
    document.save(str(tmp_path / "a"))
    return read_file(tmp_path / "a", FileKind.DOCX).text


def _xml(text: str):
    return parse_xml(text.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))


def test_inserted_words_are_read_and_deleted_ones_are_not(tmp_path):
    def build(document):
        document.element.body.insert(0, _xml(
            '<w:p><w:r><w:t xml:space="preserve">Hạn là </w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>ngày 10</w:delText>'
            '</w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>ngày 20</w:t></w:r></w:ins></w:p>'))

    assert _word(tmp_path, build) == "Hạn là ngày 20"
    assert read_file(tmp_path / "a", FileKind.DOCX).notes == ("tracked_changes",)


def test_numbers_that_word_puts_before_paragraphs_are_read(tmp_path):
    def build(document):
        for text in ("Phạm vi", "Đối tượng"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("Hồ sơ", style="List Bullet")

    assert _word(tmp_path, build).split("\n") == ["1. Phạm vi", "2. Đối tượng", "- Hồ sơ"]


def test_text_boxes_heads_of_pages_and_capitals_of_the_font_are_read(tmp_path):
    def build(document):
        run = document.add_paragraph().add_run("quyết định")
        run.font.all_caps = True
        document.element.body.insert(0, _xml(
            '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t>'
            "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"))
        document.sections[0].header.paragraphs[0].text = "Dự thảo lần 2"

    text = _word(tmp_path, build)
    assert "HỎA TỐC" in text
    assert "QUYẾT ĐỊNH" in text
    assert "Dự thảo lần 2" in text


@pytest.mark.parametrize(("font", "typed", "meant"), [
    pytest.param(".VnTime", "QuyÕt ®Þnh vÒ viÖc", "Quyết định về việc", id="TCVN3"),
    pytest.param(".VnTimeH", "quyÕt ®Þnh", "QUYẾT ĐỊNH", id="TCVN3, the font of capitals"),
    pytest.param("VNI-Times", "Quyeát ñònh veà vieäc", "Quyết định về việc", id="VNI"),
])
def test_fonts_of_the_years_before_unicode_are_read_by_their_name(tmp_path, font, typed, meant):
    def build(document):
        document.add_paragraph().add_run(typed).font.name = font

    assert _word(tmp_path, build) == meant
    assert read_file(tmp_path / "a", FileKind.DOCX).notes == ("legacy_font",)


def test_a_head_laid_out_with_tabs_is_read_column_by_column(tmp_path):
    def build(document):
        for line in ("UBND TỈNH HÀ NAM\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ TÀI CHÍNH\tĐộc lập - Tự do - Hạnh phúc",
                     "Số: 15/STC-NS\tHà Nam, ngày 05 tháng 02 năm 2021", "V/v lập dự toán", "Kính gửi: Các sở"):
            document.add_paragraph(line)

    read = read_document(_word(tmp_path, build))
    assert (read.issuer.value, read.number.value, read.issued_on.value) == ("Sở Tài chính tỉnh Hà Nam", "15/STC-NS", date(2021, 2, 5))


@pytest.mark.parametrize("rich", [True, False])
def test_an_old_word_file_is_read_where_libreoffice_is(tmp_path, rich):
    try:
        command = programs.libreoffice()
    except FileUnreadable:
        pytest.skip("LibreOffice is not installed")
    import subprocess

    made = DOCUMENTS[0]
    making.as_docx(made, tmp_path / "a.docx")
    form = "rtf" if rich else "doc"
    subprocess.run([command, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", form, "--outdir",
                    str(tmp_path), str(tmp_path / "a.docx")], capture_output=True, timeout=120, check=True)
    _assert_fills(read_file(tmp_path / f"a.{form}", FileKind.DOC).text, made)


def test_without_libreoffice_an_old_word_file_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(programs.shutil, "which", lambda _name: None)
    with pytest.raises(FileUnreadable) as caught:
        programs.libreoffice()
    assert caught.value.reason is FileFault.NEEDS_LIBREOFFICE


# -- Excel, XML ------------------------------------------------------------------------------------


def test_the_cells_of_visible_sheets_are_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Số, ký hiệu", "Ngày", 12.0])
    book.active.append(["15/QĐ-UBND", date(2021, 2, 5), None])
    book.create_sheet("ẩn").sheet_state = "hidden"
    book["ẩn"].append(["không thấy"])
    book.save(tmp_path / "a")
    assert read_file(tmp_path / "a", FileKind.XLSX).text == "Số, ký hiệu | Ngày | 12\n15/QĐ-UBND | 05/02/2021"


def test_the_text_between_tags_is_read(tmp_path):
    (tmp_path / "a").write_text("<?xml version='1.0'?><vb><so>15/QĐ-UBND</so><!-- x --><ty>Về việc <b>khen</b> thưởng</ty></vb>", encoding="utf-8")
    assert read_file(tmp_path / "a", FileKind.XML).text.split("\n") == ["15/QĐ-UBND", "Về việc", "khen", "thưởng"]


# -- scans -----------------------------------------------------------------------------------------


def test_a_scan_says_that_it_needs_ocr(tmp_path):
    (tmp_path / "a").write_bytes(making.as_scan(making.as_pdf(DOCUMENTS[0]), 1))
    read = read_file(tmp_path / "a", FileKind.PDF)
    assert (read.text, read.needs_ocr, read.notes) == ("", True, ("image_pages",))


@needs_tesseract
def test_a_scan_askew_under_a_seal_fills_the_form(tmp_path):
    made, done = DOCUMENTS[1], []
    (tmp_path / "a").write_bytes(making.as_scan(making.as_pdf(made), 3))
    read = ocr_file(tmp_path / "a", FileKind.PDF, progress=lambda pages, of: done.append((pages, of)))
    assert read.source == "ocr"
    assert done == [(1, 1)]
    _assert_fills(read.text, made, ("number", "issued_on", "kind", "signer"))
    assert fold(read_document(read.text).subject.value) == fold(made.subject)


@needs_tesseract
def test_the_pages_of_an_upside_down_fax_are_read(tmp_path):
    made = DOCUMENTS[0]
    page = making.as_pictures(making.as_pdf(made), 5)[0].rotate(180)
    page.save(tmp_path / "a", "TIFF", save_all=True, append_images=[Image.new("RGB", page.size, "white")])
    read = ocr_file(tmp_path / "a", FileKind.IMAGE)
    assert read.pages == 2
    _assert_fills(read.text, made, ("number", "issued_on", "kind"))


@needs_tesseract
def test_only_pages_without_text_are_read_by_ocr(tmp_path):
    import pypdfium2

    written, scanned = making.as_pdf(DOCUMENTS[0]), making.as_scan(making.as_pdf(DOCUMENTS[1]), 2)
    with pypdfium2.PdfDocument(written) as both, pypdfium2.PdfDocument(scanned) as scan:
        both.import_pages(scan)
        both.save(tmp_path / "a")
    done = []
    read = ocr_file(tmp_path / "a", FileKind.PDF, progress=lambda *step: done.append(step))
    first, second = read.text.split("\f")
    assert (read.source, done) == ("mixed", [(1, 1)])
    _assert_fills(first, DOCUMENTS[0])
    _assert_fills(second, DOCUMENTS[1], ("number", "issued_on"))


@needs_tesseract
def test_a_blank_page_holds_no_text(tmp_path):
    Image.new("L", (1600, 2200), 255).save(tmp_path / "a", "PNG")
    with pytest.raises(FileUnreadable) as caught:
        ocr_file(tmp_path / "a", FileKind.IMAGE)
    assert caught.value.reason is FileFault.NO_TEXT


def test_what_a_signature_shows_is_seen_in_the_picture_of_a_page_and_in_a_copy_of_it(tmp_path):
    """The field is in no list of the form, as in a document cut out of the gazette."""
    (tmp_path / "a").write_bytes(making.pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(S)/Rect[0 0 100 100]/F 4/AP<</N 5 0 R>>>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length 15>>stream\n0 0 100 100 re f\nendstream"))
    copy_pages(tmp_path / "a", tmp_path / "copy")
    for name in ("a", "copy"):
        picture = Image.open(io.BytesIO(render_page(tmp_path / name, FileKind.PDF, 1, 72))).convert("L")
        assert picture.getpixel((50, 50)) == 0


def test_a_page_is_shown_as_a_picture(tmp_path):
    (tmp_path / "a").write_bytes(making.as_pdf(DOCUMENTS[0]))
    picture = Image.open(io.BytesIO(render_page(tmp_path / "a", FileKind.PDF, 1, 50)))
    assert picture.format == "PNG"
    assert 400 < picture.width < 430
    with pytest.raises(FileUnreadable) as caught:
        render_page(tmp_path / "a", FileKind.PDF, 9)
    assert caught.value.reason is FileFault.NO_SUCH_PAGE

