"""The chain of a document on the terminal."""

from __future__ import annotations

import json
from typing import Any

import click

from registry.cli.context import Refused, database, now
from registry.db import Sessions
from registry.domain.chains import DEEPEST, Branch, Way
from registry.domain.dates import print_short_date, read_date
from registry.domain.relations import RELATIONS_BY_CODE
from registry.domain.roles import Role
from registry.services import lookup
from registry.services.actors import at_the_machine
from registry.services.chain import Chain, ChainDocument, Standing, get_chain
from registry.services.documents import DocumentRow

_ACTOR = at_the_machine(Role.LEADER)
_STANDINGS = {Standing.IN_FORCE: "", Standing.CANCELLED: " [đã hủy]", Standing.EXTERNAL: " [chưa có trong sổ]"}
_HEADINGS = {Way.UP: "Lên trên: thực hiện và căn cứ", Way.DOWN: "Xuống dưới: văn bản triển khai"}


@click.command()
@click.argument("number", required=False, default="")
@click.option("--date", "on", help="Ngày văn bản, khi nhiều văn bản cùng số: 03/6/2020.")
@click.option("--id", "document_id", type=click.IntRange(1, 2**31 - 1), help="Mã của văn bản trong phần mềm.")
@click.option("--depth", type=click.IntRange(1, DEEPEST), default=DEEPEST, show_default=True, help="Nhiều nhất bao nhiêu cấp.")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
def chain(number: str, on: str | None, document_id: int | None, depth: int, as_json: bool) -> None:
    """In chuỗi của một văn bản: lên trên, nó thực hiện và căn cứ gì; xuống dưới, văn bản nào triển khai nó.

    \b
    Ví dụ: sovanban chain 749/QĐ-TTg
           sovanban chain 21/QĐ-TTg --date 06/01/2021 --depth 2
    """
    with database() as sessions:
        found = get_chain(sessions, document_id or _named(sessions, number, on), actor=_ACTOR, on=now().date(), deepest=depth)
    if as_json:
        click.echo(json.dumps({**_as_json(found.document), **{
            way.value: [_branch_as_json(found, one) for one in tree.branches] for way, tree in _trees(found)}},
            ensure_ascii=False, indent=1))
        return
    click.echo(_line(found.document))
    click.echo(f"  {found.document.subject}")
    for way, tree in _trees(found):
        click.echo(f"\n{_HEADINGS[way]}")
        if not tree.branches:
            click.echo("  –")
        _print(found, tree, way, "  ")


def _named(sessions: Sessions, number: str, on: str | None) -> int:
    if not number:
        raise Refused("Cần số, ký hiệu của văn bản hoặc --id, ví dụ: sovanban chain 749/QĐ-TTg.")
    rows = lookup.find_exactly(sessions, number, on=read_date(on) if on else None, actor=_ACTOR)
    if not rows:
        raise Refused(f"Không có văn bản nào mang số {number}{f' ngày {on}' if on else ''}.")
    if len(rows) > 1:
        raise Refused("\n".join((
            f"Có {len(rows)} văn bản mang số {number}; hãy thêm --date hoặc --id:",
            *(f"  --id {row.id:<6} {_row(row)}" for row in rows))))
    return rows[0].id


def _row(row: DocumentRow) -> str:
    on = print_short_date(row.issued_on) if row.issued_on else "–"
    return f"{on:<10} {row.issuer or '–'}: {row.subject:.80}"


def _trees(found: Chain) -> tuple[tuple[Way, Branch], ...]:
    return (Way.UP, found.up), (Way.DOWN, found.down)


def _line(one: ChainDocument) -> str:
    name = " ".join(part for part in (one.kind, one.number or "(chưa có số)") if part)
    on = f" ngày {print_short_date(one.issued_on)}" if one.issued_on else ""
    return f"{name}{on}{f' · {one.issuer}' if one.issuer else ''}{_STANDINGS[one.standing]}{' [có văn bản thay thế, bãi bỏ]' if one.ended else ''}"


def _print(found: Chain, branch: Branch, way: Way, margin: str) -> None:
    for child in branch.branches:
        words = "; ".join(_relation(code, way) for code in child.relations)
        again = " (đã nêu ở trên)" if child.circle else " (đã nêu trong chuỗi)" if child.again else ""
        click.echo(f"{margin}{words}: {_line(found.documents[child.key])}{again}")
        _print(found, child, way, margin + "    ")
    if branch.more:
        click.echo(f"{margin}… còn {branch.more} văn bản (xem: sovanban chain --id {branch.key})")


def _relation(code: str, way: Way) -> str:
    relation = RELATIONS_BY_CODE[code]
    return relation.name if way == Way.UP else relation.inverse


def _as_json(one: ChainDocument) -> dict[str, Any]:
    return {"id": one.id, "type": one.kind, "number": one.number,
            "date": one.issued_on.isoformat() if one.issued_on else None, "issuer": one.issuer,
            "subject": one.subject, "status": one.standing.value, "ended": one.ended}


def _branch_as_json(found: Chain, branch: Branch) -> dict[str, Any]:
    return {**_as_json(found.documents[branch.key]), "relations": list(branch.relations), "again": branch.again,
            "more": branch.more, "documents": [_branch_as_json(found, child) for child in branch.branches]}
