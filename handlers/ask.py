"""Any other text is a question: find the article, offer some, or say that there is none."""

from bot.core import Finding, FindingKind, QuestionAsked, Reply, Topic, Translator, Turn
from handlers.article import article_reply
from handlers.everywhere import alarm, ask_which, decline, greet, refer, say_that_articles_are_missing
from handlers.language import offer_language
from handlers.words import offer_words

topic = Topic("ask")

_ANSWERED = (FindingKind.ANSWER, FindingKind.URGENT, FindingKind.REFERRAL)


@topic.text
async def answer(turn: Turn) -> list[Reply]:
    """The answer, and once a question about the language if the person wrote in another one."""
    finding = await turn.knowledge.find(turn.text, turn.language)
    turn.record(_asked(turn, finding))
    offer = None
    if finding.sure_of_language and _is_written(turn, finding.language):
        if finding.kind is not FindingKind.URGENT:
            offer = offer_language(turn, finding.language, finding.article)
        if not turn.conversation.language_chosen:
            turn.speak(finding.language)
    replies = replies_to(turn, finding)
    return replies if offer is None else [*replies, offer]


async def answer_in_the_middle(turn: Turn) -> list[Reply]:
    """The answer to a question that somebody asks amid something else; nothing if none is found."""
    finding = await turn.knowledge.find(turn.text, turn.language)
    if finding.kind not in _ANSWERED:
        return []
    turn.record(_asked(turn, finding))
    return replies_to(turn, finding)


async def alarms_about(turn: Turn, text: str) -> list[Reply]:
    """What is said first to a longer text that sounds like an emergency."""
    finding = await turn.knowledge.find(text, turn.language)
    return _alarms(turn, _own(turn, finding), finding, text)


def replies_to(turn: Turn, finding: Finding) -> list[Reply]:
    """What the bot says to what was found. Beside an answer that is not sure, others are offered."""
    own = _own(turn, finding)
    match finding.kind:
        case FindingKind.ANSWER:
            replies = [*_missing_articles(turn, own, finding.article), *_article(turn, finding)]
            if finding.choices:
                replies.append(ask_which(turn, own, finding.choices))
        case FindingKind.CHOICES:
            replies = [ask_which(turn, own, finding.choices)]
        case FindingKind.PASSAGE:
            replies = offer_words(turn, finding)
        case FindingKind.GREETING:
            replies = [greet(turn, own)]
        case FindingKind.URGENT:
            replies = [*_alarms(turn, own, finding, turn.text), *_article(turn, finding)]
        case FindingKind.REFERRAL:
            replies = [refer(turn, own), *_article(turn, finding)]
        case FindingKind.OUTSIDE:
            replies = [decline(turn, own, finding.choices)]
    return replies


def _article(turn: Turn, finding: Finding) -> list[Reply]:
    if not finding.article:
        return []
    return [article_reply(turn, finding.article, passing=finding.kind is FindingKind.URGENT)]


def _asked(turn: Turn, finding: Finding) -> QuestionAsked:
    """What is counted. Of a message from somebody in danger nothing is kept but the count."""
    if finding.kind is FindingKind.URGENT:
        return QuestionAsked(finding.language, finding.kind, article="", confidence=0.0)
    is_gap = finding.kind in (FindingKind.OUTSIDE, FindingKind.PASSAGE) and turn.service.keeps_words
    unanswered = turn.redact(turn.text) if is_gap else ""
    return QuestionAsked(finding.language, finding.kind, finding.article, finding.confidence, unanswered)


def _own(turn: Turn, finding: Finding) -> Translator:
    """Texts in the language of the message, where it is understood and no other was chosen that can be read."""
    understood = {language.code for language in turn.languages.understood()}
    if not finding.sure_of_language or finding.language not in understood:
        return turn.translator
    if _is_written(turn, finding.language) and finding.kind is not FindingKind.URGENT:
        return turn.translator
    return turn.languages.translator(finding.language)


def _missing_articles(turn: Turn, own: Translator, slug: str) -> list[Reply]:
    """Said once for each language."""
    language = own.language.code
    if _is_written(turn, language) or language in turn.conversation.asked_languages:
        return []
    turn.note_asked_language(language)
    return [say_that_articles_are_missing(turn, own, slug)]


def _alarms(turn: Turn, own: Translator, finding: Finding, text: str) -> list[Reply]:
    """The alarm, and once more in English if it may not be in the person's own language."""
    contacts = turn.service.contacts.named_in(text)
    alarms = [alarm(turn, own, contacts)]
    is_own = finding.sure_of_language and own.language.code == finding.language
    if not is_own and own.language.code != "en":
        alarms.append(alarm(turn, turn.languages.translator("en"), contacts))
    return alarms


def _is_written(turn: Turn, language: str) -> bool:
    return turn.languages.negotiate(language) == language
