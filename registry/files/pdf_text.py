"""PDF: the words of each page with their places, by PDFium."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from registry.domain import page_layout
from registry.domain.file_errors import FileFault, FileUnreadable
from registry.domain.page_layout import Word
from registry.files import legacy_fonts
from registry.files.values import FileText, Limits

_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
_SPACES = frozenset((0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x00))
_TEXT_ANNOTATIONS = frozenset((raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET))
_MOST_ANNOTATIONS = 2000
_FEW_CHARACTERS = 200
"""A page with fewer and pictures over most of it is a scan, perhaps with the text of a signature on it."""
_NEXT_TO_NONE, _MANY_STROKES = 10, 200
"""Letters that are drawn as lines, as some printers do, are no text either."""
_HEAD = 0.38
"""The part of the first page that holds number and date."""
# "Chỉ thị số 12/CT-TTg ngày 15 tháng 4 năm 2025" in the text below is neither.
_NUMBER = re.compile(r"S[ốỐ]\s*[:.]?\s*\d{1,5}\s*[-/]")
_DAY = re.compile(r",\s*ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}")


Box = tuple[float, float, float, float]
"""Left, top, right, bottom of the page as shown, y growing down."""


@dataclass(slots=True)
class Page:
    """What stands on a page."""

    words: list[Word] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    is_picture: bool = False
    """Whether all of it must be read by OCR."""
    stamps: tuple[Box, ...] = ()
    """Pictures in the head of a first page whose text lacks number or date."""
    legacy: bool = False


def read_pdf(path: Path, limits: Limits) -> FileText:
    """Return the text layer of a PDF.

    Raises:
        FileUnreadable: encrypted, damaged, or beyond ``limits``.
    """
    with open_pdf(path, limits) as document:
        pages = list(read_pages(document, limits))
    if not any(pages):
        raise FileUnreadable(FileFault.DAMAGED)
    return put_together(pages, [page.words if page else [] for page in pages])


def put_together(pages: Sequence[Page | None], words: Sequence[Sequence[Word]]) -> FileText:
    """Return the text of pages whose words are ``words``."""
    texts = [page_layout.page_text(page) for page in page_layout.without_running_heads(words)]
    pictures = any(page and page.is_picture for page in pages)
    stamps = any(page and page.stamps for page in pages)
    notes = ["image_pages"] * pictures + ["stamp_over_head"] * stamps + ["pages_unreadable"] * (None in pages)
    notes += ["legacy_font"] * any(page and page.legacy for page in pages)
    return FileText(unicodedata.normalize("NFC", "\f".join(texts)), len(pages), "text", pictures or stamps, tuple(notes))


def open_pdf(path: Path, limits: Limits) -> pdfium.PdfDocument:
    """Return the open file.

    Raises:
        FileUnreadable: encrypted, damaged, or more pages than ``limits`` allow.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        fault = FileFault.ENCRYPTED if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else FileFault.DAMAGED
        raise FileUnreadable(fault) from error
    if len(document) > limits.pages:
        raise FileUnreadable(FileFault.TOO_MANY_PAGES, limits.pages)
    if not len(document):
        raise FileUnreadable(FileFault.DAMAGED)
    return document


def read_pages(document: pdfium.PdfDocument, limits: Limits) -> Iterator[Page | None]:
    """Give each page in turn; None for one that is damaged.

    Raises:
        FileUnreadable: more characters than ``limits`` allow.
    """
    characters = 0
    for index in range(len(document)):
        try:
            page = page_with_stamps(document, index)
        except pdfium.PdfiumError:
            yield None
            continue
        try:
            read = _read(page)
            if index == 0 and not read.is_picture:
                read.stamps = _stamps(page, read)
        finally:
            page.close()
        characters += sum(len(word.text) for word in read.words)
        if characters > limits.characters:
            raise FileUnreadable(FileFault.TOO_LONG, limits.characters)
        yield read


def page_with_stamps(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """Return a page with its stamps, typed-on texts and form fields made part of it, in memory only.

    Number and date of a signed file are often such a stamp; its text then stands where it is shown.
    """
    page = document[index]
    count = min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)
    if not any(_holds_text(page, at) for at in range(count)):
        return page
    flattened = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    if not flattened:
        return page
    page.close()
    return document[index]


def _holds_text(page: pdfium.PdfPage, at: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page.raw, at)
    if not annotation:
        return False
    try:
        return raw.FPDFAnnot_GetSubtype(annotation) in _TEXT_ANNOTATIONS
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _read(page: pdfium.PdfPage) -> Page:
    width, height = page.get_size()
    read = Page(width=width, height=height)
    textpage = page.get_textpage()
    try:
        letters = _letters(textpage.raw)
        read.words = list(_words(textpage.raw, letters, _upright(page), read))
    finally:
        textpage.close()
    characters = sum(len(word.text) for word in read.words)
    drawn = characters < _NEXT_TO_NONE and raw.FPDFPage_CountObjects(page.raw) > _MANY_STROKES
    read.is_picture = drawn or (characters < _FEW_CHARACTERS and _covered(page, width * height))
    return read


def _upright(page: pdfium.PdfPage) -> Any:
    """Return the function that brings a box of the page's own space to the page as shown, y growing down."""
    left, bottom, right, top = page.get_cropbox()
    turn = page.get_rotation()

    def place(box: raw.FS_RECTF) -> tuple[float, float, float, float]:
        x0, x1, y0, y1 = box.left - left, box.right - left, top - box.top, top - box.bottom
        if turn == 90:
            return bottom_up - y1, x0, bottom_up - y0, x1
        if turn == 180:
            return across - x1, bottom_up - y1, across - x0, bottom_up - y0
        if turn == 270:
            return y0, across - x1, y1, across - x0
        return x0, y0, x1, y1

    across, bottom_up = right - left, top - bottom
    return place


@dataclass(slots=True)
class _Letter:
    index: int
    code: int


def _letters(textpage: Any) -> list[_Letter]:
    count = raw.FPDFText_CountChars(textpage)
    return [_Letter(index, raw.FPDFText_GetUnicode(textpage, index)) for index in range(max(count, 0))]


def _words(textpage: Any, letters: list[_Letter], place: Any, page: Page) -> Iterator[Word]:
    """Join letters to words: a space, a step to another line or a gap ends one."""
    rect = raw.FS_RECTF()
    text: list[str] = []
    box: list[float] = []
    first = 0
    for letter in letters:
        if letter.code in _SPACES:
            if text:
                yield _word(textpage, first, text, box, page)
                text = []
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, letter.index, rect):
            continue
        left, top, right, bottom = place(rect)
        if text and _apart(box, left, top, right, bottom):
            yield _word(textpage, first, text, box, page)
            text = []
        if not text:
            first, box = letter.index, [left, top, right, bottom]
        else:
            box = [min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom)]
        text.append(_HYPHENS.get(letter.code) or chr(letter.code))
    if text:
        yield _word(textpage, first, text, box, page)


def _apart(box: list[float], left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a letter does not belong to the word in ``box``: on another line, or too far away."""
    size = max(bottom - top, 0.1)
    return (top + bottom) / 2 > box[3] or (top + bottom) / 2 < box[1] or left - box[2] > 0.25 * size or right < box[0]


def _word(textpage: Any, first: int, text: list[str], box: list[float], page: Page) -> Word:
    written = "".join(text)
    if not written.isascii() and not legacy_fonts.is_unicode(written):  # asking for the font takes time
        encoding = legacy_fonts.encoding_of(_font(textpage, first))
        if encoding:
            converted = legacy_fonts.convert(written, encoding)
            page.legacy |= converted != written
            written = converted
    return Word(written, *box)


def _font(textpage: Any, index: int) -> str:
    length = raw.FPDFText_GetFontInfo(textpage, index, None, 0, None)
    if length <= 1 or length > 200:
        return ""
    name = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(textpage, index, name, length, None)
    return name.value.decode("latin-1")


def _covered(page: pdfium.PdfPage, area: float) -> bool:
    """Whether pictures cover most of the page."""
    return sum((right - left) * (bottom - top) for left, top, right, bottom in _pictures(page)) > 0.4 * area


def _pictures(page: pdfium.PdfPage) -> list[Box]:
    place = _upright(page)
    boxes = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = thing.get_bounds()
        boxes.append(place(raw.FS_RECTF(left, max(top, bottom), right, min(top, bottom))))
    return boxes


def _stamps(page: pdfium.PdfPage, read: Page) -> tuple[Box, ...]:
    """Return the pictures that may hold what the head's text lacks, number or date."""
    head = " ".join(word.text for row in page_layout.make_rows(read.words) for word in row if word.top < _HEAD * read.height)
    if _NUMBER.search(head) and _DAY.search(head):
        return ()
    return tuple(box for box in _pictures(page) if box[1] < _HEAD * read.height and box[3] - box[1] < 0.5 * read.height)
