"""What a handler is given: one message, the state it meets, and the means to answer."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from bot.core.contacts import Contacts, NoContacts
from bot.core.conversation import Conversation
from bot.core.draft import Draft
from bot.core.errors import NotAChoice
from bot.core.events import DraftKept
from bot.core.messages import Choice, Incoming
from bot.core.notice import Notice
from bot.core.ports import Countries, FileIntake, Knowledge, Languages
from bot.core.records import Records
from bot.core.storage import Kept
from bot.core.submission import Intake

if TYPE_CHECKING:
    from bot.core.events import Event

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Service:
    """Who runs this bot, how people reach them, whom they say to call, whether words are kept for editors, and how
    long everything else is.
    """

    operator: str = ""
    contact: str = ""
    contacts: Contacts = field(default_factory=NoContacts)
    keeps_words: bool = True
    kept: Kept = field(default_factory=Kept)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every turn is given, the same for all."""

    knowledge: Knowledge
    languages: Languages
    service: Service
    intake: Intake
    countries: Countries
    files: FileIntake
    notice: Notice
    sent_an_hour: int = 10

    @property
    def redact(self) -> Callable[[str], str]:
        return self.intake.redact


class Turn:
    """One turn of a conversation. Handlers change it only through its methods; the assistant saves it."""

    def __init__(
        self, incoming: Incoming, conversation: Conversation, around: Surroundings, records: Records | None
    ) -> None:
        self.incoming = incoming
        self.conversation = conversation
        self._records = records
        self.knowledge = around.knowledge
        self.languages = around.languages
        self.service = around.service
        self.intake = around.intake
        self.redact = around.redact
        self.countries = around.countries
        self.files = around.files
        self.notice = around.notice
        self.text = incoming.text.strip()
        self.argument = ""
        self.pressed = ""
        self.events: list[Event] = []
        self.speak(conversation.language)

    @property
    def records(self) -> Records:
        """The person's own; a bug where nobody has any, as on the command line."""
        if self._records is None:
            raise LookupError("there are no records here")
        return self._records

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

    def follow_language(self, language: str) -> None:
        """Go on in this language, because what the person has just tapped was written in it."""
        self.conversation = replace(self.conversation, language=language)
        self.speak(language)

    def note_asked_language(self, language: str) -> None:
        """Remember that the person was asked whether to go on in this language."""
        asked = {*self.conversation.asked_languages, language}
        self.conversation = replace(self.conversation, asked_languages=tuple(sorted(asked)))

    @property
    def draft(self) -> Draft | None:
        """The submission in the making."""
        return self.conversation.draft

    def show_draft(self, draft: Draft) -> None:
        """Go on with this draft, which is stored elsewhere already."""
        self.conversation = replace(self.conversation, draft=draft)

    def keep_draft(self, draft: Draft | None) -> None:
        """Have the draft saved as it is now; None ends it."""
        self.conversation = replace(self.conversation, draft=draft)
        self.record(DraftKept(draft))

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
