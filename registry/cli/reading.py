"""Reading texts from the command line: citations and deadlines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from registry.cli.context import Refused
from registry.domain.citations import citations_as_json
from registry.domain.deadlines import find_deadlines
from search_index import legacy

_MOST_BYTES = 20 * 1024 * 1024


@click.group()
def extract() -> None:
    """Đọc văn bản viện dẫn và thời hạn trong các đoạn văn."""


@extract.command()
@click.argument("source", type=click.File(encoding="utf-8"), default="-")
@click.option("--jsonl", is_flag=True, required=True, expose_value=False, help="Mỗi dòng vào {id, text}, mỗi dòng ra {id, citations}.")
def citations(source: TextIO) -> None:
    """Đọc các văn bản được viện dẫn.

    \b
    Ví dụ: sovanban extract citations --jsonl doan.jsonl > vien-dan.jsonl
    """
    _each_line(source, lambda row: {"id": row.get("id"), "citations": citations_as_json(_text(row))})


@extract.command()
@click.argument("source", type=click.File(encoding="utf-8"), default="-")
@click.option("--jsonl", is_flag=True, required=True, expose_value=False,
              help="Mỗi dòng vào {id, text, doc_date}, mỗi dòng ra {id, deadlines}.")
def deadlines(source: TextIO) -> None:
    """Đọc các thời hạn; năm không ghi thì suy từ ngày văn bản (doc_date).

    \b
    Ví dụ: sovanban extract deadlines --jsonl doan.jsonl > thoi-han.jsonl
    """
    _each_line(source, _deadlines)


def _deadlines(row: Mapping[str, Any]) -> dict[str, Any]:
    on = date.fromisoformat(str(row["doc_date"])) if row.get("doc_date") else None
    return {"id": row.get("id"), "deadlines": [one.as_json() for one in find_deadlines(_text(row), doc_date=on)]}


def _text(row: Mapping[str, Any]) -> str:
    """Return the text to read; the spans of one in TCVN3 or VNI count in what it means in Unicode."""
    return legacy.to_unicode(str(row["text"]))


def _each_line(source: TextIO, read: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    for number, row in _rows(source):
        try:
            click.echo(json.dumps(read(row), ensure_ascii=False))
        except (KeyError, ValueError) as error:
            raise Refused(f"Dòng {number}: thiếu hoặc sai trường {error}.") from error


def _rows(source: TextIO) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(source, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise Refused(f"Dòng {number} không phải JSON: {error}") from error
            if not isinstance(row, dict):
                raise Refused(f"Dòng {number} phải là một đối tượng có trường text.")
            yield number, row


def read_text(file: Path) -> str:
    """Return what stands in a text file, in Unicode.

    Raises:
        Refused: it is too large, or in no encoding that is known.
    """
    if file.stat().st_size > _MOST_BYTES:
        raise Refused("Tệp lớn hơn 20 MB.")
    try:
        text = legacy.to_unicode(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        typed = file.read_text(encoding="cp1252", errors="replace")
        text = legacy.to_unicode(typed)
        if text == typed:
            raise Refused("Tệp không phải văn bản UTF-8, TCVN3 hay VNI.") from error
    return text
