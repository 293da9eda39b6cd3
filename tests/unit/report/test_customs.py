"""What is kept of Babel's knowledge gives what Babel gives."""

import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from babel.core import Locale
from babel.numbers import format_compact_decimal, get_currency_name, get_currency_symbol

from diagnost.report import customs as kept
from diagnost.report import formats
from diagnost.report.customs import customs

LANGUAGES = ("en", "pl", "zh")
draw = random.Random(7)
AMOUNTS = [
    Decimal(draw.randint(10_000, 10**size)) * draw.choice((1, -1))
    for size in range(5, 16)
    for _ in range(60)
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIAGNOST_CACHE", str(tmp_path))
    customs.cache_clear()
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_scaled_amounts_are_written_as_babel_writes_them(language: str) -> None:
    form: Literal["long", "short"] = "long" if language == "en" else "short"
    base = Decimal("1E+4") if language == "zh" else Decimal("1E+3")
    for amount in AMOUNTS:
        scale = base
        while abs(amount) / scale >= base:
            scale *= base
        rounded, digits = formats._three_digits(amount, scale)
        if abs(rounded) / scale >= base:
            rounded, digits = formats._three_digits(amount, scale * base)
        babels = format_compact_decimal(
            rounded, format_type=form, locale=language, fraction_digits=digits
        )
        assert formats._compact(amount, language) == formats._signs(babels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_babel(language: str) -> None:
    rule = Locale.parse(language).plural_form
    for tenths in range(0, 1300):
        number = Decimal(tenths) / 10 if tenths % 10 else Decimal(tenths // 10)
        assert kept.plural_rule(language)(number) == rule(number)


def test_currencies_are_called_as_babel_calls_them() -> None:
    for currency in ("PLN", "EUR", "USD", "CNY", "CHF", "XYZ"):
        assert formats.currency_word(currency, "zh", {}) == get_currency_name(currency, locale="zh")
        assert formats.currency_word(currency, "pl", {}) == get_currency_symbol(
            currency, locale="pl"
        )
        assert formats.currency_word(currency, "en", {}) == currency


@pytest.mark.parametrize("damage", ["", "{}", '{"group": 1}', "[1]", '{"scales": {"3": 4}}'])
def test_what_is_kept_is_what_was_asked_and_a_damaged_file_is_mended(
    folder: Path, damage: str
) -> None:
    asked = customs("pl")
    (file,) = folder.glob("customs-*")
    customs.cache_clear()
    assert customs("pl") == asked
    file.write_text(damage, "utf-8")
    customs.cache_clear()
    assert customs("pl") == asked
    customs.cache_clear()
    assert kept._read(file) == asked


def test_babel_is_asked_once_only(folder: Path) -> None:
    customs("zh")
    program = (
        "import sys; from decimal import Decimal; from diagnost.report import formats;"
        "print(ascii(formats.money(Decimal(3540000), 'PLN', 'zh', {'money': '{n}{currency}'})),"
        "'babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == f"{'354万波兰兹罗提'!a} False"
