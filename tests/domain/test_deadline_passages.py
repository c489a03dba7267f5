"""Deadlines in sentences of real documents, labelled by hand.

``deadline_passages.jsonl``: a passage a line, with what is to be found in it. ``score: false`` marks what
may be found or not: goals, terms of validity, and what two readers would label differently.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from registry.domain.deadlines import Deadline, find_deadlines

PASSAGES = [json.loads(line) for line in
            (Path(__file__).parents[1] / "data" / "deadline_passages.jsonl").read_text(encoding="utf-8").splitlines()]


def _found(passage: dict) -> list[Deadline]:
    return find_deadlines(passage["text"], doc_date=date.fromisoformat(passage["doc_date"]) if passage["doc_date"] else None)


def _overlap(gold: dict, found: Deadline) -> float:
    shared = min(gold["span"][1], found.end) - max(gold["span"][0], found.start)
    return shared / (max(gold["span"][1], found.end) - min(gold["span"][0], found.start))


def _means_the_same(gold: dict, found: Deadline) -> bool:
    if gold["kind"] == "recurring":
        return (found.frequency, found.interval) == (gold["frequency"], gold["interval"])
    if gold["kind"] == "relative":
        return found.relative is not None and (found.relative.n, found.relative.unit.value) == (
            gold["relative"]["n"], gold["relative"]["unit"])
    return found.kind in {"date", "period"} and found.due == date.fromisoformat(gold["due"])


def test_nearly_all_deadlines_of_real_sentences_are_read() -> None:
    right = wrong = missed = 0
    for passage in PASSAGES:
        left = _found(passage)
        for gold in passage["deadlines"]:
            best = max(left, key=lambda one, gold=gold: _overlap(gold, one), default=None)
            if best is not None and (_overlap(gold, best) >= 0.5 or (gold.get("score") is False and _overlap(gold, best) > 0)):
                left.remove(best)
            else:
                best = None
            if gold.get("score") is False:
                continue
            hit = best is not None and _means_the_same(gold, best)
            right += hit
            missed += not hit
            wrong += best is not None and not hit
        wrong += len(left)
    assert 2 * right / (2 * right + wrong + missed) >= 0.97


@pytest.mark.parametrize("passage", [one for one in PASSAGES if not one["deadlines"]], ids=lambda one: one["id"])
def test_a_sentence_without_a_deadline_is_left_alone(passage: dict) -> None:
    assert _found(passage) == []
