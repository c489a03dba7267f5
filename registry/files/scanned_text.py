"""Files whose pages, or some of them, are pictures of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageOps

from registry.domain.errors import FileFault, FileUnreadable
from registry.files import ocr, pdf_text, scans
from registry.files.values import FileText, Limits

Progress = Callable[[int, int], None]
_DOUBTFUL = 75.0


def read_pdf(path: Path, limits: Limits, progress: Progress) -> FileText:
    """Return the text of a PDF: the text layer where a page has one, else what OCR reads.

    Raises:
        FileUnreadable: as for the text layer; too many pictures of pages, no Tesseract, no text at all.
    """
    with pdf_text.open_pdf(path, limits) as document:
        pages = list(pdf_text.read_pages(document, limits))
        pictures = [at for at, page in enumerate(pages) if page and page.is_picture]
        _check(len(pictures), limits)
        rendered = (scans.render(document[at], ocr.DPI) for at in pictures)
        read = _recognised(rendered, len(pictures), limits, progress)
    words = [list(page.words) if page else [] for page in pages]
    for at, found in zip(pictures, read, strict=True):
        words[at] = list(found.words)
    whole = pdf_text.put_together([page and replace(page, is_picture=False) for page in pages], words)
    source = "text" if not pictures else "ocr" if len(pictures) == len(pages) else "mixed"
    return _checked(replace(whole, source=source), read)


def read_image(path: Path, limits: Limits, progress: Progress) -> FileText:
    """Return what OCR reads off an image, or the pages of a TIFF.

    Raises:
        FileUnreadable: as for a PDF.
    """
    with scans.open_image(path, limits) as image:
        count = int(getattr(image, "n_frames", 1))
        _check(count, limits)
        read = _recognised(_frames(image, count), count, limits, progress)
    words = [found.words for found in read]
    whole = pdf_text.put_together([pdf_text.Page() for _ in read], words)
    return _checked(replace(whole, source="ocr"), read)


def _frames(image: Image.Image, count: int) -> Iterator[Image.Image]:
    for at in range(count):
        image.seek(at)
        yield ImageOps.exif_transpose(image).convert("RGB")


def _check(pages: int, limits: Limits) -> None:
    if pages > limits.ocr_pages:
        raise FileUnreadable(FileFault.TOO_MANY_PAGES, limits.ocr_pages)


def _recognised(pictures: Iterator[Image.Image], count: int, limits: Limits, progress: Progress) -> list[ocr.Recognised]:
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        progress(done, count)

    return list(ocr.recognise(pictures, limits, one_more)) if count else []


def _checked(whole: FileText, read: list[ocr.Recognised]) -> FileText:
    if not whole.text.strip():
        raise FileUnreadable(FileFault.NO_TEXT)
    words = sum(len(one.words) for one in read)
    sure = sum(one.confidence * len(one.words) for one in read)
    return replace(whole, notes=(*whole.notes, "low_confidence")) if words and sure < _DOUBTFUL * words else whole
