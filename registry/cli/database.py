"""The database: its schema, and the demo office."""

from __future__ import annotations

import click

from config import Config
from registry import schema
from registry.cli.context import Refused, database, now
from registry.db import make_engine
from registry.domain.roles import Role
from registry.services import demo as demo_office
from registry.services import reference

ROLE_NAMES = {Role.CLERK: "văn thư", Role.OFFICIAL: "chuyên viên", Role.LEADER: "lãnh đạo",
              Role.ADMINISTRATOR: "quản trị", Role.READER: "người tra cứu"}


def prepare(config: Config) -> str:
    """Bring the schema and the shipped lists up to date; return what was done.

    Raises:
        Refused: the database belongs to a newer version of the program.
    """
    engine = make_engine(config.database_url)
    try:
        before = schema.current(engine)
        if before is not None and not schema.knows(before):
            raise Refused(f"Cơ sở dữ liệu ở phiên bản {before}, mới hơn chương trình này. Hãy cài bản mới hơn.")
        schema.upgrade(engine)
    finally:
        engine.dispose()
    with database(config) as sessions:
        loaded = reference.load(sessions)
    after = schema.head()
    changed = f"Đã đưa cơ sở dữ liệu từ {before or 'trống'} lên {after}." if before != after else "Cơ sở dữ liệu đã ở phiên bản mới nhất."
    return changed + (" Đã nạp danh mục ban đầu." if loaded else "")


@click.group()
def db() -> None:
    """Cơ sở dữ liệu."""


@db.command()
def upgrade() -> None:
    """Đưa cơ sở dữ liệu lên phiên bản của chương trình.

    Chạy sau mỗi lần cài bản mới, trước `sovanban web`. Chạy lại không làm gì thêm. Nên sao lưu trước.
    """
    click.echo(prepare(Config.from_env()))


@click.command()
def demo() -> None:
    """Nạp cơ quan mẫu vào cơ sở dữ liệu trống.

    Mười lăm văn bản của UBND tỉnh Hà Nam sáu tháng đầu năm 2021, các văn bản mà chúng viện dẫn, sổ, đơn vị và
    mỗi vai trò một người dùng; mật khẩu chỉ in ra một lần.
    """
    config = Config.from_env()
    prepare(config)
    with database(config) as sessions:
        show_users(demo_office.load(sessions, at=now()))


def show_users(users: list[demo_office.DemoUser]) -> None:
    """Print the demo's users, or that there is an office already."""
    if not users:
        click.echo("Cơ sở dữ liệu đã có người dùng nên không nạp thêm dữ liệu mẫu.")
        return
    click.echo("Đã nạp cơ quan mẫu. Mật khẩu chỉ hiện lần này:\n")
    click.echo(f"  {'tên đăng nhập':<15} {'mật khẩu':<17} vai trò")
    for user in users:
        click.echo(f"  {user.username:<15} {user.password:<17} {ROLE_NAMES[user.role]}")
    click.echo("")
