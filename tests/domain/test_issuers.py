"""Names and symbols of issuing bodies."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.issuer_symbols import implied_issuer, known_symbol
from registry.domain.issuers import (
    expand_name,
    name_key,
    rank,
)
from registry.domain.places import full_place

DATA = Path(__file__).parents[2] / "registry" / "data"
with (DATA / "organisations.csv").open(encoding="utf-8", newline="") as file:
    ORGANISATIONS = list(csv.DictReader(file))
NAMES = list(dict.fromkeys(row["name"] for row in ORGANISATIONS)) + [
    f"Sở {branch} {place}" for branch in ("Thông tin và Truyền thông", "Giáo dục và Đào tạo")
    for place in ("tỉnh Bình Dương", "thành phố Hà Nội")
]  # fmt: skip


def ranked(typed: str, names: list[str], limit: int = 10) -> list[str]:
    return rank(typed, names, lambda name: (name,), limit)


@pytest.mark.parametrize(("written", "expanded"), [
    pytest.param("UBND tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam", id="committee"),
    pytest.param("hđnd, ubnd", "Hội đồng nhân dân, Ủy ban nhân dân", id="small letters"),
    pytest.param("UBND TP.HCM", "Ủy ban nhân dân thành phố Hồ Chí Minh", id="city run together"),
    pytest.param("UBND TP. Huế", "Ủy ban nhân dân thành phố Huế", id="city"),
    pytest.param("TTg", "Thủ tướng Chính phủ", id="prime minister"),
    pytest.param("VPCP", "Văn phòng Chính phủ", id="government office"),
    pytest.param("VP.UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", id="dotted"),
    pytest.param("Bộ TT&TT", "Bộ Thông tin và Truyền thông", id="branch behind Bộ"),
    pytest.param("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội", id="hyphen and ampersand"),
    pytest.param("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch", id="comma"),
    pytest.param("SKHCN", "Sở Khoa học và Công nghệ", id="department"),
    pytest.param("BGD&ĐT", "Bộ Giáo dục và Đào tạo", id="ministry with ampersand"),
    pytest.param("Ban Tổ chức TW", "Ban Tổ chức Trung ương", id="TW in a name"),
    pytest.param("TU Hà Nam", "Tỉnh ủy Hà Nam", id="TU in capitals"),
    pytest.param("NHNN Việt Nam", "Ngân hàng Nhà nước Việt Nam", id="not said twice"),
    pytest.param("TT HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh", id="standing members"),
    pytest.param("Ban tu thư", "Ban tu thư", id="near miss: tu is a syllable"),
    pytest.param("Công ty BTCX", "Công ty BTCX", id="near miss: part of a word"),
    pytest.param("Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu", id="near miss: a place"),
])  # fmt: skip
def test_abbreviations_are_written_out(written: str, expanded: str) -> None:
    assert expand_name(written) == expanded


@pytest.mark.parametrize("spellings", [
    pytest.param(["Ủy ban nhân dân tỉnh Hà Nam", "UBND tỉnh Hà Nam", "ubnd ha nam", "Uỷ ban Nhân dân T. Hà Nam",
                  "ỦY BAN NHÂN DÂN TỈNH HÀ NAM"], id="Hà Nam"),
    pytest.param(["UBND tỉnh Bà Rịa - Vũng Tàu", "UBND Bà Rịa–Vũng Tàu", "ubnd tinh ba ria vung tau"], id="dashes"),
    pytest.param(["UBND tỉnh Đắk Lắk", "UBND tỉnh Đăk Lăk", "UBND Dak Lak", "UBND tỉnh Đắc Lắc"], id="Đắk Lắk"),
    pytest.param(["UBND thành phố Hồ Chí Minh", "UBND TP.HCM", "UBND Tp. Hồ Chí Minh"], id="city"),
    pytest.param(["Bộ Văn hóa, Thể thao và Du lịch", "Bộ Văn hoá - Thể thao và Du lịch", "BVHTTDL"], id="signs"),
    pytest.param(["Bộ Công Thương", "Bộ công thương", "Bộ Công Thương.", "BCT"], id="case and a last dot"),
    pytest.param(["Bộ Giáo dục và Đào tạo", "Bộ Giáo Dục và Ðào Tạo", "BGDĐT"], id="Icelandic eth"),
    pytest.param(["Tòa án nhân dân tối cao", "Toà án nhân dân tối cao", "TANDTC"], id="tone placement"),
    pytest.param(["HĐND thành phố Huế", "Hội đồng nhân dân TP Huế"], id="Huế"),
    pytest.param(["Phòng Quản lý", "Phòng Quản lí"], id="i and y"),
])  # fmt: skip
def test_spellings_of_one_organisation_share_a_key(spellings: list[str]) -> None:
    assert len({name_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [
    ("UBND tỉnh Bắc Ninh", "UBND thành phố Bắc Ninh"),
    ("UBND tỉnh Hà Nam", "HĐND tỉnh Hà Nam"),
    ("Sở Y tế tỉnh Hà Nam", "Bộ Y tế"),
    ("UBND xã Hà Nam", "UBND tỉnh Hà Nam"),
])
def test_different_organisations_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_two_communes_may_share_a_key() -> None:
    assert name_key("UBND xã Tân Hòa") == name_key("UBND xã Tân Hóa")


@given(st.text(max_size=60))
def test_any_text_can_be_compared(text: str) -> None:
    assert name_key(f"  {text} ") == name_key(text)
    ranked(text, ["Ủy ban nhân dân tỉnh Hà Nam"])
    ranked("ubnd", [text])


# Letters that make abbreviations, with the signs that stand between them.
ABBREVIATED = st.text(alphabet="UBNDTPHCMĐWRXSỦyưƯđtr .&-,/", max_size=20)


@given(st.one_of(ABBREVIATED, st.sampled_from(NAMES)))
def test_expanding_twice_changes_nothing(text: str) -> None:
    expanded = expand_name(text)
    assert expand_name(expanded) == expanded
    assert name_key(expanded) == name_key(text)


@pytest.mark.parametrize(("typed", "first"), [
    ("ubnd ha nam", "Ủy ban nhân dân tỉnh Hà Nam"),
    ("UBND hà nam", "Ủy ban nhân dân tỉnh Hà Nam"),
    ("uy ban nhan dan ha na", "Ủy ban nhân dân tỉnh Hà Nam"),
    ("ha nam ubnd", "Ủy ban nhân dân tỉnh Hà Nam"),
    ("ubnd hanam", "Ủy ban nhân dân tỉnh Hà Nam"),
    ("so tttt ha nam", "Sở Thông tin và Truyền thông tỉnh Hà Nam"),
    ("stttt ha nam", "Sở Thông tin và Truyền thông tỉnh Hà Nam"),
    ("btttt", "Bộ Thông tin và Truyền thông"),
    ("bo tttt", "Bộ Thông tin và Truyền thông"),
    ("Bộ TT&TT", "Bộ Thông tin và Truyền thông"),
    ("bo thong tin", "Bộ Thông tin và Truyền thông"),
    ("ttg", "Thủ tướng Chính phủ"),
    ("thu tuong", "Thủ tướng Chính phủ"),
    ("chinh phu", "Chính phủ"),
    ("hdnd ninh binh", "Hội đồng nhân dân tỉnh Ninh Bình"),
    ("vpcp", "Văn phòng Chính phủ"),
    ("tinh uy ha nam", "Tỉnh ủy Hà Nam"),
    ("ubnd tp hcm", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
    ("ubnd vung tau", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu"),
    ("toà án", "Tòa án nhân dân tối cao"),
    ("bộ công an", "Bộ Công an"),
])
def test_what_was_typed_finds_the_name_first(typed: str, first: str) -> None:
    assert ranked(typed, NAMES)[0] == first


def test_the_department_is_among_the_first_without_its_province() -> None:
    assert "Sở Thông tin và Truyền thông tỉnh Hà Nam" in ranked("so tttt", NAMES, 5)


def test_right_tone_marks_come_first() -> None:
    assert ranked("hà", ["Xã Hạ Long", "Xã Hà Long"]) == ["Xã Hà Long", "Xã Hạ Long"]


def test_what_does_not_fit_is_left_out() -> None:
    assert ranked("ubnd sao hoa", NAMES) == []
    assert ranked("  ", NAMES) == []


def test_every_name_of_a_candidate_counts() -> None:
    bodies = [("Cục Thuế",), ("Ngân hàng Nhà nước Việt Nam", "NHNN")]
    assert rank("nhnn", bodies, lambda names: names) == [bodies[1]]


def test_three_thousand_names_are_ranked_while_typing() -> None:
    names = [f"Ủy ban nhân dân xã {first} {last} tỉnh {row['place']}" for first in ("Tân", "Chiềng", "An", "Hòa")
             for last in ("Mai", "Hòa", "Phú") for row in ORGANISATIONS if row["place"]][:3000]  # fmt: skip
    ranked("ubnd", names)
    started = time.perf_counter()
    ranked("ubnd xa chieng", names)
    assert time.perf_counter() - started < 0.5  # generous: a busy machine must not fail the test


@pytest.mark.parametrize(("groups", "kind", "place", "issuer"), [
    pytest.param(["TTg"], "QĐ", None, "Thủ tướng Chính phủ", id="21/QĐ-TTg"),
    pytest.param(["TTG"], "CT", None, "Thủ tướng Chính phủ", id="in capitals"),
    pytest.param(["CP"], "NĐ", None, "Chính phủ", id="30/2020/NĐ-CP"),
    pytest.param(["QH13"], None, None, "Quốc hội", id="80/2015/QH13"),
    pytest.param(["UBTVQH15"], "NQ", None, "Ủy ban Thường vụ Quốc hội", id="1656/NQ-UBTVQH15"),
    pytest.param(["BTTTT"], "TT", None, "Bộ Thông tin và Truyền thông", id="10/2016/TT-BTTTT"),
    pytest.param(["BTTTT", "PTTH&TTĐT"], "", None, "Bộ Thông tin và Truyền thông", id="letter with a unit"),
    pytest.param(["VPCP", "BNV"], "TTLT", None, "Văn phòng Chính phủ và Bộ Nội vụ", id="joint circular"),
    pytest.param(["BTC", "TCT"], "", None, "Bộ Tài chính", id="letter whose unit is a known body"),
    pytest.param(["BGD&ĐT"], "QĐ", None, "Bộ Giáo dục và Đào tạo", id="ampersand"),
    pytest.param(["NHNN2"], "CV", None, "Ngân hàng Nhà nước Việt Nam", id="a digit behind"),
    pytest.param(["TW"], "NQ", None, "Ban Chấp hành Trung ương", id="57-NQ/TW"),
    pytest.param(["TƯ"], "NQ", None, "Ban Chấp hành Trung ương", id="TƯ is not TU"),
    pytest.param([], "Luật", None, "Quốc hội", id="a law needs no symbol"),
    pytest.param(["UBND"], "KH", None, None, id="some committee"),
    pytest.param(["STTTT"], "BC", None, None, id="some department"),
    pytest.param(["TU"], "NQ", None, None, id="some Party committee"),
    pytest.param(["XYZ"], "QĐ", "Hà Nam", None, id="unknown"),
    pytest.param(["UBND"], "KH", "Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam", id="325/KH-UBND in Hà Nam"),
    pytest.param(["UBND", "VX"], "", "ha nam", "Ủy ban nhân dân tỉnh Hà Nam", id="place without marks"),
    pytest.param(["UBND"], "QĐ", "Hà Nội", "Ủy ban nhân dân thành phố Hà Nội", id="a city"),
    pytest.param(["UBND"], "QĐ", "xã Chiềng Mai", "Ủy ban nhân dân xã Chiềng Mai", id="a commune"),
    pytest.param(["SNV"], "BC", "Hà Nam", "Sở Nội vụ tỉnh Hà Nam", id="a department"),
    pytest.param(["SGD&ĐT"], "BC", "Hà Nam", "Sở Giáo dục và Đào tạo tỉnh Hà Nam", id="a department's &"),
    pytest.param(["VP.UBND"], "QĐ", "Hà Nam", "Văn phòng Ủy ban nhân dân tỉnh Hà Nam", id="421/QĐ-VP.UBND"),
    pytest.param(["VP", "UBND"], "QĐ", "Hà Nam", "Văn phòng Ủy ban nhân dân tỉnh Hà Nam", id="cut at the dot"),
    pytest.param(["TT", "HĐND"], "QĐ", "Sơn La", "Thường trực Hội đồng nhân dân tỉnh Sơn La", id="cut at a space"),
    pytest.param(["CT", "CS"], "CV", None, "Cục Thuế", id="5102/CT-CS"),
    pytest.param(["CAT", "QLHC"], "TTr", "Hà Nam", "Công an tỉnh Hà Nam", id="194/TTr-CAT-QLHC"),
    pytest.param(["TU"], "NQ", "Hà Nam", "Tỉnh ủy Hà Nam", id="12-NQ/TU"),
    pytest.param(["TU"], "NQ", "Hải Phòng", "Thành ủy Hải Phòng", id="12-NQ/TU of a city"),
    pytest.param(["CTUBND"], "QĐ", "Ninh Bình", "Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình", id="chairman"),
])  # fmt: skip
def test_a_symbol_tells_its_issuer(
    groups: list[str], kind: str | None, place: str | None, issuer: str | None
) -> None:
    assert implied_issuer(groups, kind, place=place) == issuer


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_symbol_is_known_or_not(symbol: str, place: str) -> None:
    known_symbol(symbol)
    full_place(place)
    implied_issuer([symbol], place=place)
