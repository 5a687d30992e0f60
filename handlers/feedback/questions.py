"""All questions, in the order in which they are asked."""

from handlers.feedback import choices, consents, files, names, objectives, review, text
from handlers.feedback.flow import Flow

QUESTIONS = (
    text.TEXT,
    text.SENSITIVE,
    text.POINTS,
    objectives.QUESTION,
    choices.GROUP,
    choices.SPEAKING,
    names.ORGANIZATION,
    names.PEOPLE,
    names.COUNTRY,
    names.REGION,
    choices.TYPE,
    choices.RESOURCES,
    consents.QUESTION,
    choices.AGE,
    choices.GENDER,
    choices.STATUS,
    files.QUESTION,
)
FLOW = Flow(QUESTIONS, review.show)
