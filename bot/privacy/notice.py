"""The privacy notice of the running configuration: every stored column, why, how long, and who reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core import N_, Kept, Part

OPERATORS = N_("Those who run this service, never the working group.")
NOBODY = N_("Nobody: the program alone uses it.")


@dataclass(frozen=True, slots=True)
class ConfiguredNotice:
    """See `bot.core.Notice`. `has_telegram` tells whether people write by Telegram."""

    kept: Kept
    has_telegram: bool

    def parts(self) -> Sequence[Part]:
        return [*_about_people(self.kept), *_about_nobody(self.kept)]

    def channels(self) -> Sequence[str]:
        seen = [
            N_(
                "The web pages load nothing from anybody else. The browser keeps the conversation until its tab is closed."
            )
        ]
        if self.has_telegram:
            seen.append(
                N_(
                    "Telegram sees what you write to the bot on Telegram, and your account. For something that nobody "
                    "else may see use the web page."
                )
            )
        return seen


def _columns(table: str, *names: str) -> frozenset[str]:
    return frozenset(f"{table}.{name}" for name in names)


def _all(*groups: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*groups)


def _about_people(kept: Kept) -> Iterable[Part]:
    yield Part(
        N_("Where you write from"),
        N_("The chat’s address, encrypted, and the day of your first message. No name and no telephone number."),
        N_("To answer you."),
        N_("Until {days} days after your last message, or longer while a working group may still answer you."),
        NOBODY,
        _columns(
            "people",
            "id",
            "channel",
            "address_hash",
            "address_encrypted",
            "unreachable_since",
            "created_at",
            "leaving_since",
        ),
        values={"days": kept.people.days},
    )
    yield Part(
        N_("The conversation"),
        N_("Your language, which question you were asked last, and the bot’s own replies, encrypted."),
        N_("So that you can go on where you stopped, and no reply is lost."),
        N_("Replies two days; the rest as long as your address."),
        NOBODY,
        _all(
            _columns("conversations", "person_id", "version", "updated_at", "language", "language_chosen"),
            _columns("conversations", "asked_languages", "step", "answers", "offered"),
            _columns("received_messages", "message_hash", "received_at"),
            _columns("outbox", "id", "person_id", "message_hash", "reply", "created_at", "attempts", "leased_until"),
            _columns("outbox", "delivered_at", "passing"),
        ),
    )
    yield Part(
        N_("Feedback that you have begun"),
        N_("What you have written and chosen so far, with its files, encrypted."),
        N_("So that it survives a lost line or an empty battery."),
        N_("{days} days."),
        NOBODY,
        _columns("drafts", "person_id", "content_sealed", "code_hash", "saved_at", "reminded_at"),
        values={"days": kept.drafts.days},
    )
    yield Part(
        N_("The words of feedback that you sent"),
        N_(
            "Your text and your letters, encrypted, and beside them a copy in which telephone numbers, e-mails, addresses, "
            "document numbers and your name are hidden; the name of your organization, encrypted."
        ),
        N_("So that the working group can read and answer it."),
        N_("{days} days. After that only the choices below stay, for the counts."),
        N_(
            "The working group reads the copy. The original is shown only to somebody with that right, who has to say why; "
            "each look is written down. Sensitive feedback is read by the focal point alone."
        ),
        _all(
            _columns("submissions", "text", "text_sealed", "text_hash", "organization_sealed"),
            _columns("letters", "id", "submission_id", "sender", "text", "text_sealed", "language", "sent_at"),
        ),
        values={"days": kept.texts.days},
    )
    yield Part(
        N_("Files that you sent with it"),
        N_("Photos without place and camera, voice notes and documents as you sent them, encrypted."),
        N_("As evidence for the working group."),
        N_("{days} days."),
        N_("The working group, on request."),
        _columns(
            "attachments",
            "id",
            "person_id",
            "submission_id",
            "media_type",
            "size_bytes",
            "content_sealed",
            "kept_at",
        ),
        values={"days": kept.attachments.days},
    )
    yield Part(
        N_("The link between feedback and you"),
        N_("To which chat an answer goes, and a keyed fingerprint of your receipt; never the receipt itself."),
        N_("To answer you, and so that you can see, change and erase what you sent."),
        N_("{days} days after it is closed; if you erase it, it goes at once."),
        NOBODY,
        _columns("submissions", "person_id", "receipt_hash", "receipt_ending", "source_hash", "muted"),
        values={"days": kept.links.days},
    )
    yield Part(
        N_("What your feedback is about"),
        N_(
            "What you chose: country, region, objectives, kind of feedback, whom you speak for, what you agree to and, "
            "only if you said so, age band, gender and situation; and where it stands."
        ),
        N_("To bring it to the right group and to count what was heard."),
        N_("For good, without the words and without any link to you."),
        N_("The working group; others see only sums in which nobody stands out."),
        _all(
            _columns("submissions", "id", "reference", "channel", "language", "stakeholder_group", "speaking_for"),
            _columns("submissions", "people", "country", "region", "feedback_type", "resources", "consents"),
            _columns("submissions", "age_band", "gender", "migration_status", "sensitive", "consultation"),
            _columns("submissions", "working_group", "status", "created_at", "changed_at", "closed_at", "erased_at"),
            _columns("submission_objectives", "submission_id", "position", "objective"),
        ),
    )
    yield Part(
        N_("Whether answers helped"),
        N_("Your latest rating of each answer."),
        N_("To make the answers better."),
        N_("As long as your address."),
        N_("Those who look after the answers see sums."),
        _columns("ratings", "person_id", "article", "language", "rating", "rated_at"),
    )
    yield Part(
        N_("Wrong receipts"),
        N_("A keyed fingerprint of where a wrong receipt or code was tried from."),
        N_("To slow down whoever guesses."),
        N_("One day."),
        NOBODY,
        _columns("wrong_tries", "id", "source_hash", "tried_at"),
    )


def _about_nobody(kept: Kept) -> Iterable[Part]:
    yield Part(
        N_("Questions as counts"),
        N_("What was found for a question, by the day: no words, no link to anybody."),
        N_("To see which answers are needed."),
        N_("For good."),
        OPERATORS,
        _columns("questions", "id", "language", "kind", "article", "confidence", "asked_at"),
        about_people=False,
    )
    yield Part(
        N_("Questions without an answer, and comments on answers"),
        N_("Their words with numbers and names hidden, by the day, without any link to you."),
        N_("So that missing answers can be written."),
        N_("{days} days."),
        N_("Those who look after the answers."),
        _all(
            _columns("gaps", "id", "language", "words", "asked_on"),
            _columns("comments", "id", "article", "language", "comment", "commented_at"),
        ),
        values={"days": kept.words.days},
    )
    yield Part(
        N_("Who looked at an original text"),
        N_("Which feedback, who, why and when."),
        N_("So that nobody looks without a reason."),
        N_("{days} days."),
        OPERATORS,
        _columns("original_views", "id", "reference", "reader", "reason", "viewed_at"),
        about_people=False,
        values={"days": kept.texts.days},
    )
    yield Part(
        N_("Organizations that hand in by program or table"),
        N_("The organization’s name, its stakeholder group, a keyed fingerprint of its key, and recent answers to it."),
        N_("To know them again and to take nothing twice."),
        N_("Until the key is revoked; answers two days."),
        OPERATORS,
        _all(
            _columns("api_keys", "id", "organization", "stakeholder_group", "key_hash", "created_at"),
            _columns("idempotent_answers", "api_key_id", "request_hash", "body_hash", "seed_sealed", "answer"),
            _columns("idempotent_answers", "answered_at"),
        ),
        about_people=False,
    )
    yield Part(
        N_("Official documents and the program’s own notes"),
        N_("The texts that answers quote, and the version of the database."),
        N_("To show official words exactly."),
        N_("Until the operator removes them."),
        N_("Everybody may read them."),
        _all(
            _columns("documents", "id", "symbol", "language", "fingerprint", "added_at", "near"),
            _columns("passages", "document_id", "position", "paragraph", "text", "meaning"),
            _columns("alembic_version", "version_num"),
        ),
        about_people=False,
    )
