"""The register books as they are printed: on screen, and as PDF, Word and Excel."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain.errors import NotPossible, RegistryError
from registry.domain.register_forms import COLUMNS, OF_DIRECTION, TITLES, RegisterForm
from registry.domain.roles import Permission
from registry.services import book_volumes, books, register_books
from registry.services.register_books import Volume
from registry.web.access import requires
from registry.web.books.blueprint import bp
from registry.web.context import actor, db, now, today
from registry.web.exports import Taken, answer, chosen_format, offered
from registry.web.exports.answering import BOOKS
from registry.web.fields import LineField, VietnameseDateField, WholeNumberField, read_id
from registry.web.forms import Form, from_address, show_on, status
from registry.web.paging import here, here_with
from search_index.text import fold_line

_LARGEST = 999_999
_OF_A_PART = {"since", "until", "first", "last", "volume"}
"""What in the address says which part of a year is asked for; without any of it the latest volume is."""


class VolumeForm(Form):
    """What of a book is printed; all of it stands in the address."""

    year = WholeNumberField(_("Năm"), low=1945, high=2100)
    since = VietnameseDateField(_("Từ ngày"))
    until = VietnameseDateField(_("Đến ngày"))
    first = WholeNumberField(_("Từ số"), low=1, high=_LARGEST)
    last = WholeNumberField(_("Đến số"), low=1, high=_LARGEST)
    volume = LineField(_("Quyển số"), longest=20)


@bp.get("/<int:book_id>/print")
@requires(Permission.REGISTER)
def volume(book_id: int) -> ResponseReturnValue:
    """Show the cover and the lines of a book's year, or of a part of it."""
    return _page(book_id)


@bp.get("/post")
@requires(Permission.REGISTER)
def post() -> ResponseReturnValue:
    """Show the post book (sổ gửi văn bản đi bưu điện), which the whole office shares."""
    return _page(None)


@bp.get("/<int:book_id>/print/file")
@requires(Permission.REGISTER)
def volume_file(book_id: int) -> ResponseReturnValue:
    """Send the volume as a file."""
    return _file(book_id)


@bp.get("/post/file")
@requires(Permission.REGISTER)
def post_file() -> ResponseReturnValue:
    """Send the post book as a file."""
    return _file(None)


@bp.post("/<int:book_id>/print/volumes")
@requires(Permission.REGISTER)
def keep_volume(book_id: int) -> ResponseReturnValue:
    """Keep the name and the numbers of the volume that the address asks for."""
    form = from_address(VolumeForm)
    if not form.errors:
        wanted, _forms = _wanted(book_id, form)
        try:
            book_volumes.keep(db(), wanted, actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(gettext("Đã ghi nhớ quyển %(name)s; lần in sau mở sẵn quyển này.", name=wanted.volume), "success")
            return redirect(f"{url_for('.volume', book_id=book_id)}?{here()}")
    return _page(book_id, form)


@bp.post("/<int:book_id>/print/volumes/<int:volume_id>/forget")
@requires(Permission.REGISTER)
def forget_volume(book_id: int, volume_id: int) -> ResponseReturnValue:
    """Forget a volume; the numbers in it stay as they are."""
    book_volumes.forget(db(), volume_id, actor=actor(), at=now())
    return redirect(url_for(".volume", book_id=book_id, year=request.args.get("year"), form=request.args.get("form"), first=1))


def _page(book_id: int | None, refused: VolumeForm | None = None) -> ResponseReturnValue:
    form = refused or from_address(VolumeForm)
    wanted, forms = _wanted(book_id, form)
    kept = book_volumes.kept(db(), wanted) if book_id is not None else []
    if kept and not request.args.keys() & _OF_A_PART:
        latest = kept[-1]
        return redirect(here_with(volume=latest.name, first=latest.first, last=latest.last))
    contents = None
    if not form.errors:
        try:
            contents = register_books.show(db(), wanted, actor=actor(), now=now(),
                                           after=read_id(request.args.get("after")))
        except NotPossible as error:
            show_on(form, error)
    if form.year.data is None:
        form.year.data = wanted.year
    address = url_for(".post_file") if book_id is None else url_for(".volume_file", book_id=book_id)
    return render_template(
        "books/volume.html", form=form, contents=contents, wanted=wanted, forms=forms, titles=TITLES,
        columns=COLUMNS[wanted.form], book_id=book_id, here_with=here_with, here=here, kept=kept,
        shown=next((one for one in kept if (one.name, one.first, one.last) == (
            wanted.volume, wanted.first or 1, wanted.last)), None), following=book_volumes.following(kept),
        files=offered(address, here(), BOOKS)), status(form)


def _file(book_id: int | None) -> ResponseReturnValue:
    form = from_address(VolumeForm)
    if form.errors:
        return _page(book_id)
    wanted, _forms = _wanted(book_id, form)
    try:
        table, cover, total = register_books.table(db(), wanted, actor=actor(), now=now())
    except NotPossible:
        return _page(book_id)  # which says why
    name = fold_line(cover.title).replace(" ", "-")
    return answer(chosen_format(BOOKS), table, name=f"{name}-{wanted.year}", total=total, cover=cover,
                  taken=Taken("book", book_id, table.title, {"from": cover.first, "to": cover.last}))


def _wanted(book_id: int | None, form: VolumeForm) -> tuple[Volume, tuple[RegisterForm, ...]]:
    """Return the volume that the address asks for, and the forms that its book can be printed in."""
    forms: tuple[RegisterForm, ...] = (RegisterForm.POST,)
    if book_id is not None:
        forms = OF_DIRECTION.get(books.get_choice(db(), book_id).direction, ())
    chosen = request.args.get("form", "")
    return Volume(
        RegisterForm(chosen) if chosen in forms else forms[0], form.year.data or today().year, book_id,
        form.since.data, form.until.data, form.first.data, form.last.data, form.volume.data), forms
