"""Files whose pages, or some of them, are pictures of text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path

from PIL import Image, ImageOps

from registry.domain import ocr_slips, syllables
from registry.domain.file_errors import FileFault, FileUnreadable
from registry.domain.page_layout import Word
from registry.files import ocr, pdf_text, scans
from registry.files.values import FileText, Limits, Source

Progress = Callable[[int, int], None]
_DOUBTFUL = 75.0


def read_pdf(path: Path, limits: Limits, progress: Progress) -> FileText:
    """Return the text of a PDF: the text layer where a page has one, else what OCR reads.

    Raises:
        FileUnreadable: as for the text layer; too many pictures of pages, no Tesseract, no text at all.
    """
    with pdf_text.open_pdf(path, limits) as document:
        pages = list(pdf_text.read_pages(document, limits))
        wanted = [at for at, page in enumerate(pages) if page and (page.is_picture or page.stamps)]
        _check(len(wanted), limits)
        rendered = (scans.render(document[at], ocr.DPI) for at in wanted)
        read = _recognised(rendered, len(wanted), limits, progress)
    words = [list(page.words) if page else [] for page in pages]
    for at, found in zip(wanted, read, strict=True):
        page = pages[at]
        if page:
            words[at] = _merged(page, found)
    whole = pdf_text.put_together([page and replace(page, is_picture=False, stamps=()) for page in pages], words)
    pictures = sum(page.is_picture for page in pages if page)
    source: Source = "text" if not wanted else "ocr" if pictures == len(pages) else "mixed"
    return _checked(replace(whole, source=source), read)


def _merged(page: pdf_text.Page, found: ocr.Recognised) -> list[Word]:
    """Return the words of the text layer, which are certain, and those of OCR that stand elsewhere."""
    if not found.width:  # turned: the two have no common places
        return list(found.words if page.is_picture else page.words)
    scale = page.width / found.width
    scaled = [Word(word.text, word.left * scale, word.top * scale, word.right * scale, word.bottom * scale) for word in found.words]
    if page.stamps:
        scaled = [word for word in scaled if any(_stands_in(word, box) for box in page.stamps)]
    known = [(word.left, word.top, word.right, word.bottom) for word in page.words]
    return [*page.words, *(word for word in scaled if not any(_stands_in(word, box) for box in known))]


def _stands_in(word: Word, box: pdf_text.Box) -> bool:
    """Whether the middle of a word lies in a box."""
    return box[0] <= (word.left + word.right) / 2 <= box[2] and box[1] <= word.middle <= box[3]


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


@functools.cache
def _syllable_pairs() -> syllables.SyllablePairs:
    lines = resources.files("registry.data").joinpath("syllable_pairs.txt").read_text(encoding="utf-8")
    return syllables.SyllablePairs.of(lines.splitlines())


def _checked(whole: FileText, read: list[ocr.Recognised]) -> FileText:
    if read:
        whole = replace(whole, text=syllables.with_marks(ocr_slips.mend(whole.text), _syllable_pairs()))
    if not whole.text.strip():
        raise FileUnreadable(FileFault.NO_TEXT)
    words = sum(len(one.words) for one in read)
    sure = sum(one.confidence * len(one.words) for one in read)
    return replace(whole, notes=(*whole.notes, "low_confidence")) if words and sure < _DOUBTFUL * words else whole
