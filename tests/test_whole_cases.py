"""Whole cases beside the knowledge: a failing one tells what was expected, what came, and why."""

from pathlib import Path

import pytest

from diagnost.app.checking import check_knowledge
from diagnost.model.located import Problem
from tests.unit.conftest import FILES

INLINE = """\
about: one that is short of money
accounts:
  periods: ["2022", "2023"]
  lines: {current_assets: [200, 110], current_liabilities: [100, 100]}
expect:
  findings: [finance.liquidity.ratio.low]
"""
STATE = """\
topic: finance.liquidity.verdict
states:
  - id: finance.liquidity.verdict
    verdict_on: liquidity
    words:
      - {id: short, polarity: bad, name: {en: short, pl: niska, zh: 不足}}
      - {id: sound, polarity: good, name: {en: sound, pl: dobra, zh: 良好}}
rules:
  - id: short
    when: {finance.liquidity.ratio.low: found}
    then: {finance.liquidity.verdict: short}
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1.1}]
    silent_on: [{finance.liquidity.ratio: 1.3}]
  - id: sound
    when: {finance.liquidity.ratio: safe}
    then: {finance.liquidity.verdict: sound}
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1.2}]
    silent_on: [{finance.liquidity.ratio: 1.1}]
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name, text in {**FILES, "rules/finance/liquidity/verdict.yaml": STATE}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    (tmp_path / "cases").mkdir()
    return tmp_path


def problems(content: Path, case: str) -> tuple[Problem, ...]:
    (content / "cases" / "acme.yaml").write_text(case, encoding="utf-8")
    return check_knowledge(["cases"], root=content).problems


def test_a_case_that_comes_out_as_expected_passes(content: Path) -> None:
    whole = INLINE + "  verdicts: {liquidity: short}\n"
    assert problems(content, whole) == ()
    assert problems(content, whole + "period: '2023'\n") == ()


def test_what_is_missing_is_told_with_what_its_condition_lacks(content: Path) -> None:
    (found,) = problems(content, INLINE.replace("[200, 110]", "[200, 150]"))
    assert (found.code, str(found.at)) == ("K505", "cases/acme.yaml:6:14")
    assert found.message == (
        "expected is the finding finance.liquidity.ratio.low, got nothing of it"
    )
    assert found.hint == (
        "not met: Current ratio (WPB): asked for is low (below 1.2); it is safe, "
        "WPB = 150 / 100 = 1.50; 0.3 away"
    )


def test_what_should_keep_silent_is_told_with_what_it_rests_on(content: Path) -> None:
    (found,) = problems(content, INLINE.replace("findings", "silent"))
    assert found.message == (
        "expected is that finance.liquidity.ratio.low keeps silent, got that it fired"
    )
    assert found.hint == "It rests on finance.liquidity.ratio: low."


def test_another_judgement_is_told_with_what_it_rests_on(content: Path) -> None:
    (found,) = problems(content, INLINE + "  verdicts: {liquidity: sound}\n")
    assert found.message == (
        "expected is liquidity: sound, got short, which rests on finance.liquidity.ratio.low"
    )


def test_accounts_may_stand_in_a_file_beside(content: Path) -> None:
    accounts = INLINE.partition("accounts:\n")[2].partition("expect:")[0].replace("  ", "")
    (content / "cases" / "figures.yaml").write_text(accounts, encoding="utf-8")
    case = "file: figures.yaml\nexpect: {findings: [finance.liquidity.ratio.low]}\n"
    assert problems(content, case) == ()
    checked = check_knowledge(["cases"], root=content)
    assert checked.examples == 1


@pytest.mark.parametrize(
    ("case", "code", "message"),
    [
        (INLINE.replace("ratio.low", "ratio.lwo"), "K206", "'finance.liquidity.ratio.lwo' is none"),
        (INLINE + "  verdicts: {liquidity: fine}\n", "K202", "'fine' is no judgement"),
        (INLINE + "  verdicts: {profit: fine}\n", "K206", "'profit' is none of the verdicts"),
        (INLINE + "file: acme.csv\n", "K107", "either accounts or a file"),
        (INLINE + "period: '2029'\n", "K206", "there is no period '2029'"),
        (INLINE + "method: year=300\n", "K212", "year"),
        (INLINE.partition("expect")[0], "K106", "needs the key 'expect'"),
        (INLINE.replace("current_assets", "curent_assets"), "A113", "curent_assets"),
        ("file: ../../away.yaml\nexpect: {findings: []}\n", "K107", "outside the knowledge"),
        ("file: nosuch.yaml\nexpect: {findings: []}\n", "A100", "there is no such file"),
    ],
)
def test_a_case_that_cannot_be_used_is_told_with_its_place(
    content: Path, case: str, code: str, message: str
) -> None:
    (found,) = problems(content, case)
    assert (found.code, found.at.file[:6]) == (code, "cases/")
    assert message in found.message
