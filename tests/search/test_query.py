"""What was typed, read; fragments with what was found."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.highlight import find, has_phrases, highlight, mark
from search_index.query import MOST_WORDS, date_range, parse


@pytest.mark.parametrize(("typed", "key"), [
    ("73/2025/QĐ-UBND", "73/2025/qd-ubnd"),
    ("1244 / QĐ-UBND", "1244/qd-ubnd"),
    ("304/2025/NĐ - CP", "304/2025/nd-cp"),
    ("Thông báo số 165/TB-UBND", "165/tb-ubnd"),
    ("Nghị quyết liên tịch số: 01/2020/NQLT", "1/2020/nqlt"),
    ("số 07/TTr-STC", "7/ttr-stc"),
    ("829", "829"),
    ("47/2019", "47/2019"),
    ("47/", "47"),
    ("kế hoạch 5 năm 2021-2025", ""),
    ("tháng 11/2025", ""),
    ("năm 2021", ""),
    ("Điều 5", ""),
    ("covid 19", ""),
])  # fmt: skip
def test_what_looks_like_a_number_is_one(typed: str, key: str) -> None:
    assert parse(typed).number == key


@pytest.mark.parametrize(("typed", "note"), [
    ("kế hoạch " * 200, "too_long"),
    (" ".join(f"a{n}" for n in range(100)), "too_many_words"),
    ("((a OR b) c)", "brackets"),
    ("(a OR b c) OR d", "brackets"),
    ("a (b", "brackets"),
    ("a) b", "brackets"),
    ("kế*", "wildcards"),
    ("tac_gia:An mau:đỏ", "unknown_field"),
    ("tu:31/02/2021", "bad_date"),
])  # fmt: skip
def test_what_is_left_out_is_said(typed: str, note: str) -> None:
    assert note in parse(typed).notes


@given(st.text(max_size=400))
def test_any_string_is_read_and_stays_bounded(typed: str) -> None:
    query = parse(typed)
    assert len(query.clauses) <= MOST_WORDS
    assert all(word for word in query.words)
    highlight(typed, query)


@pytest.mark.parametrize(("typed", "span"), [
    ("2021", (date(2021, 1, 1), date(2021, 12, 31))),
    ("02/2020", (date(2020, 2, 1), date(2020, 2, 29))),
    ("12/2020", (date(2020, 12, 1), date(2020, 12, 31))),
    ("7-5-2021", (date(2021, 5, 7), date(2021, 5, 7))),
    ("30/02/2014", None),
    ("0000", None),
    ("hôm nay", None),
])  # fmt: skip
def test_a_date_means_its_first_and_last_day(typed: str, span: tuple[date, date] | None) -> None:
    assert date_range(typed) == span


def test_marks_show_the_words_as_written() -> None:
    subject = "Quy chế bảo mật thư điện tử của Uỷ ban nhân dân; báo mất thẻ"
    shown = mark(subject, parse("bảo mật ủy ban"))
    assert [subject[begin:end] for begin, end in shown.marks] == ["bảo mật", "Uỷ ban"]
    assert [subject[b:e] for b, e in mark(subject, parse("bao mat")).marks] == ["bảo mật", "báo mất"]
    assert find("không có gì", parse("kế hoạch")) == []


def test_fragments_are_cut_where_most_of_the_words_stand() -> None:
    text = "mở đầu " * 200 + "kế hoạch chuyển đổi số của tỉnh " + "ở giữa " * 200 + "một kế hoạch khác " + "cuối " * 50
    first, *others = highlight(text, parse("kế hoạch chuyển đổi số"))
    assert "kế hoạch chuyển đổi số" in first.text
    assert [first.text[b:e] for b, e in first.marks] == ["kế hoạch chuyển đổi số"]
    assert first.cut_before
    assert first.cut_after
    assert len(others) == 1
    (start,) = highlight(text, parse("vắng"))
    assert start.text.startswith("mở đầu")
    assert start.marks == ()
    assert highlight("", parse("a")) == ()


@pytest.mark.parametrize(("text", "found"), [
    ("Tổ chức, quản lý và công bố", True),
    ("tổ chức\nquản lí - và công bố.", True),
    ("tổ chức và quản lý, công bố", False),
    ("tái tổ chức, quản lý và công bốn", False),
    ("x" * 150_000 + " tổ chức, quản lý và công bố", True),
])  # fmt: skip
def test_a_phrase_is_its_words_in_order(text: str, found: bool) -> None:
    assert has_phrases(text, [("tổ", "chức", "quản", "lí", "và", "công", "bố")]) is found


def test_a_word_is_marked_however_far_into_a_text_it_stands() -> None:
    text = "mở đầu " * 20_000 + "chuyển đổi số"
    (found,) = highlight(text, parse("chuyển đổi số"))
    assert [found.text[b:e] for b, e in found.marks] == ["chuyển đổi số"]
    (found,) = highlight(text.replace("chuyển", "Chuyển"), parse("chuyen doi so"))
    assert [found.text[b:e] for b, e in found.marks] == ["Chuyển đổi số"]


def test_fragments_have_two_words_side_by_side_rather_than_apart() -> None:
    text = "tổ trưởng giữ chức vụ. " * 5 + "khác " * 2_000 + "Luật Tổ chức Chính phủ"
    shown = highlight(text, parse("tổ chức"))
    assert any(fragment.text[b:e] == "Tổ chức" for fragment in shown for b, e in fragment.marks)


def test_marks_hold_where_a_letter_grows_in_lower_case() -> None:
    text = "İİİ thành phố İ"
    assert [text[b:e] for b, e in find(text, parse("phố"))] == ["phố"]


def test_brackets_beside_or_hold_their_words_together() -> None:
    (clause,) = parse("(thi đua) OR (khen thưởng) OR lễ").clauses
    assert [term.words for term in clause.terms] == [("thi", "đua"), ("khen", "thưởng"), ("lễ",)]
    assert [term.group for term in clause.terms] == [True, True, False]
    for flat in ("kế hoạch (đợt 2)", "(kế OR hoạch) đợt", "(kế hoạch) AND đợt"):
        query = parse(flat)
        assert query.notes == ()
        assert query.clauses == parse(flat.replace("(", " ").replace(")", " ")).clauses


@pytest.mark.parametrize("typed", ["(" * 900 + "a", "(a " * 300 + ") OR " * 100, "()" * 400, ")(" * 400, "(a OR " * 150 + "b" + ")" * 40])
def test_deep_brackets_are_read_in_no_time_and_said(typed: str) -> None:
    begun = time.perf_counter()
    query = parse(typed)
    assert time.perf_counter() - begun < 0.5
    assert len(query.clauses) <= MOST_WORDS
    assert "brackets" in query.notes or not query.clauses
