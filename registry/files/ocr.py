"""Reading letters off pictures (nhận dạng chữ) with Tesseract: words with their places, two pages at a time."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from statistics import fmean, median

from PIL import Image

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.domain.page_layout import Word
from registry.files import scans
from registry.files.programs import tesseract
from registry.files.values import Limits

DPI = 300
_AT_ONCE = 2
_GOOD = 70.0
"""Mean confidence, per cent, from which a page is taken to lie upright."""
_SURE_OF_NOTHING = 30.0
_FEW_WORDS = 8
_FEW_LETTERS = 3
_TURNS = (Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
_LETTER = re.compile("[0-9A-Za-zÀ-ɏḀ-ỹ]")
_SIGNS = re.compile(r"[-–—]|[.,;:/()\"“”*%+=&…]+")
"""What stands alone in documents; other signs are dirt, and a row of dashes is a ruled line."""
_WORD_LEVEL, _LINE_LEVEL = "5", "4"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read off one page."""

    words: tuple[Word, ...]
    confidence: float
    """Mean over the words, per cent; 0 for a page without any."""
    width: int = 0
    """Of the picture that was read; 0 where the page was turned."""

    @property
    def weight(self) -> float:
        """How much was read, and how well."""
        return len(self.words) * self.confidence**2


def recognise(pictures: Iterable[Image.Image], limits: Limits, done: Callable[[], None]) -> Iterator[Recognised]:
    """Give what stands on each picture, in order; ``done`` is called after each page.

    Raises:
        FileUnreadable: no Tesseract with Vietnamese here, or a page took too long.
    """
    command = tesseract()
    waiting: list[Future[Recognised]] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            for picture in pictures:
                waiting.append(pool.submit(_page, command, picture, limits.ocr_seconds_a_page))
                if len(waiting) > _AT_ONCE:
                    yield waiting.pop(0).result()
                    done()
            while waiting:
                yield waiting.pop(0).result()
                done()
        finally:
            for future in waiting:
                future.cancel()


def _page(command: str, picture: Image.Image, seconds: float) -> Recognised:
    """Read one page; one that makes no sense is turned and read again."""
    ready = scans.made_ready(picture)
    best = _read(command, ready, seconds)
    if best.confidence >= _GOOD or (len(best.words) < _FEW_WORDS and _is_blank(ready)):
        return best
    for turn in _TURNS:
        turned = replace(_read(command, scans.made_ready(picture.transpose(turn)), seconds), width=0)
        if turned.weight > best.weight:
            best = turned
        if best.confidence >= _GOOD:
            break
    return best


def _is_blank(picture: Image.Image) -> bool:
    """Whether next to nothing is dark."""
    return sum(picture.histogram()[:128]) < 0.001 * picture.width * picture.height


def _read(command: str, picture: Image.Image, seconds: float) -> Recognised:
    try:
        run = subprocess.run(
            [command, "stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", str(DPI), "tsv"],
            input=scans.as_png(picture), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise FileUnreadable(FileFault.TIMED_OUT) from error
    if run.returncode:
        raise FileUnreadable(FileFault.DAMAGED)
    return replace(_recognised(run.stdout.decode("utf-8", "replace")), width=picture.width)


@dataclass(slots=True)
class _Line:
    """A line as Tesseract found it."""

    words: list[tuple[Word, float]] = field(default_factory=list)
    """Each with its confidence."""

    @property
    def is_noise(self) -> bool:
        """Whether it is dirt, a stroke of a pen, the rim of a seal: next to no letters, and none for sure."""
        letters = sum(len(_LETTER.findall(word.text)) for word, _ in self.words)
        surest = max((confidence for _, confidence in self.words), default=0.0)
        return surest < _SURE_OF_NOTHING or (letters <= _FEW_LETTERS and surest < _GOOD) or not letters


def _recognised(table: str) -> Recognised:
    """Read Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    lines: list[_Line] = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12:
            continue
        left, top, width, height, confidence = (float(cell) for cell in cells[6:11])
        text = cells[11].strip()
        if not _LETTER.search(text) and not _SIGNS.fullmatch(text):
            text = ""
        if cells[0] == _LINE_LEVEL:
            lines.append(_Line())
        elif cells[0] == _WORD_LEVEL and text and lines:
            lines[-1].words.append((Word(text, left, top, left + width, top + height), confidence))
    found = _once([one for line in lines if not line.is_noise for one in _levelled(line.words)])
    confidence = fmean(confidence for _, confidence in found) if found else 0.0
    return Recognised(tuple(_evened([word for word, _ in found])), confidence)


def _once(found: list[tuple[Word, float]]) -> list[tuple[Word, float]]:
    """Return the words without those that lie over a surer one: Tesseract reads some spots twice."""
    kept: list[tuple[Word, float]] = []
    for word, confidence in sorted(found, key=lambda one: -one[1]):
        if not any(_covers(other, word) for other, _ in kept):
            kept.append((word, confidence))
    return kept


def _covers(one: Word, other: Word) -> bool:
    """Whether most of ``other`` lies under ``one``."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.6 * (other.right - other.left) and down > 0.6 * other.height


def _levelled(words: list[tuple[Word, float]]) -> Iterator[tuple[Word, float]]:
    """Give the words of a line, dashes and full stops at the height of the word next to them: their own box says little."""
    letters = [word for word, _ in words if _LETTER.search(word.text)]
    for word, confidence in words:
        if letters and not _LETTER.search(word.text):
            near = min(letters, key=lambda other: abs(other.left - word.left))
            yield Word(word.text, word.left, near.top, word.right, near.bottom), confidence
        else:
            yield word, confidence


def _evened(words: list[Word]) -> Iterator[Word]:
    """Give the words with boxes no lower than letters are: ink alone makes "an" half as tall as "Ấp"."""
    if not words:
        return
    usual = median(word.height for word in words)
    for word in words:
        if word.height < usual:
            yield Word(word.text, word.left, word.middle - usual / 2, word.right, word.middle + usual / 2)
        else:
            yield word
