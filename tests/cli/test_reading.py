"""Reading texts from the command line."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from click.testing import CliRunner

from registry.cli import main

DECREE = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;"


def run(*words, **kwargs):
    return CliRunner().invoke(main, words, **kwargs)


def test_citations_are_read_line_by_line():
    given = json.dumps({"id": "a", "text": DECREE}) + "\n\n" + json.dumps({"id": "b", "text": "không có gì"})
    lines = [json.loads(line) for line in run("extract", "citations", "--jsonl", input=given).output.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    (found,) = lines[0]["citations"]
    assert (found["type"], found["number"], found["date"], found["issuer"], found["relation"]) == (
        "Nghị định", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "based_on")
    start, end = found["span"]
    assert DECREE[start:end] == found["text"]
    assert lines[1]["citations"] == []


def test_deadlines_take_a_missing_year_from_the_document():
    given = json.dumps({"id": 1, "text": "Báo cáo UBND tỉnh trước ngày 15/6.", "doc_date": "2021-04-01"})
    line = json.loads(run("extract", "deadlines", "--jsonl", input=given).output)
    (found,) = line["deadlines"]
    assert (found["kind"], found["due"], found["op"]) == ("date", "2021-06-15", "before")


@pytest.mark.parametrize(("line", "said"), [
    pytest.param("không phải JSON", "Dòng 1", id="no JSON"),
    pytest.param('["a"]', "Dòng 1", id="no object"),
    pytest.param('{"id": 1}', "text", id="no text"),
    pytest.param('{"id": 1, "text": "x", "doc_date": "hôm qua"}', "Dòng 1", id="no date"),
])
def test_a_line_that_cannot_be_read_is_named(line, said):
    result = run("extract", "deadlines", "--jsonl", input=line)
    assert result.exit_code == 2
    assert said in result.output


def test_the_six_month_report_proposes_its_fifteen_documents(tmp_path):
    path = tmp_path / "bao-cao.txt"
    path.write_text(files("registry.data").joinpath("demo_article.txt").read_text(encoding="utf-8"), encoding="utf-8")
    proposals = json.loads(run("intake", str(path), "--json").output)
    assert len(proposals) == 15
    plan = next(one for one in proposals if one["number"] == "681/KH-UBND")
    assert (plan["type"], plan["date"], plan["issuer"]) == ("Kế hoạch", "2021-03-24", "Ủy ban nhân dân tỉnh Hà Nam")
    assert [(one["relation"], one["number"], one["date"]) for one in plan["references"]] == [
        ("implements", "21/QĐ-TTg", "2021-01-06")]
    assert sum(one["number"] is None for one in proposals) == 2
    assert "15 văn bản" in run("intake", str(path)).output


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 \xff\xfe\x00")
    assert run("intake", str(path)).exit_code == 2


OLD_DECREE = "C¨n cø NghÞ ®Þnh sè 30/2020/N§-CP ngµy 05/3/2020 cña ChÝnh phñ vÒ c«ng t¸c v¨n th\u00ad;"


def test_a_text_in_tcvn3_is_read_like_unicode(tmp_path):
    line = json.loads(run("extract", "citations", "--jsonl", input=json.dumps({"id": 1, "text": OLD_DECREE})).output)
    assert [(one["number"], one["issuer"]) for one in line["citations"]] == [("30/2020/NĐ-CP", "Chính phủ")]
    answers = []
    for encoding, text in (("utf-8", DECREE), ("utf-8", OLD_DECREE), ("cp1252", OLD_DECREE)):
        (tmp_path / "a.txt").write_text(text, encoding=encoding)
        answers.append(json.loads(run("intake", str(tmp_path / "a.txt"), "--json").output))
    assert answers[0] == answers[1] == answers[2]


def test_a_file_in_no_known_encoding_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x81\x00caf\xe9")
    assert run("intake", str(tmp_path / "a.txt")).exit_code == 2
