"""What all forms share: the base class, doing what a form asks for, and saying by its field what refused it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField

from registry.domain.errors import RegistryError
from registry.messages import say
from registry.web.fields import read_id


class Form(FlaskForm):
    """A form whose errors are Vietnamese sentences."""

    class Meta(FlaskForm.Meta):
        """Messages of the fields are ours, in ``registry.web.fields``; WTForms' own are not used."""

        locales = ("vi",)

        def get_translations(self, form: object) -> None:
            """Use the field's sentences as they are."""


AnyForm = TypeVar("AnyForm", bound=Form)
Row = TypeVar("Row")


class VersionForm(Form):
    """What every change of one thing carries: the version of it that the person saw."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version; one that cannot be read is an old one."""
        return read_id(self.version.data) or 0


def show_on(form: FlaskForm, error: RegistryError) -> None:
    """Put the sentence for ``error`` by its field, or on the form as a whole."""
    field = form._fields.get(error.field or "")
    if field is None:
        form.form_errors.append(say(error))
    else:
        field.errors = [*field.errors, say(error)]


class FormRefused(Exception):
    """What stands in a form cannot be used; the sentence why is put by its field, else it is the message."""


def carry_out(form: Form, work: Callable[[], object]) -> bool:
    """Do ``work`` with what stands in the form, and return whether it is done; what refuses it is said in the form."""
    if not form.validate():
        return False
    try:
        work()
    except RegistryError as error:
        show_on(form, error)
    except FormRefused:
        pass
    else:
        return True
    return False


def refusals(chosen: Iterable[Row], work: Callable[[Row], object]) -> list[tuple[Row, str]]:
    """Do ``work`` with each, and return those that were refused, each with the sentence why."""
    refused = []
    for one in chosen:
        try:
            work(one)
        except RegistryError as error:
            refused.append((one, say(error)))
    return refused


def tell_apart(forms: Mapping[str, Form]) -> None:
    """Give the fields of several forms of one page ids of their own, so that each label has its own field."""
    for name, form in forms.items():
        for field in form:
            field.id = field.label.field_id = f"{name}-{field.name}"


def status(form: FlaskForm) -> int:
    """Return 422 for a form that was refused, else 200."""
    return 422 if form.errors else 200


def from_address(form_class: type[AnyForm]) -> AnyForm:
    """Return a form read from the address: filters; what cannot be read says so by its field."""
    form = form_class(request.args, meta={"csrf": False})
    form.validate()
    return form
