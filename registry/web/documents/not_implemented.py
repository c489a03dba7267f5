"""Văn bản chưa có văn bản triển khai: the list that a leader asks for."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.roles import Permission
from registry.domain.tables import Column, Table
from registry.domain.values import Direction
from registry.services import not_implemented as waiting
from registry.services import organisations, reference
from registry.services.not_implemented import MOST_DAYS, Wanted
from registry.web.access import requires
from registry.web.addresses import issuer_in_address
from registry.web.context import actor, db, today
from registry.web.documents.blueprint import bp
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.fields import read_id
from registry.web.paging import here, here_with


@bp.get("/not-implemented")
@requires(Permission.READ)
def not_implemented() -> ResponseReturnValue:
    """List the directives that nothing carries out; the filters stand in the address."""
    faults: list[str] = []
    wanted = _wanted(faults)
    page = waiting.find(db(), wanted, actor=actor(), on=today(), before=request.args.get("before"),
                        after=request.args.get("after"))
    issuer = organisations.get_choice(db(), wanted.issuer_id)
    return render_template("documents/not_implemented.html", page=page, wanted=wanted, faults=faults, issuer=issuer,
                           kinds=reference.kinds(db()), directions=(Direction.INCOMING, Direction.EXTERNAL),
                           here_with=here_with, files=offered(url_for(".export_not_implemented"), here()),
                           narrowed=bool(wanted.issuer_id or wanted.kind_id or wanted.year))


@bp.get("/not-implemented/export")
@requires(Permission.EXPORT)
def export_not_implemented() -> ResponseReturnValue:
    """Send the whole list as a file."""
    wanted = _wanted([])
    page = waiting.find(db(), wanted, actor=actor(), on=today())
    columns = [Column(_("Số, ký hiệu"), 18), Column(_("Ngày văn bản"), 12), Column(_("Số ngày"), 10, "right"),
               Column(_("Loại"), 18), Column(_("Cơ quan ban hành"), 34), Column(_("Trích yếu"), 80), Column(_("Ngày đến"), 12)]
    rows = ((one.row.number, one.row.issued_on, one.days, one.row.kind, one.row.issuer, one.row.subject,
             one.row.received_on) for one in waiting.find_all(db(), wanted, actor=actor(), on=today()))
    table = Table(_("Văn bản chưa có văn bản triển khai"), columns, rows, told(_filtered_by(wanted)))
    return answer(chosen_format(), table, name="chua-trien-khai", total=page.total if page.total_is_exact else None,
                  taken=Taken("not_implemented", changes={"days": wanted.days}))


def _filtered_by(wanted: Wanted) -> list[str]:
    kinds = {kind.id: kind.name for kind in reference.kinds(db())} if wanted.kind_id else {}
    issuer = organisations.get_choice(db(), wanted.issuer_id)
    return [words for words in (
        _("quá %(days)s ngày", days=wanted.days),
        _("Văn bản cấp trên được viện dẫn") if wanted.direction == Direction.EXTERNAL else _("Văn bản đến"),
        kinds.get(wanted.kind_id or 0, ""), issuer.name if issuer else "",
        _("năm %(year)s", year=wanted.year) if wanted.year else "") if words]


def _wanted(faults: list[str]) -> Wanted:
    args = request.args
    default = Wanted()
    typed = args.get("days", "").strip()
    days = default.days
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and int(typed) <= MOST_DAYS:
        days = int(typed)
    elif typed:
        faults.append(_("Số ngày phải từ 0 đến %(most)s; đang dùng %(days)s ngày.", most=MOST_DAYS, days=days))
    return Wanted(
        days=days,
        direction=Direction.EXTERNAL if args.get("direction") == Direction.EXTERNAL else default.direction,
        issuer_id=issuer_in_address(faults), kind_id=read_id(args.get("kind_id", "").strip()),
        year=read_id(args.get("year", "").strip()))
