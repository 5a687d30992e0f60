"""Events of feedback, each to the repository that it changes."""

from bot.core import (
    ConsentWithdrawn,
    DraftCodeGiven,
    DraftKept,
    DraftTaken,
    EverythingErased,
    FeedbackEvent,
    FeedbackSent,
    FileDropped,
    FileKept,
    LetterWritten,
    NoticesMuted,
    NumberTried,
    Sender,
    SubmissionChanged,
    SubmissionErased,
    SubmissionWithdrawn,
)
from db.repositories.drafts import SqlDrafts
from db.repositories.files import SqlFiles
from db.repositories.letters import SqlLetters
from db.repositories.submissions import SqlSubmissions
from db.repositories.wrong_tries import SqlTries


class SqlFeedbackEvents:
    """Writes what the conversation about feedback recorded."""

    def __init__(
        self, submissions: SqlSubmissions, letters: SqlLetters, drafts: SqlDrafts, files: SqlFiles, tries: SqlTries
    ) -> None:
        self._submissions = submissions
        self._letters = letters
        self._drafts = drafts
        self._files = files
        self._tries = tries

    async def write(self, person_id: int, event: FeedbackEvent) -> None:
        match event:
            case FeedbackSent(submissions):
                await self._submissions.add(submissions, person_id)
            case SubmissionChanged(reference, record, shown, attachments):
                await self._submissions.edit(reference, record, shown, attachments)
            case LetterWritten(reference, text, shown, language):
                await self._letters.add(reference, Sender.PERSON, text, shown, language)
            case ConsentWithdrawn(reference, consent, shown):
                await self._submissions.withdraw_consent(reference, consent, shown)
            case NoticesMuted(reference, muted):
                await self._submissions.mute(reference, muted=muted)
            case SubmissionWithdrawn(reference):
                await self._submissions.withdraw(reference)
            case SubmissionErased(reference):
                await self._submissions.erase(reference)
            case EverythingErased():
                await self._submissions.erase_all(person_id)
            case NumberTried(source):
                await self._tries.add(source)
            case _:
                await self._write_draft(person_id, event)

    async def _write_draft(self, person_id: int, event: FeedbackEvent) -> None:
        match event:
            case DraftKept(None):
                await self._drafts.end(person_id)
            case DraftKept(draft) if draft is not None:
                await self._drafts.put(person_id, draft)
            case DraftCodeGiven(code):
                await self._drafts.give_code(person_id, code)
            case DraftTaken(code):
                await self._drafts.take(code, person_id)
            case FileKept(attachment, content):
                await self._files.put(attachment, content, person_id)
            case FileDropped(attachment_id):
                await self._files.drop(attachment_id)
