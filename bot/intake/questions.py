"""What the form asks and how it shows the answers: choices, titles, and the answers read over."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.core import (
    LABELS,
    OBJECTIVES,
    AgeBand,
    Consent,
    Countries,
    FeedbackType,
    Gender,
    Knowledge,
    MigrationStatus,
    Record,
    Resource,
    SpeakingFor,
    StakeholderGroup,
    Translator,
)
from bot.intake.entry import TITLES
from bot.intake.pages import objective_title, options

Titled = Sequence[tuple[str, str]]

_NOT_SAID = (
    StakeholderGroup.NOT_SAID,
    FeedbackType.NOT_SAID,
    AgeBand.NOT_SAID,
    Gender.NOT_SAID,
    MigrationStatus.NOT_SAID,
)


class Questions:
    """The questions in the reader's language. `suggested` are codes of the countries to choose from."""

    def __init__(self, knowledge: Knowledge, countries: Countries, suggested: Sequence[str]) -> None:
        self._knowledge = knowledge
        self._countries = countries
        self._suggested = suggested
        self._country_names: dict[str, Sequence[str]] = {}

    def choices(self, own: Translator) -> dict[str, object]:
        """What can be chosen, by the name that the template has for it."""
        return {
            "groups": options(StakeholderGroup, own),
            "speaking": options(SpeakingFor, own),
            "types": options(FeedbackType, own),
            "resources": options(Resource, own),
            "ages": options(AgeBand, own),
            "genders": options(Gender, own),
            "consents": dict(options(Consent, own)),
            "statuses": options(MigrationStatus, own),
            "countries": self._names(own.language.code),
        }

    def objectives(self, first: Iterable[int], own: Translator) -> tuple[Titled, Titled]:
        """Number and title of these, and of all the others."""
        front = list(first)
        others = [each for each in OBJECTIVES if each not in front]
        return self._titled(front, own), self._titled(others, own)

    def answers(self, record: Record, own: Translator) -> list[tuple[str, list[str]]]:
        """What was answered under each question, but for the text, the objectives and what was not said."""
        codes: dict[str, Sequence[StrEnum]] = {
            "stakeholder_group": [record.group],
            "speaking_for": [record.speaking_for],
            "feedback_type": [record.feedback_type],
            "resources": record.resources,
            "age": [record.age],
            "gender": [record.gender],
            "migration_status": [record.migration_status],
        }
        region = self._countries.region(record.region) if record.region else None
        said = {
            **{
                name: [own.gettext(LABELS[each]) for each in given if each not in _NOT_SAID]
                for name, given in codes.items()
            },
            "organization": [record.organization],
            "people": [str(record.people or "")],
            "country": [self._countries.name(record.country, own.language.code) if record.country else ""],
            "region": [region.name if region else ""],
            "consultation": [record.consultation],
        }
        return [(own.gettext(TITLES[name]), said[name]) for name in TITLES if any(said.get(name, ()))]

    def consents(self, record: Record, own: Translator) -> Sequence[str]:
        return [own.gettext(LABELS[each]) for each in Consent if each in record.consents]

    def _titled(self, numbers: Iterable[int], own: Translator) -> Titled:
        return [(str(each), objective_title(each, self._knowledge, own.language.code)) for each in numbers]

    def _names(self, language: str) -> Sequence[str]:
        if language not in self._country_names:
            names = (self._countries.name(code, language) for code in self._suggested)
            self._country_names[language] = sorted(names, key=str.casefold)
        return self._country_names[language]
