"""Photos, voice notes and documents that go with feedback."""

from dataclasses import replace

from bot.core import Draft, FileDropped, FileKept, FileRefused, NotAChoice, Reply, Turn
from handlers.feedback.choices import ordinary
from handlers.feedback.flow import Question, answered, button


def _ask(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    count = len(draft.attachments)
    parts = [
        _(
            "Send photos, voice notes or documents now, one after the other. They are stored encrypted. Place and camera "
            "are taken out of photos; a document may still name who wrote it."
        )
    ]
    if count:
        parts.insert(0, turn.ngettext("{n} file is with it.", "{n} files are with it.", count))
    remove = [button("files", "clear", _("Remove the files"))] if count else []
    return Reply("\n\n".join(parts), choices=(button("files", "done", _("Go on")), *remove))


async def _take(turn: Turn, draft: Draft, said: str, tapped: bool) -> Draft:
    if not tapped or said not in ("open", "clear", "done"):
        raise NotAChoice
    if said == "open":
        return replace(draft, at="files", answered=draft.answered - {"files"})
    if said == "clear":
        for attachment in draft.attachments:
            turn.record(FileDropped(attachment.id))
        return replace(draft, attachments=())
    return answered(draft, "files")


async def take_file(turn: Turn, draft: Draft) -> tuple[Draft, str]:
    """The draft with the file that was sent, and what to say about it."""
    _ = turn.gettext
    if turn.incoming.file is None or not ordinary(draft):
        return draft, _(
            "I did not keep this file: feedback for the focal point goes with as little detail as possible."
        )
    try:
        attachment, content = await turn.files.take(turn.incoming.file, len(draft.attachments))
    except FileRefused as refused:
        return draft, _(refused.text, **refused.values)
    turn.record(FileKept(attachment, content))
    return replace(draft, attachments=(*draft.attachments, attachment)), _("I have the file.")


QUESTION = Question("files", 0, _ask, _take, ordinary, optional=True)
