"""What a clerk finds, on both engines."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search_index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexOutdated
from search_index.index import SearchIndex, create_index, open_index
from search_index.limits import Filters
from search_index.rebuild import start_rebuild
from tests.search.conftest import SHELF, TOWN, doc

Texts = Callable[[Sequence[int]], dict[int, str]]


@pytest.mark.parametrize(("typed", "first"), [
    pytest.param("chuyển đổi số", 1, id="words of the subject"),
    pytest.param("CHUYỂN ĐỔI SỐ", 1, id="capitals"),
    pytest.param("chuyen doi so", 1, id="no tone marks"),
    pytest.param("phòng chống cúm gia cầm", 4, id="signs between the words"),
    pytest.param("ủy ban nhân dân tiêm phòng", 4, id="new tone placement in the text, old typed"),
    pytest.param("giám sát thuỷ cầm", 4, id="new tone placement typed"),
    pytest.param("kĩ năng công chức", 5, id="i for y"),
    pytest.param("CNTT cơ quan nhà nước", 1, id="abbreviation typed, long form in the text"),
    pytest.param("TTHC", 5, id="abbreviation alone"),
    pytest.param("quyết định UBND tỉnh Hà Nam 2021 thư điện tử", 2, id="kind, issuer, year and words"),
    pytest.param("325/KH-UBND", 1, id="number"),
    pytest.param("15 / 2021 / qđ - ubnd", 2, id="number with loose spaces"),
    pytest.param("15/2021/QD-UBND", 2, id="number without marks"),
    pytest.param("Thông báo số 07/TB-SNV", 3, id="number after its kind, leading zero"),
    pytest.param("47/2019", 4, id="beginning of a number"),
    pytest.param("1207", 5, id="digits of a number"),
    pytest.param("120", 5, id="first digits of a number"),
    pytest.param("thư điện tủ công vụ", 2, id="slip in a tone mark"),
    pytest.param("ngân xách nhà nước", 6, id="slip between two real words"),
    pytest.param("thông tin được bảo vệ như thế nào trong công nghệ?", 1, id="a question"),
    pytest.param("30/2020/NĐ-CP", 2, id="a number that the text cites"),
])  # fmt: skip
def test_a_document_is_found_however_it_is_asked_for(index: SearchIndex, typed: str, first: int) -> None:
    assert index.search(typed, Filters(access=frozenset({"all"}))).ids[:1] == (first,)


def test_a_year_asked_for_is_the_year_of_issue_before_one_in_a_number(index: SearchIndex) -> None:
    given = {"kind": "Nghị định", "issuer": "Chính phủ", "issuer_id": 5}
    index.put([doc(21, "81/2013/NĐ-CP", number="81/2013/NĐ-CP", issued_on=None, year=2013, **given),
               doc(22, "Quy định về kho vật chứng", number="70/2013/NĐ-CP", issued_on=date(2013, 7, 2), **given)],
              position=8)
    assert index.search("nghị định Chính phủ 2013").ids[:2] == (22, 21)
    index.put([doc(26, "Sửa đổi Nghị định năm 2013 của Chính phủ", number="9/2016/NĐ-CP", issued_on=date(2016, 3, 1), **given)],
              position=9)
    assert index.search("nghị định của Chính phủ năm 2013").ids[0] == 22


def test_the_kind_asked_for_comes_before_a_longer_one_that_contains_it(index: SearchIndex) -> None:
    of_2008 = {"issued_on": date(2008, 11, 7)}
    index.put([
        doc(31, "Hướng dẫn tổ chức và biên chế của trung tâm", number="8/2008/TTLT-BTP-BNV", kind="Thông tư liên tịch",
            issuer="Bộ Tư pháp và Bộ Nội vụ", body="Thông tư này do Bộ Nội vụ hướng dẫn từ năm 2008. " * 20, **of_2008),
        doc(32, "Cấp giấy phép kinh doanh", number="9/2008/TT-BNV", kind="Thông tư", issuer="Bộ Nội vụ",
            body="Tổ chức nộp hồ sơ xin cấp giấy phép. " * 20, **of_2008),
    ], position=8)
    assert index.search("thông tư Bộ Nội vụ 2008").ids[:2] == (32, 31)


def test_the_issuer_asked_for_comes_before_one_whose_longer_name_contains_it(index: SearchIndex) -> None:
    given = {"kind": "Nghị quyết", "issued_on": date(2014, 11, 28), "subject": "Về việc thi hành luật"}
    index.put([doc(23, number="618/2014/UBTVQH13", issuer="Ủy ban Thường vụ Quốc hội", issuer_id=6, **given),
               doc(24, number="81/2014/QH13", issuer="Quốc hội", issuer_id=7, **given),
               doc(25, number="7/NQLT", issuer="Quốc hội và Mặt trận Tổ quốc Việt Nam", issuer_id=8, **given)], position=8)
    assert index.search("nghị quyết Quốc hội 2014").ids[0] == 24


def test_who_types_bao_mat_with_marks_is_not_flooded_with_bao_mat_without(index: SearchIndex) -> None:
    assert index.search("bảo mật").ids[:2] in {(2, 1), (1, 2)}
    assert set(index.search("bao mat").ids) == {1, 2, 3}


@pytest.mark.parametrize(("typed", "ids"), [
    pytest.param('"thư điện tử công vụ"', {2}, id="phrase"),
    pytest.param('"công vụ được bảo mật"', {2}, id="phrase of the body"),
    pytest.param('"bảo mật thư điện tử"', set(), id="the words, not side by side"),
    pytest.param("thông -điện", {1, 3, 4}, id="left out"),
    pytest.param("cúm OR dấu", {3, 4}, id="either"),
    pytest.param("(con dấu) OR (gia cúm)", {3, 4}, id="either group"),
    pytest.param("(con gia) OR cúm", {4}, id="a group no document has, or a word"),
    pytest.param("(bao mat dien) OR dự", {2, 6}, id="a group without tone marks"),
    pytest.param("loai:QĐ", {2, 6}, id="kind by its letters"),
    pytest.param('loai:"Quyết định" nam:2021', {2}, id="kind by name, year"),
    pytest.param("cqbh:\"UBND tỉnh\" hộp thư", {2}, id="issuer shortened"),
    pytest.param("cqbh:\"sở nội vụ\"", {3}, id="issuer by name"),
    pytest.param("so:325", {1}, id="number"),
    pytest.param("so:KH-UBND nam:2022", {5}, id="part of a number"),
    pytest.param("tu:05/2021", {1, 5}, id="since a month"),
    pytest.param("den:2019", {4}, id="until a year"),
    pytest.param("ky:\"thị bình\"", {6}, id="signer"),
    pytest.param("linhvuc:\"tài chính\"", {6}, id="field of work"),
    pytest.param("-loai:\"kế hoạch\" -loai:QĐ tu:2020", {3}, id="left out kinds"),
])  # fmt: skip
def test_a_query_means_what_it_says(index: SearchIndex, texts: Texts, typed: str, ids: set[int]) -> None:
    found = index.search(typed, Filters(access=frozenset({"all"})), texts=texts)
    assert set(found.ids) == ids
    assert found.total == len(ids)


def test_filters_facets_and_totals_agree(index: SearchIndex) -> None:
    every = index.search("", facets=("kind", "year", "issuer", "direction", "field", "status"))
    assert every.total == len(SHELF)
    assert dict(every.facets["kind"]) == {"Quyết định": 2, "Kế hoạch": 2, "Kết luận": 1, "Thông báo": 1, "Thông tư": 1}
    assert every.facets["year"][0] == ("2022", 1)
    for kind, count in every.facets["kind"]:
        assert index.search("", Filters(kinds=(kind,))).total == count
    assert index.search("", Filters(issuers=(TOWN,), years=(2020, 2022))).total == 2
    assert index.search("", Filters(issuer_ids=(2,))).ids == (3,)
    assert index.search("", Filters(since=date(2021, 1, 1), until=date(2021, 2, 2))).total == 2


def test_what_a_person_may_not_see_is_not_even_counted(index: SearchIndex) -> None:
    everyone = Filters(access=frozenset({"all"}))
    found = index.search("chuyển đổi số", everyone, facets=("kind",))
    assert 7 not in found.ids
    assert "Kết luận" not in dict(found.facets["kind"])
    assert found.total == 1
    unit = index.search("chuyển đổi số", Filters(access=frozenset({"all", "unit:9"})))
    assert set(unit.ids) == {1, 7}
    assert index.search("chuyển đổi số", Filters(access=frozenset())).total == 0


def test_limits_that_all_values_are_inside_of_leave_out_who_has_none(index: SearchIndex) -> None:
    index.put([doc(8, "Chuyển đổi số không ai được xem", access=frozenset()), doc(9, "Chuyển đổi số", direction="")], position=9)
    everyone = Filters(access=frozenset({"all", "unit:9"}))
    assert set(index.search("chuyển đổi số", everyone).ids) == {1, 7, 9}
    assert set(index.search("chuyển đổi số", replace(everyone, directions=("đi", "đến"))).ids) == {1, 7}


def test_pages_of_many_hold_each_document_once_and_the_subjects_first(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "tantivy":  # what it does with very many only
        for name, number in {"tantivy_parts._MANY": 10, "tantivy_parts._VERY_MANY": 20, "tantivy_query._TOGETHER": 8,
                             "tantivy_query._SPARSE": 0.0}.items():
            monkeypatch.setattr(f"search_index.{name}", number)
    index = create_index(tmp_path / "index", engine)  # type: ignore[arg-type]
    subjects = ["Về chế độ báo cáo", "Báo cáo về chế độ ăn", "Về việc khác"]
    index.put([doc(at, subjects[at % 3], body="Chế độ báo cáo định kỳ.", issued_on=date(2000 + at % 20, 1, 1)) for at in range(60)])
    pages = [index.search("chế độ báo cáo", page=page, size=7) for page in range(1, 11)]
    ids = [ident for page in pages for ident in page.ids]
    assert {page.total for page in pages} == {60}
    assert sorted(ids) == list(range(60))
    assert [ident % 3 for ident in ids] == [0] * 20 + [1] * 20 + [2] * 20


def test_a_narrow_limit_leaves_what_is_inside_it_in_the_same_order(engine: str, tmp_path: Path) -> None:
    index = create_index(tmp_path / "index", engine)  # type: ignore[arg-type]
    said = ("UBND tỉnh giao kế hoạch", "Ủy ban nhân dân tỉnh giao kế hoạch", "kế hoạch của tỉnh", "báo cáo của tỉnh")
    index.put(doc(n, said[n % 4] + " vốn" * (n % 3), kind="Thông báo" if n % 40 < 4 else "Kế hoạch", issuer="") for n in range(1, 161))
    for typed in ("ủy ban nhân dân tỉnh", "kế hoạch", '"giao kế hoạch"'):
        everything = index.search(typed, size=200)
        narrow = Filters(kinds=("Thông báo",))
        inside = index.search(typed, narrow, size=200, facets=("kind",))
        assert set(inside.ids) == {ident for ident in everything.ids if ident % 40 < 4}
        assert inside.total == len(inside.ids) == dict(inside.facets["kind"])["Thông báo"]
        assert inside.ids[:2] == index.search(typed, narrow, size=2).ids


def test_of_two_that_match_alike_the_newer_stands_first(engine: str, tmp_path: Path) -> None:
    index = create_index(tmp_path / "index", engine)  # type: ignore[arg-type]
    index.put(doc(n, "Kế hoạch trồng rừng", issued_on=date(2000 + n * 7 % 23, 3, 1)) for n in range(1, 21))
    years = [2000 + ident * 7 % 23 for ident in index.search("trồng rừng").ids]
    assert years == sorted(years, reverse=True)


def test_a_number_as_typed_stands_before_one_without_its_zero(index: SearchIndex) -> None:
    index.put([doc(31, number="07/2009/QĐ-UBND", issued_on=date(2009, 2, 3)), doc(32, number="7/2009/CT-UBND", issued_on=date(2009, 8, 3))])
    assert index.search("07/2009").ids == (31, 32)
    assert index.search("7/2009").ids == (32, 31)


def test_results_come_in_the_order_asked_for(index: SearchIndex) -> None:
    assert index.search("", sort="date").ids == (5, 1, 7, 2, 6, 3, 4)
    assert index.search("", sort="date", descending=False).ids == (4, 3, 6, 2, 7, 1, 5)
    assert index.search("", sort="number", size=3).ids == (5, 1, 2)
    assert index.search("", sort="date", page=2, size=3).ids == (2, 6, 3)
    assert index.search("", sort="date", page=9, size=3).ids == ()


def test_the_best_partial_matches_stand_in_when_nothing_has_all_words(index: SearchIndex) -> None:
    found = index.search("chuyển đổi số thạch nhũ")
    assert found.partial
    assert found.ids[0] in {1, 7}


def test_a_slip_is_searched_as_meant_and_said(index: SearchIndex) -> None:
    found = index.search("thư điện tủ công vụ")
    assert found.suggestion == "thư điện tử công vụ"
    assert not found.partial


def test_the_last_word_may_be_unfinished_while_typing(index: SearchIndex) -> None:
    assert index.search("chuyển đ", typing=True).ids[:1] == (1,)
    assert index.search("cúm gi", typing=True).ids[:1] == (4,)
    assert index.search("cum gi", typing=True).ids[:1] == (4,)


@pytest.mark.parametrize("typed", [
    "", "   ", '"', "-", "--", "OR", "OR OR", "a OR", "loai:", 'loai:"', "nam:abc", "tu:99/9999", "den:0000",
    "*", "*a*", "?*", "a" * 5_000, "a b " * 2_000, "(" * 500 + "a" + ")" * 500, "\x00\ud800" + "\u0301",
    '"' + "từ " * 500 + '"', "-" + "x" * 90, "so:*", "số", "1/", "/", "12345678901234567890", "năm 2021", "cqbh:*",
])  # fmt: skip
def test_nothing_typed_is_an_error_or_takes_long(index: SearchIndex, texts: Texts, typed: str) -> None:
    begun = time.perf_counter()
    index.search(typed, texts=texts, facets=("kind", "year"))
    index.search(typed, texts=texts, typing=True)
    assert time.perf_counter() - begun < 1


def test_a_changed_document_is_found_as_it_is_now(index: SearchIndex) -> None:
    index.put([doc(1, "Về lễ hội đầu xuân"), doc(8, "Bản nháp"), doc(8, "Bản chính")], position=9)
    assert index.count == len(SHELF) + 1
    assert index.search("lễ hội đầu xuân").ids[:1] == (1,)
    assert 1 not in index.search("cơ quan nhà nước").ids
    assert index.search("bản chính").ids[:1] == (8,)
    assert index.position == 9
    index.put(removed=[1, 999], position=10)
    assert sorted(index.ids()) == [2, 3, 4, 5, 6, 7, 8]
    assert index.search("lễ hội").total == 0


def test_putting_the_same_again_changes_nothing(index: SearchIndex) -> None:
    before = index.search("", sort="number", facets=("kind",))
    index.put(SHELF, position=7)
    assert index.search("", sort="number", facets=("kind",)) == before


def test_another_opening_sees_a_commit_at_once(index: SearchIndex) -> None:
    other = open_index(index.folder)
    assert other.search("lễ hội").total == 0
    index.put([doc(20, "Lễ hội")], position=8)
    assert other.search("lễ hội").ids == (20,)
    assert other.generation == index.generation


def test_many_small_commits_are_merged_and_lose_nothing(engine: str, tmp_path: Path) -> None:
    index = create_index(tmp_path, engine)  # type: ignore[arg-type]
    for ident in range(1, 31):
        index.put([doc(ident, f"Việc thứ {ident}", body="chung " * 3)], removed=[ident - 5], position=ident)
    assert sorted(index.ids()) == list(range(26, 31))
    assert index.search("chung").total == 5
    index.tidy()
    assert not index.tidy()
    assert index.search("chung").total == 5
    assert index.position == 30
    index.put(position=31, optimise=True)
    assert index.search("việc thứ").total == 5
    assert index.position == 31


def test_a_rebuild_is_swapped_in_and_readers_follow(index: SearchIndex) -> None:
    with start_rebuild(index.folder, index.engine, position=7) as rebuild:
        rebuild.put(SHELF[:3])
        index.put([doc(30, "Vẫn nhận khi đang dựng lại")], position=8)
        assert index.search("dựng lại").ids == (30,)
        rebuild.put(SHELF[3:])
        rebuild.finish()
    assert index.position == 7
    assert sorted(index.ids()) == [document.id for document in SHELF]
    assert len([path for path in index.folder.iterdir() if path.is_dir()]) == 1


def test_what_a_rebuild_made_is_searched_while_the_next_is_under_way(index: SearchIndex) -> None:
    with start_rebuild(index.folder, index.engine, position=7) as first:
        first.put(SHELF)
        first.finish()
    other = "whoosh" if index.engine == "tantivy" else "tantivy"
    for engine, fresh in ((index.engine, False), (index.engine, True), (other, False)):
        if engine == "tantivy":
            pytest.importorskip("tantivy")
        with start_rebuild(index.folder, engine, position=8, fresh=fresh) as again:  # type: ignore[arg-type]
            assert again.done == -1
            assert index.search("cúm gia cầm").ids == (4,)
            again.put([*SHELF, doc(40, "Mới")])
            again.finish()
        assert index.engine == engine
        assert index.search("mới").ids == (40,)
        assert len([path for path in index.folder.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_left_in_the_middle_is_gone_on_with(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_index.rebuild._ROUND_DOCUMENTS", 2)
    with start_rebuild(index.folder, index.engine, position=7) as first:
        first.put(SHELF[:5])
        assert first.done == 4
    second = start_rebuild(index.folder, index.engine, position=9)
    assert second.done == 4
    second.put(document for document in SHELF if document.id > second.done)
    second.finish()
    assert sorted(index.ids()) == [document.id for document in SHELF]
    assert index.search("chuyển đổi số").ids[:1] in {(1,), (7,)}


def test_a_second_rebuild_waits_until_the_first_is_done_or_given_up(index: SearchIndex) -> None:
    for end in (lambda first: first.finish(), lambda first: first.cancel()):
        with start_rebuild(index.folder, index.engine, position=7) as first:
            first.put(SHELF[:3])
            for fresh in (False, True):
                with pytest.raises(IndexBusy):
                    start_rebuild(index.folder, index.engine, position=8, fresh=fresh)
            first.put(SHELF[3:])
            end(first)
            start_rebuild(index.folder, index.engine, position=8).cancel()
    assert sorted(index.ids()) == [document.id for document in SHELF]


@pytest.mark.slow
def test_several_processes_build_what_one_builds(engine: str, tmp_path: Path) -> None:
    shelf = [doc(n, f"Kế hoạch {n} về việc {n % 7}", body=f"nội dung {n % 5} của văn bản {n}") for n in range(1, 301)]
    results = []
    for processes in (1, 2):
        with start_rebuild(tmp_path / str(processes), engine, position=1, processes=processes) as rebuild:  # type: ignore[arg-type]
            rebuild.put(shelf)
            rebuild.finish()
        index = open_index(tmp_path / str(processes))
        results.append([set(index.search(typed, size=300).ids) for typed in ("kế hoạch 3", "nội dung 4", "văn bản")])
    assert results[0] == results[1]
    assert multiprocessing.active_children() == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_missing_an_older_and_a_damaged_index_are_told_apart(index: SearchIndex, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        open_index(tmp_path / "nowhere")
    inside = index.folder / (index.folder / "current").read_text()
    about = inside / "about.json"
    kept = about.read_text()
    about.write_text('{"engine": "whoosh", "schema": 0}')
    with pytest.raises(IndexOutdated):
        open_index(index.folder)
    about.write_text("{")
    with pytest.raises(IndexDamaged):
        open_index(index.folder)
    about.write_text(kept)
    for path in inside.iterdir():
        if path.name != "about.json" and path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with pytest.raises(IndexDamaged):
        open_index(index.folder).search("chuyển đổi số", facets=("kind",))
    (index.folder / "current").write_text("not-there")
    with pytest.raises(IndexDamaged):
        open_index(index.folder)
