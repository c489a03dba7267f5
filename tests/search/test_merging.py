"""Merging beside the writers: what is saved or removed meanwhile is kept, and segments stay few."""

from __future__ import annotations

import random
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from whoosh.filedb.filestore import FileStorage

from search_index import tidying, whoosh_engine, whoosh_merging
from search_index.index import SearchIndex, create_index, open_index
from search_index.tidying import Tidier
from search_index.whoosh_merging import worth_merging
from tests.search.conftest import doc


def pieces(index: SearchIndex, first: int, count: int) -> None:
    for ident in range(first, first + count):
        index.put([doc(ident, f"Việc thứ {ident}", body="chung")], position=ident)


def files(folder: Path) -> list[str]:
    inside = folder / (folder / "current").read_text()
    return [path.name for path in inside.iterdir() if path.suffix == ".seg" or path.is_dir()]


def test_what_is_saved_and_removed_during_a_merge_is_as_it_was_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = create_index(tmp_path)
    pieces(index, 1, 12)
    index.put([], removed=[2], position=13)
    merge = whoosh_merging.merge_apart

    def slow(*given: object) -> object:
        made = merge(*given)  # type: ignore[arg-type]
        other = open_index(tmp_path)  # a clerk saves, changes and cancels before the result is committed
        other.put([doc(4, "Việc nay đã sửa"), doc(30, "Việc mới")], removed=[7], position=14)
        return made

    monkeypatch.setattr(whoosh_engine, "merge_apart", slow)
    assert index.tidy()
    for reader in (index, open_index(tmp_path)):
        assert sorted(reader.ids()) == [1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 30]
        assert reader.search("đã sửa").ids == (4,)
        assert reader.search('"thứ 4"').total == 0
        assert reader.search("thứ").total == 9
        assert reader.position == 14
    assert len(files(tmp_path)) == 2


def test_a_merge_whose_segments_are_gone_meanwhile_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = create_index(tmp_path)
    pieces(index, 1, 10)
    merge = whoosh_merging.merge_apart

    def overtaken(*given: object) -> object:
        made = merge(*given)  # type: ignore[arg-type]
        open_index(tmp_path).put(position=11, optimise=True)
        return made

    monkeypatch.setattr(whoosh_engine, "merge_apart", overtaken)
    assert not index.tidy()
    assert sorted(index.ids()) == list(range(1, 11))
    assert index.position == 11
    assert len(files(tmp_path)) == 1


def test_a_merge_whose_segments_go_before_it_reads_them_waits_for_the_next_turn(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = create_index(tmp_path)
    pieces(index, 1, 10)
    merge = whoosh_merging.merge_apart

    def late(*given: object) -> object:
        open_index(tmp_path).put(position=11, optimise=True)
        return merge(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(whoosh_engine, "merge_apart", late)
    assert not index.tidy()
    assert sorted(index.ids()) == list(range(1, 11))
    assert len(files(tmp_path)) == 1


def test_what_a_killed_merge_left_is_removed_by_the_next(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    pieces(index, 1, 9)
    left = tmp_path / (tmp_path / "current").read_text() / "merging-killed"
    left.mkdir()
    (left / "MAIN_x.trm").write_bytes(b"half")
    assert index.tidy()
    assert not left.exists()
    assert index.search("chung").total == 9


def test_the_pieces_are_merged_in_a_process_of_its_own(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    pieces(index, 1, 9)
    tidier = Tidier()
    try:
        tidier.look(index)
        until = time.monotonic() + 30
        while len(files(tmp_path)) > 1 and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        tidier.stop()
    assert len(files(tmp_path)) == 1
    assert index.search("chung").total == 9


def test_where_nobody_tidies_a_save_merges_a_few_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_merging, "_MOST_SMALL", 6)
    index = create_index(tmp_path)
    pieces(index, 1, 6)
    one = max(path.stat().st_size for path in tmp_path.rglob("*.seg"))
    monkeypatch.setattr(whoosh_merging, "_MOST_BYTES", one * 2.5)
    pieces(index, 7, 1)
    assert len(files(tmp_path)) == 5  # two of them and the new document are one now
    lock = FileStorage(str(tmp_path / (tmp_path / "current").read_text())).lock(whoosh_merging.MERGE_LOCK)
    assert lock.acquire()
    pieces(index, 8, 5)  # another process is at it
    assert len(files(tmp_path)) == 10
    lock.release()
    monkeypatch.setattr(whoosh_merging, "_MOST_BYTES", one * 1.5)
    pieces(index, 13, 1)  # too large to merge two: rather one piece more than a save that takes long
    assert len(files(tmp_path)) == 11
    assert sorted(index.ids()) == list(range(1, 14))
    assert index.search("chung").total == 13


def test_tidying_starts_again_soon_where_many_pieces_wait_and_not_after_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[SimpleNamespace] = []

    def process(**_given: object) -> SimpleNamespace:
        started.append(SimpleNamespace(exitcode=None, start=lambda: None, is_alive=lambda: started[-1].exitcode is None))
        return started[-1]

    monkeypatch.setattr(tidying, "get_context", lambda _: SimpleNamespace(Process=process))
    monkeypatch.setattr(tidying, "time", SimpleNamespace(monotonic=lambda: now))
    now = 0.0
    index, tidier = SimpleNamespace(untidy=0, folder=Path()), Tidier()

    def starts(pieces: int) -> int:
        nonlocal now
        now += 4  # seconds
        index.untidy = pieces
        tidier.look(index)  # type: ignore[arg-type]
        return len(started)

    assert [starts(0), starts(8), starts(100)] == [0, 1, 1]  # one at a time
    started[-1].exitcode = 0
    assert [starts(8), starts(100)] == [1, 2]  # a few wait for more
    started[-1].exitcode = 1
    assert starts(100) == 2


def segment(living: int, deleted: int = 0) -> SimpleNamespace:
    return SimpleNamespace(doc_count_all=lambda: living + deleted, deleted_count=lambda: deleted)


def sizes(segments: list[SimpleNamespace]) -> list[int]:
    return [one.doc_count_all() - one.deleted_count() for one in segments]


@pytest.mark.parametrize(("held", "merged"), [
    pytest.param([1] * 7, [], id="too few"),
    pytest.param([1] * 8, [1] * 8, id="enough"),
    pytest.param([10_000, *[1] * 8], [1] * 8, id="a large one is left alone"),
    pytest.param([8, *[1] * 8], [*[1] * 8, 8], id="one that the small ones equal goes with them"),
    pytest.param([30, *[1] * 7], [], id="a larger one does not make them enough"),
    pytest.param([9_000] * 9, [], id="never more than fits into one segment"),
])  # fmt: skip
def test_segments_are_merged_as_soon_as_they_add_up(held: list[int], merged: list[int]) -> None:
    assert sizes(worth_merging([segment(size) for size in held])) == merged


def test_a_segment_of_deleted_documents_mostly_is_written_anew() -> None:
    assert sizes(worth_merging([segment(100, deleted=20), segment(100, deleted=300)])) == [100]


def test_documents_are_written_anew_only_as_often_as_segments_double() -> None:
    chance = random.Random(4)
    held = [segment(10_000)]
    written = 0
    for _ in range(2_000):
        held.append(segment(chance.choice([1, 1, 1, 5])))
        while chosen := worth_merging(held):
            written += sum(sizes(chosen))
            held = [one for one in held if one not in chosen] + [segment(sum(sizes(chosen)))]
        assert len(held) < 24
    assert written < 2_000 * 2 * 12
