"""A reply in Telegram's form: HTML, buttons, and parts that fit its limits."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core import Choice, Reply, Source

MOST_UNITS = 4096
"""UTF-16 units a message may have after its HTML is read (https://core.telegram.org/bots/api#sendmessage)."""

ROW_CHARACTERS = 24
MOST_IN_A_ROW = 3

# Where a text may be cut, best first: between paragraphs, sentences, words, then anywhere.
_CUTS = (
    re.compile(r"(?=\n\n)"),
    re.compile(r"(?<=[.!?])(?=\s)|(?<=[。！？؟।።။])"),
    re.compile(r"(?=\s)"),
    re.compile(r""),
)
_LOOKAHEAD = 2


def parts(reply: Reply, limit: int = MOST_UNITS) -> list[str]:
    """The reply as HTML messages, each within the limit; title first, sources and small print last."""
    head = f"<b>{escape(reply.title)}</b>\n\n" if reply.title else ""
    tail = "\n\n" + "\n".join(map(_source, reply.sources)) if reply.sources else ""
    if reply.note:
        tail += f"\n\n<i>{escape(reply.note)}</i>"
    if _units(head + reply.text + tail) <= limit:
        return [head + escape(reply.text) + tail]
    room = limit - _units(head) - _units(tail)
    texts = [escape(text) for text in split(reply.text, room)]
    texts[0] = head + texts[0]
    texts[-1] += tail
    return texts


def split(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` UTF-16 units, at the best place that fits; 2 is the least limit."""
    pieces = []
    text = text.strip()
    while _units(text) > limit:
        cut = _best_cut(text, limit)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text]


def keyboard(choices: Iterable[Choice]) -> InlineKeyboardMarkup | None:
    """Buttons; short ones share a row."""
    rows = [
        [InlineKeyboardButton(choice.label, callback_data=choice.value) for choice in row] for row in _rows(choices)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _rows(choices: Iterable[Choice]) -> Iterator[list[Choice]]:
    row: list[Choice] = []
    for choice in choices:
        characters = sum(len(each.label) for each in row) + len(choice.label)
        if row and (len(row) == MOST_IN_A_ROW or characters > ROW_CHARACTERS):
            yield row
            row = []
        row.append(choice)
    if row:
        yield row


def _source(source: Source) -> str:
    return f'🔗 <a href="{escape(source.url)}">{escape(source.label)}</a>'


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _best_cut(text: str, limit: int) -> int:
    longest = limit
    while longest > 1 and _units(text[:longest]) > limit:
        longest -= 1
    for cut in _CUTS:
        # A cut in the first half would leave a stub; a worse kind of place further on is better.
        found = (match.end() for match in cut.finditer(text[: longest + _LOOKAHEAD]))
        places = [place for place in found if longest // 2 < place <= longest]
        if places:
            return places[-1]
    return longest
