"""The list of planned documents, a new one, and the file for Excel."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RegistryError
from registry.domain.roles import Permission
from registry.domain.tables import Column, Table
from registry.domain.work_programme import OPEN, PlanPeriod, PlanStanding, PlanState
from registry.services import planned_changes, planned_documents, reference, users
from registry.services import settings as office
from registry.services.planned_documents import PlannedFilter
from registry.web.access import requires
from registry.web.context import actor, db, now, today
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.fields import read_id
from registry.web.forms import show_on, status
from registry.web.labels import label
from registry.web.paging import here, here_with
from registry.web.programme.blueprint import bp
from registry.web.programme.forms import PlannedForm
from registry.web.programme.words import STANDINGS, STATES, TONES, period_name


def period_here() -> PlanPeriod | None:
    """Return the period in the address; None for none, or for what is no period."""
    try:
        return PlanPeriod.read(request.args.get("period", ""))
    except ValueError:
        return None


def wanted_here() -> PlannedFilter:
    """Read the filter from the address; what cannot be read is left out. The bare list shows what is open."""
    given = request.args
    state, standing = given.get("state", "" if given.get("period") else "open"), given.get("standing", "")
    states = tuple(sorted(OPEN)) if state == "open" else (PlanState(state),) if state in set(PlanState) else ()
    return PlannedFilter(
        period=period_here(), unit_id=read_id(given.get("unit_id")), user_id=read_id(given.get("user_id")),
        mine=given.get("mine") == "1", states=states if not standing else (),
        standing=PlanStanding(standing) if standing in set(PlanStanding) else None, text=given.get("q", "")[:200])


@bp.get("")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """List planned documents, the earliest deadline first, with how far the programme has come."""
    wanted = wanted_here()
    page = planned_documents.find_planned(
        db(), wanted, actor=actor(), today=today(), after=request.args.get("after"))
    whole, units = planned_documents.progress(db(), wanted, actor=actor(), today=today())
    return render_template(
        "programme/index.html", page=page, wanted=wanted, whole=whole, progress=units, states=STATES,
        standings=STANDINGS, tones=TONES, period_name=period_name, periods=planned_documents.periods(db()),
        units=reference.units(db()), people=users.find_users(db(), include_inactive=False), today=today(),
        open_states=wanted.states == tuple(sorted(OPEN)), here_with=here_with, files=offered(url_for(".export"), here()),
        narrowed=wanted != PlannedFilter(states=tuple(sorted(OPEN))),
        next=here_with(after=page.after) if page.after else None,
        first=here_with(after=None) if request.args.get("after") else None)


@bp.get("/export")
@requires(Permission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the list as it is filtered."""
    wanted = wanted_here()
    total = planned_documents.find_planned(db(), wanted, actor=actor(), today=today(), limit=1).total
    columns = [
        Column(_("STT"), 6, "center"), Column(_("Thời hạn"), 12), Column(_("Tên văn bản"), 60), Column(_("Loại văn bản"), 16),
        Column(_("Cơ quan ban hành"), 26), Column(_("Người soạn thảo"), 22), Column(_("Đơn vị soạn thảo"), 24),
        Column(_("Kỳ"), 14), Column(_("Căn cứ"), 20), Column(_("Trạng thái"), 16),
        Column(_("Văn bản đã ban hành"), 20), Column(_("Ngày ban hành"), 12), Column(_("Lý do"), 24),
        Column(_("Ghi chú"), 24)]
    rows = ((place, row.due_on, row.title, row.kind, row.issuer, row.user, row.unit, period_name(row.period), row.directive,
             label(STATES, row.state), row.document, row.document_issued_on, row.reason, row.note)
            for place, row in enumerate(planned_documents.find_all(db(), wanted, actor=actor(), today=today()), 1))
    title = _("Chương trình công tác")
    if wanted.period:
        title = f"{title}: {period_name(wanted.period)}"
    return answer(chosen_format(), Table(title, columns, rows, told(_filtered_by(wanted))), name="chuong-trinh-cong-tac",
                  total=total, taken=Taken("planned_document"))


def _filtered_by(wanted: PlannedFilter) -> list[str]:
    """Return the filters in words, for the file."""
    units = {one.id: one.name for one in reference.units(db())} if wanted.unit_id else {}
    people = {one.id: one.full_name for one in users.find_users(db())} if wanted.user_id else {}
    said = [*(label(STATES, state) for state in wanted.states),
            label(STANDINGS, wanted.standing) if wanted.standing else "",
            units.get(wanted.unit_id or 0, ""), people.get(wanted.user_id or 0, ""), wanted.text]
    return [words for words in said if words]


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PLAN_DOCUMENTS)
def new() -> ResponseReturnValue:
    """Enter one planned document."""
    form = PlannedForm()
    form.offer()
    if form.validate_on_submit():
        given = form.to_new()
        if given is not None:
            try:
                planned_id = planned_changes.create(db(), [given], actor=actor(), at=now())[0]
            except RegistryError as error:
                show_on(form, error)
            else:
                flash(_("Đã thêm vào chương trình công tác."), "success")
                return redirect(url_for(".show", planned_id=planned_id))
    elif not form.is_submitted():
        form.show_period(period_here() or PlanPeriod.around(today()))
        form.show_issuer(office.get(db()).default_issuer_id)
        form.directive_id.data = str(read_id(request.args.get("directive_id")) or "")
        form.directive.data = request.args.get("directive", "")[:200]
    return render_template("programme/form.html", form=form, row=None, cancel=url_for(".index")), status(form)
