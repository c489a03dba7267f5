"""The form of one document, for registering and for changing it."""

from __future__ import annotations

import re
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField

from registry.domain.errors import DuplicateDocument, NeedsConfirmation, RegistryError, UnknownIssuer
from registry.domain.values import Direction, Urgency
from registry.services import books, reference
from registry.services.document_rows import LIMITS, NewDocument
from registry.services.documents import DocumentPage
from registry.web import context
from registry.web.choosing import issuer_chosen
from registry.web.documents.references import ReferenceRow, read_rows, stored_rows, typed_rows
from registry.web.fields import (
    ChoiceField,
    LineField,
    Required,
    TextField,
    VietnameseDateField,
    WholeNumberField,
    optional_id,
    read_id,
)
from registry.web.forms import Form, show_on

URGENCIES = ((Urgency.NORMAL, _("Thường")), (Urgency.URGENT, _("Khẩn")), (Urgency.VERY_URGENT, _("Thượng khẩn")),
             (Urgency.EXPRESS, _("Hỏa tốc")))
REQUEST_ID = re.compile(r"[0-9a-f-]{36}")


class DocumentForm(Form):
    """All fields of a document; the page shows those that the direction has."""

    request_id = HiddenField()
    planned_id = HiddenField()
    direction = HiddenField()
    book_id = ChoiceField(_("Sổ đăng ký"), coerce=optional_id)
    kind_id = ChoiceField(_("Loại văn bản"), coerce=optional_id)
    issuer = LineField(_("Cơ quan ban hành"), longest=300)
    issuer_id = HiddenField()
    number = LineField(_("Số, ký hiệu"), longest=LIMITS["number"])
    symbol = LineField(_("Ký hiệu (khi lấy số từ sổ)"), longest=80)
    issued_on = VietnameseDateField(_("Ngày văn bản"))
    received_on = VietnameseDateField(_("Ngày đến"))
    subject = TextField(_("Trích yếu nội dung"), [Required()], longest=LIMITS["subject"])
    signer_name = LineField(_("Người ký"), longest=LIMITS["signer_name"])
    signer_position = LineField(_("Chức vụ người ký"), longest=LIMITS["signer_position"])
    urgency = ChoiceField(_("Mức độ khẩn"), coerce=optional_id, default=0)
    field_id = ChoiceField(_("Lĩnh vực"), coerce=optional_id)
    recipients = TextField(_("Nơi nhận"), longest=LIMITS["recipients"])
    handed_to = LineField(_("Chuyển cho đơn vị, người nhận"), longest=LIMITS["handed_to"])
    handed_on = VietnameseDateField(_("Ngày chuyển"))
    reply_due_on = VietnameseDateField(_("Hạn trả lời, giải quyết"))
    archive_unit = LineField(_("Đơn vị, người nhận bản lưu"), longest=LIMITS["archive_unit"])
    sent_on = VietnameseDateField(_("Ngày gửi đi"))
    copies = WholeNumberField(_("Số lượng bản"), low=0, high=100_000)
    envelopes = WholeNumberField(_("Số lượng bì"), low=0, high=100_000)
    pages = WholeNumberField(_("Số trang"), low=0, high=100_000)
    language = LineField(_("Ngôn ngữ"), longest=LIMITS["language"])
    text = TextField(_("Toàn văn"), longest=2_000_000)
    notes = TextField(_("Ghi chú"), longest=LIMITS["notes"])
    restricted = BooleanField(_("Hạn chế nội bộ (nhân sự, khiếu nại): người tra cứu và chuyên viên không thấy"))
    duplicate_reason = LineField(_("Lý do vẫn đăng ký"), longest=LIMITS["duplicate_reason"])
    insert_reason = LineField(_("Lý do chèn số (12a)"), longest=LIMITS["insert_reason"])
    confirmed = BooleanField(_("Đã xem các lưu ý, vẫn lưu"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reference_rows: list[ReferenceRow] = typed_rows(request.form) if self.is_submitted() else []

    def offer(self, direction: Direction) -> None:
        """Fill the choices that a document of this direction has."""
        db = context.db()
        self.kind_id.offer([(None, _("– chọn loại –")), *((kind.id, kind.name) for kind in reference.kinds(db))])
        self.field_id.offer([(None, ""), *((one.id, one.name) for one in reference.fields(db))])
        self.book_id.offer([(None, _("Không vào sổ")), *(
            (book.id, book.name) for book in books.choices(db) if book.direction == direction)])
        self.urgency.offer([(int(value), name) for value, name in URGENCIES])

    def to_new_document(self, direction: Direction) -> NewDocument | None:
        """Return what the form says; None after putting what is wrong by its field."""
        values: dict[str, Any] = {
            name: self[name].data for name in (
                "book_id", "kind_id", "number", "symbol", "issued_on", "received_on", "subject", "signer_name",
                "signer_position", "field_id", "recipients", "handed_to", "handed_on", "reply_due_on",
                "archive_unit", "sent_on", "copies", "envelopes", "pages", "language", "text", "notes", "restricted",
                "duplicate_reason", "insert_reason", "confirmed")}
        references = read_rows(self.reference_rows)
        if references is None:
            self.form_errors.append(gettext("Có văn bản viện dẫn chưa đọc được; xem từng dòng."))
            return None
        issuer_id, new_issuer = None, ""
        try:
            issuer_id = issuer_chosen(self.issuer, self.issuer_id, on=self.issued_on.data)
        except UnknownIssuer as error:
            if not self.confirmed.data:
                show_on(self, error)
                return None
            new_issuer = self.issuer.data
        return NewDocument(
            **values, direction=direction, urgency=Urgency(self.urgency.data or 0), issuer_id=issuer_id,
            issuer_name=new_issuer, references=references, request_id=self._request_id(),
            by_hand=True, planned_id=read_id(self.planned_id.data))

    def _request_id(self) -> str | None:
        """Return what tells a form sent twice; None for anything that is not ours."""
        sent = self.request_id.data or ""
        return sent if REQUEST_ID.fullmatch(sent) else None

    def asks(self, error: RegistryError | None) -> dict[str, object]:
        """Return what the page asks further after ``error``: a reason, or to confirm what is unusual."""
        return {
            "duplicate": error if isinstance(error, DuplicateDocument) else None,
            "asks_confirmation": isinstance(error, (NeedsConfirmation, UnknownIssuer)) or self.confirmed.data,
            "asks_insert_reason": bool(self.insert_reason.data) or (error is not None and error.field == "insert_reason")}

    def show(self, page: DocumentPage) -> None:
        """Fill the form with a registered document."""
        row = page.row
        for name in ("number", "issued_on", "received_on", "subject", "recipients", "handed_to", "restricted"):
            self[name].data = getattr(row, name) if getattr(row, name) is not None else ""
        for name in ("book_id", "kind_id", "field_id", "signer_position", "handed_on", "archive_unit", "copies",
                     "envelopes", "pages", "sent_on", "reply_due_on", "language", "notes"):
            self[name].data = getattr(page, name)
        self.text.data = "" if page.text_is_of_file else page.text  # that one comes and goes with its file
        self.signer_name.data = row.signer
        self.urgency.data = row.urgency
        self.issuer.data = row.issuer or ""
        self.issuer_id.data = str(row.issuer_id or "")
        self.reference_rows = stored_rows(page.cites)

