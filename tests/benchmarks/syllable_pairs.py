"""Write ``registry/data/syllable_pairs.txt`` from the corpus beside the project: OCR's marks are mended by it, typing errors told.

    python -m tests.benchmarks.syllable_pairs

A pair of neighbouring syllables is kept where official texts write its letters nearly always with the same marks:
"tổ chức" is, "bao cao" is not (báo cáo, bao cao su). Single documents teach nothing: a pair must occur in many.
A pair that has next to no other spelling is marked by "!". One that is frequent and has others is kept with "?": it
tells what stands together in the language, not which marks a scan has lost. Behind a pair stands how many of a
thousand documents have it, unless it is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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
_FREQUENT_DOCUMENTS, _NO_SLIP = 30, 0.02  # a smaller share of its letters' spellings is a scanner's
_LONGEST = 60_000  # characters of one document: long laws would drown the rest


def main() -> None:
    """Write the pairs of the whole corpus."""
    if not (FOLDER / "documents.jsonl.gz").is_file():
        print(f"The corpus is not there ({FOLDER}); nothing written.")
        return
    kept = lines_of(rows())
    TARGET.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} pairs, {TARGET.stat().st_size / 1024:.0f} KiB")


def lines_of(texts: Iterable[Mapping[str, str | None]], *, part: float = 1) -> list[str]:
    """Count the pairs of each document once, return the certain and the frequent ones; ``texts`` are a ``part`` of the corpus."""
    counts: Counter[tuple[str, str]] = Counter()
    documents = 0
    for documents, row in enumerate(texts, 1):  # noqa: B007
        text = f"{row['title'] or ''}\n{(row['body'] or '')[:_LONGEST]}"
        text = one_tone_placement(clean(text).casefold())
        counts.update({pair for run in _RUNS.findall(text) for pair in pairwise(run.split(" "))})
    forms: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (one, other), count in counts.items():
        pair = unicodedata.normalize("NFC", f"{one} {other}")
        forms[bare(pair)].append((count, pair))
    kept = []
    for found in forms.values():
        every = sum(count for count, _ in found)
        for count, pair in found:
            share = count / every
            if count >= _FEWEST_DOCUMENTS * part and share >= _SHARE and not pair.isascii():
                sure = "!" * (count >= _MANY_DOCUMENTS * part and share >= _NEARLY_ALL)
            elif count >= _FREQUENT_DOCUMENTS * part and share >= _NO_SLIP:
                sure = "?"
            else:
                continue
            of_thousand = round(1000 * count / documents)
            kept.append(f"{pair}{sure} {of_thousand}" if of_thousand > 1 else f"{pair}{sure}")
    return sorted(kept)


if __name__ == "__main__":
    main()
