"""Pages as PDF, set by Typst from the templates in ``templates/print``.

Data reaches a template as JSON and is only ever shown as text, so that a subject with ``#`` or ``[`` in it
stays what it is. Templates import each other and nothing else: no network, no packages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from registry.domain.tables import writable

_REMEMBERED = 11
TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "print"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the fonts of this computer, and those that Typst brings: looking for them takes longer than a page."""
    return typst.Fonts()


def compiler(template: str) -> typst.Compiler:
    """Return a compiler of one of our templates, for many documents of one shape."""
    return typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts(),
                          package_path=str(TEMPLATES / "no-packages"))


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the pages that ``template`` (its file name) makes of ``data``, tagged for screen readers.

    ``data`` holds what JSON holds, and the template reads it with ``json(bytes(sys.inputs.data))``; dates are
    given in words, see ``registry.domain.dates``.
    """
    return compiled(compiler(template), data, tags=True)


def compiled(typesetter: typst.Compiler, data: Mapping[str, Any], *, tags: bool) -> bytes:
    """Return what ``typesetter`` makes of ``data``; ``tags`` are for screen readers and double the time and size."""
    made = typesetter.compile(
        format="pdf", pdf_tags=tags, sys_inputs={"data": writable(json.dumps(data, ensure_ascii=False))})
    if not isinstance(made, bytes):
        raise TypeError("a template makes one PDF")
    return made


def forget() -> None:
    """Let Typst drop what it remembers of the parts set so far.

    It keeps what it has set until ten documents are made without it, for those who make one again and again as they
    write. Of a long table no part comes again, and ten of them are hundreds of megabytes; ten empty pages take 2 ms.
    """
    blank = compiler("blank.typ")
    for _page in range(_REMEMBERED):
        compiled(blank, {}, tags=False)
