"""Languages: finding them, choosing one, and texts in them."""

from pathlib import Path

import pytest
import structlog

from bot.core import Language, OperatorError
from bot.i18n import LocaleFolder, language

HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural};\\n"

"""
CATALOGS = {
    "en": None,
    "fr": HEAD.format(plural="nplurals=2; plural=(n > 1)")
    + """
msgid "Hello {name}"
msgstr "Bonjour {name}"

msgid "All topics"
msgstr "Tous les thèmes"

msgid "Not yet"
msgstr ""

#, fuzzy
msgid "Guessed"
msgstr "Deviné"

msgid "{n} answer"
msgid_plural "{n} answers"
msgstr[0] "{n} réponse"
msgstr[1] "{n} réponses"
""",
    "ru": HEAD.format(
        plural="nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
    )
    + """
msgid "{n} answer"
msgid_plural "{n} answers"
msgstr[0] "{n} ответ"
msgstr[1] "{n} ответа"
msgstr[2] "{n} ответов"
""",
    "ar": HEAD.format(
        plural="nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"
    )
    + """
msgid "Hello {name}"
msgstr "مرحبا {name}"

msgid "{n} answer"
msgid_plural "{n} answers"
msgstr[0] "لا إجابات"
msgstr[1] "إجابة واحدة"
msgstr[2] "إجابتان"
msgstr[3] "{n} إجابات"
msgstr[4] "{n} إجابة"
msgstr[5] "{n} جواب"
""",
}


@pytest.fixture
def locales(tmp_path: Path) -> LocaleFolder:
    for code, content in CATALOGS.items():
        (tmp_path / code / "articles").mkdir(parents=True)
        if content is not None:
            write(tmp_path, code, content)
    (tmp_path / "not-a-language").mkdir()
    (tmp_path / "messages.pot").touch()
    return LocaleFolder(tmp_path, CATALOGS)


def write(folder: Path, code: str, catalog: str) -> None:
    path = folder / code / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalog, encoding="utf-8")


def test_each_folder_with_texts_is_a_language(locales: LocaleFolder) -> None:
    assert locales.all() == [
        Language("ar", "العربية", "rtl"),
        Language("en", "English", "ltr"),
        Language("fr", "Français", "ltr"),
        Language("ru", "Русский", "ltr"),
    ]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (("fr",), "fr"),
        (("fr-CA",), "fr"),
        (("fr_CA",), "fr"),
        (("FR",), "fr"),
        (("sw", "ar-EG", "fr"), "ar"),
        (("", "ru"), "ru"),
        (("sw",), "en"),
        ((), "en"),
        (("",), "en"),
        (("*",), "en"),
        (("frx",), "en"),
        (("../fr",), "en"),
        (("\0",), "en"),
    ],
)
def test_the_first_locale_that_is_spoken_decides(locales: LocaleFolder, wanted: tuple[str, ...], code: str) -> None:
    assert locales.negotiate(*wanted) == code


def test_the_default_language_can_be_another(locales: LocaleFolder) -> None:
    french = LocaleFolder(locales.folder, CATALOGS, "fr")
    assert french.negotiate("sw") == "fr"
    assert french.translator("sw").language.code == "fr"


def test_a_default_language_without_a_folder_is_refused(locales: LocaleFolder) -> None:
    with pytest.raises(OperatorError, match="'sw' has no articles in"):
        LocaleFolder(locales.folder, CATALOGS, "sw")


@pytest.mark.parametrize("code", ["xx", "", "en-GB", "pt_BR", "EN", "..", "\0", "english", "zh_Hant"])
def test_what_is_no_language_is_refused(code: str) -> None:
    with pytest.raises(OperatorError, match="language"):
        language(code)


@pytest.mark.parametrize(
    ("code", "direction"), [("sw", "ltr"), ("fil", "ltr"), ("fa", "rtl"), ("ur", "rtl"), ("ps", "rtl")]
)
def test_name_and_direction_of_a_new_language_are_known(code: str, direction: str) -> None:
    known = language(code)
    assert known.direction == direction
    assert known.name != code


def test_texts_are_translated(locales: LocaleFolder) -> None:
    french = locales.translator("fr")
    assert french.gettext("All topics") == "Tous les thèmes"
    assert french.gettext("Hello {name}", name="Aïcha") == "Bonjour Aïcha"


@pytest.mark.parametrize("text", ["Not yet", "Guessed", "Unknown to the catalogue"])
def test_what_is_not_translated_is_english(locales: LocaleFolder, text: str) -> None:
    assert locales.translator("fr").gettext(text) == text


def test_english_needs_no_catalogue(locales: LocaleFolder) -> None:
    english = locales.translator("en")
    assert english.gettext("Hello {name}", name="A") == "Hello A"
    assert [english.ngettext("{n} answer", "{n} answers", n) for n in (0, 1, 2)] == [
        "0 answers",
        "1 answer",
        "2 answers",
    ]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("fr", {0: "0 réponse", 1: "1 réponse", 2: "2 réponses"}),
        ("ru", {1: "1 ответ", 3: "3 ответа", 5: "5 ответов", 11: "11 ответов", 21: "21 ответ", 104: "104 ответа"}),
        ("ar", {0: "لا إجابات", 1: "إجابة واحدة", 2: "إجابتان", 5: "5 إجابات", 11: "11 إجابة", 100: "100 جواب"}),
    ],
)
def test_counts_have_the_forms_of_their_language(locales: LocaleFolder, code: str, forms: dict[int, str]) -> None:
    translator = locales.translator(code)
    assert {n: translator.ngettext("{n} answer", "{n} answers", n) for n in forms} == forms


def test_names_are_isolated_in_right_to_left_text_only(locales: LocaleFolder) -> None:
    assert locales.translator("ar").gettext("Hello {name}", name="IOM (UN)") == "مرحبا \u2068IOM (UN)\u2069"
    assert locales.translator("fr").gettext("Hello {name}", name="IOM (UN)") == "Bonjour IOM (UN)"


def test_a_right_to_left_text_in_english_still_isolates(locales: LocaleFolder) -> None:
    assert locales.translator("ar").gettext("Ask {name}", name="IOM") == "Ask \u2068IOM\u2069"


def test_text_without_values_is_left_as_it_is(locales: LocaleFolder) -> None:
    assert locales.translator("fr").gettext("50 % {of them}") == "50 % {of them}"


def test_what_people_write_is_never_a_placeholder(locales: LocaleFolder) -> None:
    assert locales.translator("fr").gettext("Hello {name}", name="{name} {0} %s") == "Bonjour {name} {0} %s"


@pytest.mark.parametrize(
    "broken", ["{nom}", "{}", "{0}", "{name", "name}", "{name.titel}", "{name[first]}", "{name:d}", "{name!x}"]
)
def test_a_broken_placeholder_falls_back_to_english_and_is_logged(locales: LocaleFolder, broken: str) -> None:
    write(
        locales.folder,
        "fr",
        f'{HEAD.format(plural="nplurals=2; plural=(n > 1)")}\nmsgid "Hello {{name}}"\nmsgstr "Bonjour {broken}"\n',
    )
    with structlog.testing.capture_logs() as logged:
        assert locales.translator("fr").gettext("Hello {name}", name="Aïcha") == "Hello Aïcha"
    assert logged == [
        {"event": "translation_broken", "log_level": "warning", "language": "fr", "message": "Hello {name}"}
    ]


@pytest.mark.parametrize("n", [1, 5])
def test_a_broken_plural_form_falls_back_to_english_and_is_logged(locales: LocaleFolder, n: int) -> None:
    content = (CATALOGS["fr"] or "").replace("{n} réponse", "{m} réponse")
    write(locales.folder, "fr", content)
    with structlog.testing.capture_logs() as logged:
        assert locales.translator("fr").ngettext("{n} answer", "{n} answers", n) == f"{n} answer{'s' if n > 1 else ''}"
    assert [each["event"] for each in logged] == ["translation_broken"]


def test_values_are_never_logged(locales: LocaleFolder) -> None:
    write(locales.folder, "fr", (CATALOGS["fr"] or "").replace("Bonjour {name}", "Bonjour {nom}"))
    with structlog.testing.capture_logs() as logged:
        locales.translator("fr").gettext("Hello {name}", name="Elm Street")
    assert logged
    assert "Elm Street" not in str(logged)


def test_countries_have_names_in_the_languages_of_the_folder_and_in_more(locales: LocaleFolder) -> None:
    names = list(locales.territory_names())
    italy = {language: name for country, language, name in names if country == "IT"}
    assert {code: italy[code] for code in CATALOGS} == {code: locales.territory("IT", code) for code in CATALOGS}
    assert (italy["de"], italy["ko"], italy["sr_Latn"]) == ("Italien", "이탈리아", "Italija")
    assert len({(country, language) for country, language, _name in names}) == len(names)
    assert all(country.isalpha() and name for country, _language, name in names)


def test_a_language_of_the_folder_is_not_named_a_second_time(locales: LocaleFolder) -> None:
    (locales.folder / "de" / "kinds").mkdir(parents=True)
    languages = [language for country, language, _name in locales.territory_names() if country == "IT"]
    assert languages.count("de") == 1
