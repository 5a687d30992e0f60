"""The page for receipts: what became of a submission, its letters, and taking it back. It needs no JavaScript."""

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from aiohttp import web

from bot.core import (
    MOST_CHARACTERS,
    RECEIPT_DIGITS,
    SENDING_WINDOW,
    Address,
    AlreadyReceived,
    CompactBotError,
    Letter,
    Records,
    Sender,
    Store,
    Submission,
    Surroundings,
    Translator,
    grouped,
    looks_like_number,
    read_number,
    wrote_much,
)
from bot.intake.answers import text_problem
from bot.intake.cleaning import words
from bot.intake.mailbox import Shown, shown
from bot.intake.pages import Pages, spaced
from bot.intake.source import source_of
from bot.web.posted import Posted, read_posted

CHANNEL = "receipt"

_MINUTE = 60
_LETTER_ID = re.compile(r"[\w-]{22}", re.ASCII)

Problems = Sequence[tuple[str, str]]


class TooManyLetters(CompactBotError):
    """More letters about one submission within the hour than are taken."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """One posted form of the page, with a receipt that was found."""

    posted: Posted
    own: Translator
    records: Records
    receipt: str = field(repr=False)
    submissions: Sequence[Submission]

    def named(self) -> Submission:
        """The submission that the form is about.

        Raises:
            HTTPBadRequest: it is none of this receipt's, or nothing can be done with it any more.
        """
        for submission in self.submissions:
            if submission.reference == self.posted.one("reference") and submission.open:
                return submission
        raise web.HTTPBadRequest(text="Please use the page's own buttons.")


class ReceiptPage:
    """`/receipt`. The number travels in forms only, never in an address."""

    def __init__(self, around: Surroundings, store: Store, pages: Pages, proxies: int) -> None:
        self._around = around
        self._store = store
        self._pages = pages
        self._proxies = proxies

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/receipt", self.show), web.post("/receipt", self.take)]

    async def show(self, request: web.Request) -> web.Response:
        """The field for the number."""
        return self._ask(self._pages.reader(request), "")

    async def take(self, request: web.Request) -> web.Response:
        """What the pressed button asks for, once the number is known to be one."""
        posted = await read_posted(request)
        own = self._pages.translator(posted.one("to_language") or posted.one("lang"))
        records = Records(self._store, None, source_of(request, self._proxies), self._around.sent_an_hour)
        typed = posted.one("receipt")
        receipt = read_number(typed, RECEIPT_DIGITS)
        if receipt is None and posted.one("to_language"):
            return self._ask(own, typed)
        if receipt is None:
            return self._ask(own, typed, _slip(own, typed), 422)
        if not self._was_opened(posted, receipt) and (wait := await records.wait_before_trying()):
            return self._slow_down(own, typed, wait)
        submissions = await records.of_receipt(receipt)
        if not submissions:
            return await self._unknown(own, typed, records.source)
        return await self._opened(_Visit(posted, own, records, receipt, submissions))

    async def _opened(self, visit: _Visit) -> web.Response:
        match visit.posted.one("step"):
            case "write":
                return await self._write(visit)
            case "ask":
                return await self._receipt(visit, {"withdrawing": visit.named().reference})
            case "withdraw":
                return await self._withdraw(visit)
        return await self._receipt(visit)

    async def _unknown(self, own: Translator, typed: str, source: str) -> web.Response:
        async with self._store.database.begin() as work:
            await work.tries.add(source)
        return self._ask(own, typed, own.gettext("Nothing was sent under this number, or it has been erased."), 404)

    async def _write(self, visit: _Visit) -> web.Response:
        """Store the letter once, however often it is posted."""
        submission, own = visit.named(), visit.own
        text = str(words(visit.posted.one("text")))
        letter_id = visit.posted.one("id")
        if not _LETTER_ID.fullmatch(letter_id):
            raise web.HTTPBadRequest(text="Please send the form with the page's own button.")
        if sentence := text_problem(text, own):
            return await self._back(visit, submission, text, sentence, 422)
        finding = await self._around.knowledge.find(text, own.language.code)
        language = finding.language if finding.sure_of_language else own.language.code
        redacted = self._around.intake.shown(replace(submission.record, text=text))
        try:
            async with self._store.database.begin() as work:
                await work.received.add(Address(CHANNEL, submission.reference), letter_id)
                self._check_measure(await work.letters.of(submission.reference, original=False))
                await work.letters.add(submission.reference, Sender.PERSON, text, redacted, language)
        except AlreadyReceived:
            pass
        except TooManyLetters:
            sentence = own.gettext("Very many messages have been sent from here. Please try again in an hour.")
            return await self._back(visit, submission, text, sentence, 429)
        return await self._receipt(visit, {"done": own.gettext("Your message has been sent.")})

    def _check_measure(self, letters: Sequence[Letter]) -> None:
        if wrote_much(letters, self._store.clock.now() - SENDING_WINDOW, self._around.sent_an_hour):
            raise TooManyLetters

    async def _back(self, visit: _Visit, submission: Submission, text: str, sentence: str, status: int) -> web.Response:
        """The same page with what was written and what is wrong with it."""
        problems = [(f"text-{submission.reference}", sentence)]
        return await self._receipt(visit, {"typed": {submission.reference: text}}, problems, status)

    async def _withdraw(self, visit: _Visit) -> web.Response:
        submission = visit.named()
        async with self._store.database.begin() as work:
            await work.submissions.withdraw(submission.reference)
        again = replace(visit, submissions=await visit.records.of_receipt(visit.receipt))
        done = visit.own.gettext("It has been taken back. Its words, files and messages are deleted.")
        return await self._receipt(again, {"done": done})

    async def _receipt(
        self, visit: _Visit, values: Mapping[str, object] | None = None, problems: Problems = (), status: int = 200
    ) -> web.Response:
        filled = {
            "shown": [await self._shown(visit, each) for each in visit.submissions],
            "receipt": grouped(visit.receipt),
            "opened": self._proof(visit.receipt),
            "letter_id": secrets.token_urlsafe(16),
            "typed": {},
            "done": "",
            "withdrawing": "",
            "most_characters": spaced(MOST_CHARACTERS),
            **(values or {}),
        }
        return self._page(visit.own, filled, problems, status)

    async def _shown(self, visit: _Visit, submission: Submission) -> Shown:
        return shown(submission, await visit.records.letters(submission.reference), self._around, visit.own)

    def _ask(self, own: Translator, typed: str, sentence: str = "", status: int = 200) -> web.Response:
        return self._page(own, {"receipt": typed, "shown": ()}, [("receipt", sentence)] if sentence else (), status)

    def _slow_down(self, own: Translator, typed: str, wait: timedelta) -> web.Response:
        seconds = int(wait.total_seconds()) + 1
        sentence = own.ngettext(
            "Several numbers were wrong. Please try again in {n} minute.",
            "Several numbers were wrong. Please try again in {n} minutes.",
            -(-seconds // _MINUTE),
        )
        if seconds < _MINUTE:
            sentence = own.gettext("Several numbers were wrong. Please try again in {n} seconds.", n=seconds)
        response = self._ask(own, typed, sentence, 429)
        response.headers["Retry-After"] = str(seconds)
        return response

    def _page(self, own: Translator, values: Mapping[str, object], problems: Problems, status: int) -> web.Response:
        return self._pages.page(
            "receipt.html", own, {"problems": problems, "problem": dict(problems), **values}, status
        )

    def _proof(self, receipt: str) -> str:
        """Stands on the page of an opened receipt: with it, others' wrong numbers do not slow down what is done there."""
        return self._store.seal.lookup_hash("opened receipt", receipt).hex()

    def _was_opened(self, posted: Posted, receipt: str) -> bool:
        return hmac.compare_digest(posted.one("opened").encode(), self._proof(receipt).encode())


def _slip(own: Translator, typed: str) -> str:
    """What is wrong with the number itself. It is not counted: nobody learns anything by it."""
    if looks_like_number(typed, RECEIPT_DIGITS):
        return own.gettext(
            "One digit is wrong, or two have changed places. Please compare the number with your receipt."
        )
    return own.gettext("A receipt has {n} digits. Please compare the number with your receipt.", n=RECEIPT_DIGITS)
