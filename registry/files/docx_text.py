"""DOCX: paragraphs, tables, text boxes, heads and feet of pages, notes; as Word shows it with all changes accepted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from registry.domain import text_columns
from registry.domain.file_errors import FileFault, FileUnreadable
from registry.files import legacy_fonts
from registry.files.docx_numbers import Numbering
from registry.files.docx_styles import Look, Styles
from registry.files.packages import check_package
from registry.files.values import FileText, Limits
from search_index import legacy

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICE, _FALLBACK = _COMPATIBILITY + "Choice", _COMPATIBILITY + "Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = {qn(tag) for tag in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr", "w:rPr")}
_CHANGED = tuple(qn(tag) for tag in ("w:ins", "w:del", "w:moveFrom", "w:moveTo"))
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_PARAGRAPH, _TABLE, _BOX, _RUN, _TEXT = (qn(tag) for tag in ("w:p", "w:tbl", "w:txbxContent", "w:r", "w:t"))


def read_docx(path: Path, limits: Limits) -> FileText:
    """Return the text of a Word file. Links to other files are never followed.

    Raises:
        FileUnreadable: damaged, locked, a bomb, or longer than ``limits`` allow.
    """
    check_package(path, limits)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise FileUnreadable(FileFault.DAMAGED) from error
    reader = _Reader(document, limits)
    text = reader.whole()
    notes = ["legacy_font"] * reader.legacy + ["tracked_changes"] * reader.changed
    return FileText(unicodedata.normalize("NFC", text), _pages(document), "text", notes=tuple(notes))


def _pages(document: Any) -> int:
    """Return the pages that Word counted when it saved the file, 1 where it said nothing."""
    for relation in document.part.package.rels.values():
        if relation.reltype == RELATION.EXTENDED_PROPERTIES and not relation.is_external:
            pages = parse_xml(relation.target_part.blob).findtext("{*}Pages") or ""
            if pages.isascii() and pages.isdigit() and len(pages) < 6:
                return max(int(pages), 1)
    return 1


class _Reader:
    """One document on its way to text."""

    def __init__(self, document: Any, limits: Limits) -> None:
        self._part = document.part
        self._body = document.element.body
        self._styles = Styles(self._related(RELATION.STYLES))
        numbering = self._related(RELATION.NUMBERING)
        self._numbering = Numbering() if numbering is None else Numbering.of(numbering)
        self._left = limits.characters
        self._limits = limits
        self.legacy = False
        self.changed = False

    def whole(self) -> str:
        """Return all text: what stands on the pages, then heads and feet of pages and notes."""
        body = list(self._blocks(self._body))
        margins: list[str] = []
        for kind in (RELATION.HEADER, RELATION.FOOTER):
            for root in self._all_related(kind):
                text = "\n".join(self._blocks(root)).strip()
                if text and not text.strip(" -–|").isdigit() and text not in margins:
                    margins.append(text)
        notes = [text for kind in (RELATION.FOOTNOTES, RELATION.ENDNOTES) for root in self._all_related(kind)
                 for text in self._blocks(root) if text.strip()]
        letterheads = [text for text in margins if text_columns.is_motto(text)]
        rest = [text for text in margins if text not in letterheads]
        text = "\n".join([*letterheads, text_columns.part_lines("\n".join(body)), *rest, *notes])
        if not self.legacy and not text.isascii():
            read, encoding = legacy.read_together(text.split("\n"))
            self.legacy = encoding is not None
            text = "\n".join(read)
        return text.strip("\n")

    def _related(self, kind: str) -> Any | None:
        return next(iter(self._all_related(kind)), None)

    def _all_related(self, kind: str) -> Iterator[Any]:
        for relation in self._part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                part = relation.target_part
                yield part.element if hasattr(part, "element") else parse_xml(part.blob)

    # -- blocks ------------------------------------------------------------------------------------

    def _blocks(self, parent: Any) -> Iterator[str]:
        """Give the paragraphs and tables in ``parent``, each as text."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                text, boxes = self._paragraph(child)
                yield text
                for box in boxes:
                    yield from self._blocks(box)
            elif child.tag == _TABLE:
                yield self._table(child)
            elif child.tag not in _GONE and isinstance(child.tag, str):
                yield from self._blocks(child)  # content controls, custom XML, inserted paragraphs, notes

    def _table(self, table: Any) -> str:
        rows = [["\n".join(self._blocks(cell)).strip() for cell in self._children(row, "w:tc")]
                for row in self._children(table, "w:tr")]
        return text_columns.table_text(rows)

    def _children(self, parent: Any, tag: str) -> Iterator[Any]:
        """Give the children of one name, also where a content control stands between."""
        for child in parent:
            if child.tag == qn(tag):
                yield child
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")}:
                yield from self._children(child, tag)

    # -- paragraphs --------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:
        """Return the text of a paragraph and the text boxes that hang on it."""
        properties = paragraph.find(qn("w:pPr"))
        runs: list[tuple[str, Look]] = []
        boxes: list[Any] = []
        self._collect(paragraph, properties, Look(), runs, boxes)
        text = self._joined(runs)
        place = self._styles.list_of(properties)
        label = self._numbering.label(*place) if place and text.strip() else ""
        self._left -= len(text)
        if self._left < 0:
            raise FileUnreadable(FileFault.TOO_LONG, self._limits.characters)
        return f"{label} {text}" if label else text, boxes

    def _collect(self, parent: Any, block: Any | None, look: Look, runs: list[tuple[str, Look]], boxes: list[Any]) -> None:
        for child in parent:
            if child.tag in _CHANGED:
                self.changed = True
            if child.tag in _GONE or not isinstance(child.tag, str):
                continue
            if child.tag == _BOX:
                boxes.append(child)
            elif child.tag == _FALLBACK and parent.find(_CHOICE) is not None:
                continue  # the same once more, for older programs
            elif child.tag in {_TEXT, _MATH_TEXT}:
                runs.append((child.text or "", look))
            elif child.tag in _BREAKS:
                runs.append((_BREAKS[child.tag], look))
            elif child.tag == _RUN:
                self._collect(child, block, self._styles.look(child.find(qn("w:rPr")), block), runs, boxes)
            else:
                self._collect(child, block, look, runs, boxes)

    def _joined(self, runs: list[tuple[str, Look]]) -> str:
        """Return the runs as one text; neighbours of one font are converted together, as VNI parts letter and mark."""
        pieces: list[str] = []
        held, look = "", Look()
        for text, own in [*runs, ("", Look(font="\0"))]:
            if own == look:
                held += text
                continue
            pieces.append(self._shown(held, look))
            held, look = text, own
        return "".join(pieces)

    def _shown(self, text: str, look: Look) -> str:
        if look.hidden:
            return ""
        encoding = legacy_fonts.encoding_of(look.font) if look.font else None
        if encoding and not text.isascii():
            converted = legacy_fonts.convert(text, encoding)
            self.legacy |= converted != text
            text = converted
        elif encoding and encoding.capitals:
            text = text.upper()
        return text.upper() if look.capitals else text
