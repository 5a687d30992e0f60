"""What became of submissions, by their receipt; too many wrong receipts are slowed down."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core import CompactBotError, Records, Sender, Store, Submission
from bot.intake.models import Answer, Standing


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
        records = Records(self.store, None, source, most_sent=0)
        wait = await records.wait_before_trying()
        if wait:
            raise MustWait(wait)
        standings = tuple([await _standing(each, records) for each in await records.of_receipt(receipt)])
        if not standings:
            async with self.store.database.begin() as work:
                await work.tries.add(source)
            raise UnknownReceipt
        return standings


async def _standing(submission: Submission, records: Records) -> Standing:
    letters = await records.letters(submission.reference)
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
