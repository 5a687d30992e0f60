"""Tables to fill in, in each language: as CSV, and as XLSX with lists to choose from and an explanation of every code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core import (
    LABELS,
    N_,
    OBJECTIVES,
    Countries,
    FeedbackType,
    Knowledge,
    MigrationStatus,
    SpeakingFor,
    StakeholderGroup,
    Translator,
)
from bot.intake.entry import TITLES, Entry
from bot.intake.pages import objective_title
from bot.intake.vocabulary import CODED, EXAMPLE_TEXT, NO, YES, YES_OR_NO
from bot.tables import write_csv, write_xlsx

_EXAMPLE_PEOPLE = "12"
_EXAMPLE_COUNTRY, _EXAMPLE_REGION = "IT", "IT-82"
_EXAMPLE_OBJECTIVES = "20; 15"

HOW_OBJECTIVES = N_("Part several objectives with a semicolon, such as 20; 15.")
HOW_EXAMPLE = N_("The example row is left out as long as its text is not changed.")


@dataclass(frozen=True, slots=True)
class Templates:
    """Makes the tables."""

    countries: Countries
    knowledge: Knowledge

    def csv(self, own: Translator) -> bytes:
        return write_csv(_rows(self._example(own), own))

    def xlsx(self, own: Translator) -> bytes:
        _ = own.gettext
        lists: dict[int, Sequence[str]] = {}
        for column, name in enumerate(TITLES, start=1):
            if name in YES_OR_NO:
                lists[column] = [_(YES), _(NO)]
            elif name in CODED and name != "resources":
                lists[column] = [_(LABELS[code]) for code in CODED[name]]
        sheets = {
            _("Feedback to hand in"): _rows(self._example(own), own),
            _("Explanations"): list(self._explanations(own)),
        }
        return write_xlsx(sheets, lists=lists, right_to_left=own.language.direction == "rtl")

    def _example(self, own: Translator) -> dict[str, str]:
        _ = own.gettext
        chosen: dict[str, StrEnum] = {
            "stakeholder_group": StakeholderGroup.MIGRANT,
            "speaking_for": SpeakingFor.GROUP,
            "feedback_type": FeedbackType.CONCERN,
            "migration_status": MigrationStatus.REGULAR,
        }
        return {
            "text": _(EXAMPLE_TEXT),
            "language": own.language.code,
            "people": _EXAMPLE_PEOPLE,
            "country": self.countries.name(_EXAMPLE_COUNTRY, own.language.code),
            "region": _EXAMPLE_REGION,
            "objectives": _EXAMPLE_OBJECTIVES,
            **{name: _(LABELS[code]) for name, code in chosen.items()},
            **{name: _(NO) for name in YES_OR_NO},
            "consent_keep": _(YES),
        }

    def _explanations(self, own: Translator) -> Iterator[Sequence[str]]:
        """Every column, then every code with its label."""
        _ = own.gettext
        yield _("Column"), _("Code"), _("Meaning")
        for name, each in Entry.model_fields.items():
            yield _(TITLES[name]), name, _(str(each.description))
        yield "", "", _(HOW_OBJECTIVES)
        yield "", "", _(HOW_EXAMPLE)
        for name, kind in CODED.items():
            yield from ((_(TITLES[name]), code.value, _(LABELS[code])) for code in kind)
        title = TITLES["objectives"]
        for number in OBJECTIVES:
            yield _(title), str(number), objective_title(number, self.knowledge, own.language.code)


def _rows(example: dict[str, str], own: Translator) -> list[Sequence[str]]:
    return [[own.gettext(title) for title in TITLES.values()], [example.get(name, "") for name in TITLES]]
