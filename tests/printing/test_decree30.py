"""The shared form of administrative documents."""

from __future__ import annotations

import pypdfium2

from registry.printing import pdf


def test_the_form_has_motto_bodies_number_place_title_and_signature(tmp_path, monkeypatch):
    (tmp_path / "decree30.typ").write_text((pdf.TEMPLATES / "decree30.typ").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "letter.typ").write_text("""
#import "decree30.typ": *
#let data = json(bytes(sys.inputs.data))
#show: page-form
#letterhead(parent: data.parent, agency: data.agency, number: "Số: 15/BC-STTTT", place-date: data.day)
#title("Báo cáo", data.subject)
#data.body
#signature(authority: "KT. Giám đốc", position: "Phó Giám đốc", name: "Lê #B", recipients: ("UBND tỉnh (b/c);", "Lưu: VT."))
""", encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    made = pdf.pdf("letter.typ", {
        "parent": "UBND tỉnh Ninh Thuận", "agency": "Sở Thông tin và Truyền thông", "subject": "Tham mưu [văn bản]",
        "day": "Ninh Thuận, ngày 05 tháng 7 năm 2021", "body": "một đoạn " * 900})
    book = pypdfium2.PdfDocument(made)
    first, *_, last = [" ".join(page.get_textpage().get_text_range().split()) for page in book]
    width, height = book[0].get_size()
    book.close()
    assert (round(width), round(height)) == (595, 842)
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND TỈNH NINH THUẬN", "BÁO CÁO",
                  "Số: 15/BC-STTTT", "Ninh Thuận, ngày 05 tháng 7 năm 2021", "Tham mưu [văn bản]"):
        assert words in first
    for words in ("- UBND tỉnh (b/c);", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê #B"):
        assert words in last
    assert last.startswith("3 ")
