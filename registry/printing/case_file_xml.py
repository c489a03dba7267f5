"""A case file as XML: the fields of Nghị định 30/2020/NĐ-CP, Phụ lục VI, phần II by their names in the decree.

No official schema is published; days are written as ISO 8601, the urgency by its number (0 to 3). ``AttachedFile``,
the names of attached files, is ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from lxml import etree

from registry.domain.file_metadata import DocumentMetadata, FileMetadata
from registry.domain.tables import writable


def write_xml(file: IO[bytes], about: FileMetadata, documents: Iterable[DocumentMetadata]) -> None:
    """Write a file and its documents, one after another, so that memory stays flat."""
    with etree.xmlfile(file, encoding="utf-8") as out:
        out.write_declaration()
        with out.element("CaseFile"):
            for one in _of_file(about):
                out.write(one, pretty_print=True)
            with out.element("Documents", hidden=str(about.hidden)):
                for document in documents:
                    out.write(_of_document(about, document), pretty_print=True)


def _element(name: str, value: str | int | date | None) -> Any:
    made = etree.Element(name)
    if isinstance(value, date):
        made.text = value.isoformat()
    elif value is not None:
        made.text = writable(str(value))
    return made


def _group(name: str, **values: str | int | date | None) -> Any:
    made = etree.Element(name)
    made.extend([_element(child, value) for child, value in values.items()])
    return made


def _code(about: FileMetadata) -> Any:
    return _group("FileCode", OrganId=about.organ_id, FileCatalog=about.year, FileNotation=about.code)


def _of_file(about: FileMetadata) -> list[Any]:
    fields: dict[str, str | int | date | None] = {
        "Title": about.title, "Maintenance": about.retention, "Rights": about.rights, "Creator": about.creator,
        "Language": about.language, "StartDate": about.started_on, "EndDate": about.ended_on,
        "DocTotal": about.documents, "PageTotal": about.pages, "Description": about.description}
    return [_code(about), *(_element(name, value) for name, value in fields.items())]


def _of_document(about: FileMetadata, one: DocumentMetadata) -> Any:
    incoming = one.direction == "incoming"
    made = etree.Element("Document", direction=one.direction)
    made.append(_code(about))
    first: dict[str, str | int | date | None] = {
        "DocOrdinal": one.ordinal, "TypeName": one.kind, "CodeNumber": one.code_number,
        "CodeNotation": one.code_notation, "IssuedDate": one.issued_on, "OrganName": one.issuer,
        "Subject": one.subject, "Language": one.language, "PageAmount": one.pages, "Description": one.notes}
    if incoming:
        first |= {"ArrivalDate": one.received_on, "ArrivalNumber": one.arrival_number}
    made.extend([_element(name, value) for name, value in first.items()])
    made.append(_group("SignerInfo", Position=one.signer_position, FullName=one.signer_name))
    if not incoming:
        made.extend([_group("To", OrganId="", OrganName=line) for line in one.recipients.split("\n") if line.strip()])
    last: dict[str, str | int | date | None] = {"Priority": one.urgency}
    last |= {"ToPlaces": one.handed_to} if incoming else {"IssuedAmount": one.copies}
    made.extend([_element(name, value) for name, value in {**last, "DueDate": one.due_on}.items()])
    made.extend([_element("AttachedFile", file.name) for file in one.files])
    return made
