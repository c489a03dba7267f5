"""The pages of the register books."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.domain.tables import Column, Table
from registry.services import books
from registry.web.access import requires
from registry.web.books.blueprint import bp
from registry.web.context import actor, db, now, today
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.fields import LineField, Required, WholeNumberField
from registry.web.filters import moment
from registry.web.forms import Form, show_on, status
from registry.web.labels import ENTRY_STATES, label
from registry.web.paging import here


class ReserveForm(Form):
    """How many numbers to set aside, and why."""

    count = WholeNumberField(_("Số lượng"), [Required()], low=1, high=50)
    reason = LineField(_("Lý do"), [Required()], longest=500)


class StartForm(Form):
    """The last number that the paper book gave."""

    last_ordinal = WholeNumberField(_("Số cuối đã dùng trên sổ giấy"), [Required()], low=0, high=999_999)


class VoidForm(Form):
    """Why a reserved number will not be used."""

    reason = LineField(_("Lý do"), [Optional()], longest=500)


@bp.get("")
@requires(Permission.REGISTER)
def index() -> ResponseReturnValue:
    """List the books with this year's next numbers, the closed ones last: they are still looked up and printed."""
    year = today().year
    return render_template("books/index.html", rows=books.following(db(), year), year=year)


@bp.get("/<int:book_id>")
@requires(Permission.REGISTER)
def show(book_id: int) -> ResponseReturnValue:
    """Show the numbers of a book's year, the newest first."""
    return _page(book_id, ReserveForm(count=1), StartForm())


@bp.get("/<int:book_id>/export")
@requires(Permission.REGISTER)
def export(book_id: int) -> ResponseReturnValue:
    """Send the numbers of a book's year as a file; the book itself in its form is printed, see ``printing``."""
    state = _state()
    page = books.show(db(), book_id, _year(), state=state, limit=1)
    columns = [Column(gettext("Số"), 8, "right"), Column(gettext("Số, ký hiệu"), 20), Column(gettext("Tình trạng"), 12),
               Column(gettext("Trích yếu"), 70), Column(gettext("Lý do"), 30), Column(gettext("Vào sổ lúc"), 18)]
    rows = ((f"{row.ordinal:02d}{row.suffix}", row.number, label(ENTRY_STATES, row.state), row.subject, row.reason,
             moment(row.taken_at)) for row in books.find_all(db(), book_id, page.year, state=state))
    table = Table(f"{page.book.name}, {gettext('năm %(year)s', year=page.year)}", columns, rows, told(
        [label(ENTRY_STATES, state)] if state else []))
    return answer(chosen_format(), table, name=f"so-{page.year}", total=page.used + page.reserved + page.voided,
                  taken=Taken("book", book_id, f"{page.book.name} {page.year}"))


def _state() -> str | None:
    given = request.args.get("state", "")
    return given if given in ENTRY_STATES else None


def _page(book_id: int, reserve_form: ReserveForm, start_form: StartForm) -> ResponseReturnValue:
    state = _state()
    page = books.show(db(), book_id, _year(), below=request.args.get("below"), state=state)
    refused = reserve_form if reserve_form.errors else start_form
    return render_template("books/show.html", page=page, reserve_form=reserve_form, start_form=start_form,
                           state=state or "", files=offered(url_for(".export", book_id=book_id), here())), status(refused)


def _year() -> int:
    text = request.values.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today().year


@bp.post("/<int:book_id>/reserve")
@requires(Permission.REGISTER)
def reserve(book_id: int) -> ResponseReturnValue:
    """Set numbers aside."""
    form = ReserveForm()
    if form.validate_on_submit():
        try:
            taken = books.reserve(db(), book_id, _year(), form.count.data or 0, form.reason.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Đã giữ các số: %(numbers)s.", numbers=", ".join(f"{one:02d}" for one in taken)), "success")
            return redirect(url_for(".show", book_id=book_id, year=_year()))
    return _page(book_id, form, StartForm(formdata=None))


@bp.post("/<int:book_id>/start")
@requires(Permission.REGISTER)
def start(book_id: int) -> ResponseReturnValue:
    """Go on behind the paper book."""
    form = StartForm()
    if form.validate_on_submit():
        try:
            books.start_year(db(), book_id, _year(), form.last_ordinal.data or 0, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Sổ sẽ cấp tiếp từ số %(next)s.", next=f"{(form.last_ordinal.data or 0) + 1:02d}"), "success")
            return redirect(url_for(".show", book_id=book_id, year=_year()))
    return _page(book_id, ReserveForm(formdata=None), form)


@bp.route("/entries/<int:entry_id>/void", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def void(entry_id: int) -> ResponseReturnValue:
    """Ask for the reason, then cross a reserved number out."""
    entry = books.get_entry(db(), entry_id)
    form = VoidForm()
    if form.validate_on_submit():
        try:
            books.void(db(), entry_id, form.reason.data, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Đã hủy số %(number)s.", number=entry.number), "success")
            return redirect(url_for(".show", book_id=entry.book_id, year=entry.year))
    return render_template("books/void.html", form=form, entry=entry), status(form)
