"""The files of the Whoosh index for reading: the terms in memory, what is larger read where it is asked for.

Nothing is mapped: a mapped file that is cut short kills the whole server (SIGBUS) where a read one is a fault
like any other. And Whoosh's own reader copies what it maps.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import md5_hash
from whoosh.filedb.structfile import BufferFile, StructFile

from search_index.errors import IndexDamaged

Read = TypeVar("Read", bytes, int)
_POINTER = struct.Struct("!Iq")  # a slot of a hash table: the key's hash, where its entry begins
_POINTERS = np.dtype([("hash", ">u4"), ("place", ">u8")])
_SKETCH = 1 << 16
_LENGTHS = struct.Struct("!II")  # of the key and of what stands under it
_ENTRY = struct.Struct("!xfI6xI4xqi")  # of whoosh_format.ENTRY what is needed


class ReadingStorage(FileStorage):  # type: ignore[misc]
    """A folder, to open one segment in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self.opened: SegmentFile

    def open_file(self, name: str, *_args: Any, **_options: Any) -> SegmentFile:
        """Open the one file of a segment, and remember it."""
        self.opened = SegmentFile(Path(self.folder, name))
        return self.opened


class SegmentFile(StructFile):  # type: ignore[misc]
    """The one file of a segment; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._size = self._size_now()
        self._lock = threading.Lock()

    def __del__(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def subset(self, offset: int, length: int, name: str | None = None) -> Any:
        """Return one of the files that this one was put together of."""
        if str(name).endswith(W3Codec.TERMS_EXT):
            return BufferFile(self.read_at(offset, length), name=name)
        return Part(self, offset, length)

    def read_at(self, offset: int, length: int) -> bytes:
        """Return ``length`` bytes.

        Raises:
            IndexDamaged: they are not there, or the disk fails.
        """
        data = self._read(offset, lambda: os.pread(self.fileno(), length, offset), lambda: bytes(self.file.read(length)))
        self._check(len(data), length)
        return data

    def read_into(self, offset: int, target: memoryview) -> None:
        """Fill ``target``, of bytes.

        Raises:
            IndexDamaged: so many are not there, or the disk fails.
        """
        done = self._read(offset, lambda: os.preadv(self.fileno(), [target], offset), lambda: int(self.file.readinto(target)))
        self._check(done, len(target))

    def _read(self, offset: int, at_once: Callable[[], Read], where_it_stands: Callable[[], Read]) -> Read:
        """Read ``at_once``, or, on Windows, which cannot read at an offset, after going there."""
        try:
            if hasattr(os, "preadv"):
                return at_once()
            with self._lock:
                self.file.seek(offset)
                return where_it_stands()
        except OSError as error:
            raise IndexDamaged(f"{self} cannot be read: {error}") from error

    def _check(self, done: int, length: int) -> None:
        if done < length:
            raise IndexDamaged(f"{self} was cut short")

    @property
    def is_whole(self) -> bool:
        """Whether nothing was cut off or added since it was opened; it is never written to again."""
        return self._size_now() == self._size

    def _size_now(self) -> int:
        return os.fstat(self.fileno()).st_size


class Part:
    """One of the files inside a :class:`SegmentFile`."""

    def __init__(self, file: SegmentFile, offset: int, length: int) -> None:
        self._file = file
        self._offset = offset
        self._length = length

    def get(self, position: int, length: int) -> bytes:
        """Return ``length`` bytes.

        Raises:
            IndexDamaged: they are not there.
        """
        self._check(position, length)
        return self._file.read_at(self._offset + position, length)

    def read_into(self, position: int, target: memoryview) -> None:
        """Fill ``target``, of bytes.

        Raises:
            IndexDamaged: so many are not there.
        """
        self._check(position, len(target))
        self._file.read_into(self._offset + position, target)

    def _check(self, position: int, length: int) -> None:
        if not 0 <= position <= position + length <= self._length:
            raise IndexDamaged(f"{self._file} does not hold what it says")


class Entry(NamedTuple):
    """What the term file says of one posting list."""

    weight: float
    """The sum of the counts."""
    documents: int
    """How many have the term."""
    first: int
    """The first document."""
    offset: int
    length: int
    """In bytes; where in the posting file the list stands."""


#: Hashes a key; the same key is looked up in one segment after the other.
key_hash = lru_cache(maxsize=4096)(md5_hash)


def sketch_bit(key: bytes) -> tuple[int, int]:
    """Return which byte of a :meth:`TermFile.sketch`, and which bit of it, is set where the key may be."""
    byte, bit = divmod(key_hash(key) % _SKETCH, 8)
    return byte, 1 << bit


class TermFile:
    """The terms of a segment, keys of field and word, as Whoosh's ``OrderedHashReader`` has opened them."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        self._data: bytes = opened.dbfile.get(0, sys.maxsize)  # all of it, and so no copy
        self._tables: list[tuple[int, int]] = opened.tables

    def sketch(self) -> NDArray[np.uint8]:
        """Return one bit for each possible end of a hash, see :func:`sketch_bit`: set where some key has it."""
        pointers = np.frombuffer(self._data, _POINTERS, sum(slots for _, slots in self._tables), self._tables[0][0])
        bits = np.zeros(_SKETCH, dtype=bool)
        bits[pointers["hash"][pointers["place"] > 0] % _SKETCH] = True
        return np.packbits(bits, bitorder="little")

    def find(self, key: bytes) -> Entry | None:
        """Return the entry of a key, or None."""
        data = self._data
        hashed = key_hash(key)
        begin, slots = self._tables[hashed & 255]
        try:
            for slot in range(slots):
                found, at = _POINTER.unpack_from(data, begin + ((hashed >> 8) + slot) % slots * _POINTER.size)
                if not at:
                    return None
                if found == hashed:
                    length = _LENGTHS.unpack_from(data, at)[0]
                    at += _LENGTHS.size
                    if data[at : at + length] == key:
                        return Entry._make(_ENTRY.unpack_from(data, at + length))
        except struct.error as error:
            raise IndexDamaged(f"the terms cannot be read: {error}") from error
        return None

    def entries(self, begin: bytes = b"") -> Iterator[tuple[bytes, Entry]]:
        """Yield keys and entries in order, from the first key that is not before ``begin``."""
        at = self._opened.closest_key_pos(begin) if begin else self._opened.startofdata
        if at is None:
            return
        data, end = self._data, self._opened.endofdata
        try:
            while at < end:
                key_length, length = _LENGTHS.unpack_from(data, at)
                at += _LENGTHS.size
                yield data[at : at + key_length], Entry._make(_ENTRY.unpack_from(data, at + key_length))
                at += key_length + length
        except struct.error as error:
            raise IndexDamaged(f"the terms cannot be read: {error}") from error
