"""Reading official documents from files of every kind, good and bad."""

import html
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from playwright.async_api import async_playwright

from bot.core import Numbered
from bot.knowledge.documents import UnusableDocument, read_document
from tests.e2e.browser import launch

ENGLISH = [
    "17. We commit to improving what is known about people who move, and to protecting their personal data.",
    "To realize this commitment, we will draw from the following actions:",
    "(a) Elaborate a strategy for better figures with the participation of all who are concerned by them;",
    "(b) Improve the ways in which countries compare their figures, including the definition of a migrant.",
    "Objective 2: make it possible to stay",
    "18. We commit to creating conditions that allow people to live in peace and safety in their own country.",
    "(a) Promote the goals that all have agreed, so that the offices affected can find sufficient flows of money.",
]
ARABIC = [
    "17 - نلتزم بتحسين ما هو معروف عن الناس الذين يتنقلون، وبحماية بياناتهم الشخصية في عام 2030.",
    "(أ) وضع استراتيجية لأرقام أفضل بمشاركة جميع المعنيين؛",
    "(ب) تحسين الطرق التي تقارن بها البلدان أرقامها.",
    "18 - نلتزم بتهيئة الظروف التي تتيح للناس العيش بسلام.",
]
CHINESE = [
    "17. 我们承诺改善关于移民的信息，并保护他们的个人资料。",
    "(a) 在所有有关方面的参与下，制定战略，以便得到更好的数字；",
    "(b) 改进各国比较数字的方法。",
    "18. 我们承诺创造条件，使人民能够在本国和平生活。",
]
LINES = {"en": ENGLISH, "ar": ARABIC, "zh": CHINESE}
PARAGRAPHS = {
    "en": ["17", "17(a)", "17(b)", "18", "18(a)"],
    "ar": ["17", "17(a)", "17(b)", "18"],
    "zh": ["17", "17(a)", "17(b)", "18"],
}
HEADER = '<span style="font-size:8pt;margin-left:1cm">A/RES/0/1</span>'
FOOTER = (
    '<span style="font-size:8pt;margin-left:1cm">18-22547 <b class="pageNumber"></b>/<b class="totalPages"></b></span>'
)


async def pdf(page_html: str) -> bytes:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        page = await browser.new_page()
        await page.set_content(page_html)
        made = await page.pdf(
            format="A5",
            display_header_footer=True,
            header_template=HEADER,
            footer_template=FOOTER,
            margin={"top": "2cm", "bottom": "2cm", "left": "2cm", "right": "2cm"},
        )
        await browser.close()
    return made


def page_of(language: str, lines: list[str]) -> str:
    direction = "rtl" if language == "ar" else "ltr"
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f'<html lang="{language}" dir="{direction}"><body style="font-size:13pt">{body}</body></html>'


def docx_of(lines: list[str]) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def read(folder: Path, name: str, content: bytes, language: str) -> tuple[Numbered, ...]:
    path = folder / name
    path.write_bytes(content)
    return read_document(path, language)[1]


def check(passages: tuple[Numbered, ...], language: str) -> None:
    """The paragraphs that there are, with words that stand in the lines."""
    assert [each.paragraph for each in passages] == PARAGRAPHS[language]
    written = "".join("".join(LINES[language]).split())
    assert all("".join(each.text.split()) in written for each in passages)
    assert not any("Objective" in each.text for each in passages)


@pytest.mark.parametrize("language", LINES)
async def test_a_pdf_is_read_in_the_order_in_which_it_was_typed(tmp_path: Path, language: str) -> None:
    check(read(tmp_path, "file.pdf", await pdf(page_of(language, LINES[language])), language), language)


async def test_headers_footers_and_footnotes_of_a_pdf_are_left_out(tmp_path: Path) -> None:
    filler = [
        f"{number}. We commit to the {chr(78 + number) * 4} that people everywhere ask for." for number in range(19, 44)
    ]
    footnote = ["_____________", "1 See the other document."]
    passages = read(tmp_path, "long.pdf", await pdf(page_of("en", [*ENGLISH, *filler, *footnote])), "en")
    assert [each.paragraph for each in passages][-1] == "43"
    said = " ".join(each.text for each in passages)
    assert not any(furniture in said for furniture in ("A/RES/0/1", "18-22547", "other document"))


@pytest.mark.parametrize("language", LINES)
def test_a_docx_is_read(tmp_path: Path, language: str) -> None:
    check(read(tmp_path, "file.docx", docx_of(LINES[language]), language), language)


@pytest.mark.parametrize("language", LINES)
def test_a_page_is_read(tmp_path: Path, language: str) -> None:
    content = page_of(language, LINES[language]).replace("<body", "<head><script>var x = '1. no';</script></head><body")
    check(read(tmp_path, "file.html", content.encode(), language), language)


@pytest.mark.parametrize("language", LINES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_is_read(tmp_path: Path, language: str, encoding: str) -> None:
    check(read(tmp_path, "file.txt", "\n".join(LINES[language]).encode(encoding), language), language)


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    check(read(tmp_path, "file.txt", docx_of(ENGLISH), "en"), "en")


async def test_damaged_scanned_and_foreign_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    whole = await pdf(page_of("en", ENGLISH))
    picture = await pdf('<html><body><svg width="300" height="300"><circle r="99"/></svg></body></html>')
    zipped = BytesIO()
    with ZipFile(zipped, "w") as archive:
        archive.writestr("hello.txt", "hello")
    files = {
        "half.pdf": (whole[: len(whole) // 3], "damaged|no text"),
        "header.pdf": (b"%PDF-1.7\nnothing", "damaged|no text"),
        "scan.pdf": (picture, "scan"),
        "half.docx": (docx_of(ENGLISH)[:2000], "damaged"),
        "other.zip": (zipped.getvalue(), "damaged"),
        "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "DOCX"),
        "empty.txt": (b"", "no text|no readable"),
        "noise.bin": (bytes(range(256)) * 8, "neither"),
        "letter.txt": (
            b"Dear friends, this is a letter to all of you without any numbered paragraphs in it.",
            "no numbered",
        ),
        "french.txt": (
            "1. Nous nous engageons à compter les personnes.\n2. Fin du texte.".encode(),
            "'fr', not in 'en'",
        ),
        "empty.html": (b"<html><script>load()</script></html>", "without text"),
    }
    for name, (content, said) in files.items():
        with pytest.raises(UnusableDocument, match=said):
            read(tmp_path, name, content, "en")


async def test_a_file_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableDocument, match="password"):
        read(tmp_path, "locked.pdf", ENCRYPTED, "en")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableDocument, match="cannot be read"):
        read_document(tmp_path / "nothing.pdf", "en")


# The smallest PDF that needs a password: standard security handler, revision 3, whose empty password does not fit.
ENCRYPTED = b"""%%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>
endobj
4 0 obj
<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>
endobj
trailer
<< /Root 1 0 R /Encrypt 4 0 R /ID [<00000000000000000000000000000000> <00000000000000000000000000000000>] /Size 5 >>
%%%%EOF
""" % (b"11" * 32, b"22" * 32)
