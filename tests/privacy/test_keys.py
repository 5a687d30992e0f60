"""One secret and what is derived from it."""

import multiprocessing
import os
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from bot.core import OperatorError
from bot.privacy.keys import SHORTEST_SECRET, Keys, read_or_make_secret

SECRET = "not a secret, only long enough to be one"
KEYS = Keys(SECRET)
OTHER = Keys(f"{SECRET}!")
CHAT = "4711, a chat"


@given(st.text())
def test_what_is_encrypted_can_be_read_again(text: str) -> None:
    assert Keys(SECRET).decrypt(KEYS.encrypt(text)) == text


def test_what_is_encrypted_shows_nothing_and_never_looks_the_same() -> None:
    sealed = {KEYS.encrypt(CHAT) for _time in range(100)}
    assert len(sealed) == 100
    assert len({each[:12] for each in sealed}) == 100
    assert not any(CHAT.encode() in each for each in sealed)


@given(position=st.integers(0, len(KEYS.encrypt(CHAT)) - 1), bit=st.integers(0, 7))
def test_a_changed_bit_is_refused(position: int, bit: int) -> None:
    sealed = bytearray(KEYS.encrypt(CHAT))
    sealed[position] ^= 1 << bit
    with pytest.raises(InvalidTag):
        KEYS.decrypt(bytes(sealed))


@pytest.mark.parametrize("length", [12, 20, 39])
def test_a_shortened_text_is_refused(length: int) -> None:
    with pytest.raises(InvalidTag):
        KEYS.decrypt(KEYS.encrypt(CHAT)[:length])


def test_another_secret_reads_nothing() -> None:
    with pytest.raises(InvalidTag):
        OTHER.decrypt(KEYS.encrypt(CHAT))


def test_a_hash_finds_again_only_with_the_same_secret() -> None:
    found = KEYS.lookup_hash("telegram", "4711")
    assert found == Keys(SECRET).lookup_hash("telegram", "4711")
    assert found != OTHER.lookup_hash("telegram", "4711")
    assert len(found) == 32


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_parts_have_different_hashes(one: list[str], other: list[str]) -> None:
    assert (KEYS.lookup_hash(*one) == KEYS.lookup_hash(*other)) == (one == other)


def test_where_one_part_ends_matters() -> None:
    assert len({KEYS.lookup_hash(*parts) for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))}) == 4


def test_tokens_are_the_same_at_every_start_and_differ_by_purpose_and_secret() -> None:
    token = KEYS.token("telegram webhook")
    assert token == Keys(SECRET).token("telegram webhook")
    assert len({token, KEYS.token("another"), OTHER.token("telegram webhook")}) == 3
    assert len(token) == 64
    assert int(token, 16)


def test_one_purpose_tells_nothing_of_the_others() -> None:
    assert KEYS.token("lookup") != KEYS.token("encryption")
    assert KEYS.lookup_hash(CHAT) != Keys(KEYS.token("lookup")).lookup_hash(CHAT)


@pytest.mark.parametrize("secret", ["", "x", "x" * (SHORTEST_SECRET - 1)])
def test_a_short_secret_is_refused_without_saying_it(secret: str) -> None:
    with pytest.raises(OperatorError, match="at least 32 characters") as caught:
        Keys(secret)
    assert "xx" not in str(caught.value)


def test_a_secret_just_long_enough_is_taken() -> None:
    assert Keys("x" * SHORTEST_SECRET).decrypt(Keys("x" * SHORTEST_SECRET).encrypt("hello")) == "hello"


def test_the_secret_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "secret.key"
    made = read_or_make_secret(path)
    assert read_or_make_secret(path) == made
    assert len(made) >= SHORTEST_SECRET
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret.key"]


def test_two_machines_make_two_secrets(tmp_path: Path) -> None:
    assert read_or_make_secret(tmp_path / "one") != read_or_make_secret(tmp_path / "other")


def test_a_secret_of_the_operators_own_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text(f"\n{SECRET}\n", encoding="utf-8")
    assert read_or_make_secret(path) == SECRET


@pytest.mark.parametrize("inside", ["file", "folder"])
def test_a_place_that_cannot_be_used_is_named(tmp_path: Path, inside: str) -> None:
    path = tmp_path / inside / "secret.key"
    if inside == "file":
        path.parent.write_text("in the way")
    else:
        path.mkdir(parents=True)
    with pytest.raises(OperatorError, match=r"secret\.key cannot be read or written \(.+\)\. Set BOT_DATA_DIR"):
        read_or_make_secret(path)


def make(paths: list[Path], ready: Barrier, results: "Queue[list[str]]") -> None:
    made = []
    for path in paths:
        ready.wait(60)
        made.append(read_or_make_secret(path))
    results.put(made)


def follow(paths: list[Path], ready: Barrier, results: "Queue[list[str]]") -> None:
    """Read each file at the very moment that it is there."""
    read = []
    for path in paths:
        ready.wait(60)
        file = None
        while file is None:
            with suppress(FileNotFoundError):
                file = os.open(path, os.O_RDONLY)
        read.append(os.read(file, 1000).decode().strip())
        os.close(file)
    results.put(read)


@pytest.mark.parametrize("other", [make, follow])
def test_processes_that_start_together_agree(tmp_path: Path, other: Callable[..., None]) -> None:
    spawn = multiprocessing.get_context("spawn")
    paths = [tmp_path / f"{number}.key" for number in range(300)]
    results: Queue[list[str]] = spawn.Queue()
    ready = spawn.Barrier(2)
    processes = [spawn.Process(target=each, args=(paths, ready, results), daemon=True) for each in (make, other)]
    for process in processes:
        process.start()
    first, second = (results.get(timeout=60) for _process in processes)
    for process in processes:
        process.join()
    assert first == second
    assert min(map(len, first)) >= SHORTEST_SECRET


def test_two_that_both_found_no_secret_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both_found_none = threading.Barrier(2)
    token = secrets.token_urlsafe

    def slow(length: int) -> str:
        both_found_none.wait(60)
        return token(length)

    monkeypatch.setattr(secrets, "token_urlsafe", slow)
    with ThreadPoolExecutor(max_workers=2) as threads:
        first, second = threads.map(read_or_make_secret, [tmp_path / "secret.key"] * 2)
    assert first == second
    assert len(first) >= SHORTEST_SECRET
