"""Numbers that say nothing about who somebody is: money, counts, years, and symbols of documents."""

import re

from bot.privacy.reading import any_of

_YEAR = r"(?:19[4-9]|20[0-3])\d"
_OTHER_YEAR = r"(?:1[3-9]|2[05])\d\d"  # of other calendars too
_HOUR = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
_ORGAN = r"(?:A|S|E|ST|T|DP|CRC|CMW|CCPR|CEDAW|CERD|CAT|CED|CRPD|HRI|UNEP|UNCTAD|TD|LC)"
_OF_SYMBOL = r"[A-Z][A-Za-z]{0,7}(?:\.\d{1,4}){0,2}"
_SESSION = r"(?:[1-9]\d|(?:19|20)\d\d)(?=/)"
_SYMBOL = rf"{_ORGAN}/(?:{_SESSION}|{_OF_SYMBOL})(?:[/.-](?:\d{{1,4}}|{_OF_SYMBOL})){{0,5}}"
_ACT = r"(?:19|20)\d\d/\d{1,4}/(?:EC|EU|EEC|CE|UE|EG|EWG|JHA)"
_SPAN = rf"{_OTHER_YEAR}[-/](?:{_OTHER_YEAR}|\d\d)|{_YEAR}(?:[ /-]{_YEAR}){{1,7}}|{_HOUR}-{_HOUR}"
PLAIN = re.compile(rf"(?<![A-Za-z\d+/.-])(?:{_SYMBOL}|{_ACT}|(?<!\d )(?:{_SPAN})(?! \d))(?![A-Za-z\d/]|[.-]\d)")
"""Symbols of United Nations documents, acts of the European Union, spans of years, hours with a full stop."""

_AMOUNT = r"(?!0\d)(?:\d{1,3}(?:[ .]\d{3}){1,4}|\d{1,12})(?:\.\d{1,2})?"
_AMOUNTS = re.compile(rf"{_AMOUNT}(?:-{_AMOUNT})?")
_MANY = any_of("""
    mio mln million millones milhoes milioni lakh lac crore thousand hundred mil mille mila тыс тысяч млн ألف الف مليون
    هزار میلیون ملیون لاکھ ہزار हजार लाख হাজার লাখ trieu nghin ngan juta ribu bin milyon 万 萬 亿 億 千
""")
_CURRENCY = any_of(r"""
    eur euros?\w{0,3} usd dollars? dolar\w{0,4} doolar pounds? gbp sterling francs? franken franchi chf cfa xof xaf fcfa
    dinars? dinares dirhams? aed dhs? riyals? rials? riyales sar qar omr kwd bhd jod tomans? rupees? rupiah rupias? rp
    rs inr pkr npr lkr idr takas? tk bdt naira ngn cedis? ghs shillings? shilingi kes ksh ugx tzs birr etb liras?
    lira\w{1,3} tl pesos? piso php mxn soles quetzales lempiras? reais brl bolivares baht thb dong đong đ vnd ringgit
    rm myr kyats? mmk yuan rmb cny won krw yen jpy rubles? roubles? rub hryvnias? uah somoni tenge kzt zlotys? pln
    kronor kroner sek nok dkk руб\w{0,4} р доллар\w{0,3} евро сум сумов сом сомов сома тенге сомони гривн\w{0,2}
    гривен грн ريال\w{0,2} درهم\w{0,2} دراهم دينار\w{0,2} دنانير ليرة ليره جنيه\w{0,2} دولار\w{0,2} يورو روبية تومان
    ریال دلار یورو لیره روپیه روپے روپئے افغانی افغاني रुपये रुपए रुपया रुपैयाँ रुपियाँ रू रु টাকা টাকার ብር km kg %
""")
_CURRENCY_WITHOUT_BLANKS = any_of(
    "元 块 塊 圆 圓 円 원 人民币 人民幣 美元 美金 欧元 歐元 港币 港幣 卢布 日元 บาท ကျပ် រៀល 公里"
)
_MONEY_AFTER = re.compile(
    rf"(?:,\d{{1,2}}(?!\d))?(?:[.,]?-{{1,2}}|/-)? ?(?:{_MANY}\.? ?)?"
    rf"(?:[A-Za-z]{{0,3}}\$|{_CURRENCY}(?![^\W\d_])|{_CURRENCY_WITHOUT_BLANKS})"
)
_MONEY_BEFORE = re.compile(rf"(?:\$|(?<![^\W\d_]){_CURRENCY}|{_CURRENCY_WITHOUT_BLANKS})[.:-]? ?\Z")

_LABEL = any_of(r"""
    passport visa permit case file card licen[cs]e account acct id no[.:º°] n[º°] nr num number numero ref reference
    code pin phone tel call mobile whatsapp pasaporte expediente dossier passeport matricule pasaport pasaportum dosya
    numara\w{0,3} nomor paspor aktenzeichen konto reisepass ausweis passaporto processo паспорт\w{0,2} дел[оауе]
    номер\w{0,2} счет\w{0,2} тел телефон رقم\w{0,2} جواز\w{0,2} ملف\w{0,2} هاتف شماره پاسپورت پرونده نمبر नंबर नम्बर नं
    পাসপোর্ট নম্বর নাম্বার নং
""")
_LABEL_WITHOUT_BLANKS = any_of("# № 护照 護照 号码 號碼 编号 編號 案号 证号 电话 電話 หมายเลข เลขที่ เบอร์ နံပါတ် အမှတ်")
_LABELLED = re.compile(
    rf"(?:(?<![^\W\d_]){_LABEL}|{_LABEL_WITHOUT_BLANKS})"
    r"(?:[^\w\n$\ufffe\uffff]{0,3}(?i:is|no|nr|number|es|ist|est|de|है|是))?[^\w\n$\ufffe\uffff]{0,4}\Z"
)

_AFTER_COMMA = re.compile(r"(?<=\d,)\d{3}\.\d{1,2}")
_FEW_GROUPS = re.compile(r"[1-9]\d{0,2}([ .])\d{3}(?:\1\d{3})?")
_ROUND = re.compile(
    r"[1-9]\d{1,2}000|[1-9]\d?000000|[1-9]\d{0,2}[ .]\d00|[1-9]\d?([ .])\d{3}\1(?:000)|[1-9]\d\d([ .])000\2(?:000)"
)
# Not three letters that a number may begin with: counts in a row would fall one by one.
_WORD_AFTER = re.compile(r" (?:[^\W\d_]{4}|[^\W\d_A-Za-z]|[a-z]{2,3}(?![\w-]))")
_DATED = re.compile(
    rf"[5-9]\d/\d{{1,3}}|[A-Za-z]{{0,3}}\d{{1,2}} {_YEAR}|\d{{1,2}}[./-]{_YEAR}|{_YEAR} \d{{1,2}}[A-Za-z]{{0,12}}"
)
_SEEN_BEFORE, _SEEN_AFTER = 30, 30


def is_money(folded: str, digits: tuple[int, int], token: tuple[int, int]) -> bool:
    """Whether these digits are an amount with a currency next to it, or a weight, a way or a share.

    `token` reaches from the first to the last of the letters that are written together with them: they have to be
    the currency.
    """
    start, end = digits
    if not _AMOUNTS.fullmatch(folded, start, end):
        return False
    before = _MONEY_BEFORE.search(folded[max(0, start - _SEEN_BEFORE) : start])
    after = _MONEY_AFTER.match(folded, end, end + _SEEN_AFTER)
    if (token[0] < start and not before) or (token[1] > end and not (after and after.end() >= token[1])):
        return False
    return bool(before or after)


def is_count(folded: str, start: int, end: int) -> bool:
    """Whether the digits there count something: round, in groups of three and followed by what is counted, or with
    commas and a fraction.
    """
    if _ROUND.fullmatch(folded, start, end) or _AFTER_COMMA.fullmatch(folded, start, end):
        return True
    is_short = end - start <= len("123 456")
    return is_short and bool(_FEW_GROUPS.fullmatch(folded, start, end) and _WORD_AFTER.match(folded, end))


def is_dated(match: re.Match[str]) -> bool:
    """Whether it is a year with its month or day or the word beside it, or a resolution of the General Assembly."""
    return bool(_DATED.fullmatch(match[0]))


def is_labelled(folded: str, start: int) -> bool:
    """Whether it is called the number of something, such as a passport, a case or a telephone."""
    return bool(_LABELLED.search(folded[max(0, start - _SEEN_BEFORE) : start]))
