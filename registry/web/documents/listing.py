"""The list of documents, its columns, and the look-up by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from registry.domain.dates import print_short_date
from registry.domain.roles import Permission
from registry.domain.tables import Table
from registry.domain.values import Direction, Status
from registry.printing.files import Format
from registry.services import books, document_lists, organisations, reference, revising
from registry.services.books import BookChoice
from registry.services.document_lists import DocumentFilter, Doubt, SortKey
from registry.services.lookup import find_by_number
from registry.services.organisations import OrganisationChoice
from registry.services.reference import Choice, KindChoice
from registry.web import labels
from registry.web.access import may, requires
from registry.web.addresses import day_in_address, issuer_in_address
from registry.web.context import actor, db, today
from registry.web.documents.blueprint import bp
from registry.web.documents.tables import COLUMNS, NAMES, choose_columns, chosen_columns, document_table
from registry.web.exports import Taken, answer, chosen_format, offered, told
from registry.web.fields import read_id
from registry.web.paging import here

_SORTS: dict[str, SortKey] = {"date": "date", "registered": "registered", "number": "number"}


@bp.get("")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """List documents; filters, order and place stand in the address."""
    if "columns" in request.args:
        choose_columns("columns")
        return redirect(address())
    faults: list[str] = []
    wanted = _filter(faults)
    sort, descending = _order()
    page = document_lists.find_documents(
        db(), wanted, actor=actor(), sort=sort, descending=descending,
        before=request.args.get("before"), after=request.args.get("after"))
    issuer = organisations.get_choice(db(), wanted.issuer_id)
    offers = _Offers.load()
    return render_template(
        "documents/index.html", page=page, wanted=wanted, faults=faults, sort=sort, descending=descending,
        columns=_columns(), column_names=NAMES, issuer=issuer, address=address, kinds=offers.kinds,
        fields=offers.fields, books=offers.books, directions=list(Direction), doubts=labels.DOUBTS,
        filtered_by=_filtered_by(wanted, offers, issuer), files=_files(),
        narrowed=wanted != DocumentFilter(), today=today())


@bp.get("/export")
@requires(Permission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the whole list with the filter, the columns and the order that the screen has."""
    columns = _columns()
    return _file(chosen_format(), "van-ban", lambda wanted, lines, **order: document_table(
        gettext("Danh sách văn bản"), document_lists.find_all(db(), wanted, actor=actor(), **order), columns, lines))


@bp.get("/export/editable")
@requires(Permission.REGISTER)
def export_editable() -> ResponseReturnValue:
    """Send the list with all that may be edited, to be brought back by the page of imports."""
    return _file(Format.XLSX, "van-ban-de-sua", lambda wanted, lines, **order: revising.table(
        db(), wanted, actor=actor(), told=lines, **order))


def _file(form: Format, name: str, make: Callable[..., Table]) -> ResponseReturnValue:
    """Answer with what ``make`` makes of the filter, the lines that tell it, and the order."""
    wanted = _filter([])
    sort, descending = _order()
    issuer = organisations.get_choice(db(), wanted.issuer_id)
    filters = _filtered_by(wanted, _Offers.load(), issuer)
    page = document_lists.find_documents(db(), wanted, actor=actor(), limit=1)
    return answer(form, make(wanted, told(filters), sort=sort, descending=descending), name=name,
                  total=page.total if page.total_is_exact else None,
                  taken=Taken("document", changes={"filter": "; ".join(filters)}))


def _files() -> list[tuple[object, str]]:
    """Return the menu "Xuất"; who registers may also take the list out to edit it."""
    files = offered(url_for(".export"), here())
    if may(Permission.REGISTER):
        files.append((gettext("Excel để sửa rồi nhập lại"), f"{url_for('.export_editable')}?{here()}"))
    return files


def _order() -> tuple[SortKey, bool]:
    return _SORTS.get(request.args.get("sort", ""), "date"), request.args.get("order") != "asc"


def _filter(faults: list[str]) -> DocumentFilter:
    """Read the filter from the address; what cannot be read is said and left out."""
    direction, status = request.args.get("direction", ""), request.args.get("status", "")
    return DocumentFilter(
        direction=direction if direction in set(Direction) else None,
        status=status if status in set(Status) else None,
        kind_id=_number("kind_id"), issuer_id=issuer_in_address(faults), book_id=_number("book_id"), year=_number("year"),
        since=day_in_address("since", faults), until=day_in_address("until", faults), field_id=_number("field_id"),
        doubt=Doubt(request.args["doubt"]) if request.args.get("doubt") in set(Doubt) else None)


@dataclass(frozen=True, slots=True)
class _Offers:
    """What the filter offers to choose from."""

    kinds: list[KindChoice]
    fields: list[Choice]
    books: list[BookChoice]

    @classmethod
    def load(cls) -> _Offers:
        return cls(reference.kinds(db()), reference.fields(db()), books.choices(db()))


def _filtered_by(wanted: DocumentFilter, offers: _Offers, issuer: OrganisationChoice | None) -> list[str]:
    """Return the filters in words: a printed list says what it leaves out."""
    said = [
        labels.label(labels.DIRECTIONS, wanted.direction) if wanted.direction else "",
        _name(offers.kinds, wanted.kind_id), issuer.name if issuer else "", _name(offers.books, wanted.book_id),
        gettext("năm %(year)s", year=wanted.year) if wanted.year else "",
        gettext("từ ngày %(day)s", day=print_short_date(wanted.since)) if wanted.since else "",
        gettext("đến ngày %(day)s", day=print_short_date(wanted.until)) if wanted.until else "",
        _name(offers.fields, wanted.field_id),
        labels.label(labels.VALUES["status"], wanted.status) if wanted.status else "",
        labels.label(labels.DOUBTS, wanted.doubt) if wanted.doubt else "",
    ]
    return [words for words in said if words]


def _name(offered: Sequence[BookChoice | Choice | KindChoice], chosen: int | None) -> str:
    return next((one.name for one in offered if one.id == chosen), "")


def _number(name: str) -> int | None:
    return read_id(request.args.get(name, "").strip())


def address(**changes: object) -> str:
    """Return the address of this list with ``changes``; a new filter or order starts at the first page."""
    kept = {name: value for name, value in request.args.items()
            if name not in {"before", "after", "columns", "column"} and value}
    kept.update({name: str(value) for name, value in changes.items() if value is not None})
    for name, value in changes.items():
        if value is None:
            kept.pop(name, None)
    return f"{url_for('.index')}?{urlencode(kept)}"


def _columns() -> list[str]:
    return chosen_columns("columns", [column.code for column in COLUMNS if column.shown])


@bp.get("/lookup")
@requires(Permission.READ)
def lookup() -> ResponseReturnValue:
    """Lead to the document whose number was typed, or list those that it may be."""
    typed = request.args.get("q", "")[:200]
    rows = find_by_number(db(), typed, actor=actor())
    if rows is None:
        # Words, not a number: that is what the search page is for.
        return redirect(url_for("search.index", q=typed))
    if len(rows) == 1:
        return redirect(url_for(".show", document_id=rows[0].id))
    return render_template("documents/lookup.html", rows=rows, typed=typed)

