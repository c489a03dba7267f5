"""``sovanban chain``, over the demo office."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from registry.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command over a fresh demo office."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOVANBAN_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SOVANBAN_DATABASE_URL", raising=False)
    assert CliRunner().invoke(main, ["demo"]).exit_code == 0
    return lambda *words: CliRunner().invoke(main, ["chain", *words])


def test_a_decision_and_the_plan_that_carries_it_out(run):
    result = run("21/QĐ-TTg")
    assert result.exit_code == 0
    head, _, below = result.output.partition("Xuống dưới")
    assert "21/QĐ-TTg ngày 06/01/2021" in head
    assert "được triển khai thực hiện bởi: Kế hoạch 681/KH-UBND" in below


def test_as_json(run):
    found = json.loads(run("681/kh-ubnd", "--json", "--depth", "1").output)
    assert (found["number"], found["date"], found["down"]) == ("681/KH-UBND", "2021-03-24", [])
    assert [(one["number"], one["relations"], one["status"]) for one in found["up"]] == [
        ("21/QĐ-TTg", ["implements"], "external")]


@pytest.mark.parametrize(("words", "said"), [
    ((), "sovanban chain 749/QĐ-TTg"),
    (("999/QĐ-TTg",), "Không có văn bản nào mang số 999/QĐ-TTg."),
    (("21/QĐ-TTg", "--date", "07/01/2021"), "ngày 07/01/2021"),
    (("21/QĐ-TTg", "--date", "hôm qua"), "Không đọc được ngày"),
    (("abc",), "không bắt đầu bằng số"),
    (("--id", "9999"), "Không tìm thấy"),
])
def test_what_cannot_be_answered_says_why(run, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_of_several_with_one_number_the_person_chooses(run, tmp_path):
    lines = [{"number": "21/QĐ-TTg", "type": "Quyết định", "issuer": "Thủ tướng Chính phủ", "date": "2020-01-06",
              "subject": "một quyết định khác", "direction": "incoming"}]
    file = tmp_path / "more.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    imported = CliRunner().invoke(main, ["import", str(file)])
    assert imported.exit_code == 0, imported.output
    result = run("21/QĐ-TTg")
    assert result.exit_code == 2
    assert "Có 2 văn bản mang số 21/QĐ-TTg" in result.output
    assert "một quyết định khác" in run("21/QĐ-TTg", "--date", "06/01/2020").output
