"""Users from the command line."""

from __future__ import annotations

import click

from registry.cli.context import database, now
from registry.domain.roles import Role
from registry.services import users
from registry.services.actors import at_the_machine


@click.group()
def user() -> None:
    """Người dùng."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True,
              help="Vai trò: clerk văn thư, official chuyên viên, leader lãnh đạo, administrator quản trị, reader tra cứu.")
@click.option("--email", default="", help="Thư điện tử, để nhận nhắc việc.")
def add(username: str, name: str, role: str, email: str) -> None:
    """Thêm một người dùng và in mật khẩu dùng một lần.

    \b
    Ví dụ: sovanban user add lan --name "Nguyễn Thị Lan" --role clerk
    """
    with database() as sessions:
        _, password = users.create_user(
            sessions, users.UserData(username, name, Role(role), email=email),
            actor=at_the_machine(Role.ADMINISTRATOR), at=now())
    click.echo(f"Đã thêm {username}. Mật khẩu dùng một lần (phải đổi khi đăng nhập lần đầu): {password}")


@user.command()
@click.argument("username")
def reset(username: str) -> None:
    """Đặt lại mật khẩu của một người và in mật khẩu mới.

    Dùng khi người quản trị duy nhất quên mật khẩu.
    """
    with database() as sessions:
        password = users.reset_password(
            sessions, users.id_of(sessions, username), actor=at_the_machine(Role.ADMINISTRATOR), at=now())
    click.echo(f"Mật khẩu mới của {username} (phải đổi khi đăng nhập): {password}")
