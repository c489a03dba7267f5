from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry.files import reading


@pytest.fixture(scope="session", autouse=True)
def _end_the_reading_processes() -> Iterator[None]:
    yield
    reading.close_readers()
