"""Examples as an author writes them into a file."""

from decimal import Decimal

from diagnost.check.mutation.edges import written as figure
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Unit
from diagnost.model.rule import Example, ExampleValue

_LINE = 100
"""So wide are the lines of a file."""


def written_example(example: Example, catalogue: Catalogue, indent: int = 6) -> str:
    """Write an example as an item of ``fires_on`` or ``silent_on``, indented by so many spaces."""
    pairs = [f"{key}: {_value(value, _unit(key, catalogue))}" for key, value in example.values]
    space = " " * indent
    line = f"{space}- {{{', '.join(pairs)}}}"
    if len(line) <= _LINE:
        return line + "\n"
    return "".join(
        f"{space}{'- ' if number == 0 else '  '}{pair}\n" for number, pair in enumerate(pairs)
    )


def _unit(key: str, catalogue: Catalogue) -> Unit | str | None:
    indicator = catalogue.indicator(key) or catalogue.indicator(key.rpartition(".")[0])
    if indicator is not None:
        return indicator.unit
    question = catalogue.questions.get(key.removeprefix("company."))
    if question is not None:
        return question.unit
    table, _, column = key.partition(".")
    declared = catalogue.tables.get(table)
    found = declared.columns.get(column) if declared is not None else None
    return Unit.PERCENT if found is not None and found.kind == "percent" else None


def _value(value: ExampleValue, unit: Unit | str | None) -> str:
    if isinstance(value, str):
        return value
    figures = [_figure(each, unit) for each in value]
    return figures[0] if len(figures) == 1 else f"[{', '.join(figures)}]"


def _figure(value: Decimal | None, unit: Unit | str | None) -> str:
    return "null" if value is None else figure(value, unit)
