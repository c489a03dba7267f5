"""Pages as pictures."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from registry.domain.errors import FileFault, FileUnreadable
from registry.files.values import Limits

_MOST_PIXELS = 40_000_000  # an A3 page at 400 dpi has 31 million


def page_picture(path: Path, kind: str, page: int, dpi: int, limits: Limits) -> Image.Image:
    """Return page ``page`` (from 1) of a PDF or an image.

    Raises:
        FileUnreadable: no such page, or a kind without pages.
    """
    if kind == "pdf":
        from registry.files.pdf_text import open_pdf

        with open_pdf(path, limits) as document:
            if not 1 <= page <= len(document):
                raise FileUnreadable(FileFault.NO_SUCH_PAGE)
            sheet = document[page - 1]
            width, height = sheet.get_size()
            scale = dpi / 72
            if width * height * scale * scale > _MOST_PIXELS:
                scale = (_MOST_PIXELS / (width * height)) ** 0.5
            return sheet.render(scale=scale, may_draw_forms=True).to_pil()
    raise FileUnreadable(FileFault.UNSUPPORTED)


def as_png(picture: Image.Image) -> bytes:
    """Return the picture's bytes as a PNG."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
