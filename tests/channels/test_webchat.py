"""The web chat's page and its two ways to send, with the real assistant and database."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Choice, Reply
from db.unit_of_work import SqlDatabase
from tests.channels.scripted import ScriptedAssistant
from tests.channels.visitor import Answer, Visitor, chatting, count, new_id, visiting
from tests.conftest import make_assistant
from tests.shipped import LANGUAGES


@pytest.fixture
async def visitor(database: SqlDatabase) -> AsyncIterator[Visitor]:
    async with visiting(make_assistant(database)) as somebody:
        yield somebody


def is_page(answer: Answer) -> bool:
    return answer.html.startswith("<!doctype html>") and answer.html.rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", '<html lang="fr" dir="ltr">'),
        ("ar", '<html lang="ar" dir="rtl">'),
        ("zh-Hant-TW", '<html lang="zh" dir="ltr">'),
        ("tlh, es;q=0.5", '<html lang="es" dir="ltr">'),
        ("tlh", '<html lang="en" dir="ltr">'),
        ("", '<html lang="en" dir="ltr">'),
        (";;,=;\u00e9", '<html lang="en" dir="ltr">'),
    ],
)
async def test_the_page_speaks_the_browsers_language(visitor: Visitor, accepted: str, tag: str) -> None:
    page = await visitor.opens(Accept_Language=accepted)
    assert is_page(page)
    assert tag in page.html


async def test_a_link_may_name_the_language(visitor: Visitor) -> None:
    page = await visitor.opens("/?lang=ar", Accept_Language="fr")
    assert 'lang="ar" dir="rtl"' in page.html
    assert '<input type="hidden" name="locale" value="ar">' in page.html


async def test_a_link_with_an_unknown_language_leaves_the_browsers(visitor: Visitor) -> None:
    assert '<html lang="fr"' in (await visitor.opens("/?lang=tlh%22%3E", Accept_Language="fr")).html


async def test_the_conversations_language_comes_before_the_links(visitor: Visitor) -> None:
    await visitor.presses("/language fr")
    assert '<html lang="fr"' in (await visitor.opens("/?lang=ar", Accept_Language="en")).html


async def test_every_language_is_offered_by_its_own_name(visitor: Visitor) -> None:
    page = await visitor.opens(Accept_Language="fr")
    for language in LANGUAGES.all():
        current = ' aria-current="true"' if language.code == "fr" else ""
        button = f'value="/language {language.code}" lang="{language.code}"{current}><bdi>{language.name}</bdi>'
        assert button in page.html


async def test_the_first_page_says_who_runs_the_bot(visitor: Visitor) -> None:
    assert "This bot is run by A test." in (await visitor.opens()).shown


async def test_a_link_opens_an_article(visitor: Visitor) -> None:
    page = await visitor.opens("/?open=detention&lang=fr")
    assert "Peut-on m’enfermer ?" in page.shown
    assert "https://undocs.org/en/A/RES/73/195" in page.addresses("href")


async def test_a_link_to_no_article_offers_the_topics(visitor: Visitor) -> None:
    page = await visitor.opens("/?open=no-such-thing")
    assert page.status == 200
    assert "I have no article of that name any more." in page.shown


@pytest.mark.parametrize(
    "wanted",
    ["%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "..%2f..%2fsecret", "%00", "a" * 3000, "network%0Ax", "%ED%A0%80"],
)
async def test_a_hostile_link_gets_the_first_page(visitor: Visitor, wanted: str) -> None:
    page = await visitor.opens(f"/?open={wanted}&lang={wanted}")
    assert page.status == 200
    assert page.html.count("<script") == 1
    assert "This bot is run by A test." in page.shown


async def test_looking_leaves_no_trace(visitor: Visitor, database: SqlDatabase) -> None:
    page = await visitor.opens("/?open=detention")
    assert page.cookie == ""
    assert [await count(database, table) for table in ("people", "questions", "received_messages")] == [0, 0, 0]


async def test_without_script_the_answer_is_a_page(visitor: Visitor) -> None:
    page = await visitor.says("can I be locked up", path="/")
    assert is_page(page)
    assert '<li class="person" dir="auto">can I be locked up</li>' in page.html
    assert "About detention in en." in page.shown


async def test_without_script_every_page_has_a_form_of_its_own(visitor: Visitor) -> None:
    pages = [await visitor.opens(), await visitor.says("hello", path="/"), await visitor.says("hello", path="/")]
    ids = [page.html.partition('name="id" value="')[2].partition('"')[0] for page in pages]
    assert len(set(ids)) == 3
    for each in ids:
        assert "About detention" in (await visitor.says("can I be locked up", each)).shown


async def test_without_script_a_change_of_language_turns_the_page(visitor: Visitor) -> None:
    page = await visitor.presses("/language ar", path="/")
    assert '<html lang="ar" dir="rtl">' in page.html


async def test_without_script_a_question_in_another_language_turns_the_page(visitor: Visitor) -> None:
    page = await visitor.says("est-ce qu’on peut m’enfermer sans papiers ici ?", path="/")
    assert '<html lang="fr" dir="ltr">' in page.html
    assert "Peut-on m’enfermer ?" in page.shown


async def test_the_page_stays_where_the_person_chose_to_stay(visitor: Visitor) -> None:
    await visitor.presses("/language en")
    page = await visitor.says("est-ce qu’on peut m’enfermer sans papiers ici ?", path="/")
    assert '<html lang="en" dir="ltr">' in page.html
    assert '<li class="bot" lang="fr" dir="ltr">' in page.html  # the question whether to go on in French


async def test_without_script_a_button_leaves_typed_text_unsaid(visitor: Visitor, database: SqlDatabase) -> None:
    page = await visitor.presses("/browse", path="/", typed="half a question")
    assert "half a question" not in page.html
    assert "What would you like to read about?" in page.shown
    assert await count(database, "questions") == 0


async def test_the_script_gets_the_replies_alone(visitor: Visitor) -> None:
    answer = await visitor.says("can I be locked up")
    assert answer.first_tag == '<li class="bot" lang="en" dir="ltr">'
    assert answer.html.rstrip().endswith("</li>")
    assert "can I be locked up" not in answer.html


async def test_the_same_message_twice_gets_the_same_replies_and_counts_once(
    visitor: Visitor, database: SqlDatabase
) -> None:
    await visitor.says("hello")
    message_id = new_id()
    first = await visitor.says("can I be locked up", message_id)
    again = await visitor.says("can I be locked up", message_id)
    assert again.html == first.html
    assert await count(database, "questions") == 2


async def test_a_first_message_whose_answer_and_cookie_were_lost_counts_once(
    visitor: Visitor, database: SqlDatabase
) -> None:
    message_id = new_id()
    first = await visitor.says("can I be locked up", message_id)
    visitor.forgets()
    again = await visitor.says("can I be locked up", message_id)
    assert (again.html, again.cookie) == (first.html, first.cookie)
    assert await count(database, "questions") == 1


async def test_the_conversation_goes_on_where_it_stopped(visitor: Visitor, database: SqlDatabase) -> None:
    await visitor.presses("/useful no detention")
    assert "Thank you!" in (await visitor.says("Say how long.")).shown
    assert await count(database, "comments") == 1


async def test_two_visitors_are_two_people(visitor: Visitor, database: SqlDatabase) -> None:
    await visitor.presses("/useful no detention")
    visitor.forgets()
    await visitor.says("Say how long.")
    assert await count(database, "people") == 2
    assert await count(database, "comments") == 0


async def test_buttons_of_an_answer_can_be_pressed(visitor: Visitor) -> None:
    answer = await visitor.says("can I be locked up")
    assert {"/open kept-passport", "/useful yes detention"} <= answer.addresses("value")
    assert "My employer keeps my passport" in (await visitor.presses("/open kept-passport")).shown


RATED = Reply(
    "About detention.",
    choices=(
        Choice("/useful yes detention", "Yes"),
        Choice("/feedback detention", "Give feedback"),
        Choice("/open work", "Work"),
        Choice("/useful no detention", "No"),
    ),
)


async def test_the_button_for_feedback_has_a_line_of_its_own_after_the_ratings() -> None:
    async with chatting(ScriptedAssistant(RATED)) as visitor:
        answer = await visitor.says("hello")
    groups = [each.partition('">') for each in answer.html.split('<div class="')[1:]]
    assert [(name, buttons.count("<button")) for name, _, buttons in groups] == [
        ("choices", 1),
        ("ratings", 2),
        ("feedback", 1),
    ]
    assert 'value="/feedback detention">Give feedback</button>' in groups[2][2]


async def test_a_reply_without_such_a_button_has_no_such_line() -> None:
    async with chatting(ScriptedAssistant()) as visitor:
        assert "<div" not in (await visitor.says("hello")).html
