"""What a handler is given: one message, the state it meets, and the means to answer."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from bot.core.contacts import Contacts, NoContacts
from bot.core.conversation import Conversation
from bot.core.errors import NotAChoice
from bot.core.messages import Choice, Incoming
from bot.core.ports import Knowledge, Languages

if TYPE_CHECKING:
    from bot.core.events import Event

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Service:
    """Who runs this bot, how people reach them, whom they say to call, and whether words are kept for editors."""

    operator: str = ""
    contact: str = ""
    contacts: Contacts = field(default_factory=NoContacts)
    keeps_words: bool = True


class Turn:
    """One turn of a conversation. Handlers change it only through its methods; the assistant saves it."""

    def __init__(
        self,
        incoming: Incoming,
        conversation: Conversation,
        *,
        knowledge: Knowledge,
        languages: Languages,
        service: Service,
        redact: Callable[[str], str],
    ) -> None:
        self.incoming = incoming
        self.conversation = conversation
        self.knowledge = knowledge
        self.languages = languages
        self.service = service
        self.redact = redact
        self.text = incoming.text.strip()
        self.argument = ""
        self.pressed = ""
        self.events: list[Event] = []
        self.speak(conversation.language)

    def speak(self, language: str) -> None:
        """Answer this turn in another language; the conversation's own stays as it is."""
        self.translator = self.languages.translator(language)
        self.language = self.translator.language.code
        self.gettext = self.translator.gettext
        self.ngettext = self.translator.ngettext

    def switch_language(self, language: str) -> None:
        """Go on in this language, because the person chose it."""
        self.conversation = replace(self.conversation, language=language, language_chosen=True)
        self.speak(language)

    def note_asked_language(self, language: str) -> None:
        """Remember that the person was asked whether to go on in this language."""
        asked = {*self.conversation.asked_languages, language}
        self.conversation = replace(self.conversation, asked_languages=tuple(sorted(asked)))

    def remember(self, name: str, value: str) -> None:
        """Keep an answer for the later steps of this flow."""
        answers = MappingProxyType({**self.conversation.answers, name: value})
        self.conversation = replace(self.conversation, answers=answers)

    def recall(self, name: str) -> str:
        """An answer kept earlier in this flow; a bug if there is none."""
        return self.conversation.answers[name]

    def record(self, event: "Event") -> None:
        """Have an event written together with the state."""
        self.events.append(event)

    def choice(self, words: type[Word]) -> Word:
        """Which of these the person chose, by button, by its label or by its word.

        Raises:
            NotAChoice: the message is none of them. The assistant then asks again.
        """
        said = self.pressed or self.text.casefold()
        offered = self.offered_choice()
        for word in words:
            if said == word.value or (offered is not None and offered.value.endswith(f"={word.value}")):
                return word
        raise NotAChoice

    def offered_choice(self) -> Choice | None:
        """The button of the last reply whose label the person typed, if any."""
        typed = self.text.casefold()
        return next((c for c in self.conversation.offered if c.label.casefold() == typed), None)
