"""What the tests of finding answers share."""

from pathlib import Path

import pytest

from tests.fakes.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)
