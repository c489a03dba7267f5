"""How a small and a large register take right words and slips, with the pairs of the language and without.

    python -m tests.benchmarks.slips [--queries 600] [--documents 20 10669]

The pairs are counted in every other document of the corpus; the queries are two to four words out of subjects of the
rest, as they are and with one slip: a sound mixed up, a wrong mark, a letter left out.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
import unicodedata
from itertools import islice
from pathlib import Path

from registry.domain.syllables import frequent_pairs
from search_index import analysis
from search_index.common_pairs import NONE, CommonPairs
from search_index.index import open_index
from search_index.rebuild import start_rebuild
from tests.benchmarks import corpus
from tests.benchmarks.syllable_pairs import lines_of

_SOUNDS = (("x", "s"), ("s", "x"), ("tr", "ch"), ("ch", "tr"), ("l", "n"), ("n", "l"), ("d", "gi"), ("gi", "d"))
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--documents", type=int, nargs="+", default=[20, 10_669])
    asked = parser.parse_args()
    if not (corpus.FOLDER / "documents.jsonl.gz").is_file():
        print(f"The corpus is not there ({corpus.FOLDER}).")
        return
    common = CommonPairs.of(frequent_pairs(lines_of(islice(corpus.rows(), 0, None, 2), part=0.5)))
    chance = random.Random(3)
    right = _queries([row["title"] or "" for row in islice(corpus.rows(), 1, None, 2)], asked.queries, chance)
    slipped = [(wrong, query) for query in right if (wrong := _with_slip(query, chance)) != query]
    for documents in asked.documents:
        with tempfile.TemporaryDirectory() as folder:
            with start_rebuild(Path(folder), "whoosh", position=0, processes=2) as rebuild:
                rebuild.put(islice(corpus.documents(), documents))
                rebuild.finish()
            for name, pairs in (("the register alone", NONE), ("and the language", common)):
                print(f"{documents:6} documents, {name:18}", _measured(Path(folder), pairs, right, slipped))


def _measured(folder: Path, common: CommonPairs, right: list[str], slipped: list[tuple[str, str]]) -> str:
    index = open_index(folder, common=common)
    index.search("một hai")  # the vocabulary is made once
    begun = time.process_time()
    doubted = sum(bool(index.search(query, size=1).suggestion) for query in right)
    suggested = [(index.search(wrong, size=1).suggestion, query) for wrong, query in slipped]
    mended = sum(analysis.words(one) == analysis.words(query) for one, query in suggested)
    spoilt = sum(bool(one) for one, _ in suggested) - mended
    took = 1000 * (time.process_time() - begun) / (len(right) + len(slipped))
    return (f"doubts {doubted} of {len(right)} right queries; of {len(slipped)} slips {mended} mended, {spoilt} made another "
            f"word; {took:.1f} ms of CPU a query")


def _queries(titles: list[str], count: int, chance: random.Random) -> list[str]:
    found = []
    while len(found) < count:
        words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", chance.choice(titles).lower()))
        if len(words) >= 4:
            length = chance.choice((2, 3, 4))
            at = chance.randrange(len(words) - length + 1)
            found.append(" ".join(words[at:at + length]))
    return found


def _with_slip(query: str, chance: random.Random) -> str:
    words = query.split()
    at = chance.randrange(len(words))
    words[at] = _slip(words[at], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    for begin, heard in chance.sample(_SOUNDS, len(_SOUNDS)):
        if word.startswith(begin):
            return heard + word[len(begin):]
    letters = unicodedata.normalize("NFD", word)
    marks = [at for at, letter in enumerate(letters) if letter in _TONES]
    if marks and chance.random() < 0.5:
        at = chance.choice(marks)
        other = chance.choice([tone for tone in _TONES if tone != letters[at]])
        return unicodedata.normalize("NFC", letters[:at] + other + letters[at + 1:])
    at = chance.randrange(1, max(len(word), 2))
    return word[:at] + word[at + 1:] if len(word) > 3 else word


if __name__ == "__main__":
    main()
