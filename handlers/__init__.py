"""What can be talked about: one topic a file, and this one list of them."""

from handlers import about, article, ask, browse, contacts, help, language, rating, start, unexpected, words  # noqa: A004

TOPICS = (
    start.topic,
    browse.topic,
    language.topic,
    help.topic,
    about.topic,
    article.topic,
    words.topic,
    contacts.topic,
    rating.topic,
    unexpected.topic,
    ask.topic,
)
