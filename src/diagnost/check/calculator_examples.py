"""Works the cases that stand beside each calculator: what comes out must be what they say."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from diagnost.compute.calculation import USUAL, Calculation, Edge, Given, calculate
from diagnost.intake.calculator_inputs import InputError, read_input
from diagnost.model.calculator import FLAG_UNIT, Calculator, CalculatorExample
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem

NOTHING = "none"
"""What an example writes where there is no figure."""

_FLAGS = {"yes": Decimal(1), "no": Decimal(0)}


def worked_cases(base: KnowledgeBase) -> Iterator[tuple[Calculator, CalculatorExample]]:
    """Return every example of every calculator."""
    for calculator in base.calculators.values():
        for example in calculator.examples:
            yield calculator, example


def check_case(calculator: Calculator, example: CalculatorExample, edge: Edge) -> list[Problem]:
    """Work one example; return K504 for everything that comes out otherwise."""
    try:
        made = calculate(calculator, _given(calculator, example.given, edge), edge)
    except InputError as error:
        return [Problem("K504", f"{calculator.id}: {error}", example.at)]
    found = [*_figures(made, example), *_remarks(made, example), *_parts(made, example)]
    return [Problem("K504", f"{calculator.id}: {what}", example.at) for what in found]


def _given(calculator: Calculator, written: Mapping[str, str], edge: Edge) -> dict[str, Given]:
    given: dict[str, Given] = {}
    for wanted in calculator.inputs.values():
        text = written.get(wanted.id, wanted.default)
        usual = edge(wanted.edge) if wanted.edge else None
        if text:
            given[wanted.id] = Given(wanted, read_input(calculator, wanted, text), text)
        elif usual is not None:
            given[wanted.id] = Given(wanted, usual, str(usual), USUAL)
        elif wanted.required:
            raise InputError(f"{wanted.id} is missing in this example")
    return given


def _figures(made: Calculation, example: CalculatorExample) -> Iterator[str]:
    for id_, wanted in example.gives.items():
        result = made.results.get(id_)
        if result is None:
            continue  # told where names are checked
        if result.value is None or wanted == NOTHING:
            if (result.value is None) is not (wanted == NOTHING):
                yield f"{id_} is {result.value}, not {wanted}"
            continue
        flag = result.figure.unit == FLAG_UNIT
        goal = _FLAGS.get(wanted) if flag else _number(wanted)
        if goal is None:
            yield f"'{wanted}' is no value for {id_}"
        elif result.value.quantize(goal, rounding=ROUND_HALF_UP) != goal:
            yield f"{id_} is {result.value}, not {wanted}"


def _number(text: str) -> Decimal | None:
    """Return a number as written, to whose last place a figure is rounded before comparison."""
    percent = text.endswith("%")
    try:
        value = Decimal(text.removesuffix("%"))
    except ArithmeticError:
        return None
    return value.scaleb(-2) if percent else value


def _remarks(made: Calculation, example: CalculatorExample) -> Iterator[str]:
    told = {remark.id for remark in made.remarks}
    for id_ in example.tells:
        if id_ not in told:
            yield f"{id_} is not said"
    for id_ in example.silent:
        if id_ in told:
            yield f"{id_} is said, but must not be"


def _parts(made: Calculation, example: CalculatorExample) -> Iterator[str]:
    if example.parts and made.cut is not None:
        yield f"nothing is split: {made.cut}"
        return
    for level, wanted in example.parts:
        found = [part.amount for part in made.parts if part.level == level]
        if found != [_number(text) for text in wanted]:
            yield f"{level} is split into {', '.join(map(str, found))}"
