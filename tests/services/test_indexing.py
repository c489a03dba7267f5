"""The index follows the database: what is saved is found, killed followers replay, builds catch up."""

from __future__ import annotations

from datetime import date

import pytest

from registry.services import document_life, indexing, search
from registry.services.registration import change_document
from registry.services.search import SearchRequest
from tests.conftest import NOON
from tests.factories import CLERK, READER


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def index(office, folder):
    indexing.build(office.db, folder, "whoosh")
    return indexing.open_for(office.db, folder)


def found(office, index, text, actor=CLERK, **limits):
    page = search.find(office.db, index, SearchRequest(text, **limits), actor=actor)
    return [one.row.number for one in page.results]


def follow_all(office, index):
    while indexing.follow(office.db, index):
        pass


def test_a_registered_document_is_found_after_the_followers_turn(office, index):
    office.register(subject="bảo đảm an toàn thông tin mạng")
    follow_all(office, index)
    assert found(office, index, "an toàn thông tin") == ["325/KH-UBND"]
    assert found(office, index, "an toan thong tin") == ["325/KH-UBND"]
    assert found(office, index, "325/kh-ubnd") == ["325/KH-UBND"]


def test_the_words_of_the_language_are_known_to_a_register_of_one_document(office, index):
    office.register(subject="Báo cáo tình hình thu ngân sách")
    indexing.follow(office.db, index)
    assert index.search("chuyển đổi số").suggestion == ""
    assert index.search("chuyển đổi xố").suggestion == "chuyển đổi số"


def test_a_change_and_a_cancellation_reach_the_index(office, index):
    document_id = office.register(subject="cải cách hành chính")
    change_document(office.db, document_id, 1, office.new_document(subject="chuyển đổi số"), actor=CLERK, at=NOON)
    document_life.cancel(office.db, document_id, 2, "nhầm", actor=CLERK, at=NOON)
    follow_all(office, index)
    assert found(office, index, "cải cách hành chính") == []
    assert found(office, index, "chuyển đổi số", statuses=("cancelled",)) == ["325/KH-UBND"]
    assert found(office, index, "chuyển đổi số", statuses=("active",)) == []


def test_following_again_changes_nothing(office, index):
    office.register()
    follow_all(office, index)
    before = index.generation
    assert indexing.follow(office.db, index) == 0
    assert index.generation == before


def test_what_is_registered_during_a_build_is_not_missed(office, folder):
    for number in range(1, 4):
        office.register(number=f"{number}/KH-UBND", subject=f"kế hoạch số {number} về giáo dục")
    later = []

    def meanwhile(_):
        if not later:
            later.append(office.register(number="77/KH-UBND", subject="kế hoạch về y tế"))
            change_document(office.db, later[0] - 3, 1, office.new_document(
                number="1/KH-UBND", subject="kế hoạch về thể thao"), actor=CLERK, at=NOON)

    indexing.build(office.db, folder, "whoosh", on_progress=meanwhile)
    index = indexing.open_for(office.db, folder)
    follow_all(office, index)
    assert found(office, index, "y tế") == ["77/KH-UBND"]
    assert found(office, index, "thể thao") == ["01/KH-UBND"]
    assert indexing.compare(office.db, index).equal


def test_the_comparison_names_what_is_missing_and_the_repair_mends_it(office, index):
    ids = [office.register(number=f"{number}/KH-UBND", subject=f"việc {number}") for number in range(1, 4)]
    follow_all(office, index)
    index.put(removed=[ids[1]])
    difference = indexing.compare(office.db, index)
    assert (difference.missing, difference.equal) == ((ids[1],), False)
    indexing.repair(office.db, index, difference)
    assert indexing.compare(office.db, index).equal


def test_a_restricted_document_is_neither_found_nor_counted_by_a_reader(office, index):
    office.register(subject="kỷ luật cán bộ", restricted=True)
    office.register(number="326/KH-UBND", subject="khen thưởng cán bộ")
    follow_all(office, index)
    page = search.find(office.db, index, SearchRequest("cán bộ"), actor=READER)
    assert ([one.row.number for one in page.results], page.total) == (["326/KH-UBND"], 1)
    assert sum(count for _, count in page.facets["kind"]) == 1
    assert len(found(office, index, "cán bộ")) == 2


def test_without_an_index_numbers_and_subjects_are_still_found(office):
    office.register(subject="an toàn giao thông")
    page = search.find(office.db, None, SearchRequest("an toan giao thong"), actor=CLERK)
    assert page.without_index
    assert [one.row.number for one in page.results] == ["325/KH-UBND"]
    assert found(office, None, "325") == ["325/KH-UBND"]


def test_the_marks_stand_where_the_words_are_with_tone_marks_as_written(office, index):
    office.register(subject="Bảo đảm an toàn thông tin", text="Điều 1. Các sở bảo đảm AN TOÀN hệ thống.")
    follow_all(office, index)
    (one,) = search.find(office.db, index, SearchRequest("an toan"), actor=CLERK).results
    assert [one.subject.text[a:b] for a, b in one.subject.marks] == ["an toàn"]
    assert [f.text[a:b] for f in one.fragments for a, b in f.marks] == ["AN TOÀN"]


def test_filters_and_sorting_hold(office, index):
    for number, on in (("1/KH-UBND", date(2021, 1, 5)), ("2/KH-UBND", date(2020, 1, 5))):
        office.register(number=number, issued_on=on, subject="kế hoạch tuyên truyền")
    follow_all(office, index)
    assert found(office, index, "tuyên truyền", years=(2020,)) == ["02/KH-UBND"]
    assert found(office, index, "tuyên truyền", sort="date") == ["01/KH-UBND", "02/KH-UBND"]
    assert found(office, index, "tuyên truyền nam:2021") == ["01/KH-UBND"]
