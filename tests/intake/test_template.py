"""Tables to fill in: what is in them, and that what people fill in is understood again."""

import io

import pytest
from openpyxl import load_workbook

from bot.core import LABELS, OBJECTIVES, Consent, FeedbackType, Record, SpeakingFor, StakeholderGroup
from bot.intake.entry import TITLES, Entry
from bot.intake.sheets import SheetReader
from bot.intake.vocabulary import CODED, NO, YES, YES_OR_NO, Vocabulary, folded
from bot.tables import read_table, write_csv, write_xlsx
from tests.intake.marked import MARKS, MarkedLanguages
from tests.intake.office import COUNTRIES, READER, TEMPLATES, api_key
from tests.shipped import LANGUAGES

WRITTEN = [language.code for language in LANGUAGES.all()]
MARKED = MarkedLanguages()
MARKED_READER = SheetReader(Vocabulary(MARKED, COUNTRIES), COUNTRIES)
ARABIC_WORDS = "يُحتجز كثيرون منا دون جلسة استماع."


def filled(language: str, ending: str, reader: SheetReader) -> bytes:
    """The template in this language with one row under the example, in the words of that language."""
    languages = MARKED if reader is MARKED_READER else LANGUAGES
    own = languages.translator(language)
    _ = own.gettext
    content = TEMPLATES.csv(own) if ending == "csv" else TEMPLATES.xlsx(own)
    (_line, titles), (_line, example) = read_table(f"t.{ending}", content, most_rows=9)
    row = {
        "text": ARABIC_WORDS,
        "stakeholder_group": _(LABELS[StakeholderGroup.DIASPORA]),
        "speaking_for": _(LABELS[SpeakingFor.GROUP]),
        "people": "٤٠",
        "country": "إيطاليا",
        "region": "sicilia",
        "objectives": "٦؛ ٢٢",
        "feedback_type": _(LABELS[FeedbackType.SUGGESTION]).upper(),
        "consent_keep": _(YES),
        "consent_contact": _(YES).lower(),
        "consent_quote": _(NO),
    }
    rows = [titles, example, [row.get(name, "") for name in TITLES]]
    return write_csv(rows) if ending == "csv" else write_xlsx({"T": rows})


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("reader", [READER, MARKED_READER], ids=["as translated", "all texts different"])
@pytest.mark.parametrize("language", WRITTEN)
def test_a_filled_template_is_read_in_the_words_of_its_language(
    language: str, reader: SheetReader, ending: str
) -> None:
    sheet = reader.read(filled(language, ending, reader), api_key(), "en")
    assert [each.sentence(LANGUAGES.translator("en")) for each in sheet.problems] == []
    assert sheet.examples == 1
    assert {line: entry.record() for line, entry in sheet.entries.items()} == {
        3: Record(
            text=ARABIC_WORDS,
            group=StakeholderGroup.DIASPORA,
            speaking_for=SpeakingFor.GROUP,
            people=40,
            country="IT",
            region="IT-82",
            objectives=(6, 22),
            feedback_type=FeedbackType.SUGGESTION,
            consents=frozenset({Consent.KEEP, Consent.CONTACT}),
        )
    }


@pytest.mark.parametrize("language", WRITTEN)
def test_the_example_row_would_be_taken_if_its_text_were_changed(language: str) -> None:
    own = MARKED.translator(language)
    (_line, titles), (_line, example) = read_table("t.csv", TEMPLATES.csv(own), most_rows=9)
    assert MARKED_READER.read(TEMPLATES.csv(own), api_key(), "en").entries == {}
    changed = {**dict(zip(TITLES, example, strict=False)), "text": "Something else", "country": "IT"}
    sheet = MARKED_READER.read(write_csv([titles, list(changed.values())]), api_key(), "en")
    assert list(sheet.entries) == [2]
    assert sheet.examples == 0


@pytest.mark.parametrize("language", WRITTEN)
def test_the_xlsx_template_has_lists_in_the_language_and_runs_its_way(language: str) -> None:
    own = MARKED.translator(language)
    book = load_workbook(io.BytesIO(TEMPLATES.xlsx(own)))
    first, second, hidden = book.worksheets
    assert first.sheet_view.rightToLeft is second.sheet_view.rightToLeft is (language == "ar")
    assert hidden.sheet_state == "hidden"
    listed = {str(each.sqref).partition("2:")[0] for each in first.data_validations.dataValidation}
    assert len(listed) == len(YES_OR_NO) + len(CODED) - 1
    offered = [[cell.value for cell in column if cell.value] for column in hidden.columns]
    assert [own.gettext(YES), own.gettext(NO)] in offered
    assert [own.gettext(LABELS[code]) for code in StakeholderGroup] in offered


def test_the_explanations_name_every_column_and_every_code() -> None:
    book = load_workbook(io.BytesIO(TEMPLATES.xlsx(MARKED.translator("fr"))))
    rows = [[cell.value for cell in row] for row in book.worksheets[1].rows]
    for name, each in Entry.model_fields.items():
        assert [MARKS["fr"] + TITLES[name], name, f"{MARKS['fr']}{each.description}"] in rows
    for name, kind in CODED.items():
        for code in kind:
            assert [MARKS["fr"] + TITLES[name], code.value, MARKS["fr"] + LABELS[code]] in rows
    for number in OBJECTIVES:
        title = TEMPLATES.knowledge.article(f"objective-{number}", "fr").title
        assert [MARKS["fr"] + TITLES["objectives"], str(number), title] in rows


@pytest.mark.parametrize("language", WRITTEN)
def test_no_two_columns_and_no_two_codes_of_one_have_the_same_name(language: str) -> None:
    _ = LANGUAGES.translator(language).gettext
    assert len({folded(_(title)) for title in TITLES.values()}) == len(TITLES)
    for kind in CODED.values():
        assert len({folded(_(LABELS[code])) for code in kind}) == len(kind)


def test_yes_in_one_language_is_no_in_none() -> None:
    texts = [LANGUAGES.translator(code).gettext for code in WRITTEN]
    assert {folded(text(YES)) for text in texts}.isdisjoint(folded(text(NO)) for text in texts)
