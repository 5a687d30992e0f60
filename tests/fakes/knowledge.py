"""A handful of articles and a search that knows them by a word."""

from collections.abc import Sequence
from datetime import date

from bot.core import Article, Finding, FindingKind, Passage, Point, Source, UnknownArticle
from bot.knowledge.language import LanguageDetector

TITLES = {
    "detention": {"en": "Can I be locked up?", "fr": "Peut-on m’enfermer ?", "ar": "هل يمكن أن أُحتجز؟"},
    "kept-passport": {"en": "My employer keeps my passport", "fr": "Mon patron garde mon passeport"},
    "legal-help": {"en": "Help from a lawyer"},
    "where-to-turn": {"en": "Who can help me?", "fr": "Qui peut m’aider ?"},
    "network": {"en": "What is the Network?"},
    "what-is-the-compact": {"en": "What is the Compact?"},
    "objective-13": {"en": "Objective 13: detention as a last resort"},
}
WORDS = {
    "locked": "detention",
    "enferm": "detention",
    "احتجاز": "detention",
    "passport": "kept-passport",
    "passeport": "kept-passport",
}
OBJECTIVES = {
    "locked": 13,
    "detention": 13,
    "enferm": 13,
    "احتجاز": 13,
    "passport": 6,
    "passeport": 6,
    "wages": 6,
    "school": 15,
    "école": 15,
    "racism": 17,
    "boat": 8,
    "statistics": 1,
}
LONG_TEXT = 300
CHECKED = date(2026, 11, 23)
WORDS_OF_THE_LAW = "Made-up words of a law, about custody."
DETECTOR = LanguageDetector([], [])
SOURCE = Source("A/RES/73/195", "29", "A/RES/73/195, para. 29", "https://undocs.org/en/A/RES/73/195")


class FakeKnowledge:
    """See `bot.core.Knowledge`."""

    async def find(self, message: str, hint: str) -> Finding:
        detected = DETECTOR.detect(message, hint)
        folded = message.casefold()
        slug = next((slug for word, slug in WORDS.items() if word in folded), "")
        kind = FindingKind.ANSWER if slug else FindingKind.OUTSIDE
        choices: tuple[str, ...] = () if slug else ("detention",)
        for each in (FindingKind.CHOICES, FindingKind.GREETING, FindingKind.URGENT, FindingKind.REFERRAL):
            if f"[{each}]" in folded:
                kind, slug, choices = each, "detention", ("detention", "kept-passport")
        return Finding(kind, detected.language, detected.sure, slug, choices, 0.9)

    def article(self, slug: str, language: str) -> Article:
        if slug not in TITLES:
            raise UnknownArticle(slug)
        spoken = language if language in TITLES[slug] else "en"
        title = TITLES[slug][spoken]
        related = tuple(each for each in ("kept-passport", "detention") if each != slug)
        return Article(
            slug,
            spoken,
            title,
            f"About {slug} in {spoken}.",
            (SOURCE,),
            related,
            CHECKED,
            slug == "network",
            spoken == "en",
            objectives_named(slug),
        )

    async def sounds_urgent(self, text: str, language: str) -> bool:
        return f"[{FindingKind.URGENT}]" in text.casefold()

    async def objectives(self, text: str, language: str) -> tuple[int, ...]:
        return objectives_named(text)

    async def points(self, text: str, language: str) -> Sequence[Point]:
        paragraphs = list(filter(None, map(str.strip, text.split("\n\n" if len(text) >= LONG_TEXT else "\0"))))
        return [Point(paragraph, objectives_named(paragraph)) for paragraph in paragraphs] or [Point("")]

    def words(self, slug: str, language: str) -> Sequence[Passage]:
        return [Passage(SOURCE, "en", WORDS_OF_THE_LAW)] if (slug, language) == ("detention", "en") else []

    def section(self, name: str) -> Sequence[str]:
        return ("detention", "kept-passport") if name == "work" else ()


def objectives_named(text: str) -> tuple[int, ...]:
    """Objectives by a few words, in the order in which the text has them."""
    folded = text.casefold()
    found = sorted((folded.index(word), objective) for word, objective in OBJECTIVES.items() if word in folded)
    return tuple(dict.fromkeys(objective for _position, objective in found))[:3]
