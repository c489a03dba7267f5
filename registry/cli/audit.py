"""The audit trail from the command line."""

from __future__ import annotations

import click

from registry.cli.context import database
from registry.services import audit as trail

FAULTS = {"missing": "bị mất", "altered": "đã bị sửa", "cut off": "bị cắt mất phần cuối"}


@click.group()
def audit() -> None:
    """Nhật ký."""


@audit.command()
def verify() -> None:
    """Kiểm tra toàn bộ nhật ký có còn nguyên vẹn.

    Mỗi sự kiện mang mã băm nối với sự kiện trước. Mã thoát 1 khi có sự kiện bị sửa hoặc mất.
    """
    with database() as sessions:
        verdict = trail.verify(sessions)
    if verdict.whole:
        click.echo(f"Nhật ký nguyên vẹn: {verdict.events} sự kiện.")
        return
    click.echo(f"Nhật ký KHÔNG nguyên vẹn: sự kiện số {verdict.broken_seq} {FAULTS[verdict.fault]}; "
               f"{verdict.events} sự kiện trước đó còn nguyên.", err=True)
    raise SystemExit(1)
