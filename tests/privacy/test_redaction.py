"""Taking out what names a person, and nothing else."""

import pytest
from hypothesis import given

from bot.parts import LOCALES
from bot.privacy.redaction import REDACTED, Redactor, read_introductions
from tests.fakes.hostile import ANY_TEXT

redact = Redactor(read_introductions(LOCALES))


@pytest.mark.parametrize(
    "number",
    [
        "+49 30 901820",
        "+1 (212) 555-0100",
        "0171 2345678",
        "(030) 901820",
        "00249 91 234 5678",
        "13800138000",
        "0912-345-678",
        "0912 345 678",
        "0912–345–678",
        "0912.345.678",
        "٠٧٧١٢٣٤٥٦٧٨",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "०९८७६५४३२१०",
        "০১৭১২৩৪৫৬৭৮",
        "၀၉၄၂၀၁၂၃၄၅၆",
        "๐๘๑๒๓๔๕๖๗๘",
        "１３８００１３８０００",
        "AB1234567",
        "E12345678",
        "C-98765",
        "DE 123456789",
        "12345678X",
        "1 2 3 4 5 6",
        "FR76 3000 6000 0112 3456 7890 189",
    ],
)
@pytest.mark.parametrize("around", ["my number is {}, call me", "{}", "电话是{}谢谢", "رقمي {} اتصل", "เบอร์{}ครับ"])
def test_numbers_go(number: str, around: str) -> None:
    found = redact(around.format(number))
    assert REDACTED in found
    assert sum(letter.isdigit() for letter in found) <= 3, found


@pytest.mark.parametrize(
    "address",
    [
        "me@example.org",
        "first.last+tag@mail.example.co.uk",
        "иван@пример.рф",
        "用户@例子.广告",
        "@aisha_k",
        "https://t.me/aisha_k",
        "t.me/aisha_k",
        "wa.me/491712345678",
        "www.example.org/me",
        "HTTP://EXAMPLE.ORG/ME?x=1",
    ],
)
@pytest.mark.parametrize("around", ["write to {} please", "{}", "اكتب إلى {} رجاء"])
def test_addresses_go(address: str, around: str) -> None:
    assert redact(around.format(address)) == around.format(REDACTED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What if my employer does not pay?",
        "in 2018 and again in 2022",
        "since 10 December 2018, in Marrakech",
        "Objective 13 and paragraph 29(h)",
        "23 objectives, 10 principles, 193 States",
        "paragraphs 16 to 19",
        "24/7, 50 % or 1,000 euros",
        "the 1951 Convention and the 1967 Protocol",
        "at 9:30 or 14:45",
        "في عام ٢٠١٨",
        "2018年12月",
        "Say it simply: who? where? how?",
        "e.g. and/or etc.",
        "me @ home",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert redact(text) == text


def test_only_the_number_goes() -> None:
    assert redact("Call 0171 2345678 or mail me@example.org, thanks!") == f"Call {REDACTED} or mail {REDACTED}, thanks!"


def test_every_number_of_several_goes() -> None:
    assert redact("12345 oder 67890, +49 30 901820") == f"{REDACTED} oder {REDACTED}, {REDACTED}"


@given(ANY_TEXT)
def test_what_is_redacted_needs_no_second_time(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@pytest.mark.parametrize("piece", ["a", "1", "1 ", "+", "a.", "@", "a@", "www.", "1-", "+1", "(1", "٤"])
def test_a_long_message_is_gone_through(piece: str) -> None:
    """As long as the web chat lets through; a pattern that goes back and forth would not end."""
    text = (piece * 4000)[:4000]
    assert len(redact(text)) <= 2 * len(text)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("hi my name is Ana Maria López and my boss keeps it", "hi my name is […] and my boss keeps it"),
        ("me llamo juan y trabajo en el campo", "me llamo […] y trabajo en el campo"),
        ("اسمي محمد علي وأنا من سوريا", "اسمي […] وأنا من سوريا"),
        ("我叫王小明，我的老板不给工资", "我叫 […]，我的老板不给工资"),
        ("ผมชื่อสมชาย นายจ้างยึดพาสปอร์ต", "ผมชื่อ […] นายจ้างยึดพาสปอร์ต"),
        ("မောင်။ နာမည်က မောင်မောင် ပါ", "မောင်။ နာမည်က […] ပါ"),
        ("mera naam rahul hai aur mera passport", "mera naam […] hai aur mera passport"),
        ("मेरा नाम राहुल शर्मा है", "मेरा नाम […] है"),
        ("меня зовут Иван Петров, я из Бишкека", "меня зовут […], я из Бишкека"),
        ("Tôi tên là Nguyễn Văn A và làm ở xưởng", "Tôi tên là […] và làm ở xưởng"),
        ("ang pangalan ko ay Maria Santos at", "ang pangalan ko ay […] at"),
    ],
)
def test_a_name_that_somebody_gives_goes(said: str, kept: str) -> None:
    assert redact(said) == kept


@pytest.mark.parametrize("language", [path.parent.name for path in sorted(LOCALES.glob("*/names.txt"))])
def test_names_go_in_every_language_that_is_understood(language: str) -> None:
    for code, words in read_introductions(LOCALES):
        if code == language:
            assert REDACTED in redact(f"{words} Abcdef" if words.isascii() else f"{words} {words[0] * 3}")
