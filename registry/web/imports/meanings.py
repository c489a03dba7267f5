"""What a column may hold, in words, in the order in which the page offers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _

from registry.domain.importing_columns import Meaning

MEANINGS: Mapping[Meaning, object] = {
    Meaning.NUMBER: _("Số, ký hiệu (có thể kèm loại, ngày)"),
    Meaning.NUMERAL: _("Số (riêng phần số)"),
    Meaning.SYMBOL: _("Ký hiệu (riêng phần chữ)"),
    Meaning.KIND: _("Loại văn bản"),
    Meaning.ISSUED_ON: _("Ngày văn bản"),
    Meaning.ISSUER: _("Cơ quan ban hành"),
    Meaning.SUBJECT: _("Trích yếu"),
    Meaning.TEXT: _("Toàn văn"),
    Meaning.SIGNER: _("Người ký"),
    Meaning.POSITION: _("Chức vụ người ký"),
    Meaning.RECEIVED_ON: _("Ngày đến"),
    Meaning.ARRIVAL_NUMBER: _("Số đến (giữ trong ghi chú)"),
    Meaning.RECIPIENTS: _("Nơi nhận"),
    Meaning.HANDED_TO: _("Chuyển cho"),
    Meaning.HANDED_ON: _("Ngày chuyển"),
    Meaning.SENT_ON: _("Ngày gửi"),
    Meaning.ARCHIVE_UNIT: _("Nơi lưu"),
    Meaning.COPIES: _("Số bản"),
    Meaning.ENVELOPES: _("Số lượng bì"),
    Meaning.PAGES: _("Số trang"),
    Meaning.URGENCY: _("Mức độ khẩn"),
    Meaning.FIELD: _("Lĩnh vực"),
    Meaning.LANGUAGE: _("Ngôn ngữ"),
    Meaning.REPLY_DUE_ON: _("Hạn trả lời"),
    Meaning.NOTES: _("Ghi chú"),
    Meaning.SECRECY: _("Độ mật (dòng có dấu mật bị từ chối)"),
    Meaning.ID: _("Mã của dòng (để nhập lại không trùng)"),
    Meaning.KEPT: _("Giữ trong ghi chú"),
    Meaning.SKIPPED: _("Bỏ qua"),
}
_SEVERAL = {Meaning.KEPT, Meaning.SKIPPED, Meaning.NOTES, Meaning.ARRIVAL_NUMBER, Meaning.SECRECY}


def chosen(columns: Sequence[str], guessed: Mapping[str, Meaning], answers: Mapping[str, str]) -> dict[str, Meaning]:
    """Return what the person says of each column, the guess where they say nothing; of two alike one is kept."""
    taken: dict[str, Meaning] = {}
    for place, column in enumerate(columns):
        answer = answers.get(f"column-{place}", "")
        meaning = Meaning(answer) if answer in set(Meaning) else guessed.get(column, Meaning.KEPT)
        if meaning in taken.values() and meaning not in _SEVERAL:
            meaning = Meaning.KEPT
        taken[column] = meaning
    return taken
