"""Each fault of the knowledge base is told once, with its exact place."""

from pathlib import Path

import pytest

from diagnost.check.examples import check_example, trials
from diagnost.check.excerpt import written
from diagnost.check.lint import lint
from diagnost.knowledge.base import load_with_problems
from diagnost.model.located import Problem
from tests.unit.conftest import Edit

RATIO = "knowledge/finance/liquidity/ratio.yaml"


def problems(root: Path) -> list[Problem]:
    base, found = load_with_problems(root)
    found = found or lint(base)
    return found or [p for t in trials(base) if (p := check_example(base, t)) is not None]


def test_a_moot_reason_must_be_one(root: Path, edit: Edit) -> None:
    edit("reasons:", "moot: [no_debt]\nreasons:", "knowledge/reasons.yaml")
    (problem,) = problems(root)
    assert str(problem) == "knowledge/reasons.yaml:1:8: K206 no reason is called 'no_debt'"
    assert "no_debts" in problem.hint


def test_the_tiny_base_is_sound(root: Path) -> None:
    assert problems(root) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "hint"),
    [
        (
            "    polarity: bad\n    severity",
            "    polarty: bad\n    severity",
            "19:5: K106 a statement needs the key 'polarity'",
            "",
        ),
        (
            "unit: times",
            "unit: times\n  year_before: ratoi",
            "3:3: K203 no indicator 'ratoi'",
            "symbol of an entry",
        ),
        ("unit: times", "unit: time", "6:9: K108 'time' is not a word for 'unit'", "times"),
        (
            "formula: current_assets / current_liabilities",
            "formula: current +",
            "5:12: K110 formula: not a formula",
            "reads",
        ),
        (
            "current_assets / c",
            "curent_assets / c",
            "5:12: K203 'curent_assets' is no line item and no indicator",
            "Did you mean current_assets",
        ),
        ("below: 1.2", "below: 12%", "15:41: K109 '12%' must not be a percentage", ""),
        ("below: 1.2", "below: about", "15:41: K109 'about' is not a number", "1.2, 2/3 or 35%"),
        ("below: 1.2", "below: 3", "16:9: K301 band edges must rise", "lowest up"),
        (
            "{id: high, polarity: watch}",
            "{id: high, polarity: watch, below: 9}",
            "17:9: K302 the last band must be open",
            "Leave below",
        ),
        (
            "is: zero, reason: no_debts",
            "is: zero, reason: no_debt",
            "9:7: K210 no reason 'no_debt'",
            "Did you mean no_debts",
        ),
        (
            "when: {finance.liquidity.ratio: low}",
            "when: {finance.liquidity.ratio: lo}",
            "20:37: K202 'lo' is no word of finance.liquidity.ratio",
            "Did you mean low",
        ),
        (
            "when: {finance.liquidity.ratio: low}",
            "when: {finance.liquidity.ration: low}",
            "20:12: K201 no fact is called 'finance.liquidity.ration'",
            "Did you mean finance.liquidity.ratio",
        ),
        (
            "    cites: [F5.2]\n    fires_on",
            "    cites: [F5.9]\n    fires_on",
            "24:13: K205 no source has a statement F5.9",
            "Did you mean F5.",
        ),
        (
            "    cites: [F5.2]\n    fires_on",
            "    fires_on",
            "19:5: K208 a statement rests on nothing",
            "basis: inference",
        ),
        ("Only {WPB}.", "Only {WPC}.", "23:11: K204 the slot {WPC} names no figure", "WPB"),
        ("Only {WPB}.", "Only {WPB:cents}.", "23:11: K204 no form 'cents' in {WPB:cents}", "Forms"),
        ("Only {WPB}.", "Only {WPB.", "23:16: K111 a brace that belongs to no slot", "{symbol}"),
        ('zh: "仅{WPB}。"', 'zh: "仅一。"', "23:55: K402 the slot {WPB} is missing from 'zh'", ""),
        (', zh: "仅{WPB}。"', "", "23:11: K401 the text is missing in 'zh'", "complete"),
        (
            '"仅{WPB}。"',
            '"仅,{WPB}。"',
            "23:11: K403 half-width punctuation in a Chinese text",
            "，",
        ),
        (
            '"Tylko {WPB}."',
            '"Tylko {WPB}, a nie 1.2."',
            "23:11: K404 a decimal point in a Polish text",
            "comma",
        ),
        (
            "Only {WPB}.",
            "Only {WPB.previous}.",
            "23:44: K402 the slot {WPB.previous} is missing from 'pl'",
            "",
        ),
        (
            "ratio: 1.19}",
            "ratio: 1.2}",
            "25:16: K501 finance.liquidity.ratio.low does not fire on this example",
            "low",
        ),
        (
            "silent_on: [{finance.liquidity.ratio: 1.2}]",
            "silent_on: [{finance.liquidity.ratio: 1.1}]",
            "26:17: K502 finance.liquidity.ratio.low fires on this example, but must be silent",
            "low",
        ),
        (
            "    silent_on: [{finance.liquidity.ratio: 1.2}]\n",
            "",
            "19:5: K503 finance.liquidity.ratio.low has no example under silent_on",
            "small case",
        ),
        (
            "topic: finance.liquidity.ratio",
            "topic: finance.liquidity.ratios",
            "1:8: K112 'finance.liquidity.ratios' is not the path of its file",
            "Write topic",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    root: Path, edit: Edit, old: str, new: str, line: str, hint: str
) -> None:
    edit(old, new)
    found = problems(root)
    assert f"{RATIO}:{line}" in [str(p).split(" (see")[0] for p in found]
    problem = next(p for p in found if line in str(p))
    assert hint in problem.hint


@pytest.mark.parametrize("written", ["soon", "2", "0 weeks", "1.5 quarters", "2 fortnights"])
def test_a_horizon_is_a_number_and_a_unit(root: Path, edit: Edit, written: str) -> None:
    advice = f"""recommendations:
  - id: raise
    when: {{finance.liquidity.ratio: low}}
    urgency: now
    text: {{en: Raise it., pl: Podnieść., zh: 提高。}}
    brief: {{en: raise it, pl: podnieść, zh: 提高}}
    horizon: {written}
    answers: [finance.liquidity.ratio.low]
    cites: [F5.2]
statements:"""
    edit("statements:", advice)
    (problem,) = load_with_problems(root)[1]
    assert problem.code == "K113"
    assert (problem.at.line, problem.at.column) == (24, 14)
    assert "2 weeks" in problem.hint


def test_unknown_keys_are_told_with_the_nearest(root: Path, edit: Edit) -> None:
    edit("    severity: serious", "    severty: serious")
    assert [(str(p), p.hint) for p in problems(root)] == [
        (f"{RATIO}:22:5: K105 'severty' is no key of a statement", "Did you mean severity?")
    ]


def test_a_text_may_only_use_figures_its_condition_makes_sure_of(root: Path, edit: Edit) -> None:
    edit(
        'text: {en: "Only {WPB}.", pl: "Tylko {WPB}.", zh: "仅{WPB}。"}',
        'text: {en: "From {WPB.previous}.", pl: "Z {WPB.previous}.", zh: "从{WPB.previous}。"}',
    )
    assert [p.code for p in problems(root)] == ["K405"]


GRID = "covers: [{keys: [finance.liquidity.ratio, finance.liquidity.ratio.previous]%s}]\nnorms:\n"


@pytest.mark.parametrize(
    ("silent", "told"),
    [
        ("", ["safe, finance.liquidity.ratio.previous: low", "and 3 more"]),
        (", silent: [{finance.liquidity.ratio: safe}]", ["high, finance.liquidity.ratio.previous"]),
        (", silent: [{finance.liquidity.ratio: [safe, high]}]", []),
    ],
)
def test_a_combination_that_a_topic_covers_and_nobody_speaks_of(
    silent: str, told: list[str], root: Path, edit: Edit
) -> None:
    edit("norms:\n", GRID % silent)
    found = [str(p) for p in problems(root)]
    assert len(found) == bool(told)
    assert all(f"ratio: {part}" in found[0] or part in found[0] for part in told)
    assert all("K406 finance.liquidity.ratio is silent on" in problem for problem in found)


def test_a_grid_names_known_facts(root: Path, edit: Edit) -> None:
    edit("norms:\n", "covers: [{keys: [finance.liquidity.ratio, finance.ratio]}]\nnorms:\n")
    assert [p.code for p in problems(root)] == ["K201"]


def test_two_entries_of_one_id_show_both_places(root: Path, edit: Edit) -> None:
    text = (root / RATIO).read_text(encoding="utf-8")
    statement = text[text.index("  - id: low\n") :]
    (root / RATIO).write_text(text + statement, encoding="utf-8")
    assert str(problems(root)[0]) == (
        f"{RATIO}:27:5: K207 'finance.liquidity.ratio.low' stands twice (see also {RATIO}:19:5)"
    )


def test_a_problem_is_written_with_line_caret_and_hint(root: Path, edit: Edit) -> None:
    edit("when: {finance.liquidity.ratio: low}", "when: {finance.liquidity.ratio: lo}")
    assert written(problems(root)[0], root).split("\n") == [
        f"{RATIO}:20:37: K202 'lo' is no word of finance.liquidity.ratio",
        "        when: {finance.liquidity.ratio: lo}",
        "                                        ^^",
        "    Words: low, safe, high. Did you mean low?",
    ]


def test_entries_that_give_way_to_each_other_are_refused(root: Path, edit: Edit) -> None:
    text = (root / RATIO).read_text(encoding="utf-8")
    first = text[text.index("  - id: low\n") :]
    second = first.replace("id: low\n", "id: other\n").replace(
        "polarity: bad", "prevails_over: [finance.liquidity.ratio.low]\n    polarity: bad"
    )
    both = text.replace(
        first,
        first.replace(
            "polarity: bad", "prevails_over: [finance.liquidity.ratio.other]\n    polarity: bad"
        ),
    )
    (root / RATIO).write_text(both + second, encoding="utf-8")
    assert {p.code for p in problems(root)} == {"K303"}


PARTS = """
decompositions:
  - id: parts
    of: WPB
    as: current_assets / current_liabilities
    parts:
      - {id: assets, figure: current_assets, name: {en: assets, pl: aktywa, zh: 资产}}
      - {id: debts, figure: current_liabilities, name: {en: debts, pl: długi, zh: 负债}}
    basis: inference
statements:
  - id: by_debts
    when: {finance.liquidity.ratio.parts.leader: debts}
    polarity: bad
    text: {en: "By {WPB.by.debts}.", pl: "O {WPB.by.debts}.", zh: "{WPB.by.debts}。"}
    basis: inference
    fires_on: [{lines.current_assets: [100, 100], lines.current_liabilities: [50, 80]}]
    silent_on:
      - {lines.current_assets: [100, 100], lines.current_liabilities: [50, 51]}
      - {lines.current_assets: [100, 60], lines.current_liabilities: [50, 50]}
"""


def test_a_sound_decomposition_gives_facts_and_slots(root: Path, edit: Edit) -> None:
    edit("statements:\n", PARTS)
    assert problems(root) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "hint"),
    [
        ("of: WPB", "of: WPC", "K203 'WPC' is no indicator", "WPB"),
        (
            "as: current_assets / c",
            "as: curent_assets / c",
            "K203 'curent_assets' is no line item and no indicator",
            "current_assets",
        ),
        (
            "as: current_assets / current_liabilities",
            "as: current_assets / 2",
            "K211 formula and parts do not match: current_liabilities",
            "once among the parts",
        ),
        (
            "as: current_assets / c",
            "as: previous(current_assets) / c",
            "K211 a decomposition has figures of one period",
            "Leave previous",
        ),
        ("{id: assets, f", "{id: none, f", "K211 the parts need ids", "stable"),
        ("{id: assets, f", "{id: debts, f", "K207 finance.liquidity.ratio has two", "another id"),
        ("leader: debts", "leader: debt", "K202 'debt' is no word of", "Did you mean debts"),
        (
            '"By {WPB.by.debts}."',
            '"By {WPB.by.debt}."',
            "K204 WPB has no part 'debt'",
            "Did you mean debts",
        ),
        (
            'leader: debts}\n    polarity: bad\n    text: {en: "By',
            'step_leader: debts}\n    polarity: bad\n    text: {en: "By',
            "K405 the text uses {WPB.by.debts}, which its condition does not make sure of",
            "detail",
        ),
    ],
)
def test_a_faulty_decomposition_is_told(
    root: Path, edit: Edit, old: str, new: str, code: str, hint: str
) -> None:
    edit("statements:\n", PARTS)
    edit(old, new)
    found = [p for p in problems(root) if code in str(p)]
    assert len(found) == 1
    assert hint in found[0].hint
