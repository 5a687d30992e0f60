"""What can be talked about: one topic a file, and this one list of them."""

from handlers import about, article, ask, browse, help, language, rating, start, unexpected  # noqa: A004

TOPICS = (
    start.topic,
    browse.topic,
    language.topic,
    help.topic,
    about.topic,
    article.topic,
    rating.topic,
    unexpected.topic,
    ask.topic,
)
