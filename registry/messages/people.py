"""User names, passwords, signing in."""

from __future__ import annotations

from flask_babel import gettext as _

from registry.domain import account_errors
from registry.domain.passwords import LONGEST, SHORTEST
from registry.messages.saying import quote, say


@say.register
def _bad_username(error: account_errors.BadUsername) -> str:
    return _("Tên đăng nhập chỉ gồm chữ không dấu, chữ số và dấu . _ - ở giữa, từ 2 đến 60 ký tự.")


@say.register
def _username_taken(error: account_errors.UsernameTaken) -> str:
    return _("Đã có người dùng tên “%(name)s” (kể cả người đã ngừng). Hãy chọn tên khác.",
             name=quote(error.username))


@say.register
def _weak_password(error: account_errors.WeakPassword) -> str:
    sentences = {
        "short": _("Mật khẩu cần ít nhất %(least)s ký tự. Một câu ngắn dễ nhớ là tốt nhất.", least=SHORTEST),
        "long": _("Mật khẩu dài nhất %(most)s ký tự.", most=LONGEST),
        "like_username": _("Mật khẩu không được giống tên đăng nhập."),
        "common": _("Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn một câu ngắn của riêng bạn."),
        "one_character": _("Mật khẩu chỉ lặp lại vài ký tự, dễ bị đoán."),
        "same": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }
    return sentences.get(error.reason) or _("Mật khẩu này không dùng được.")


@say.register
def _wrong_password(error: account_errors.WrongPassword) -> str:
    return _("Mật khẩu hiện tại không đúng.")


@say.register
def _sign_in_refused(error: account_errors.SignInRefused) -> str:
    return _("Tên đăng nhập hoặc mật khẩu không đúng. Nếu quên, hãy nhờ người quản trị đặt lại mật khẩu.")


@say.register
def _too_many_attempts(error: account_errors.TooManyAttempts) -> str:
    return _("Đã sai quá nhiều lần. Hãy thử lại sau %(minutes)s phút, hoặc nhờ người quản trị đặt lại mật khẩu.",
             minutes=error.minutes)
