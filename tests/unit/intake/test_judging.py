"""Signs, scales, units, currencies and answers."""

from pathlib import Path

import pytest

from diagnost.intake.words import activity_of, currency_of, field_of, unit_of, unit_phrase
from diagnost.model.accounts import Origin
from diagnost.model.located import DiagnostError
from tests.unit.intake.intake_cases import kinds, read, values

TWO = 'periods: ["2022", "2023"]\n'


def test_costs_filed_negative_are_turned_and_told(tmp_path: Path) -> None:
    text = TWO + "lines: {operating_costs: [-5, (6)], depreciation: [-1, 0], revenue: [9, 9]}\n"
    accounts = read(tmp_path, "a.yaml", text)
    assert values(accounts)["operating_costs"] == ["5", "6"]
    assert accounts.amounts["operating_costs", "2023"].origin is Origin.FLIPPED
    assert accounts.amounts["operating_costs", "2023"].as_written == "(6)"
    assert accounts.amounts["revenue", "2023"].origin is Origin.GIVEN
    assert [(n.kind, n.figures) for n in accounts.notes] == [
        ("flipped", {"items": "operating_costs, depreciation"})
    ]


def test_one_negative_cost_among_positive_ones_is_kept_and_told(tmp_path: Path) -> None:
    accounts = read(tmp_path, "a.yaml", TWO + "lines: {depreciation: [-1, 5]}\n")
    assert values(accounts)["depreciation"] == ["-1", "5"]
    (note,) = accounts.notes
    assert note.kind == "negative_amount"
    assert note.figures == {"item": "depreciation", "period": "2022", "value": "-1"}


@pytest.mark.parametrize("item", ["inventories", "trade_payables", "revenue"])
def test_a_negative_asset_debt_or_revenue_is_kept_and_told(tmp_path: Path, item: str) -> None:
    accounts = read(tmp_path, "a.yaml", TWO + f"lines: {{{item}: [-1, -2]}}\n")
    assert values(accounts)[item] == ["-1", "-2"]
    assert kinds(accounts) == ["negative_amount", "negative_amount"]


def test_losses_and_negative_equity_are_nothing_special(tmp_path: Path) -> None:
    text = TWO + "lines: {equity: [-1, -2], net_profit: [-5, 5], income_tax: [-1, 1]}\n"
    assert kinds(read(tmp_path, "a.yaml", text)) == []


def test_tax_goes_with_the_habit_where_the_result_proves_it(tmp_path: Path) -> None:
    text = TWO + (
        "lines:\n  operating_costs: [-50, -60]\n  profit_before_tax: [100, 50]\n"
        "  income_tax: [-19, -9]\n  net_profit: [81, {last}]\n"
    )
    turned = read(tmp_path, "a.yaml", text.replace("{last}", "41"))
    assert values(turned)["income_tax"] == ["19", "9"]
    kept = read(tmp_path, "a.yaml", text.replace("{last}", "59"))
    assert values(kept)["income_tax"] == ["-19", "-9"]


def test_a_leap_of_a_thousand_is_another_unit(tmp_path: Path) -> None:
    for lines in ("total_assets: [5, 5100]", "revenue: [7000000, 7]", "revenue: [7, 7000000]"):
        with pytest.raises(DiagnostError, match="A150"):
            read(tmp_path, "a.yaml", TWO + f"lines: {{{lines}}}\n")


THREE = "periods: ['2021', '2022', '2023']\n"


@pytest.mark.parametrize(
    ("assets", "named", "place"),
    [
        ("[5, 5100, 6]", "the column 2022", "a.yaml:2:27"),
        ("[5000, 5, 6]", "the column 2021", "a.yaml:2:24"),
        ("[5, 6, 5100]", "the column 2023", "a.yaml:2:30"),
    ],
)
def test_the_column_in_another_unit_is_named(
    tmp_path: Path, assets: str, named: str, place: str
) -> None:
    with pytest.raises(DiagnostError) as caught:
        read(tmp_path, "a.yaml", THREE + f"lines: {{total_assets: {assets}}}\n")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.at)) == ("A150", place)
    assert named in problem.message


def test_of_two_columns_neither_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiagnostError, match="one of the columns seems"):
        read(tmp_path, "a.yaml", TWO + "lines: {total_assets: [5, 5100]}\n")


def test_a_single_figure_in_another_unit_is_left_to_the_data_checks(tmp_path: Path) -> None:
    lines = "{total_assets: [5000, 5100000], equity: [2000, 2050], fixed_assets: [3000, 3100]}"
    filed = read(tmp_path, "a.yaml", TWO + f"lines: {lines}\n")
    assert values(filed)["total_assets"] == ["5000", "5100000"]


def test_a_leap_of_one_figure_alone_may_be_real(tmp_path: Path) -> None:
    text = TWO + "lines: {total_assets: [900, 1000], revenue: [1, 1200]}\n"
    assert values(read(tmp_path, "a.yaml", text))["revenue"] == ["1", "1200"]
    read(tmp_path, "a.yaml", TWO + "lines: {total_assets: [10, 4000]}\n")
    read(tmp_path, "a.yaml", TWO + "lines: {total_assets: [0, 4000]}\n")


@pytest.mark.parametrize(
    ("text", "unit", "currency"),
    [
        ("1000", 1000, ""),
        ("1 000", 1000, ""),
        ("1.000", 1000, ""),
        ("1000.0", 1000, ""),
        ("tys. zł", 1000, "PLN"),
        ("w tys. PLN", 1000, "PLN"),
        ("zł", 1, "PLN"),
        ("mln EUR", 1_000_000, "EUR"),
        ("thousand", 1000, ""),
        ("in thousands of USD", 1000, "USD"),
        ("千元", 1000, "CNY"),
        ("万元", 10_000, "CNY"),
        ("人民币万元", 10_000, "CNY"),
        ("百万美元", 1_000_000, "USD"),
        ("亿元", 100_000_000, "CNY"),
        ("元", 1, "CNY"),
    ],
)
def test_units(text: str, unit: int, currency: str) -> None:
    assert unit_of(text) == (unit, currency)


@pytest.mark.parametrize("text", ["0", "-5", "1.5", "many", "", "1" * 20, "tys. mln"])
def test_what_is_no_unit(text: str) -> None:
    assert unit_of(text) is None


def test_a_phrase_states_a_unit_and_a_word_does_not() -> None:
    assert unit_phrase("(w tys. zł)") == (1000, "PLN")
    assert unit_phrase("千元") == (1000, "CNY")
    assert unit_phrase("in stock") is None
    assert unit_phrase("1000") is None
    assert unit_phrase("Zapasy") is None


def test_words_of_three_languages() -> None:
    assert [activity_of(w) for w in ("Handel", "生产", "services", "farming")] == [
        "trade", "production", "services", "",
    ]  # fmt: skip
    assert [currency_of(w) for w in ("zł", "元", "€", "$", "chf", "dukaty")] == [
        "PLN", "CNY", "EUR", "USD", "CHF", "",
    ]  # fmt: skip
    assert [field_of(w) for w in ("Firma:", "行业类型", "unit", "Zapasy")] == [
        "name", "activity", "unit", "",
    ]  # fmt: skip


def test_context_answers_and_indicators_of_yaml(tmp_path: Path) -> None:
    accounts = read(
        tmp_path,
        "a.yaml",
        TWO
        + "company: {activity: usługi, country: Polska}\n"
        + "indicators: {WPB: [null, 0.83], finance.return_on_investment: ['15,5%', (2%)]}\n"
        + "context: {loan_rate: 8.5%, high_inflation: tak}\nanswers: {terms: 30}\n",
    )
    assert {key: str(a.value) for key, a in accounts.context.items()} == {
        "loan_rate": "0.085",
        "high_inflation": "yes",
        "terms": "30",
        "activity": "services",
    }
    assert {key: str(g.value) for key, g in accounts.given.items()} == {
        ("finance.current_ratio", "2023"): "0.83",
        ("finance.return_on_investment", "2022"): "0.155",
        ("finance.return_on_investment", "2023"): "-0.02",
    }
    assert (accounts.company.country, accounts.unit, accounts.currency) == ("PL", 1, "")


def test_one_period_may_be_written_without_a_list(tmp_path: Path) -> None:
    accounts = read(
        tmp_path, "a.yaml", "periods: [2023]\nlines: {cash: 5}\nindicators: {ROI: 15%}\n"
    )
    assert values(accounts) == {"cash": ["5"]}
    assert [str(g.value) for g in accounts.given.values()] == ["0.15"]


def test_labels_serve_as_keys_too(tmp_path: Path) -> None:
    assert values(read(tmp_path, "a.yaml", TWO + "lines: {Zapasy: [1, 2], 现金: [3, 4]}\n")) == {
        "inventories": ["1", "2"],
        "cash": ["3", "4"],
    }
