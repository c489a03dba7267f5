"""The list of case files, a new one, several handed over at once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.case_files import FileState
from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.messages import say
from registry.services import case_file_changes, case_files, reference, users
from registry.services.case_files import CaseFileFilter, CaseFileRow
from registry.web.access import may, requires
from registry.web.case_files.blueprint import bp
from registry.web.case_files.forms import CaseFileForm, HandOverForm
from registry.web.choosing import ids_chosen
from registry.web.context import account, actor, db, now, today
from registry.web.exports import BOOKS, offered
from registry.web.fields import read_id
from registry.web.forms import refusals, show_on, status
from registry.web.labels import FILE_STATES
from registry.web.paging import here, here_with


def wanted_here() -> CaseFileFilter:
    """Read the filter from the address; what cannot be read is left out."""
    given = request.args
    state = given.get("state", "")
    return CaseFileFilter(
        year=read_id(given.get("year", "").strip()), unit_id=read_id(given.get("unit_id")),
        user_id=read_id(given.get("user_id")), mine=given.get("mine") == "1",
        state=FileState(state) if state in set(FileState) else None, due=given.get("due") == "1",
        text=given.get("q", "")[:200])


@bp.get("")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """List case files, the newest year first."""
    wanted = wanted_here()
    page = case_files.find_case_files(db(), wanted, actor=actor(), today=today(), after=request.args.get("after"))
    return render_template(
        "case_files/index.html", page=page, wanted=wanted, states=FILE_STATES, today=today(),
        years=case_files.years(db()), catalogue=offered(url_for(".catalogue"), here(), BOOKS),
        for_archive=offered(url_for(".hand_over_list"), here(), BOOKS), units=reference.units(db()),
        people=users.find_users(db(), include_inactive=False), narrowed=wanted != CaseFileFilter(),
        next=here_with(after=page.after) if page.after else None,
        first=here_with(after=None) if request.args.get("after") else None)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.KEEP_CASE_FILES)
def new() -> ResponseReturnValue:
    """Open a case file; the documents that were chosen before go into it at once."""
    form = CaseFileForm()
    form.offer()
    ids = ids_chosen()
    if form.validate_on_submit():
        try:
            case_file_id = case_file_changes.create(db(), form.to_new(), actor=actor(), at=now())
        except RegistryError as error:
            show_on(form, error)
        else:
            flash(_("Đã mở hồ sơ."), "success")
            _put_in(case_file_id, ids)
            return redirect(url_for(".show", case_file_id=case_file_id))
    elif not form.is_submitted():
        person = account()
        form.year.data, form.started_on.data, form.language.data = today().year, today(), "Tiếng Việt"
        if not may(Permission.MANAGE_CASE_FILES):
            form.user_id.data = person.id
    return render_template("case_files/form.html", form=form, row=None, ids=ids, cancel=url_for(".index")), status(form)


def _put_in(case_file_id: int, ids: list[int]) -> None:
    if not ids:
        return
    try:
        many = case_file_changes.add_documents(db(), case_file_id, ids, actor=actor(), at=now())
    except RegistryError as error:
        flash(say(error), "warning")
    else:
        flash(_("Đã đưa %(n)s văn bản vào hồ sơ.", n=many), "success")


@bp.post("/hand-over")
@requires(Permission.MANAGE_CASE_FILES)
def hand_over_several() -> ResponseReturnValue:
    """Ask for the day and the record, then keep that the chosen files were handed over."""
    chosen = case_files.find_chosen(db(), ids_chosen(), actor=actor())
    confirmed = "confirmed" in request.form
    form = HandOverForm(formdata=request.form if confirmed else None, handed_over_on=today())
    if not chosen:
        flash(_("Hãy chọn hồ sơ."), "warning")
        return redirect(url_for(".index"))
    told: list[tuple[CaseFileRow, str]] = []
    if confirmed and form.validate():
        told = refusals(chosen, lambda one: case_file_changes.hand_over(
            db(), one.id, one.version, form.handed_over_on.data, form.note.data, actor=actor(), at=now()))
        flash(_("Đã ghi nhận nộp lưu %(n)s trong %(all)s hồ sơ.", n=len(chosen) - len(told), all=len(chosen)),
              "warning" if told else "success")
        if not told:
            return redirect(url_for(".index", state="handed_over"))
        chosen = [one for one, _why in told]
    return render_template("case_files/hand_over.html", form=form, chosen=chosen,
                           faults={one.id: why for one, why in told}), 422 if told or form.errors else 200
