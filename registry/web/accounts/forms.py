"""Forms of signing in, the first run and the password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import EqualTo

from registry.web.fields import LineField, Required, SecretField
from registry.web.forms import Form


class SignInForm(Form):
    """User name and password."""

    username = LineField(_("Tên đăng nhập"), [Required()], longest=60)
    password = SecretField(_("Mật khẩu"), [Required()])
    next = HiddenField()


def _same_as(name: str) -> EqualTo:
    return EqualTo(name, message=_("Hai lần gõ mật khẩu không giống nhau."))


class FirstRunForm(Form):
    """The first administrator."""

    full_name = LineField(_("Họ và tên"), [Required()], longest=100)
    username = LineField(_("Tên đăng nhập"), [Required()], longest=60)
    password = SecretField(_("Mật khẩu"), [Required()])
    repeated = SecretField(_("Gõ lại mật khẩu"), [Required(), _same_as("password")])


class PasswordForm(Form):
    """The present password and, twice, the new one."""

    current_password = SecretField(_("Mật khẩu hiện tại"), [Required()])
    password = SecretField(_("Mật khẩu mới"), [Required()])
    repeated = SecretField(_("Gõ lại mật khẩu mới"), [Required(), _same_as("password")])


