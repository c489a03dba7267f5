"""How Word shows a run: its font, whether in capitals, whether at all; from the run, its styles and the defaults."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.oxml.ns import qn

_DEEPEST = 12  # styles that rest on styles


class Look(NamedTuple):
    """What matters of how a run is shown; None where a style says nothing."""

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look where it says something, ``below`` elsewhere."""
        return Look(
            below.font if self.font is None else self.font,
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden)


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._looks: dict[str, Look] = {}
        self._defaults = Look()
        self._paragraph = ""
        if root is None:
            return
        for style in root.iter(qn("w:style")):
            name = style.get(qn("w:styleId"), "")
            self._styles[name] = style
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}:
                self._paragraph = name
        self._defaults = _look(root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))

    def look(self, run: Any | None, paragraph: Any | None) -> Look:
        """Return how a run with these properties (rPr), in a paragraph with those (pPr), is shown."""
        own = _look(run)
        named = self._style_look(_named(run, "w:rStyle"), 0)
        block = self._style_look(_named(paragraph, "w:pStyle") or self._paragraph, 0)
        return own.over(named).over(block).over(self._defaults)

    def list_of(self, paragraph: Any | None) -> tuple[str, int] | None:
        """Return the list a paragraph stands in, by its own word or its style's, and how deep."""
        numbers = paragraph.find(qn("w:numPr")) if paragraph is not None else None
        depth = 0
        name = _named(paragraph, "w:pStyle")
        for _ in range(_DEEPEST):
            if numbers is not None and numbers.find(qn("w:numId")) is not None:
                level = numbers.find(qn("w:ilvl"))
                depth = int(level.get(qn("w:val"), "0")) if level is not None else depth
                number = numbers.find(qn("w:numId")).get(qn("w:val"), "")
                return (number, depth) if number != "0" else None
            style = self._styles.get(name)
            if style is None:
                return None
            numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            name = _named(style, "w:basedOn")
        return None

    def _style_look(self, name: str, depth: int) -> Look:
        if name not in self._styles or depth > _DEEPEST:
            return Look()
        if name not in self._looks:
            style = self._styles[name]
            self._looks[name] = _look(style.find(qn("w:rPr"))).over(self._style_look(_named(style, "w:basedOn"), depth + 1))
        return self._looks[name]


def _look(properties: Any | None) -> Look:
    if properties is None:
        return Look()
    fonts = properties.find(qn("w:rFonts"))
    font = None if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
    return Look(font, _switch(properties, "w:caps"), _switch(properties, "w:vanish"))


def _switch(properties: Any, tag: str) -> bool | None:
    found = properties.find(qn(tag))
    return None if found is None else found.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _named(parent: Any | None, tag: str) -> str:
    found = parent.find(qn(tag)) if parent is not None else None
    return "" if found is None else found.get(qn("w:val"), "")
