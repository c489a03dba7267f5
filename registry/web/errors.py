"""Error pages: what went wrong, in plain words, and the way on."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from registry.domain.errors import NotFound, RegistryError
from registry.messages import say
from registry.web.access import wants_json

_log = logging.getLogger("registry.web")


def install(app: Flask) -> None:
    """Answer every fault with a page of ours."""
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(RegistryError, _refused)
    app.register_error_handler(Exception, _broken)


def _texts(code: int) -> tuple[str, str]:
    texts = {
        400: (_("Yêu cầu không đọc được"), _("Trình duyệt gửi đến một yêu cầu không đúng dạng. Hãy quay lại và thử lại.")),
        403: (_("Bạn không có quyền mở trang này"),
              _("Trang này dành cho vai trò khác. Nếu công việc cần đến, hãy nhờ người quản trị cấp quyền.")),
        404: (_("Không có trang này"),
              _("Địa chỉ có thể gõ sai, hoặc mục cần xem không có, hoặc bạn không được xem. Hãy tìm theo số, ký hiệu "
                "ở ô phía trên.")),
        405: (_("Không mở được theo cách này"), _("Hãy quay lại trang trước và dùng nút trên trang.")),
        413: (_("Gửi quá nhiều một lần"),
              _("Tệp hoặc nội dung vừa gửi lớn hơn mức cho phép. Hãy quay lại, chia nhỏ hoặc rút gọn rồi gửi lại.")),
        422: (_("Chưa thực hiện được"), _("Hãy quay lại, kiểm tra những gì đã nhập.")),
        429: (_("Quá nhiều lần thử"), _("Hãy đợi một lát rồi thử lại.")),
    }
    return texts.get(code) or (_("Không thực hiện được"), _("Hãy quay lại trang trước và thử lại."))


def page(code: int, title: str, text: str, *, reference: str = "") -> ResponseReturnValue:
    """Render an error page, or JSON where a script asks."""
    if wants_json():
        return jsonify(error=text, reference=reference), code
    return render_template("errors/error.html", code=code, title=title, text=text, reference=reference), code


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:  # a redirect that the routing raised
        return error
    if code >= 500:
        return _broken(error)
    return page(code, *_texts(code))


def _form_expired(_error: CSRFError) -> ResponseReturnValue:
    if not current_user.is_authenticated and not wants_json():  # signed out in another tab, or the browser was closed
        return render_template("errors/signed_out.html"), 400
    return page(400, _("Trang đã mở quá lâu"), _(
        "Vì an toàn, biểu mẫu này không còn hiệu lực và chưa lưu gì. Nội dung đã gõ vẫn còn: bấm nút Quay lại của "
        "trình duyệt, sao chép phần dài, tải lại trang rồi gửi lại."))


def _not_found(_error: NotFound) -> ResponseReturnValue:
    return page(404, *_texts(404))


def _refused(error: RegistryError) -> ResponseReturnValue:
    # A view that shows no form of its own.
    return page(422, _("Chưa thực hiện được"), say(error))


def _broken(error: Exception) -> ResponseReturnValue:
    """Log the fault under a reference that the page shows."""
    reference = secrets.token_hex(4).upper()
    _log.error("fault %s at %s %s", reference, request.method, request.path, exc_info=error)
    return page(500, _("Phần mềm gặp lỗi"), _(
        "Lỗi đã được ghi lại và chưa có gì bị lưu nửa chừng. Hãy thử lại; nếu vẫn lỗi, báo người quản trị kèm mã "
        "dưới đây."), reference=reference)


