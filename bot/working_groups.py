"""The operator's working groups: `working-groups.toml`, read and checked."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.core import OBJECTIVES, SECRETARIAT, OperatorError, WorkingGroup, WorkingGroups

LOCALES = Path(__file__).parent.parent / "locales"
SHIPPED = LOCALES / "working-groups.toml"
"""The groups that are used until an operator has a file of their own."""

_FORM = "docs/working-groups.md has the form."
_ENGLISH = "en"


def read_working_groups(path: Path) -> WorkingGroups:
    """The groups in this file, in its order.

    Raises:
        OperatorError: something in it is wrong or missing; the text names the group and the field.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("group", [])
    except (OSError, ValueError) as error:
        raise OperatorError(f"{path} cannot be read: {error}.") from error
    if not isinstance(tables, list):
        raise OperatorError(f"{path}: each group begins with a line [[group]]. {_FORM}")
    groups = [_group(table, number, path) for number, table in enumerate(tables, start=1)]
    _check_apart(groups, path)
    if SECRETARIAT not in {group.id for group in groups}:
        raise OperatorError(f"{path}: no group has the id {SECRETARIAT!r}; it gets what is no other group's. {_FORM}")
    return WorkingGroups(groups)


_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Objective = Annotated[int, Field(strict=True, ge=OBJECTIVES.start, lt=OBJECTIVES.stop)]


class _Table(BaseModel):
    """One `[[group]]` of the file."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern="^[a-z0-9-]{1,40}$")
    names: dict[str, _Name]
    objectives: tuple[_Objective, ...] = ()
    focal_points: tuple[_Name, ...] = ()
    languages: tuple[str, ...] = ()
    mark: Literal["found", "known"] = "found"

    @field_validator("names")
    @classmethod
    def _has_an_english_one(cls, names: dict[str, str]) -> dict[str, str]:
        if _ENGLISH not in names:
            raise ValueError(f"the English one (names.{_ENGLISH}) is missing")
        _check_languages(names)
        return names

    @field_validator("languages")
    @classmethod
    def _are_understood(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        _check_languages(languages)
        return languages


def _group(table: object, number: int, path: Path) -> WorkingGroup:
    try:
        row = _Table.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        what = ": ".join([*map(str, first["loc"]), first["msg"]])
        named = table.get("id", number) if isinstance(table, dict) else number
        raise OperatorError(f"{path}: group {named!r}: {what}. {_FORM}") from None
    return WorkingGroup(row.id, row.names, row.objectives, row.focal_points, row.languages, known=row.mark == "found")


def _check_apart(groups: Sequence[WorkingGroup], path: Path) -> None:
    """One group for each id, and for each objective at most one."""
    ids: set[str] = set()
    responsible: dict[int, str] = {}
    for group in groups:
        if group.id in ids:
            raise OperatorError(f"{path}: group {group.id!r}: id: another group has the same. {_FORM}")
        ids.add(group.id)
        for objective in group.objectives:
            if objective in responsible:
                raise OperatorError(
                    f"{path}: group {group.id!r}: objectives: {objective} is already one of group "
                    f"{responsible[objective]!r}. {_FORM}"
                )
            responsible[objective] = group.id


def _check_languages(codes: Iterable[str]) -> None:
    """Raises ValueError for a code that has no folder in `locales/`: the bot does not understand that language."""
    understood = {folder.name for folder in LOCALES.iterdir() if folder.is_dir()}
    for code in codes:
        if code not in understood:
            raise ValueError(f"{code!r} is no language that the bot understands")
