"""The picture of a chain in words and colours: what stands in each box, and the legend.

Colours are presentation attributes, which the content-security policy allows, so that the picture looks the
same as a file of its own. None of them is the only sign: the border tells what is cancelled or not held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.chain_picture import Box, Picture, draw
from registry.domain.dates import print_short_date
from registry.services.chain import Chain, ChainDocument, Standing

_LONGEST_HEAD = 29
_LONGEST_TEXT = 35
_LEGEND_WIDTH = 176
_LEGEND_HEIGHT = 22
_NARROWEST = 560


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of one colour."""

    name: object
    fill: str
    stroke: str
    kinds: frozenset[str]


_GROUPS = (
    Group(_("Luật, nghị định, thông tư"), "#e3ecf9", "#3b62a6",
          frozenset(("HP", "BL", "L", "PL", "NĐ", "TT", "TTLT", "NQLT", "L-CTN", "VBHN", "SLE", "QCVN", "TCVN"))),
    Group(_("Chỉ thị, công điện"), "#fdeed6", "#a8670c", frozenset(("CT", "CĐ", "TTri"))),
    Group(_("Nghị quyết, quyết định, kết luận"), "#efe6f7", "#75479c", frozenset(("NQ", "QĐ", "QyĐ", "QC", "KL"))),
    Group(_("Kế hoạch, chương trình, đề án"), "#e2f3e6", "#2f7a48", frozenset(("KH", "CTr", "ĐA", "DA", "PA"))),
    Group(_("Báo cáo, tờ trình"), "#ddf2f2", "#1f7377", frozenset(("BC", "TTr", "BB"))),
    Group(_("Công văn, hướng dẫn và loại khác"), "#f1f2f4", "#66717c", frozenset()),
)


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box with its words and colours."""

    box: Box
    document: ChainDocument
    head: str
    text: str
    title: str
    fill: str
    stroke: str
    dashes: str
    """Of its border; empty for a line."""
    struck: bool
    """The number is struck out: it no longer counts, or another document took its place."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of the legend, and where it stands."""

    x: int
    y: int
    name: str
    fill: str
    stroke: str
    dashes: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template needs."""

    picture: Picture
    boxes: list[DrawnBox]
    legend: list[LegendEntry]
    width: int
    height: int
    top: int
    """Where the picture begins below the legend."""


_DASHES = {Standing.IN_FORCE: "", Standing.CANCELLED: "2 3", Standing.EXTERNAL: "7 4"}
STANDINGS = {
    Standing.IN_FORCE: _("trong sổ"), Standing.CANCELLED: _("đã hủy"), Standing.EXTERNAL: _("chưa có trong sổ"),
}
ENDED = _("có văn bản thay thế, bãi bỏ")
_RED = "#a3242a"
_GREY = "#66717c"


def drawing(chain: Chain) -> Drawing:
    """Return the picture of ``chain`` ready to print."""
    picture = draw(chain.up, chain.down)
    boxes = [_drawn(box, chain.documents[box.key]) for box in picture.boxes]
    width = max(picture.width, _NARROWEST)
    legend = _legend(boxes, width)
    top = legend[-1].y + _LEGEND_HEIGHT + 4
    return Drawing(picture, boxes, legend, width, picture.height + top, top)


def _drawn(box: Box, document: ChainDocument) -> DrawnBox:
    on = f" · {print_short_date(document.issued_on)}" if document.issued_on else ""
    number = document.number or document.kind or gettext("(chưa có số)")
    group, struck = _group(document), document.ended or document.standing == Standing.CANCELLED
    return DrawnBox(
        box, document, shorten(number, _LONGEST_HEAD - len(on)) + on, shorten(document.subject, _LONGEST_TEXT),
        _title(document), group.fill, _RED if struck else group.stroke, _DASHES[document.standing], struck)


def _title(document: ChainDocument) -> str:
    name = " ".join(part for part in (document.kind, document.number) if part)
    on = gettext("ngày %(day)s", day=print_short_date(document.issued_on)) if document.issued_on else ""
    return "\n".join(part for part in (
        " ".join(part for part in (name, on) if part), document.issuer, shorten(document.subject, 300),
        f"({STANDINGS[document.standing]})", str(ENDED) if document.ended else "") if part)


def shorten(text: str, most: int) -> str:
    """Return ``text`` with at most ``most`` characters, cut between words where one ends late enough."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most * 2 // 3 else cut).rstrip(" ,;.") + "…"


def _group(document: ChainDocument) -> Group:
    return next((group for group in _GROUPS if document.kind_code in group.kinds), _GROUPS[-1])


def _legend(boxes: Iterable[DrawnBox], width: int) -> list[LegendEntry]:
    """Return what occurs in the picture, in rows as wide as it."""
    fills = {one.fill for one in boxes}
    standings = {one.document.standing for one in boxes}
    entries = [(str(one.name), one.fill, one.stroke, "") for one in _GROUPS if one.fill in fills]
    entries += [(gettext("viền đứt: %(what)s", what=STANDINGS[one]), "#ffffff", _RED if one == Standing.CANCELLED else _GREY, _DASHES[one])
                for one in Standing if _DASHES[one] and one in standings]
    if any(one.document.ended for one in boxes):
        entries.append((gettext("viền đỏ: %(what)s", what=ENDED), "#ffffff", _RED, ""))
    columns = max(1, width // (_LEGEND_WIDTH + 44))
    return [LegendEntry(10 + place % columns * (_LEGEND_WIDTH + 44), 8 + place // columns * _LEGEND_HEIGHT, *entry)
            for place, entry in enumerate(entries)]
