"""``sovanban intake``: what a file proposes to register; a folder or a .zip as a batch."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any

import click

from config import Config
from registry.cli.context import Refused, database, now
from registry.cli.reading import read_text
from registry.db import Sessions
from registry.domain.file_errors import FileRefused
from registry.domain.intake import Content, proposals_as_json, read_any, read_as
from registry.domain.proposals import Proposal
from registry.domain.values import Direction
from registry.files import reading as file_reading
from registry.files.archives import MOST_FILES, is_archive
from registry.files.kinds import detect
from registry.files.store import FileStore
from registry.messages import say
from registry.reader import FileReader
from registry.scheduler import holder_name
from registry.services import intake_batches, intake_receiving, intake_registering
from registry.services.actors import at_the_machine
from registry.services.file_uploads import FileRules, Upload, as_text
from registry.services.intake_batches import BatchRow
from registry.services.intake_registering import Proposed

_ACTOR = at_the_machine()
_LOOK = 0.5  # seconds between two looks at how far a batch is
_LONGEST_ARCHIVE = 4 * 1024 ** 3
"""An archive at the machine need not come through a request; the files in it keep the office's limit."""
_DIRECTIONS = (Direction.OUTGOING, Direction.INCOMING, Direction.INTERNAL)
_FIELDS = {"number": "số, ký hiệu", "issued_on": "ngày", "issuer": "cơ quan", "subject": "trích yếu"}


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON, đủ trường (chỉ với một tệp).")
@click.option("--register", "registering", is_flag=True,
              help="Với thư mục hoặc .zip: đăng ký ngay những văn bản đọc đủ số, ngày, cơ quan, trích yếu và chưa có.")
@click.option("--direction", type=click.Choice([one.value for one in _DIRECTIONS]),
              help="Hướng của các văn bản đăng ký: outgoing đi, incoming đến, internal nội bộ. Mặc định: theo cơ quan.")
@click.option("--continue", "batch_id", type=int, metavar="LÔ", help="Đọc tiếp một lô đã dừng.")
def intake(source: Path | None, as_json: bool, registering: bool, direction: str | None, batch_id: int | None) -> None:
    """Đọc một tệp, một thư mục hoặc một tệp .zip và in các văn bản đề nghị đăng ký.

    Một tệp (.txt, PDF, Word, bản quét): chỉ in, không lưu gì. Tệp .txt có thể là một bài hay bảng liệt kê nhiều
    văn bản; mã UTF-8, chữ TCVN3 (.VnTime) và VNI được chuyển sang Unicode.

    Thư mục hoặc .zip: mỗi tệp là một văn bản, thành một lô. Lô xem và xác nhận được ở trang “Đăng ký từ văn bản”;
    Ctrl+C thì dừng, đọc tiếp bằng --continue. Tệp đã đính kèm và văn bản đã có được báo, không đăng ký lần hai.

    Mã thoát 1 khi có tệp không nhận, không đọc được hoặc không đăng ký được.

    \b
    Ví dụ: sovanban intake bao-cao.txt
           sovanban intake "Quyết định 12.pdf" --json
           sovanban intake van-ban-thang-3/ --register --direction incoming
           sovanban intake --continue 7
    """
    if batch_id is not None:
        _batch(source, registering, direction, batch_id)
    elif source is None:
        raise Refused("Hãy cho biết tệp, thư mục, hoặc --continue LÔ.")
    elif source.is_dir() or _is_archive(source):
        if as_json:
            raise Refused("--json chỉ dùng với một tệp.")
        _batch(source, registering, direction, None)
    else:
        _one(source, as_json)


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return is_archive(file)


# -- one file ----------------------------------------------------------------------------------------


def _one(path: Path, as_json: bool) -> None:
    found = read_any(read_text(path)) if path.suffix.casefold() == ".txt" else _read_file(path)
    proposals: list[dict[str, Any]] = proposals_as_json(found)
    if as_json:
        click.echo(json.dumps(proposals, ensure_ascii=False, indent=1))
        return
    click.echo(f"{len(proposals)} văn bản")
    for one in proposals:
        click.echo(f"  {one['type'] or '?':<12} {one['number'] or '–':<18} {one['date'] or '–':<11} {one['issuer'] or '–'}")
        click.echo(f"      {one['subject'] or ''}")
        for cited in one["references"]:
            click.echo(f"      → {cited['relation']}: {cited['type'] or ''} {cited['number'] or ''} {cited['date'] or ''}")


def _read_file(path: Path) -> list[Proposal]:
    kind = detect(path)
    read = file_reading.read_file(path, kind) if not kind.is_scan else None
    if read is None or read.needs_ocr:
        read = file_reading.ocr_file(path, kind, progress=_pages)
        _line_end()
    return read_as(as_text(read.text), Content.DOCUMENT)[1]


def _pages(done: int, total: int) -> None:
    _progress(f"nhận dạng chữ: trang {done}/{total}")


# -- a batch -----------------------------------------------------------------------------------------


def _batch(source: Path | None, registering: bool, direction: str | None, batch_id: int | None) -> None:
    config = Config.from_env()
    with database(config) as sessions:
        if batch_id is None:
            if source is None:
                raise Refused("Hãy cho biết thư mục hoặc tệp .zip.")
            batch_id = _start(sessions, config, source)
        else:
            intake_batches.go_on(sessions, batch_id, actor=_ACTOR, at=now())
        try:
            if source is not None and source.is_dir():
                _take_folder(sessions, config, batch_id, source)
            batch = _read(sessions, config, batch_id)
        except KeyboardInterrupt:
            intake_batches.stop(sessions, batch_id, actor=_ACTOR, at=now())
            again = f' "{source}"' if source is not None and source.is_dir() else ""
            raise Refused(f"Đã dừng. Đọc tiếp: sovanban intake{again} --continue {batch_id}") from None
        faults = _show(sessions, batch, registering, Direction(direction) if direction else None)
    if faults:
        raise SystemExit(1)


def _start(sessions: Sessions, config: Config, source: Path) -> int:
    if source.is_dir():
        batch_id = intake_receiving.start(
            sessions, source.resolve().name, total=len(_files_in(source)), actor=_ACTOR, at=now())
    else:
        with source.open("rb") as stream:
            batch_id = intake_receiving.start_archive(
                sessions, FileStore(config.files_folder), Upload(source.name, stream),
                replace(FileRules.of(config), longest=_LONGEST_ARCHIVE), actor=_ACTOR, at=now())
    click.echo(f"Lô {batch_id}: {source.name}")
    return batch_id


def _files_in(folder: Path) -> list[Path]:
    """Return the files of a folder and those below it, in order; hidden ones and links that lead out are left."""
    root = folder.resolve()
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))
                   and path.resolve().is_relative_to(root))
    if not found:
        raise Refused("Thư mục không có tệp nào.")
    if len(found) > MOST_FILES:
        raise FileRefused("too_many", most=MOST_FILES)
    return found


def _take_folder(sessions: Sessions, config: Config, batch_id: int, folder: Path) -> None:
    """Take the files in; those that came in before an interruption are known by their place."""
    done = intake_receiving.came(sessions, batch_id)
    store, rules, paths = FileStore(config.files_folder), FileRules.of(config), _files_in(folder)
    names = dict(enumerate(intake_receiving.shown_name(path.relative_to(folder).as_posix()) for path in paths))
    if any(name and name != names.get(position) for position, name in done.items()):
        raise Refused(f"Thư mục đã thay đổi từ khi bắt đầu lô {batch_id}, nên không lấy tiếp được. Hãy chạy lại không có "
                      "--continue: tệp đã đính kèm và văn bản đã có được báo, không đăng ký lần hai.")
    for position, path in enumerate(paths):
        if position not in done:
            intake_receiving.add_file(sessions, store, batch_id, position, path.relative_to(folder).as_posix(),
                                    partial(_open, path), rules, actor=_ACTOR, at=now())
            _progress(f"lấy tệp {position + 1}/{len(paths)}")
    _line_end()


def _open(path: Path) -> IO[bytes]:
    """Open a file of the folder; one that this user may not read is refused like a damaged one."""
    try:
        return path.open("rb")
    except OSError as error:
        raise FileRefused("damaged") from error


def _read(sessions: Sessions, config: Config, batch_id: int) -> BatchRow:
    """Read until nothing waits; a serving program on this machine reads along."""
    reader = FileReader(sessions, config, holder=holder_name(), clock=now)
    began = time.monotonic()
    reader.start()
    try:
        while (batch := intake_batches.get_batch(sessions, batch_id, actor=_ACTOR)).is_busy:
            speed = batch.counts.read / max(time.monotonic() - began, 0.001)
            _progress(f"đã đọc {batch.counts.read}/{batch.counts.total} tệp, {speed:.1f} tệp/giây")
            time.sleep(_LOOK)
    finally:
        reader.stop()
        _line_end()
    click.echo(f"Đã đọc {batch.counts.read} tệp trong {time.monotonic() - began:.1f} giây.")
    return batch


def _show(sessions: Sessions, batch: BatchRow, registering: bool, direction: Direction | None) -> int:
    """Print each file with what it proposes and became; return how many need a person."""
    faults = registered = 0
    if batch.fault:
        click.echo(say(batch.fault))
    for one in intake_registering.find_proposed(sessions, batch.id, actor=_ACTOR):
        told = _told(one)
        if one.is_sure and registering:
            outcome = intake_registering.register(sessions, one, direction, actor=_ACTOR, at=now())
            registered += outcome.registered is not None
            told = "đã đăng ký" if outcome.registered else say(outcome.error) if outcome.error else "đã có từ trước"
            faults += outcome.error is not None
        elif not one.is_sure and not one.item.outcome:
            faults += 1
        _print(one, told)
    if registering:
        click.echo(f"{registered} văn bản đã đăng ký.")
    if faults or not registering:
        click.echo(f"{faults} tệp cần xem lại. Xem và xác nhận ở trang Đăng ký từ văn bản, lô {batch.id}.")
    return faults


def _told(one: Proposed) -> str:
    item = one.item
    if item.fault is not None:
        return f"không nhận: {say(item.fault)}"
    if item.outcome:
        return {"registered": "đã đăng ký", "attached": "đã đính kèm vào văn bản có sẵn", "dismissed": "đã bỏ qua"}[item.outcome]
    if one.review is None:
        fault = item.attachment.fault if item.attachment else None
        return f"không đọc được: {say(fault)}" if fault else "không đọc được chữ nào"
    if item.elsewhere:
        return "tệp đã đính kèm ở " + ", ".join(name for _key, name in item.elsewhere)
    if one.review.existing is not None:
        return f"văn bản đã có: {one.review.existing.number or one.review.existing.subject}"
    return "thiếu " + ", ".join(_FIELDS[name] for name in one.missing) if one.missing else ""


def _print(one: Proposed, told: str) -> None:
    read = ""
    if one.review is not None:
        proposal = one.review.proposal
        read = " ".join(part for part in (
            one.review.kind, proposal.number.value if proposal.number else "",
            f"{proposal.issued_on.value:%d/%m/%Y}" if proposal.issued_on else "", one.review.issuer) if part)
    click.echo(f"  {one.item.name or '(không giữ tên)'}: {'; '.join(part for part in (read, told) if part)}")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{text}   ", nl=False, err=True)


def _line_end() -> None:
    if sys.stderr.isatty():
        click.echo(err=True)
