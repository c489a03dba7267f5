"""Fields of forms: text that is clean and of bounded length, dates as officials write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, PasswordField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextArea, TextInput

from registry.domain.dates import read_date
from registry.domain.errors import BadDate
from registry.messages import say
from search_index.legacy import to_unicode
from search_index.text import clean, one_line

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# A browser shows this much again after an error, or all that the field may hold; more is no typing mistake.
_MOST_SHOWN = 100_000
_NO_SUCH_CHOICE = _("Không có lựa chọn này.")


class Required(InputRequired):
    """The field must be filled."""

    def __init__(self, message: object | None = None) -> None:
        super().__init__(message or _("Cần điền mục này."))

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse white space alone, too."""
        if field.errors:  # unreadable: that has been said already
            raise StopValidation
        if field.data is None or field.data in ("", []):
            raise StopValidation(str(self.message))


class _CleanText(Field):
    """Text without control characters, at most ``longest`` characters long."""

    def __init__(self, label: object = None, validators: Sequence[Any] | None = None, *, longest: int,
                 **kwargs: Any) -> None:
        super().__init__(label, validators or (), **kwargs)
        self.longest = longest
        self.typed: str | None = None

    def _clean(self, text: str) -> str:
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed = valuelist[0]
        self.data = ""
        if len(self.typed) > 4 * self.longest + 100:  # not worth cleaning
            raise ValueError(self._too_long(len(self.typed)))
        self.typed = to_unicode(self.typed)  # before cleaning, which takes the hyphen that is ư in TCVN3
        if _CONTROL.search(self.typed):
            raise ValueError(_("Có ký tự điều khiển không đọc được; hãy gõ lại mục này."))
        text = self._clean(self.typed)
        if len(text) > self.longest:
            raise ValueError(self._too_long(len(text)))
        self.data = text

    def _too_long(self, length: int) -> object:
        return _("Dài %(length)s ký tự; mục này nhận nhiều nhất %(most)s ký tự.", length=length, most=self.longest)

    def _value(self) -> str:
        text = self.data if self.typed is None else self.typed
        return _CONTROL.sub("", (text or "")[:max(_MOST_SHOWN, self.longest)])


class LineField(_CleanText):
    """One line: NFC, true Đ, single spaces, trimmed; ``data`` is never None."""

    widget = TextInput()

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def _clean(self, text: str) -> str:
        return one_line(text)


class TextField(_CleanText):
    """Several lines: NFC, true Đ, line breaks as ``\\n``, trimmed; ``data`` is never None."""

    widget = TextArea()

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def _clean(self, text: str) -> str:
        return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class VietnameseDateField(Field):
    """A day, typed as dd/mm/yyyy or as it stands in a document; ``data`` is a date or None."""

    widget = TextInput()

    def __init__(self, label: object = None, validators: Sequence[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(label, validators or (), **kwargs)
        self.typed: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed = valuelist[0]
        self.data = None
        if not self.typed.strip():
            return
        try:
            self.data = read_date(self.typed)
        except BadDate as error:
            raise ValueError(say(error)) from error

    def _value(self) -> str:
        if self.typed is not None and not isinstance(self.data, date):
            return _CONTROL.sub("", self.typed[:200])
        return f"{self.data:%d/%m/%Y}" if self.data else ""


class SecretField(PasswordField):
    """A password: taken as typed, of bounded length, never sent back."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""
        if len(self.data) > 1000 or "\x00" in self.data:
            self.data = ""
            raise ValueError(_("Mật khẩu quá dài hoặc có ký tự không dùng được."))


class WholeNumberField(Field):
    """A whole number between ``low`` and ``high``; ``data`` is an int or None."""

    widget = TextInput()

    def __init__(self, label: object = None, validators: Sequence[Any] | None = None, *, low: int, high: int,
                 **kwargs: Any) -> None:
        super().__init__(label, validators or (), **kwargs)
        self.low, self.high = low, high
        self.typed: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed = valuelist[0]
        self.data = None
        text = self.typed.strip()
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= 12 and self.low <= int(text) <= self.high):
            raise ValueError(_("Cần một số nguyên từ %(low)s đến %(high)s.", low=self.low, high=self.high))
        self.data = int(text)

    def _value(self) -> str:
        if self.typed is not None:
            return _CONTROL.sub("", self.typed[:100])
        return "" if self.data is None else str(self.data)


def read_id(text: str | None) -> int | None:
    """Return the id that stands in an address or a hidden field; None for anything that is no id."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def optional_id(value: Any) -> int | None:
    """Read the value of a choice whose first entry is "none"."""
    if value in (None, "", "None"):
        return None
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise ValueError("not a choice")
    return int(text)


class ChoiceField(SelectField):
    """One of a list of ``(value, label)``; with ``coerce=optional_id`` the value None is "none"."""

    def __init__(self, label: object = None, validators: Sequence[Any] | None = None, *,
                 choices: Iterable[tuple[Any, object]] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, choices=_options(choices), invalid_value_message=_NO_SUCH_CHOICE,
                         invalid_choice_message=_NO_SUCH_CHOICE, **kwargs)

    def offer(self, choices: Iterable[tuple[Any, object]]) -> None:
        """Replace the choices, once the request's form is made."""
        self.choices = _options(choices)


def _options(choices: Iterable[tuple[Any, object]]) -> list[SelectChoice]:
    return [SelectChoice(value="" if value is None else str(value), label=label) for value, label in choices]


class ChoicesField(SelectMultipleField):
    """Several of a list of ``(id, label)``, drawn as check boxes; ``data`` is a list of ids."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: object = None, validators: Sequence[Any] | None = None, *,
                 choices: Iterable[tuple[Any, object]] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, choices=_options(choices), coerce=optional_id,
                         invalid_value_message=_NO_SUCH_CHOICE, invalid_choice_message=_NO_SUCH_CHOICE, **kwargs)

    def offer(self, choices: Iterable[tuple[Any, object]]) -> None:
        """Replace the choices, once the request's form is made."""
        self.choices = _options(choices)
