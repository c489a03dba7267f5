"""Pages as pictures, made ready for reading letters: PDF pages and images, upright, straight, without seals and pens."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageOps, UnidentifiedImageError

from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files.kinds import FileKind
from registry.files.values import Limits

_MOST_PIXELS = 60_000_000
"""An A3 page at 400 dpi has 31 million; more is refused before it is unpacked."""
_RENDERED_PIXELS = 25_000_000
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_LONG_SIDE = 3508
"""Pixels of an A4 page's long side at 300 dpi, what Tesseract reads best."""
_LONG_INCHES = 12
_SHORTEST = 0.6  # a picture smaller than this part of it is made larger
_SKEW_STEPS = (0.5, 0.1)
_MOST_SKEW = 4.0
_STRAIGHT = 0.15
_VIVID = 40  # how far the strongest of the three colours, of 255, stands out where there is coloured ink
_PAPER = 110  # light, of 255, from which ink lies on paper and not on black letters
_HEAD = 0.4


@contextmanager
def open_image(path: Path, limits: Limits) -> Iterator[Image.Image]:
    """Give the open image; nothing is unpacked yet.

    Raises:
        FileUnreadable: no image, damaged, too many pixels or pages.
    """
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=_FORMATS) as image:
                if getattr(image, "n_frames", 1) > limits.pages:
                    raise FileUnreadable(FileFault.TOO_MANY_PAGES, limits.pages)
                yield image
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise FileUnreadable(FileFault.TOO_LARGE) from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            raise FileUnreadable(FileFault.DAMAGED) from error


def count_pages(path: Path, limits: Limits) -> int:
    """Return the pages of an image file."""
    with open_image(path, limits) as image:
        return int(getattr(image, "n_frames", 1))


def page_picture(path: Path, kind: str, page: int, dpi: int, limits: Limits) -> Image.Image:
    """Return page ``page`` (from 1) of a PDF at ``dpi``, or of an image, taken for A4, at no more than that.

    Raises:
        FileUnreadable: no such page, or a kind without pages.
    """
    if kind == FileKind.PDF:
        from registry.files.pdf_text import open_pdf, page_with_stamps

        with open_pdf(path, limits) as document:
            if not 1 <= page <= len(document):
                raise FileUnreadable(FileFault.NO_SUCH_PAGE)
            return render(page_with_stamps(document, page - 1), dpi)
    if kind != FileKind.IMAGE:
        raise FileUnreadable(FileFault.UNSUPPORTED)
    with open_image(path, limits) as image:
        if not 1 <= page <= int(getattr(image, "n_frames", 1)):
            raise FileUnreadable(FileFault.NO_SUCH_PAGE)
        image.seek(page - 1)
        picture = ImageOps.exif_transpose(image).convert("RGB")
    picture.thumbnail((dpi * _LONG_INCHES, dpi * _LONG_INCHES))
    return picture


def render(page: Any, dpi: int) -> Image.Image:
    """Return a PDF page as a picture; a huge page at a lower resolution."""
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > _RENDERED_PIXELS:
        scale = (_RENDERED_PIXELS / (width * height)) ** 0.5
    return page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")  # type: ignore[no-any-return]


def as_png(picture: Image.Image) -> bytes:
    """Return the picture's bytes as a PNG."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def made_ready(picture: Image.Image) -> Image.Image:
    """Return a page in grey, at the size that letters are read best, its lines level."""
    grey = _without_ink(picture)
    long_side = max(grey.size)
    if long_side > _LONG_SIDE or long_side < _SHORTEST * _LONG_SIDE:
        scale = _LONG_SIDE / long_side
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))), Image.Resampling.LANCZOS)
    angle = skew(grey)
    return grey if abs(angle) < _STRAIGHT else grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def _without_ink(picture: Image.Image) -> Image.Image:
    """Return the page in grey, seals and signatures laid over names made paper; what is dark below them stays.

    Red goes everywhere; blue only in the lower part, as numbers and dates above are written in with a blue pen.
    """
    if picture.mode in {"1", "L"}:
        return picture.convert("L")
    rgb = picture.convert("RGB")
    red, green, blue = rgb.split()
    light = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    vivid = ImageChops.subtract(light, ImageChops.darker(ImageChops.darker(red, green), blue))
    above = (0, 0, rgb.width, round(rgb.height * _HEAD))
    vivid.paste(ImageChops.subtract(red, ImageChops.lighter(green, blue)).crop(above), above)
    ink = vivid.point(lambda value: 255 if value > _VIVID else 0)
    grey = rgb.convert("L")
    if ink.getbbox() is None:
        return grey
    shades = grey.histogram()
    paper = max(range(_PAPER, 256), key=lambda shade: shades[shade])
    # A little beyond the ink: its rim is a blend with paper, greyer the more the file was compressed.
    grey.paste(light.point(lambda value: paper if value > _PAPER else value), mask=ink.filter(ImageFilter.MaxFilter(5)))
    return grey


def skew(grey: Image.Image) -> float:
    """Return by how many degrees to turn the page (counter-clockwise) so that its lines lie level."""
    small = ImageOps.invert(grey.copy() if grey.width <= 700 else grey.resize((700, round(grey.height * 700 / grey.width)), Image.Resampling.BOX))
    best, reach = 0.0, _MOST_SKEW
    for step in _SKEW_STEPS:
        angles = [best + step * at for at in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (_levelness(small, angle), -abs(angle)))
        reach = step
    return best


def _levelness(dark: Image.Image, angle: float) -> int:
    """Return how sharply lines and gaps alternate when the page is turned: the squared steps of its profile."""
    turned = dark.rotate(angle, Image.Resampling.NEAREST)
    profile = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(profile))
