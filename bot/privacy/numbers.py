"""Numbers that belong to one person: bank accounts, payment cards, telephones, documents and case files."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.amounts import is_count, is_dated, is_labelled, is_money
from bot.privacy.reading import Found, Kind, any_of

# Country and length of its account numbers: the IBAN registry, https://www.swift.com/standards/data-standards/iban
_ACCOUNTS = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
    FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
    LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24
    RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
"""
_ACCOUNT_LENGTHS = {each[:2]: int(each[2:]) for each in _ACCOUNTS.split()}
_ACCOUNT_START = re.compile(r"(?<![A-Za-z\d\ufffe\uffff])[A-Za-z]{2}(?=\d\d)")

_CARD_START = r"(?<![A-Za-z\d+\ufffe\uffff])(?<!\d[ -])(?!0)"
_PRINTED_CARD = re.compile(
    rf"{_CARD_START}\d{{4}}([ -]?)(?:\d{{4}}\1\d{{4}}\1\d{{4}}|\d{{6}}\1\d{{5}})"
    r"(?!\d|[ -]\d{1,3}(?![\d/]))"
)
_CARD = re.compile(rf"{_CARD_START}\d(?:[ -]?\d){{12,18}}(?![ -]?\d)")

_BETWEEN = r"(?:[ ()./-]{0,3}|,)"
_PHONE_START = r"(?<![A-Za-z\d\ufffe\uffff])(?<![A-Za-z\d][./-])(?<!\d )"
_NO_DATE = r"(?!\d{1,2}([./-])\d{1,2}\2\d{2,4}(?!\d))"
_PHONE = re.compile(
    rf"(?:\(?\+ ?\(?(?P<international>\d(?:{_BETWEEN}\d){{6,14}})(?!\d)"
    rf"|{_PHONE_START}(?:{_NO_DATE}\(?0\d(?:{_BETWEEN}\d){{6,15}}(?!\d)"
    r"|(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![ .-]?\d)"
    r"|8[ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d(?![ -]?\d)"
    r"|(?:86[ -]?)?1[3-9]\d{9}(?!\d)))"
    r"(?: ?(?:ext|доб|poste|interno|ramal)\.? ?\d{1,5}(?!\d))?"
)
_CALL = any_of(r"""
    call phone tel mobile cell whats_?app viber imo hotline telephone telefono celular llam[ae]\w{0,3} telefone ligue
    portable appel\w{0,3} telefon\w{0,3} handy звон\w{0,4} тел телефон\w{0,2} мобильн\w{0,3} ватсап هاتف\w{0,2}
    تلفون\w{0,2} جوال\w{0,2} موبايل اتصل\w{0,2} واتساب تماس تلفن موبایل فون फोन मोबाइल व्हाट्सएप ফোন মোবাইল telepon hp
    simu điện_thoại sđt ስልክ
""")
_CALL_WITHOUT_BLANKS = any_of("电话 電話 手机 手機 微信 拨打 โทร เบอร์ ဖုန်း")
_CALLED = re.compile(
    rf"(?:(?<![^\W\d_]){_CALL}(?![^\W\d_])|{_CALL_WITHOUT_BLANKS}\w{{0,4}})"
    r"[^\w\n\ufffe\uffff]{0,4}(?:[^\W\d_]{1,12}[^\w\n\ufffe\uffff]{1,3}){0,3}\Z"
)
_SEEN_BEFORE = 60
_MOST_PHONE_DIGITS = 15

# Five or more digits, also with letters before, or single signs between. Chinese and Thai put no blank before a number,
# so only Latin letters can be part of one.
_NEXT = r"(?:(?: {1,2}|[./-])?\d)"
_NUMBER = re.compile(
    rf"(?P<letters>(?<![A-Za-z])(?:[A-Za-z]{{1,3}}-?|[A-Z]{{1,3}} ))?(?P<digits>\d{_NEXT}{{4}}{_NEXT}*+)"
    r"[A-Za-z\d]*+(?:-[A-Z](?![A-Za-z\d]))?"
    r"|(?<![A-Za-z\d\ufffe\uffff])(?=(?:[A-Z]{0,6}\d){5})[A-Z\d]{7,15}(?![A-Za-z\d])"
)


def find_accounts(folded: str) -> Iterator[Found]:
    """Bank accounts by the length that their country has, and their two check digits (ISO 13616)."""
    at = 0
    for start in _ACCOUNT_START.finditer(folded):
        length = _ACCOUNT_LENGTHS.get(start[0].upper())
        match = _signs(length).match(folded, start.start()) if length and start.start() >= at else None
        if match and _is_account(re.sub(r"[ -]", "", match[0])):
            yield Found(match.start(), match.end(), Kind.ACCOUNT)
            at = match.end()


@lru_cache
def _signs(count: int) -> re.Pattern[str]:
    """So many signs in one piece or in fours; where all are digits, in groups of any size."""
    fours, rest = divmod(count - 4, 4)
    last = rf"[ -]?[A-Za-z\d]{{{rest}}}" if rest else ""
    return re.compile(
        rf"[A-Za-z]{{2}}\d\d(?:(?:[ -]?\d){{{count - 4}}}|(?:[ -]?[A-Za-z\d]{{4}}){{{fours}}}{last})(?![A-Za-z\d])"
    )


def _is_account(signs: str) -> bool:
    turned = signs[4:] + signs[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def find_grouped_cards(folded: str) -> Iterator[Found]:
    """Payment cards written as they are printed; behind them may stand further digits, such as the last month."""
    return _cards(folded, _PRINTED_CARD)


def find_cards(folded: str) -> Iterator[Found]:
    """Payment cards: 13 to 19 digits whose last is the right check digit (ISO/IEC 7812)."""
    return _cards(folded, _CARD)


def _cards(folded: str, pattern: re.Pattern[str]) -> Iterator[Found]:
    for match in pattern.finditer(folded):
        if _is_card([int(sign) for sign in match[0] if sign.isdecimal()]):
            yield Found(match.start(), match.end(), Kind.CARD)


def _is_card(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def find_phones(folded: str) -> Iterator[Found]:
    """Telephone numbers that look like one: with a plus or nought before, or parted as in China or North America."""
    for match in _PHONE.finditer(folded):
        digits = match.span("international")
        if not (match["international"] and is_money(folded, digits, digits)):
            yield Found(match.start(), match.end(), Kind.PHONE)


def find_numbers(folded: str) -> Iterator[Found]:
    """Whatever other number has five digits or more, unless it is plain that it is none of a person."""
    for match in _NUMBER.finditer(folded):
        if not (match["digits"] and _is_harmless(folded, match)):
            yield Found(match.start(), match.end(), _kind(folded, match))


def _is_harmless(folded: str, match: re.Match[str]) -> bool:
    start, end = match.span("digits")
    if is_labelled(folded, match.start()) or is_labelled(folded, start):
        return False
    if is_dated(match):
        return True
    first = start if (match["letters"] or " ").endswith(" ") else match.start()
    is_bare = (first, match.end()) == (start, end)
    return (is_bare and is_count(folded, start, end)) or is_money(folded, (start, end), (first, match.end()))


def _kind(folded: str, match: re.Match[str]) -> Kind:
    is_short = sum(map(str.isdecimal, match[0])) <= _MOST_PHONE_DIGITS
    before = folded[max(0, match.start() - _SEEN_BEFORE) : match.start()]
    return Kind.PHONE if is_short and not match["letters"] and _CALLED.search(before) else Kind.NUMBER
