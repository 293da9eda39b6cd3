"""Flows of changes: what is read, and what is refused with its place."""

from pathlib import Path

from diagnost.knowledge.flow_file import read_flows
from diagnost.knowledge.shape import Problems
from diagnost.model.supposition import Flows
from diagnost.yaml_reader import read
from tests.shipped import base

ITEMS = base().catalogue.line_items
INDICATORS = base().catalogue.indicators


def flows(text: str, folder: Path) -> tuple[Flows, list[str]]:
    path = folder / "flows.yaml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    found = read_flows(read(path, name="flows.yaml"), ITEMS, INDICATORS, problems)
    return found, [f"{p.at}: {p.code} {p.message}" for p in problems]


def test_flows_are_read(tmp_path: Path) -> None:
    found, problems = flows(
        "within:\n  current_liabilities: [trade_payables]\n"
        "flows:\n  - {of: revenue, moves: operating_profit, by: 1}\n"
        "comes_from: {net_profit: profit_before_tax}\n"
        "charged_on: {income_tax: profit_before_tax}\nbalancing: [cash]\n",
        tmp_path,
    )
    assert problems == []
    assert found.charged_on == {"income_tax": "profit_before_tax"}
    assert found.within == {"current_liabilities": ("trade_payables",)}
    assert [(f.of, f.moves, f.by) for f in found.flows] == [("revenue", "operating_profit", 1)]
    assert found.comes_from == {"net_profit": "profit_before_tax"}
    assert found.balancing == ("cash",)


def test_an_item_that_is_not_known_is_told(tmp_path: Path) -> None:
    _, problems = flows("flows:\n  - {of: revenu, moves: equity, by: 1}\n", tmp_path)
    assert problems == ["flows.yaml:2:5: K203 'revenu' is no line item"]


def test_what_a_charge_rests_on_must_be_known(tmp_path: Path) -> None:
    _, problems = flows("charged_on:\n  income_tax: profit\n", tmp_path)
    assert problems == ["flows.yaml:2:3: K203 'profit' is no line item"]


def test_a_circle_is_told(tmp_path: Path) -> None:
    text = (
        "flows:\n  - {of: net_profit, moves: equity, by: 1}\n"
        "  - {of: equity, moves: net_profit, by: 1}\n"
    )
    _, problems = flows(text, tmp_path)
    message = "K305 a change of 'net_profit' would come back to it"
    assert problems == [f"flows.yaml:2:5: {message}"]


def test_without_the_file_nothing_flows() -> None:
    assert read_flows(None, ITEMS, INDICATORS, Problems()) == Flows()


def test_a_charge_that_moves_its_own_result_is_told(tmp_path: Path) -> None:
    text = (
        "flows:\n  - {of: income_tax, moves: profit_before_tax, by: -1}\n"
        "charged_on: {income_tax: profit_before_tax}\n"
    )
    _, problems = flows(text, tmp_path)
    message = "K305 a change of 'income_tax' would come back to it"
    assert problems == [f"flows.yaml:2:5: {message}"]


def test_what_tells_an_item_in_days_must_count_days(tmp_path: Path) -> None:
    found, problems = flows("in_days:\n  inventories: CRZ\n  cash: WPB\n", tmp_path)
    assert found.in_days["inventories"] == "finance.activity.inventory_cycle"
    assert problems == ["flows.yaml:3:3: K203 'WPB' is the symbol of no indicator in days"]
