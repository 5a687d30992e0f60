"""The vocabulary of the whole program. Imports the standard library only."""

from bot.core.contacts import Contact, Contacts, NoContacts
from bot.core.conversation import Conversation
from bot.core.errors import (
    AlreadyReceived,
    CompactBotError,
    NotAChoice,
    OperatorError,
    Refused,
    StaleConversation,
    TryAgain,
    UnknownArticle,
    Unreachable,
)
from bot.core.events import AnswerCommented, AnswerRated, Event, QuestionAsked, Rating
from bot.core.messages import Address, Choice, Incoming, Kind, Reply, Source
from bot.core.passages import Numbered, OfficialDocument, Passage
from bot.core.ports import (
    Article,
    Assistant,
    Channel,
    Clock,
    Finding,
    FindingKind,
    Knowledge,
    Language,
    Languages,
    Seal,
    Translator,
)
from bot.core.router import Command, Handler, Replies, Router, Step, Topic, button_data
from bot.core.storage import (
    Database,
    Gap,
    Pending,
    UnitOfWork,
)
from bot.core.turn import Service, Turn

__all__ = [
    "Address",
    "AlreadyReceived",
    "AnswerCommented",
    "AnswerRated",
    "Article",
    "Assistant",
    "Channel",
    "Choice",
    "Clock",
    "Command",
    "CompactBotError",
    "Contact",
    "Contacts",
    "Conversation",
    "Database",
    "Event",
    "Finding",
    "FindingKind",
    "Gap",
    "Handler",
    "Incoming",
    "Kind",
    "Knowledge",
    "Language",
    "Languages",
    "NoContacts",
    "NotAChoice",
    "Numbered",
    "OfficialDocument",
    "OperatorError",
    "Passage",
    "Pending",
    "QuestionAsked",
    "Rating",
    "Refused",
    "Replies",
    "Reply",
    "Router",
    "Seal",
    "Service",
    "Source",
    "StaleConversation",
    "Step",
    "Topic",
    "Translator",
    "TryAgain",
    "Turn",
    "UnitOfWork",
    "UnknownArticle",
    "Unreachable",
    "button_data",
]
