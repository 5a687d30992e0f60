"""An index file that is damaged counts as none: it can be made again."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.index import build, load
from tests.fakes.meaning import FakeMeaning
from tests.knowledge.test_index import EXAMPLES, learn, silent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "index.npz"
    learn().save(path, EXAMPLES)
    assert load(path, EXAMPLES) is not None
    return path


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"not an index",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content[100:],
        lambda content: content[:9000] + b"\xff" * 8 + content[9008:],
        lambda content: content.replace(b"offset.npy", b"offsat.npy"),
    ],
    ids=["empty", "another file", "half", "last byte gone", "beginning gone", "bytes flipped", "a part renamed"],
)
def test_a_damaged_file_counts_as_none(path: Path, damage: Callable[[bytes], bytes]) -> None:
    path.write_bytes(damage(path.read_bytes()))
    assert load(path, EXAMPLES) is None


@pytest.mark.parametrize("part", ["key", "texts", "weights", "bias", "raw", "offset", "scale"])
def test_a_file_without_one_of_its_parts_counts_as_none(path: Path, part: str) -> None:
    with np.load(path) as saved:
        rest = {name: array for name, array in saved.items() if name != part}
    np.savez(path, allow_pickle=False, **rest)
    assert load(path, EXAMPLES) is None


def test_a_folder_in_its_place_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "index.npz").mkdir()
    assert load(tmp_path / "index.npz", EXAMPLES) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_counts_as_none(path: Path, cut: float) -> None:
    content = path.read_bytes()
    torn = path.with_name("torn.npz")
    torn.write_bytes(content[: int(cut * len(content))])
    assert load(torn, EXAMPLES) is None


def test_a_damaged_file_is_made_anew(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-500])
    meaning = FakeMeaning()
    build(EXAMPLES, meaning, [path], silent).save(path, EXAMPLES)
    assert len(meaning.asked) == len(EXAMPLES)
    assert load(path, EXAMPLES) is not None
