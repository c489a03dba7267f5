"""Evaluation by whole arrays gives what Whoosh's own searcher gives from the same files."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from whoosh import query as wq
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.scoring import BM25F

from search_index import schema as s
from search_index.evaluate import Evaluation
from search_index.index import SearchIndex, create_index
from search_index.plan import Alternative, Plan, Slot
from search_index.postings import Allowed, allowed_mask, bm25
from search_index.weights import FEW_WORDS
from search_index.whoosh_engine import WhooshFiles
from search_index.whoosh_format import NAME
from tests.search.conftest import doc

WORDS = ["kế", "hoạch", "quyết", "định", "thông", "báo", "ủy", "ban", "nhân", "dân", "tỉnh", "xã", "chuyển", "đổi", "số", "an", "toàn", "thông", "tin", "mạng", "ngân", "sách"]
KINDS = ("Kế hoạch", "Quyết định", "Thông báo")


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Some hundred documents in several segments, some changed, some removed."""
    chance = random.Random(3)
    index = create_index(tmp_path_factory.mktemp("pile"))

    def made(ident: int) -> object:
        words = chance.choices(WORDS, k=chance.randint(3, 12))
        body = chance.choices(WORDS, k=chance.randint(0, 300))
        return doc(ident, " ".join(words), kind=chance.choice(KINDS), body=" ".join(body), year=chance.randint(2018, 2022),
                   issued_on=None)

    for begin in range(1, 401, 100):
        index.put([made(ident) for ident in range(begin, begin + 100)], position=begin)  # type: ignore[misc]
    index.put([made(ident) for ident in range(50, 60)], removed=range(300, 320), position=500)  # type: ignore[misc]
    return index


def opened(index: SearchIndex) -> tuple[WhooshFiles, FileIndex]:
    inside = index.folder / (index.folder / "current").read_text()
    return WhooshFiles(Path(inside)), FileIndex(FileStorage(str(inside)), indexname=NAME)


@pytest.mark.parametrize("name", [s.TITLE, s.BODY, s.BODY_FOLDED])
def test_scores_of_one_word_equal_whooshs_bm25f(pile: SearchIndex, name: str) -> None:
    files, whoosh = opened(pile)
    snapshot = files.snapshot()
    with whoosh.searcher(weighting=BM25F(B=0.6, K1=1.2)) as searcher:
        for word in ("kế", "hoạch", "xã", "so", "vắng"):
            ids, values = bm25(snapshot, name, word, 0.6)
            mine = {int(i): float(v) for i, v in zip(ids, values, strict=True) if snapshot.live[i]}
            theirs = {hit.docnum: hit.score for hit in searcher.search(wq.Term(name, word), limit=None)}
            assert mine.keys() == theirs.keys()
            for number, score in mine.items():
                assert score == pytest.approx(theirs[number], rel=1e-4)


def test_random_queries_match_the_same_documents(pile: SearchIndex) -> None:
    files, whoosh = opened(pile)
    snapshot = files.snapshot()
    chance = random.Random(11)
    with whoosh.searcher() as searcher:
        for _ in range(120):
            wanted = chance.sample(WORDS, chance.randint(1, 4))
            either = chance.sample(WORDS, 2)
            without = chance.sample(WORDS, chance.randint(0, 1))
            kind = chance.choice([*KINDS, None])
            slots = [Slot((Alternative((word,)),)) for word in wanted]
            slots.append(Slot(tuple(Alternative((word,)) for word in either)))
            plan = Plan(slots=tuple(slots), excluded=tuple(Slot((Alternative((word,)),)) for word in without), plain=True)
            allowed = Allowed(values=(("kind", frozenset({kind})),) if kind else ())
            evaluation = Evaluation(snapshot, plan, allowed)
            mine = set(evaluation.matches.nonzero()[0].tolist()) if not evaluation.partial else set()

            def anywhere(word: str) -> wq.Query:
                return wq.Or([wq.Term(name, word) for name in (s.TITLE, s.META, s.BODY)])

            parts = [anywhere(word) for word in wanted] + [wq.Or([anywhere(word) for word in either])]
            parts += [wq.Term("kind", kind)] if kind else []
            parts += [wq.Not(anywhere(word)) for word in without]
            theirs = {hit.docnum for hit in searcher.search(wq.And(parts), limit=None)}
            assert mine == theirs


@pytest.mark.parametrize("merged", [False, True])
def test_every_list_is_read_as_whoosh_reads_it(tmp_path: Path, merged: bool) -> None:
    index = create_index(tmp_path)
    for ident in range(1, 4):  # words of one document and of several, once and often
        index.put([doc(ident, f"kế hoạch {ident}", body=f"số {'chung ' * 300} {'riêng ' * ident} chỉ{ident}")])
    if merged:
        index.put(optimise=True)
    files, whoosh = opened(index)
    whole = files.snapshot()
    lists = 0
    with whoosh.reader() as reader:
        for name, term in reader.all_terms():
            matcher, theirs = reader.postings(name, term), []
            while matcher.is_active():
                theirs.append((matcher.id(), matcher.weight()))
                matcher.next()
            ids, counts = whole.postings(name, term.decode())
            assert list(zip(ids.tolist(), [1] * len(ids) if counts is None else counts.tolist(), strict=True)) == theirs
            assert whole.frequency(name, term.decode()) == len(theirs) == reader.doc_frequency(name, term)
            lists += 1
    assert lists > 40
    assert whole.frequency(s.BODY, "vắng") == 0


def test_deleted_documents_are_gone_for_both(pile: SearchIndex) -> None:
    files, whoosh = opened(pile)
    snapshot = files.snapshot()
    assert snapshot.live_count == whoosh.doc_count() == 380
    assert allowed_mask(snapshot, Allowed()).sum() == 380
    pile.put(position=501, optimise=True)
    files, whoosh = opened(pile)
    assert files.snapshot().size == whoosh.doc_count_all() == 380
    assert files.position() == (501, -1)


def test_two_openings_in_one_process_share_what_they_read_but_not_what_is_deleted(tmp_path: Path) -> None:
    index = create_index(tmp_path / "index")
    index.put([doc(1, "báo cáo"), doc(2, "báo cáo")])
    inside = tmp_path / "index" / (tmp_path / "index" / "current").read_text()
    one, other = WhooshFiles(inside), WhooshFiles(inside)
    before = one.snapshot()
    assert other.snapshot().segments[0].numeric("id") is before.segments[0].numeric("id")
    index.put(removed=[1])
    assert (before.live_count, other.snapshot().live_count, one.count()) == (2, 1, 1)


def test_weights_are_not_negative() -> None:
    assert FEW_WORDS.title > FEW_WORDS.body > 0


def test_importing_the_text_module_loads_no_engine() -> None:
    import subprocess
    import sys

    code = "import search_index.text, sys; print([m for m in sys.modules if m.split('.')[0] in {'whoosh', 'numpy', 'tantivy'}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("typed", "first"), [
    pytest.param("thông tư Bộ Quốc phòng 2015 bảo hiểm thất nghiệp", 1, id="what kind, issuer and year leave over"),
    pytest.param("thông tư Bộ Quốc phòng", 9, id="kind and issuer before a subject that has the words here and there"),
    pytest.param("viễn thông", 4, id="a subject before one word of a long issuer's name"),
    pytest.param("phát triển nông thôn", 5, id="a rare abbreviation is worth no more than what it stands for"),
    pytest.param("dự toán ngân sách 2021", 7, id="a year without a kind may stand in the subject"),
])  # fmt: skip
def test_what_was_meant_leads(tmp_path: Path, typed: str, first: int) -> None:
    index = create_index(tmp_path)
    army = {"kind": "Thông tư", "issuer": "Bộ Quốc phòng"}
    index.put([
        doc(1, "Hướng dẫn thực hiện bảo hiểm thất nghiệp", **army, issued_on=date(2015, 12, 16)),
        doc(2, "Quy định về quân phục", **army, issued_on=date(2019, 1, 4)),
        doc(3, "Thông báo kết luận tại buổi làm việc giữa Bộ Công an và Bộ Quốc phòng về đầu tư", kind="Thông báo",
            issued_on=date(2020, 1, 4), body="Bảo hiểm thất nghiệp theo thông tư năm 2015. " * 5),
        doc(4, "Quản lý dịch vụ viễn thông", body="Dịch vụ. " * 50),
        doc(5, "Chính sách phát triển nông thôn", body="Nông thôn. " * 50),
        doc(6, "Phối hợp quản lý đài vệ tinh", number="1/2006/TTLT-BBCVT-BNN-PTNT", kind="Thông tư liên tịch",
            issuer="Bộ Bưu chính, Viễn thông, Bộ Nông nghiệp và Phát triển nông thôn và Bộ Ngoại giao", body="Đài viễn thông. " * 9),
        doc(7, "Giao dự toán ngân sách năm 2021", issued_on=date(2020, 12, 9)),
        doc(8, "Lập dự toán ngân sách cho doanh nghiệp nhỏ", issued_on=date(2021, 7, 29)),
        doc(9, "Sửa đổi quy định về bảo hiểm thất nghiệp", **army, issued_on=date(2018, 3, 2),
            body="Thông tư năm 2015 của Bộ Quốc phòng về bảo hiểm thất nghiệp. " * 5),
        *(doc(at, "Thông báo nghỉ lễ") for at in range(10, 30)),
    ], position=1)  # fmt: skip
    assert index.search(typed).ids[0] == first
