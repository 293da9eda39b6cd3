"""A change is split without rest, in the declared order, and never where a figure is missing."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnost.compute.decompositions import break_down
from diagnost.model.accounts import Accounts, Amount, Company, Period
from diagnost.model.catalogue import Catalogue
from diagnost.model.decomposition import Breakdown, Decomposition, Part
from diagnost.model.formula import Formula
from diagnost.model.formula_reading import parse
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import Citation, Indicator, Reading, Steadiness, Unit
from diagnost.model.located import At
from diagnost.model.text import Text

HERE = At("t")
STEADY = Steadiness(
    id="money",
    relative=Decimal("0.05"),
    absolute=None,
    sharp_relative=None,
    sharp_absolute=None,
    at=HERE,
)
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
FORMULAS = ("a * b * c", "a + b - c", "(a + b) / c", "a / (b + c)", "1 - a + b - c")

Rows = Mapping[str, tuple[Decimal | None, Decimal | None]]


def decomposition(text: str, order: str = "abc") -> Decomposition:
    parts = tuple(Part(f"part_{name}", name, Text({"en": name}, HERE), HERE) for name in order)
    return Decomposition("t.whole.parts", "t.whole", parse(text), parts, Citation(), HERE)


def taken_apart(
    text: str, rows: Rows, *, order: str = "abc", whole: tuple[str, str] | None = None
) -> Breakdown | Missing:
    """Split a whole that the formula gives, or that is given by hand, between two periods."""
    formula = parse(text)
    indicator = Indicator(
        id="t.whole",
        symbol="W",
        name=Text({"en": "Whole"}, HERE),
        meaning=None,
        formula=formula,
        otherwise=None,
        unit=Unit.MONEY,
        better="neither",
        steadiness=STEADY,
        undefined=(),
        norms=(),
        cites=Citation(),
        shown=True,
        at=HERE,
    )
    readings = {}
    for at, period in enumerate(("p1", "p2")):
        values = {name: pair[at] for name, pair in rows.items()}
        found = Decimal(whole[at]) if whole is not None else evaluated(formula, values)
        readings["t.whole", period] = (
            Reading("t.whole", period, missing=found)
            if isinstance(found, Missing)
            else Reading("t.whole", period, value=found)
        )
    accounts = Accounts(
        file="t",
        company=Company(),
        currency="",
        unit=1,
        periods=(Period("p1", HERE), Period("p2", HERE)),
        amounts={
            (item, f"p{number + 1}"): Amount(item, f"p{number + 1}", value, At("t", number + 1))
            for item, values in rows.items()
            for number, value in enumerate(values)
            if value is not None
        },
        given={},
        context={},
    )
    catalogue = Catalogue(
        line_items={},
        ambiguous=(),
        identities=(),
        indicators={"t.whole": indicator},
        questions={},
        symbols={"W": "t.whole"},
    )
    split = decomposition(text, order)
    return break_down(split, accounts, catalogue, readings, "p2", since="p1")


def evaluated(formula: Formula, values: Mapping[str, Decimal | None]) -> Decimal | Missing:
    def lookup(name: str, _: str) -> Decimal | Missing:
        value = values[name]
        return missing(name) if value is None else value

    return formula.evaluate(lookup)


def missing(name: str) -> Missing:
    return Missing("missing", (name,))


def rows(**values: str) -> Rows:
    """Read ``a="1 2"``: the figure of the first period and of the second, ``-`` for none."""
    pairs = {name: text.split() for name, text in values.items()}
    return {
        name: (
            None if one == "-" else Decimal(one),
            None if other == "-" else Decimal(other),
        )
        for name, (one, other) in pairs.items()
    }


def effects(found: Breakdown | Missing) -> dict[str, Decimal]:
    assert isinstance(found, Breakdown)
    return {share.part.figure: share.effect for share in found.shares}


@pytest.mark.parametrize("text", FORMULAS)
@given(figures=st.lists(AMOUNTS, min_size=6, max_size=6))
def test_the_parts_add_up_to_the_change_exactly(text: str, figures: list[Decimal]) -> None:
    found = taken_apart(
        text, dict(zip("abc", zip(figures[::2], figures[1::2], strict=True), strict=True))
    )
    if isinstance(found, Missing):
        assert found.reason == "zero_denominator"
        return
    assert found.before.value is not None
    assert found.now.value is not None
    assert sum(share.effect for share in found.shares) == found.change
    # The figures themselves have 28 digits; no more is told than the largest effect has.
    finest = max(Decimal(1), *(abs(share.effect) for share in found.shares)) * Decimal("1E-17")
    assert abs(found.change - (found.now.value - found.before.value)) <= finest


@given(figures=st.lists(AMOUNTS, min_size=6, max_size=6))
def test_the_leader_goes_with_the_whole_and_furthest(figures: list[Decimal]) -> None:
    found = taken_apart(
        "a + b - c", dict(zip("abc", zip(figures[::2], figures[1::2], strict=True), strict=True))
    )
    assert isinstance(found, Breakdown)
    if found.leader is None:
        assert found.lead is None
        return
    assert found.lead is not None
    assert found.lead > 0
    same_way = [s.effect / found.change for s in found.shares]
    assert found.lead == max(same_way)


def test_each_part_takes_its_new_value_after_those_before_it() -> None:
    figures = rows(a="2 3", b="5 7", c="10 4")
    # 2·5·10 = 100 → 3·5·10 = 150 → 3·7·10 = 210 → 3·7·4 = 84
    assert effects(taken_apart("a * b * c", figures)) == {"a": 50, "b": 60, "c": -126}
    # 100 → 2·5·4 = 40 → 2·7·4 = 56 → 84
    assert effects(taken_apart("a * b * c", figures, order="cba")) == {"c": -60, "b": 16, "a": 28}


def test_in_a_sum_the_order_is_no_matter() -> None:
    figures = rows(a="2 3", b="5 7", c="10 4")
    wanted = {"a": 1, "b": 2, "c": 6}
    assert effects(taken_apart("a + b - c", figures)) == wanted
    assert effects(taken_apart("a + b - c", figures, order="cba")) == wanted


def test_zero_and_a_change_of_sign_are_no_obstacle() -> None:
    figures = rows(a="-2 3", b="0 7", c="10 10")
    # −2·0·10 = 0 → 3·0·10 = 0 → 3·7·10 = 210
    assert effects(taken_apart("a * b * c", figures)) == {"a": 0, "b": 210, "c": 0}


def test_a_missing_figure_gives_no_decomposition() -> None:
    assert taken_apart("a + b - c", rows(a="1 2", b="- 5", c="1 1")) == missing("b")
    assert taken_apart("a + b - c", rows(a="1 2", b="5 -", c="1 -")) == Missing(
        "missing", ("b", "c")
    )


def test_a_figure_missing_on_one_side_is_no_nought_even_where_the_whole_is_given() -> None:
    found = taken_apart("a + b - c", rows(a="1 2", b="- 5", c="1 1"), whole=("0", "6"))
    assert found == missing("b")


def test_a_division_by_nought_on_the_way_gives_no_decomposition() -> None:
    # Both ends are sound, but 1 / (5 − 5) lies between them.
    found = taken_apart("a / (b - c)", rows(a="1 1", b="6 5", c="5 2"))
    assert found == Missing("zero_denominator")


def test_parts_that_do_not_make_up_the_whole_give_no_decomposition() -> None:
    figures = rows(a="1 2", b="5 5", c="1 1")
    assert taken_apart("a + b - c", figures, whole=("5", "6.1")) == Missing("parts_differ")
    assert effects(taken_apart("a + b - c", figures, whole=("5", "6")))["a"] == 1


def test_a_stable_whole_has_no_leader() -> None:
    found = taken_apart("a + b - c", rows(a="100 150", b="100 60", c="0 6"))
    assert isinstance(found, Breakdown)
    assert found.change == 4
    assert found.leader is None


def test_of_equal_parts_the_first_leads() -> None:
    found = taken_apart("a + b - c", rows(a="1 2", b="1 2", c="0 0"))
    assert isinstance(found, Breakdown)
    assert found.leader is found.shares[0]
    assert found.lead == Decimal("0.5")


def test_every_share_keeps_the_cells_it_came_from() -> None:
    found = taken_apart("a + b - c", rows(a="1 2", b="1 2", c="0 0"))
    assert isinstance(found, Breakdown)
    for share in found.shares:
        assert share.before.places == (At("t", 1),)
        assert share.now.places == (At("t", 2),)


def test_the_parts_of_an_immense_change_add_up_too() -> None:
    figures = rows(a="-0.01 157750.36", b="353488982.01 0", c="179330323.43 0")
    found = taken_apart("a * b * c", figures)
    assert isinstance(found, Breakdown)
    assert sum(share.effect for share in found.shares) == found.change
