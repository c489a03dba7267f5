"""A table as a file of the format that a person chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import IO

from registry.domain.register_forms import Cover
from registry.domain.tables import Table


class Format(StrEnum):
    """What a table is written as; the value ends the file's name."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"
    PDF = "pdf"


MIMETYPES: dict[Format, str] = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}


def write(form: Format, file: IO[bytes], table: Table, *, cover: Cover | None = None,
          on_progress: Callable[[int], None] | None = None) -> None:
    """Write ``table`` into ``file``, behind ``cover`` where there is one; CSV holds the rows alone.

    ``on_progress`` is told how many rows are written.
    """
    if form == Format.CSV:
        from registry.printing.sheet import write_csv

        write_csv(file, table, on_progress=on_progress)
    elif form == Format.XLSX:
        from registry.printing.sheet import write_xlsx

        if cover is not None:
            told = [name for name in (cover.parent, cover.agency, cover.book) if name]
            table = replace(table, told=[*told, *cover.lines, *table.told])
        write_xlsx(file, table, on_progress=on_progress)
    elif form == Format.DOCX:
        from registry.printing.cover import cover_docx
        from registry.printing.word import write_docx

        write_docx(file, table, front=partial(cover_docx, cover=cover) if cover else None, on_progress=on_progress)
    else:
        from registry.printing.cover import cover_pdf
        from registry.printing.pdf_table import write_pdf

        write_pdf(file, table, cover=cover_pdf(cover) if cover else b"", on_progress=on_progress)
