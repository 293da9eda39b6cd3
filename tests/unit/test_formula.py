from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnost.model.formula_reading import FormulaError, parse
from diagnost.model.formula_tree import Missing, Name, OverRecords

AMOUNTS = {"a": Decimal(10), "b": Decimal(4), "zero": Decimal(0)}


def look(name: str, moment: str) -> Decimal | Missing:
    if moment != "now":
        return Missing("no_previous_period")
    return AMOUNTS.get(name, Missing("missing", (name,)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a - b - 1", 5),
        ("a - (b - 1)", 7),
        ("(a + b) / 2", 7),
        ("a / b", Decimal("2.5")),
        ("-a + b", -6),
        ("abs(b - a)", 6),
        ("min(a, b, 3)", 3),
        ("max(a, b)", 10),
        ("a * 0.1", 1),
    ],
)
def test_a_formula_is_computed_exactly(text: str, value: Decimal | int) -> None:
    assert parse(text).evaluate(look) == value


def test_every_missing_name_is_told() -> None:
    assert parse("(x + a) / y").evaluate(look) == Missing("missing", ("x", "y"))


def test_a_missing_term_is_not_zero_even_when_multiplied_by_zero() -> None:
    assert parse("zero * x").evaluate(look) == Missing("missing", ("x",))


def test_division_by_zero_is_a_reason_not_a_number() -> None:
    assert parse("a / zero").evaluate(look) == Missing("zero_denominator")


def test_an_earlier_period_that_does_not_exist_is_the_reason_given() -> None:
    assert parse("a - previous(b) + x").evaluate(look) == Missing("no_previous_period", ("x",))


def test_average_is_of_this_period_and_the_one_before() -> None:
    values = {("a", "now"): Decimal(3), ("a", "previous"): Decimal(5)}
    assert parse("average(a)").evaluate(lambda name, moment: values[name, moment]) == 4


def test_names_are_found_once_in_order_with_their_moment() -> None:
    assert parse("a + b - previous(a) + a").names == (
        Name("a"),
        Name("b"),
        Name("a", "previous"),
    )


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a +", 0),
        ("__import__('os')", 0),
        ("a.b", 0),
        ("a ** 2", 0),
        ("a if b else 1", 0),
        ("[a]", 0),
        ("'text'", 0),
        ("True", 0),
        ("lag(a)", 0),
        ("1 + min(a)", 4),
        ("previous(first(a))", 9),
        ("abs(a, b)", 0),
        ("f(x=1)", 0),
    ],
)
def test_anything_but_arithmetic_is_refused_with_its_place(text: str, offset: int) -> None:
    with pytest.raises(FormulaError) as error:
        parse(text)
    assert error.value.offset == offset


@pytest.mark.parametrize("text", ["(" * 5000 + "a" + ")" * 5000, "a" + "+a" * 100_000, "9" * 9999])
def test_formulas_of_any_size_end_in_a_result_or_a_clear_refusal(text: str) -> None:
    try:
        parse(text)
    except FormulaError:
        return
    assert len(text) < 10_000


def _text(part: Name | OverRecords) -> str:
    return part.name if isinstance(part, Name) else part.text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a - (b - 1)", "A − (B − 1)"),
        ("a / (b * 2)", "A / (B × 2)"),
        ("(a + b) * 2", "(A + B) × 2"),
        ("a - b - 1", "A − B − 1"),
        ("-a", "−A"),
        ("max(a, b) / a", "max(A; B) / A"),
        ("abs(a - b) / 2", "|A − B| / 2"),
    ],
)
def test_a_formula_is_written_with_the_brackets_it_needs(text: str, written: str) -> None:
    assert parse(text).written(lambda part: _text(part).upper()) == written


_terms = st.recursive(
    st.sampled_from(["a", "b", "2", "0.5"]),
    lambda inner: st.builds(
        lambda x, op, y: f"({x} {op} {y})", inner, st.sampled_from("+-*/"), inner
    ),
    max_leaves=12,
)


@settings(derandomize=True, max_examples=200)
@given(_terms)
def test_a_written_formula_reads_back_to_the_same_value(text: str) -> None:
    formula = parse(text)
    again = parse(formula.written(_text).translate({0x2212: "-", 0xD7: "*"}))
    assert again.evaluate(look) == formula.evaluate(look)
