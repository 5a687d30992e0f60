"""`documents` and `contacts`: what an operator adds."""

from pathlib import Path

from tests.commands.command_line import CommandLine, Ended

FRENCH = """Projet de résolution

1. Nous déclarons que la présente partie est faite de mots inventés pour cet essai, et de rien d'autre.

2. Pour y parvenir, nous prendrons les mesures suivantes :

(a) Compter les étoiles de la nuit, chacune à son tour, avec les enfants du village ;

(b) Nommer les rivières et les montagnes que les anciens ont vues.

3. Nous nous souviendrons de toutes ces choses et nous les dirons à ceux qui viendront.
"""


def put(compact_bot: CommandLine, content: str, name: str = "text.txt") -> str:
    path: Path = compact_bot.folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def add(compact_bot: CommandLine, path: str, language: str = "fr", symbol: str = "A/RES/73/195") -> Ended:
    return compact_bot("documents", "add", path, "--language", language, "--symbol", symbol)


def test_a_document_is_added_listed_replaced_and_removed(compact_bot: CommandLine) -> None:
    path = put(compact_bot, FRENCH)
    assert add(compact_bot, path).out == "A/RES/73/195 in fr added: 5 passages, 1 to 3.\n"
    assert add(compact_bot, path).out == "A/RES/73/195 in fr replaced: 5 passages, 1 to 3.\n"
    (line,) = compact_bot("documents", "list").lines
    assert line.split()[:4] == ["A/RES/73/195", "fr", "5", "passages"]
    assert compact_bot("documents", "remove", "A/RES/73/195", "--language", "fr").out == "A/RES/73/195 in fr removed.\n"
    assert compact_bot("documents", "list").out == ""
    assert (
        "There is no A/RES/73/195" in compact_bot("documents", "remove", "A/RES/73/195", "--language", "fr").complains()
    )


def test_what_cannot_be_added_changes_nothing(compact_bot: CommandLine) -> None:
    path = put(compact_bot, FRENCH)
    add(compact_bot, path)
    before = compact_bot("documents", "list").out
    assert "No article cites 'A/RES/1'" in add(compact_bot, path, symbol="A/RES/1").complains()
    assert "There are no articles in 'sw'" in add(compact_bot, path, language="sw").complains()
    assert add(compact_bot, path, language="es").complains()
    assert add(compact_bot, put(compact_bot, "%PDF-1.7 broken", "broken.pdf")).complains()
    assert add(compact_bot, "none.pdf").complains()
    assert compact_bot("documents", "list").out == before


def test_contacts_are_checked(compact_bot: CommandLine) -> None:
    assert compact_bot("contacts", "check").out == "0 contacts in 0 countries, 0 older than 180 days.\n"
    contact = '[[contact]]\ncountry = "IT"\nname = "A line"\nurl = "https://example.org/"\nsource = "https://example.org/"\nchecked = 2025-01-01\n'
    path = put(compact_bot, contact, "contacts.toml")
    ended = compact_bot("contacts", "check", BOT_CONTACTS_FILE=path)
    assert ended.status == 1
    assert ended.lines == [
        "check again: IT A line https://example.org/, checked 2025-01-01 at https://example.org/",
        "1 contacts in 1 countries, 1 older than 180 days.",
    ]
    assert compact_bot("contacts", "check", "--age", "100000", BOT_CONTACTS_FILE=path).status == 0
    wrong = put(compact_bot, contact.replace("IT", "Italy"), "wrong.toml")
    assert "contact 1: country" in compact_bot("contacts", "check", BOT_CONTACTS_FILE=wrong).complains()
