"""Company fields, currency, unit, context and given indicators: from words to values."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from diagnost.intake.cells import Cell
from diagnost.intake.draft import Entry
from diagnost.intake.filing import Filed, Numbers
from diagnost.intake.labels import INDICATOR, key_of
from diagnost.intake.numbers import says_unknown
from diagnost.intake.remarks import Remarks
from diagnost.intake.units import RECORDS_UNIT, UNIT, Units
from diagnost.intake.words import ACTIVITIES, YES_NO, activity_of, country_of, currency_of, unit_of
from diagnost.model.accounts import Answer, Company, GivenReading
from diagnost.model.catalogue import Catalogue
from diagnost.model.context import Question
from diagnost.model.indicator import Unit
from diagnost.model.located import nearest

_IDENTITY = ("name", "tax_id", "registry_id")
"""What tells companies apart."""


def settle_company(
    facts: Iterable[tuple[str, Cell]], remarks: Remarks
) -> tuple[Company, str, Answer | None]:
    """Return the company, the currency, and the activity as an answer with its place.

    A unit such as "tys. zł" names the currency too; the rest of it is for ``intake.units``.

    The same field said twice with different values is a problem with both places.
    """
    values: dict[str, tuple[str, Cell]] = {}

    def say(field: str, value: str, cell: Cell) -> None:
        before = values.setdefault(field, (value, cell))
        if field in _IDENTITY and key_of(before[0]) != key_of(value):
            _tell_other_company(before, (value, cell), remarks)
        elif field not in _IDENTITY and before[0] != value:
            remarks.error(
                "A144",
                f"the {field} is {value} here and {before[0]} elsewhere",
                cell.at,
                f"State one {field} for the whole file; convert the amounts that differ.",
                also=before[1].at,
            )

    implied: list[tuple[str, Cell]] = []
    for field, cell in facts:
        if field == "activity":
            if activity := activity_of(cell.text):
                say(field, activity, cell)
            else:
                hint = f"Write one of: {', '.join(ACTIVITIES)}."
                remarks.error("A142", f"'{cell.text}' is not a known activity", cell.at, hint)
        elif field == "currency":
            if currency := currency_of(cell.text):
                say(field, currency, cell)
            else:
                hint = "Write the three-letter code, such as PLN, EUR or CNY."
                remarks.error("A141", f"'{cell.text}' is not a currency", cell.at, hint)
        elif field in (UNIT, RECORDS_UNIT):
            unit = unit_of(cell.text)
            if unit is not None:
                implied.append((unit[1], cell))
        else:
            say(field, country_of(cell.text) if field == "country" else cell.text, cell)
    for currency, cell in implied:
        if currency:
            say("currency", currency, cell)
    found = {field: value for field, (value, _) in values.items()}
    company = Company(
        name=found.get("name", ""),
        activity=found.get("activity", ""),
        sector=found.get("sector", ""),
        country=found.get("country", ""),
        tax_id=found.get("tax_id", ""),
        registry_id=found.get("registry_id", ""),
    )
    activity_answer = (
        Answer(key="activity", value=company.activity, at=values["activity"][1].at)
        if company.activity
        else None
    )
    return company, found.get("currency", ""), activity_answer


def _tell_other_company(one: tuple[str, Cell], other: tuple[str, Cell], remarks: Remarks) -> None:
    """Tell of a second company; that its amounts are others need not be told row by row."""
    remarks.problems = [problem for problem in remarks.problems if problem.code != "A132"]
    remarks.error(
        "A144",
        f"the company is {other[0]} here and {one[0]} elsewhere",
        other[1].at,
        "Give each company a file of its own, or leave the sheets of one out by a mapping "
        "(diagnost map).",
        also=one[1].at,
    )


def fits_unit(filed: Filed, what: str, unit: str, remarks: Remarks) -> bool:
    """Say whether a number is written in the unit of what it stands for: percent with the sign."""
    cell = filed.cell
    if unit == "percent" and not filed.percent:
        message = f"{what} is a percent, and '{cell.text}' has no percent sign"
        hint = f"Write {cell.text.strip('()')}% (in a spreadsheet, format the cell as percent)."
        remarks.error("A126", message, cell.at, hint)
        return False
    if unit != "percent" and filed.percent:
        message = f"{what} is measured in {unit}, not in percent ({cell.text})"
        remarks.error("A127", message, cell.at, "Write the plain number without the percent sign.")
        return False
    return True


def settle_given(
    entries: Iterable[Entry],
    ids: Sequence[str],
    numbers: Numbers,
    catalogue: Catalogue,
    units: Units,
    remarks: Remarks,
) -> dict[tuple[str, str], GivenReading]:
    """Return the indicators that the company gives itself, by id and period."""
    given: dict[tuple[str, str], GivenReading] = {}
    for entry in entries:
        if entry.match.kind != INDICATOR:
            continue
        indicator = catalogue.indicators[entry.match.id]
        for index, cell in entry.cells.items():
            filed = numbers.of(cell)
            if filed is None or not fits_unit(
                filed, indicator.symbol or indicator.id, indicator.unit.value, remarks
            ):
                continue
            value = filed.value
            if indicator.unit is Unit.MONEY and catalogue.in_full(indicator.id):
                value *= units.of_records(cell.at)
            reading = GivenReading(
                indicator=indicator.id,
                period=ids[index],
                value=value,
                as_written=cell.text,
                at=cell.at,
            )
            before = given.setdefault((indicator.id, ids[index]), reading)
            if before.value != reading.value:
                remarks.error(
                    "A132",
                    f"{indicator.symbol or indicator.id} in {ids[index]} is {cell.text} here and "
                    f"{before.as_written} elsewhere",
                    cell.at,
                    "Keep the right one.",
                    also=before.at,
                )
    return given


def unit_of_context(key: str, catalogue: Catalogue) -> str:
    """Return the unit of a question of the context, '' for one answered by a word."""
    return catalogue.questions[key].unit


def settle_context(
    said: Iterable[tuple[str, Cell]],
    numbers: Numbers,
    catalogue: Catalogue,
    units: Units,
    remarks: Remarks,
) -> dict[str, Answer]:
    """Return the answers of the context by question; money in whole units of the currency."""
    context: dict[str, Answer] = {}
    for key, cell in said:
        if says_unknown(cell.text) and cell.number is None:
            continue
        unit = unit_of_context(key, catalogue)
        value: str | Decimal | None
        if unit:
            filed = numbers.of(cell)
            fits = filed is not None and fits_unit(filed, key, unit, remarks)
            value = filed.value if filed is not None and fits else None
            if value is not None and unit == Unit.MONEY.value:
                value *= units.of_records(cell.at)
        else:
            value = _word(key, cell, catalogue, remarks)
        if value is None or not _on_scale(key, value, cell, catalogue, remarks):
            continue
        answer = Answer(key=key, value=value, at=cell.at)
        before = context.setdefault(key, answer)
        if before.value != value:
            remarks.error(
                "A144",
                f"the answer to {key} is {cell.text} here and {before.value} elsewhere",
                cell.at,
                "Give one answer for the whole company.",
                also=before.at,
            )
    return context


def _on_scale(
    key: str, value: str | Decimal, cell: Cell, catalogue: Catalogue, remarks: Remarks
) -> bool:
    """Say whether a number belongs to the scale of its question, if that has one."""
    scale = catalogue.questions[key].scale
    if scale is None or (isinstance(value, Decimal) and scale.holds(value)):
        return True
    lowest, highest = (end.in_language("en") for end in scale.ends)
    hint = (
        f"Write a whole number from {scale.least} ({lowest}) to {scale.most} ({highest}); leave it "
        "empty, or write unknown, where it is not known."
    )
    remarks.error("A220", f"{cell.text} is not on the scale of {key}", cell.at, hint)
    return False


def _labels(question: Question, word: str) -> Iterable[str]:
    text = question.labels.get(word)
    return text.by_language.values() if text is not None else ()


def _word(key: str, cell: Cell, catalogue: Catalogue, remarks: Remarks) -> str | None:
    question = catalogue.questions[key]
    words = question.words
    by_key: Mapping[str, str] = {
        key_of(label): word for word in words for label in (word, *_labels(question, word))
    }
    found = by_key.get(key_of(cell.text))
    if found is None:
        found = by_key.get(YES_NO.get(key_of(cell.text), ""))
    if found is None and activity_of(cell.text) in words:
        found = activity_of(cell.text)
    if found is None:
        hint = f"Write one of: {', '.join(words)}. {nearest(cell.text, words)}".strip()
        remarks.error("A143", f"'{cell.text}' is no answer to {key}", cell.at, hint)
    return found
