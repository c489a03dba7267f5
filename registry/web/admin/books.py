"""Register books: list, add, change, close, go on from a paper book."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.services import book_lists, books, lists, organisations, settings
from registry.services.organisations_admin import resolve
from registry.web import labels
from registry.web.access import requires
from registry.web.admin.forms import BookForm, StartForm
from registry.web.context import actor, db, now, today
from registry.web.forms import show_on, status

bp = Blueprint("book_lists", __name__, url_prefix="/book-lists")


@bp.get("")
@requires(Permission.MANAGE_LISTS)
def index() -> ResponseReturnValue:
    """Show all register books."""
    return render_template("admin/books.html", rows=book_lists.find_books(db()), directions=labels.DIRECTIONS)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add() -> ResponseReturnValue:
    """Add a register book; it starts with the office itself as the issuer."""
    return _save(None, BookForm(issuer=organisations.get_label(db(), settings.get(db()).organisation_id)))


@bp.route("/<int:book_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def edit(book_id: int) -> ResponseReturnValue:
    """Change a register book."""
    row = book_lists.get_book(db(), book_id)
    return _save(row, BookForm(obj=row, data={"issuer": organisations.get_label(db(), row.issuer_id)} if row.issuer_id else None))


def _save(row: book_lists.BookRow | None, form: BookForm) -> ResponseReturnValue:
    form.kind_ids.offer([(kind.id, kind.name) for kind in lists.find_kinds(db())
                         if kind.active or (row and kind.id in row.kind_ids)])
    if form.validate_on_submit():
        try:
            book_lists.save_book(db(), row.id if row else None, form.to_book(resolve(db(), form.issuer.data, "issuer")),
                                 actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã lưu sổ %(name)s.", name=form.name.data), "success")
            return redirect(url_for(".index"))
    return render_template("admin/book.html", form=form, row=row,
                           start=StartForm(formdata=None, year=today().year)), status(form)


@bp.post("/<int:book_id>/start")
@requires(Permission.MANAGE_LISTS)
def start(book_id: int) -> ResponseReturnValue:
    """Let a year's series go on behind the last number of the paper book."""
    row = book_lists.get_book(db(), book_id)
    form = StartForm()
    if form.validate_on_submit():
        year, last = form.to_start()
        try:
            books.start_year(db(), book_id, year, last, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Sổ %(name)s năm %(year)s cấp tiếp từ số %(next)s.", name=row.name, year=year, next=f"{last + 1:02d}"),
                  "success")
            return redirect(url_for(".edit", book_id=book_id))
    shown = BookForm(formdata=None, obj=row, data={"issuer": organisations.get_label(db(), row.issuer_id)})
    shown.kind_ids.offer([(kind.id, kind.name) for kind in lists.find_kinds(db())])
    return render_template("admin/book.html", form=shown, row=row, start=form), status(form)
