"""From accounts to a diagnosis on a tiny knowledge base."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.check.examples import check_example, trials
from diagnost.engine.run import available
from diagnost.knowledge.base import load
from diagnost.model.accounts import Accounts, Amount, Answer, Company, GivenReading, Period
from diagnost.model.formula_tree import Missing
from diagnost.model.located import At, DiagnostError
from diagnost.pipeline import Case, diagnose

RULES = """
topic: finance.liquidity.rules
states:
  - id: finance.liquidity.verdict
    verdict_on: liquidity
    words:
      - {id: threatened, polarity: bad, name: {en: threatened, pl: zagrożona, zh: 受威胁}}
      - {id: sound, polarity: good, name: {en: sound, pl: dobra, zh: 良好}}
statements:
  - id: falling
    area: liquidity
    when: {finance.liquidity.ratio.step: falling}
    polarity: watch
    text: {en: It fell., pl: Spadł., zh: 下降。}
    basis: inference
  - id: a_rise
    area: liquidity
    when: {finance.liquidity.ratio.step: rising}
    polarity: good
    text: {en: It rose., pl: Wzrósł., zh: 上升。}
    basis: inference
  - id: in_range
    area: liquidity
    when: {finance.liquidity.ratio: safe}
    polarity: good
    text: {en: In range., pl: W normie., zh: 正常。}
    basis: inference
  - id: both
    area: liquidity
    when: {finance.liquidity.ratio.low: found, finance.liquidity.rules.falling: found}
    polarity: bad
    severity: critical
    text: {en: Low and falling., pl: Niski i spada., zh: 低且下降。}
    prevails_over: [finance.liquidity.ratio.low, finance.liquidity.rules.falling]
    basis: inference
  - id: for_banks
    area: liquidity
    when: {finance.liquidity.ratio: [low, safe, high]}
    polarity: info
    viewpoint: bank
    text: {en: Banks like more., pl: Bank woli więcej., zh: 银行希望更高。}
    basis: inference
  - id: trader
    area: liquidity
    when:
      all: [{finance.liquidity.ratio: low}]
      none: [{company.activity: trade}]
    polarity: bad
    text: {en: No trader., pl: Nie handel., zh: 非贸易。}
    basis: inference
  - id: dear_loans
    area: liquidity
    when: {finance.liquidity.loan_rate: high}
    polarity: bad
    text: {en: Dear., pl: Drogo., zh: 贵。}
    basis: inference
rules:
  - {id: bad, when: {finance.liquidity.ratio: low}, then: {finance.liquidity.verdict: threatened},
     basis: inference}
  - {id: good, when: {finance.liquidity.ratio: [low, safe]},
     then: {finance.liquidity.verdict: sound},
     basis: inference}
rulings:
  - id: not_for_traders
    when: {company.activity: trade}
    silences: [finance.liquidity.ratio.low]
    because: {en: Traders may., pl: Handel może., zh: 贸易可以。}
    basis: inference
causes:
  - id: fall_explains
    effects: [finance.liquidity.ratio.low]
    causes: [finance.liquidity.rules.falling]
    text: {en: Because it fell., pl: Bo spadł., zh: 因为下降。}
    basis: inference
recommendations:
  - id: later
    when: {finance.liquidity.ratio: low}
    urgency: this_year
    text: {en: Plan., pl: Planuj., zh: 计划。}
    brief: {en: plan, pl: planować, zh: 计划}
    answers: [finance.liquidity.ratio.low]
    basis: inference
  - id: now
    when: {finance.liquidity.ratio: low}
    urgency: now
    text: {en: Act., pl: Działaj., zh: 行动。}
    brief: {en: act, pl: działać, zh: 行动}
    answers: [finance.liquidity.ratio.low]
    basis: inference
  - id: general
    when: {finance.liquidity.ratio: low}
    urgency: now
    text: {en: Watch., pl: Patrz., zh: 观察。}
    brief: {en: watch, pl: patrzeć, zh: 观察}
    answers: []
    basis: inference
  - id: special
    when: {finance.liquidity.ratio: low}
    urgency: this_quarter
    text: {en: Special., pl: Szczególnie., zh: 特别。}
    brief: {en: special, pl: szczególnie, zh: 特别}
    answers: []
    prevails_over: [finance.liquidity.rules.general]
    basis: inference
"""
LOAN_RATE = """
topic: finance.liquidity.loan_rate
indicator:
  symbol: RATE
  name: {en: Loan rate, pl: Oprocentowanie, zh: 利率}
  formula: loan_rate
  unit: percent
  basis: inference
norms:
  - id: general
    basis: inference
    bands: [{id: usual, polarity: info, through: 10%}, {id: high, polarity: bad}]
"""
HERE = At("acme.yaml", 1, 1)
Build = Callable[..., Case]
Edit = Callable[..., None]
RULES_FILE = "rules/finance/liquidity/rules.yaml"


@pytest.fixture
def case_of(root: Path) -> Build:
    """Return a function that diagnoses current assets against liabilities of 100."""
    (root / "rules/finance/liquidity").mkdir(parents=True)
    (root / RULES_FILE).write_text(RULES.lstrip(), encoding="utf-8")
    path = root / "knowledge/finance/liquidity/loan_rate.yaml"
    path.write_text(LOAN_RATE.lstrip(), encoding="utf-8")

    def build(
        *assets: str,
        activity: str = "",
        viewpoint: str = "owner",
        debts: str = "100",
        given: str = "",
        rate: str = "",
        engine: str = "auto",
    ) -> Case:
        periods = tuple(Period(id=str(2020 + n), at=HERE) for n in range(len(assets)))
        amounts = {}
        for period, value in zip(periods, assets, strict=True):
            for item, figure in (("current_assets", value), ("current_liabilities", debts)):
                if figure:
                    amounts[item, period.id] = Amount(
                        item=item, period=period.id, value=Decimal(figure), at=HERE
                    )
        last = periods[-1].id
        readings = {}
        if given:
            readings["finance.liquidity.ratio", last] = GivenReading(
                indicator="finance.liquidity.ratio", period=last, value=Decimal(given), at=HERE
            )
        context = {}
        if activity:
            context["activity"] = Answer(key="activity", value=activity, at=HERE)
        if rate:
            context["loan_rate"] = Answer(key="loan_rate", value=Decimal(rate), at=HERE)
        accounts = Accounts(
            file="acme.yaml",
            company=Company(),
            currency="PLN",
            unit=1,
            periods=periods,
            amounts=amounts,
            given=readings,
            context=context,
        )
        return diagnose(accounts, load(root), viewpoint=viewpoint, engine=engine)

    return build


def found(case: Case, period: str = "2020") -> dict[str, str]:
    return {
        f.statement.id.removeprefix("finance.liquidity."): f.gave_way_to
        for f in case.diagnosis.findings
        if f.period == period
    }


def test_the_edge_belongs_to_the_upper_band(case_of: Build) -> None:
    assert "ratio.low" in found(case_of("119.99"))
    assert "ratio.low" not in found(case_of("120"))


def test_a_united_statement_silences_its_parts(case_of: Build) -> None:
    both = "finance.liquidity.rules.both"
    assert found(case_of("130", "110"), "2021") == {
        "ratio.low": both,
        "rules.falling": both,
        "rules.both": "",
        "rules.trader": "",
    }


def test_a_ruling_silences_and_stays_in_the_trace(case_of: Build) -> None:
    assert found(case_of("110", activity="trade")) == {
        "ratio.low": "finance.liquidity.rules.not_for_traders"
    }


def test_a_remark_for_one_reader_is_no_finding_for_another(case_of: Build) -> None:
    assert "rules.for_banks" in found(case_of("110", viewpoint="bank"))
    assert "rules.for_banks" not in found(case_of("110", viewpoint="investor"))


def test_a_finding_is_new_or_persisting(case_of: Build) -> None:
    courses = {
        (f.period, f.course)
        for f in case_of("110", "110").diagnosis.findings
        if f.statement.id == "finance.liquidity.ratio.low"
    }
    assert courses == {("2020", "new"), ("2021", "persisting")}


def test_the_worst_concluded_word_is_the_verdict(case_of: Build) -> None:
    verdicts = case_of("110", "150").diagnosis.verdicts
    assert [(v.period, v.word.id) for v in verdicts] == [("2020", "threatened"), ("2021", "sound")]


def test_a_good_verdict_gives_first_the_reasons_that_it_rests_on(case_of: Build) -> None:
    verdict = case_of("130", "150").diagnosis.verdicts[-1]
    assert [entry.rpartition(".")[2] for entry in verdict.because][:2] == ["in_range", "a_rise"]


def test_a_sentence_for_one_reader_is_no_reason_for_a_verdict(case_of: Build) -> None:
    def reasons(viewpoint: str) -> list[tuple[str, ...]]:
        verdicts = case_of("150", "110", "110", viewpoint=viewpoint).diagnosis.verdicts
        return [verdict.because for verdict in verdicts]

    assert reasons("bank") == reasons("owner")
    assert not any("for_banks" in entry for because in reasons("bank") for entry in because)


def test_a_cause_links_two_findings_of_one_period(case_of: Build) -> None:
    causes = case_of("130", "110").diagnosis.causes
    assert [(c.period, c.effect, c.cause) for c in causes] == [
        ("2021", "finance.liquidity.ratio.low", "finance.liquidity.rules.falling")
    ]


def test_advice_is_ranked_by_urgency_and_the_silenced_has_no_rank(case_of: Build) -> None:
    advice = case_of("110").diagnosis.advice
    assert [(a.recommendation.id.rpartition(".")[2], a.rank) for a in advice] == [
        ("now", 1),
        ("special", 2),
        ("later", 3),
        ("general", 0),
    ]


def test_a_missing_line_gives_no_reading_and_leaves_rules_undecided(case_of: Build) -> None:
    case = case_of("110", debts="")
    gaps = {gap.entry: gap.missing for gap in case.diagnosis.not_assessed}
    assert gaps["finance.liquidity.ratio"] == Missing("missing", ("current_liabilities",))
    assert gaps["finance.liquidity.ratio.low"].needs == ("current_liabilities",)
    assert gaps["finance.liquidity.rules.dear_loans"].needs == ("loan_rate",)
    assert found(case) == {}


def test_no_debts_is_a_reason_of_its_own_even_if_a_figure_is_given(case_of: Build) -> None:
    case = case_of("110", debts="0", given="1.1")
    assert case.reading("WPB", "2020").missing == Missing("no_debts")


def test_a_given_figure_serves_where_the_lines_are_missing(case_of: Build) -> None:
    case = case_of("110", debts="", given="1.1")
    assert case.reading("WPB", "2020").value == Decimal("1.1")
    assert "ratio.low" in found(case)


def test_a_given_figure_that_differs_is_told_and_not_used(case_of: Build) -> None:
    case = case_of("110", given="1.9")
    assert case.reading("WPB", "2020").value == Decimal("1.1")
    assert [note.kind for note in case.accounts.notes] == ["given_differs"]


def test_silence_about_the_activity_is_an_answer(case_of: Build) -> None:
    assert "rules.trader" in found(case_of("110"))


def test_every_used_fact_of_a_finding_is_kept(case_of: Build) -> None:
    case = case_of("130", "110")
    finding = next(
        f for f in case.diagnosis.findings if f.statement.id == "finance.liquidity.rules.both"
    )
    assert finding.firings[0].used == (
        ("finance.liquidity.ratio.low", "found"),
        ("finance.liquidity.rules.falling", "found"),
    )


def test_a_good_verdict_gives_good_reasons_and_what_speaks_against_it(case_of: Build) -> None:
    verdict = case_of("190", "150").diagnosis.verdicts[-1]
    assert verdict.word.id == "sound"
    assert verdict.because == ("finance.liquidity.rules.in_range",)
    assert verdict.but == ("finance.liquidity.rules.falling",)


def test_a_bad_verdict_has_nothing_against_it(case_of: Build) -> None:
    verdict = case_of("150", "110").diagnosis.verdicts[-1]
    assert verdict.word.id == "threatened"
    assert verdict.but == ()


def test_a_ruling_may_silence_a_cause(case_of: Build, edit: Edit) -> None:
    edit("silences: [finance.liquidity.ratio.low]",
         "silences: [finance.liquidity.rules.fall_explains]", RULES_FILE)  # fmt: skip
    links = {
        activity: [c.gave_way_to for c in case_of("130", "110", activity=activity).diagnosis.causes]
        for activity in ("trade", "unstated")
    }
    assert links == {"trade": ["finance.liquidity.rules.not_for_traders"], "unstated": [""]}


def test_of_alternative_causes_one_is_enough(case_of: Build, edit: Edit) -> None:
    falling, loans = "finance.liquidity.rules.falling", "finance.liquidity.rules.dear_loans"
    edit(f"causes: [{falling}]", f"causes: {{any: [{falling}, {loans}]}}", RULES_FILE)
    (link,) = case_of("130", "110").diagnosis.causes
    assert (link.cause, link.rule.causes) == (falling, (falling, loans))
    assert case_of("110").diagnosis.causes == ()


def test_causes_that_must_all_be_found_may_stand_beside_alternatives(
    case_of: Build, edit: Edit
) -> None:
    falling, loans = "finance.liquidity.rules.falling", "finance.liquidity.rules.dear_loans"
    edit(f"causes: [{falling}]", f"causes: {{all: [{loans}], any: [{falling}]}}", RULES_FILE)
    assert case_of("130", "110").diagnosis.causes == ()


NOT_KNOWN = """
  - id: rate_not_given
    area: liquidity
    when:
      all: [{finance.liquidity.ratio: low}, {finance.liquidity.loan_rate: unknown}]
    polarity: info
    text: {en: Rate?, pl: Stopa?, zh: 利率？}
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1, finance.liquidity.loan_rate: unknown}]
    silent_on: [{finance.liquidity.ratio: 1, finance.liquidity.loan_rate: 5%}]
  - id: rate_given
    area: liquidity
    when:
      all: [{finance.liquidity.ratio: [low, safe]}]
      none: [{finance.liquidity.loan_rate: unknown}]
    polarity: info
    text: {en: Rate., pl: Stopa., zh: 利率。}
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1, finance.liquidity.loan_rate: 5%}]
    silent_on: [{finance.liquidity.ratio: 1, finance.liquidity.loan_rate: unknown}]
rules:
"""


@pytest.mark.parametrize("engine", available())
def test_a_condition_may_ask_whether_a_figure_is_unknown(
    case_of: Build, edit: Edit, engine: str
) -> None:
    """It always can be decided: neither entry is ever left open for want of the rate."""
    edit("rules:\n", NOT_KNOWN.lstrip("\n"), RULES_FILE)
    asked = {"rules.rate_not_given", "rules.rate_given"}
    without = case_of("110", engine=engine)
    known = case_of("110", engine=engine, rate="0.05")
    assert asked & found(without).keys() == {"rules.rate_not_given"}
    assert asked & found(known).keys() == {"rules.rate_given"}
    undecided = without.runs["2020"].undecided.keys() | known.runs["2020"].undecided.keys()
    assert not {f"finance.liquidity.{entry}" for entry in asked} & undecided
    assert [p for t in trials(without.base) if (p := check_example(without.base, t))] == []


def test_what_is_concluded_cannot_be_asked_whether_it_is_unknown(
    case_of: Build, edit: Edit
) -> None:
    edit("finance.liquidity.ratio.low: found,", "finance.liquidity.ratio.low: unknown,", RULES_FILE)
    with pytest.raises(DiagnostError, match="cannot be asked whether it is unknown"):
        case_of("110")
