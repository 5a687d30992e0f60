"""`ask`: questions on the command line, as other programs send them."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.core import FindingKind
from bot.knowledge.articles import read_text
from tests.commands.command_line import ROOT, CommandLine

SHAPE: dict[str, type] = {
    "id": object,
    "language": str,
    "kind": str,
    "article": str,
    "title": str,
    "text": str,
    "note": str,
    "sources": list,
    "choices": list,
    "confidence": float,
}


def check_shape(found: Mapping[str, Any]) -> None:
    assert list(found) == list(SHAPE)
    assert all(isinstance(found[name], kind) for name, kind in SHAPE.items())
    assert found["kind"] in set(FindingKind)
    assert all(set(source) == {"document", "paragraph", "label", "url"} for source in found["sources"])


def question_of(language: str, slug: str) -> str:
    return read_text(ROOT / "locales" / language / "articles" / f"{slug}.md").questions[0]


def batch(compact_bot: CommandLine, content: bytes) -> str:
    path = compact_bot.folder / "questions.jsonl"
    path.write_bytes(content)
    return str(path)


def test_an_answer_is_a_line_of_json(compact_bot: CommandLine) -> None:
    ended = compact_bot("ask", question_of("fr", "kept-passport"), "--json")
    (found,) = ended.json_lines
    assert (ended.status, ended.err) == (0, "")
    check_shape(found)
    article = read_text(ROOT / "locales/fr/articles/kept-passport.md")
    assert (found["kind"], found["article"], found["language"]) == ("answer", "kept-passport", "fr")
    assert (found["title"], found["text"]) == (article.title, article.body)
    assert found["sources"]
    assert found["choices"] == []
    assert 0.5 < found["confidence"] <= 1


def test_an_answer_is_readable_with_its_sources(compact_bot: CommandLine) -> None:
    ended = compact_bot("ask", question_of("en", "kept-passport"))
    article = read_text(ROOT / "locales/en/articles/kept-passport.md")
    assert ended.status == 0
    assert ended.out.startswith(f"{article.title}\n\n{article.body}\n\n")
    assert "https://" in ended.lines[-1]


def test_an_answer_in_another_language_may_be_asked_for(compact_bot: CommandLine) -> None:
    (found,) = compact_bot("ask", question_of("en", "kept-passport"), "--json", "--language", "ar").json_lines
    assert found["title"] == read_text(ROOT / "locales/ar/articles/kept-passport.md").title
    assert (found["article"], found["language"]) == ("kept-passport", "en")


@pytest.mark.parametrize("question", ["", "\udcff\udcfe", "\u202e" * 3000])
def test_anything_can_be_asked(compact_bot: CommandLine, question: str) -> None:
    ended = compact_bot("ask", question.encode("utf-8", "surrogateescape"), "--json")
    assert (ended.status, ended.err) == (0, "")
    check_shape(ended.json_lines[0])


def test_a_batch_is_answered_in_its_order(compact_bot: CommandLine) -> None:
    asked = [
        {"id": "z", "question": question_of("en", "kept-passport")},
        {"id": 7, "question": question_of("zh", "detention"), "more": "is ignored"},
        {"id": None, "question": "hello"},
        {"id": ["any", "JSON"], "question": ""},
        {"id": "z", "question": question_of("ar", "school")},
        {"id": "\ud800", "question": "\ud800 \0"},
    ]
    ended = compact_bot("ask", "--batch", batch(compact_bot, "\n".join(map(json.dumps, asked)).encode()))
    assert (ended.status, ended.err) == (0, "")
    found = ended.json_lines
    for each in found:
        check_shape(each)
    assert [each["id"] for each in found] == ["z", 7, None, ["any", "JSON"], "z", "?"]
    assert [each["article"] for each in found][:2] == ["kept-passport", "detention"]
    assert [each["language"] for each in found][:2] == ["en", "zh"]
    assert found[2]["kind"] == "greeting"
    assert found[4]["article"] == "school"


def test_empty_lines_and_a_byte_order_mark_do_no_harm(compact_bot: CommandLine) -> None:
    ended = compact_bot("ask", "--batch", batch(compact_bot, b'\xef\xbb\xbf{"id": 1, "question": "hello"}\r\n\n  \n'))
    assert ended.status == 0
    assert [each["id"] for each in ended.json_lines] == [1]


@pytest.mark.parametrize("line", [b"hello", b"[]", b'{"id": 1}', b'{"question": "hello"}', b"\xff\xfe"])
def test_a_bad_line_is_named_after_the_good_ones(compact_bot: CommandLine, line: bytes) -> None:
    path = batch(compact_bot, b'{"id": 1, "question": "hello"}\n\n' + line + b'\n{"id": 2, "question": "hello"}\n')
    ended = compact_bot("ask", "--batch", path)
    assert ended.status == 1
    assert [each["id"] for each in ended.json_lines] == [1]
    assert ended.err == 'compact-bot: Line 3 is not like {"id": "1", "question": "…"}.\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask"], "Give either a question or --batch FILE."),
        (["ask", "hello", "--batch", "-"], "Give either a question or --batch FILE."),
        (["ask", "hello", "--language", "xx"], "There is no language 'xx': see `compact-bot languages`."),
    ],
)
def test_what_cannot_be_asked_is_one_line(compact_bot: CommandLine, words: list[str], said: str) -> None:
    assert compact_bot(*words).complains() == said


def test_a_batch_that_is_not_there_is_refused(compact_bot: CommandLine) -> None:
    ended = compact_bot("ask", "--batch", "none.jsonl")
    assert (ended.status, ended.out) == (2, "")
    assert "No such file" in ended.err


def test_asking_leaves_nothing_behind(compact_bot: CommandLine) -> None:
    compact_bot("ask", "hello")
    assert list(compact_bot.folder.iterdir()) == []
