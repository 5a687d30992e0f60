"""The started program, `python -m bot run`, as a process of its own."""

import asyncio
import os
import re
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60
STOP_SECONDS = 20


class Program:
    """A running program. `address` is what it announced, and ends with a slash unless it is the public one."""

    def __init__(self, process: Process, address: str, log: Path) -> None:
        self.address = address
        self._process = process
        self._log = log

    @property
    def log(self) -> str:
        """What it has logged so far, and what earlier runs on the same folder have."""
        return self._log.read_text(encoding="utf-8")

    async def stop(self) -> int:
        """End it as an operator does; returns its exit status."""
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(STOP_SECONDS):
            return await self._process.wait()

    async def kill(self) -> None:
        """End it as a power cut does."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def running(env: Mapping[str, str]) -> AsyncIterator[Program]:
    """Start the program with these `BOT_…` settings, `BOT_DATA_DIR` among them; it is over when the block ends."""
    folder = Path(env["BOT_DATA_DIR"])
    log = folder / "program.log"
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=_environment(env),
            cwd=folder,  # away from any .env, which may name a real bot
            stdout=PIPE,
            stderr=errors,
        )
    address = ""
    try:
        address = await _announced(process)
        yield Program(process, address, log)
    finally:
        if process.returncode is None:
            process.terminate() if address else process.kill()
        await _ended(process)
        # Seen only where a test fails.
        sys.stderr.write(log.read_text(encoding="utf-8"))


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    # Neither this machine's own bot nor a proxy, which could not reach a test's servers.
    foreign = {name for name in os.environ if name.upper().startswith("BOT_") or name.upper().endswith("_PROXY")}
    inherited = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**inherited, "PYTHONPATH": str(ROOT), "BOT_PORT": "0", **env}


async def _announced(process: Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        line = (await process.stdout.readline()).decode()
    found = re.search(r"listening: (\S+)", line)
    assert found, f"the program did not start: {line!r}"
    return found[1]


async def _ended(process: Process) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.communicate()
