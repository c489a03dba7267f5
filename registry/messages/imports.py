"""Faults and remarks of the lines of a file that is imported, and of that file."""

from __future__ import annotations

from flask_babel import gettext as _

from registry.domain import import_errors
from registry.messages.saying import quote, say


@say.register
def _kept_as_text(error: import_errors.KeptAsText) -> str:
    return _("Không có trong danh mục hoặc không đọc được; giữ nguyên văn trong ghi chú của văn bản.")


@say.register
def _subject_made(error: import_errors.SubjectMade) -> str:
    return _("Dòng không có trích yếu; tạm lấy từ loại và số, ký hiệu hoặc từ nội dung. Hãy bổ sung.")


@say.register
def _repeated_row(error: import_errors.RepeatedRow) -> str:
    return _("Trùng với dòng %(line)s của tệp; chỉ nhập một lần.", line=error.first_line)


@say.register
def _twice_in_file(error: import_errors.TwiceInFile) -> str:
    return _("Cùng cơ quan, số và năm với dòng %(line)s của tệp; đã giữ cả hai, hãy kiểm tra.", line=error.first_line)


@say.register
def _id_of_another(error: import_errors.IdOfAnother) -> str:
    return _("Mã này đã có cho văn bản khác (%(label)s) nên dòng này không được nhập. Hãy bỏ cột mã hoặc sửa mã.",
             label=quote(error.label))


@say.register
def _bad_cell(error: import_errors.BadCell) -> str:
    sentences = {
        "urgency": _("Mức độ khẩn là Thường, Khẩn, Thượng khẩn hoặc Hỏa tốc."),
        "field_id": _("Lĩnh vực này không có trong danh mục."),
        "version": _("Cột Mã văn bản và Phiên bản phải giữ nguyên như khi xuất."),
    }
    return sentences.get(error.field or "") or _("Cần một số nguyên từ 0 đến 100.000.")


@say.register
def _row_of_another(error: import_errors.RowOfAnother) -> str:
    return _("Mã văn bản của dòng này là của %(held)s: các dòng trong tệp đã bị xáo trộn. Hãy xuất lại rồi sửa.",
             held=quote(error.held))


@say.register
def _changed_since_export(error: import_errors.ChangedSinceExport) -> str:
    return _("Văn bản đã được sửa sau khi xuất tệp. Hãy xuất lại, hoặc sửa trên trang của văn bản.")


@say.register
def _bad_import_file(error: import_errors.BadImportFile) -> str:
    facts = error.facts
    sentences = {
        "format": _("Chỉ nhập được tệp .jsonl, .jsonl.gz, .csv và .xlsx. Tệp .xls: mở bằng Excel rồi lưu thành .xlsx."),
        "damaged": _("Tệp hỏng hoặc không đúng định dạng của đuôi tệp, không đọc được."),
        "no_header": _("Không tìm thấy dòng tiêu đề. Cần một dòng có tên cột như “Số, ký hiệu”, “Ngày, tháng”, “Trích yếu”."),
        "empty": _("Tệp không có dòng dữ liệu nào."),
        "taken_out": _("Đây là danh sách đã xuất để sửa; hãy gửi ở trang Nhập từ tệp để xem và ghi các thay đổi."),
        "too_large": _("Tệp quá lớn khi mở ra (quá %(most)s MB). Hãy chia thành nhiều tệp.", most=facts.get("most", "")),
        "too_many_columns": _("Tệp có quá %(most)s cột. Hãy bỏ các cột thừa.", most=facts.get("most", "")),
        "too_many_rows": _("Tệp có quá %(most)s dòng. Hãy chia thành nhiều tệp.", most=facts.get("most", "")),
        "line_too_long": _("Dòng quá dài (quá %(most)s MB).", most=facts.get("most", "")),
        "line": _("Dòng này không phải một đối tượng JSON."),
        "name_secret": _("Tên tệp mang dấu độ mật. Văn bản mật không được nhập vào phần mềm này."),
    }
    return sentences.get(error.code) or _("Không đọc được tệp.")
