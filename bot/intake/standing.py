"""What became of submissions, by their receipt; too many wrong receipts are slowed down."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core import CompactBotError, Sender, Store, Submission, UnitOfWork, wait_after
from bot.intake.models import Answer, Standing

TRIES_COUNTED = timedelta(hours=24)


class UnknownReceipt(CompactBotError):
    """Nothing is stored under this receipt."""


class MustWait(CompactBotError):
    """Too many wrong receipts came from the same source."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many wrong receipts")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Lookup:
    """Looks submissions up for those who hold a receipt."""

    store: Store

    async def of(self, receipt: str, source: str) -> tuple[Standing, ...]:
        """`source` is who asks.

        Raises:
            MustWait: it asked for too many wrong receipts; this one was not looked up.
            UnknownReceipt: it is wrong, which is counted.
        """
        now = self.store.clock.now()
        async with self.store.database.begin() as work:
            wait = wait_after(await work.tries.since(source, now - TRIES_COUNTED), now)
            if wait:
                raise MustWait(wait)
            found = await work.submissions.of_receipt(receipt)
            standings = tuple([await _standing(each, work) for each in found])
        if not standings:
            async with self.store.database.begin() as work:
                await work.tries.add(source)
            raise UnknownReceipt
        return standings


async def _standing(submission: Submission, work: UnitOfWork) -> Standing:
    letters = await work.letters.of(submission.reference, original=True)
    return Standing(
        reference=submission.reference,
        status=submission.status,
        changed=submission.changed,
        working_group=submission.working_group,
        answers=tuple(
            Answer(text=each.text, language=each.language, sent=each.sent)
            for each in letters
            if each.sender is Sender.WORKING_GROUP
        ),
    )
