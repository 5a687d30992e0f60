"""The web chat: one page, working without JavaScript and better with it. Its people fetch their replies."""

import base64
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment

from bot.core import Address, Assistant, Choice, Incoming, Kind, Languages, Reply, Seal, SentFile, Translator
from bot.web.posted import NO_UPLOADS, Uploads, read_posted
from bot.web.templates import StaticFiles

CHANNEL = "web"
COOKIE = "chat"
COOKIE_SECONDS = 90 * 24 * 3600
MOST_CHARACTERS = 10_000
FILES_COMMAND = "/f files"
"""A reply with a button that begins so takes files."""
GOING_ON = ("/f files done", "/f files open", "/f text done", "/f send")
"""Who has chosen a file and presses one of these means the file too: it is taken first, and then they are asked again."""

_SESSION = re.compile(r"[\w-]{43}", re.ASCII)
_MESSAGE_ID = re.compile(r"[\w-]{16,64}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Cookies:
    """How the session's cookie is set. In a partner's frame it must be allowed there, which needs HTTPS."""

    secure: bool
    framed: bool


class WebChat:
    """The page and the two ways to send: a plain form, and the same form sent by the page's script."""

    def __init__(
        self,
        assistant: Assistant,
        languages: Languages,
        seal: Seal,
        templates: Environment,
        files: StaticFiles,
        cookies: Cookies,
        uploads: Uploads = NO_UPLOADS,
    ) -> None:
        self._assistant = assistant
        self._languages = languages
        self._seal = seal
        self._templates = templates
        self._files = files
        self._cookies = cookies
        self._uploads = uploads

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/", self.show), web.post("/", self.send), web.post("/messages", self.send_from_script)]

    async def show(self, request: web.Request) -> web.Response:
        """The page with a first message; `?open=` opens an article, `?lang=` sets the language of new visitors."""
        session = _session(request)
        locale = await self._locale(request, session)
        wanted = request.query.get("open", "")
        command = f"/start {wanted}" if _SLUG.fullmatch(wanted) else "/start"
        first = Incoming(Address(CHANNEL, session), "preview", text=command, locale=locale)
        replies = await self._assistant.preview(first)
        return self._page(locale, replies, said="")

    async def send(self, request: web.Request) -> web.Response:
        """The form without JavaScript: a new page with what was said and the replies."""
        incoming = await self._incoming(request)
        replies = await self._assistant.take(incoming)
        # The first: another one may ask, in another language, whether to go on in that.
        said = incoming.text or ("📎" if incoming.file else "")
        response = self._page(replies[0].language if replies else incoming.locale, replies, said)
        self._keep_session(response, incoming)
        return response

    async def send_from_script(self, request: web.Request) -> web.Response:
        """The same, answered with the replies alone. A message sent again gets the same replies."""
        incoming = await self._incoming(request)
        replies = await self._assistant.take(incoming)
        html = self._templates.get_template("replies.html").render(replies=[self._shown(reply) for reply in replies])
        response = web.Response(text=html, content_type="text/html")
        self._keep_session(response, incoming)
        return response

    async def _incoming(self, request: web.Request) -> Incoming:
        posted = await read_posted(request, self._uploads.most_bytes)
        file = posted.files[0] if posted.files else None
        text, data, message_id, locale = map(posted.one, ("text", "data", "id", "locale"))
        text = text.strip()
        if len(text) > MOST_CHARACTERS:
            raise web.HTTPRequestEntityTooLarge(
                max_size=MOST_CHARACTERS,
                actual_size=len(text),
                text=f"A message may have {MOST_CHARACTERS} characters. Please send a shorter one.",
            )
        if not _MESSAGE_ID.fullmatch(message_id) or not (text or data or file) or len(posted.files) > 1:
            raise web.HTTPBadRequest(text="Please write a message and send it with the page's own button.")
        address = Address(CHANNEL, _session(request) or self._new_session(message_id))
        locale = locale[:20]
        if file is not None and (not data or data in GOING_ON):
            return Incoming(address, message_id, text, kind=_kind(file), locale=locale, file=file)
        if data:
            return Incoming(address, message_id, data=data[:64], kind=Kind.BUTTON, locale=locale)
        return Incoming(address, message_id, text=text, locale=locale)

    def _new_session(self, message_id: str) -> str:
        """The same for the same first message: if the answer is lost with its cookie, the next try finds it."""
        return base64.urlsafe_b64encode(self._seal.lookup_hash("web session", message_id)).rstrip(b"=").decode()

    async def _locale(self, request: web.Request, session: str) -> str:
        """Conversation's language, else what the link asks for, else what the browser says."""
        wanted = request.query.get("lang", "")
        spoken = await self._assistant.language(Address(CHANNEL, session)) if session else None
        accepted = [part.partition(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")]
        return self._languages.negotiate(spoken or "", wanted, *accepted)

    def _page(self, locale: str, replies: Sequence[Reply], said: str) -> web.Response:
        translator = self._languages.translator(locale)
        shown = [self._shown(reply) for reply in replies]
        html = self._templates.get_template("chat.html").render(
            language=translator.language,
            languages=self._languages.all(),
            _=translator.gettext,
            replies=shown,
            takes_files=bool(shown) and shown[-1].takes_files,
            uploads=self._uploads,
            said=said,
            message_id=secrets.token_urlsafe(12),
            most_characters=MOST_CHARACTERS,
            static=self._files.address,
        )
        response = web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-store"})
        response.enable_compression()
        return response

    def _shown(self, reply: Reply) -> "ShownReply":
        translator = self._languages.translator(reply.language)
        return ShownReply(reply, translator)

    def _keep_session(self, response: web.Response, incoming: Incoming) -> None:
        parts = [f"{COOKIE}={incoming.address.chat}", f"Max-Age={COOKIE_SECONDS}", "Path=/", "HttpOnly"]
        parts += ["SameSite=None", "Partitioned"] if self._cookies.framed else ["SameSite=Lax"]
        parts += ["Secure"] if self._cookies.secure else []
        # By hand: the standard library knows "Partitioned" from Python 3.14 on only.
        response.headers["Set-Cookie"] = "; ".join(parts)


class ShownReply:
    """A reply as the template shows it."""

    def __init__(self, reply: Reply, translator: Translator) -> None:
        self.reply = reply
        self.language = translator.language
        self.sources_label = translator.gettext("Sources")

    @property
    def ratings(self) -> list[Choice]:
        """Buttons that stand apart from the others."""
        return self._choices("/useful ")

    @property
    def feedback(self) -> list[Choice]:
        """The button that leads to giving feedback: it has a line of its own, after all others."""
        return self._choices("/feedback")

    @property
    def choices(self) -> list[Choice]:
        apart = (*self.ratings, *self.feedback)
        return [choice for choice in self.reply.choices if choice not in apart]

    @property
    def takes_files(self) -> bool:
        return bool(self._choices(FILES_COMMAND))

    @property
    def document_address(self) -> str:
        """The document itself, as an address that holds it."""
        document = self.reply.document
        if document is None:
            return ""
        return f"data:{document.media_type};base64,{base64.b64encode(document.content.encode()).decode()}"

    def _choices(self, beginning: str) -> list[Choice]:
        return [choice for choice in self.reply.choices if choice.value.startswith(beginning)]


def cookies_for(public_url: str, embed_origins: Sequence[str]) -> Cookies:
    secure = urlsplit(public_url).scheme == "https"
    return Cookies(secure=secure, framed=secure and bool(embed_origins))


def _kind(file: SentFile) -> Kind:
    kinds = {"image": Kind.PHOTO, "audio": Kind.VOICE}
    return kinds.get(file.media_type.partition("/")[0], Kind.FILE)


def _session(request: web.Request) -> str:
    """The session's token, or nothing if the visitor has none that we could have given."""
    token = request.cookies.get(COOKIE, "")
    return token if _SESSION.fullmatch(token) else ""
