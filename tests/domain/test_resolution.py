"""A citation is linked to one document or to none."""

from __future__ import annotations

from datetime import date

import pytest

from registry.domain.citations import find_citations
from registry.domain.resolution import Candidate, resolve_citations, same_issuer


def candidate(**changes) -> Candidate:
    values = {"id": 1, "kind": "Kế hoạch", "number": "12/KH-UBND", "issued_on": date(2021, 5, 4), "issuer": "Ủy ban nhân dân tỉnh Hà Nam"}
    return Candidate(**(values | changes))


def resolve(text: str, *candidates: Candidate, citing_on: date | None = date(2022, 1, 1)):
    (resolution,) = resolve_citations([one for one in find_citations(text) if not one.optional], lambda _: candidates, citing_on=citing_on)
    return resolution.candidate.id if resolution.candidate else None, [one.id for one in resolution.doubtful]


@pytest.mark.parametrize(("text", "candidates", "expected"), [
    pytest.param("Kế hoạch số 12/KH-UBND ngày 04/5/2021 của UBND tỉnh", [candidate()], (1, []), id="number and date"),
    pytest.param("Kế hoạch số 12/KH-UBND năm 2021", [candidate()], (1, []), id="number and year"),
    pytest.param("Kế hoạch số 12/KH-UBND", [candidate()], (None, [1]), id="a number without year comes back each year"),
    pytest.param("Kế hoạch số 12/KH-UBND ngày 05/5/2021", [candidate()], (None, [1]), id="another date: a person decides"),
    pytest.param("Kế hoạch số 12/KH-UBND ngày 04/5/2021", [candidate(), candidate(id=2, issuer="Ủy ban nhân dân tỉnh Nam Định")],
                 (None, [1, 2]), id="two provinces"),
    pytest.param("Kế hoạch số 12/KH-UBND ngày 04/5/2021 của UBND tỉnh Nam Định",
                 [candidate(), candidate(id=2, issuer="Ủy ban nhân dân tỉnh Nam Định")], (2, []), id="the issuer decides"),
    pytest.param("Kế hoạch số 12/KH-UBND ngày 04/5/2023", [candidate(issued_on=date(2023, 5, 4))], (None, []), id="the future is not cited"),
    pytest.param("Nghị định số 30/2020/NĐ-CP", [candidate(kind="Nghị định", number="30/2020/NĐ-CP", issued_on=date(2020, 3, 5),
                                                          issuer="Chính phủ")], (1, []), id="the number has its year"),
    pytest.param("Thông tư số 10/2016/TT-BTTTT của Bộ trưởng Bộ Thông tin và Truyền thông",
                 [candidate(kind="Thông tư", number="10/2016/TT-BTTTT", issued_on=date(2016, 4, 1), issuer="Bộ Thông tin và Truyền thông")],
                 (1, []), id="the minister stands for the ministry"),
    pytest.param("Quyết định số 12/2020/QĐ-UBND", [candidate()], (None, []), id="another kind"),
])
def test_one_candidate_is_kept_or_none(text, candidates, expected):
    assert resolve(text, *candidates) == expected


def test_a_law_by_name_is_looked_up_by_its_number():
    asked = []
    found = find_citations("Căn cứ Luật Hải quan ngày 23 tháng 6 năm 2014; Luật Đất đai năm 2024")
    resolve_citations(found, lambda citation: asked.append(citation.number) or [])
    assert asked == ["54/2014/QH13", "31/2024/QH15"]


@pytest.mark.parametrize(("stated", "known", "same"), [
    ("UBND tỉnh", "Ủy ban nhân dân tỉnh Hà Nam", True),
    ("Chủ tịch UBND tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam", True),
    ("Bộ trưởng Bộ Tài chính", "Bộ Tài chính", True),
    ("UBND tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Nam Định", False),
    ("Bộ Nội vụ", "Bộ Tài chính", False),
])
def test_two_names_of_one_issuer_agree(stated, known, same):
    assert same_issuer(stated, known) is same
