"""The lists of codes that programs ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.core import LABELS, OBJECTIVES, Knowledge, Languages, Status, Translator, WorkingGroups
from bot.intake.models import Code, Codes
from bot.intake.pages import objective_title
from bot.intake.vocabulary import CODED


@dataclass(frozen=True, slots=True)
class CodeLists:
    """Makes the lists in a language. Countries and regions are those of ISO 3166 and not listed."""

    languages: Languages
    knowledge: Knowledge
    groups: WorkingGroups

    def lists(self, own: Translator) -> Codes:
        reader = own.language.code
        known = self.languages.understood()
        return Codes(
            language=reader,
            fields={
                **{name: _labels(kind, own) for name, kind in CODED.items()},
                "objectives": tuple(
                    Code(code=str(number), label=objective_title(number, self.knowledge, reader))
                    for number in OBJECTIVES
                ),
                "language": tuple(Code(code=each.code, label=self.languages.name(each.code, reader)) for each in known),
            },
            status=_labels(Status, own),
            working_groups=tuple(Code(code=each.id, label=each.name(reader)) for each in self.groups.all()),
        )


def _labels(codes: Iterable[StrEnum], own: Translator) -> tuple[Code, ...]:
    return tuple(Code(code=code.value, label=own.gettext(LABELS[code])) for code in codes)
