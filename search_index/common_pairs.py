"""Words that often stand side by side in official texts (cặp từ thường gặp), whatever a register holds.

A register that begins holds few words: without these, every other word of the language would pass for a slip there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search_index import analysis


@dataclass(frozen=True, slots=True)
class CommonPairs:
    """How many of a thousand official texts have a pair "chuyển đổi", by the pair as the index spells it."""

    shares: Mapping[str, int] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    folded_shares: Mapping[str, int] = field(default_factory=dict)
    """The same of pairs without marks, of the most frequent one where several share the letters."""
    folded_words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str, int]]) -> CommonPairs:
        """Make them of two words and their share, at least 1."""
        known: dict[str, str] = {}
        shares: dict[str, int] = {}
        folded: dict[str, int] = {}
        for one, other, share in pairs:
            for word in (one, other):
                if word not in known:
                    known[word] = "".join(analysis.words(word))
            left, right = known[one], known[other]
            shares[f"{left} {right}"] = share
            letters = f"{analysis.folded(left)} {analysis.folded(right)}"
            folded[letters] = max(share, folded.get(letters, 0))
        return cls(shares, frozenset(known.values()), folded, frozenset(map(analysis.folded, known.values())))

    def share(self, one: str, other: str, *, plain: bool) -> int:
        """Return how many of a thousand texts have the two side by side; ``plain``: they are without marks."""
        return (self.folded_shares if plain else self.shares).get(f"{one} {other}", 0)

    def has_word(self, word: str, *, plain: bool) -> bool:
        """Whether the word stands in such a pair; ``plain``: it is without marks."""
        return word in (self.folded_words if plain else self.words)


NONE = CommonPairs()
