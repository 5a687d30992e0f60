"""An index file that is damaged counts as none: it can be made again."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.index import load
from tests.knowledge.test_index import learn


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "index.npz"
    learn().save(path)
    assert load(path) is not None
    return path


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"not an index",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content[100:],
        lambda content: content[: len(content) // 3] + b"\xff" * 8 + content[len(content) // 3 + 8 :],
        lambda content: content.replace(b"weights.npy", b"weihgts.npy"),
    ],
    ids=["empty", "another file", "half", "last byte gone", "beginning gone", "bytes flipped", "a part renamed"],
)
def test_a_damaged_file_counts_as_none(path: Path, damage: Callable[[bytes], bytes]) -> None:
    path.write_bytes(damage(path.read_bytes()))
    assert load(path) is None


@pytest.mark.parametrize(
    "part", ["key", "labels", "fingerprints", "codes", "weights", "letter_weights", "sizes", "bias"]
)
def test_a_file_without_one_of_its_parts_counts_as_none(path: Path, part: str) -> None:
    with np.load(path) as saved:
        rest = {name: array for name, array in saved.items() if name != part}
    np.savez(path, allow_pickle=False, **rest)
    assert load(path) is None


def test_a_folder_in_its_place_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "index.npz").mkdir()
    assert load(tmp_path / "index.npz") is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_counts_as_none(path: Path, cut: float) -> None:
    content = path.read_bytes()
    torn = path.with_name("torn.npz")
    torn.write_bytes(content[: int(cut * len(content))])
    assert load(torn) is None


def test_codes_of_another_model_count_as_none(path: Path) -> None:
    with np.load(path) as saved:
        arrays = {name: array[:, :10] if name == "codes" else array for name, array in saved.items()}
    np.savez(path, allow_pickle=False, **arrays)
    assert load(path) is None
