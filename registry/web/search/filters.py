"""How the search page prints codes and fragments."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from search_index.highlight import Fragment

_VALUES = {
    "direction": {"outgoing": _("Văn bản đi"), "incoming": _("Văn bản đến"), "internal": _("Nội bộ"),
                  "external": _("Chỉ được viện dẫn")},
    "status": {"active": _("Đang có trong sổ"), "cancelled": _("Đã hủy")},
}
_NOTES = {
    "too_long": _("Câu tìm quá dài: chỉ phần đầu được tìm."),
    "too_many_words": _("Nhiều từ quá: chỉ những từ đầu được tìm."),
    "brackets": _("Dấu ngoặc được bỏ qua."),
    "wildcards": _("Dấu * và ? được bỏ qua; từ được tìm nguyên vẹn."),
    "bad_date": _("Có một ngày tháng không đọc được nên được bỏ qua. Ví dụ đúng: tu:01/2021."),
    "unknown_field": _("Có một trường không có nên được tìm như từ thường. Các trường: loai: so: cqbh: nam: tu: den: ky: linhvuc:"),
}


def note(code: str) -> str:
    """Return the sentence for a note of the query."""
    return str(_NOTES.get(code) or gettext("Một phần câu tìm được bỏ qua."))


def value(code: str, names: str) -> str:
    """Return the words for a coded facet value."""
    return str(_VALUES[names].get(code, code))


def pieces(fragment: Fragment) -> list[tuple[str, bool]]:
    """Cut a fragment at its marks: text, and whether it was found."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for begin, end in fragment.marks:
        cut += [(fragment.text[at:begin], False), (fragment.text[begin:end], True)]
        at = end
    return [piece for piece in [*cut, (fragment.text[at:], False)] if piece[0]]


def install(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.add_template_filter(note, "search_note")
    app.add_template_filter(value, "search_value")
    app.add_template_filter(pieces, "marked_pieces")
