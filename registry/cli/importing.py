"""``sovanban import``: documents of a file into the register."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from registry.cli.context import Refused, database, now
from registry.domain.import_errors import BadImportFile
from registry.domain.importing_columns import guess
from registry.domain.values import Direction
from registry.messages import say
from registry.services import importing
from registry.services.actors import at_the_machine
from registry.services.import_files import open_source
from registry.services.import_report import ImportReport, Outcome, RowOutcome

_DIRECTIONS = {Direction.OUTGOING: "văn bản đi", Direction.INCOMING: "văn bản đến", Direction.INTERNAL: "nội bộ"}
_MOST_PRINTED = 50
_MOST_ISSUERS = 30


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chạy thật rồi hoàn tác: chỉ báo kết quả, không lưu gì.")
@click.option("--direction", type=click.Choice([one.value for one in _DIRECTIONS]),
              help="Hướng của mọi văn bản: outgoing đi, incoming đến, internal nội bộ. Mặc định: văn bản do cơ "
                   "quan mình ban hành là văn bản đi, còn lại là văn bản đến.")
@click.option("--links/--no-links", default=True,
              help="Đọc viện dẫn trong toàn văn (mặc định), hay để lệnh sovanban links đọc sau.")
@click.option("--all", "everything", is_flag=True, help=f"In mọi dòng có lưu ý, không chỉ {_MOST_PRINTED} dòng đầu.")
def import_file(file: Path, dry_run: bool, direction: str | None, links: bool, everything: bool) -> None:
    """Nhập văn bản từ một tệp .jsonl, .jsonl.gz, .csv hoặc .xlsx.

    Cột nhận theo tên: id, number, type, date, issuer, title, body, hoặc tên tiếng Việt như “Số, ký hiệu”,
    “Ngày, tháng”, “Trích yếu nội dung”, “Cơ quan ban hành”. Những gì không đọc được giữ nguyên văn trong ghi chú.
    Không cấp số trong sổ. Chạy lại được: dòng có mã đã nhập thì bỏ qua và báo.

    Mã thoát 1 khi có dòng bị từ chối, 2 khi không đọc được tệp.

    \b
    Ví dụ: sovanban import so-cong-van-2025.xlsx --dry-run
           sovanban import van-ban-den.csv --direction incoming
    """
    started = time.monotonic()

    def progress(report: ImportReport) -> None:
        if sys.stderr.isatty():
            speed = report.rows / max(time.monotonic() - started, 0.001)
            click.echo(f"\r{report.rows} dòng, {speed:.0f} dòng/giây ", nl=False, err=True)

    try:
        with database() as sessions, open_source(file) as source:
            meanings = guess(source.columns)
            click.echo("Cột: " + "; ".join(f"{name} → {meaning.value}" for name, meaning in meanings.items()))
            report = importing.run(
                sessions, source, mapping=meanings, actor=at_the_machine(), at=now(), dry_run=dry_run,
                direction=Direction(direction) if direction else None, file_name=file.name, on_progress=progress,
                links=links)
    except BadImportFile as error:
        raise Refused(say(error)) from error
    if sys.stderr.isatty():
        click.echo(err=True)
    _show(report, time.monotonic() - started, None if everything else _MOST_PRINTED)
    if report.fault:
        raise Refused(f"Đọc đến dòng {report.rows} thì dừng: {say(report.fault)} Những dòng đã đọc được giữ lại.")
    if report.refused:
        raise SystemExit(1)


def _show(report: ImportReport, seconds: float, most: int | None) -> None:
    if report.remark == "cp1258":
        click.echo("Tệp không phải UTF-8; đã đọc theo bảng mã Windows tiếng Việt (cp1258). Hãy kiểm tra dấu.")
    for encoding, count in report.converted.items():
        click.echo(f"{count} dòng đã chuyển từ mã {encoding.upper()} sang Unicode.")
    _rows("Lưu ý", [row for row in report.told if row.outcome != Outcome.REFUSED], most)
    _rows("Bị từ chối", report.refusals, most)
    if report.new_issuers:
        click.echo(f"Cơ quan mới, cần rà soát ({len(report.new_issuers)}):")
        for name in report.new_issuers[:_MOST_ISSUERS if most else None]:
            click.echo(f"  {name}")
        if most and len(report.new_issuers) > _MOST_ISSUERS:
            click.echo(f"  … và {len(report.new_issuers) - _MOST_ISSUERS} cơ quan khác")
    click.echo(f"{'Chạy thử, không lưu gì: ' if report.dry_run else ''}{report.rows} dòng: {report.registered} đăng ký, "
               f"{report.already} đã có từ trước (không sửa gì), {report.refused} bị từ chối, {report.warned} có lưu ý; "
               f"{seconds:.1f} giây, {report.rows / max(seconds, 0.001):.0f} dòng/giây.")


def _rows(title: str, rows: list[RowOutcome], most: int | None) -> None:
    if rows:
        click.echo(f"{title}:")
    for row in rows[:most]:
        for fault in row.faults:
            place = f", cột “{fault.column}”" if fault.column else ""
            value = f" [{fault.value}]" if fault.value else ""
            click.echo(f"  dòng {row.line}{place}{value}: {say(fault.error)}")
    if most is not None and len(rows) > most:
        click.echo(f"  … và {len(rows) - most} dòng khác; dùng --all để xem hết")
