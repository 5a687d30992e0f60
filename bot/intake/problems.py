"""What can be wrong with an entry, in whole sentences; none of them repeats what the person wrote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from bot.core import MOST_PEOPLE, N_, OBJECTIVES

_FIELD_NAME = re.compile(r"[a-z_]{1,40}")

Value = TypeVar("Value")

_NEEDED = N_("{field}: please fill this in.")
_WRONG = N_("{field}: this is not the kind of value that belongs here.")
_NUMBER = N_("{field}: please give a whole number from {least} to {most}.")
_CODE = N_("{field}: this is none of the known values.")

_NO_CONSENT = N_("{field}: nothing is stored without this consent.")
_CODES = {
    "country": N_("{field}: this country is not known or not clear. Please give its code of two letters, such as IT."),
    "region": N_("{field}: this region is not known. Please give its code, such as IT-82."),
    "language": N_("{field}: this language is not known. Please give its code, such as ar."),
}

# By what pydantic, or a check above, calls the error.
_SENTENCES = {
    "missing": _NEEDED,
    "string_too_short": _NEEDED,
    "string_too_long": N_("{field}: this is too long, at most {most} characters are taken."),
    "too_long": N_("{field}: at most {most} are taken."),
    "int_type": _NUMBER,
    "greater_than_equal": _NUMBER,
    "less_than_equal": _NUMBER,
    "less_than": _NUMBER,
    "bool_type": N_("{field}: please say yes or no."),
    "enum": _CODE,
    "unknown_code": _CODE,
    "extra_forbidden": N_("{field}: there is no such field."),
    "twice": N_("{field}: each can be named only once."),
    "speaker_needed": N_("{field}: please name the organization that is speaking."),
    "organization_needed": N_("{field}: please give the name of the organization too."),
    "group_only": N_("{field}: this can be given only where a group is speaking."),
    "offer_only": N_("{field}: this can be given only with an offer of resources."),
    "other_country": N_("{field}: this is no part of the country that is given."),
    "short_name": N_("{field}: only small letters a to z, digits and hyphens are taken."),
}
_RANGES = {"people": (0, MOST_PEOPLE), "objectives": (OBJECTIVES.start, OBJECTIVES.stop - 1)}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in English for `gettext`; `values` are for its placeholders beside `{field}`.

    `field` is the name in `Entry`. None of it is what the person wrote.
    """

    field: str
    text: str
    values: Mapping[str, object]


def problems(error: ValidationError) -> list[Problem]:
    """What is wrong, each thing once, in the order of the fields."""
    found = {}
    for each in error.errors(include_url=False, include_input=False):
        name = str(each["loc"][0]) if each["loc"] else ""
        problem = Problem(
            name if _FIELD_NAME.fullmatch(name) else "?",
            _sentence(name, each["type"]),
            _values(name, each.get("ctx", {})),
        )
        found[problem.field, problem.text] = problem
    return list(found.values())


def _sentence(name: str, kind: str) -> str:
    if name == "consent_keep":
        return _NO_CONSENT
    if kind == "unknown_code":
        return _CODES.get(name, _CODE)
    return _SENTENCES.get(kind, _WRONG)


def _values(name: str, context: Mapping[str, object]) -> Mapping[str, object]:
    if name in _RANGES and "max_length" not in context:
        least, most = _RANGES[name]
        return {"least": least, "most": most}
    return {"most": context["max_length"]} if "max_length" in context else {}


def unless(fine: bool, kind: str, value: Value) -> Value:
    """The value if it is fine. Otherwise pydantic is told of an error of this kind, one of `_SENTENCES`."""
    if not fine:
        raise PydanticCustomError(kind, "{kind}", {"kind": kind})
    return value
