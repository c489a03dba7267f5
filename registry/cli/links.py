"""``sovanban links``: the citations of the texts, read again."""

from __future__ import annotations

import sys
import time

import click

from registry.cli.context import Refused, database, now
from registry.domain.errors import NotFound
from registry.services import rereading
from registry.services.actors import at_the_machine
from registry.services.rereading import Progress


@click.command()
@click.argument("document_id", required=False, type=int)
@click.option("--start-over", is_flag=True, help="Đọc từ đầu, không nối tiếp lần trước bị dừng.")
def links(document_id: int | None, start_over: bool) -> None:
    """Đọc lại viện dẫn của mọi văn bản, hoặc của một văn bản theo mã trong sổ.

    Chạy được khi đang có người dùng; dừng giữa chừng thì lần sau đọc tiếp. Những gì người dùng đã xác nhận,
    sửa, bỏ hoặc chọn thì giữ nguyên. Cần chạy sau khi nhập tệp có toàn văn dài hoặc nhập với --no-links.

    \b
    Ví dụ: sovanban links
           sovanban links 1205
    """
    started = time.monotonic()

    def show(progress: Progress) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{progress.done}/{progress.total} văn bản ", nl=False, err=True)

    with database() as sessions:
        if document_id is not None:
            try:
                rereading.read_one_again(sessions, document_id, actor=at_the_machine(), at=now())
            except NotFound as error:
                raise Refused(f"Không có văn bản mã {document_id} trong sổ.") from error
            click.echo("Đã đọc lại 1 văn bản.")
            return
        progress = rereading.read_again(sessions, actor=at_the_machine(), at=now(), start_over=start_over, on_progress=show)
    if sys.stderr.isatty():
        click.echo(err=True)
    seconds = time.monotonic() - started
    click.echo(f"{'Đọc tiếp lần trước: ' if progress.resumed else ''}đã đọc lại {progress.done} văn bản; {seconds:.1f} giây.")
