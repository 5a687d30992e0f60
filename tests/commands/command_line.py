"""The command line as an operator uses it: a process of its own, in a folder of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("bot", "handlers", "db")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.lines]

    def complains(self) -> str:
        """What it could not do: one line, exit status 1, no traceback."""
        assert self.status == 1, self
        assert self.out == "", self
        (line,) = self.err.splitlines()
        assert line.startswith("compact-bot: ")
        return line.removeprefix("compact-bot: ")


class CommandLine:
    """Runs `compact-bot …` in `folder`, from the program in `root`, with no settings but those given."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        self.folder = folder
        self.root = root

    def __call__(self, *words: str | bytes, **settings: str) -> Ended:
        inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("BOT_")}
        ended = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,  # away from any .env, which may name a real bot
            env={**inherited, "PYTHONPATH": str(self.root), **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def copy_program(root: Path) -> None:
    """The program without its `locales/`."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))


def copy_locales(root: Path) -> None:
    """All texts, without the search index."""
    shutil.copytree(ROOT / "locales", root / "locales", ignore=shutil.ignore_patterns("index.npz"))
