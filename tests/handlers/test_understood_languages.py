"""People who write in a language that no article is written in yet."""

import pytest

from tests.fakes.chat import Person

PORTUGUESE = "o meu patrão ficou com o meu passaporte, the passport, e não devolve há meses"
TURKISH = "patronum pasaportumu geri vermiyor, passport aylardır onda kaldı ne yapayım"
URDU = "میرا مالک کئی مہینوں سے میرا پاسپورٹ واپس نہیں کر رہا، passport، میں کیا کروں"


@pytest.mark.parametrize(
    ("message", "language", "direction"), [(PORTUGUESE, "pt", "ltr"), (TURKISH, "tr", "ltr"), (URDU, "ur", "rtl")]
)
async def test_the_answer_comes_in_another_language_and_says_so_in_their_own(
    person: Person, message: str, language: str, direction: str
) -> None:
    await person.says(message)
    notice, answer = person.replies
    assert (notice.language, answer.title) == (language, "My employer keeps my passport")
    assert notice.note  # that no native speaker has read it
    assert {choice.value for choice in notice.choices} >= {"/language fr kept-passport", "/language ar kept-passport"}


async def test_it_is_said_once(person: Person) -> None:
    await person.says(PORTUGUESE)
    await person.says(PORTUGUESE)
    assert [reply.language for reply in person.replies] == ["en"]


async def test_the_chosen_language_stays(person: Person) -> None:
    await person.says("/language fr")
    await person.says(PORTUGUESE)
    notice, answer = person.replies
    assert (notice.language, answer.title) == ("pt", "Mon patron garde mon passeport")
    assert "français" in notice.text.lower() or "francês" in notice.text.lower()


async def test_the_article_can_be_had_in_another_language_by_one_tap(person: Person) -> None:
    await person.says(PORTUGUESE)
    assert (await person.taps("Français")).title == "Mon patron garde mon passeport"


async def test_they_are_greeted_and_declined_in_their_own(person: Person) -> None:
    greeted = await person.says("[greeting] olá, bom dia, tudo bem com você?")
    declined = await person.says("quem ganhou o jogo de futebol de ontem à noite?")
    assert (greeted.language, declined.language) == ("pt", "pt")
    assert declined.text.strip()


async def test_choices_are_asked_for_in_their_own(person: Person) -> None:
    reply = await person.says("[choices] não sei o que fazer com os meus documentos")
    assert reply.language == "pt"
    assert [choice.value for choice in reply.choices] == ["/open detention", "/open kept-passport", "/browse"]


async def test_a_single_case_is_referred_in_their_own(person: Person) -> None:
    await person.says("[referral] o meu processo de asilo vai ser aceite ou não?")
    assert person.replies[0].language == "pt"


async def test_the_language_of_a_person_is_not_changed_by_it(person: Person) -> None:
    await person.says(PORTUGUESE)
    assert (await person.says("can I be locked up")).language == "en"
