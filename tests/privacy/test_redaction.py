"""Taking out what names a person, saying what it was, and nothing else."""

import re
import sys
from collections.abc import Iterator
from types import FrameType, ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import submission
from bot.parts import LOCALES
from bot.privacy import amounts, numbers, reading, redaction, streets
from bot.privacy.reading import Kind
from bot.privacy.redaction import Redactor, read_introductions
from tests.fakes.hostile import ANY_TEXT, HOSTILE

redact = Redactor(read_introductions(LOCALES))

PIECES = st.sampled_from(
    """12 345 | 100000 EUR | EUR-12345 | AB 12 345 | calle A 1 | Calle Mayor 12 | ул. Ленина 5 | Hauptstraße 5 | 12 Main
    | Street | house 5 road | me@example.org | @abc | www. | https:// | +49 30 901820 | 0171 | 4111 1111 1111 1111 | DE89 3704
    | 2018 | 2018-2024 | A/RES/73/195 | my name is | me llamo | 我叫 | 王小明 | Ana | passport | call | euros | workers | [phone]
    | [name] | [ | ] | x | 7 | - | / | , | \u200b | \u202e | 中山路 | 12号 | ซอย | شارع | soi 5""".replace(
        "\n    ", " "
    ).split(" | ")
)
MIXED = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "\n"])), max_size=12).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("me@example.org", "[e-mail]"),
        ("first.last+tag@mail.example.co.uk", "[e-mail]"),
        ("иван@пример.рф", "[e-mail]"),
        ("用户@例子.广告", "[e-mail]"),
        ("ｍｅ＠ｅｘａｍｐｌｅ．ｏｒｇ", "[e-mail]"),
        ("me @ example.org", "[e-mail]"),
        ("me (at) example.org", "[e-mail]"),
        ("m\u200be@exam\u2060ple.org", "[e-mail]"),
        ("@aisha_k", "[link]"),
        ("@aisha.k", "[link]"),
        ("https://t.me/aisha_k", "[link]"),
        ("t.me/aisha_k", "[link]"),
        ("wa.me/491712345678", "[link]"),
        ("facebook.com/aisha.k", "[link]"),
        ("www.example.org/me", "[link]"),
        ("HTTP://EXAMPLE.ORG/ME?x=1,2", "[link]"),
    ],
)
@pytest.mark.parametrize("around", ["write to {} please", "{}", "اكتب إلى {} رجاء", "({}), thanks"])
def test_addresses_go(address: str, mark: str, around: str) -> None:
    assert redact(around.format(address)) == around.format(mark)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我的邮箱是me@example.org谢谢", "我的邮箱是[e-mail]谢谢"),
        ("请看https://example.org/a，谢谢", "请看[link]，谢谢"),
        ("Read https://example.org/a. Then write.", "Read [link]. Then write."),
        ("wechat id: wxid_abc or Instagram: aisha.k", "wechat id: [link] or Instagram: [link]"),
        ("facebook: they lied to us", "facebook: they lied to us"),
    ],
)
def test_what_stands_beside_a_contact_stays(said: str, kept: str) -> None:
    assert redact(said) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What if my employer does not pay?",
        "Say it simply: who? where? how?",
        "e.g. and/or etc.",
        "me @ home",
        "the site un.org",
        "it costs @ 5 a day",
        "👩🏽‍🚀 می‌خواهم کار کنم",
        "brackets [like these] stay",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert redact(text) == text


def test_only_what_names_somebody_goes() -> None:
    said = "I am Ana, my name is Ana Gomez. Call 0171 2345678 or mail me@example.org; I live at 12 Main Street, thanks!"
    assert redact(said) == ("I am Ana, my name is [name]. Call [phone] or mail [e-mail]; I live at [address], thanks!")


def test_how_many_of_each_kind_there_were_is_counted() -> None:
    said = "me@example.org, a@example.org, +49 30 901820, passport AB1234567, [phone]"
    assert redact.counted(said) == (
        "[e-mail], [e-mail], [phone], passport [number], [phone]",
        {"e-mail": 2, "phone": 1, "number": 1},
    )
    assert redact.counted("nothing here") == ("nothing here", {})


@given(st.one_of(MIXED, ANY_TEXT))
def test_counts_are_those_of_the_marks_that_came(text: str) -> None:
    redacted, counts = redact.counted(text)
    for kind in Kind:
        assert redacted.count(f"[{kind}]") - reading.read(text).text.count(f"[{kind}]") == counts.get(kind, 0)


def test_the_mark_of_a_name_is_that_of_names_that_a_channel_tells() -> None:
    assert f"[{Kind.NAME}]" == submission.REDACTED_NAME


@given(st.one_of(MIXED, ANY_TEXT))
def test_what_is_redacted_needs_no_second_time(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
    assert redact.counted(once) == (once, {})


@given(HOSTILE)
def test_no_text_is_too_strange(text: str) -> None:
    redacted = redact(text[:10_000])
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", redacted)


def test_what_turns_the_direction_of_a_text_goes_and_the_rest_of_it_stays() -> None:
    assert redact("a\u202eb\u2066c\u2069 d\u200fe f\u200cg") == "abc d\u200fe f\u200cg"


@pytest.mark.parametrize("kind", Kind)
def test_marks_that_are_there_already_stay(kind: Kind) -> None:
    text = f"my name is [{kind}], call [{kind}] 12 [{kind}] Street"
    assert redact(text) == text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("hi my name is Ana Maria López and my boss keeps it", "hi my name is [name] and my boss keeps it"),
        ("my name is my name is Ana", "my name is [name] name is [name]"),
        ("my name is: Ana. Please help", "my name is [name]. Please help"),
        ("why do they ask what my name is? Because", "why do they ask what my name is? Because"),
        ("my na\u200bme is A\u200bna, thanks", "my na\u200bme is [name], thanks"),
        ("me llamo juan y trabajo en el campo", "me llamo [name] y trabajo en el campo"),
        ("اسمي محمد علي وأنا من سوريا", "اسمي [name] وأنا من سوريا"),
        ("اسمي مُحَمَّد علي وأنا من سوريا", "اسمي [name] وأنا من سوريا"),
        ("我叫王小明，我的老板不给工资", "我叫 [name]，我的老板不给工资"),
        ("ผมชื่อสมชาย นายจ้างยึดพาสปอร์ต", "ผมชื่อ [name] นายจ้างยึดพาสปอร์ต"),
        ("ผมชอบทำงานที่นี่", "ผมชอบทำงานที่นี่"),
        ("မောင်။ နာမည်က မောင်မောင် ပါ", "မောင်။ နာမည်က [name] ပါ"),
        ("mera naam rahul hai aur mera passport", "mera naam [name] hai aur mera passport"),
        ("मेरा नाम राहुल शर्मा है", "मेरा नाम [name] है"),
        ("меня зовут Иван Петров, я из Бишкека", "меня зовут [name], я из Бишкека"),
        ("Tôi tên là Nguyễn Văn A và làm ở xưởng", "Tôi tên là [name] và làm ở xưởng"),
        ("ang pangalan ko ay Maria Santos at", "ang pangalan ko ay [name] at"),
    ],
)
def test_a_name_that_somebody_gives_goes(said: str, kept: str) -> None:
    assert redact(said) == kept


@pytest.mark.parametrize("language", [path.parent.name for path in sorted(LOCALES.glob("*/names.txt"))])
def test_names_go_in_every_language_that_is_understood(language: str) -> None:
    for code, words in read_introductions(LOCALES):
        if code == language:
            assert "[name]" in redact(f"{words} Abcdef" if words.isascii() else f"{words} {words[0] * 3}")


def unbounded(pattern: str) -> list[str]:
    """Repeats without an upper limit, but for those that never give back what they took."""
    bare = re.sub(r"\\.", "x", pattern)
    bare = re.sub(r"\[[^\]]*\]", "x", bare)
    bare = re.sub(r"(?:[*+?]|\{[\d,]+\})\+", "", bare)
    return re.findall(r"[*+]|\{\d+,\}", bare)


def patterns(module: ModuleType) -> Iterator[str]:
    for value in vars(module).values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, re.Pattern):
                yield each.pattern


@pytest.mark.parametrize("module", [amounts, numbers, reading, redaction, streets], ids=lambda each: each.__name__)
def test_a_place_in_a_text_costs_no_more_in_a_longer_one(module: ModuleType) -> None:
    seen = list(patterns(module))
    assert seen
    assert {pattern: found for pattern in seen if (found := unbounded(pattern))} == {}
    assert unbounded("|".join(re.escape(way) for way in "ab") + redaction._NAME["spaced"]) == []


@pytest.mark.parametrize("pattern", [r"\d+", r"(?:a b)*", r"[+*]{3,}", r"x++y*"])
def test_a_pattern_without_a_limit_is_seen(pattern: str) -> None:
    assert unbounded(pattern)


def steps(text: str) -> int:
    """How many functions, of Python and of C, it takes to redact this: rounds, finders, candidates."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        redact(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    """a|1|1 |+|a.|@|a@|www.|1-|+1|(1|٤|@abc.|a@b.|12345 a |12345@abc|DE89 3704 |4111 |my name is |name is name |我叫|路|1号
calle A 1 |EUR-12345 |AB 12 345 |100000 EUR |12 Main |house 1 |ул. |улица Ленина |شارع ا |ซอย|12 rue de |Sokak no 5 |soi 5 |[
[link]|2018 |A/RES/|https://|passport 1|call a |1\u200b|\u202e1|\ud83d|😀|1 A Street, |x1 2018 |instagram:""".replace(
        "\n", "|"
    ).split("|"),
)
def test_a_long_text_is_gone_through_step_by_step(piece: str) -> None:
    """What has to be looked at again and again, or falls one by one, would take many more."""
    text = (piece * 10_000)[:10_000]
    assert steps(text) < 20 * len(text)
    assert len(redact(text)) <= 2 * len(text)
