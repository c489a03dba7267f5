"""Write ``registry/data/syllable_pairs.txt``, by which OCR's marks are mended, from the corpus beside the project.

    python -m tests.benchmarks.syllable_pairs

A pair of neighbouring syllables is kept where official texts write its letters nearly always with the same marks:
"tổ chức" is, "bao cao" is not (báo cáo, bao cao su). Single documents teach nothing: a pair must occur in many.
A pair that has next to no other spelling is marked by "!".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from registry.domain.syllables import bare
from search_index.text import clean, one_tone_placement
from tests.benchmarks.corpus import FOLDER, rows

TARGET = Path(__file__).resolve().parents[2] / "registry" / "data" / "syllable_pairs.txt"
_RUNS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_FEWEST_DOCUMENTS = 12
_SHARE = 0.96
_MANY_DOCUMENTS, _NEARLY_ALL = 100, 0.994
_LONGEST = 60_000  # characters of one document: long laws would drown the rest


def main() -> None:
    """Count the pairs of each document once, keep the certain ones."""
    if not (FOLDER / "documents.jsonl.gz").is_file():
        print(f"The corpus is not there ({FOLDER}); nothing written.")
        return
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows():
        text = f"{row['title'] or ''}\n{(row['body'] or '')[:_LONGEST]}"
        text = one_tone_placement(clean(text).casefold())
        counts.update({pair for run in _RUNS.findall(text) for pair in pairwise(run.split(" "))})
    forms: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (one, other), count in counts.items():
        pair = unicodedata.normalize("NFC", f"{one} {other}")
        forms[bare(pair)].append((count, pair))
    kept = []
    for found in forms.values():
        count, pair = max(found)
        share = count / sum(other for other, _ in found)
        if count >= _FEWEST_DOCUMENTS and share >= _SHARE and not pair.isascii():
            kept.append(pair + "!" * (count >= _MANY_DOCUMENTS and share >= _NEARLY_ALL))
    TARGET.write_text("\n".join(sorted(kept)) + "\n", encoding="utf-8")
    print(f"{len(kept)} pairs, {TARGET.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
