"""The operator's contacts: read, checked, and found by a country's name."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.contacts import ContactBook, outdated, read_contacts
from bot.core import OperatorError
from tests.shipped import LANGUAGES

GOOD = {
    "country": "IT",
    "name": "A line",
    "phone": "+39 06 0000 0000",
    "url": "https://example.org/help",
    "source": "https://example.org/source",
}
CHECKED = date(2026, 11, 1)


def table(checked: str = "2026-11-01", **changes: str | None) -> str:
    fields = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return "\n".join(
        ["[[contact]]", *(f'{name} = "{value}"' for name, value in fields.items()), f"checked = {checked}"]
    )


def read(tmp_path: Path, *tables: str) -> ContactBook:
    path = tmp_path / "contacts.toml"
    path.write_text("\n\n".join(tables), encoding="utf-8")
    return read_contacts(path, LANGUAGES)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    book = read_contacts(tmp_path / "contacts.toml", LANGUAGES)
    assert (list(book.countries()), book.named_in("Italy")) == ([], ())


def test_contacts_are_read_in_order(tmp_path: Path) -> None:
    book = read(tmp_path, table(), table(country="TN", phone="+216 70 000 000"), table(name="Another line"))
    assert list(book.countries()) == ["IT", "TN"]
    assert [contact.name for contact in book.of("IT")] == ["A line", "Another line"]
    assert book.of("IT")[0].checked == CHECKED


@pytest.mark.parametrize(
    "message",
    [
        "we are in ITALY",
        "près de l'Italie",
        "estamos en Italia, ayuda",
        "نحن في إيطاليا",
        "وصلنا لإيطاليا",
        "我们在意大利海边",
        "мы сейчас в Италии",
        "ми зараз в Італії",
        "hum Italy mein hain",
        "हम इटली में हैं",
        "İtalya'dayız, yardım edin",
        "เราอยู่ที่อิตาลีตอนนี้",
    ],
)
def test_a_country_is_found_by_its_name_in_every_language(tmp_path: Path, message: str) -> None:
    assert [contact.country for contact in read(tmp_path, table()).named_in(message)] == ["IT"]


@pytest.mark.parametrize("message", ["from Libya to Italia", "🇮🇹", "في ايطاليا", "ከጣሊያን", "ইতালিতে", "इटालीमा"])
def test_a_country_is_found_as_people_write_it(tmp_path: Path, message: str) -> None:
    assert [contact.country for contact in read(tmp_path, table()).named_in(message)] == ["IT"]


@pytest.mark.parametrize("message", ["we are in the sea", "Italian", "italics", ""])
def test_a_country_that_is_not_named_is_not_found(tmp_path: Path, message: str) -> None:
    assert read(tmp_path, table()).named_in(message) == ()


def test_a_country_within_the_name_of_another_is_not_named(tmp_path: Path) -> None:
    book = read(tmp_path, table(country="NE", phone="+227 20 00 00 00"), table(country="OM", phone="+968 24 000000"))
    for message in ("we are in Nigeria", "a woman in Romania", "мы в Нигерии", "nous sommes au Nigéria"):
        assert book.named_in(message) == (), message
    assert book.named_in("we are in Niger")[0].country == "NE"


def test_a_country_without_contacts_is_not_taken_for_one_whose_name_it_holds(tmp_path: Path) -> None:
    book = read(tmp_path, table(country="SD", phone="+249 15 500 0000"))
    assert book.named_in("we are in South Sudan") == ()
    assert book.named_in("we came from South Sudan to Sudan")[0].country == "SD"


def test_of_two_countries_the_first_named_counts(tmp_path: Path) -> None:
    book = read(tmp_path, table(), table(country="TN", phone="+216 70 000 000"))
    assert book.named_in("we left Tunisia for Italy")[0].country == "TN"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (table(country="Italy"), "contact 1: country: "),
        (table(country="XQ"), "no country has the ISO 3166 code 'XQ'"),
        (table(name=None), "contact 1: name: "),
        (table(source=None), "contact 1: source: "),
        (table(source="a friend"), "contact 1: source: "),
        (table(url="http://example.org"), "contact 1: url: "),
        (table(phone=None, url=None), "it needs a phone or a url"),
        (table(phone="call us"), "the phone cannot be one in IT"),
        (table(phone="+39 0"), "the phone cannot be one in IT"),
        (table(checked="2126-01-01"), "it lies in the future"),
        (table(checked='"last week"'), "contact 1: checked: "),
        (table(fax="1"), "contact 1: fax: "),
        ("contact = 7", "each contact begins with a line [[contact]]"),
        ("[[contact]", "cannot be read"),
        ("\n".join(table() for _ in range(6)), "IT has more than 5 contacts"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read(tmp_path, content)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_short_emergency_numbers_are_numbers(tmp_path: Path) -> None:
    assert read(tmp_path, table(phone="112")).of("IT")[0].phone == "112"


def test_old_contacts_are_named(tmp_path: Path) -> None:
    book = read(tmp_path, table(), table(name="Old line", checked="2025-01-01"))
    today = datetime(2026, 11, 20, tzinfo=UTC).date()
    assert [contact.name for contact in outdated(book, today, 180)] == ["Old line"]
    assert outdated(book, today, 1000) == []
