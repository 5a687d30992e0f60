"""What stands in no file: places on somebody's machine, package indexes, secrets."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
THIS_FILE = "tests/rules/test_repository.py"
LOCKS = ("requirements.lock", "requirements-dev.lock")

# A folder of somebody's own, unless it is part of an address or of a longer path.
HOME = re.compile(r"(?<![\w.:/~*-])/(?:home|root|work|Users|mnt|workspace|builds)/[\w.-]+")
IN_AN_IMAGE = "Dockerfile:"
INDEX = re.compile(r"\b(?:py(?:pi|thonhosted)\.org|registry\.npm(?:js)|(?<!emit-)index-url|find-links|trusted-host)\b")
TOKEN = re.compile(r"\b\d{8,10}:[\w-]{35}(?![\w-])")
# The one that https://core.telegram.org/bots/api shows, and others that nobody can have.
MADE_UP = re.compile(r"\b(?:110201543|123456789):")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found[str(path.relative_to(ROOT))] = content.decode("utf-8")
    return found


TEXTS = texts()


def matches(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {found[0]}"
        for name, text in TEXTS.items()
        if name != THIS_FILE
        for number, line in enumerate(text.split("\n"), start=1)
        if (found := pattern.search(line))
    ]


def test_the_files_are_seen() -> None:
    assert {"README.md", "pyproject.toml", "bot/app.py", "locales/articles.toml", *LOCKS} <= set(TEXTS)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (HOME, 'ROOT = "/home/me/compact-bot"'),
        (HOME, "cd /Users/me"),
        (INDEX, "--extra-index-url https://example.org/simple"),
        (TOKEN, "BOT_TELEGRAM_TOKEN=710201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"),
    ],
)
def test_what_must_not_stand_there_is_seen(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize("line", ["https://example.org/home/page", "WORKDIR /home", "~/home/x", "papers/home/x"])
def test_what_may_stand_there_is_left_alone(line: str) -> None:
    assert not HOME.search(line)


def test_no_file_names_a_folder_of_somebodys_own() -> None:
    assert [each for each in matches(HOME) if not each.startswith(IN_AN_IMAGE)] == []


def test_no_file_names_a_package_index() -> None:
    assert matches(INDEX) == []


def test_no_file_holds_a_token() -> None:
    assert [each for each in matches(TOKEN) if not MADE_UP.search(each)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_locked_packages_have_hashes_and_no_address(name: str) -> None:
    text = TEXTS[name]
    assert not re.search(r"https?:|file:|git\+", text)
    requirements = re.split(r"\n(?=\S)", text.replace("\\\n", " ").strip())
    assert len(requirements) > 20
    assert [each for each in requirements if "==" not in each or "--hash=sha256:" not in each] == []


@pytest.mark.parametrize("name", [".env", "var/compact-bot.db", "var/secret.key", ".venv/pyvenv.cfg"])
def test_what_belongs_to_one_machine_is_never_tracked(name: str) -> None:
    ignored = subprocess.run(
        ["git", "-c", "safe.directory=*", "check-ignore", "--quiet", "--no-index", name], cwd=ROOT, check=False
    )
    assert ignored.returncode == 0
    assert name not in TEXTS
