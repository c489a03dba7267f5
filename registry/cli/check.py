"""``sovanban doctor``: looks for what is wrong, and says what to do."""

from __future__ import annotations

import click

from config import Config
from registry import schema
from registry.cli.context import database
from registry.db import make_engine
from registry.services import doctor as checks


@click.command()
@click.option("--repair", is_flag=True, help="Sửa chỉ mục tìm kiếm cho khớp với cơ sở dữ liệu.")
def doctor(repair: bool) -> None:
    """Kiểm tra cấu hình, thư mục dữ liệu, cơ sở dữ liệu, sổ, nhật ký và chỉ mục tìm kiếm.

    In từng mục với kết quả và cách sửa. Mã thoát 1 khi có mục hỏng.
    """
    config = Config.from_env()
    click.echo("✓ Cấu hình đọc được.")
    engine = make_engine(config.database_url)
    revision = schema.current(engine)
    engine.dispose()
    if revision != schema.head():
        click.echo(f"✗ Cơ sở dữ liệu ở phiên bản {revision or 'trống'}, cần {schema.head()}: chạy sovanban db upgrade.")
        raise SystemExit(1)
    click.echo(f"✓ Cơ sở dữ liệu ở phiên bản {revision}.")
    with database(config) as sessions:
        found = [checks.data_folder(config.data), *checks.all_of_database(sessions),
                 checks.search_index(sessions, config.data, config.search_engine, repair=repair)]
    for one in found:
        click.echo(f"{'✓' if one.good else '✗'} {one.text}")
        if one.remedy:
            click.echo(f"    → {one.remedy}")
    if not all(one.good for one in found):
        raise SystemExit(1)
