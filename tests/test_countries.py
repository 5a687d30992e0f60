"""Countries and regions, found by what people write."""

import time
from collections.abc import Iterator

import pycountry
import pytest
from hypothesis import given, settings

from bot.core import Region
from bot.countries import CountryBook
from bot.countries.names import codes, countries, everyday
from tests.fakes.hostile import ANY_TEXT, HOSTILE
from tests.shipped import LANGUAGES

BOOK = CountryBook(LANGUAGES, LANGUAGES.territory_names)
READERS = [language.code for language in LANGUAGES.understood()]


def find(typed: str, reader: str = "en") -> str:
    return " ".join(BOOK.find(typed, reader))


def named(text: str) -> str:
    return " ".join(BOOK.named_in(text))


def flag(country: str) -> str:
    return "".join(chr(ord(letter) - ord("A") + 0x1F1E6) for letter in country)


def test_the_countries_are_those_of_iso_and_kosovo() -> None:
    assert countries() == {each.alpha_2 for each in pycountry.countries} | {"XK"}


@pytest.mark.parametrize("reader", READERS)
def test_every_country_comes_first_for_its_name_in_the_readers_language(reader: str) -> None:
    first = {country: find(BOOK.name(country, reader), reader)[:2] for country in countries()}
    assert first == {country: country for country in countries()}


def test_every_code_and_flag_is_certain() -> None:
    assert {code: find(code) for code in codes()} == codes()
    assert {country: find(flag(country)) for country in countries()} == {country: country for country in countries()}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("٣٨٠", "IT"),
        ("it", "IT"),
        ("ita", "IT"),
        ("in", "IN ID"),
        ("uk", "GB UA"),
        (" U.S.A. ", "US"),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "GB"),
        ("🇪🇷 or 🇪🇹", "ER ET"),
        ("🇪🇺", ""),
        ("🇽🇽", ""),
        ("999", ""),
    ],
)
def test_codes_may_be_small_and_flags_several(typed: str, found: str) -> None:
    assert find(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Côte d’Ivoire", "CI"),
        ("cote divoire", "CI"),
        ("COTE D IVOIRE", "CI"),
        ("Duitsland", "DE"),
        ("Niemcy", "DE"),
        ("Giappone", "JP"),
        ("Türkei", "TR"),
        ("Ελλάδα", "GR"),
        ("საქართველო", "GE"),
        ("Հայաստան", "AM"),
        ("독일", "DE"),
        ("日本", "JP"),
        ("ישראל", "IL"),
        ("இலங்கை", "LK"),
        ("កម្ពុជា", "KH"),
        ("ལྦ", ""),
        ("Ўзбекистон", "UZ"),
        ("O'zbekiston", "UZ"),
        ("Oʻzbekiston", "UZ"),
        ("Azerbaycan", "AZ"),
        ("Shqipëria", "AL"),
        ("Ubudage", "DE"),
        ("الأردن", "JO"),
        ("اردن", "JO"),
        ("Đức", "DE"),
        ("duc", "DE"),
    ],
)
def test_names_are_found_in_languages_that_the_bot_does_not_speak(typed: str, found: str) -> None:
    assert find(typed) == found


def test_everyday_names_are_found() -> None:
    assert [(country, name) for country, name in everyday().names if country not in BOOK.find(name, "en")[:2]] == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Germny", "DE"),
        ("Philipines", "PH"),
        ("Marroco", "MA"),
        ("Afganstan", "AF"),
        ("Siera Leon", "SL"),
        ("Columbia", "CO"),
        ("saudiarabia", "SA"),
        ("Lybia", "LY"),
        ("Boliva", "BO"),
        ("guinee equatoryale", "GQ"),
        ("Узбекситан", "UZ"),
    ],
)
def test_misspelt_names_are_found(typed: str, found: str) -> None:
    assert find(typed) == found


@pytest.mark.parametrize(
    ("typed", "reader", "found"),
    [
        ("ger", "en", "DE"),
        ("all", "fr", "DE"),
        ("aus", "en", "AU AT"),
        ("united", "en", "AE GB US UM"),
        ("amer", "en", "US AS"),
        ("islam", "en", ""),
        ("мек", "ru", "MX"),
        ("意大", "zh", "IT"),
        ("alema", "en", "DE"),
    ],
)
def test_a_few_letters_are_enough(typed: str, reader: str, found: str) -> None:
    assert find(typed, reader) == found


@pytest.mark.parametrize(
    ("typed", "reader", "found"),
    [
        ("Niger", "en", "NE NG"),
        ("Nigeria", "en", "NG"),
        ("Guinea", "en", "GN GW GQ PG"),
        ("Guinée", "fr", "GN GW GQ PG"),
        ("几内亚", "zh", "GN GW"),
        ("Sudan", "en", "SD SS"),
        ("South Sudan", "en", "SS"),
        ("Korea", "en", "KR KP"),
        ("Congo", "en", "CD CG"),
        ("Congo", "es", "CG CD"),
        ("Dominica", "en", "DM DO"),
        ("Virgin Islands", "en", "VG VI"),
        ("China", "en", "CN"),
        ("中国", "zh", "CN"),
        ("America", "en", "US"),
        ("Georgia", "en", "GE"),
        ("India", "en", "IN"),
        ("Ireland", "en", "IE"),
        ("Netherlands", "en", "NL"),
    ],
)
def test_names_of_several_countries_give_the_exact_one_first(typed: str, reader: str, found: str) -> None:
    assert find(typed, reader) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("I live in Germany", "DE"),
        ("from the Philippines", "PH"),
        ("我在意大利", "IT"),
        ("мы в Италии", "IT"),
        ("between Italy and Libya", "IT LY"),
        ("Can I work in Italy?", ""),
        ("my brother went to Italy with three friends", ""),
    ],
)
def test_a_few_words_around_a_name_do_no_harm(typed: str, found: str) -> None:
    assert find(typed) == found


@pytest.mark.parametrize(
    ("typed", "reader"),
    [
        *(
            (word, "en")
            for word in ("hello", "thanks", "help", "stop", "why", "none", "all", "banana", "pizza", "x", "??")
        ),
        ("how can I get help", "en"),
        ("what should I do", "en"),
        ("gracias", "en"),
        ("да", "ru"),
        ("不", "zh"),
        ("نعم", "ar"),
        ("", "en"),
        (" \n", "en"),
        ("-", "en"),
        ("asdfghjkl", "en"),
    ],
)
def test_what_is_no_country_finds_none(typed: str, reader: str) -> None:
    assert find(typed, reader) == ""


@pytest.mark.parametrize(
    ("text", "countries_named"),
    [
        ("We left Eritrea, crossed Sudan and Libya, and came back to Libya.", "ER SD LY"),
        ("je suis au Mali, avant en côte d'ivoire", "ML CI"),
        ("De Guinea Ecuatorial a Guinea-Bisáu", "GQ GW"),
        ("Nigeria, not Niger", "NG NE"),
        ("from South Sudan", "SS"),
        ("the DRC, the U.S. and the UAE", "CD US AE"),
        ("من السودان إلى ليبيا", "SD LY"),
        ("وصلنا لإيطاليا وبلجيكا من السعودية", "IT BE SA"),
        ("للأردن", "JO"),
        ("из Узбекистана в Саудовскую Аравию через Китай", "UZ SA CN"),
        ("мы в Нигерии", "NG"),
        ("в Корее", "KR"),
        ("з України до Польщі", "UA PL"),
        ("ከኢትዮጵያ ወደ ጣሊያን", "ET IT"),
        ("ብጀርመን", "DE"),
        ("कतारमा काम गर्छु, नेपालबाट आएको", "QA NP"),
        ("বাংলাদেশের মানুষ মালয়েশিয়ায়", "BD MY"),
        ("Türkiye'den Almanyaya geldim", "TR DE"),
        ("Jarmalka iyo Talyaaniga", "DE IT"),
        ("我从几内亚比绍经利比亚到意大利", "GW LY IT"),
        ("ฉันอยู่ที่ประเทศไทยมาจากลาว", "TH LA"),
        ("မြန်မာကနေ ထိုင်းကို", "MM TH"),
        ("tôi ở Mỹ, trước ở Đức và Áo", "US DE"),
        ("I am 🇸🇾 living in🇩🇪now 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇪🇺", "SY DE GB"),
        ("WE ARE IN LIBYA AND MALTA", "LY MT"),
        ("Canary Islands", "ES"),
        ("我在Italy工作", "IT"),
    ],
)
def test_countries_named_in_a_text_come_in_its_order(text: str, countries_named: str) -> None:
    assert named(text) == countries_named


@pytest.mark.parametrize(
    "text",
    [
        "it is in no way up to us, so be it, as at de la",
        "IT IS IN NO WAY UP TO US",
        "states on an island ate chili with ellas y sin ella",
        "Latin America, New Mexico, Guinea pig",
        "Y tú? Él irán. La réunion de la semaine",
        "я из того города, мали ми",
        "تكلفة مالية ودعم مالي",
        "hợp pháp, pháp luật, chủ nhật, áo",
        "ao vivo, anh ơi",
        "中 日 法 合法国籍 沿海地区",
        "สภากาชาด เช็กอีเมล",
        "nijer hotel",
        "Italian Italians italics",
    ],
)
def test_common_words_are_no_countries(text: str) -> None:
    assert named(text) == ""


def test_everyday_words_and_larger_names_are_no_countries() -> None:
    assert {text: named(text) for text in (*everyday().words, *everyday().none) if named(text)} == {}


def test_every_everyday_name_is_of_a_country() -> None:
    assert {country for country, _name in (*everyday().names, *everyday().sentences)} <= countries()


def test_a_name_is_in_the_readers_language() -> None:
    assert [BOOK.name("DE", reader) for reader in ("en", "fr", "ar")] == ["Germany", "Allemagne", "ألمانيا"]
    assert [BOOK.name(country, "en") for country in ("XK", "XX")] == ["Kosovo", "XX"]
    assert all(BOOK.name(country, reader) != country for country in countries() for reader in READERS)


@pytest.mark.parametrize(
    ("country", "typed", "first"),
    [
        ("IT", "sic", "IT-82"),
        ("IT", "Sicily", "IT-82"),
        ("IT", "82", "IT-82"),
        ("IT", "it-82", "IT-82"),
        ("AE", "Dubai", "AE-DU"),
        ("AE", "abu dhabi", "AE-AZ"),
        ("ES", "cataluna", "ES-CT"),
        ("ES", "madrid", "ES-MD"),
        ("FR", "ile de france", "FR-IDF"),
        ("US", "calif", "US-CA"),
        ("KE", "nairobi", "KE-30"),
        ("PH", "davao", "PH-11"),
    ],
)
def test_a_region_is_found_by_letters_code_or_misspelling(country: str, typed: str, first: str) -> None:
    assert BOOK.regions(country, typed)[0].code == first


@pytest.mark.parametrize(("country", "typed"), [("IT", "Torino"), ("AE", "Dubai")])
def test_a_region_that_is_not_sure_has_others_beside_it(country: str, typed: str) -> None:
    assert len(BOOK.regions(country, typed)) > 1


@pytest.mark.parametrize(
    ("country", "typed"), [("IT", ""), ("IT", "  "), ("IT", "qqqqqq"), ("IT", "xy"), ("VA", "a"), ("XX", "a"), ("", "")]
)
def test_no_region_is_found_where_none_is_meant(country: str, typed: str) -> None:
    assert BOOK.regions(country, typed) == []


def test_few_regions_are_shown_before_anything_is_typed() -> None:
    assert [region.name for region in BOOK.regions("GB", "")] == ["England", "Northern Ireland", "Scotland", "Wales"]


def test_a_region_is_of_the_first_level() -> None:
    assert BOOK.region("IT-82") == Region("IT-82", "Sicilia")
    assert BOOK.region("ES-CT") == Region("ES-CT", "Catalunya")
    assert [BOOK.region(code) for code in ("IT-PA", "IT-XX", "IT", "", "it-82")] == [None] * 5


def test_every_region_of_the_first_level_is_found_by_its_own_name() -> None:
    first = [each.code for each in pycountry.subdivisions if each.parent_code is None]
    known = [region for code in first if (region := BOOK.region(code))]
    assert [region.code for region in known] == first
    assert [region for region in known if region not in BOOK.regions(region.code[:2], region.name)] == []


def test_names_are_asked_for_when_the_book_is_first_used_and_once() -> None:
    asked = []

    def names() -> Iterator[tuple[str, str, str]]:
        asked.append(1)
        yield "IT", "en", "Italy"
        yield "EU", "en", "European Union"

    book = CountryBook(LANGUAGES, names)
    assert asked == []
    assert [book.find("Italy", "fr"), book.named_in("Italy"), book.find("European Union", "fr")] == [["IT"], ["IT"], []]
    assert asked == [1]


@pytest.mark.parametrize(
    "text", ["we left Libya for Italy, iran " * 334, "我们从利比亚到意大利" * 1000, "cUBA" * 2500, "كوبا، " * 1667]
)
def test_a_long_text_is_read_at_once(text: str) -> None:
    BOOK.named_in("")
    before = time.process_time()
    BOOK.named_in(text)
    assert time.process_time() - before < 0.5


@given(HOSTILE)
@settings(deadline=None)
def test_whatever_is_typed_at_most_five_countries_come_back(text: str) -> None:
    found = BOOK.find(text, "ar")
    assert len(set(found)) == len(found) <= 5
    assert set(found) <= countries()


@given(HOSTILE)
@settings(deadline=None)
def test_whatever_is_written_each_country_comes_once(text: str) -> None:
    found = BOOK.named_in(text)
    assert len(set(found)) == len(found)
    assert set(found) <= countries()


@given(ANY_TEXT, ANY_TEXT)
@settings(deadline=None)
def test_whatever_is_typed_regions_are_of_the_country(country: str, text: str) -> None:
    assert BOOK.regions(country, text) == []
    assert {region.code[:3] for region in BOOK.regions("IT", text)} <= {"IT-"}
    assert BOOK.region(text) is None
