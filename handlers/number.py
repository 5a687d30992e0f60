"""Numbers that people kept: the receipt of feedback, the code of a draft."""

from datetime import timedelta

from bot.core import (
    CODE_DIGITS,
    LABELS,
    N_,
    RECEIPT_DIGITS,
    Choice,
    DraftTaken,
    NumberTried,
    Reply,
    Topic,
    Turn,
    looks_like_number,
    minutes,
    read_number,
)
from handlers.feedback.questions import FLOW
from handlers.feedback.sending import something_waits
from handlers.record import show

topic = Topic("number")


@topic.command("receipt", N_("What became of my feedback"))
async def ask_for_receipt(turn: Turn) -> Reply:
    """`/receipt`, or with the digits behind it."""
    if turn.argument:
        return await read(turn)
    return Reply(turn.gettext("Write me the 16 digits of your receipt."))


@topic.number
async def take_number(turn: Turn) -> Reply:
    """A number typed by itself."""
    return await read(turn)


async def read(turn: Turn) -> Reply:
    """16 digits open a record, 12 a draft, from any channel. Whoever guesses is slowed down."""
    _ = turn.gettext
    typed = turn.argument or turn.text
    wait = await turn.records.wait_before_trying()
    if wait:
        return _slowed(turn, wait)
    receipt, code = read_number(typed, RECEIPT_DIGITS), read_number(typed, CODE_DIGITS)
    if receipt:
        return await _open(turn, receipt)
    if code:
        return await _take_up(turn, code)
    if looks_like_number(typed, RECEIPT_DIGITS) or looks_like_number(typed, CODE_DIGITS):
        return Reply(_("A digit of this number is wrong. Please look at it once more."))
    return Reply(_("A receipt has 16 digits, the code of a text that waits has 12."))


async def _open(turn: Turn, receipt: str) -> Reply:
    found = await turn.records.of_receipt(receipt)
    if not found:
        return _unknown(turn)
    if len(found) == 1:
        return await show(turn, found[0], turn.records.handle(found[0].reference))
    choices = [
        Choice(f"/record {turn.records.handle(each.reference)}", f"{number}. {turn.gettext(LABELS[each.status])}")
        for number, each in enumerate(found, start=1)
    ]
    text = turn.ngettext("{n} point was sent with this receipt.", "{n} points were sent with this receipt.", len(found))
    return Reply(text, choices=tuple(choices))


async def _take_up(turn: Turn, code: str) -> Reply:
    draft = await turn.records.draft_of_code(code)
    if draft is None:
        return _unknown(turn)
    if turn.draft is not None and turn.draft.record.text and turn.draft != draft:
        return something_waits(turn)
    turn.record(DraftTaken(code))
    turn.show_draft(draft)
    return FLOW.ask(turn, draft)


def _unknown(turn: Turn) -> Reply:
    turn.record(NumberTried(turn.records.source))
    return Reply(turn.gettext("I know no such number. It may have been erased, or a digit is wrong."))


def _slowed(turn: Turn, wait: timedelta) -> Reply:
    return Reply(
        turn.ngettext(
            "Too many wrong numbers came from here. Please try again in {n} minute.",
            "Too many wrong numbers came from here. Please try again in {n} minutes.",
            minutes(wait),
        )
    )
