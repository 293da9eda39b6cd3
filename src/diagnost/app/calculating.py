"""Calculations asked for on the command line, from options, from accounts, or from both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from diagnost.app.errors import UsageError
from diagnost.app.shipped import packs_in_use, using_packs_and_settings
from diagnost.compute.calculation import (
    FROM_ACCOUNTS,
    OPTION,
    USUAL,
    Calculation,
    Given,
    calculate,
)
from diagnost.intake.calculator_inputs import InputError, read_input
from diagnost.knowledge import files
from diagnost.knowledge.calculator_file import calculators_named, load_calculators
from diagnost.knowledge.catalogue_files import load_sources
from diagnost.model.calculator import REFUSES, Calculator, Input
from diagnost.model.catalogue import Catalogue
from diagnost.model.knowledge import sections_by_statement
from diagnost.model.located import At, DiagnostError, Problem

if TYPE_CHECKING:
    from diagnost.app.drawn_figures import Drawer

_DIGITS = 80
"""Enough that no input within bounds, not even in absurd proportions, is beyond reckoning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationRequest:
    """Which calculator is asked, what it is told, and how it is to answer."""

    calculator: str
    options: Mapping[str, str] = field(default_factory=dict)  # by id of the input, as written
    file: Path | None = None  # accounts that give what no option does
    of: str = ""  # the row of the accounts that it is about
    language: str = "en"
    form: str = "text"  # text | json | csv | xlsx
    width: int = 88


def calculators_for(name: str, packs: Sequence[Path]) -> tuple[Calculator, ...]:
    """Return the calculator of that name, or all of them where there is none."""
    root = files.content_root()
    with using_packs_and_settings(packs):
        used = packs_in_use()
        wanted = name if name in calculators_named(root, used) else ""
        return tuple(load_calculators(root, wanted, used).values())


def calculation(request: CalculationRequest) -> bytes:
    """Return a calculation as it is asked for, in UTF-8.

    Raises UsageError for options that cannot be used, be it by their sense, and DiagnostError for
    accounts that cannot.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return _calculation(request)


def _calculation(request: CalculationRequest) -> bytes:
    root = files.content_root()
    packs = packs_in_use()
    calculator = load_calculators(root, request.calculator, packs)[request.calculator]
    source = _source(calculator, request)
    given = _given(calculator, request, source)
    made = calculate(calculator, given, _edge, request.language)
    from diagnost.report.calculation_sheet import sheet_of

    sources = (*load_sources(root), *(source for pack in packs for source in pack.sources))
    sections = sections_by_statement(sources)
    unit = _unit(source, request, root)
    sheet = sheet_of(made, request.language, root, sections, unit)
    if made.refusals or made.cut is not None:
        told = " ".join(note.text for note in sheet.notes_of(REFUSES))
        _refuse(told, made, source)
    if request.form == "json":
        from diagnost.report.calculation_json import as_json

        return as_json(made, sheet).encode()
    if request.form == "xlsx":
        from diagnost.report.calculation_workbook import as_workbook

        return as_workbook(sheet)
    from diagnost.report import calculation_text

    if request.form == "csv":
        return calculation_text.as_csv(sheet)
    return calculation_text.as_text(sheet, request.width).encode()


def _refuse(told: str, made: Calculation, source: "Drawer | None") -> None:
    """Tell why nothing is calculated: of the accounts where they gave something."""
    drawn = [given for given in made.given.values() if given.origin == FROM_ACCOUNTS]
    if source is None or not drawn:
        raise UsageError(told)
    at = next((place for given in drawn for place in given.places), At(source.name))
    raise DiagnostError([Problem("A190", told, at)])


# --- inputs ---------------------------------------------------------------------------------------


def _given(
    calculator: Calculator, request: CalculationRequest, source: "Drawer | None"
) -> dict[str, Given]:
    drawn = source.given(request.options) if source is not None else {}
    given: dict[str, Given] = {}
    for wanted in calculator.inputs.values():
        text = request.options.get(wanted.id)
        if text is not None:
            given[wanted.id] = _from_option(calculator, wanted, text, request.language)
        elif wanted.id in drawn:
            given[wanted.id] = drawn[wanted.id]
        elif wanted.default:
            value = read_input(calculator, wanted, wanted.default, request.language)
            given[wanted.id] = Given(wanted, value, wanted.default, USUAL)
        elif wanted.edge and (edge := _edge(wanted.edge)) is not None:
            given[wanted.id] = Given(wanted, edge, f"{edge:f}", USUAL)
    _check_complete(calculator, given, source)
    return given


def _source(calculator: Calculator, request: CalculationRequest) -> "Drawer | None":
    if request.file is None:
        if request.of:
            raise UsageError("--of names a row of accounts: give them with --from FILE")
        return None
    from diagnost.app.drawn_figures import drawer

    return drawer(request.file, calculator, request.of)


def _from_option(calculator: Calculator, wanted: Input, text: str, language: str) -> Given:
    try:
        value = read_input(calculator, wanted, text, language)
    except InputError as error:
        raise UsageError(f"{wanted.option}: {error}") from None
    return Given(wanted, value, text, OPTION)


def _check_complete(
    calculator: Calculator, given: Mapping[str, Given], source: "Drawer | None"
) -> None:
    lacking = [i for i in calculator.inputs.values() if i.required and i.id not in given]
    if not lacking:
        return
    listed = "; ".join(f"{each.option} ({each.name.in_language('en')})" for each in lacking)
    if source is not None:
        message = f"the calculator needs what these accounts do not give: {listed}"
        hint = "Give it as an option."
        raise DiagnostError([Problem("A190", message, At(source.name), hint)])
    drawable = any(each.drawn is not None or each.rows for each in lacking)
    hint = " Accounts may give it too: --from FILE." if drawable else ""
    raise UsageError(f"missing: {listed}.{hint}")


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    """Return the catalogue; it is asked for only where norms or accounts have a part."""
    from diagnost.app.shipped import ReadyShelf

    return ReadyShelf().catalogue


def _edge(name: str) -> Decimal | None:
    """Return the edge of a norm."""
    return _catalogue().edge(name)


def _unit(source: "Drawer | None", request: CalculationRequest, root: Path) -> str:
    """Return the currency of amounts, where they come from accounts that name one.

    What is drawn from accounts in thousands is in full, as options are.
    """
    if source is None or not source.accounts.currency:
        return ""
    from diagnost.report.formats import currency_word
    from diagnost.report.words import words_of

    return currency_word(
        source.accounts.currency, request.language, words_of(request.language, root)
    )
