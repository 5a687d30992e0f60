"""Giving feedback from beginning to end, as tests do it, in any language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core import LABELS, Consent, FeedbackType, Reply, SpeakingFor, StakeholderGroup, Translator
from tests.fakes.chat import Person
from tests.shipped import LANGUAGES

QUESTION = "can I be locked up"
TEXT = "They keep people in the old school in Italy. Nobody is told why they are locked up."
_RECEIPT = re.compile(r"\d{4}(?: \d{4}){3}")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person does: a tap on the button of this label, or words."""

    label: str = ""
    words: str = ""

    async def by(self, person: Person, message_id: str = "") -> Reply:
        if self.words:
            return await person.says(self.words, message_id)
        return await person.taps(self.label, message_id)


def shortest_way(language: str = "en", text: str = TEXT, question: str = QUESTION) -> Iterator[Act]:
    """From a question to a sent record, with everything that can be said by tapping said."""
    own = LANGUAGES.translator(language)
    _ = own.gettext
    yield Act(words=question)
    yield Act(_("Is this happening where you are? Tell the working group"))
    yield Act(words=text)
    yield Act(_("Go on"))
    yield Act(_("Yes, go on"))
    yield Act(_(LABELS[StakeholderGroup.CIVIL_SOCIETY]))
    yield Act(_(LABELS[SpeakingFor.ONESELF]))
    yield Act(LANGUAGES.territory("IT", language))
    yield Act(_(LABELS[FeedbackType.CONCERN]))
    yield Act(f"☐ {_(LABELS[Consent.CONTACT])}")
    yield Act(_("Go on"))
    yield Act(_("I agree: send it"))


async def give(person: Person, language: str = "en", text: str = TEXT) -> str:
    """Send feedback the shortest way; returns the 16 digits of the receipt."""
    for act in shortest_way(language, text):
        await act.by(person)
    return receipt_in(person)


async def begin(person: Person, text: str = TEXT) -> None:
    """Write a text and go on to the objectives."""
    await person.says("/feedback")
    await person.says(text)
    await person.taps("Go on")


def receipt_in(person: Person) -> str:
    """The receipt that the last replies name."""
    found = _RECEIPT.search("\n".join(reply.text for reply in person.replies))
    assert found, [reply.text for reply in person.replies]
    return found[0].replace(" ", "")


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


def own_texts(language: str) -> Translator:
    return LANGUAGES.translator(language)
