"""The file of secrets: made once, written whole, read by the owner alone."""

import multiprocessing
import os
import secrets
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from bot.core import OperatorError
from bot.privacy.keys import (
    SHORTEST_SECRET,
    Keys,
    Secrets,
    read_or_make_secrets,
    reduced,
    rotated,
    write_secrets,
)

SECRET = "not a secret, only long enough to be one"
NEW_SECRET = "what came after it, just as long as it must be"


def test_the_secret_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "secret.key"
    made = read_or_make_secrets(path)
    assert read_or_make_secrets(path) == made
    assert len(made.current) >= SHORTEST_SECRET
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret.key"]


def test_a_file_of_one_line_is_the_current_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    made = read_or_make_secrets(path)
    assert made == Secrets(made.current)
    assert path.read_text(encoding="utf-8") == f"{made.current}\n"


def test_further_lines_are_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_bytes(f"{NEW_SECRET}\r\n\n {SECRET} \r\n{Keys(SECRET).lookup_only}".encode())
    assert read_or_make_secrets(path) == Secrets(NEW_SECRET, (SECRET, Keys(SECRET).lookup_only))


def test_what_is_written_is_read_again_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    held = read_or_make_secrets(path)
    for change in (rotated, rotated, reduced):
        path.chmod(0o644)
        held = change(held)
        write_secrets(path, held)
        assert read_or_make_secrets(path) == held
        assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_file_that_cannot_be_written_anew_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "secret.key"
    held = read_or_make_secrets(path)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(OperatorError, match="No space left"):
        write_secrets(path, rotated(held))
    assert read_or_make_secrets(path) == held
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]


def test_a_secret_is_on_the_disk_before_it_is_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.key"
    steps: list[str] = []
    sync, replace, link = os.fsync, os.replace, os.link

    def synced(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def placed(move: Callable[[str, Path], None]) -> Callable[[str, Path], None]:
        def put(name: str, place: Path) -> None:
            steps.append("in place")
            move(name, place)

        return put

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "link", placed(link))
    monkeypatch.setattr(os, "replace", placed(replace))
    write_secrets(path, rotated(read_or_make_secrets(path)))
    assert steps == ["file", "in place", "folder"] * 2


def write_by_turns(path: Path, held: list[Secrets]) -> None:
    for number in range(1, 200):
        write_secrets(path, held[number % 2])


def test_who_reads_while_another_writes_sees_one_or_the_other(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    held = [Secrets("a" * 40), Secrets("b" * 40, ("c" * 40,) * 50)]
    write_secrets(path, held[0])
    with ThreadPoolExecutor(max_workers=1) as threads:
        writing = threads.submit(write_by_turns, path, held)
        while not writing.done():
            assert read_or_make_secrets(path) in held
        writing.result()
    assert read_or_make_secrets(path) == held[1]


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xff\xfe\x00"])
def test_a_file_without_a_secret_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secret.key"
    path.write_bytes(content)
    with pytest.raises(OperatorError, match=r"secret\.key holds no secret"):
        read_or_make_secrets(path)
    assert path.read_bytes() == content


def test_two_machines_make_two_secrets(tmp_path: Path) -> None:
    assert read_or_make_secrets(tmp_path / "one") != read_or_make_secrets(tmp_path / "other")


def test_a_secret_of_the_operators_own_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text(f"\n{SECRET}\n", encoding="utf-8")
    assert read_or_make_secrets(path) == Secrets(SECRET)


@pytest.mark.parametrize("inside", ["file", "folder"])
def test_a_place_that_cannot_be_used_is_named(tmp_path: Path, inside: str) -> None:
    path = tmp_path / inside / "secret.key"
    if inside == "file":
        path.parent.write_text("in the way")
    else:
        path.mkdir(parents=True)
    refusal = r"secret\.key cannot be read or written \(.+\)\. Set BOT_DATA_DIR"
    with pytest.raises(OperatorError, match=refusal):
        read_or_make_secrets(path)
    with pytest.raises(OperatorError, match=refusal):
        write_secrets(path, Secrets(SECRET))


def make(paths: list[Path], ready: Barrier, results: "Queue[list[str]]") -> None:
    made = []
    for path in paths:
        ready.wait(60)
        made.append(read_or_make_secrets(path).current)
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
        first, second = threads.map(read_or_make_secrets, [tmp_path / "secret.key"] * 2)
    assert first == second
    assert len(first.current) >= SHORTEST_SECRET
