"""How other programs write amounts, read days and times, and compare texts.

    python generate.py    writes expected.json beside this file; needs babel, openpyxl, phonenumbers and the tz database

Amounts and percentages are written by Babel (CLDR); local times are placed by Python's zoneinfo, serial days by openpyxl;
keys for comparing are made by Python's str.casefold and unicodedata; domains by Python's IDNA codec; telephone numbers by the
Python port of libphonenumber.
"""
import datetime as dt
import json
import pathlib
import random
import unicodedata
from decimal import Decimal
from zoneinfo import ZoneInfo

import babel
import openpyxl
import phonenumbers
from babel.numbers import format_currency, format_percent, get_decimal_symbol, get_group_symbol
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

here = pathlib.Path(__file__).parent
draw = random.Random(20261101)

# Amounts. Hebrew and others write marks of direction, Swedish U+2212, French narrow blanks.
MONEY_LOCALES = [
    ("en_US", "USD"), ("en_CA", "CAD"), ("en_AU", "AUD"), ("es_MX", "MXN"), ("en_US", "CAD"), ("en_US", "EUR"), ("en_GB", "GBP"), ("de_DE", "EUR"),
    ("de_DE", "USD"), ("fr_FR", "EUR"), ("fr_CA", "CAD"), ("it_IT", "EUR"), ("es_ES", "EUR"), ("nl_NL", "EUR"), ("pt_BR", "BRL"), ("pt_PT", "EUR"),
    ("de_CH", "CHF"), ("fr_CH", "CHF"), ("de_AT", "EUR"), ("en_IN", "INR"), ("hi_IN", "INR"), ("sv_SE", "SEK"), ("nb_NO", "NOK"), ("da_DK", "DKK"),
    ("fi_FI", "EUR"), ("pl_PL", "PLN"), ("cs_CZ", "CZK"), ("hu_HU", "HUF"), ("ro_RO", "RON"), ("tr_TR", "TRY"), ("ru_RU", "RUB"), ("uk_UA", "UAH"),
    ("ja_JP", "JPY"), ("zh_CN", "CNY"), ("ko_KR", "KRW"), ("vi_VN", "VND"), ("id_ID", "IDR"), ("he_IL", "ILS"), ("en_ZA", "ZAR"), ("en_SG", "SGD"),
]
AMOUNTS = ["0", "0.5", "7", "12.34", "999.99", "1000", "1234.5", "84835", "100000", "1234567.89", "12345678901.25", "-0.01", "-5", "-1234.5", "-9876543.21"]


def written_format(locale, currency):
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    blanks, apostrophes = {"\u00a0": " ", "\u202f": " "}, {"\u2019": "'"}
    groups = "indian" if locale.endswith("_IN") else "thousands"
    return {"decimal": decimal, "grouping": blanks.get(group, apostrophes.get(group, group)), "groups": groups, "currency": currency}


def money(locale, currency):
    """Each amount with its sign, in brackets where accountants of the locale write them, and with its code."""
    # For rupees CLDR has Indian groups in the standard form only.
    indian = locale.endswith("_IN")
    patterns = [None, "¤#,##,##0.00;(¤#,##,##0.00)" if indian else "accounting", "#,##,##0.00 ¤¤" if indian else "#,##0.00 ¤¤"]
    cases = []
    for amount in AMOUNTS:
        number = Decimal(amount)
        for pattern in patterns:
            style = {"format_type": "accounting"} if pattern == "accounting" else {"format": pattern}
            text = format_currency(number, currency, locale=locale, currency_digits=False, decimal_quantization=False, **style)
            cases.append({"text": text, "value": float(number)})
    return {"locale": locale, **written_format(locale, currency), "cases": cases}


# Percentages: the double that is nearest to the decimal, which dividing by 100 often misses.
def percents(locale):
    numbers = [Decimal(k) / 1000 for k in (0, 1, 5, 123, 125, 290, 333, 580, 999, 1000, 12345, -123)] + [Decimal(draw.randrange(-10**6, 10**6)) / 10**5 for _ in range(40)]
    cases = [{"text": format_percent(number, locale=locale, decimal_quantization=False), "value": float(number)} for number in numbers]
    decimal_mark, group = get_decimal_symbol(locale), get_group_symbol(locale)
    return {"locale": locale, "decimal": decimal_mark, "grouping": {"\u00a0": " ", "\u202f": " "}.get(group, group), "cases": cases}


# Local times, around the changes of the clocks.
UTC = dt.timezone.utc
EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)
MS = dt.timedelta(milliseconds=1)


def to_ms(moment):
    return (moment - EPOCH) // MS


def moments(zone, local):
    """All moments at which the clocks of the zone show a local time, by the definition."""
    found = set()
    for fold in (0, 1):
        moment = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local:
            found.add(to_ms(moment))
    return sorted(found)


def first_moment(zone, day):
    """The first moment whose local date is this day, by looking at every minute and then at every second."""
    midnight = dt.datetime.combine(day, dt.time(), UTC)
    for minute in range(-18 * 60, 42 * 60):
        if (midnight + dt.timedelta(minutes=minute)).astimezone(zone).date() == day:
            seconds = (midnight + dt.timedelta(minutes=minute - 1, seconds=second) for second in range(61))
            return to_ms(next(moment for moment in seconds if moment.astimezone(zone).date() == day))
    return None


ZONES = {
    "Europe/Berlin": ["2026-03-29 01:59", "2026-03-29 02:00", "2026-03-29 02:30", "2026-03-29 02:59", "2026-03-29 03:00", "2026-10-25 01:59", "2026-10-25 02:00", "2026-10-25 02:30", "2026-10-25 02:59", "2026-10-25 03:00", "1945-05-24 03:30", "1916-04-30 23:30"],
    "America/New_York": ["2026-03-08 01:59", "2026-03-08 02:00", "2026-03-08 02:30", "2026-03-08 03:00", "2026-11-01 00:59", "2026-11-01 01:00", "2026-11-01 01:59", "2026-11-01 02:00", "1883-11-18 12:00"],
    "America/Sao_Paulo": ["2018-11-03 23:59", "2018-11-04 00:00", "2018-11-04 00:30", "2018-11-04 01:00", "2018-02-17 23:00", "2018-02-17 23:30", "2018-02-18 00:00"],
    "Asia/Kolkata": ["2026-03-29 02:30", "2026-10-25 02:30", "1970-01-01 00:00", "1945-10-14 23:30"],
    "Australia/Lord_Howe": ["2026-04-05 01:29", "2026-04-05 01:30", "2026-04-05 01:45", "2026-04-05 02:00", "2026-10-04 01:59", "2026-10-04 02:00", "2026-10-04 02:15", "2026-10-04 02:30"],
    "Pacific/Apia": ["2011-12-29 23:59", "2011-12-30 00:00", "2011-12-30 12:00", "2011-12-30 23:59", "2011-12-31 00:00"],
    "Atlantic/Azores": ["2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 01:00", "2026-03-29 00:00", "2026-03-29 00:30"],
    "Africa/Cairo": ["2026-04-24 00:00", "2026-04-24 00:30", "2026-10-29 23:30", "2026-10-30 00:00"],
    "Antarctica/Troll": ["2026-03-29 00:59", "2026-03-29 01:30", "2026-10-25 01:30", "2026-10-25 02:30"],
}


def zone_cases(name, texts):
    zone = ZoneInfo(name)
    locals_ = [dt.datetime.strptime(text, "%Y-%m-%d %H:%M") for text in texts]
    locals_ += [dt.datetime(draw.randrange(1950, 2037), draw.randrange(1, 13), draw.randrange(1, 29), draw.randrange(24), draw.randrange(60)) for _ in range(60)]
    days = sorted({local.date() for local in locals_})
    return {
        "times": [{"text": local.strftime("%Y-%m-%d %H:%M"), "moments": moments(zone, local)} for local in locals_],
        "days": [{"text": day.isoformat(), "first": first_moment(zone, day)} for day in days],
    }


# Notations, read by strptime, which takes two digits for the years 1969 to 2068.
NOTATIONS = {
    "dayFirst": [("31.12.2026", "%d.%m.%Y"), ("01/02/2026 09:05", "%d/%m/%Y %H:%M"), ("5-7-1999 23:59:59", "%d-%m-%Y %H:%M:%S"), ("29.02.2024 12:30:15.250", "%d.%m.%Y %H:%M:%S.%f"), ("31/12/68", "%d/%m/%y"), ("01/01/69 10:00", "%d/%m/%y %H:%M")],
    "monthFirst": [("12/31/2026", "%m/%d/%Y"), ("12/1/2010 8:26", "%m/%d/%Y %H:%M"), ("2/29/2024 12:05 AM", "%m/%d/%Y %I:%M %p"), ("7/4/2026, 12:05:59 PM", "%m/%d/%Y, %I:%M:%S %p"), ("11/1/26 11:59 pm", "%m/%d/%y %I:%M %p"), ("1/2/00", "%m/%d/%y")],
    "yearFirst": [("2026/12/31", "%Y/%m/%d"), ("2026-1-2 3:04", "%Y-%m-%d %H:%M"), ("1997.09.30", "%Y.%m.%d"), ("26/12/31", "%y/%m/%d"), ("2026/12/31 23:00:00 +0200", "%Y/%m/%d %H:%M:%S %z")],
}


def notation(text, pattern):
    moment = dt.datetime.strptime(text, pattern)
    return {"text": text, "time": to_ms(moment if moment.tzinfo else moment.replace(tzinfo=UTC))}


# Serial days. openpyxl keeps a value below 1 as a time of day, and takes day 60 for 1900-03-01.
SERIALS = [1, 1.5, 2, 59, 59.75, 61, 61.25, 366, 25569, 36526, 43831.999988425926, 45000, 45000.123456789, 45292.5, 2958465, 2958465.9999]
SERIALS += [round(draw.uniform(61, 60000), draw.randrange(0, 12)) for _ in range(60)]


def serial(value, epoch):
    return {"serial": value, "time": to_ms(from_excel(value, epoch).replace(tzinfo=UTC))}


# Keys: NFKC, marks off Latin, Greek and Cyrillic letters, casefold, punctuation and blanks.
KEY_TEXTS = [
    "Straße", "STRASSE", "straẞe", "Ångström", "ANGSTROM", "José  Núñez", "JOSE NUNEZ", "ﬁnance", "FINANCE", "ΟΔΥΣΣΕΥΣ", "Οδυσσεύς", "Ёлка", "ёлка", "Éric-Noël", "eric noel",
    "Ｆｕｌｌ　Ｗｉｄｔｈ", "½ Ⅻ", "A.C.M.E., Inc.", "acme inc", "Smith-Jones", "Smith/Jones", "  tab\tand\nline  ", "Zoë\u200b Müller", "re\u0301sume\u0301", "CAFE\u0301",
    "パーティー", "ﾊﾟｰﾃｨｰ", "김철수", "김철수", "देवनागरी", "ประเทศไทย", "שָׁלוֹם", "مُحَمَّد", "naïve café", "#1 (one)", "a+b=c", "", "?!", "Σίσυφος", "ΣΊΣΥΦΟΣ", "Dvořák", "Škoda", "İZMİR", "izmir",
]


def match_key(text, accents):
    text = " ".join(text.split())
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc"))
    if not accents:
        kept, base_is_stripped = [], False
        for c in unicodedata.normalize("NFD", text):
            if unicodedata.category(c) == "Mn" and base_is_stripped:
                continue
            base_is_stripped = unicodedata.category(c).startswith("L") and unicodedata.name(c, "").split(" ")[0] in ("LATIN", "GREEK", "CYRILLIC")
            kept.append(c)
        text = "".join(kept)
    # The dot above i is no accent: a dotted capital folds to i with it.
    text = text.casefold().replace("i\u0307", "i")
    text = unicodedata.normalize("NFKC", text)
    words = "".join("" if c in ".'" else " " if unicodedata.category(c).startswith("P") else c for c in text)
    return " ".join(words.split())


DOMAINS = ["Example.COM", "münchen.example", "MÜNCHEN.example", "bücher.example", "пример.example", "例え.example", "xn--mnchen-3ya.example", "mail.sub-domain.example.org"]

PHONES = [
    ("+49 30 1234567", None), ("030 1234567", "DE"), ("(0)30/12 34-567", "DE"), ("0049 30 1234567", "DE"), ("+44 (0)20 7946 0018", None), ("(212) 555-2368", "US"), ("1-212-555-2368", "US"), ("+91 98765 43210", None),
    ("098765 43210", "IN"), ("06 12 34 56 78", "FR"), ("+81 3-1234-5678", None), ("030 1234567", None), ("call me", "DE"), ("12", "DE"), ("", "DE"), ("+999 1234", None),
]


def phone(text, region):
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        number = None
    valid = number is not None and phonenumbers.is_valid_number(number)
    return {"text": text, "region": region, "e164": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None}


expected = {
    "versions": {"babel": babel.__version__, "openpyxl": openpyxl.__version__, "phonenumbers": phonenumbers.__version__, "unicode": unicodedata.unidata_version},
    "money": [money(locale, currency) for locale, currency in MONEY_LOCALES],
    "percents": [percents(locale) for locale in ("en_US", "de_DE", "fr_FR", "tr_TR", "sv_SE", "he_IL")],
    "zones": {name: zone_cases(name, texts) for name, texts in ZONES.items()},
    "notations": {name: [notation(*case) for case in cases] for name, cases in NOTATIONS.items()},
    "serials": {"excel1900": [serial(value, CALENDAR_WINDOWS_1900) for value in SERIALS], "excel1904": [serial(value, CALENDAR_MAC_1904) for value in SERIALS if value < 2957000]},
    "keys": [{"text": text, "key": match_key(text, False), "accented": match_key(text, True)} for text in KEY_TEXTS],
    "domains": [{"domain": domain, "ascii": domain.lower().encode("idna").decode("ascii")} for domain in DOMAINS],
    "phones": [phone(*case) for case in PHONES],
}
(here / "expected.json").write_text(json.dumps(expected, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
