"""Official documents from files: PDF, DOCX, HTML and plain text, as the UN publishes them, in numbered passages."""

import logging
import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import pycld2
from bs4 import BeautifulSoup
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTPage, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from bot.core import Numbered, OperatorError
from bot.knowledge.numbering import number

LARGEST_BYTES = 50 * 1024 * 1024
FEWEST_PASSAGES = 2
FEWEST_LETTERS_A_PAGE = 40
"""A page with fewer is a picture: a scan has none, an empty back page does not matter."""

# Languages that CLD2 names otherwise, or cannot tell apart.
_SAME_LANGUAGE = {"zh-Hant": "zh", "fa": "prs", "tl": "fil"}
_FOOTNOTES = re.compile(r"\s*[_‗]{8,}\s*$")
_PAGE_NUMBER = re.compile(r"\s*(?:\d{1,3}\s*/\s*\d{1,3}|\d{2}-\d{5}(?:\s*\(\w\))?|\d{1,3})\s*")
_SHAPES = re.compile(r"[\u2f00-\u2fdf\ufb00-\ufdff\ufe70-\ufefc]")
# Radicals that some PDFs name instead of the simplified characters that look the same; and no soft hyphens.
_RADICALS = str.maketrans(
    dict(
        zip(
            "⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
            "民见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
            strict=True,
        )
    )
    | {"\u00ad": ""}
)
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?<![\u0660-\u0669\u06f0-\u06f9])")
_LEFT_TO_RIGHT = re.compile(
    r"[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9](?:[\w./,:–-]*[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9])?", re.ASCII
)
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_EDGE_LINES = 3

# It warns of each font that lacks a size, which does not matter for text.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


class UnusableDocument(OperatorError):
    """The file cannot be added; the text says why and what to do."""


def read_document(path: Path, language: str) -> tuple[str, tuple[Numbered, ...]]:
    """The fingerprint of a file and its passages, without their meanings.

    Raises:
        UnusableDocument: it is damaged, encrypted, scanned, in another language, or has no numbered paragraphs.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnusableDocument(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > LARGEST_BYTES:
        raise UnusableDocument(f"{path} has more than {LARGEST_BYTES // 1024 // 1024} MB. Give the text alone.")
    lines = _reader(content, path)(content, path)
    _check_language("\n".join(lines), language, path)
    passages = number(lines)
    if len(passages) < FEWEST_PASSAGES:
        raise UnusableDocument(
            f"{path} has no numbered paragraphs (lines that begin like '17.', and '(a)' below them)."
        )
    return sha256(content).hexdigest(), tuple(Numbered(paragraph, text) for paragraph, text in passages)


def _reader(content: bytes, path: Path) -> Callable[[bytes, Path], list[str]]:
    """By what the file is, not by what it is called."""
    beginning = content[:1024].lstrip()
    if beginning.startswith(b"%PDF"):
        return _pdf
    if beginning.startswith(b"PK\x03\x04"):
        return _docx
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnusableDocument(f"{path} is an old Word file or has a password. Save it as DOCX without a password.")
    if re.match(rb"<(?:!doctype html|html|\?xml|head|body)", beginning, re.IGNORECASE):
        return _html
    return _plain


def _pdf(content: bytes, path: Path) -> list[str]:
    try:
        pages = [_page_lines(page) for page in extract_pages(BytesIO(content))]
    except PDFPasswordIncorrect as error:
        raise UnusableDocument(f"{path} needs a password. Save a copy without one.") from error
    except (
        PSException,
        PDFException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        struct.error,
    ) as error:
        raise UnusableDocument(f"{path} is damaged and cannot be read as PDF ({type(error).__name__}).") from error
    letters = [sum(map(str.isalpha, "".join(page))) for page in pages]
    if not pages or sum(count < FEWEST_LETTERS_A_PAGE for count in letters) > len(pages) / 2:
        raise UnusableDocument(
            f"{path} has no text, as a scan: its pages are pictures. Take the PDF with text, or a DOCX, from undocs.org."
        )
    return _without_furniture(pages)


def _page_lines(page: LTPage) -> list[str]:
    """The lines of a page from top to bottom."""
    boxes = [box for box in page if isinstance(box, LTTextContainer)]
    lines = [line for box in boxes for line in box if isinstance(line, LTTextLine)]
    return [_as_typed(line.get_text()) for line in sorted(lines, key=lambda line: -line.y0)]


def _as_typed(drawn: str) -> str:
    """A line in the order and with the letters in which it was typed.

    A PDF has shapes from left to right: ligatures, joined Arabic forms, right-to-left text backwards.
    """
    if 2 * len(_RIGHT_TO_LEFT.findall(drawn)) > sum(map(str.isalpha, drawn)):
        backwards = drawn.translate(_MIRRORED)[::-1]
        drawn = _LEFT_TO_RIGHT.sub(lambda run: run[0].translate(_MIRRORED)[::-1], backwards)
    typed = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]), drawn)
    return typed.translate(_RADICALS)


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages without footnotes, page numbers and what stands at the edge of many pages."""
    pages = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(_folded(line) for page in pages for line in {*page[:_EDGE_LINES], *page[-_EDGE_LINES:]})
    repeated = {line for line, count in edges.items() if count > max(2, len(pages) / 3)}
    kept = []
    for page in pages:
        footnotes = next((i for i, line in enumerate(page) if _FOOTNOTES.match(line)), len(page))
        for position, line in enumerate(page[:footnotes]):
            at_edge = position < _EDGE_LINES or position >= len(page) - _EDGE_LINES
            if not (at_edge and (_folded(line) in repeated or _PAGE_NUMBER.fullmatch(line))):
                kept.append(line)
    return kept


def _folded(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _docx(content: bytes, path: Path) -> list[str]:
    try:
        document = Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnusableDocument(f"{path} is damaged or is no DOCX ({type(error).__name__}).") from error
    return [line for paragraph in document.paragraphs for line in paragraph.text.splitlines()]


def _html(content: bytes, path: Path) -> list[str]:
    soup = BeautifulSoup(content, "html.parser")
    for hidden in soup(["script", "style", "nav", "header", "footer", "template"]):
        hidden.decompose()
    for rule in soup(["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"]):
        rule.append("\n")
    lines = soup.get_text().splitlines()
    if not any(map(str.strip, lines)):
        raise UnusableDocument(
            f"{path} is a page without text: it may need a browser to fill it. Save the text itself."
        )
    return lines


def _plain(content: bytes, path: Path) -> list[str]:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnusableDocument(f"{path} is neither PDF, DOCX, HTML nor text in UTF-8.") from error
    if "\0" in text:
        raise UnusableDocument(f"{path} is neither PDF, DOCX, HTML nor text in UTF-8.")
    return text.splitlines()


def _check_language(text: str, language: str, path: Path) -> None:
    printable = re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text)
    try:
        _reliable, _bytes, guesses = pycld2.detect(printable.encode("utf-8", "replace"), bestEffort=True)
    except pycld2.error as error:
        raise UnusableDocument(f"{path} has no readable text.") from error
    found = guesses[0][1]
    if found == "un":
        raise UnusableDocument(f"{path} has no text in a language that is recognised.")
    if _SAME_LANGUAGE.get(found, found) != _SAME_LANGUAGE.get(language, language):
        raise UnusableDocument(
            f"{path} is in {found!r}, not in {language!r}. Give the right file or --language {found}."
        )
