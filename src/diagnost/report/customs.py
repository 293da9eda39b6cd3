"""What Babel knows of a language that figures need, kept between runs. The only door to Babel.

Babel reads all that is known of a language, which takes as long as diagnosing; of that a document
needs two signs, the words for thousand and million, the names of currencies and months, and the
plural forms.
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from diagnost.knowledge.cache import trusted_folder

if TYPE_CHECKING:
    from babel.plural import PluralRule

_FORM = 2  # of the kept files
_LARGEST = 15  # amounts are scaled up to thousands of billions
_SAMPLES = tuple(map(Decimal, ("1", "2", "3", "5", "7")))


class Customs(NamedTuple):
    """How a language writes figures.

    ``scales`` gives, by the number of noughts of an amount, the noughts that are left out and what
    stands for them (6: 6, " million"); ``currencies`` what a currency is called beside an amount;
    ``plurals`` the rule of each plural form as CLDR writes it.
    """

    group: str
    decimal: str
    scales: Mapping[int, tuple[int, str]]
    currencies: Mapping[str, str]
    plurals: Mapping[str, str]
    months: Sequence[str]  # their names, January first


@lru_cache(maxsize=8)
def customs(language: str) -> Customs:
    """Return the customs of a language."""
    path = _path(language)
    found = _read(path) if path is not None else None
    if found is None:
        found = _asked(language)
        if path is not None:
            _write(path, found)
    return found


@lru_cache(maxsize=8)
def plural_rule(language: str) -> "PluralRule":
    """Return what tells the plural form (one, few, many, other) of a number."""
    from babel.plural import PluralRule

    return PluralRule(dict(customs(language).plurals))


def long_date(day: date, language: str) -> str:
    """Write a day with its month in words: 5 March 2026, 5 marca 2026 r., 2026年3月5日."""
    from babel.dates import format_date

    locale = "en_GB" if language == "en" else language
    told = str(format_date(day, format="long", locale=locale))
    return f"{told} r." if language == "pl" else told


# --- asked --------------------------------------------------------------------------------------


def _asked(language: str) -> Customs:
    """Ask Babel."""
    from babel.core import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = Locale.parse(language)
    currencies = {}
    if language == "zh":
        currencies = dict(locale.currencies)
    elif language == "pl":
        currencies = dict(locale.currency_symbols)
    return Customs(
        group=get_group_symbol(locale),
        decimal=get_decimal_symbol(locale),
        scales={noughts: _scale(noughts, language) for noughts in range(3, _LARGEST + 1)},
        currencies=currencies,
        plurals=dict(locale.plural_form.rules),
        months=[locale.months["format"]["wide"][month] for month in range(1, 13)],
    )


def _scale(noughts: int, language: str) -> tuple[int, str]:
    """Return how many noughts are left out of an amount and what stands for them.

    The words are the same for one, a few and many: AssertionError where they are not.
    """
    from babel.numbers import format_compact_decimal

    form: Any = "long" if language == "en" else "short"
    found = set()
    for sample in _SAMPLES:
        text = format_compact_decimal(
            sample.scaleb(noughts), format_type=form, locale=language, fraction_digits=0
        )
        figure = text[: max(place for place, sign in enumerate(text) if sign.isdigit()) + 1]
        digits = sum(sign.isdigit() for sign in figure)
        found.add((noughts - digits + 1, text.removeprefix(figure)))
    (only,) = found
    return only


# --- kept ---------------------------------------------------------------------------------------


def _path(language: str) -> Path | None:
    """Return the file for a language as Babel has it now; None where nothing is kept."""
    folder, babel = trusted_folder(), find_spec("babel")
    if folder is None or babel is None or babel.origin is None:
        return None
    try:
        state = (Path(babel.origin).parent / "locale-data" / f"{language}.dat").stat()
    except OSError:
        return None
    return folder / f"customs-{_FORM}-{language}-{state.st_size}-{state.st_mtime_ns}.json"


def _read(path: Path) -> Customs | None:
    try:
        kept = json.loads(path.read_text("utf-8"))
        scales = {int(noughts): (left, words) for noughts, (left, words) in kept["scales"].items()}
        return Customs(**{**kept, "scales": scales})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # not there, or not whole: asked anew


def _write(path: Path, found: Customs) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with suppress(OSError):
        part.write_text(json.dumps(found._asdict(), ensure_ascii=False), "utf-8")
        part.replace(path)
