"""Measure the reading of deadlines on the labelled passages: python tests/benchmarks/extraction_deadlines.py

Writes the predictions and runs the scorer beside the corpus, when both are there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from registry.domain.deadlines import find_deadlines

SHARED = Path(__file__).resolve().parents[3] / "shared"


def main() -> int:
    """Score the labelled passages and time one megabyte."""
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpus" / "deadlines_dev.jsonl"
    scorer = SHARED / "scorers" / "deadlines.py"
    if not gold.exists() or not scorer.exists():
        print(f"nothing measured: {gold} or {scorer} is missing")
        return 2
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for row in rows:
            day = date.fromisoformat(row["doc_date"]) if row.get("doc_date") else None
            found = [one.as_json() for one in find_deadlines(row["text"], doc_date=day)]
            out.write(json.dumps({"id": row["id"], "deadlines": found}, ensure_ascii=False) + "\n")
        out.flush()
        code = subprocess.run([sys.executable, str(scorer), str(gold), out.name], check=False).returncode
    long = "\n".join(row["text"] for row in rows)
    long = (long * (1_000_000 // len(long) + 1))[:1_000_000]
    began = time.perf_counter()
    count = len(find_deadlines(long, doc_date=date(2025, 11, 20)))
    print(f"one million characters: {time.perf_counter() - began:.2f} s, {count} deadlines")
    return code


if __name__ == "__main__":
    sys.exit(main())
