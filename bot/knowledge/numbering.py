"""From the lines of a UN document to its numbered paragraphs and lettered actions.

`17.` opens a paragraph and `(a)`, `a)` or the letter of the language's own list opens an action below it. Numbers and
letters must follow one another, so that a year or a footnote at the beginning of a line opens nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# Lists go by Latin letters in four of the UN's languages, by Cyrillic ones in some Russian texts, by the order of the
# abjad in Arabic. What is stored is always Latin, as articles cite it.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = (
    _LETTERS,
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
)
_HAMZA = str.maketrans("اإآ", "أأأ")
_NUMBER = re.compile(r"\s*(\d{1,3})\s*(?:[.．]|[-–—](?=\s))\s*")
# Either bracket on either side: what a PDF calls the bracket of a right-to-left line cannot be relied on.
_LETTER = re.compile(r"\s*[()（）]?\s*([^\W\d_])ـ?\s*[()（）]\s*")
_SENTENCE_END = re.compile(r"[.;:。;:؛።।!?؟][\"”»』」)\]]*\d*\s*$")
_NO_BLANKS = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(slots=True)
class _Open:
    paragraph: str
    lines: list[str] = field(default_factory=list)


def number(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of paragraph, such as `29` or `29(h)`, and text, in the document's order.

    The longest run of consecutive numbers is taken: a resolution's own two or three points come before the text that
    is annexed to it. A heading between two paragraphs belongs to neither.
    """
    starts = _longest_run(lines)
    passages: list[_Open] = []
    for index in range(min(starts, default=len(lines)), len(lines)):
        line = lines[index]
        if index in starts:
            match = _NUMBER.match(line)
            passages.append(_Open(str(starts[index]), [line[match.end() :] if match else line]))
        elif letter := _next_letter(line, passages[-1].paragraph):
            name, rest = letter
            passages.append(_Open(name, [rest]))
        else:
            passages[-1].lines.append(line)
    return [(each.paragraph, text) for each in passages if (text := _joined(_without_heading(each.lines)))]


def _longest_run(lines: Sequence[str]) -> dict[int, int]:
    """Line index → paragraph number of the longest run n, n+1, n+2, …; of equals the one that starts last."""
    best: dict[int, tuple[int, int, int | None]] = {}  # number → (length of the run, line, line of the one before)
    before: dict[int, int | None] = {}
    lengths: dict[int, tuple[int, int]] = {}
    for index, line in enumerate(lines):
        match = _NUMBER.match(line)
        if match is None:
            continue
        value = int(match[1])
        length, previous = 1, None
        if value - 1 in best:
            length, previous = best[value - 1][0] + 1, best[value - 1][1]
        if value not in best or length >= best[value][0]:
            best[value] = (length, index, previous)
            before[index] = previous
            lengths[index] = (length, value)
    if not lengths:
        return {}
    position: int | None = max(lengths, key=lambda index: (lengths[index][0], index))
    chosen: dict[int, int] = {}
    while position is not None:
        chosen[position] = lengths[position][1]
        position = before[position]
    return chosen


def _next_letter(line: str, paragraph: str) -> tuple[str, str] | None:
    """The name and the rest of a line that opens the next action of this paragraph."""
    match = _LETTER.match(line)
    if match is None:
        return None
    number, _, letter = paragraph.rstrip(")").partition("(")
    wanted = 0 if not letter else _LETTERS.index(letter) + 1
    found = match[1].casefold().translate(_HAMZA)
    if not any(wanted < len(alphabet) and alphabet[wanted] == found for alphabet in _ALPHABETS):
        return None
    return f"{number}({_LETTERS[wanted]})", line[match.end() :]


def _without_heading(lines: Sequence[str]) -> Sequence[str]:
    """The lines up to the last one that ends a sentence: what follows it is the heading of the next part."""
    ends = [position for position, line in enumerate(lines) if _SENTENCE_END.search(line)]
    return lines[: ends[-1] + 1] if ends else lines


def _joined(lines: Sequence[str]) -> str:
    """One line of text: broken words together, no blank where the script has none."""
    text = ""
    for line in _words(lines):
        glued = not text or text.endswith("-") or (_NO_BLANKS.match(text[-1]) and _NO_BLANKS.match(line[0]))
        text += line if glued else f" {line}"
    return text


def _words(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        folded = " ".join(line.split())
        if folded:
            yield folded
