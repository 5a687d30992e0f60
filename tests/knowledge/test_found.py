"""What was found before is not looked for again, and nothing of it can be read."""

import pytest

from bot.core import Finding, FindingKind
from bot.knowledge.found import MOST_KEPT, FoundBefore

ANSWER = Finding(FindingKind.ANSWER, "en", True, "detention", (), 0.9)
URGENT = Finding(FindingKind.URGENT, "en", True, "detention", (), 0.1)


def kept(message: str, hint: str = "en", finding: Finding = ANSWER) -> FoundBefore:
    before = FoundBefore()
    before.keep(message, hint, finding)
    return before


@pytest.mark.parametrize("again", ["Can I be locked up?", "can i be LOCKED up", "  can I be locked up!! 🙏"])
def test_nearly_the_same_question_is_found_again(again: str) -> None:
    assert kept("Can I be locked up?").get(again, "en") == ANSWER


@pytest.mark.parametrize(("again", "hint"), [("can I be locked in", "en"), ("Can I be locked up?", "fr"), ("", "en")])
def test_another_question_or_language_is_not(again: str, hint: str) -> None:
    assert kept("Can I be locked up?").get(again, hint) is None


def test_of_somebody_in_danger_nothing_is_kept() -> None:
    assert kept("they have locked us in", finding=URGENT).get("they have locked us in", "en") is None


def test_what_has_no_words_is_not_kept() -> None:
    assert kept("🆘").get("❤️", "en") is None


def test_no_words_are_in_memory() -> None:
    before = kept("my secret story")
    assert "secret" not in repr(vars(before))


def test_the_oldest_goes_first() -> None:
    before = kept("first")
    for number in range(MOST_KEPT - 1):
        before.keep(f"question {number}", "en", ANSWER)
    assert before.get("first", "en") == ANSWER
    before.keep("one more", "en", ANSWER)
    assert before.get("question 0", "en") is None
    assert before.get("first", "en") == ANSWER
