"""Charts (biểu đồ) as SVG: told apart by pattern and label, so that they read in a black-and-white print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TypeAlias

import pygal
from lxml import etree
from pygal.style import Style

# pygal sets an importer for map plugins behind all others. None is installed, and it speaks a protocol that
# Python has left: who asks each importer, as pytest does for a second folder of tests, stops at it.
sys.meta_path[:] = [importer for importer in sys.meta_path if not isinstance(importer, pygal.PluginImportFixer)]

Series: TypeAlias = tuple[str, Sequence[int]]
"""What is counted, and how many there are for each label."""

_COLOURS = ("#1d4e6b", "#c98a1b", "#7f9db3", "#a3242a")
# Behind the first, which is plain: hatched, dotted, and crossed on white. No two look alike in grey.
_PATTERNS = (
    '<pattern id="look-1" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#ffffff"/><path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" stroke="#b3760f" stroke-width="2.5"/></pattern>',
    '<pattern id="look-2" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#dfe8ee"/><circle cx="3" cy="3" r="1.3" fill="#4a7ea5"/></pattern>',
    '<pattern id="look-3" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#ffffff"/><path d="M0,0 l7,7 M7,0 l-7,7" stroke="#a3242a" stroke-width="1.4"/></pattern>',
)
_STYLE = Style(
    background="white", plot_background="white", font_family="Liberation Sans, Arial, sans-serif", colors=_COLOURS,
    foreground="#1c2733", foreground_strong="#1c2733", foreground_subtle="#5b6875", legend_font_size=14,
    label_font_size=13, major_label_font_size=13, value_font_size=12, value_label_font_size=12, value_colors=("#1c2733",) * 4,
    guide_stroke_color="#d9dfe5", major_guide_stroke_color="#d9dfe5", opacity="1", opacity_hover="1")
_LONGEST_LABEL = 48
_LOOKS = "inline:" + "".join(
    f".color-{n} {{ fill: {f'url(#look-{n})' if n else colour} !important; stroke: {colour} !important; }}"
    for n, colour in enumerate(_COLOURS))
# Figures stand on patterns: a white edge keeps them legible. The chart's own id outdoes the rule of pygal.
_EDGE = ("inline:#chart-{id} .text-overlay text {{ stroke: #ffffff !important; stroke-width: 4px !important; "
         "paint-order: stroke !important; }}")
# On the plain dark part of a stack an edge would swallow the figure: there it is white itself.
_ON_DARK = ("inline:#chart-{id} .text-overlay .serie-0 text {{ fill: #ffffff !important; stroke: none !important; "
            "font-weight: bold; }}")


def stacked_bars(labels: Sequence[str], series: Sequence[Series], *, nothing: str) -> bytes:
    """Return lying bars of stacked parts, the first label on top; ``nothing`` is said where there is nothing to draw."""
    chart = pygal.HorizontalStackedBar(height=110 + 34 * max(len(labels), 2), show_x_guides=True, **_common(nothing))
    chart.x_labels = [_short(label) for label in reversed(labels)]
    for name, values in series:
        chart.add(name, list(reversed(values)))
    return _drawn(chart, _highest(series), _EDGE, _ON_DARK)


def stacked_columns(labels: Sequence[str], series: Sequence[Series], *, nothing: str) -> bytes:
    """Return low standing columns of stacked parts, the first label on the left."""
    chart = pygal.StackedBar(height=300, show_y_guides=True, **_common(nothing))
    chart.x_labels = list(labels)
    for name, values in series:
        chart.add(name, list(values))
    return _drawn(chart, _highest(series), _EDGE, _ON_DARK)


def _highest(series: Sequence[Series]) -> int:
    """Return how high the parts of one label reach, stacked."""
    return max((sum(values) for values in zip(*(values for _name, values in series), strict=True)), default=0)


def columns(labels: Sequence[str], series: Sequence[Series], *, nothing: str) -> bytes:
    """Return standing columns side by side, the first label on the left."""
    chart = pygal.Bar(height=380, show_y_guides=True, x_label_rotation=45 if len(labels) > 8 else 0,
                      margin_bottom=40, print_values_position="top", **_common(nothing))
    step = -(-len(labels) // 30)  # of twenty years of months, some thirty are named
    chart.x_labels = [label if place % step == 0 else "" for place, label in enumerate(labels)]
    for name, values in series:
        chart.add(name, list(values))
    return _drawn(chart, max((value for _name, values in series for value in values), default=0), _EDGE)


def _common(nothing: str) -> dict[str, object]:
    return {"style": _STYLE, "js": (), "width": 1000, "legend_at_bottom": True, "legend_at_bottom_columns": 4,
            "no_data_text": nothing, "disable_xml_declaration": True, "defs": list(_PATTERNS),
            "truncate_legend": -1, "print_values": True, "print_zeroes": False, "css": ["file://style.css", "file://graph.css", _LOOKS], "margin": 12, "spacing": 10}


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[:_LONGEST_LABEL - 1] + "…"


def _step(most: int) -> int:
    """Return the distance of four or five round marks up to ``most``: 1, 2 or 5 of a power of ten."""
    step = 1
    while most > 5 * step:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step


def _drawn(chart: pygal.graph.graph.Graph, most: int, *rules: str) -> bytes:
    chart.config.css = [*chart.config.css, *(rule.format(id=chart.uuid) for rule in rules)]
    step = _step(most)
    chart.y_labels = range(0, -(-most // step) * step + 1, step)
    tree = etree.fromstring(chart.render())  # pygal makes its tree with one of two libraries
    # Scripts move with the mouse; the page's policy lets none in.
    etree.strip_elements(tree, "{*}script", with_tail=False)
    drawn: bytes = etree.tostring(tree, encoding="utf-8")
    return drawn
