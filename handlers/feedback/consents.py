"""What the person agrees to: each consent by itself, none taken for granted."""

from dataclasses import replace

from bot.core import LABELS, Consent, Draft, NotAChoice, Reply, Turn
from handlers.feedback.flow import Question, answered, button


def offered(draft: Draft) -> list[Consent]:
    """Those that make sense: sensitive feedback is quoted nowhere, and a name needs to have been given."""
    if draft.record.sensitive:
        return [Consent.CONTACT]
    by_name = [Consent.QUOTE_BY_NAME] if draft.record.organization else []
    return [Consent.CONTACT, Consent.QUOTE, *by_name]


def _ask(turn: Turn, draft: Draft) -> Reply:
    _ = turn.gettext
    toggles = []
    for consent in offered(draft):
        is_given = consent in draft.record.consents
        label = f"{'☑' if is_given else '☐'} {_(LABELS[consent])}"
        toggles.append(button("consents", f"{'-' if is_given else '+'}{consent}", label))
    return Reply(
        _("What do you agree to? Tap what is right for you, or nothing. You can take each of these back later."),
        choices=(*toggles, button("consents", "done", _("Go on"))),
    )


async def _take(_turn: Turn, draft: Draft, said: str, tapped: bool) -> Draft:
    if tapped and said == "done":
        return answered(draft, "consents")
    sign, value = said[:1], said[1:]
    if not tapped or sign not in "+-" or value not in offered(draft):
        raise NotAChoice
    consent = Consent(value)
    without = draft.record.consents - {consent}
    consents = without if sign == "-" else without | {consent}
    return replace(draft, record=replace(draft.record, consents=consents))


QUESTION = Question("consents", 6, _ask, _take, lambda _draft: True)
