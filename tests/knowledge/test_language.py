"""Telling the language of a short message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.articles import read_library
from bot.knowledge.examples import read_examples
from bot.knowledge.language import READ, Detected, LanguageDetector
from bot.parts import LOCALES
from tests.fakes.hostile import HOSTILE

GREETINGS = [("en", "hello"), ("fr", "bonjour"), ("fr", "salut"), ("ar", "salam"), ("fr", "salam"), ("ar", "مرحبا")]
DETECTOR = LanguageDetector(
    [(example.language, example.text) for example in read_examples(LOCALES, read_library(LOCALES))], GREETINGS
)


def read(message: str, hint: str = "en") -> Detected:
    return DETECTOR.detect(message, hint)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("am", "ያለ ወረቀት ሊያስሩኝ ይችላሉ"),
        ("ar", "هل يمكن احتجازي بلا أوراق"),
        ("ar", "اريد محامي"),
        ("bn", "আমাকে কি আটকে রাখতে পারে"),
        ("en", "can they lock me up"),
        ("en", "i need a lawyer"),
        ("es", "me pueden encerrar sin papeles"),
        ("es", "¿dónde está la escuela?"),
        ("fa", "میتونن منو بگیرن بندازن زندان؟"),
        ("tl", "pwede ba akong ikulong kahit walang papeles"),
        ("fr", "est-ce qu'on peut m'enfermer"),
        ("fr", "je cherche un avocat"),
        ("hi", "क्या मुझे बंद किया जा सकता है"),
        ("id", "apakah saya bisa ditahan tanpa dokumen"),
        ("my", "ကျွန်ုပ်ကို ဖမ်းနိုင်ပါသလား"),
        ("ne", "के मलाई थुनामा राख्न सकिन्छ"),
        ("om", "waraqaa malee na hidhuu danda'uu"),
        ("pa", "ਕੀ ਮੈਨੂੰ ਬੰਦ ਕੀਤਾ ਜਾ ਸਕਦਾ ਹੈ"),
        ("ps", "ایا زه نیول کېدای شم"),
        ("pt", "não tenho documentos, o que posso fazer"),
        ("ru", "могут ли меня задержать"),
        ("ru", "как получить визу"),
        ("so", "ma la i xidhi karaa hadaanan sharci haysan"),
        ("sw", "je, wanaweza kunifunga bila karatasi"),
        ("ta", "என்னை அடைத்து வைக்க முடியுமா"),
        ("te", "నన్ను నిర్బంధించగలరా"),
        ("th", "ฉันจะถูกกักตัวไหม"),
        ("ti", "ብዘይ ወረቐት ክኣስሩኒ ይኽእሉ ዶ"),
        ("tr", "belgesiz olduğum için beni kilitleyebilirler mi"),
        ("ur", "کیا مجھے بند کیا جا سکتا ہے"),
        ("vi", "tôi có thể bị giam giữ không"),
        ("zh", "没有证件会被关起来吗"),
        ("zh", "拘留 visa"),
    ],
)
@pytest.mark.parametrize("hint", ["en", "ar"])
def test_a_short_question_tells_its_language(message: str, language: str, hint: str) -> None:
    assert read(message, hint).language == language


@pytest.mark.parametrize("message", ["can they lock me up", "могут ли меня задержать", "没有证件会被关起来吗"])
def test_a_whole_sentence_can_be_relied_on(message: str) -> None:
    assert read(message).sure


@pytest.mark.parametrize(
    "message", ["", " ", "123", "٤٥", "१२३", "...", "?!", "👍", "👋🏽👩‍👧", "\0", "\u202e\u200b", "\ud83d"]
)
@pytest.mark.parametrize("hint", ["ru", "zh"])
def test_without_letters_the_conversation_goes_on_in_its_language(message: str, hint: str) -> None:
    assert read(message, hint) == Detected(hint, sure=False)


@pytest.mark.parametrize(
    ("message", "language"), [("hello", "en"), ("Bonjour !", "fr"), ("مرحبا 👋", "ar"), ("HELLO", "en")]
)
def test_a_greeting_tells_its_language(message: str, language: str) -> None:
    assert read(message, "ru") == Detected(language, sure=True)


@pytest.mark.parametrize(("hint", "language"), [("fr", "fr"), ("ar", "ar"), ("en", "ar")])
def test_a_greeting_of_two_languages_is_never_relied_on(hint: str, language: str) -> None:
    assert read("salam", hint) == Detected(language, sure=False)


@pytest.mark.parametrize("message", ["ok", "visa", "no", "si", "да", "oui", "?a"])
def test_a_word_alone_is_never_relied_on(message: str) -> None:
    assert not read(message).sure


@pytest.mark.parametrize(
    ("message", "language"),
    [("їжа", "uk"), ("быт", "ru"), ("niño", "es"), ("پول", "fa"), ("ٹکٹ", "ur"), ("ټول", "ps"), ("việc", "vi")],
)
def test_one_telling_letter_is_better_than_nothing(message: str, language: str) -> None:
    assert read(message, "zh").language == language


@pytest.mark.parametrize(
    "message", ["\0\0can they lock me up\0", "\x1b[31mcan they lock me up", "can they lock me up\ud800"]
)
def test_control_characters_do_not_hide_the_language(message: str) -> None:
    assert read(message, "fr").language == "en"


def test_a_language_that_is_not_read_is_never_named() -> None:
    assert read("miten voin uusia oleskelulupani nopeasti", "en").language in READ


@given(HOSTILE, st.sampled_from(["", "en", "zh", "xx", "klingon"]))
def test_anything_has_a_language_or_keeps_the_hint(message: str, hint: str) -> None:
    detected = read(message, hint)
    assert detected.language in READ | {hint}
    assert detected.language in READ or not detected.sure
