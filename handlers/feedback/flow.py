"""How the questions hang together: which is next, going back, changing an answer, asking something in the middle.

Every button carries the question that it answers (`/f country IT`), so that it works whenever it is tapped; what is
typed answers the question that the draft waits at.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.core import Choice, Draft, NotAChoice, Reply, Step, Turn

STAGES = 6
"""Steps that people see counted; a step may have several questions."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `take` gets a button's value or what was typed, and which of them it is; it raises NotAChoice if
    that is no answer.

    `fits` tells whether a draft needs it at all. One that is `optional` is asked only if the person wants it.
    `stage` is the step that it counts as, 0 for none.
    """

    name: str
    stage: int
    ask: Callable[[Turn, Draft], Reply]
    take: Callable[[Turn, Draft, str, bool], Awaitable[Draft]]
    fits: Callable[[Draft], bool]
    optional: bool = False


class Flow:
    """The questions in their order. `review` shows the card at the end; `step` takes what is typed."""

    def __init__(self, questions: Sequence[Question], review: Callable[[Turn, Draft], Reply]) -> None:
        self._questions = {question.name: question for question in questions}
        self._review = review
        self.step: Step | None = None

    def has(self, name: str) -> bool:
        return name in self._questions

    async def take(self, turn: Turn, draft: Draft, name: str, said: str, *, tapped: bool) -> Draft:
        """The draft with this answer in it, at the question that comes next.

        Raises:
            NotAChoice: it is no answer to that question.
        """
        question = self._questions[name]
        if not question.fits(draft):
            raise NotAChoice
        taken = await question.take(turn, draft, said, tapped)
        if taken.at != draft.at or name not in taken.answered:
            return taken  # it has something to ask about this answer, or waits for more
        return taken if name != draft.at else replace(taken, at=self._next(taken))

    def _next(self, draft: Draft) -> str:
        """The first question without an answer; none before the review."""
        open_ones = (each for each in self._questions.values() if not each.optional and each.fits(draft))
        return next((each.name for each in open_ones if each.name not in draft.answered), "")

    def back(self, draft: Draft) -> Draft:
        """At the question before; at the first one, the same."""
        names = [each.name for each in self._questions.values() if not each.optional and each.fits(draft)]
        position = names.index(draft.at) if draft.at in names else len(names)
        return replace(draft, at=names[max(position - 1, 0)])

    def reopened(self, draft: Draft, name: str) -> Draft:
        """At a question that the person wants to answer again."""
        if name not in self._questions or not self._questions[name].fits(draft):
            raise NotAChoice
        return replace(draft, at=name)

    def changeable(self, draft: Draft) -> list[str]:
        """Names of the questions whose answers can be changed."""
        return [each.name for each in self._questions.values() if each.fits(draft)]

    def ask(self, turn: Turn, draft: Draft) -> Reply:
        """The question that the draft waits at, or the review, with the ways out."""
        if not draft.at:
            return replace(self._review(turn, draft), next=self.step)
        _ = turn.gettext
        question = self._questions[draft.at]
        reply = question.ask(turn, draft)
        title = reply.title
        if question.stage:
            title = _("Step {number} of {all}", number=question.stage, all=STAGES)
        ways = [Choice("/f cancel", _("Cancel"))]
        if self.back(draft).at != draft.at:
            ways.insert(0, Choice("/f back", _("« Back")))
        return replace(reply, title=title, choices=(*reply.choices, *ways), next=self.step)


def button(name: str, value: str, label: str) -> Choice:
    """A button that answers this question, whenever it is tapped."""
    return Choice(f"/f {name} {value}", label)


def answered(draft: Draft, name: str) -> Draft:
    """The draft with this question done."""
    return replace(draft, answered=draft.answered | {name})
