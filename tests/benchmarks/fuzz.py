"""Read thousands of spoilt PDF and Word files: ``python -m tests.benchmarks.fuzz [--files 2000] [--seed 1]``.

Prints how each ended. The process that asks must come through; a reading process may die of a file.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.files import fuzzing, making


def main() -> None:
    """Spoil, read, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    made = making.documents(1)[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        making.as_docx(made, folder / "word")
        began = time.perf_counter()
        found = fuzzing.outcomes(making.as_pdf(made), (folder / "word").read_bytes(), folder, given.files, given.seed)
    print(f"{given.files} spoilt files in {time.perf_counter() - began:.0f} s")
    for outcome, count in sorted(found.items()):
        print(f"{outcome:24}{count:6}")


if __name__ == "__main__":
    main()
