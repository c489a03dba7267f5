"""Reports as the parts of a printed report: sentences and tables of what was computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry.db import Sessions, reading
from registry.domain.obligations import FourNumbers
from registry.domain.report_document import ReportChart
from registry.domain.report_figures import Lateness, change, percent, share
from registry.domain.report_sentences import (
    handing_over_paragraph,
    lateness_paragraph,
    numbers_paragraph,
    volumes_paragraph,
)
from registry.domain.tables import Cell, Column, Table
from registry.printing import charts
from registry.services.actors import Actor
from registry.services.report_directives import DirectivesReport, directives
from registry.services.report_issued import IssuedReport, issued
from registry.services.report_lateness import LatenessReport, late_work
from registry.services.report_request import ReportRequest, names
from registry.services.report_tasks import TasksReport, tasks
from registry.services.report_volumes import Volume, VolumeReport, volumes


class ReportKey(StrEnum):
    """The four reports; together they are the six-month report."""

    ISSUED = "issued"
    DIRECTIVES = "directives"
    VOLUMES = "volumes"
    TASKS = "tasks"


HEADINGS = {
    ReportKey.ISSUED: "VĂN BẢN ĐÃ BAN HÀNH, THAM MƯU BAN HÀNH",
    ReportKey.DIRECTIVES: "TÌNH HÌNH THỰC HIỆN VĂN BẢN CHỈ ĐẠO",
    ReportKey.VOLUMES: "TÌNH HÌNH TIẾP NHẬN, PHÁT HÀNH VĂN BẢN",
    ReportKey.TASKS: "NHIỆM VỤ TRỌNG TÂM KỲ TỚI",
}
FOUR = (("done_in_time", "Hoàn thành đúng hạn"), ("done_late", "Hoàn thành quá hạn"),
        ("open_in_term", "Đang làm, trong hạn"), ("open_overdue", "Đang làm, quá hạn"))
UNASSIGNED, UNNAMED = "(chưa phân công)", "(không ghi đơn vị)"


@dataclass(frozen=True, slots=True)
class Computed:
    """A paragraph as computed; ``key`` stays the same when it is computed again."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One report as a part of the printed one."""

    key: ReportKey
    heading: str
    paragraphs: tuple[Computed, ...]
    tables: tuple[Table, ...]
    charts: tuple[ReportChart, ...]


def sections(db: Sessions, request: ReportRequest, keys: Iterable[ReportKey], *, actor: Actor,
             now: datetime) -> list[Section]:
    """Return the parts asked for, in the order of a report, as far as ``actor`` may see what they count."""
    wanted = set(keys)
    return [_MAKERS[key](db, request, actor, now) for key in ReportKey if key in wanted]


def _section(key: ReportKey, paragraphs: Iterable[tuple[str, str]], tables: Iterable[Table],
             pictures: Iterable[ReportChart] = ()) -> Section:
    return Section(key, HEADINGS[key], tuple(Computed(f"{key}.{name}", text) for name, text in paragraphs if text),
                   tuple(table for table in tables if table.rows), tuple(pictures))


def _issued(db: Sessions, request: ReportRequest, actor: Actor, _now: datetime) -> Section:
    found = issued(db, request, actor=actor)
    return _section(ReportKey.ISSUED,
                    [(f"issuer-{group.issuer_id or 0}", group.paragraph) for group in found.groups],
                    [issued_table(found), kinds_table(found, request)])


def issued_table(found: IssuedReport) -> Table:
    """Return the documents, one a row, in the order of the paragraph."""
    rows: list[tuple[Cell, ...]] = []
    for group in found.groups:
        rows += [(len(rows) + place, row.named.kind, row.named.number, row.named.issued_on, group.issuer,
                  row.named.subject, row.unit) for place, row in enumerate(group.rows, 1)]
    return Table("Danh mục văn bản đã ban hành, tham mưu ban hành", (
        Column("TT", 6, "center"), Column("Loại", 13), Column("Số, ký hiệu", 19), Column("Ngày văn bản", 17, "center"),
        Column("Cơ quan ban hành", 20), Column("Trích yếu", 46), Column("Đơn vị", 18)), rows)


def kinds_table(found: IssuedReport, request: ReportRequest) -> Table:
    """Return how many documents of each kind were issued."""
    rows: list[tuple[Cell, ...]] = [
        (one.kind or "(chưa ghi loại)", one.now, one.before, change(one.now, one.before)) for one in found.kinds]
    if rows:
        rows.append(("Cộng", found.total, found.total_before, change(found.total, found.total_before)))
    return Table("Số văn bản ban hành theo loại", (
        Column("Loại văn bản", 30), Column("Kỳ này", 14, "right"), Column(_of(request), 22, "right"),
        Column("Tăng, giảm", 16, "right")), rows)


def _of(request: ReportRequest) -> str:
    name = request.other.name
    return name[:1].upper() + name[1:]


def _directives(db: Sessions, request: ReportRequest, actor: Actor, now: datetime) -> Section:
    found = directives(db, request, actor=actor, now=now)
    with reading(db) as session:
        told = names(session, request)
    whose = told.unit or told.office
    return _section(
        ReportKey.DIRECTIVES,
        [("numbers", numbers_paragraph(request.span.name, whose, found.whole, found.before, request.other.name))],
        [units_table(found), directives_table(found)], [units_chart(found)] if found.units else [])


def units_table(found: DirectivesReport) -> Table:
    """Return the four numbers of each unit with their shares, and the change of the work that is late."""
    rows: list[tuple[Cell, ...]] = [
        (one.unit or UNASSIGNED, *_numbers(one.now, one.before)) for one in found.units]
    if rows:
        rows.append(("Cả cơ quan", *_numbers(found.whole, found.before)))
    return Table("Kết quả thực hiện nhiệm vụ theo đơn vị", (
        Column("Đơn vị", 30), Column("Tổng số", 9, "right"),
        *(Column(heading, 15, "right") for _name, heading in FOUR),
        Column("Tăng, giảm số hoàn thành", 16, "right"), Column("Tăng, giảm số quá hạn", 16, "right")), rows)


def _numbers(now: FourNumbers, before: FourNumbers) -> tuple[Cell, ...]:
    parts = (f"{getattr(now, name)} ({percent(share(getattr(now, name), now.total))})" for name, _heading in FOUR)
    return (now.total, *parts, change(now.done_in_time + now.done_late, before.done_in_time + before.done_late),
            change(now.open_overdue, before.open_overdue))


def directives_table(found: DirectivesReport) -> Table:
    """Return each directive with what was issued for it."""
    rows: list[tuple[Cell, ...]] = [(
        place, " ".join(part for part in (one.kind, one.number) if part) or "(chưa có số)", one.issued_on, one.subject,
        "; ".join([each.label for each in one.issued] + ([f"và {one.issued_more} văn bản khác"] if one.issued_more else [])),
        ", ".join(one.units), one.numbers.done_in_time + one.numbers.done_late, one.numbers.open_in_term,
        one.numbers.open_overdue) for place, one in enumerate(found.directives, 1)]
    return Table("Văn bản chỉ đạo và văn bản triển khai", (
        Column("TT", 6, "center"), Column("Văn bản chỉ đạo", 18), Column("Ngày", 17, "center"), Column("Trích yếu", 34),
        Column("Văn bản đã ban hành để thực hiện", 22), Column("Đơn vị", 18), Column("Đã xong", 9, "right"),
        Column("Trong hạn", 10, "right"), Column("Quá hạn", 9, "right")), rows)


def units_chart(found: DirectivesReport) -> ReportChart:
    """Return the four numbers of the units as bars; the most late first, and of very many the first ones."""
    rows = found.units[:_MOST_BARS]
    return ReportChart("Kết quả thực hiện nhiệm vụ theo đơn vị", charts.stacked_bars(
        [one.unit or UNASSIGNED for one in rows],
        [(heading, [getattr(one.now, name) for one in rows]) for name, heading in FOUR], nothing="Chưa có nhiệm vụ"))


_MOST_BARS = 25


def _volumes(db: Sessions, request: ReportRequest, actor: Actor, now: datetime) -> Section:
    found = volumes(db, request, actor=actor)
    late = late_work(db, request, actor=actor, now=now)
    with reading(db) as session:
        told = names(session, request)
    return _section(
        ReportKey.VOLUMES,
        [("volumes", volumes_paragraph(request.span.name, told.unit or told.office, _three(found.whole),
                                       _three(found.before), request.other.name)),
         ("handing", handing_over_paragraph(found.handing_over)),
         ("lateness", lateness_paragraph(late.whole, (late.latest.unit, late.latest.figures) if late.latest else None))],
        [volume_table("Số văn bản theo tháng", "Tháng", found, [(_month(one.name), one) for one in found.months]),
         volume_table("Số văn bản theo loại", "Loại văn bản", found, [(one.name or "(chưa ghi loại)", one) for one in found.kinds]),
         volume_table("Số văn bản theo đơn vị", "Đơn vị", found, [(one.name or UNNAMED, one) for one in found.units]),
         issuers_table(found), lateness_table(late)], [months_chart(found)] if found.whole.total else [])


def _three(one: Volume) -> tuple[int, int, int]:
    return one.incoming, one.outgoing, one.internal


def _month(name: str) -> str:
    year, _, month = name.partition("-")
    return f"{month}/{year}"


def volume_table(title: str, what: str, found: VolumeReport, rows: list[tuple[str, Volume]]) -> Table:
    """Return volumes as a table with its sum."""
    told: list[tuple[Cell, ...]] = [(name, *_three(one), one.total) for name, one in rows] if found.whole.total else []
    if told:
        told.append(("Cộng", *_three(found.whole), found.whole.total))
    return Table(title, (Column(what, 36), Column("Đến", 12, "right"), Column("Đi", 12, "right"),
                         Column("Nội bộ", 12, "right"), Column("Cộng", 12, "right")), told)


def issuers_table(found: VolumeReport) -> Table:
    """Return from whom most documents came in."""
    return Table("Cơ quan gửi nhiều văn bản nhất", (
        Column("TT", 8, "center"), Column("Cơ quan", 50), Column("Văn bản đến", 14, "right"), Column("Tỷ lệ", 12, "right")),
        [(place, name or "(chưa ghi cơ quan)", many, percent(share(many, found.whole.incoming)))
         for place, (name, many) in enumerate(found.issuers, 1)])


def lateness_table(found: LatenessReport) -> Table:
    """Return how late the work of each unit was."""
    rows: list[tuple[Cell, ...]] = [(one.unit or UNASSIGNED, *_late(one.figures)) for one in found.units]
    if rows:
        rows.append(("Cả cơ quan", *_late(found.whole)))
    return Table("Nhiệm vụ chậm hạn theo đơn vị", (
        Column("Đơn vị", 30), Column("Đến hạn trong kỳ", 12, "right"), Column("Đúng hạn", 10, "right"),
        Column("Hoàn thành quá hạn", 12, "right"), Column("Quá hạn, chưa xong", 12, "right"), Column("Tỷ lệ chậm", 10, "right"),
        Column("Số ngày chậm (trung vị)", 13, "right"), Column("Chậm lâu nhất (ngày)", 13, "right")), rows)


def _late(one: Lateness) -> tuple[Cell, ...]:
    return (one.total, one.in_time, one.done_late, one.still_open, percent(share(one.late, one.total)),
            one.median if one.late else "–", one.longest if one.late else "–")


def months_chart(found: VolumeReport) -> ReportChart:
    """Return the volumes of the months as columns."""
    return ReportChart("Số văn bản theo tháng", charts.columns(
        [_month(one.name) for one in found.months],
        [("Đến", [one.incoming for one in found.months]), ("Đi", [one.outgoing for one in found.months]),
         *([("Nội bộ", [one.internal for one in found.months])] if found.whole.internal else [])],
        nothing="Chưa có văn bản"))


def kinds_chart(found: IssuedReport, request: ReportRequest) -> ReportChart:
    """Return how many of each kind were issued, beside the period compared with."""
    rows = found.kinds[:_MOST_BARS]
    return ReportChart("Số văn bản ban hành theo loại", charts.columns(
        [one.kind or "(chưa ghi loại)" for one in rows],
        [("Kỳ này", [one.now for one in rows]), (_of(request), [one.before for one in rows])],
        nothing="Chưa có văn bản"))


def _tasks(db: Sessions, request: ReportRequest, actor: Actor, now: datetime) -> Section:
    found = tasks(db, request, actor=actor, now=now)
    return _section(ReportKey.TASKS, [("tasks", found.paragraph)], [tasks_table(found), planned_table(found)])


def tasks_table(found: TasksReport) -> Table:
    """Return the open work, overdue work first."""
    return Table("Nhiệm vụ đang thực hiện", (
        Column("TT", 6, "center"), Column("Nhiệm vụ", 44), Column("Văn bản giao", 18), Column("Đơn vị", 22),
        Column("Người thực hiện", 18), Column("Hạn", 17, "center"), Column("Ghi chú", 12)),
        [(place, one.task, one.document, one.unit or UNASSIGNED, one.user, one.due_on, "Quá hạn" if one.overdue else "")
         for place, one in enumerate(found.rows, 1)])


def planned_table(found: TasksReport) -> Table:
    """Return the documents that are planned."""
    return Table("Văn bản dự kiến trình, ban hành", (
        Column("TT", 6, "center"), Column("Loại", 14), Column("Nội dung", 54), Column("Đơn vị", 26), Column("Hạn", 17, "center")),
        [(place, one.kind, one.subject, one.unit, one.due_on) for place, one in enumerate(found.planned, 1)])


_MAKERS: dict[ReportKey, Callable[[Sessions, ReportRequest, Actor, datetime], Section]] = {
    ReportKey.ISSUED: _issued, ReportKey.DIRECTIVES: _directives, ReportKey.VOLUMES: _volumes, ReportKey.TASKS: _tasks}
