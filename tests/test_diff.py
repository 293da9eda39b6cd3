"""Two states of the knowledge: entries that differ, and the diagnoses that would."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from diagnost.app.errors import UsageError
from diagnost.cli import program
from diagnost.model.located import DiagnostError
from tests.unit.conftest import FILES

TOPIC = "knowledge/finance/liquidity/ratio.yaml"
ACME = """\
company: {name: Acme}
periods: ["2023"]
lines: {current_assets: [130], current_liabilities: [100]}
"""
FURTHER = """
recommendations:
  - id: pay
    when: {finance.liquidity.ratio.low: found}
    urgency: now
    text: {en: Find cash., pl: Znaleźć gotówkę., zh: 筹措现金。}
    brief: {en: find cash, pl: znaleźć gotówkę, zh: 筹措现金}
    answers: [finance.liquidity.ratio.low]
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1}]
    silent_on: [{finance.liquidity.ratio: 3}]
"""


def run(*arguments: str) -> Any:
    return CliRunner().invoke(program.program(arguments), arguments)


@pytest.fixture
def states(tmp_path: Path) -> tuple[Path, Path]:
    """Write the tiny knowledge base into two folders."""
    for state in ("old", "new"):
        for name, text in FILES.items():
            path = tmp_path / state / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.lstrip("\n"), encoding="utf-8")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "acme.yaml").write_text(ACME, encoding="utf-8")
    return tmp_path / "old", tmp_path / "new"


def change(state: Path, old: str, new: str, name: str = TOPIC) -> None:
    text = (state / name).read_text(encoding="utf-8")
    assert old in text
    (state / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def data(*arguments: str) -> dict[str, Any]:
    result = run("diff", *arguments, "--format", "json")
    assert result.exit_code == 0, result.exception
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_alike_states_have_no_difference_wherever_their_entries_stand(
    states: tuple[Path, Path],
) -> None:
    old, new = map(str, states)
    change(states[1], "norms:", "# a remark that moves every place below\nnorms:")
    assert run("diff", old, new).output == "Entries: no difference\n"


def test_each_aspect_that_changed_is_named(states: tuple[Path, Path]) -> None:
    old, new = map(str, states)
    change(states[1], "below: 1.2}", "below: 1.4}")
    change(
        states[1],
        "silent_on: [{finance.liquidity.ratio: 1.2}]",
        "silent_on: [{finance.liquidity.ratio: 1.4}]",
    )
    change(states[1], 'pl: "Tylko {WPB}."', 'pl: "Ledwie {WPB}."')
    change(states[1], "cites: [F5.2]\n    fires_on", "cites: [F5.3]\n    fires_on")
    found = data(old, new)
    assert (found["added"], found["removed"]) == ([], [])
    changes = {
        (entry["id"], each["aspect"]): (each["before"], each["after"])
        for entry in found["changed"]
        for each in entry["changes"]
    }
    assert changes == {
        ("finance.liquidity.ratio", "norms.general.bands.low.below"): ("1.2", "1.4"),
        ("finance.liquidity.ratio.low", "text.pl"): ("Tylko {WPB}.", "Ledwie {WPB}."),
        ("finance.liquidity.ratio.low", "cites.ids"): ("F5.2", "F5.3"),
        ("finance.liquidity.ratio.low", "silent_on"): (
            "{finance.liquidity.ratio: 1.2}",
            "{finance.liquidity.ratio: 1.4}",
        ),
    }


def test_conditions_are_compared_by_what_they_mean(states: tuple[Path, Path]) -> None:
    old, new = map(str, states)
    change(
        states[1],
        "when: {finance.liquidity.ratio: low}",
        "when: {all: [{finance.liquidity.ratio: low}]}",
    )
    assert run("diff", old, new).output == "Entries: no difference\n"
    change(
        states[1],
        "when: {all: [{finance.liquidity.ratio: low}]}",
        "when: {finance.liquidity.ratio: [low, safe]}",
    )
    change(
        states[1],
        "silent_on: [{finance.liquidity.ratio: 1.2}]",
        "silent_on: [{finance.liquidity.ratio: 3}]",
    )
    assert (
        "one of (finance.liquidity.ratio: low | finance.liquidity.ratio: safe)"
        in run("diff", old, new).output
    )


def test_diagnoses_that_would_change_name_the_entries_they_change_through(
    states: tuple[Path, Path],
) -> None:
    old, new = map(str, states)
    change(states[1], "below: 1.2}", "below: 1.4}")
    with (states[1] / TOPIC).open("a", encoding="utf-8") as file:
        file.write(FURTHER.lstrip("\n"))
    cases = str(states[0].parent / "cases")
    found = data(old, new, "--cases", cases)
    assert [(e["kind"], e["id"]) for e in found["added"]] == [
        ("recommendation", "finance.liquidity.ratio.pay")
    ]
    assert found["cases_tried"] == 1
    [case] = found["cases"]
    assert (case["case"], case["period"]) == ("acme.yaml", "2023")
    assert case["findings_new"] == [
        {
            "id": "finance.liquidity.ratio.low",
            "text": "Only 1.30.",
            "through": ["finance.liquidity.ratio"],
        }
    ]
    [step] = case["recommendations_new"]
    assert step["through"] == ["finance.liquidity.ratio.pay", "finance.liquidity.ratio"]
    back = data(new, old, "--cases", cases)
    assert [f["id"] for f in back["cases"][0]["findings_gone"]] == ["finance.liquidity.ratio.low"]
    text = run("diff", old, new, "--cases", cases).output
    assert "Diagnoses: 1 of 1 would change" in text
    assert (
        "  + statement finance.liquidity.ratio.low  (through finance.liquidity.ratio)\n"
        "      Only 1.30.\n" in text
    )


def test_the_same_finding_in_other_words_is_a_change_too(states: tuple[Path, Path]) -> None:
    old, new = states
    for state in states:
        change(state, "below: 1.2}", "below: 1.4}")
        change(
            state,
            "silent_on: [{finance.liquidity.ratio: 1.2}]",
            "silent_on: [{finance.liquidity.ratio: 1.4}]",
        )
    change(new, 'zh: "仅{WPB}。"', 'zh: "只有{WPB}。"')
    cases = str(old.parent / "cases" / "acme.yaml")
    assert data(str(old), str(new), "--cases", cases)["cases"] == []
    [case] = data(str(old), str(new), "--cases", cases, "--lang", "zh")["cases"]
    [told] = case["reworded"]
    assert (told["before"], told["after"]) == ("仅1.30。", "只有1.30。")


def test_a_case_that_can_be_read_in_one_state_only_is_told(states: tuple[Path, Path]) -> None:
    old, new = states
    change(new, "id: current_assets", "id: assets_of_a_year", "knowledge/line_items.yaml")
    change(new, "{en: Current assets", "{en: Assets of a year", "knowledge/line_items.yaml")
    change(new, "formula: current_assets /", "formula: assets_of_a_year /")
    cases = str(old.parent / "cases")
    [told] = data(str(old), str(new), "--cases", cases)["unreadable"]
    assert told["case"] == "acme.yaml"
    assert told["why"].startswith("after the change: acme.yaml:3:")
    assert (
        "acme.yaml cannot be read after the change"
        in run("diff", str(old), str(new), "--cases", cases).output
    )


def test_a_pack_beside_what_is_shipped(tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    (pack / "rules").mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "id: mine\nversion: 1.0.0\nname: {en: Mine}\nlanguages: [en]\nneeds: diagnost >= 0.1\n"
        "licence: MIT\nauthor: I\nswitched_off:\n"
        "  - {id: finance.liquidity.rulings.stock_turns_fast_enough, because: not here}\n",
        encoding="utf-8",
    )
    result = run("diff", "shipped", str(pack))
    assert result.exit_code == 0, result.exception
    assert "- ruling finance.liquidity.rulings.stock_turns_fast_enough" in result.output


def test_wrong_use_is_told(states: tuple[Path, Path]) -> None:
    old, new = map(str, states)
    empty = states[0].parent / "empty"
    empty.mkdir()
    for arguments, told in (
        ((old, "nowhere"), "nowhere is no folder"),
        ((old, str(empty)), "holds no knowledge base"),
        ((old, new, "--cases", "nowhere"), "there is no file or folder nowhere"),
        ((old, new, "--cases", str(empty)), "has no accounts in it"),
    ):
        result = run("diff", *arguments)
        assert isinstance(result.exception, UsageError), arguments
        assert told in str(result.exception)


def test_knowledge_that_cannot_be_used_is_told_with_its_place(states: tuple[Path, Path]) -> None:
    change(states[1], "polarity: bad\n", "polarity: awful\n")
    result = run("diff", *map(str, states))
    assert isinstance(result.exception, DiagnostError)
    assert "ratio.yaml" in str(result.exception)


def test_whole_cases_stand_for_their_accounts(states: tuple[Path, Path]) -> None:
    old, new = states
    change(new, "below: 1.2}", "below: 1.4}")
    cases = old.parent / "whole"
    cases.mkdir()
    expect = "expect: {silent: [finance.liquidity.ratio.low]}\n"
    (cases / "acme.yaml").write_text(ACME, encoding="utf-8")
    (cases / "beside.yaml").write_text(f"file: acme.yaml\n{expect}", encoding="utf-8")
    inner = "".join(f"  {line}\n" for line in ACME.splitlines())
    (cases / "inside.yaml").write_text(f"accounts:\n{inner}{expect}", encoding="utf-8")
    found = data(str(old), str(new), "--cases", str(cases))
    assert found["unreadable"] == []
    assert [case["case"] for case in found["cases"]] == ["acme.yaml", "inside.yaml"]


def test_how_an_indicator_is_compared_comes_with_it(states: tuple[Path, Path]) -> None:
    old, new = states
    (new / "knowledge/finance/liquidity/cover.yaml").write_text(
        "topic: finance.liquidity.cover\n"
        "indicator:\n"
        "  symbol: COVER\n"
        "  name: {en: Cover, pl: Pokrycie, zh: 覆盖率}\n"
        "  meaning: {en: Cover., pl: Pokrycie., zh: 覆盖率。}\n"
        "  formula: current_assets / current_liabilities\n"
        "  unit: times\n"
        "  better: higher\n"
        "  basis: inference\n",
        encoding="utf-8",
    )
    added = data(str(old), str(new))["added"]
    assert [(e["kind"], e["id"]) for e in added] == [("indicator", "finance.liquidity.cover")]
