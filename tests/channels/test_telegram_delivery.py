"""Replies on their way to Telegram, and what its refusals mean."""

import re

import pytest

from bot.channels import telegram as channels
from bot.channels.telegram import TelegramChannel
from bot.core import Address, Choice, CompactBotError, Document, Refused, Reply, Source, TryAgain, Unreachable
from tests.fakes.telegram_api import (
    BAD_GATEWAY,
    BLOCKED,
    CANNOT_PARSE,
    CHAT_NOT_FOUND,
    CUT_OFF,
    TIME_OUT,
    UNAVAILABLE,
    WRONG_TOKEN,
    Failure,
    FakeBotApi,
    group_became,
    too_many_requests,
)
from tests.fakes.telegram_updates import CHAT, GROUP

HERE = Address("telegram", str(CHAT))
LAW = Source("A/RES/73/195", "29", "A/RES/73/195, para. 29 <b> & more", 'https://docs.un.org/en/A/RES/73/195?a="1"&b=2')

DATA = Document("everything.json", "application/json", '{"text": "Ils ont gardé mon passeport"}')

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning")


async def test_an_answer_has_its_title_in_bold_its_sources_as_links_and_its_small_print_last(
    telegram: TelegramChannel, api: FakeBotApi
) -> None:
    await telegram.deliver(
        HERE, Reply("First.\n\nSecond.", title="Detention", sources=(LAW,), note="May have changed.")
    )
    (sent,) = api.called("sendMessage")
    assert sent["chat_id"] == CHAT
    assert sent["parse_mode"] == "HTML"
    assert sent["text"] == (
        "<b>Detention</b>\n\nFirst.\n\nSecond.\n\n"
        '🔗 <a href="https://docs.un.org/en/A/RES/73/195?a=&quot;1&quot;&amp;b=2">'
        "A/RES/73/195, para. 29 &lt;b&gt; &amp; more</a>\n\n"
        "<i>May have changed.</i>"
    )


async def test_signs_that_mean_something_in_html_arrive_as_they_are(telegram: TelegramChannel, api: FakeBotApi) -> None:
    words = "</b> a < b & c > d <a href='x'> &amp; \"e\""
    await telegram.deliver(HERE, Reply(words, title=words, note=words))
    assert api.texts == [f"{words}\n\n{words}\n\n{words}"]


async def test_links_are_not_previewed(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.deliver(HERE, Reply("Look.", sources=(LAW,)))
    assert api.called("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_buttons_carry_their_values(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.deliver(HERE, Reply("Which?", choices=(Choice("/open work", "Work <1>"), Choice("s.t=no", "No"))))
    assert api.called("sendMessage")[0]["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "Work <1>", "callback_data": "/open work"},
                {"text": "No", "callback_data": "s.t=no"},
            ]
        ]
    }


async def test_a_reply_without_choices_has_no_keyboard(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.deliver(HERE, Reply("Thank you."))
    assert "reply_markup" not in api.called("sendMessage")[0]


async def test_a_group_is_written_to_under_its_negative_number(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.deliver(Address("telegram", str(GROUP)), Reply("Write to me alone."))
    assert api.called("sendMessage")[0]["chat_id"] == GROUP


async def test_a_long_reply_goes_out_in_parts_with_its_buttons_under_the_last(
    telegram: TelegramChannel, api: FakeBotApi
) -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "Words <b> words. " * 40 for number in range(20)).strip()
    await telegram.deliver(
        HERE, Reply(text, title="Long", sources=(LAW,), note="Small.", choices=(Choice("/browse", "All topics"),))
    )
    sent = api.called("sendMessage")
    assert len(sent) > 2
    assert ["reply_markup" in each for each in sent] == [False] * (len(sent) - 1) + [True]
    assert api.texts[0].startswith("Long\n\nParagraph 0.")
    assert api.texts[-1].endswith("more\n\nSmall.")
    assert words("".join(api.texts)) == words("Long" + text + "🔗" + LAW.label + "Small.")


async def test_a_document_follows_the_text_with_the_buttons_under_it(
    telegram: TelegramChannel, api: FakeBotApi
) -> None:
    await telegram.deliver(HERE, Reply("All that I keep.", document=DATA, choices=(Choice("/help", "Help"),)))
    assert [call.method for call in api.calls if call.method.startswith("send")] == ["sendMessage", "sendDocument"]
    assert api.documents == [("everything.json", DATA.content.encode())]
    assert "reply_markup" not in api.called("sendMessage")[0]
    (sent,) = api.called("sendDocument")
    assert sent["chat_id"] == CHAT
    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "Help", "callback_data": "/help"}]]}


async def test_a_document_without_buttons_has_no_keyboard(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.deliver(HERE, Reply("All that I keep.", document=DATA))
    assert "reply_markup" not in api.called("sendDocument")[0]


async def test_a_reply_without_a_document_sends_none(telegram: TelegramChannel, api: FakeBotApi) -> None:
    await telegram.deliver(HERE, Reply("Thank you."))
    assert api.documents == []


async def test_parts_after_one_that_fails_are_not_sent(telegram: TelegramChannel, api: FakeBotApi) -> None:
    api.fail("sendMessage", [BLOCKED])
    with pytest.raises(Unreachable):
        await telegram.deliver(HERE, Reply("word " * 2000))
    assert len(api.called("sendMessage")) == 1


@pytest.mark.parametrize(
    ("failure", "meaning"),
    [
        (BLOCKED, Unreachable),
        (CHAT_NOT_FOUND, Unreachable),
        (group_became(GROUP), Unreachable),
        (CANNOT_PARSE, Refused),
        (too_many_requests(7), TryAgain),
        (BAD_GATEWAY, TryAgain),
        (UNAVAILABLE, TryAgain),
        (TIME_OUT, TryAgain),
        (CUT_OFF, TryAgain),
        (WRONG_TOKEN, TryAgain),
    ],
    ids=["403", "no chat", "moved", "400", "429", "502", "503", "time-out", "cut", "401"],
)
@pytest.mark.parametrize("method", ["sendMessage", "sendDocument"])
async def test_a_failure_says_whether_to_try_again(
    telegram: TelegramChannel, api: FakeBotApi, failure: Failure, meaning: type[CompactBotError], method: str
) -> None:
    api.fail(method, [failure])
    with pytest.raises(meaning):
        await telegram.deliver(HERE, Reply("Hello.", document=DATA))


@pytest.mark.parametrize("as_timedelta", ["false", "true"])
async def test_too_many_messages_wait_as_long_as_told(
    telegram: TelegramChannel, api: FakeBotApi, monkeypatch: pytest.MonkeyPatch, as_timedelta: str
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    api.fail("sendMessage", [too_many_requests(37)])
    with pytest.raises(TryAgain) as raised:
        await telegram.deliver(HERE, Reply("Hello."))
    assert raised.value.after_seconds == 37


async def test_an_outage_waits_a_few_seconds(telegram: TelegramChannel, api: FakeBotApi) -> None:
    api.fail("sendMessage", [BAD_GATEWAY])
    with pytest.raises(TryAgain) as raised:
        await telegram.deliver(HERE, Reply("Hello."))
    assert raised.value.after_seconds == channels.RETRY_SECONDS


def words(text: str) -> str:
    """The text without white space, which parts may lose where they were cut."""
    return re.sub(r"\s+", "", text)
