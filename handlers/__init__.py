"""What can be talked about: one topic a file, and this one list of them."""

from handlers import (
    about,
    article,
    ask,
    browse,
    contacts,
    help,  # noqa: A004
    language,
    number,
    personal,
    rating,
    record,
    start,
    unexpected,
    words,
)
from handlers.feedback import talk

TOPICS = (
    start.topic,
    browse.topic,
    talk.topic,
    record.topic,
    number.topic,
    language.topic,
    help.topic,
    about.topic,
    article.topic,
    words.topic,
    contacts.topic,
    rating.topic,
    personal.topic,
    unexpected.topic,
    ask.topic,
)
