"""Everything the conversation knows about the Compact: finds articles and shows them. See `bot.core.Knowledge`."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.core import Article, Finding, FindingKind, Languages, OperatorError, Passage, Point, Source, UnknownArticle
from bot.knowledge.articles import ORIGINAL, Citation, Library
from bot.knowledge.decision import Calibration, Decision, decide
from bot.knowledge.examples import Example, kind_label
from bot.knowledge.found import FoundBefore
from bot.knowledge.index import Index, Scores
from bot.knowledge.language import Detected, LanguageDetector
from bot.knowledge.meaning import Floats, Meaning
from bot.knowledge.objectives import MOST_LOOKED_AT, Piece, likeliest, pieces, shares, stretches, themes, together
from bot.knowledge.objectives import Floats as Shares
from bot.knowledge.official import Found, OfficialTexts
from bot.knowledge.text import bounded


@dataclass(frozen=True, slots=True)
class Looked:
    """A message looked at: its language, its scores and its meaning, before anything is decided."""

    detected: Detected
    scores: Scores
    vector: Floats | None


class Finder:
    """See `bot.core.Knowledge`. The index and the official texts can be replaced by newer ones at any time."""

    def __init__(
        self,
        library: Library,
        examples: Sequence[Example],
        languages: Languages,
        meaning: Meaning | None,
        index: Index,
        calibration: Calibration,
    ) -> None:
        self._library = library
        self._languages = languages
        self._meaning = meaning
        self._calibration = calibration
        greeting = kind_label(FindingKind.GREETING)
        self._detector = LanguageDetector(
            [(each.language, each.text) for each in examples],
            [(each.language, each.text) for each in examples if each.label == greeting],
        )
        self._index = index
        self._official = OfficialTexts()
        self._before = FoundBefore()
        # The model holds a lock and the GIL is free meanwhile: one thread is all it can use.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")

    @property
    def index(self) -> Index:
        return self._index

    @index.setter
    def index(self, index: Index) -> None:
        self._index = index
        self._before = FoundBefore()

    @property
    def official(self) -> OfficialTexts:
        return self._official

    @official.setter
    def official(self, official: OfficialTexts) -> None:
        self._official = official
        self._before = FoundBefore()

    async def find(self, message: str, hint: str) -> Finding:
        """See `bot.core.Knowledge`. Runs in a thread of its own, unless the same was asked a little while ago."""
        # What is under way when the index is replaced must not be kept for the new one.
        before = self._before
        finding = before.get(message, hint)
        if finding is None:
            finding = await asyncio.get_running_loop().run_in_executor(self._thread, self.find_now, message, hint)
            before.keep(message, hint, finding)
        return finding

    def find_now(self, message: str, hint: str) -> Finding:
        """About 30 ms of one core for a short question; `python -m benchmarks.finding`."""
        looked = self.look(message, hint)
        decision = self.decide(looked)
        articles = decision.articles
        passages = self._passages(looked, hint) if decision.kind is FindingKind.OUTSIDE and articles else ()
        return Finding(
            kind=FindingKind.PASSAGE if passages else decision.kind,
            language=looked.detected.language,
            sure_of_language=looked.detected.sure,
            article=articles[0] if articles and decision.kind in _WITH_ARTICLE else "",
            choices=_choices(decision),
            confidence=round(decision.confidence, 3),
            passages=passages,
        )

    async def sounds_urgent(self, text: str, language: str) -> bool:
        """See `bot.core.Knowledge`."""
        for part in stretches(text):
            if (await self.find(part, language)).kind is FindingKind.URGENT:
                return True
        return False

    async def objectives(self, text: str, language: str) -> tuple[int, ...]:
        """See `bot.core.Knowledge`."""
        parts = pieces(text)
        return likeliest(together(parts, await self._shares(text, parts, language)))

    async def points(self, text: str, language: str) -> Sequence[Point]:
        """See `bot.core.Knowledge`. Nothing but blanks is left out between two points."""
        parts = pieces(text)
        if not parts:
            return [Point("")]
        found = await self._shares(text, parts, language)
        return [
            Point(text[parts[run.start].start : parts[run.stop - 1].end], likeliest(together(parts[run], found[run])))
            for run in themes(parts, found)
        ]

    async def _shares(self, text: str, parts: Sequence[Piece], hint: str) -> list[Shares]:
        # Each piece is a job of its own, so that the questions of others get their turn in between.
        loop = asyncio.get_running_loop()
        looked_at = [text[part.start : part.end][:MOST_LOOKED_AT] for part in parts]
        return [await loop.run_in_executor(self._thread, self._shares_now, piece, hint) for piece in looked_at]

    def _shares_now(self, piece: str, hint: str) -> Shares:
        return shares(self.look(piece, hint).scores, self._library.entries, self._calibration)

    def look(self, message: str, hint: str) -> Looked:
        """Language and scores of a message."""
        text = bounded(message)
        detected = self._detector.detect(text, hint)
        vector = self._meaning.vectors([text])[0] if self._meaning is not None and self._index.has_meanings else None
        return Looked(detected, self._index.scores(text, detected.language, vector), vector)

    def language(self, text: str) -> str:
        """The language of a text if that is sure, or else nothing."""
        detected = self._detector.detect(text, "")
        return detected.language if detected.sure else ""

    def decide(self, looked: Looked) -> Decision:
        """What the scores mean. An index may be older than the articles for the time that a new one takes to make."""
        decision = decide(looked.scores, self._calibration)
        articles = tuple(slug for slug in decision.articles if slug in self._library.entries)
        if decision.kind in _NEEDS_ARTICLE and articles[:1] != decision.articles[:1]:
            return Decision(FindingKind.OUTSIDE, articles, 0.0)
        return replace(decision, articles=articles)

    def meanings(self, texts: Sequence[tuple[str, str]]) -> Floats:
        """What (text, language) pairs mean apart from their language, shape (texts, 384), each of length 1.

        Raises:
            OperatorError: there is no model here, or no index yet.
        """
        if self._meaning is None or not self._index.has_meanings:
            raise OperatorError("Nearness needs the search by meaning: run `compact-bot articles index` first.")
        vectors = self._meaning.vectors([text for text, _language in texts])
        centred = [self._index.centred(vector, pair[1]) for vector, pair in zip(vectors, texts, strict=True)]
        return np.array(centred, dtype=np.float32).reshape(vectors.shape)

    def _passages(self, looked: Looked, hint: str) -> tuple[Passage, ...]:
        """Official words near to a message that no article fits, in its language or else in the conversation's."""
        if looked.vector is None:
            return ()
        for language in dict.fromkeys((looked.detected.language, hint)):
            found = self._official.nearest(looked.vector, language)
            if found:
                return tuple(self._passage(each, language) for each in found)
        return ()

    def article(self, slug: str, language: str) -> Article:
        """See `bot.core.Knowledge`."""
        entry = self._library.entries.get(slug)
        text = self._library.texts.get((language, slug)) or self._library.texts.get((ORIGINAL, slug))
        if entry is None or text is None:
            raise UnknownArticle(slug)
        return Article(
            slug,
            text.language,
            text.title,
            text.body,
            tuple(self._source(citation, text.language) for citation in entry.sources),
            entry.related,
            entry.checked,
            entry.goes_stale,
            text.language == ORIGINAL or bool(text.read_by),
            entry.objectives,
        )

    def section(self, name: str) -> Sequence[str]:
        """See `bot.core.Knowledge`."""
        return self._library.sections.get(name, ())

    def words(self, slug: str, language: str) -> Sequence[Passage]:
        """See `bot.core.Knowledge`."""
        entry = self._library.entries.get(slug)
        cited = self._official.cited(entry.sources, language) if entry else ()
        return [self._passage(found, language) for found in cited]

    def _passage(self, found: Found, language: str) -> Passage:
        citation, passage = found
        return Passage(self._source(citation, language), language, passage.text)

    def _source(self, citation: Citation, language: str) -> Source:
        _ = self._languages.translator(language).gettext
        document = self._library.documents[citation.document]
        label = document.name
        if citation.paragraph:
            label = _("{document}, para. {paragraph}", document=document.name, paragraph=citation.paragraph)
        return Source(document.key, citation.paragraph, label, document.url.replace("{language}", language))


_WITH_ARTICLE = (FindingKind.ANSWER, FindingKind.URGENT, FindingKind.REFERRAL)
_NEEDS_ARTICLE = (FindingKind.ANSWER, FindingKind.CHOICES)


def _choices(decision: Decision) -> tuple[str, ...]:
    """The articles that are offered; beside an answer that is not sure, the others."""
    if decision.kind is FindingKind.ANSWER:
        return () if decision.sure else decision.articles[1:]
    return () if decision.kind is FindingKind.GREETING else decision.articles


def index_path(data_folder: Path) -> Path:
    """Where this machine keeps the index it made."""
    return data_folder / "index.npz"


def shipped_index_path(locales: Path) -> Path:
    """The index that comes with the articles; made by `compact-bot articles index`."""
    return locales / "index.npz"
