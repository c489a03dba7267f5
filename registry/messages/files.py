"""Files that cannot be read or kept: attachments, certificates, forms of reports."""

from __future__ import annotations

from flask_babel import gettext as _

from registry.domain import file_errors
from registry.messages.saying import quote, say


@say.register
def _file_unreadable(error: file_errors.FileUnreadable) -> str:
    fault, most = file_errors.FileFault, error.most
    sentences = {
        fault.ENCRYPTED: _("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lên lại, hoặc gõ tay."),
        fault.DAMAGED: _("Tệp hỏng, không đọc được. Hãy mở thử trên máy, lưu lại rồi tải lên lại."),
        fault.EMPTY: _("Tệp rỗng."),
        fault.TOO_MANY_PAGES: _("Tệp có quá %(most)s trang. Hãy tách thành nhiều tệp.", most=most),
        fault.TOO_LONG: _("Nội dung dài quá %(most)s ký tự. Hãy tách phụ lục thành tệp riêng.", most=most),
        fault.TOO_LARGE: _("Tệp quá lớn khi mở ra, không đọc được. Hãy giảm kích thước ảnh trong tệp hoặc tách thành nhiều tệp."),
        fault.TIMED_OUT: _("Đọc tệp quá lâu nên đã dừng. Hãy thử lại; nếu vẫn vậy, hãy tách nhỏ tệp hoặc gõ tay."),
        fault.OUT_OF_MEMORY: _("Đọc tệp này cần quá nhiều bộ nhớ nên đã dừng. Hãy tách nhỏ tệp hoặc gõ tay."),
        fault.UNSUPPORTED: _("Không đọc được chữ trong loại tệp này."),
        fault.NEEDS_LIBREOFFICE: _("Cần LibreOffice trên máy chủ để đọc tệp Word đời cũ (.doc). Hãy lưu tệp thành .docx hoặc "
                                   "PDF, hoặc nhờ người quản trị cài LibreOffice."),
        fault.NEEDS_TESSERACT: _("Đây là bản quét; máy chủ chưa có phần mềm nhận dạng chữ (Tesseract tiếng Việt). "
                                 "Hãy gõ tay, hoặc nhờ người quản trị cài thêm."),
        fault.NO_TEXT: _("Không tìm thấy chữ nào trong tệp."),
        fault.NO_SUCH_PAGE: _("Tệp không có trang này."),
    }
    return sentences[error.reason]


@say.register
def _file_refused(error: file_errors.FileRefused) -> str:
    facts = error.facts
    most, name = facts.get("most", ""), quote(str(facts.get("name", "")))
    sentences = {
        "empty": _("Tệp rỗng."),
        "kind": _("Loại tệp này không đính kèm được, dù tên tệp là gì. Nhận PDF, Word, Excel (.xlsx), ảnh và XML."),
        "kind_not_allowed": _("Cơ quan không nhận loại tệp này. Các loại được nhận: %(kinds)s.",
                              kinds=", ".join(error.kinds)),
        "encrypted": _("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."),
        "macro": _("Tệp có macro nên không nhận. Hãy lưu thành .docx hoặc .xlsx không có macro."),
        "damaged": _("Tệp hỏng, không mở được. Hãy mở thử trên máy, lưu lại rồi tải lên lại."),
        "too_large": _("Tệp lớn hơn %(most)s MB. Hãy giảm độ phân giải khi quét, hoặc tách thành nhiều tệp.", most=most),
        "too_many": _("Quá %(most)s tệp một lần. Hãy chia nhỏ.", most=most),
        "name_secret": _("Tên tệp mang dấu độ mật. Văn bản mật không được đưa vào phần mềm này."),
        "twice": _("Tệp “%(name)s” đã có ở văn bản này.", name=name),
        "archive": _("Tệp nén nằm trong tệp nén; hãy giải nén trước."),
        "archive_apart": _("Tệp .zip phải gửi riêng; gửi cùng tệp khác thì không được giải nén."),
        "archive_damaged": _("Tệp .zip hỏng, không mở được."),
        "archive_empty": _("Tệp .zip không có tệp nào bên trong."),
        "archive_too_large": _("Tệp .zip khi giải nén lớn hơn %(most)s MB. Hãy chia nhỏ.", most=most),
        "bomb": _("Tệp nén phình ra bất thường nên không nhận."),
        "none": _("Hãy chọn một tệp."),
        "gone": _("Tệp không được đăng ký nên đã được dọn khỏi kho."),
    }
    return sentences.get(error.code) or _("Không nhận được tệp này.")


@say.register
def _bad_certificate(error: file_errors.BadCertificate) -> str:
    facts = error.facts
    sentences = {
        "too_large": _("Tệp quá lớn, tối đa %(most)s KB.", most=facts.get("most", "")),
        "no_authority": _("“%(subject)s” là chứng thư của người dùng, không phải của cơ quan cấp chứng thư. Hãy chọn chứng "
                          "thư gốc (Root CA) hoặc của cơ quan cấp.", subject=facts.get("subject", "")),
    }
    return sentences.get(error.code) or _("Không đọc được chứng thư nào trong tệp. Cần tệp .crt, .cer, .pem hoặc .p7b.")


@say.register
def _bad_report_form(error: file_errors.BadReportForm) -> str:
    detail = quote(error.detail)
    sentences = {
        "not_word": _("Tệp này không phải tệp Word (.docx) đọc được."),
        "too_large": _("Mẫu báo cáo quá lớn; hãy bỏ bớt hình trong mẫu."),
        "macros": _("Tệp có macro nên không dùng được; hãy lưu lại dạng .docx."),
        "too_slow": _("In thử trên mẫu này mất quá lâu hoặc quá nhiều bộ nhớ; hãy bỏ bớt vòng lặp trong mẫu."),
        "unknown_field": _("Mẫu có chỗ điền mà báo cáo không có: %(detail)s.", detail=detail),
        "syntax": _("Mẫu có chỗ điền viết chưa đúng: %(detail)s.", detail=detail),
    }
    return sentences.get(error.code) or _("Không in thử được trên mẫu này: %(detail)s.", detail=detail)
