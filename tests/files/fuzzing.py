"""Good files made bad: bytes flipped, cut off, put in, parts repeated; the same for the parts within a Word file."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from pathlib import Path

from registry.domain.file_errors import FileUnreadable
from registry.files.kinds import FileKind
from registry.files.reading import read_file
from registry.files.values import Limits

CANARY = "chim hoàng yến không được hót"
_TOKENS = (b"<<", b">>", b"[" * 500, b"stream\n", b"endobj", b"/Length 99999999999", b"/Filter/FlateDecode", b"0 R", b"\xff" * 64,
           b"<w:p>" * 300, b"&a;", b"<!DOCTYPE x>", b"-1", b"4294967296", b"../../canary", b"/Prev 0")


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """Return ``content`` with one to a dozen faults."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0 if made:
                made[at % len(made)] ^= 1 << chance.randrange(8)
            case 1:
                made[at:at] = chance.choice(_TOKENS)
            case 2:
                del made[at : at + chance.randint(1, 400)]
            case 3:
                made[at:at] = made[at : at + chance.randint(1, 2000)]
            case _ if chance.random() < 0.1:
                del made[at:]
    return bytes(made)


def spoilt_package(content: bytes, chance: random.Random) -> bytes:
    """Return a zipped package, half of the time with one of its parts spoilt and all else whole."""
    if chance.random() < 0.5:
        return spoilt(content, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts = old.namelist()
        victim = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
        for part in parts:
            new.writestr(part, spoilt(old.read(part), chance) if part == victim else old.read(part))
    return made.getvalue()


def outcomes(pdf: bytes, word: bytes, folder: Path, count: int, seed: int) -> Counter[str]:
    """Read ``count`` spoilt files; return how often each reason came. What is not a reason is raised.

    Raises:
        AssertionError: a file brought in what lies outside of it.
    """
    chance = random.Random(seed)
    (folder / "canary").write_text(CANARY, encoding="utf-8")
    path = folder / "inner" / "file"
    path.parent.mkdir(exist_ok=True)
    found: Counter[str] = Counter()
    for at in range(count):
        kind = FileKind.PDF if at % 2 else FileKind.DOCX
        path.write_bytes(spoilt(pdf, chance) if at % 2 else spoilt_package(word, chance))
        try:
            text = read_file(path, kind, limits=Limits(seconds=10)).text
        except FileUnreadable as fault:
            found[f"{kind} {fault.reason}"] += 1
        else:
            found[f"{kind} read"] += 1
            assert CANARY not in text
    return found
