"""`doctor`, and what `run` says of the same faults."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from db.schema import newest_revision
from tests.commands.command_line import CommandLine, Ended

UNTIL = "until `run` or `compact-bot articles index` made the index"
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-"
SITE = "https://example.org/"
NOBODY = "http://127.0.0.1:1"
PARTS = ["database", "secret key", "search", "telegram", "address", "operator", "contacts", "working groups"]


class BotApi(BaseHTTPRequestHandler):
    """Knows one token."""

    def do_POST(self) -> None:
        known = self.path == f"/bot{TOKEN}/getMe"
        bot = {"id": 1, "is_bot": True, "first_name": "A test", "username": "a_test_bot"}
        refusal = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        content = json.dumps({"ok": True, "result": bot} if known else refusal).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def bot_api() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BotApi)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def findings(ended: Ended) -> dict[str, tuple[str, str]]:
    """State and detail of each part; all parts are there whatever is broken."""
    found = {}
    for line in ended.lines:
        state, what = line[:9].strip(), line[9:]
        part, _, detail = what.partition(": ")
        found[part] = (state, detail)
    assert list(found) == PARTS, ended
    assert ended.status == (1 if "broken" in {state for state, _detail in found.values()} else 0)
    return found


def test_on_a_new_machine_nothing_is_broken_and_nothing_is_changed(compact_bot: CommandLine) -> None:
    found = findings(compact_bot("doctor"))
    assert {part: state for part, (state, _detail) in found.items()} == {
        "database": "note",
        "secret key": "ok",
        "search": "ok",
        "telegram": "note",
        "address": "note",
        "operator": "note",
        "contacts": "note",
        "working groups": "note",
    }
    assert list(compact_bot.folder.iterdir()) == []


def test_all_is_well_where_all_is_set(compact_bot: CommandLine, bot_api: str) -> None:
    compact_bot("db", "upgrade")
    contact = f'[[contact]]\ncountry = "IT"\nname = "A line"\nurl = "{SITE}"\nsource = "{SITE}"\nchecked = 2026-11-01\n'
    (compact_bot.folder / "contacts.toml").write_text(contact, encoding="utf-8")
    groups = '[[group]]\nid = "secretariat"\nmark = "found"\nnames.en = "Secretariat"\nfocal_points = ["An office"]\n'
    (compact_bot.folder / "groups.toml").write_text(groups, encoding="utf-8")
    found = findings(
        compact_bot(
            "doctor",
            BOT_WORKING_GROUPS_FILE="groups.toml",
            BOT_SECRET_KEY="not a secret, only long enough to be one",
            BOT_TELEGRAM_TOKEN=TOKEN,
            BOT_TELEGRAM_API_URL=bot_api,
            BOT_PUBLIC_URL="https://bot.example.org",
            BOT_OPERATOR="An association",
            BOT_CONTACT="us@example.org",
            BOT_CONTACTS_FILE="contacts.toml",
        )
    )
    assert {state for state, _detail in found.values()} == {"ok"}
    assert found["database"][1].endswith(f"var/compact-bot.db, revision {newest_revision()}")
    assert found["telegram"][1] == "@a_test_bot by webhook"
    assert found["operator"][1] == "An association, us@example.org"
    assert found["contacts"][1] == "IT; the oldest was checked on 2026-11-01"


def test_without_a_public_address_telegram_is_polled(compact_bot: CommandLine, bot_api: str) -> None:
    ended = compact_bot("doctor", BOT_TELEGRAM_TOKEN=TOKEN, BOT_TELEGRAM_API_URL=bot_api)
    assert findings(ended)["telegram"] == ("ok", "@a_test_bot by long polling")


def test_an_old_schema_is_a_note(compact_bot: CommandLine) -> None:
    (compact_bot.folder / "old.db").touch()
    state, detail = findings(compact_bot("doctor", BOT_DATABASE_URL="sqlite:///old.db"))["database"]
    assert state == "note"
    assert "old.db is at revision None; `compact-bot db upgrade`" in detail


def test_a_search_whose_index_does_not_fit_is_a_note(small: CommandLine) -> None:
    assert findings(small("doctor"))["search"] == ("note", f"by letters alone {UNTIL}")
    small("articles", "index")
    assert findings(small("doctor"))["search"][0] == "ok"
    title = small.root / "locales/en/articles/school.md"
    title.write_text(title.read_text(encoding="utf-8").replace("May my child", "Can my child"), encoding="utf-8")
    assert findings(small("doctor"))["search"] == ("note", f"as it was before the articles were changed {UNTIL}")


def test_a_search_that_finds_nothing_is_a_note(copied: CommandLine) -> None:
    assert findings(copied("doctor"))["search"] == ("note", f"finds nothing {UNTIL}")


@pytest.mark.parametrize(
    ("part", "settings", "said"),
    [
        ("secret key", {"BOT_SECRET_KEY": "hunter2"}, "must have at least 32 characters"),
        ("address", {"BOT_EMBED_ORIGINS": "https://partner.example"}, "BOT_EMBED_ORIGINS needs a BOT_PUBLIC_URL"),
        ("database", {"BOT_DATABASE_URL": "mysql://bot:hunter2@localhost/bot"}, "BOT_DATABASE_URL must look like"),
        ("database", {"BOT_DATABASE_URL": "postgresql://bot:hunter2@127.0.0.1:1/bot"}, "cannot be used"),
        ("search", {"BOT_DEFAULT_LANGUAGE": "sw"}, "The default language 'sw' has no articles in"),
        ("telegram", {"BOT_TELEGRAM_TOKEN": TOKEN, "BOT_TELEGRAM_API_URL": NOBODY}, f"{NOBODY} says: "),
    ],
)
def test_what_is_broken_is_said_beside_the_rest(
    compact_bot: CommandLine, part: str, settings: dict[str, str], said: str
) -> None:
    ended = compact_bot("doctor", **settings)
    state, detail = findings(ended)[part]
    assert state == "broken"
    assert said in detail
    assert "hunter2" not in ended.out + ended.err
    assert "Traceback" not in ended.err


def test_a_token_that_telegram_refuses_is_never_repeated(compact_bot: CommandLine, bot_api: str) -> None:
    wrong = {"BOT_TELEGRAM_TOKEN": f"{TOKEN}wrong", "BOT_TELEGRAM_API_URL": bot_api}
    diagnosed = compact_bot("doctor", **wrong)
    state, detail = findings(diagnosed)["telegram"]
    assert (state, "BOT_TELEGRAM_TOKEN is not accepted" in detail) == ("broken", True)
    started = compact_bot("run", BOT_PORT="0", BOT_LOG_LEVEL="error", **wrong)
    assert started.complains().startswith("Telegram does not accept BOT_TELEGRAM_TOKEN.")
    assert TOKEN not in diagnosed.out + diagnosed.err + started.err


def test_a_bot_api_that_does_not_answer_keeps_the_bot_from_starting(compact_bot: CommandLine) -> None:
    started = compact_bot(
        "run", BOT_PORT="0", BOT_LOG_LEVEL="error", BOT_TELEGRAM_TOKEN=TOKEN, BOT_TELEGRAM_API_URL=NOBODY
    )
    assert started.complains().startswith(f"{NOBODY} does not answer: ")
    assert TOKEN not in started.err


def test_several_machines_are_reminded_of_one_secret(compact_bot: CommandLine) -> None:
    found = findings(compact_bot("doctor", BOT_DATABASE_URL="postgresql://bot@127.0.0.1:1/bot"))
    assert found["secret key"][0] == "note"
    assert "need the same BOT_SECRET_KEY" in found["secret key"][1]
