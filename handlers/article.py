"""Showing an article: its text, its sources, what is related, and whether it helped."""

from bot.core import Choice, Rating, Reply, Topic, Turn

topic = Topic("article")

MOST_RELATED = 3


@topic.command("open")
async def open_article(turn: Turn) -> Reply:
    """`/open detention`: what every button with a title does."""
    return article_reply(turn, turn.argument)


def article_reply(turn: Turn, slug: str, *, passing: bool = False) -> Reply:
    """The article in the turn's language. A passing one is not kept, and not asked about.

    Raises:
        UnknownArticle: there is none of that name.
    """
    _ = turn.gettext
    article = turn.knowledge.article(slug, turn.language)
    notes = [_("Facts last checked on {date}.", date=turn.languages.date(article.checked, turn.language))]
    if article.goes_stale:
        notes.append(_("This may have changed since it was written: check the official source."))
    if not article.checked_by_speaker:
        notes.append(_("No native speaker has checked this translation yet."))
    ratings = (
        Choice(f"/useful {Rating.YES} {slug}", _("👍 Useful")),
        Choice(f"/useful {Rating.NO} {slug}", _("👎 Not useful")),
    )
    return Reply(
        article.text,
        title=article.title,
        sources=article.sources,
        note=" ".join(notes),
        choices=(
            *(
                [Choice(f"/words {slug}", _("Show the exact words"))]
                if turn.knowledge.words(slug, turn.language)
                else ()
            ),
            *article_choices(turn, article.related[:MOST_RELATED]),
            *(() if passing else (*ratings, _feedback(turn, slug))),
        ),
        passing=passing,
    )


def _feedback(turn: Turn, slug: str) -> Choice:
    """From an answer to feedback; or back to what was begun."""
    _ = turn.gettext
    if turn.draft is not None:
        return Choice("/f go", _("« Back to my feedback"))
    language = "" if turn.language == turn.conversation.language else turn.language
    return Choice(f"/feedback {slug} {language}".strip(), _("Is this happening where you are? Tell the working group"))


def article_choices(turn: Turn, slugs: tuple[str, ...]) -> tuple[Choice, ...]:
    """A button for each article, with its title."""
    titles = [(slug, turn.knowledge.article(slug, turn.language).title) for slug in slugs]
    return tuple(Choice(f"/open {slug}", title) for slug, title in titles)
