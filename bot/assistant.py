"""One turn, from message in to reply delivered."""

import asyncio
import uuid
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import replace

import structlog

from bot.core import (
    Address,
    AlreadyReceived,
    Channel,
    Choice,
    Conversation,
    EverythingErased,
    Incoming,
    NotAChoice,
    Pending,
    Records,
    Refused,
    Reply,
    ReviewBegan,
    Router,
    StaleConversation,
    Step,
    Store,
    SubmissionErased,
    SubmissionWithdrawn,
    Surroundings,
    TryAgain,
    Turn,
    UnknownArticle,
    UnknownSubmission,
    Unreachable,
    button_data,
)

log = structlog.get_logger(__name__)

# Each round, one of the processes that race for a conversation wins, so this many of them can race at once.
MOST_ROUNDS = 20

CLAIMED_AT_ONCE = 50
SWEEP_SECONDS = 5.0

# What a turn built on has changed in the meantime: it runs again on what is there now.
OVERTAKEN = (StaleConversation, ReviewBegan, UnknownSubmission)
SHREDDING = (SubmissionWithdrawn, SubmissionErased, EverythingErased)


class TurnAssistant:
    """Takes messages in, answers them and sees that the answers arrive. See `bot.core.Assistant`."""

    def __init__(self, store: Store, router: Router, surroundings: Surroundings) -> None:
        self._store = store
        self._database = store.database
        self._router = router
        self._surroundings = surroundings
        self._channels: dict[str, Channel] = {}
        self._deliveries: dict[Address, asyncio.Task[None]] = {}
        self._others: set[asyncio.Task[None]] = set()

    def add_channel(self, channel: Channel) -> None:
        """Replies to this channel's people are sent; those of any other are fetched."""
        self._channels[channel.name] = channel

    async def take(self, incoming: Incoming) -> list[Reply]:
        """See `bot.core.Assistant`."""
        with structlog.contextvars.bound_contextvars(turn=uuid.uuid4().hex[:12], channel=incoming.address.channel):
            try:
                pending = await self._commit(incoming)
            except AlreadyReceived:
                log.info("message_came_again")
                async with self._database.begin() as work:
                    return await work.outbox.replies_to(incoming.address, incoming.id)
            if self._sends(incoming.address):
                self._deliver_in_background(incoming.address, pending)
            return [each.reply for each in pending]

    async def preview(self, incoming: Incoming) -> list[Reply]:
        """See `bot.core.Assistant`."""
        _turn, replies = await self._answer(incoming, None)
        return replies

    async def language(self, address: Address) -> str | None:
        """See `bot.core.Assistant`."""
        async with self._database.begin() as work:
            conversation = await work.conversations.load(address)
        return conversation.language if conversation else None

    async def _commit(self, incoming: Incoming) -> list[Pending]:
        for _round in range(MOST_ROUNDS):
            async with self._database.begin() as work:
                conversation = await work.conversations.load(incoming.address)
            turn, replies = await self._answer(incoming, conversation)
            try:
                pending = await self._save(incoming, turn, replies)
            except OVERTAKEN:
                log.info("turn_runs_again")
                continue
            if any(isinstance(event, SHREDDING) for event in turn.events):
                self._in_background(self._shred())
            return pending
        raise StaleConversation

    async def _save(self, incoming: Incoming, turn: Turn, replies: Sequence[Reply]) -> list[Pending]:
        """State, events and replies in one transaction. Who fetches replies also gets what has waited for them."""
        address = incoming.address
        fetches = not self._sends(address)
        async with self._database.begin() as work:
            await work.received.add(address, incoming.id)
            person_id = await work.conversations.save(address, turn.conversation)
            waiting = await work.outbox.take_over(person_id, address, incoming.id) if fetches else []
            await work.events.write(person_id, turn.events)
            pending = await work.outbox.add(person_id, address, incoming.id, replies, fetched=fetches)
            return [*(Pending(0, address, reply) for reply in waiting), *pending]

    async def _answer(self, incoming: Incoming, conversation: Conversation | None) -> tuple[Turn, list[Reply]]:
        if conversation is None:
            conversation = Conversation(language=self._surroundings.languages.negotiate(incoming.locale))
        turn = self._turn(incoming, conversation)
        try:
            replies = await self._handle(turn)
            step = _step(replies)
        except NotAChoice:
            return self._unchanged(incoming, conversation, _ask_again)
        except UnknownArticle:
            return self._unchanged(incoming, conversation, _no_such_article)
        except UnknownSubmission:
            return self._unchanged(incoming, conversation, _no_such_submission)
        except Exception:
            log.exception("handler_failed")
            return self._unchanged(incoming, conversation, _apologise)
        replies = [_addressed(reply, turn.language) for reply in replies]
        offered = tuple(choice for reply in replies if not reply.passing for choice in reply.choices)
        turn.conversation = turn.conversation.after(step=step.name if step else "", offered=offered)
        return turn, replies

    async def _handle(self, turn: Turn) -> list[Reply]:
        replies = await self._router.find(turn)(turn)
        return [replies] if isinstance(replies, Reply) else list(replies)

    def _unchanged(
        self, incoming: Incoming, conversation: Conversation, say: Callable[[Turn], Reply]
    ) -> tuple[Turn, list[Reply]]:
        """A turn that leaves the conversation where it was."""
        turn = self._turn(incoming, conversation)
        turn.conversation = conversation.after(step=conversation.step, offered=conversation.offered)
        return turn, [replace(say(turn), language=turn.language)]

    def _turn(self, incoming: Incoming, conversation: Conversation) -> Turn:
        address = incoming.address
        source = f"{address.channel} {address.chat}"
        records = Records(self._store, conversation.person_id, source, self._surroundings.sent_an_hour)
        return Turn(incoming, conversation, self._surroundings, records)

    def _sends(self, address: Address) -> bool:
        return address.channel in self._channels

    def _deliver_in_background(self, address: Address, pending: Sequence[Pending]) -> None:
        """Deliver after whatever is still under way to this address, so that replies arrive in order."""
        before = self._deliveries.get(address)

        async def deliver() -> None:
            if before is not None:
                await asyncio.wait([before])
            await self.deliver(pending)

        task = asyncio.create_task(deliver())
        self._deliveries[address] = task
        task.add_done_callback(lambda done: self._delivery_ended(address, done))

    def _delivery_ended(self, address: Address, task: asyncio.Task[None]) -> None:
        if self._deliveries.get(address) is task:
            del self._deliveries[address]
        if not task.cancelled() and task.exception() is not None:
            # The lease runs out and whoever sweeps next delivers what is left.
            log.error("delivery_failed", exc_info=task.exception())

    async def _shred(self) -> None:
        try:
            await self._database.shred()
        except Exception:
            # The database may be away for a moment; the hour's deleting does it too.
            log.exception("not_shredded")

    def _in_background(self, work: Coroutine[object, object, None]) -> None:
        """Work that nobody waits for."""
        task = asyncio.create_task(work)
        self._others.add(task)
        task.add_done_callback(self._others.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way; what takes longer stays in the outbox."""
        under_way = [*self._deliveries.values(), *self._others]
        if under_way:
            await asyncio.wait(under_way, timeout=seconds)

    async def deliver(self, pending: Sequence[Pending]) -> None:
        """Deliver replies in their order; what does not arrive now is left for later or given up."""
        waiting = list(pending)
        while waiting:
            first = waiting[0]
            same_person = [each for each in waiting if each.address == first.address]
            others = [each for each in waiting if each.address != first.address]
            try:
                await self._channels[first.address.channel].deliver(first.address, first.reply)
            except TryAgain as error:
                seconds = error.after_seconds
                log.warning("delivery_postponed", seconds=seconds, replies=len(same_person))
                async with self._database.begin() as work:
                    await work.outbox.postpone([each.id for each in same_person], seconds)
                waiting = others
            except Unreachable:
                log.info("person_unreachable")
                async with self._database.begin() as work:
                    await work.outbox.give_up(first.address)
                waiting = others
            except Refused:
                log.exception("reply_refused")
                async with self._database.begin() as work:
                    await work.outbox.delivered(first.id)
                waiting.pop(0)
            else:
                async with self._database.begin() as work:
                    await work.outbox.delivered(first.id)
                waiting.pop(0)

    async def sweep(self) -> None:
        """For ever: deliver what other processes left behind when they ended."""
        while True:
            try:
                async with self._database.begin() as work:
                    pending = await work.outbox.claim(list(self._channels), CLAIMED_AT_ONCE)
                await self.deliver(pending)
            except Exception:
                # The database may be away for a while; the next round tries again.
                log.exception("sweep_failed")
                pending = []
            if len(pending) < CLAIMED_AT_ONCE:
                await asyncio.sleep(SWEEP_SECONDS)


def _step(replies: Iterable[Reply]) -> Step | None:
    return next((reply.next for reply in replies if reply.next is not None), None)


def _addressed(reply: Reply, language: str) -> Reply:
    """The reply as it is saved: its language known, its buttons carrying what is sent."""
    choices = tuple(Choice(button_data(choice, reply.next), choice.label) for choice in reply.choices)
    return replace(reply, choices=choices, language=reply.language or language)


def _ask_again(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(_("Please tap one of these, or write what it says."), choices=turn.conversation.offered)


def _no_such_article(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(_("I have no article of that name any more."), choices=(Choice("/browse", _("All topics")),))


def _no_such_submission(turn: Turn) -> Reply:
    _ = turn.gettext
    return Reply(_("I do not have this feedback any more."), choices=(Choice("/mine", _("My feedback")),))


def _apologise(turn: Turn) -> Reply:
    return Reply(turn.gettext("Sorry, something went wrong on my side. It has been noted. Please try once more."))
