"""Addresses of houses: what makes one in the languages that people write in.

A number and a word for street are not enough: "20 people on the street" and "road 66 to Europe" are none. There has to
be a name written like one, a word such as "house number", or another part of an address beside it. Where none of that
is there, an address stays; so do cities.
"""

import re

from bot.privacy.reading import Finder, Kind, any_of, finder, fold

# Words, of which any may stand where a form below names the list.
_WORDS = {
    "english": "street st road rd avenue ave lane ln boulevard blvd drive terrace crescent highway hwy",
    "english_before": "street st road rd avenue ave lane boulevard blvd",
    "paired": """house flat apartment apt villa bldg building block road street sector lane gali ward room floor plot
        phase door""",
    "dwell": "address live lives lived living stay stays stayed staying home house reside resides residing",
    "no_name": """on in of the at to from by with for and a an this that our my their every no along people persons
        migrants workers women men children families days years months weeks hours times km miles lane were are was is""",
    "romance": """calle carrera cra avenida av avda paseo plaza pasaje jiron rua travessa alameda estrada praca via
        viale corso piazza vicolo rue avenue boulevard bd chemin""",
    "french": "rue avenue av boulevard bd chemin impasse quai allee place passage route square ruelle",
    "grid": "calle cl carrera cra kra kr avenida av transversal diagonal",
    "vivo": "vivo vivimos direccion domicilio moro moramos endereco abito abitiamo indirizzo",
    "not_in_a_name": """et ou pour avec dans en sans sur qui que hace desde con por y e como sin donde porque casi unos
        durante mas hay para ha faz com sem quase mais da dal per senza quasi""",
    "little": "de du des la le les del los las el da do dos das di della dei delle degli san santa van von",
    "no_german_name": "der die das eine einer jede jeder keine unsere diese dieser auf an",
    "counted": "km kilometer stunden leute personen menschen tage jahre uhr meter people mal euro prozent",
    "turkish": "sokak sokagi sokagı sok sk cadde caddesi cad cd bulvari bulvarı",
    "jalan": "jalan jln jl gang gg",
    "vietnamese": "đuong pho ngo hem",
    "slavic": r"""улиц[аеуы] вулиц[яіюи] ул ulits[ay] ulic[aey] vul[iy]ts[iy]a prospekt проспект\w? переул\w{2,4}
        бульвар\w? шоссе набережн\w{2}""",
    "slavic_short": "ул вул пр просп пер пл бул ш наб",
    "slavic_house": "дом д буд будинок dom d",
    "arabic_house": "رقم بناية بنايه عمارة عماره مبنى منزل بيت شقة شقه دار",
    "hindi_house": "मकान गली घर फ्लैट प्लॉट বাড়ি বাসা রোড ফ্ল্যাট",
    "hindi_number": "नंबर नम्बर नं संख्या নম্বর নাম্বার নং",
    "box": r"""p\.?_?o\.?_?box post_office_box apartado apartado_postal apartado_de_correos caixa_postal casella_postale
        postfach posta_kutusu kotak_pos boite_postale а/я абонентский_ящик""",
    "part": """flat apt apartment unit suite room floor piso puerta apto apartamento dpto departamento casa int interior
        interno scala bloco kat daire d кв квартира корп корпус стр под подъезд этаж etage etg appt appartement bat
        batiment escalier wohnung شقة شقه طابق الطابق الدور واحد""",
    "may_follow": """in at near by and or calle rue rua via jl jalan ul ул soi en y e de di na em et a im und piso
        apto bis кв корп в и г д""",
}

# Pieces that the forms and one another are put together from. A year is no number of a house. Behind "end" no word goes
# on in small letters, unless it is one that may follow an address; what was taken out before may have been such a word:
# if it counted as none, a row of addresses would fall one by one, each in a round of its own.
_PIECES = {
    "capital": "A-ZА-ЯІЄҐØŁÆĐŒÞİ",
    "name": r"[{capital}][\w'’.-]{0,30}",
    "english_name": r"(?!{no_name}(?!\w)){name}",
    "any": r"[^\W\d_][\w'’-]{0,20}",
    "letters": r"[^\W\d_]{2,20}",
    "gap": r"[^\w\n\ufffe\uffff]{1,3}",
    "of": r"(?:{little}(?!\w) |[dlDL]['’]){0,3}",
    "house": r"(?!(?:19|20)\d\d(?!\d))\d{1,5}(?:(?:[A-Za-zа-яА-Я]| [A-Z])(?!\w))?(?:[/-]\d{1,4}[A-Za-z]?)?(?![\w%])",
    "end": r"(?! ?%)(?![ -]{1,2}\uffff)(?![ -]{1,2}(?!{may_follow}(?!\w))[a-zа-я])",
    "no_count": r"(?! ?(?:[%$]|{counted}(?!\w)))",
    "no": r"(?i:no|num|numero|nr|nomor|n)[.:º°]{0,2} ?",
    "plain_no": r"(?i:n[º°]|no\.|n\.|num|numero|nr)[.:]? ?",
    "pair": r"{paired}[.:]? ?(?:(?i:no|number)[.:]? ?|# ?)?(?:\d{1,4}[A-Za-z]?|[A-Z])(?!\w)",
    "postcode": r"(?:,? ?(?:[{capital}][\w-]{1,20},? ){0,2}(?:[A-Z]{2} )?{code}(?!\w))?",
    "code": r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} [A-Z]{2}|\d{4}-\d{3}"
    r"|(?:[A-Z]{1,2}-)?\d{5,6}(?:-\d{3,4})?|(?!20[12])\d{4}(?= [{capital}]))",
    "rest": r"(?:,? ?{part}[.:]{0,2} ?(?:{no}|# ?)?\d{1,4}[A-Za-z]?(?!\w)){0,4}{postcode}",
    "germanic": r"(?:gasse|chaussee|(?<![Vv])allee|laan|gracht|(?<!i)gade|vej|vagen|veien)",
    "thai_street": r"(?:ซอย|ถนน|ซ\.|ถ\.) ?[\u0e00-\u0e7f]{1,20}(?: ?\d{1,3})?",
    "han": r"[\u3400-\u9fff]",
    "place": r"(?![在于到是住的了我你他她条條]){han}",
    "chinese_number": r"(?:\d{1,5}|[〇零一二三四五六七八九十百]{1,6})",
}

_BOXES = (
    r"(?<!\w){box}(?: ?{no}| ?[:#])? ?\d{1,6}(?!\w)",
    r"(?<!\w)(?:B\.P\.|BP) ?\d{2,5}(?=,? [{capital}]|[,.\n]|\Z)(?! ?/)",
    r"(?<!\w)(?:ص ?\. ?ب|ص\.ب\.|صندوق (?:ال)?بريد|صندوق پستی)[. :]{0,2}(?:رقم ?)?\d{1,6}(?!\w)",
    r"(?:信箱|邮箱|郵箱) ?第?\d{1,6}[号號]?",
)
_NUMBER_FIRST = (
    r"(?<![\w./-])(?:{pair},? ){0,2}{house},? (?:(?:{english_name}|\d{1,3}(?:st|nd|rd|th)) ){1,4}{english}(?!\w)\.?{rest}",
    r"(?<!\w){dwell}{gap}(?:(?i:at|in|on|is){gap}){0,2}"
    r"(?P<thing>{house},? (?:(?!{no_name}(?!\w)){any} ){1,3}{english}(?!\w){rest})",
    r"(?<![\w./-]){house}(?: ?(?:bis|ter|quater)(?!\w))?,? {french}\.? {of}{name}(?:[ -]{name}){0,3}{rest}",
    r"(?<![\w./-]){house}(?: ?(?:bis|ter|quater)(?!\w))?,? (?i:rue|avenue|boulevard|bd)\.? "
    r"{of}(?!{not_in_a_name}(?!\w))[^\W\d_][\w'’-]{2,20}{rest}",
    r"(?<![\w./-])(?:(?i:so) )?{house},? {vietnamese} (?:{name} ?){1,4}{rest}",
    r"(?<!\w){house} شارع (?:{letters}(?: |\b)){1,2}",
    r"\d{1,4}(?:/\d{1,4})? ?(?:(?:หมู่ที่|หมู่|ม\.) ?\d{1,3} ?)?{thai_street}",
)
_STREET_FIRST = (
    r"(?<!\w)(?:{english_name} ){1,3}{english_before}\.?,? (?:(?i:no|house|number)[.:]? ?)?{house}{end}{rest}",
    r"(?<!\w)(?:{romance}[. ]{1,2}|(?i:c/) ?)(?:\d{1,2} de )?{of}{name}(?:[ -]{of}{name}){0,3}"
    r"(?:,? ?(?:{no}|# ?)|,? ){house}{end}{rest}",
    r"(?<!\w){romance}[. ]{1,2}(?:{any} ){1,5}?{plain_no}{house}{rest}",
    r"(?<!\w){vivo}(?: es| e)?[: ]{1,2}(?:(?:en|na|em|in|la|el|a)[ :]){0,3}"
    r"(?P<thing>{romance}\.? (?:(?!{not_in_a_name}(?!\w)){any},? ){1,4}{house}{end}{rest})",
    r"(?<!\w){grid}\.? ?\d{1,3}[A-Za-z]{0,2}(?: (?i:bis|sur|norte|este))? ?(?:#|{no}) ?"
    r"\d{1,3}[A-Za-z]? ?- ?\d{1,3}(?!\w){rest}",
    r"(?<![\w-])[^\W\d_][\w-]{1,40}?(?i:strasse|straße|str|straat|gatan)\.? ?{house}{no_count}{rest}",
    r"(?<![\w-])[{capital}][\w-]{1,40}?{germanic} {house}{no_count}{rest}",
    r"(?<![\w-])(?!{no_german_name}(?!\w)){name} (?:Stra(?:ss|ß)e|Str\.|utca) ?{house}{no_count}{rest}",
    r"(?<!\w)(?:{name} ){1,3}{house}(?=,? (?:[A-Z]{1,2}-)?\d{5} [{capital}]){rest}",
    r"(?<!\w)(?:[{capital}\d][\w.]{0,20} ){1,3}{turkish}\.?,? (?:{no})?{house}{end}{rest}",
    r"(?<!\w)(?:[\w.]{1,20} ){1,3}{turkish}\.?,? ?{no}{house}{rest}",
    r"(?<!\w){jalan}\.? (?:{name} ){1,4}(?:{no})?{house}{end}{rest}",
    r"(?<!\w){jalan}\.? (?:{any} ){1,4}{no}{house}{rest}",
    r"(?<!\w){slavic_short}\. ?(?:{any}\.? ?){1,3},? ?(?:{slavic_house}\.? ?)?{house}{end}{rest}",
    r"(?<!\w){slavic} (?:{name},? ){1,3}(?:{slavic_house}\.? ?)?{house}{end}{rest}",
    r"(?<!\w){slavic} (?:{any},? ){1,3}{slavic_house}\.? ?{house}{rest}",
    r"(?<!\w)(?:{name} ){1,2}(?i:ул\.|улица|вул\.|пр\.|проспект|пер\.),? ?(?:{slavic_house}\.? ?)?{house}{end}{rest}",
    r"(?<!\w)(?i:ul|al|os)\. ?(?:{name} ){1,3}{house}{end}{rest}",
    r"(?<!\w)(?:{house},? )?(?:{name} ){0,2}(?i:soi) \d{1,3}(?:/\d{1,3})?(?!\w){end}{postcode}",
    r"(?:ซอย|ซ\.) ?[\u0e00-\u0e7f]{0,20} ?\d{1,3}(?:/\d{1,3})?(?!\d)",
    r"(?<!\w)شارع (?:{letters}،? ){1,4}(?:{arabic_house}[ :]{0,2}){1,2}\d{1,4}(?!\w){rest}",
    r"(?<!\w)شارع \d{1,3}،? ?(?:{arabic_house}[ :]{0,2}){1,2}\d{1,4}(?!\w){rest}",
    r"(?<!\w)شارع (?:{letters}،? ){1,4}{house}(?= ?(?:[.،,؛\n]|\Z))",
    r"(?<!\w)(?:{arabic_house}[ :]{0,2}){1,2}\d{1,4}،? ?شارع (?:{letters}(?: |\b)){1,2}",
    r"(?<!\w)(?:(?:خیابان|کوچه|بلوار) (?:{letters}،? ?){1,4}){1,2}(?:پلاک|واحد|شماره) ?\d{1,4}(?!\w)",
    r"(?:(?:{place}){1,6}?[省市区區县縣镇鎮乡鄉]){0,4}(?:{place}){1,6}?(?:路|街|大道|巷|弄|道|胡同)"
    r"(?:{chinese_number}[段巷弄])?{chinese_number}(?:[-之]\d{1,3})?[号號](?!公路|线)(?:{han}{0,4}\d{1,5}(?:[层層楼樓室号號座栋棟]|单元|單元|号楼)){0,4}",
)
_HOUSE_ALONE = (
    r"(?<!\w){pair}(?:[, /-]{1,2}{pair}){1,5}{postcode}",
    r"(?<!\w){slavic_house}\.? ?{house},? ?(?i:кв|квартира)[.:]? ?\d{1,4}(?!\w)",
    r"(?<!\w)(?i:rt)[.:]? ?\d{1,3} ?[/,]? ?(?i:rw)[.:]? ?\d{1,3}(?!\w){postcode}",
    r"บ้านเลขที่ ?\d{1,4}(?:/\d{1,4})?(?: ?(?:หมู่ที่|หมู่|ม\.) ?\d{1,3})?(?: ?{thai_street}){0,2}",
    r"{hindi_house} ?{hindi_number}[.:-]{0,2} ?\d{1,4}(?:[/-]\d{1,4})?(?!\d)",
    r"(?<!\w)(?:مکان|گلی|سڑک|فلیٹ) ?نمبر[:.]? ?\d{1,4}(?:/\d{1,4})?(?!\d)",
    r"\d{1,4}(?:栋|棟|幢|号楼)(?:\d{1,2}(?:单元|單元))?\d{1,5}[室号號]",
)

_REFERENCE = re.compile(r"\{([a-z_]{2,20})\}")
"""Where a form names words or a piece. What repeats has digits between its braces."""


def _whole(form: str) -> str:
    """The form with words and pieces in the place of their names."""
    while _REFERENCE.search(form):
        form = _REFERENCE.sub(
            lambda name: any_of(_WORDS[name[1]]) if name[1] in _WORDS else fold(_PIECES[name[1]]), form
        )
    return form


PATTERNS = tuple(re.compile(_whole(fold(form))) for form in (*_BOXES, *_NUMBER_FIRST, *_STREET_FIRST, *_HOUSE_ALONE))
FINDERS: tuple[Finder, ...] = tuple(finder(pattern, Kind.ADDRESS) for pattern in PATTERNS)
"""Each finds addresses of one form."""
