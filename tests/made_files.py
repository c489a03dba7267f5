"""Files as offices send them, made for a test: a plan in the layout of Decree 30, as PDF, Word and scan."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache

import docx
import pypdfium2
import typst
from PIL import Image

from registry.pdfium import PDFIUM

_HEAD = """
#set page(paper: "a4", margin: (left: 30mm, rest: 20mm))
#set text(font: ("Liberation Serif", "DejaVu Serif", "New Computer Modern"), size: 13pt, lang: "vi")
#grid(columns: (2fr, 3fr), align: center,
  [#upper[ỦY BAN NHÂN DÂN]\\ *TỈNH HÀ NAM*\\ Số: NUMBER],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ *Độc lập - Tự do - Hạnh phúc*\\ _Hà Nam, ngày DAY tháng MONTH năm YEAR_])
#align(center)[*KẾ HOẠCH*\\ *SUBJECT*]

Căn cứ Quyết định số 21/QĐ-TTg ngày 06 tháng 01 năm 2021 của Thủ tướng Chính phủ;

BODY

#grid(columns: (1fr, 1fr), [*_Nơi nhận:_*\\ - Như trên;\\ - Lưu: VT.],
  align(center)[*TM. ỦY BAN NHÂN DÂN*\\ *CHỦ TỊCH*\\ \\ *Trương Quốc Huy*])
"""
SUBJECT = "Triển khai chuyển đổi số năm 2021 trên địa bàn tỉnh"
SENTENCE = "Các sở, ban, ngành triển khai nghiêm túc các nhiệm vụ được giao và báo cáo kết quả trước ngày 30/11/2021."


@lru_cache(maxsize=32)
def plan_pdf(number: str = "681/KH-UBND", *, subject: str = SUBJECT, body: str = SENTENCE, pages: int = 1) -> bytes:
    """Return a plan as PDF with a text layer."""
    text = "\n#pagebreak()\n".join([body, *[f"{SENTENCE} " * 25] * (pages - 1)])
    source = (_HEAD.replace("NUMBER", number).replace("DAY", "24").replace("MONTH", "3").replace("YEAR", "2021")
              .replace("SUBJECT", subject).replace("BODY", text))
    return typst.compile(source.encode())


@lru_cache(maxsize=8)
def scan_pdf(number: str = "681/KH-UBND") -> bytes:
    """Return the plan as a picture in a PDF, without any text."""
    out = io.BytesIO()
    _first_page(number, scale=2).convert("L").save(out, "PDF", resolution=144)
    return out.getvalue()


def page_png() -> bytes:
    """Return the plan's first page as a picture."""
    out = io.BytesIO()
    _first_page(scale=1).save(out, "PNG")
    return out.getvalue()


def _first_page(number: str = "681/KH-UBND", *, scale: int) -> Image.Image:
    source = plan_pdf(number)
    with PDFIUM, pypdfium2.PdfDocument(source) as document:  # tests of races call this from several threads
        return document[0].render(scale=scale).to_pil().copy()


def annex_docx(text: str = "Danh sách đơn vị thí điểm mô hình chim bồ câu") -> bytes:
    """Return a Word file with one paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return a .zip of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()
