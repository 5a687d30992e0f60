"""The codes of the feedback record: one vocabulary in chat, form, table, desk, API, export and documents.

Feedback types follow the IFRC code frame for community feedback, with three more that the Compact itself calls for:
good practices, offers for its capacity-building mechanism (para. 43), and requests for support. docs/record.md says
what each code means; `bot.core.labels` how people read it.
"""

from enum import StrEnum

OBJECTIVES = range(1, 24)
"""The Compact's objectives, by number."""


class StakeholderGroup(StrEnum):
    """Who speaks, by the groups that the Network is meant to engage."""

    MIGRANT = "migrant"
    MIGRANT_ORGANIZATION = "migrant-organization"
    DIASPORA = "diaspora"
    CIVIL_SOCIETY = "civil-society"
    FAITH_BASED = "faith-based"
    LOCAL_AUTHORITY = "local-authority"
    PRIVATE_SECTOR = "private-sector"
    EMPLOYERS = "employers-organization"
    TRADE_UNION = "trade-union"
    ACADEMIA = "academia"
    HUMAN_RIGHTS_INSTITUTION = "human-rights-institution"
    OTHER = "other"
    NOT_SAID = "not-said"


class SpeakingFor(StrEnum):
    """In whose name: one's own, an organization's, or that of a group which agreed to it."""

    ONESELF = "oneself"
    ORGANIZATION = "organization"
    GROUP = "group"


class FeedbackType(StrEnum):
    """What sort of feedback it is."""

    QUESTION = "question"
    SUGGESTION = "suggestion"
    CONCERN = "concern"
    COMPLAINT = "complaint"
    RUMOUR = "rumour"
    PRAISE = "praise"
    OBSERVATION = "observation"
    GOOD_PRACTICE = "good-practice"
    OFFER = "offer"
    REQUEST = "request-for-support"
    NOT_SAID = "unsorted"


class Resource(StrEnum):
    """What an offer holds, as the capacity-building mechanism asks for it."""

    TECHNICAL = "technical"
    FINANCIAL = "financial"
    HUMAN = "human"


class Consent(StrEnum):
    """What a person agrees to, each by itself. Without `KEEP` nothing is stored."""

    KEEP = "keep"
    CONTACT = "contact"
    QUOTE = "quote-without-name"
    QUOTE_BY_NAME = "quote-with-name"


class AgeBand(StrEnum):
    """Years of age, banded."""

    CHILD = "under-18"
    YOUNG = "18-24"
    ADULT = "25-49"
    OLDER = "50-64"
    SENIOR = "65-and-over"
    NOT_SAID = "not-said"


class Gender(StrEnum):
    """How a person describes their gender."""

    WOMAN = "woman"
    MAN = "man"
    ANOTHER = "another"
    NOT_SAID = "not-said"


class MigrationStatus(StrEnum):
    """A person's situation, banded so that it harms nobody who reads it out."""

    REGULAR = "regular"
    IRREGULAR = "irregular"
    REFUGEE = "refugee-or-asylum-seeker"
    RETURNED = "returned"
    AT_HOME = "not-a-migrant"
    NOT_SAID = "not-said"


class Status(StrEnum):
    """Where a submission stands with its working group."""

    NEW = "new"
    IN_REVIEW = "in-review"
    ANSWERED = "answered"
    REFERRED = "referred"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Sender(StrEnum):
    """Who wrote a letter of a mailbox."""

    PERSON = "person"
    WORKING_GROUP = "working-group"


CLOSING = (Status.CLOSED, Status.REFERRED, Status.WITHDRAWN)
"""With these a submission is closed; the time until its link to a person is cut runs from then on."""
