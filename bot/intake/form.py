"""The web form: one page to fill in, one to read it over, and one with the receipt. It needs no JavaScript."""

import math
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

from aiohttp import web

from bot.core import (
    MOST_CHARACTERS,
    OBJECTIVES,
    Address,
    AlreadyReceived,
    Attachment,
    Consent,
    FileRefused,
    Kept,
    NewSubmission,
    Record,
    Records,
    Store,
    Surroundings,
    Translator,
    check_digit,
    grouped,
    minutes,
)
from bot.intake.answers import FIELDS, Answers, numbers, read_answers
from bot.intake.entry import TITLES
from bot.intake.pages import Pages, spaced
from bot.intake.questions import Questions
from bot.intake.source import source_of
from bot.web.posted import Posted, read_posted

CHANNEL = "form"

_FORM_ID = re.compile(r"[\w-]{22}", re.ASCII)
_CONSULTATION = re.compile(r"[a-z0-9-]{1,40}")
_WAITING_STEP = timedelta(minutes=5)
_MONTH = timedelta(days=30.5)
_MEGABYTE = 1024 * 1024
_RECEIPTS = 10**15  # without the check digit

Problems = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FormSettings:
    """What the operator decides about the form.

    `alarm` gives the paragraphs that help somebody whose text sounds like an emergency. `countries` are the codes to
    suggest. Without `file_types` no files are taken. `proxies` of the operator's own stand before this server.
    """

    alarm: Callable[[str, Translator], Sequence[str]]
    countries: Sequence[str]
    kept: Kept = field(default_factory=Kept)
    file_types: Sequence[str] = ()
    most_files: int = 0
    most_file_bytes: int = 0
    proxies: int = 0


@dataclass(frozen=True, slots=True)
class _Visit:
    """One form as it was posted: what it says, in which language its page is, where it came from and where to."""

    posted: Posted
    own: Translator
    answers: Answers
    source: str = field(default="", repr=False)
    host: str = ""


class FeedbackForm:
    """`/feedback`. What was filled in is carried from page to page by the form itself; before it is sent nothing is kept."""

    def __init__(self, around: Surroundings, store: Store, pages: Pages, settings: FormSettings) -> None:
        self._around = around
        self._store = store
        self._pages = pages
        self._settings = settings
        self._questions = Questions(around.knowledge, around.countries, settings.countries)

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/feedback", self.show), web.post("/feedback", self.take)]

    async def show(self, request: web.Request) -> web.Response:
        """The empty form. `?c=` names the consultation, `?objective=` the objective that the person came from."""
        consultation, objective = request.query.get("c", ""), request.query.get("objective", "")
        texts = {
            "id": (secrets.token_urlsafe(16),),
            "consultation": (consultation,) if _CONSULTATION.fullmatch(consultation) else (),
            "objectives": (objective,) if objective in map(str, OBJECTIVES) else (),
        }
        return self._form(_Visit(Posted(texts), self._pages.reader(request), Answers(Record())))

    async def take(self, request: web.Request) -> web.Response:
        """What the pressed button asks for. One of the language menu shows the same page again."""
        posted = await read_posted(request, self._settings.most_file_bytes)
        if not _FORM_ID.fullmatch(posted.one("id")):
            raise web.HTTPBadRequest(text="Please send the form with the page's own button.")
        own = self._pages.translator(posted.one("to_language") or posted.one("lang"))
        answers = read_answers(posted, self._around.countries, own)
        visit = _Visit(posted, own, answers, source_of(request, self._settings.proxies), request.host)
        step = posted.one("step") or posted.one("at")
        if step not in ("review", "send"):
            return self._form(visit)
        if answers.problems:
            return self._form(visit, answers.problems)
        return await (self._send(visit) if step == "send" else self._review(visit))

    def _form(self, visit: _Visit, problems: Problems = ()) -> web.Response:
        chosen = [each for each in numbers(visit.posted.all("objectives")) if each in OBJECTIVES]
        first, others = self._questions.objectives(map(int, chosen), visit.own)
        values = {
            **self._questions.choices(visit.own),
            "answers": visit.answers,
            "objectives": [*first, *others],
            "kept_months": math.ceil(self._settings.kept.texts / _MONTH),
        }
        return self._page("feedback.html", visit, problems, values, 422 if problems else 200)

    async def _review(self, visit: _Visit, problems: Problems = (), status: int = 200) -> web.Response:
        """Everything as it will be sent, with the objectives that the text seems to be about."""
        record, own = visit.answers.record, visit.own
        knowledge = self._around.knowledge
        finding = await knowledge.find(record.text, own.language.code)
        proposed = await knowledge.objectives(record.text, finding.language)
        is_urgent = await knowledge.sounds_urgent(record.text, finding.language)
        # Those that were shown before and are not ticked now were not meant.
        new = [each for each in proposed if str(each) not in visit.posted.all("seen")]
        chosen = list(dict.fromkeys((*record.objectives, *new)))
        offered, others = self._questions.objectives(dict.fromkeys((*chosen, *proposed)), own)
        shown = self._around.intake.shown(record)
        values = {
            "record": record,
            "shown": shown if shown != record.text else "",
            "answers": self._questions.answers(record, own),
            "consents": self._questions.consents(record, own),
            "chosen": list(map(str, chosen)),
            "offered": offered,
            "others": others,
            "alarm": self._settings.alarm(record.text, own) if is_urgent else (),
            "most_files": self._settings.most_files,
            "most_megabytes": self._settings.most_file_bytes // _MEGABYTE,
            "file_types": ",".join(self._settings.file_types) if self._settings.most_files else "",
        }
        return self._page("review.html", visit, problems, values, status)

    async def _send(self, visit: _Visit) -> web.Response:
        """Store it, once: the same form with the same content shows the same receipt."""
        receipt = self._receipt(visit.posted)
        if not await self._is_stored(receipt):
            records = Records(self._store, None, visit.source, self._around.sent_an_hour)
            if wait := await records.wait_before_sending():
                response = await self._review(visit, [("send", _too_much(visit.own, wait))], 429)
                response.headers["Retry-After"] = str(int(wait.total_seconds()))
                return response
            try:
                files = [await self._around.files.take(file, n) for n, file in enumerate(visit.posted.files)]
            except FileRefused as refused:
                return await self._review(visit, [("files", visit.own.gettext(refused.text, **refused.values))], 422)
            await self._keep(await self._prepared(visit, receipt, files), files)
        return self._sent(visit, receipt)

    async def _prepared(
        self, visit: _Visit, receipt: str, files: Sequence[tuple[Attachment, bytes]]
    ) -> Sequence[NewSubmission]:
        """The submission, in the language of its text if that is sure, or else in the page's."""
        page = visit.own.language.code
        finding = await self._around.knowledge.find(visit.answers.record.text, page)
        record = replace(visit.answers.record, language=finding.language if finding.sure_of_language else page)
        attachments = tuple(attachment for attachment, _content in files)
        return self._around.intake.prepare(
            [record], CHANNEL, attachments=attachments, source=visit.source, receipt=receipt
        )

    async def _keep(self, new: Sequence[NewSubmission], files: Sequence[tuple[Attachment, bytes]]) -> None:
        # If the button was pressed twice at once, the other one of the two has stored it.
        with suppress(AlreadyReceived):
            async with self._store.database.begin() as work:
                await work.received.add(Address(CHANNEL, new[0].receipt), "sent")
                for attachment, content in files:
                    await work.files.put(attachment, content, None)
                await work.submissions.add(new, None)

    def _sent(self, visit: _Visit, receipt: str) -> web.Response:
        record, own, groups = visit.answers.record, visit.own, self._around.intake.groups
        values = {
            "receipt": grouped(receipt),
            "host": visit.host,
            "record": record,
            "group": groups.name(groups.route(record.objectives), own.language.code),
            "may_write": Consent.CONTACT in record.consents,
        }
        return self._page("sent.html", visit, (), values)

    async def _is_stored(self, receipt: str) -> bool:
        async with self._store.database.begin() as work:
            return bool(await work.submissions.of_receipt(receipt))

    def _receipt(self, posted: Posted) -> str:
        """The same for the same form with the same content, so that a repeat finds what it has stored."""
        hashed = self._store.seal.lookup_hash("receipt of a form", posted.fingerprint)
        digits = f"{int.from_bytes(hashed) % _RECEIPTS:015}"
        return digits + check_digit(digits)

    def _page(
        self, template: str, visit: _Visit, problems: Problems, values: Mapping[str, object], status: int = 200
    ) -> web.Response:
        own, posted = visit.own, visit.posted
        common = {
            "posted": posted,
            "carried": [(name, value) for name in FIELDS for value in posted.all(name)],
            "problems": problems,
            "problem": dict(problems),
            "title": lambda name: own.gettext(TITLES[name]),
            "most_characters": spaced(MOST_CHARACTERS),
        }
        return self._pages.page(template, own, {**common, **values}, status)


def _too_much(own: Translator, wait: timedelta) -> str:
    return own.ngettext(
        "Very much has been sent from your connection. You can send this again in {n} minute.",
        "Very much has been sent from your connection. You can send this again in {n} minutes.",
        minutes(wait),
    )
