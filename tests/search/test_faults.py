"""Kill, crowd and starve the writer: the index stays whole, and what it says it has, it has."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_index.errors import IndexBusy, IndexDamaged
from search_index.index import SearchIndex, create_index, open_index
from search_index.whoosh_engine import WhooshFiles
from tests.search.conftest import doc

ROOT = Path(__file__).resolve().parents[2]

# Commits one document after another; the position is the last id, so that the two can be compared.
WRITER = """
import sys
from pathlib import Path
from search_index.index import open_index
from search_index.schema import IndexedDocument
index = open_index(Path(sys.argv[1]))
position = index.position
print("ready", flush=True)
while True:
    position += 1
    body = " ".join(f"lời{n}" for n in range(position % 50))
    index.put([IndexedDocument(id=position, subject=f"Văn bản {position}", number=f"{position}/KH", body=body)], position=position)
"""


def writer(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill_and_compare(folder: Path, rounds: int) -> None:
    chance = random.Random(5)
    reader = open_index(folder)
    pace = seconds_of_a_commit(reader)
    for _ in range(rounds):
        process = writer(folder)
        time.sleep(chance.uniform(0.0, 4 * pace))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]
        for index in (reader, open_index(folder)):
            # What a kill leaves: a commit whole or not at all.
            assert sorted(index.ids()) == list(range(1, index.position + 1))
    assert reader.position > rounds // 4
    assert reader.search(f"{reader.position}/KH").ids[:1] == (reader.position,)


def seconds_of_a_commit(index: SearchIndex) -> float:
    """Return what the disk takes just now, so that some writers are killed before their first commit, most after."""
    begun = time.perf_counter()
    for position in range(1, 4):
        index.put([doc(position, f"Văn bản {position}", number=f"{position}/KH")], position=position)
    index.release()
    return max(0.03, (time.perf_counter() - begun) / 3)


def test_a_killed_writer_leaves_a_whole_index(engine: str, tmp_path: Path) -> None:
    create_index(tmp_path, engine).release()  # type: ignore[arg-type]
    kill_and_compare(tmp_path, 6)


@pytest.mark.slow
def test_a_writer_killed_two_hundred_times_leaves_a_whole_index(tmp_path: Path) -> None:
    create_index(tmp_path)
    kill_and_compare(tmp_path, 200)


def test_a_second_writer_leaves_and_nothing_breaks(engine: str, tmp_path: Path) -> None:
    index = create_index(tmp_path, engine)  # type: ignore[arg-type]
    process = writer(tmp_path)
    try:
        while index.position == 0:  # from its first commit on, the other one is the writer
            time.sleep(0.01)
        busy = 0
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            try:
                index.put([doc(1_000_000, "Người viết thứ hai")])
            except IndexBusy:
                busy += 1
        left = process.poll() is not None
    finally:
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]
    assert busy > 0 or left
    index.put([doc(1_000_000, "Người viết thứ hai")], wait=5)
    ids = sorted(index.ids())
    assert ids[-1] == 1_000_000
    assert ids[:-1] == list(range(1, len(ids)))


@pytest.mark.parametrize("room", [30_000, 5_000, 100])
def test_a_full_disk_keeps_the_old_state_and_room_brings_the_new(engine: str, tmp_path: Path, room: int) -> None:
    index = create_index(tmp_path, engine)  # type: ignore[arg-type]
    index.put([doc(1, "Cũ")], position=1)
    big = [doc(n, f"Mới {n}", body=" ".join(f"từ{n}x{k}" for k in range(400))) for n in range(2, 40)]
    with largest_file(room), pytest.raises(OSError, match=r"large|killed"):
        index.put(big, position=2)
    for reader in (index, open_index(tmp_path)):
        assert reader.search("cũ").ids == (1,)
        assert reader.position == 1
    index.put(big, position=2)  # the same process goes on when there is room
    for reader in (index, open_index(tmp_path)):
        assert reader.position == 2
        assert sorted(reader.ids()) == list(range(1, 40))
    inside = tmp_path / (tmp_path / "current").read_text()
    assert [path.name for path in inside.iterdir() if "tmp" in path.name] == []


def test_a_file_cut_short_under_an_open_index_is_damage_and_no_death(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    index.put([doc(1, "Phòng chống thiên tai"), doc(2, "Phòng cháy")])
    inside = tmp_path / (tmp_path / "current").read_text()
    opened = WhooshFiles(inside).snapshot()
    assert index.search("phòng").total == 2
    for path in inside.glob("*.seg"):
        os.truncate(path, 100)
    with pytest.raises(IndexDamaged, match="cut short"):
        index.search("phòng")
    with pytest.raises(IndexDamaged, match="cut short"):
        assert index.untidy  # the follower looks at this: it builds the index anew
    with pytest.raises(IndexDamaged, match="cut short"):
        opened.postings("title", "phòng")  # in the middle of a search


@contextlib.contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let this process write no file beyond ``size`` bytes: what a full disk does to a commit."""
    resource = pytest.importorskip("resource", reason="the system cannot limit the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
