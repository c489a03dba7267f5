"""Searching and the index from the command line."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from typing import Any, TextIO, get_args

import click

from config import Config
from registry.cli.context import Refused, database
from registry.db import Sessions
from registry.domain.roles import Role
from registry.services import indexing
from registry.services import search as finding
from registry.services.actors import at_the_machine
from search_index.errors import IndexProblem
from search_index.index import Engine, SearchIndex

_ACTOR = at_the_machine(Role.LEADER)


@click.command()
@click.argument("query", required=False, default="")
@click.option("--queries", type=click.File(encoding="utf-8"), help="Tệp .jsonl, mỗi dòng một truy vấn: {\"query\": …}.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON, mỗi truy vấn một dòng.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Nhiều nhất bao nhiêu kết quả.")
def search(query: str, queries: TextIO | None, as_json: bool, limit: int) -> None:
    """Tìm văn bản như ô tìm kiếm trên trang.

    \b
    Ví dụ: sovanban search "an toan thong tin" --limit 5
           sovanban search 'loai:KH nam:2021 "chuyển đổi số"'
           sovanban search --queries truy-van.jsonl --json
    """
    config = Config.from_env()
    with database(config) as sessions:
        index = _open(sessions, config)
        if queries is not None:
            for line in queries:
                if line.strip():
                    asked = json.loads(line)
                    click.echo(json.dumps(_answer(sessions, index, asked, limit), ensure_ascii=False))
        elif not query:
            raise Refused('Cần một câu tìm, ví dụ: sovanban search "kế hoạch chuyển đổi số".')
        elif as_json:
            click.echo(json.dumps(_answer(sessions, index, {"query": query}, limit), ensure_ascii=False))
        else:
            _show(sessions, index, query, limit)


def _open(sessions: Sessions, config: Config) -> SearchIndex:
    folder = indexing.index_folder(config.data)
    try:
        index = indexing.open_for(sessions, folder)
    except IndexProblem:
        click.echo("Chưa có chỉ mục dùng được; đang tạo…", err=True)
        indexing.build(sessions, folder, config.search_engine, processes=_processes())
        index = indexing.open_for(sessions, folder)
    while indexing.follow(sessions, index):
        pass
    index.release()
    return index


def _answer(sessions: Sessions, index: SearchIndex, asked: Mapping[str, Any], limit: int) -> dict[str, Any]:
    started = time.perf_counter()
    page = finding.find(sessions, index, finding.SearchRequest(str(asked["query"])), actor=_ACTOR, facets=(),
                        size=limit, fragments=False)
    spent = (time.perf_counter() - started) * 1000
    ids = [one.row.id for one in page.results]
    own = finding.external_ids(sessions, ids)
    return {**asked, "results": [own.get(one, str(one)) for one in ids], "total": page.total, "ms": round(spent, 1)}


def _show(sessions: Sessions, index: SearchIndex, query: str, limit: int) -> None:
    page = finding.find(sessions, index, finding.SearchRequest(query), actor=_ACTOR, facets=(), size=limit,
                        fragments=False)
    if page.suggestion:
        click.echo(f"Có phải bạn muốn tìm: {page.suggestion}")
    if page.partial:
        click.echo("Không có văn bản nào có đủ mọi từ; dưới đây là những văn bản có nhiều từ nhất.")
    click.echo(f"{page.total} văn bản")
    for one in page.results:
        row = one.row
        on = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else ""
        click.echo(f"  {row.number or '–':<20} {on:<10} {row.issuer or '':<40.40} {row.subject:.100}")


@click.command()
@click.option("--engine", type=click.Choice(get_args(Engine)), help="Bộ máy tìm kiếm; mặc định theo cấu hình.")
@click.option("--fresh", is_flag=True, help="Bỏ phần đang tạo dở, làm lại từ đầu.")
def reindex(engine: Engine | None, fresh: bool) -> None:
    """Tạo lại chỉ mục tìm kiếm bên cạnh chỉ mục đang dùng rồi thay vào.

    Trong lúc đó vẫn tìm được. Bị ngắt giữa chừng thì lần sau làm tiếp.
    """
    config = Config.from_env()
    chosen = config.search_engine if engine is None else engine
    with database(config) as sessions:
        started = time.monotonic()

        def show(progress: indexing.Progress) -> None:
            rate = progress.done / max(time.monotonic() - started, 0.001)
            click.echo(f"\r  {progress.done}/{progress.total} văn bản, {rate:.0f} văn bản/giây ", nl=False, err=True)

        indexing.build(sessions, indexing.index_folder(config.data), chosen,
                       processes=_processes(), fresh=fresh, on_progress=show)
        index = indexing.open_for(sessions, indexing.index_folder(config.data))
        while indexing.follow(sessions, index):
            pass
        index.release()
    click.echo(f"\nĐã tạo chỉ mục {chosen} với {index.count} văn bản trong {time.monotonic() - started:.0f} giây.")
    if chosen != config.search_engine:
        click.echo(f"Đặt SOVANBAN_SEARCH_ENGINE={chosen} để chương trình dùng chỉ mục này.")


def _processes() -> int:
    return min(os.cpu_count() or 1, 4)
