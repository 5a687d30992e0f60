"""What is taken out of texts before they are looked at, and codes as people write them."""

import re

# Characters that turn the order of what follows: Unicode UAX #9, explicit embeddings, overrides and isolates.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_NEW_LINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# ISO 639-1. Languages with three letters (ISO 639-3) are some 7,900: of those only the form is looked at.
_TWO_LETTERS = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO = frozenset(_TWO_LETTERS.split())
_THREE = re.compile("[a-z]{3}")


def words(value: object) -> object:
    """A text without what databases choke on and what turns the order of letters; anything else as it is."""
    if not isinstance(value, str):
        return value
    value = _NEW_LINE.sub("\n", value)
    return _HALF.sub("", _TURNING.sub("", _CONTROL.sub("", value))).strip()


def line(value: object) -> object:
    """The same in one line."""
    cleaned = words(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


def code(value: object) -> object:
    return value.lower() if isinstance(value := line(value), str) else value


def country_code(value: object) -> object:
    return value.upper() if isinstance(value := line(value), str) else value


def is_language(value: str) -> bool:
    return value in _TWO or _THREE.fullmatch(value) is not None
