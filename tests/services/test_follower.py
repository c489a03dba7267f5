"""The follower of the change log: late commits, killed writers, and how soon a document is found."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor

import pytest

from registry.db import make_engine, make_sessions
from registry.follower import Follower
from registry.services import indexing, search
from registry.services.registration import enter
from registry.services.search import SearchRequest
from search_index.errors import IndexProblem
from search_index.rebuild import Rebuild
from tests.conftest import NOON
from tests.factories import CLERK
from tests.search.test_faults import largest_file


def found(office, index, text):
    page = search.find(office.db, index, SearchRequest(text), actor=CLERK)
    return [one.row.number for one in page.results]


def test_a_registration_that_commits_late_is_not_skipped(office, engine, tmp_path):
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time: none can commit late")
    office.register(number="9/KH-UBND", subject="ký hiệu đã gặp")  # or the second one waits for the first
    indexing.build(office.db, tmp_path, "whoosh")
    index = indexing.open_for(office.db, tmp_path)
    with office.db() as slow:
        slow.begin()
        enter(slow, office.new_document(number="1/KH-UBND", subject="bắt đầu trước, xong sau"), actor=CLERK, at=NOON)
        slow.flush()
        office.register(number="2/KH-UBND", subject="bắt đầu sau, xong trước")
        while indexing.follow(office.db, index):
            pass
        assert found(office, index, "bắt đầu") == ["02/KH-UBND"]
        slow.commit()
    while indexing.follow(office.db, index):
        pass
    assert sorted(found(office, index, "bắt đầu")) == ["01/KH-UBND", "02/KH-UBND"]


def test_another_process_finds_a_registered_document_within_two_seconds(office, tmp_path):
    follower = Follower(office.db, tmp_path, "whoosh")
    follower.start()
    try:
        deadline = time.monotonic() + 30
        index = None
        while index is None and time.monotonic() < deadline:  # the first build
            try:
                index = indexing.open_for(office.db, tmp_path)
            except IndexProblem:
                threading.Event().wait(0.05)
        office.register(subject="phòng chống thiên tai")
        saved = time.monotonic()
        while not found(office, index, "thiên tai"):
            assert time.monotonic() - saved < 2
            threading.Event().wait(0.02)
    finally:
        follower.stop()


def _follow_for_ever(url, folder):
    db = make_sessions(make_engine(url))
    index = indexing.open_for(db, folder)
    while True:
        if not indexing.follow(db, index, most=3):
            time.sleep(0.002)


@pytest.mark.slow
def test_the_index_equals_the_database_after_each_of_many_kills(office, engine, tmp_path):
    rounds = 200 if engine.dialect.name == "sqlite" else 40
    url = engine.url.render_as_string(hide_password=False)
    chance = random.Random(11)
    indexing.build(office.db, tmp_path, "whoosh")
    context = multiprocessing.get_context("fork")  # 200 starts of Python would take minutes
    for round_ in range(rounds):
        writer = context.Process(target=_follow_for_ever, args=(url, tmp_path))
        writer.start()
        for number in range(3):
            office.register(number=f"{round_ * 3 + number + 1}/KH-UBND", subject=f"việc {round_} {number}")
        writer.join(chance.uniform(0, 0.08))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        index = indexing.open_for(office.db, tmp_path)
        while indexing.follow(office.db, index):
            pass
        difference = indexing.compare(office.db, index)
        assert difference.equal, f"after kill {round_}: {difference}"
        assert difference.waiting == 0
        index.release()
    assert len(found(office, index, f"việc {rounds - 1}")) >= 3


def test_a_full_disk_is_logged_once_a_try_and_search_goes_on_until_there_is_room(office, tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("registry.follower._PAUSE_AFTER_FAULT", 0.05)
    office.register(number="1/KH-UBND", subject="phòng chống thiên tai")
    indexing.build(office.db, tmp_path, "whoosh")
    index = indexing.open_for(office.db, tmp_path)
    follower = Follower(office.db, tmp_path, "whoosh")
    office.register(number="2/KH-UBND", subject="phòng cháy rừng")
    with largest_file(100):  # no room: not one file of the index can be written
        follower.start()
        until = time.monotonic() + 30
        while "could not be brought up to date" not in caplog.text and time.monotonic() < until:
            threading.Event().wait(0.02)
        assert found(office, index, "thiên tai") == ["01/KH-UBND"]
    try:
        fault = next(one for one in caplog.records if "could not be brought up to date" in one.message)
        assert fault.levelname == "ERROR"
        assert "no room on the disk" in fault.getMessage()
        assert str(tmp_path) in fault.getMessage()
        until = time.monotonic() + 30
        while not found(office, index, "cháy rừng") and time.monotonic() < until:
            threading.Event().wait(0.02)
        assert found(office, index, "cháy rừng") == ["02/KH-UBND"]
    finally:
        follower.stop()


def test_an_index_cut_short_under_the_running_server_is_built_anew(office, tmp_path):
    office.register(number="1/KH-UBND", subject="phòng chống thiên tai")
    indexing.build(office.db, tmp_path, "whoosh")
    index = indexing.open_for(office.db, tmp_path)
    follower = Follower(office.db, tmp_path, "whoosh")
    follower.start()
    try:
        office.register(number="2/KH-UBND", subject="phòng cháy rừng")
        until = time.monotonic() + 30
        while not index.search("cháy rừng").total and time.monotonic() < until:  # the follower has opened it as well
            threading.Event().wait(0.02)
        before = (tmp_path / "current").read_text()
        for path in (tmp_path / before).glob("*.seg"):
            os.truncate(path, path.stat().st_size // 2)
        assert found(office, index, "cháy rừng") == ["02/KH-UBND"]  # in the database
        while (tmp_path / "current").read_text() == before and time.monotonic() < until:
            threading.Event().wait(0.02)
        assert index.search("phòng").total == 2
    finally:
        follower.stop()


def test_a_builder_that_is_killed_ends_its_build_and_not_the_follower(office, tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("registry.follower._PAUSE_AFTER_FAULT", 0.05)
    office.register(number="1/KH-UBND", subject="phòng chống thiên tai")
    put, killed = Rebuild.put, []

    def put_by_a_killed_process(self, documents):
        if killed:
            return put(self, documents)
        killed.append(True)
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            return pool.submit(signal.raise_signal, signal.SIGKILL).result()

    monkeypatch.setattr(Rebuild, "put", put_by_a_killed_process)
    follower = Follower(office.db, tmp_path, "whoosh")
    follower.start()
    try:
        until = time.monotonic() + 30
        while not (tmp_path / "current").exists() and follower.is_alive() and time.monotonic() < until:
            threading.Event().wait(0.02)
        assert found(office, indexing.open_for(office.db, tmp_path), "thiên tai") == ["01/KH-UBND"]
        assert "could not be brought up to date" in caplog.text
    finally:
        follower.stop()
