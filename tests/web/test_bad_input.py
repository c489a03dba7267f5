"""Whatever is typed into a field: an answer by the field, never a fault, nothing half saved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm

from registry.web.fields import (
    ChoiceField,
    ChoicesField,
    LineField,
    TextField,
    VietnameseDateField,
    WholeNumberField,
)
from registry.web.fields import optional_id as read_id

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=400)


class EveryField(PlainForm):
    """One of each kind of field."""

    line = LineField("line", longest=50)
    lines = TextField("lines", longest=50)
    day = VietnameseDateField("day")
    whole = WholeNumberField("whole", low=1, high=100)
    choice = ChoiceField("choice", choices=[(None, "–"), (1, "one")], coerce=read_id)
    choices = ChoicesField("choices", choices=[(1, "one"), (2, "two")])


@given(text=ANY_TEXT)
def test_a_field_gives_clean_data_or_an_error(text):
    form = EveryField(MultiDict(dict.fromkeys(("line", "lines", "day", "whole", "choice", "choices"), text)))
    form.validate()
    for field in form:
        assert all(str(error).strip() for error in field.errors)
        str(field()).encode("utf-8")  # can be sent back as typed
    if not form.line.errors:
        assert len(form.line.data) <= 50
        assert form.line.data == " ".join(form.line.data.split())
    for data in (form.line.data, form.lines.data):
        assert "\x00" not in data
        assert not set(data) & set("\u200e\u200f\u202a\u202e\u2066\ufeff\x1b")
    assert form.day.data is None or isinstance(form.day.data, date)
    assert form.whole.data is None or 1 <= form.whole.data <= 100


@pytest.mark.parametrize(("typed", "kept"), [
    pytest.param("Quye\u0302\u0301t đi\u0323nh", "Quyết định", id="NFD"),
    pytest.param("  Sở \u00a0 Nội\tvụ\r\n", "Sở Nội vụ", id="spaces of all kinds"),
    pytest.param("\u202eSở Nội vụ\u202c", "Sở Nội vụ", id="right-to-left marks"),
    pytest.param("Q\u00d0-UBND", "QĐ-UBND", id="Icelandic eth for Đ"),
    pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="HTML is text"),
    pytest.param("'; DROP TABLE users; --", "'; DROP TABLE users; --", id="SQL is text"),
])
def test_a_line_is_kept_clean(typed, kept):
    form = EveryField(MultiDict({"line": typed}))
    assert form.validate()
    assert form.line.data == kept


@pytest.mark.parametrize("typed", ["x" * 51, "x" * 1_000_000, "a\x00b", "a\x1b[0m", "\ud800"], ids=range(5))
def test_a_line_that_cannot_be_kept_is_refused(typed):
    form = EveryField(MultiDict({"line": typed}))
    assert not form.validate()
    assert form.line.data == ""


@pytest.mark.parametrize("typed", ["31/02/2021", "00/00/2021", "32/1/2021", "1/13/2021", "1/1/0001", "1/1/9999",
                                   "2021", "/////", "1/1/2021/" * 40, "٣/٣/٢٠٢١x", "-1/-1/-1"])
def test_a_day_that_is_none_is_refused(typed):
    form = EveryField(MultiDict({"day": typed}))
    assert not form.validate()
    assert form.day.data is None


@pytest.mark.parametrize("typed", ["05/02/2021", "5/2/2021", "5.2.2021", "ngày 05 tháng 02 năm 2021", "2021-02-05"])
def test_a_day_is_read_however_it_is_written(typed):
    form = EveryField(MultiDict({"day": typed}))
    assert form.validate()
    assert form.day.data == date(2021, 2, 5)
    assert 'value="05/02/2021"' in str(form.day())
