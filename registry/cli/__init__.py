"""The command ``sovanban``: each command is one service call and prints what it did."""

from __future__ import annotations

import click

from registry.cli import (
    audit,
    backups,
    chain,
    check,
    database,
    importing,
    intake,
    links,
    people,
    reading,
    reminding,
    searching,
    serving,
)
from registry.cli.context import Faults


@click.group(cls=Faults, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sovanban")
def main() -> None:
    """Sổ văn bản: đăng ký và theo dõi văn bản của cơ quan.

    \b
    Bắt đầu:   sovanban serve --demo     cơ quan mẫu, mở http://127.0.0.1:8000
               sovanban serve            cơ quan mới; trang đầu tạo người quản trị
    Máy chủ:   sovanban db upgrade, rồi sovanban web (PostgreSQL: đặt SOVANBAN_DATABASE_URL)

    Cấu hình đọc từ biến môi trường SOVANBAN_* và tệp .env trong thư mục hiện tại.
    """


main.add_command(serving.serve)
main.add_command(serving.web)
main.add_command(serving.worker)
main.add_command(database.db)
main.add_command(database.demo)
main.add_command(people.user)
main.add_command(importing.import_file)
main.add_command(reminding.remind)
main.add_command(audit.audit)
main.add_command(links.links)
main.add_command(reading.extract)
main.add_command(intake.intake)
main.add_command(chain.chain)
main.add_command(searching.search)
main.add_command(searching.reindex)
main.add_command(check.doctor)
main.add_command(backups.backup)
main.add_command(backups.restore)
