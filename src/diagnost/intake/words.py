"""Company fields, activities, units and currencies in the words of three languages."""

import re

from diagnost.intake.labels import key_of

YES_NO = {
    **dict.fromkeys(("yes", "y", "tak", "t", "true", "prawda", "是", "有", "对"), "yes"),
    **dict.fromkeys(("no", "n", "nie", "false", "falsz", "否", "无", "没有", "不是"), "no"),
}
"""Yes and no as people write them, in the form of ``key_of``."""

FIELDS = ("name", "activity", "sector", "country", "currency", "unit")
AS_OF = "as_of"
"""The day on which records and answers are read; asked where there are such."""

_FIELD_WORDS = {
    "name": "company|company name|name|name of company|entity|firma|spółka|nazwa|nazwa firmy|"
    "nazwa spółki|nazwa jednostki|公司|公司名称|企业|企业名称|名称|编制单位|单位名称",
    "activity": "activity|type of activity|kind of business|działalność|rodzaj działalności|"
    "profil działalności|行业类型|业务类型|经营类型|活动",
    "sector": "sector|industry|branża|sektor|pkd|行业|所属行业",
    "country": "country|kraj|państwo|国家",
    "tax_id": "tax id|tax number|tax identification number|nip|numer nip|统一社会信用代码|税号|"
    "纳税人识别号",
    "registry_id": "registry id|register number|company number|krs|numer krs|注册号",
    "currency": "currency|waluta|币种|货币",
    AS_OF: "as of|as of date|state on|records as of|stan na dzień|stan na|dane na dzień|"
    "截至日期|截止日期|截至|统计截止日",
    "records_unit": "records unit|unit of records|unit of records and answers|jednostka rejestrów|"
    "jednostka rejestrów i odpowiedzi|jednostka zestawień|明细单位|明细金额单位|明细记录单位",
    "unit": "unit|units|scale|amounts in|jednostka|jednostki|skala|kwoty w|dane w|单位|金额单位",
}
_FIELDS = {
    key_of(word): field for field, words in _FIELD_WORDS.items() for word in words.split("|")
}

ACTIVITIES = ("trade", "production", "services")
_ACTIVITY_WORDS = {
    "trade": "trade|trading|commerce|retail|wholesale|handel|handlowa|handlowe|贸易|商贸|商业|"
    "批发|零售|批发零售",
    "production": "production|manufacturing|produkcja|produkcyjna|wytwarzanie|生产|制造|制造业",
    "services": "services|service|usługi|usługa|usługowa|服务|服务业",
}
_ACTIVITIES = {
    key_of(word): activity
    for activity, words in _ACTIVITY_WORDS.items()
    for word in words.split("|")
}

_COUNTRIES = {
    key_of(word): code
    for code, words in {
        "PL": "polska|poland|波兰",
        "CN": "china|chiny|中国|people's republic of china",
        "DE": "germany|niemcy|deutschland|德国",
        "GB": "united kingdom|wielka brytania|uk|英国",
        "US": "united states|usa|stany zjednoczone|美国",
    }.items()
    for word in words.split("|")
}

_CURRENCIES = {
    "zł": "PLN", "zl": "PLN", "złoty": "PLN", "złotych": "PLN", "złote": "PLN", "zlotych": "PLN",
    "兹罗提": "PLN", "元": "CNY", "人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "yuan": "CNY",
    "€": "EUR", "euro": "EUR", "欧元": "EUR", "$": "USD", "us$": "USD", "dollars": "USD",
    "dollar": "USD", "美元": "USD", "£": "GBP", "¥": "CNY",
}  # fmt: skip
_SCALES = {
    "tys": 1000, "tysiące": 1000, "tysiac": 1000, "tysiąc": 1000, "tysiącach": 1000,
    "thousand": 1000, "thousands": 1000, "k": 1000, "千": 1000, "仟": 1000,
    "万": 10_000, "萬": 10_000, "十万": 100_000,
    "mln": 1_000_000, "milion": 1_000_000, "miliony": 1_000_000, "milionach": 1_000_000,
    "million": 1_000_000, "millions": 1_000_000, "m": 1_000_000, "mn": 1_000_000,
    "百万": 1_000_000,
    "mld": 1_000_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
    "billions": 1_000_000_000,
    "亿": 100_000_000,
}  # fmt: skip
_CJK_SCALES = ("百万", "十万", "亿", "万", "萬", "千", "仟")
MAX_TITLE = 120
_CURRENCY = r"(?:PLN|EUR|USD|GBP|CHF|CZK|CNY|RMB|HKD|zł|US\$|[£€$¥])"
_SCALE = r"(?:thousands?|millions?|billions?|tys\.?|mln|mld|mn|bn|m|k)"
_UNIT_IN_TITLE = (
    r"(?i)[(（\[【](.+?)[)）\]】]|,?\s+((?:w|in) (?:tys|mln|thousand|million|billion).*)$|"
    rf"[\s,:–—-]({_CURRENCY}\s*{_SCALE}|{_SCALE} {_CURRENCY})$|"
    r"[/／](百万|十万|亿|万|千)元?$"
)
_PERIOD = (
    r"^\s*(?:FY\s*)?(?:\d{1,2}[-./]\d{1,2}[-./])?(?:19|20)\d\d(?:[-./]\d{1,2}){0,2}\s*年?度?[\s,:]*"
)
_BESIDES = r"(?i)[,;\s]*(?:unless|except|o ile nie|chyba że|除非|除另有|除特别|另有说明).*$"
_FILLERS = frozenset(
    ["w", "in", "of", "dane", "kwoty", "amounts", "all", "the", "figures", "are", "stated",
     "expressed", "presented", "wszystkie", "podano", "单位", "金额单位", "货币单位", "人民币"]
)  # fmt: skip


def field_of(label: str) -> str:
    """Return the company field that a label names, or ''."""
    return _FIELDS.get(key_of(label), "") if len(label) <= 40 else ""


def activity_of(text: str) -> str:
    """Return trade, production or services, or '' for any other word."""
    return _ACTIVITIES.get(key_of(text), "")


def country_of(text: str) -> str:
    """Return the two-letter code of a country where it is known, else the text."""
    found = _COUNTRIES.get(key_of(text))
    return found or (text.upper() if len(text) == 2 else text)


def currency_of(text: str) -> str:
    """Return the three-letter code of a currency, or '' where the text names none."""
    word = text.strip().casefold().rstrip(".")
    if word in _CURRENCIES:
        return _CURRENCIES[word]
    return word.upper() if re.fullmatch("[a-z]{3}", word) and word not in _SCALES else ""


def unit_of(text: str) -> tuple[int, str] | None:
    """Return how many currency units an amount of 1 means, and the currency if it is named.

    Understood are whole positive numbers and words such as "tys. zł", "thousand", "万元".
    Returns None for anything else.
    """
    if len(text) > MAX_TITLE:
        return None
    text = _spelt_out(text)
    if re.fullmatch(r"[\d\s',.]+", text):
        return _whole(text)
    scale, currency = 0, ""
    for word in re.findall(r"[^\s.,;:/()（）：]+", text.casefold()):
        if word in _FILLERS:
            continue
        if word in _SCALES and not scale:
            scale = _SCALES[word]
        elif word not in _SCALES and currency_of(word) and not currency:
            currency = currency_of(word)
        elif (parted := _cjk_unit(word)) and not scale:
            scale, currency = parted[0], currency or parted[1]
        else:
            return None
    return (scale or 1, currency) if scale or currency else None


def _spelt_out(text: str) -> str:
    """Return a unit with "£'000", "$000", "000s" and "$m" as words, and without exceptions."""
    text = re.sub(_BESIDES, "", text)
    text = re.sub(r"(?i)(?<!\d)(?:['’´`]\s*000|000['’]?s)(?!\d)", " thousand", text)
    text = re.sub(rf"(?i)({_CURRENCY})\s*000(?=\W*$)", r"\1 thousand", text)
    return re.sub(rf"(?i)([£€$¥])(?={_SCALE}\W*$)", r"\1 ", text)


def _whole(text: str) -> tuple[int, str] | None:
    """Read a whole positive number; dots and commas in it part thousands or hold only zeros."""
    grouped = re.fullmatch(r"\d{1,3}(?:[\s',.]\d{3})+|\d+", text.strip())
    plain = re.sub(r"[\s',.]", "", text) if grouped else re.sub(r"[.,]0+$", "", text.strip())
    if not plain.isdigit() or len(plain) > 13 or int(plain) == 0:
        return None
    return int(plain), ""


def _cjk_unit(word: str) -> tuple[int, str] | None:
    word = word.removeprefix("人民币")
    for scale in _CJK_SCALES:
        if word.startswith(scale):
            rest = word.removeprefix(scale)
            if not rest or currency_of(rest):
                return _SCALES[scale], currency_of(rest)
    return None


def unit_phrase(text: str) -> tuple[int, str] | None:
    """Return the unit that a phrase of its own states: "(w tys. zł)", "in thousands of PLN".

    A bare number or a bare currency is no such phrase.
    """
    text = _spelt_out(text)
    inner = text.strip().strip("()（）[]").strip()
    stated = re.match(r"(?i)(w|in|dane w|kwoty w|amounts in|all amounts in)\s", inner)
    bracketed = inner != text.strip()
    if re.search(r"\d", inner):
        return None
    found = unit_of(inner)
    alone = found is not None and found[0] > 1 and found[1] != ""  # "EUR m"
    return found if stated or bracketed or alone or _begins_with_scale(inner) else None


def unit_in_title(text: str) -> tuple[str, str] | None:
    """Return the phrase by which a title or heading states a unit, and the title without it.

    "Bilans (w tys. zł)" gives "w tys. zł" and "Bilans", "2023 $000" gives "$000" and "2023"; None
    where it states none.
    """
    if len(text) > MAX_TITLE:
        return None
    if unit_phrase(text) is not None:
        return text.strip().strip("()（）[]"), ""
    if (period := re.match(_PERIOD, text)) and (rest := text[period.end() :].strip()):
        scaled = unit_phrase(f"({rest})")
        if scaled is not None and scaled[0] > 1 and len(rest) > 1:
            return rest.strip("()（）[]"), period[0].strip()
    inner = re.search(_UNIT_IN_TITLE, text)
    if inner is None:
        return None
    phrase = next(part for part in inner.groups() if part).strip()
    if unit_phrase(f"({phrase})") is None:
        return None
    return phrase, f"{text[: inner.start()]} {text[inner.end() :]}".strip()


def unit_stated(title: str) -> int:
    """Return the unit that a title or heading states ("金额（万元）" has 10,000), 0 if none."""
    found = unit_in_title(title)
    unit = unit_of(found[0]) if found is not None else None
    return unit[0] if unit is not None else 0


def _begins_with_scale(text: str) -> bool:
    word = re.match(r"[^\s.]+", text.casefold())
    if word is None or len(word[0]) < 2:
        return False
    return word[0] in _SCALES or _cjk_unit(word[0]) is not None
