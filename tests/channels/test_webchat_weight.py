"""What the web chat's page loads: little, from nowhere else, and once."""

from collections.abc import AsyncIterator

import pytest

from db.unit_of_work import SqlDatabase
from tests.channels.visitor import Visitor, visiting
from tests.conftest import make_assistant

LARGEST_FIRST_LOAD_BYTES = 60_000


@pytest.fixture
async def visitor(database: SqlDatabase) -> AsyncIterator[Visitor]:
    async with visiting(make_assistant(database)) as somebody:
        yield somebody


async def test_a_page_with_a_conversation_is_not_kept_by_caches(visitor: Visitor) -> None:
    assert (await visitor.opens()).headers["Cache-Control"] == "no-store"
    assert (await visitor.says("hello", path="/")).headers["Cache-Control"] == "no-store"


async def test_static_files_are_kept_for_ever_under_a_name_for_each_version(visitor: Visitor) -> None:
    page = await visitor.opens()
    files = {path for path in page.addresses("src") | page.addresses("href") if path.startswith("/static/")}
    assert {path.rpartition("/")[2] for path in files} == {"chat.css", "chat.js", "icon.svg"}
    for path in files:
        assert (await visitor.opens(path)).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/static/1/no.js", "/static/1/..%2fsecurity.py", "/static/1/chat.html", "/static/chat.js"]
)
async def test_no_other_file_is_given_out(visitor: Visitor, path: str) -> None:
    assert (await visitor.opens(path)).status == 404


async def test_the_page_names_no_other_address_than_its_sources(visitor: Visitor) -> None:
    page = await visitor.says("can I be locked up", path="/")
    assert {path.partition("/")[0] for path in page.addresses("src") | page.addresses("action")} == {"", "."}
    outside = {address for address in page.addresses("href") if not address.startswith("/static/")}
    assert outside == {"https://undocs.org/en/A/RES/73/195"}
    assert page.html.count("://") == 1


async def test_the_first_load_is_small(visitor: Visitor) -> None:
    page = await visitor.opens(Accept_Language="ar")
    paths = {path for path in page.addresses("src") | page.addresses("href") if path.startswith("/static/")}
    assert len(paths) == 3
    sizes = [await visitor.weighs(path, Accept_Language="ar") for path in ("/", *paths)]
    assert sum(sizes) < LARGEST_FIRST_LOAD_BYTES
