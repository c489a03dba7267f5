"""``sovanban doctor``: looks for what is wrong, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator

import click

from config import Config
from registry import schema
from registry.cli.context import database, now
from registry.db import Sessions, make_engine
from registry.files.store import FileStore
from registry.services import doctor as checks
from registry.services import file_care


@click.command()
@click.option("--repair", is_flag=True, help="Sửa chỉ mục tìm kiếm, xóa tệp thừa trong kho, xếp lại tệp chờ đọc.")
def doctor(repair: bool) -> None:
    """Kiểm tra cấu hình, dữ liệu, cơ sở dữ liệu, sổ, nhật ký, kho tệp, bản sao lưu và chỉ mục tìm kiếm.

    In từng mục với kết quả và cách sửa. Đọc lại toàn bộ kho tệp. Mã thoát 1 khi có mục hỏng.
    """
    config = Config.from_env()
    click.echo("✓ Cấu hình đọc được.")
    report(config, repair=repair)


def report(config: Config, *, repair: bool, restored: bool = False) -> None:
    """Print every check as it is made; exit with 1 where one is not good.

    A database that was just ``restored`` knows of no backup since, which is no fault.
    """
    engine = make_engine(config.database_url)
    revision = schema.current(engine)
    engine.dispose()
    if revision != schema.head():
        click.echo(f"✗ Cơ sở dữ liệu ở phiên bản {revision or 'trống'}, cần {schema.head()}: chạy sovanban db upgrade.")
        raise SystemExit(1)
    click.echo(f"✓ Cơ sở dữ liệu ở phiên bản {revision}.")
    good = True
    with database(config) as sessions:
        for one in _checks(config, sessions, repair=repair, restored=restored):
            good = good and one.good
            click.echo(f"{'✓' if one.good else '✗'} {one.text}")
            if one.remedy:
                click.echo(f"    → {one.remedy}")
    if not good:
        raise SystemExit(1)


def _checks(config: Config, sessions: Sessions, *, repair: bool, restored: bool) -> Iterator[checks.Check]:
    yield checks.data_folder(config.data)
    yield from checks.all_of_database(sessions)
    yield from file_care.stored_files(sessions, FileStore(config.files_folder), now=now(), repair=repair)
    if not restored:
        yield checks.last_backup(sessions, now())
    yield checks.search_index(sessions, config.data, config.search_engine, repair=repair)
