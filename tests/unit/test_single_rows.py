"""Rows looked at one by one: from knowledge and records to findings, explanations and pages."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.app.cases import subject_case
from diagnost.app.errors import UsageError
from diagnost.check.examples import check_example, trials
from diagnost.check.lint import lint
from diagnost.compute.masked import mask_names
from diagnost.engine.run import available
from diagnost.explain.lookup import find_entry
from diagnost.explain.tree import FindingTree, IndicatorTree, NotFired
from diagnost.explain.why import why
from diagnost.explain.why_text import as_text
from diagnost.knowledge.base import content_root, load, load_with_problems
from diagnost.model.accounts import Accounts, Company, Period
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.model.records import Cell, rows_of
from diagnost.pipeline import Case, diagnose
from diagnost.report.json_form import as_json
from diagnost.report.persons import one_by_one, sheets, write_with_persons
from diagnost.report.render import render, render_sheets

Edit = Callable[..., None]
ROOT = content_root()

TABLES = """
for: sales
tables:
  - id: reps
    names: {en: People, pl: Ludzie, zh: 人员}
    key: rep
    columns:
      - {id: rep, kind: text, required: yes, names: {en: Person, pl: Osoba, zh: 姓名}}
      - {id: left_on, kind: date, names: {en: Left, pl: Odejście, zh: 离职}}
      - {id: skill, kind: score, least: 1, most: 5, names: {en: Skill, pl: Umiejętność, zh: 技能}}
      - {id: leaving, kind: flag, names: {en: Leaving, pl: Odchodzi, zh: 想走}}
  - id: results
    names: {en: Results, pl: Wyniki, zh: 业绩}
    columns:
      - {id: rep, kind: reference, to: reps, names: {en: Who, pl: Kto, zh: 谁}}
      - {id: month, kind: month, names: {en: Month, pl: Miesiąc, zh: 月份}}
      - {id: cash, kind: money, names: {en: Cash, pl: Wpływy, zh: 到账}}
"""
TEAM = """
topic: sales.team.cash
indicators:
  - id: cash
    symbol: team_cash
    name: {en: Cash, pl: Wpływy, zh: 到账额}
    formula: sum(results.cash, where=month in last(1, months))
    unit: money
    cites: [F5.1]
    norms:
      - id: general
        cites: [F5.1]
        bands:
          - {id: low, polarity: bad, below: 100}
          - {id: fair, polarity: good}
quantities:
  - id: middle
    symbol: middle
    name: {en: Median, pl: Mediana, zh: 中位数}
    formula: median(own_cash, over=staff)
    unit: money
statements:
  - id: low
    area: liquidity
    when: {sales.team.cash.cash: low}
    polarity: bad
    text: {en: "Little cash.", pl: "Mało wpływów.", zh: "到账少。"}
    cites: [F5.1]
    fires_on: [{team_cash: 99}]
    silent_on: [{team_cash: 100}]
"""
ONE = """
topic: sales.people.one
per: reps
selections:
  - id: staff
    of: reps
    where: left_on is unknown
    name: {en: People one by one, pl: Osoby z osobna, zh: 逐人}
    one: {en: Rep, pl: Osoba, zh: 员工}
indicators:
  - id: to_median
    symbol: to_median
    name: {en: Result to the median, pl: Wynik do mediany, zh: 与中位数之比}
    formula: own_cash / middle
    unit: times
    cites: [F5.1]
    norms:
      - id: general
        cites: [F5.1]
        bands:
          - {id: low, polarity: bad, below: 1}
          - {id: fair, polarity: good}
  - id: skill
    symbol: own_skill
    name: {en: Skill, pl: Umiejętność, zh: 技能}
    formula: skill
    unit: number
    cites: [F5.1]
    norms:
      - id: general
        cites: [F5.1]
        bands:
          - {id: gap, polarity: bad, through: 2}
          - {id: good, polarity: good}
quantities:
  - id: cash
    symbol: own_cash
    name: {en: Own cash, pl: Własne wpływy, zh: 个人到账}
    formula: sum(results.cash, where=month in last(1, months))
    unit: money
statements:
  - id: behind
    area: liquidity
    when: {sales.people.one.to_median: low}
    polarity: bad
    text:
      en: "{subject} is behind at {to_median}."
      pl: "{subject}: {to_median}."
      zh: "{subject}：{to_median}。"
    cites: [F5.1]
    fires_on: [{to_median: 0.99}]
    silent_on: [{to_median: 1}]
  - id: helped
    area: liquidity
    when: {all: [{own_skill_key: gap}, {reps.leaving: no}, {sales.team.cash.low: found}]}
    polarity: bad
    text: {en: "Help {subject}.", pl: "Pomóc: {subject}.", zh: "帮助{subject}。"}
    cites: [F5.1]
    fires_on: [{own_skill: 2, reps.leaving: no, sales.team.cash.low: found}]
    silent_on:
      - {own_skill: 3, reps.leaving: no, sales.team.cash.low: found}
      - {own_skill: 2, reps.leaving: yes, sales.team.cash.low: found}
      - {own_skill: 2, reps.leaving: no}
recommendations:
  - id: talk
    area: liquidity
    when: {sales.people.one.behind: found}
    urgency: now
    text: {en: "Talk to {subject}.", pl: "Porozmawiać: {subject}.", zh: "与{subject}谈话。"}
    brief: {en: talk, pl: porozmawiać, zh: 谈话}
    horizon: 1 quarter
    answers: [sales.people.one.behind]
    cites: [F5.1]
    fires_on: [{to_median: 0.5}]
    silent_on: [{to_median: 1.5}]
""".replace("own_skill_key", "sales.people.one.skill")


@pytest.fixture
def sales(root: Path) -> Path:
    reasons = root / "knowledge/reasons.yaml"
    text = reasons.read_text(encoding="utf-8")
    reasons.write_text(text + "  of_single_rows: {en: row by row, pl: wiersz, zh: 逐行}\n", "utf-8")
    for name, content in (
        ("tables.yaml", TABLES),
        ("team/cash.yaml", TEAM),
        ("people/one.yaml", ONE),
    ):
        path = root / "knowledge/sales" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.lstrip("\n"), encoding="utf-8")
    return root


@pytest.fixture
def base(sales: Path) -> KnowledgeBase:
    return load(sales)


def team(*people: tuple[str, int | None, int | None, bool | None]) -> Accounts:
    """Return people with their cash, skill and wish to leave, and one who has left."""

    def cell(value: object, column: str, row: int) -> Cell:
        found = Decimal(value) if type(value) is int else value
        return Cell(found, str(value), At("t.xlsx", sheet="S", cell=f"{column}{row}"))  # type: ignore[arg-type]

    reps, results = [], []
    for row, (name, cash, skill, leaving) in enumerate(people, start=2):
        cells = {"rep": cell(name, "A", row)}
        if skill is not None:
            cells["skill"] = cell(skill, "B", row)
        if leaving is not None:
            cells["leaving"] = cell(leaving, "C", row)
        reps.append((At("t.xlsx", sheet="S", cell=f"A{row}"), cells))
        if cash is not None:
            month = cell(date(2026, 10, 1), "E", row)
            got = {"rep": cells["rep"], "month": month, "cash": cell(cash, "F", row)}
            results.append((At("t.xlsx", sheet="S", cell=f"D{row}"), got))
    gone = {"rep": cell("Gone", "A", 99), "left_on": cell(date(2026, 9, 1), "D", 99)}
    reps.append((At("t.xlsx", sheet="S", cell="A99"), gone))
    return Accounts(
        file="t.xlsx",
        company=Company(),
        currency="",
        unit=1,
        periods=(Period(id="2026-10", at=At("t.xlsx")),),
        amounts={},
        given={},
        context={},
        records={"reps": rows_of(reps), "results": rows_of(results)},
        as_of=date(2026, 10, 31),
    )


PEOPLE = team(("An", 10, 2, False), ("Bo", 40, 2, True), ("Cy", 30, 5, None))


def found(case: Case) -> list[str]:
    return [f.statement.id.rpartition(".")[2] for f in case.diagnosis.findings]


def test_the_base_loads_and_its_examples_hold(base: KnowledgeBase) -> None:
    assert [p for p in lint(base) if not p.code.startswith("K40")] == []
    assert [p for trial in trials(base) if (p := check_example(base, trial))] == []


@pytest.mark.parametrize("engine", available())
def test_each_person_has_findings_of_their_own(base: KnowledgeBase, engine: str) -> None:
    case = diagnose(PEOPLE, base, engine=engine)
    assert found(case) == ["low"]
    each = {c.subject.name: found(c) for c in case.subjects if c.subject}
    assert each == {"An": ["behind", "helped"], "Bo": [], "Cy": []}
    assert {c.engine for c in case.subjects} == {engine}


def test_both_engines_agree_person_by_person(base: KnowledgeBase) -> None:
    cases = [diagnose(PEOPLE, base, engine=engine) for engine in available()]
    runs = [[c.runs["2026-10"] for c in case.subjects] for case in cases]
    firings = [[run.firings for run in each] for each in runs]
    undecided = [[run.undecided for run in each] for each in runs]
    assert all(each == firings[0] for each in firings)
    assert all(each == undecided[0] for each in undecided)


def test_what_is_not_known_of_a_person_is_not_assessed_of_that_person(base: KnowledgeBase) -> None:
    case = diagnose(team(("An", 10, None, False), ("Bo", 40, 2, None)), base)
    gaps = {
        c.subject.name: {(g.entry, g.missing.needs) for g in c.diagnosis.not_assessed}
        for c in case.subjects
        if c.subject
    }
    helped = "sales.people.one.helped"
    assert (helped, ("records.reps.skill",)) in gaps["An"]
    assert (helped, ("records.reps.leaving",)) in gaps["Bo"]


def test_a_team_without_the_finding_does_not_lend_it_to_people(base: KnowledgeBase) -> None:
    case = diagnose(team(("An", 10, 2, False), ("Bo", 400, 2, True)), base)
    assert found(case) == []
    assert [found(c) for c in case.subjects] == [["behind"], []]


def test_an_undecided_finding_of_the_team_leaves_those_of_people_undecided(
    base: KnowledgeBase,
) -> None:
    case = diagnose(team(("An", None, 2, False)), base)  # no result is known: the table is empty
    assert found(case) == ["low"]
    records = {"reps": PEOPLE.records["reps"]}
    from dataclasses import replace

    unknown = diagnose(replace(PEOPLE, records=records), base)
    assert found(unknown) == []
    run = unknown.subjects[0].runs["2026-10"]
    assert "sales.people.one.helped" in run.undecided


def test_json_names_the_subject(base: KnowledgeBase) -> None:
    case = diagnose(PEOPLE, base)
    data = json.loads(as_json(case, "en", "2026-10", ROOT))
    assert data["subjects"] == [{"name": n, "table": "reps"} for n in ("An", "Bo", "Cy")]
    own = [(f["id"], f.get("subject")) for f in data["findings"]]
    assert own == [
        ("sales.team.cash.low", None),
        ("sales.people.one.behind", "An"),
        ("sales.people.one.helped", "An"),
    ]
    assert [r["subject"] for r in data["recommendations"]] == ["An"]
    assert data["findings"][1]["text"] == "An is behind at 0.33."
    (read,) = [
        i for i in data["indicators"] if i.get("subject") == "Bo" and i["symbol"] == "to_median"
    ]
    assert read["band"] == "fair"
    assert [r["term"] for r in read["records"]] == [
        "sum(results.cash, where=month in last(1, months))",
        "median(own_cash, over=staff)",
    ]


def test_why_is_asked_of_one_person(base: KnowledgeBase) -> None:
    case = diagnose(PEOPLE, base)
    entry = find_entry(base, "behind")
    assert isinstance(why(subject_case(case, "an"), entry, "2026-10").answer, FindingTree)
    assert isinstance(why(subject_case(case, "Bo"), entry, "2026-10").answer, NotFired)
    of_all = why(case, find_entry(base, "to_median"), "2026-10").answer
    assert isinstance(of_all, IndicatorTree)
    assert of_all.reading.reading.missing is not None
    assert of_all.reading.reading.missing.reason == "of_single_rows"
    told = as_text(why(case, entry, "2026-10"), base, CaseHand("en", case), 80)
    assert "sales.people.one.behind" in told  # asked of the whole, which has no such figure
    with pytest.raises(UsageError, match="nobody is called 'Bob' in these records"):
        subject_case(case, "Bob")


def test_names_are_masked_alike_everywhere_but_places_stay(base: KnowledgeBase) -> None:
    masked = mask_names(PEOPLE, base.catalogue, "en")
    case = diagnose(masked, base)
    text = as_json(case, "en", "2026-10", ROOT)
    assert not any(name in text for name in ("An ", "Bo", "Cy", "Gone"))
    assert json.loads(text)["findings"][1]["text"] == "Rep 1 is behind at 0.33."
    assert "t.xlsx!S!F2" in text
    plain = json.loads(as_json(diagnose(PEOPLE, base), "en", "2026-10", ROOT))
    values = [i["value"] for i in json.loads(text)["indicators"]]
    assert values == [i["value"] for i in plain["indicators"]]


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_document_and_the_sheets_speak_of_people(base: KnowledgeBase, form: str) -> None:
    case = diagnose(PEOPLE, base)
    (part,) = one_by_one(case, "en", "2026-10", ROOT)
    assert (part.head, [row.name for row in part.rows]) == ("People one by one", ["An"])
    whole = render(write_with_persons(case, "en", "2026-10", ROOT), form, ROOT)
    assert "An is behind at 0.33." in whole
    assert "Talk to An." in whole
    assert "decides nothing" in " ".join(whole.split())
    pages = render_sheets(sheets(case.subjects, "pl", "2026-10", ROOT), form, ROOT)
    assert "An: 0,33" in pages
    assert "Cy" in pages


def test_a_table_may_bear_a_note_of_its_own(sales: Path, edit: Edit) -> None:
    file = "knowledge/sales/people/one.yaml"
    note = "    note: {en: Ask them first., pl: Najpierw pytać., zh: 先问本人。}\n"
    edit("    one: {en: Rep", f"{note}    one: {{en: Rep", file)
    case = diagnose(PEOPLE, load(sales))
    assert one_by_one(case, "zh", "2026-10", ROOT)[0].note == "先问本人。"
    assert {s.note for s in sheets(case.subjects, "en", "2026-10", ROOT)} == {"Ask them first."}


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_lists_and_effects_stand_on_the_sheet(sales: Path, edit: Edit, form: str) -> None:
    file = "knowledge/sales/people/one.yaml"
    edit('text: {en: "Help {subject}."', 'place: list\n    text: {en: "Help {subject}."', file)
    effect = "effect: {en: it moves the median, pl: to da, zh: 效果}"
    edit("    answers: [sales", f"    {effect}\n    answers: [sales", file)
    case = diagnose(PEOPLE, load(sales))
    (an,) = (c for c in case.subjects if c.subject and c.subject.name == "An")
    page = render_sheets(sheets([an], "en", "2026-10", ROOT), form, ROOT)
    mark = {"text": "\n  – Help An ", "md": "\n- Help An ", "html": "<li>Help An "}[form]
    assert mark in page
    assert "it moves the median" in page
    assert "Help An" in render(write_with_persons(case, "en", "2026-10", ROOT), form, ROOT)


def test_a_figure_that_an_example_gives_goes_before_its_formula(sales: Path, edit: Edit) -> None:
    """Also where the formula would have a value without any records."""
    file = "knowledge/sales/people/one.yaml"
    edit("formula: own_cash / middle", "formula: either(skill, 7) + count(results)", file)
    base = load(sales)
    wrong = [p.message for trial in trials(base) if (p := check_example(base, trial))]
    assert wrong == []


def test_words_of_columns_are_cells_in_examples(sales: Path, edit: Edit) -> None:
    file = "knowledge/sales/people/one.yaml"
    edit("formula: own_cash / middle", "formula: count(reps, where=leaving == no)", file)
    edit("fires_on: [{to_median: 0.99}]", "fires_on: [{reps.leaving: yes}]", file)
    edit("silent_on: [{to_median: 1}]", "silent_on: [{reps.leaving: no}]", file)
    base = load(sales)
    wrong = [p.at.line for trial in trials(base) if (p := check_example(base, trial))]
    assert wrong == []


def test_too_few_rows_are_told_with_their_number(sales: Path, edit: Edit) -> None:
    edit("over=staff)", "over=staff, at_least=4)", "knowledge/sales/team/cash.yaml")
    reasons = sales / "knowledge/reasons.yaml"
    text = reasons.read_text("utf-8")
    told = "'{table} has {rows} of {least}'"
    few = f"{{en: {told}, pl: {told}, zh: {told}}}"
    reasons.write_text(text + f"  few_records_counted: {few}\n", "utf-8")
    case = diagnose(PEOPLE, load(sales))
    sheet = sheets(case.subjects[:1], "en", "2026-10", ROOT)[0]
    assert "Result to the median: People has 3 of 4." in sheet.gaps
    assert found(case.subjects[0]) == ["helped"]


def test_finance_that_was_not_given_is_told_once_and_not_assessed_nowhere(
    base: KnowledgeBase,
) -> None:
    case = diagnose(PEOPLE, base)
    assert case.sides == {"sales"}
    assert not any(g.entry.startswith("finance") for g in case.diagnosis.not_assessed)
    document = write_with_persons(case, "en", "2026-10", ROOT)
    assert [g for g in document.gaps if "Finances" in g] == [document.gaps[0]]


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("team/cash.yaml", "sum(results.cash,", "sum(results.csh,", "K213"),
        ("team/cash.yaml", "month in last(1, months)", "month > 3", "K213"),
        ("team/cash.yaml", "median(own_cash, over=staff)", "own_cash", "K213"),
        ("team/cash.yaml", "over=staff", "over=stuff", "K213"),
        ("team/cash.yaml", "sales.team.cash.cash: low", "sales.people.one.skill: gap", "K214"),
        ("people/one.yaml", "sales.people.one.to_median: low", "sales.team.cash.cash: low", "K214"),
        ("people/one.yaml", "per: reps", "per: people", "K206"),
        ("people/one.yaml", "where: left_on is unknown", "where: left_on > 3", "K213"),
        ("people/one.yaml", "where: left_on is unknown", "where: left_on is", "K110"),
        ("people/one.yaml", "{reps.leaving: no}", "{reps.leaving: maybe}", "K202"),
    ],
)
def test_what_means_nothing_is_refused_on_loading(
    sales: Path, edit: Edit, name: str, old: str, new: str, code: str
) -> None:
    edit(old, new, f"knowledge/sales/{name}")
    _, problems = load_with_problems(sales)
    assert code in {problem.code for problem in problems}
