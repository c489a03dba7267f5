"""``sovanban remind``: plans and delivers reminders once."""

from __future__ import annotations

import os
from datetime import datetime

import click

from config import Config
from registry.cli.context import HANOI, Refused, database, now
from registry.mail.sender import make_sender
from registry.scheduler import holder_name
from registry.services import hand_over_notices, occurrences, reminders
from registry.services.reminder_delivery import deliver
from registry.services.reminder_mails import Office


@click.command()
@click.option("--now", "at", metavar="NGÀY-GIỜ", help="Coi như lúc này là 2021-06-22T08:00 (giờ Việt Nam).")
@click.option("--data", metavar="THƯ-MỤC", help="Thư mục dữ liệu, thay cho SOVANBAN_DATA.")
def remind(at: str | None, data: str | None) -> None:
    """Lập lịch và gửi thư nhắc việc một lần.

    Làm đúng những việc mà `sovanban serve` và `sovanban worker` làm vài phút một lần; chạy lại không nhắc lần
    nữa. Ngoài giờ làm việc và ngày nghỉ không gửi gì. Mã thoát 1 khi có thư không gửi được.

    \b
    Ví dụ: sovanban remind                          chạy từ cron
           sovanban remind --now 2021-06-22T08:00   thử một thời điểm
    """
    moment = _moment(at) if at else None
    config = Config.from_env({**os.environ, "SOVANBAN_DATA": data} if data else None)

    def clock() -> datetime:
        return moment or now()

    with database(config) as sessions:
        made = occurrences.spawn_occurrences(sessions, clock().date())
        planned = reminders.plan(sessions, clock())
        announced = hand_over_notices.announce(sessions, Office.of(config), clock())
        done = deliver(sessions, make_sender(config.smtp_url, config.mail_folder), Office.of(config), clock=clock,
                       holder=holder_name())
    click.echo(f"Lần thực hiện mới: {made}. Lời nhắc mới: {planned}. Thư mới: {done.composed + announced}; đã gửi {done.sent}, "
               f"sẽ gửi lại {done.retried}, không gửi được {done.failed}.")
    if done.sent and not config.smtp_url:
        click.echo(f"Chưa đặt SOVANBAN_SMTP_URL: thư nằm trong {config.mail_folder}")
    if done.server_error:
        click.echo(f"Máy chủ thư: {done.server_error}", err=True)
    if done.server_error or done.failed or done.retried:
        raise SystemExit(1)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text}” không phải thời điểm. Ví dụ: --now 2021-06-22T08:00") from None
    return moment.replace(tzinfo=HANOI) if moment.tzinfo is None else moment.astimezone(HANOI)
