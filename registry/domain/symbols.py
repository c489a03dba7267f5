"""The letters of symbols (ký hiệu): which abbreviations are known and how official lists write them."""

from __future__ import annotations

from registry.domain.kinds import kinds_of_abbreviation
from search_index.text import fold

SYMBOL_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐƯƠÂÊÔĂ0123456789&+(),")

# Issuers whose official letters capitals without marks do not give back.
_OFFICIAL_ORGANS = {
    "ttg": "TTg", "hdnd": "HĐND", "tthdnd": "TTHĐND", "hdtp": "HĐTP", "bcd": "BCĐ", "bgddt": "BGDĐT",
    "bldtbxh": "BLĐTBXH", "bkhdt": "BKHĐT", "sgddt": "SGDĐT", "sldtbxh": "SLĐTBXH", "skhdt": "SKHĐT",
}
# Issuers and fields that people know by their letters; they are typed without any "-" or "/" too.
KNOWN_ORGANS = frozenset(_OFFICIAL_ORGANS) | frozenset([
    "ubnd", "ctubnd", "mttq", "ubmttq", "cp", "qh", "ubtvqh", "ctn", "tw", "tu", "vptw", "vpcp", "vpqh", "vpctn",
    "tandtc", "vksndtc", "ktnn", "nhnn", "ttcp", "ubdt", "bca", "bqp", "btc", "bct", "byt", "bnv", "btp", "bxd",
    "bng", "bgtvt", "btnmt", "bnnptnt", "bnnmt", "bkhcn", "bvhttdl", "btttt", "bdttg", "stc", "snv", "stp", "syt",
    "sxd", "sct", "sgtvt", "stnmt", "snnptnt", "snnmt", "skhcn", "svhttdl", "svhtt", "stttt", "sdtt", "cat",
    "bchqs", "vpubnd", "vx", "nc", "kt", "ktth", "ktn", "th", "pctt", "tkcn", "bch",
    *(f"{organ}{term}" for organ in ("qh", "ubtvqh") for term in range(9, 20)),
])


def official_kind(group: str) -> str:
    """Return the kind's abbreviation as the official list writes it (qd: QĐ), empty if it is none."""
    for kind in kinds_of_abbreviation(group):
        if kind.abbreviation and fold(kind.abbreviation) == fold(group).replace("quyd", "qyd"):
            return kind.abbreviation
        return group.upper() if group.islower() else group
    return ""


def official_organ(group: str) -> str:
    """Return an issuer's or unit's letters as printed: HĐND for hdnd, capitals for small letters alone."""
    return _OFFICIAL_ORGANS.get(fold(group)) or (group.upper() if group == group.lower() else group)


def is_known(word: str) -> bool:
    """Whether ``word`` is an abbreviation of a kind or of an issuer that everybody knows."""
    return bool(kinds_of_abbreviation(word)) or fold(word) in KNOWN_ORGANS
