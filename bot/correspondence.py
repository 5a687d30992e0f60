"""Telling people what became of their feedback, and reminding them of what they began."""

import asyncio
from datetime import timedelta

import structlog

from bot.core import (
    LABELS,
    Choice,
    Clock,
    Database,
    Languages,
    Recipient,
    Reply,
    Sender,
    Status,
    Submission,
    Translator,
    UnitOfWork,
    WorkingGroups,
)

log = structlog.get_logger(__name__)

EVERY_SECONDS = 3600.0
REMINDED_AT_ONCE = 200


class Correspondence:
    """What a working group does that its submitters hear of. Each method is one transaction.

    Who agreed to be written to gets a message; whoever has the receipt finds all of it in the mailbox.
    """

    def __init__(self, database: Database, languages: Languages, groups: WorkingGroups) -> None:
        self._database = database
        self._languages = languages
        self._groups = groups

    async def answer(self, reference: str, text: str, language: str, status: Status = Status.ANSWERED) -> bool:
        """Write to the submitter; says whether a message goes out as well.

        Raises:
            UnknownSubmission: there is none of that reference, or it is erased.
        """
        async with self._database.begin() as work:
            await work.submissions.set_status(reference, status)
            await work.letters.add(reference, Sender.WORKING_GROUP, text, text, language)
            submission = await work.submissions.get(reference)
            recipient = await self._to_tell(work, submission)
            if recipient is None:
                return False
            for reply in self._of_answer(submission, recipient, text, language):
                await work.outbox.post(recipient.person_id, recipient.address, reply)
            return True

    async def set_status(self, reference: str, status: Status) -> bool:
        """The same for a new status alone."""
        async with self._database.begin() as work:
            await work.submissions.set_status(reference, status)
            submission = await work.submissions.get(reference)
            recipient = await self._to_tell(work, submission)
            if recipient is None:
                return False
            own = self._languages.translator(recipient.language)
            news = own.gettext(
                "News of your feedback (receipt ending in {ending}): {status}.",
                ending=submission.receipt_ending,
                status=own.gettext(LABELS[status]),
            )
            await work.outbox.post(recipient.person_id, recipient.address, _addressed(own, submission, news))
            return True

    async def _to_tell(self, work: UnitOfWork, submission: Submission) -> Recipient | None:
        return None if submission.muted else await work.submissions.recipient(submission.reference)

    def _of_answer(self, submission: Submission, recipient: Recipient, text: str, language: str) -> list[Reply]:
        """Of sensitive feedback a message says no more than that there is an answer: others may see the phone."""
        own = self._languages.translator(recipient.language)
        _ = own.gettext
        if submission.record.sensitive:
            return [_addressed(own, submission, _("There is an answer for you. Tap to read it."))]
        news = _(
            "{group} has answered your feedback (receipt ending in {ending}):",
            group=self._groups.name(submission.working_group, recipient.language),
            ending=submission.receipt_ending,
        )
        return [_addressed(own, submission, news, with_buttons=False), _addressed(own, submission, text, language)]


def _addressed(
    own: Translator, submission: Submission, text: str, language: str = "", *, with_buttons: bool = True
) -> Reply:
    _ = own.gettext
    choices = (
        Choice(f"/record {submission.reference}", _("Show it")),
        Choice(f"/record {submission.reference} write", _("Answer")),
        Choice(f"/record {submission.reference} mute on", _("Tell me no news")),
    )
    return Reply(text, choices=choices if with_buttons else (), language=language or own.language.code)


async def keep_reminding(database: Database, languages: Languages, clock: Clock, after: timedelta) -> None:
    """For ever: recall drafts that were not touched for so long, each once."""
    while True:
        try:
            await remind(database, languages, clock, after)
        except Exception:
            # The database may be away for a while; the next hour makes up for it.
            log.exception("not_reminded")
        await asyncio.sleep(EVERY_SECONDS)


async def remind(database: Database, languages: Languages, clock: Clock, after: timedelta) -> None:
    """One round of it."""
    async with database.begin() as work:
        for recipient in await work.drafts.to_remind(clock.now() - after, REMINDED_AT_ONCE):
            own = languages.translator(recipient.language)
            _ = own.gettext
            reply = Reply(
                _("You began to write feedback and did not send it. Shall we go on? I do not ask again."),
                choices=(
                    Choice("/f go", _("Go on with it")),
                    Choice("/f stop", _("Delete it")),
                ),
                language=own.language.code,
            )
            await work.outbox.post(recipient.person_id, recipient.address, reply)
