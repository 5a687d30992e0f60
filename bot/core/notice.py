"""The privacy notice: what is stored, why, how long, who reads it; made from the settings and the schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Part:
    """One class of what is stored. The texts are English, for `gettext`; `values` fill their placeholders.

    `columns` are its columns as `table.column`. `about_people` tells it from what leads to nobody.
    """

    title: str
    what: str
    why: str
    kept: str
    readers: str
    columns: frozenset[str]
    about_people: bool = True
    values: Mapping[str, object] = field(default_factory=dict)


class Notice(Protocol):
    """The notice of the running configuration."""

    def parts(self) -> Sequence[Part]:
        """Every class, those about people first."""

    def channels(self) -> Sequence[str]:
        """What others than the operator see of it, such as Telegram: English texts for `gettext`."""
