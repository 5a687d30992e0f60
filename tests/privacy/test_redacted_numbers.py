"""Which numbers are a person's, by what mark they go, and which ones stay."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import iban, luhn

from bot.privacy.redaction import Redactor

redact = Redactor()

_ACCOUNTS = """
    AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741 AT611904300234573201
    AZ21NABZ00000000137010001944 BA391290079401028494 BE68539007547034 BG80BNBG96611020345678 BH67BMAG00001299123456
    BR1800360305000010009795493C1 CH9300762011623852957 CY17002001280000001200527600 CZ6508000000192000145399
    DE89370400440532013000 DK5000400440116243 EE382200221020145685 EG380019000500000000263180002 ES9121000418450200051332
    FI2112345600000785 FR1420041010050500013M02606 GB29NWBK60161331926819 GR1601101250000000012300695
    HU42117730161111101800000000 IE29AIBK93115212345678 IQ98NBIQ850123456789012 IT60X0542811101000000123456
    JO94CBJO0010000000000131000302 KW81CBKU0000000000001234560101 KZ86125KZT5004100100 LB62099900000001001901229114
    MT84MALT011000012345MTLCAST001S NL91ABNA0417164300 NO9386011117947 PK36SCBL0000001123456702
    PL61109010140000071219812874 PT50000201231234567890154 QA58DOHB00001234567890ABCDEFG RO49AAAA1B31007593840000
    SA0380000000608010167519 SE4550000000058398257466 TN5910006035183598478831 TR330006100519786457841326
    UA213223130000026007233566001 XK051212012345678906
"""
ACCOUNTS = _ACCOUNTS.split()
ZEROS = "0٠۰०০၀๐០０"
HIDDEN = ["", "\u200b", "\u2060", "\ufeff", "\u200f", "\u202d", "\u2069", "\ufe0f\u20e3"]


@pytest.mark.parametrize(
    ("number", "mark"),
    [
        ("+49 30 901820", "[phone]"),
        ("+1 (212) 555-0100", "[phone]"),
        ("0171 2345678", "[phone]"),
        ("(030) 901820", "[phone]"),
        ("00249 91 234 5678", "[phone]"),
        ("13800138000", "[phone]"),
        ("212-555-0100", "[phone]"),
        ("8 (912) 345-67-89", "[phone]"),
        ("0912-345-678", "[phone]"),
        ("0912 345 678", "[phone]"),
        ("0912–345–678", "[phone]"),
        ("0912.345.678", "[phone]"),
        ("0912,345,678", "[phone]"),
        ("٠٧٧١٢٣٤٥٦٧٨", "[phone]"),
        ("+٩٦٤ ٧٧١ ٢٣٤ ٥٦٧٨", "[phone]"),
        ("۰۹۱۲۳۴۵۶۷۸۹", "[phone]"),
        ("०९८७६५४३२१०", "[phone]"),
        ("০১৭১২৩৪৫৬৭৮", "[phone]"),
        ("၀၉၄၂၀၁၂၃၄၅၆", "[phone]"),
        ("๐๘๑๒๓๔๕๖๗๘", "[phone]"),
        ("１３８００１３８０００", "[phone]"),
        ("٠١٧١\u200b٢٣٤\u2060٥٦٧٨", "[phone]"),
        ("AB1234567", "[number]"),
        ("E12345678", "[number]"),
        ("C-98765", "[number]"),
        ("DE 123456789", "[number]"),
        ("12345678X", "[number]"),
        ("12.345.678-Z", "[number]"),
        ("1 2 3 4 5 6", "[number]"),
        ("L01X00T471", "[number]"),
        ("35202-1234567-1", "[number]"),
        ("12345/2019", "[number]"),
        ("4111 1111 1111 1112", "[number]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[account]"),
        ("gb29 nwbk 6016 1331 9268 19", "[account]"),
        ("DE89 370400440532013000", "[account]"),
        ("4111 1111 1111 1111", "[card]"),
        ("3782 822463 10005", "[card]"),
        ("４１１１-１１１１-１１１１-１１１１", "[card]"),
    ],
)
@pytest.mark.parametrize("around", ["my number is {}, thanks", "{}", "号码是{}谢谢", "رقمي {} شكرا", "เลข{}ครับ"])
def test_numbers_go_by_their_kind(number: str, mark: str, around: str) -> None:
    assert redact(around.format(number)) == around.format(mark)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("12345 oder 67890, +49 30 901820", "[number] oder [number], [phone]"),
        ("call me on 555 1234 tonight", "call me on [phone] tonight"),
        ("whatsapp: 9876543210", "whatsapp: [phone]"),
        ("微信 98765432", "微信 [phone]"),
        ("phone +1 (212) 555-0100 ext. 5, case 45000", "phone [phone], case [number]"),
        ("4111 1111 1111 1111 12/26 123", "[card] [number]"),
        ("DE89 3704 0044 0532 0130 00 please", "[account] please"),
        ("passport number 250 000 and file no. 12 500", "passport number [number] and file no. [number]"),
        ("passport 123456 euro", "passport [number] euro"),
        ("AB-12345 euros", "[number] euros"),
        ("1234567890123456 rupees", "[number] rupees"),
        ("born 12.03.1994", "born [number]"),
        ("one\n12345\n67890", "one\n[number]\n[number]"),
        ("A/1234/2019", "A/[number]"),
    ],
)
def test_what_stands_beside_a_number_decides(said: str, kept: str) -> None:
    assert redact(said) == kept


@pytest.mark.parametrize(
    "text",
    [
        "in 2018 and again in 2022, since 10 December 2018, in Marrakech",
        "on December 10 2018, in 12/2018, in the years 2016 2018 2022",
        "from 2018-2024, 2018–2024, 2018/19, 1440-1445",
        "Objective 13 and paragraph 29(h), SDG 10.7.2",
        "23 objectives, 10 principles, 193 States, paragraphs 16 to 19",
        "A/RES/73/195, A/CONF.231/3, A/72/643, A/HRC/47/30/Add.1, S/RES/2240(2015), E/CN.4/2000/82",
        "CRC/C/GC/22 and CMW/C/GC/3-CRC/C/GC/22",
        "resolution 73/195, Directive 2008/115/EC",
        "the 1951 Convention and the 1967 Protocol, ILO C189",
        "24/7, at 9:30 or 14:45, from 8.00-17.00",
        "aged 18-24, 25-49; 5-6 people in 1 room",
        "في عام ٢٠١٨",
        "2018年12月",
        "12 500 workers, 12.500 Arbeiter, 250 000 personnes, 1 200 000 people, 12 345 men",
        "15000 people, 100000 refugees, 1000000 migrants",
        "1.\n2.\n3.\n4.\n5.\n6.",
    ],
)
def test_years_counts_and_symbols_stay(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "50 % or 1,000 euros, 2,000.50 dollars",
        "I paid 45200 rupees, 12345.50 EUR and 1200000 dong",
        "€12345, 12345€, 12345 €, $12345.50, US$ 12345, £98765, ¥123456, 54321₽, ₹12345, ৳12345, ₦54321",
        "EUR12345, USD 15250, 15250usd, AED 15250, Rs 15250, Rs. 15250/-, Rp 15.250.000",
        "12 345 678 руб, 15250 рублей, 15250 р., 15250 долларов, 15250 грн, 15250 сомов",
        "15250 ريال و ١٥٢٥٠ درهم و15250 دينار، 15250 تومان، 15250 روپے",
        "15250元，人民币15250，15250块，15万元，15250万元",
        "15250 taka, 15250 টাকা, 15250 रुपये, 15250 ብር, 15250 บาท, 15250 ကျပ်, 15250000 đồng",
        "15250 lira, 15250 TL, 15250 naira, 15250 pesos, 15250 reais, 15250 shillings, 15.250.000 rupiah",
        "between 12.500-15.250 euros, 12345,50 euros, 12345,- Euro, 12500 million dollars",
        "12345 km and 12345 kg",
    ],
)
def test_money_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_of_any_country_goes(account: str) -> None:
    assert iban.is_valid(account, check_country=False)
    in_fours = " ".join(account[start : start + 4] for start in range(0, len(account), 4))
    for written in (account, in_fours, account.lower(), in_fours.replace(" ", "-")):
        assert redact(f"pay to {written}, please") == "pay to [account], please"


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_with_a_wrong_digit_is_a_number(account: str) -> None:
    wrong = account[:2] + str((int(account[2]) + 1) % 10) + account[3:]
    assert "[account]" not in redact(wrong)


@given(st.text("0123456789", min_size=11, max_size=17), st.sampled_from("3456"), st.sampled_from(["", " ", "-"]))
def test_a_card_goes_and_one_with_a_wrong_digit_is_none(digits: str, first: str, gap: str) -> None:
    right = first + digits + luhn.calc_check_digit(first + digits)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    for number, is_card in ((right, True), (wrong, False)):
        written = gap.join(number[start : start + 4] for start in range(0, len(number), 4))
        assert (redact(f"my card: {written}.") == "my card: [card].") is is_card
        assert not any(sign.isdecimal() for sign in redact(f"my card: {written}."))


@given(
    digits=st.text("34678", min_size=7, max_size=15),
    zero=st.sampled_from(ZEROS),
    gap=st.sampled_from(["", " ", "-", ".", "/", "\u00a0", "–"]),
    hidden=st.sampled_from(HIDDEN),
    size=st.integers(1, 5),
    around=st.sampled_from(["it is {}, thanks", "{}", "是{}。", "رقم {}!", "เลข {}"]),
)
def test_no_digit_of_a_number_is_left_in_any_script(
    digits: str, zero: str, gap: str, hidden: str, size: int, around: str
) -> None:
    script = "".join(chr(ord(zero) + int(digit)) for digit in digits)
    written = gap.join(hidden.join(script[start : start + size]) for start in range(0, len(script), size))
    assume(not (gap == "." and size == 3))  # an amount, as far as anybody can tell
    assert not any(sign.isdecimal() for sign in redact(around.format(written)))
