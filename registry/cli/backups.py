"""``sovanban backup`` and ``sovanban restore``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from config import Config
from registry.cli.check import report
from registry.cli.context import database, now
from registry.db import make_engine
from registry.domain.roles import Role
from registry.files.backup_archive import Archive
from registry.files.store import FileStore
from registry.services import backups, restoring
from registry.services.actors import at_the_machine
from registry.services.backups import Place

_MEGABYTE = 1024 * 1024


@click.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path),
              help="Thư mục chứa các bản sao lưu; mặc định theo SOVANBAN_BACKUP_FOLDER.")
@click.option("--keep", type=click.IntRange(1, 1000), help="Giữ bao nhiêu bản mới nhất; mặc định theo SOVANBAN_BACKUPS_KEPT.")
def backup(folder: Path | None, keep: int | None) -> None:
    """Sao lưu cơ sở dữ liệu và tệp đính kèm, cùng một thời điểm, trong lúc cơ quan vẫn làm việc.

    Mỗi bản là một thư mục, kiểm tra được bằng `sha256sum -c SHA256SUMS`. Tệp đã có trong bản trước được dùng chung
    (liên kết cứng), nên nhiều bản không chiếm thêm chỗ.

    \b
    Không gồm: tệp .env, khóa bí mật (secret_key) và chỉ mục tìm kiếm; hãy cất riêng .env và secret_key.
    Ví dụ: sovanban backup --to /mnt/o-cung-ngoai/sovanban
    """
    config = Config.from_env()
    place = Place.of(config)
    place = Place(folder.absolute() if folder else place.folder, keep or place.keep, place.tools)
    with database(config) as sessions:
        made = backups.make(sessions, FileStore(config.files_folder), place, clock=now, progress=_progress("Chép tệp"))
    manifest = made.manifest
    click.echo(f"Đã sao lưu vào {made.folder}: {manifest.documents} văn bản, {manifest.files} tệp, "
               f"{manifest.size / _MEGABYTE:.1f} MB.")
    if made.removed:
        click.echo(f"Đã bỏ {len(made.removed)} bản cũ.")
    if manifest.lost:
        click.echo(f"⚠ {len(manifest.lost)} tệp đính kèm thiếu hoặc hỏng trong kho nên không có trong bản này: "
                   "chạy sovanban doctor để biết của văn bản nào.", err=True)
        raise SystemExit(1)


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Chỉ kiểm tra bản sao lưu có nguyên vẹn, không khôi phục.")
def restore(archive: Path, only_check: bool) -> None:
    """Khôi phục một bản sao lưu vào nơi còn trống, rồi kiểm tra lại toàn bộ.

    Không ghi đè: cơ sở dữ liệu và kho tệp của cấu hình hiện tại phải trống. Chỉ mục tìm kiếm được tạo lại khi chạy
    chương trình. Khóa bí mật không nằm trong bản sao lưu: chép lại tệp secret_key cũ để liên kết trong thư đã gửi
    còn dùng được, nếu không mọi người chỉ cần đăng nhập lại.

    \b
    Ví dụ: sovanban restore /mnt/o-cung-ngoai/sovanban/sovanban-20260714-013000
    """
    config = Config.from_env()
    source, store = Archive(archive.absolute()), FileStore(config.files_folder)
    engine = make_engine(config.database_url)
    try:
        if only_check:
            manifest = restoring.check(source, engine, progress=_progress("Kiểm tra"))
            click.echo(f"Bản sao lưu nguyên vẹn: lúc {manifest.taken_at}, {manifest.documents} văn bản, {manifest.files} tệp.")
            return
        manifest = restoring.restore(
            source, engine, store, config.data, tools=config.postgres_bin, actor=at_the_machine(Role.ADMINISTRATOR), at=now(),
            progress=_progress("Kiểm tra"))
    finally:
        engine.dispose()
    click.echo(f"Đã khôi phục bản sao lưu lúc {manifest.taken_at}: {manifest.documents} văn bản, {manifest.files} tệp.")
    if manifest.lost:
        click.echo(f"⚠ {len(manifest.lost)} tệp đã thiếu hoặc hỏng từ khi sao lưu.", err=True)
    click.echo("Kiểm tra lại:")
    report(config, repair=False, restored=True)


def _progress(what: str) -> backups.Progress:
    """Return what prints progress on one line, where somebody watches."""
    def show(done: int, of: int) -> None:
        if sys.stderr.isatty() and (done % 50 == 0 or done == of):
            click.echo(f"\r{what}: {done}/{of}", err=True, nl=done == of)

    return show
