"""The exact words of an official document: for an article, or where there is no article."""

from bot.core import Choice, Finding, Passage, Reply, Topic, Turn
from handlers.browse import all_topics

topic = Topic("words")

MOST_CHARACTERS = 3000
MOST_PASSAGES = 3


@topic.command("words")
async def show_words(turn: Turn) -> list[Reply]:
    """`/words detention`: the passages that the article cites, each as the document has it."""
    passages = turn.knowledge.words(turn.argument, turn.language)
    if not passages:
        back = Choice(f"/open {turn.argument}", turn.knowledge.article(turn.argument, turn.language).title)
        return [Reply(turn.gettext("I do not have the official text of this in your language."), choices=(back,))]
    return [_quoted(passage) for passage in passages[:MOST_PASSAGES]]


def offer_words(turn: Turn, finding: Finding) -> list[Reply]:
    """Where no article fits but official words do: they are offered as what they are."""
    return [
        Reply(
            turn.gettext("I have no answer to this. These are words of the official text that may have to do with it:"),
            choices=(all_topics(turn),),
        ),
        *(_quoted(passage) for passage in finding.passages),
    ]


def _quoted(passage: Passage) -> Reply:
    return Reply(
        passage.quotation(MOST_CHARACTERS),
        title=passage.source.label,
        sources=(passage.source,),
        language=passage.language,
    )
