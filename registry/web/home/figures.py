"""The figures of the first page in words, each with the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from registry.domain.dates import print_short_date
from registry.services.dashboards import HANDED_WITHIN, MAILS_WITHIN, MOST, Figure, Figures, ReservedNumbers
from registry.services.obligation_needs import Need
from registry.services.obligation_numbers import Waiting
from registry.web.filters import count as printed


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: how many of what, where to find them, and how urgent that is (``bad``, ``warn`` or nothing)."""

    number: str
    label: str
    href: str
    tone: str = ""


def cards(figures: Figures, today: date) -> list[Card]:
    """Return the figures that are not nothing, in their order."""
    since = print_short_date(today - HANDED_WITHIN)
    words: Mapping[Figure, tuple[str, str, str]] = {
        Figure.TO_REGISTER: (_("tệp chờ đăng ký"), url_for("intake.index"), "warn"),
        Figure.NOT_HANDED: (_("văn bản đến chưa chuyển (30 ngày)"), url_for(
            "documents.index", doubt="not_handed", since=since), "warn"),
        Figure.WAITING_CITATIONS: (_("viện dẫn chờ xác định"), url_for("citations.index"), "warn"),
        Figure.DUPLICATES: (_("văn bản trùng số với văn bản khác"), url_for("documents.index", doubt="duplicate"), ""),
        Figure.UNREAD_FILES: (_("văn bản có tệp không đọc được"), url_for("documents.index", doubt="unread_file"), "warn"),
        Figure.NEW_BODIES: (_("cơ quan mới cần rà soát"), url_for("organisations.index", review="y"), ""),
        Figure.MY_PLANS: (_("văn bản bạn, đơn vị bạn sẽ soạn"), url_for("programme.index", mine=1, state="open"), ""),
        Figure.MY_PLANS_LATE: (_("văn bản bạn, đơn vị bạn soạn đã quá hạn"), url_for(
            "programme.index", mine=1, state="", standing="overdue"), "bad"),
        Figure.MY_FILES: (_("hồ sơ đang lập"), url_for("case_files.index", mine=1, state="open"), ""),
        Figure.MY_FILES_DUE: (_("hồ sơ đến hạn nộp lưu"), url_for("case_files.index", mine=1, due=1), "warn"),
        Figure.PLANS_LATE: (_("văn bản dự kiến quá hạn trong cơ quan"), url_for(
            "programme.index", state="", standing="overdue"), "bad"),
        Figure.FILES_DUE: (_("hồ sơ đến hạn nộp lưu trong cơ quan"), url_for("case_files.index", due=1), "warn"),
        Figure.DIRECTIVES: (_("chỉ đạo năm %(year)s chưa có văn bản triển khai", year=today.year), url_for(
            "documents.not_implemented", year=today.year), "warn"),
        Figure.MAILS_FAILED: (_("thư không gửi được"), url_for("reminders.index", state="failed"), "bad"),
        Figure.MAILS_MAYBE_TWICE: (_("thư có thể đã gửi hai lần (7 ngày)"), url_for(
            "reminders.index", twice=1, since=print_short_date(today - MAILS_WITHIN)), "warn"),
        Figure.REMINDERS_FAILED: (_("lời nhắc không lập được thành thư"), url_for(
            "reminders.index", _anchor="unmade"), "bad"),
        Figure.LOCKED: (_("người dùng đang bị khóa vì đăng nhập sai"), url_for("users.index", locked=1), "warn"),
    }
    return [Card(number(many), *words[one]) for one, many in figures.items() if many]


def number(many: int) -> str:
    """Print a bounded count: "12", "hơn 1.000"."""
    return printed(many) if many <= MOST else _("hơn %(n)s", n=printed(MOST))


def waiting_cards(waiting: Waiting, *, manages: bool) -> list[Card]:
    """Return what waits for those who oversee or decide on obligations."""
    told = [
        (waiting.overdue, _("nhiệm vụ quá hạn trong cơ quan"), url_for(
            "obligations.index", scope="all", standing="overdue"), "bad"),
        (waiting.unit_overdue, _("nhiệm vụ quá hạn trong đơn vị"), url_for(
            "obligations.index", scope="unit", unit_id=waiting.headed, standing="overdue"), "bad"),
        (waiting.to_confirm, _("báo cáo chờ xác nhận"), url_for("obligations.index", scope="all", state="waiting"), "warn"),
        (waiting.extensions, _("đề nghị gia hạn chờ quyết định"), url_for(
            "obligations.index", scope="all" if manages else "unit", decide="1"), "warn"),
        (waiting.cancelled_documents, _("nhiệm vụ của văn bản đã hủy, chưa quyết định giữ hay hủy"), url_for(
            "obligations.index", scope="all", need=Need.CANCELLED_DOCUMENT.value), "warn"),
        (waiting.nobody_told, _("nhiệm vụ có hạn mà không có ai được nhắc"), url_for(
            "obligations.index", scope="all", need=Need.SOMEBODY.value), "warn")]
    return [Card(printed(many), label, href, tone) for many, label, href, tone in told if many]


def reserved_cards(reserved: list[ReservedNumbers]) -> list[Card]:
    """Return the numbers that books hold back, a card for each book."""
    return [Card(printed(one.count), _("số đang giữ: %(book)s %(year)s", book=one.book, year=one.year),
                 url_for("books.show", book_id=one.book_id, year=one.year, state="reserved")) for one in reserved]
