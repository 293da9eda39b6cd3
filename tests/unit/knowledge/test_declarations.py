"""Questions and tables as declared: what is read, and each fault told with its place."""

from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.check.lint import lint
from diagnost.knowledge.base import load, load_with_problems
from diagnost.model.located import Problem
from tests.unit.conftest import Edit

QUESTIONS = "knowledge/shop/questionnaire.yaml"
TABLES = "knowledge/shop/tables.yaml"
FILES = {
    QUESTIONS: """
for: shop
labels: {"yes": {en: "yes", pl: tak, zh: 是}, "no": {en: "no", pl: nie, zh: 否}}
scales:
  - id: agreement
    range: 1-5
    least: {en: not at all, pl: wcale, zh: 完全不是}
    most: {en: fully, pl: w pełni, zh: 完全是}
    steps: [{word: low, to: 2}, {word: middle, to: 3}, {word: high, to: 5}]
areas: [{id: goals, name: {en: Goals, pl: Cele, zh: 目标}}]
questions:
  - id: shop.goals.split
    area: goals
    order: 20
    scale: agreement
    spared_by: [results]
    asks: {en: Split?, pl: Rozbite?, zh: 分解了吗？}
    cites: [F5.1]
  - id: shop.goals.written
    area: goals
    order: 10
    words: ["yes", "no"]
    asks: {en: Written?, pl: Spisane?, zh: 书面吗？}
""",
    TABLES: """
for: shop
tables:
  - id: people
    key: name
    names: {en: People, pl: Ludzie, zh: 人员}
    columns:
      - {id: name, kind: text, required: yes, names: {en: Name, pl: Nazwisko, zh: 姓名}}
      - id: role
        kind: word
        words: [{id: boss, names: {en: boss, pl: szef, zh: 经理}, synonyms: [chief]}]
        names: {en: Role, pl: Rola, zh: 岗位}
  - id: results
    once: [name, month]
    names: {en: Results, pl: Wyniki, zh: 业绩}
    columns:
      - {id: name, kind: reference, to: people, names: {en: Name, pl: Nazwisko, zh: 姓名}}
      - {id: month, kind: month, required: yes, names: {en: Month, pl: Miesiąc, zh: 月份}}
      - {id: orders, kind: count, names: {en: Orders, pl: Zamówienia, zh: 订单}}
""",
}


@pytest.fixture
def shop(root: Path) -> Path:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return root


def problems(root: Path) -> list[Problem]:
    base, found = load_with_problems(root)
    return found or lint(base)


def test_questions_and_tables_are_read(shop: Path) -> None:
    catalogue = load(shop).catalogue
    split = catalogue.questions["shop.goals.split"]
    assert (split.purpose, split.area, split.order, split.spared_by) == (
        "shop", "goals", 20, ("results",),
    )  # fmt: skip
    assert split.scale is not None
    assert [split.scale.word(Decimal(n)) for n in range(1, 6)] == [
        "low",
        "low",
        "middle",
        "high",
        "high",
    ]
    assert load(shop).words["company.shop.goals.split"] == ("low", "middle", "high")
    assert load(shop).words["company.shop.goals.written"] == ("yes", "no")
    results = catalogue.tables["results"]
    assert results.references == {"name": "people"}
    assert (results.once, catalogue.tables["people"].once) == (("name", "month"), ("name",))
    assert results.columns["orders"].least == 0
    assert catalogue.tables["people"].columns["role"].word_synonyms == {"chief": "boss"}
    assert problems(shop) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "hint"),
    [
        (QUESTIONS, "range: 1-5", "range: five", "5:12: K220 'five' is no range of a scale", "1-5"),
        (QUESTIONS, "to: 5}]", "to: 4}]", "5:12: K220 the steps must cover 1 to 5", "rise"),
        (QUESTIONS, "{word: middle, to: 3}", "{word: middle, to: 1}",
         "8:33: K220 the steps must cover 1 to 5", "rise"),
        (QUESTIONS, "scale: agreement", "scale: agreemant",
         "14:12: K206 no scale is called 'agreemant'", "Did you mean agreement"),
        (QUESTIONS, "area: goals", "area: gaols",
         "12:11: K206 no area is called 'gaols'", "Did you mean goals"),
        (QUESTIONS, "[results]", "[result]",
         "15:17: K206 no table is called 'result'", "Did you mean results"),
        (QUESTIONS, "cites: [F5.1]", "cites: [F5.8]",
         "17:13: K205 no source has a statement F5.8", ""),
        (QUESTIONS, 'words: ["yes", "no"]\n', 'words: [often, "no"]\n',
         "18:5: K106 the word 'often' of shop.goals.written has no label", "labels"),
        (QUESTIONS, '    words: ["yes", "no"]\n', "",
         "18:5: K106 a question takes either words or a unit or a scale", "Give it"),
        (QUESTIONS, '    words: ["yes", "no"]\n', '    words: ["yes", "no"]\n    silence: maybe\n',
         "22:14: K108 'maybe' is not a word for 'silence'", "yes, no"),
        (QUESTIONS, "id: shop.goals.written", "id: shop.goals.split",
         "18:5: K207 'shop.goals.split' stands twice", ""),
        (QUESTIONS, ", zh: 书面吗？", "", "22:11: K401 the text is missing in 'zh'", "complete"),
        (TABLES, "to: people", "to: peopel",
         "16:9: K221 no table is called 'peopel'", "Did you mean people"),
        (TABLES, "key: name", "key: nam", "4:10: K221 people has no column 'nam'", "name"),
        (TABLES, "required: yes, names: {en: Name", "names: {en: Name",
         "4:10: K221 the key of people is not a required text", "required: yes"),
        (TABLES, "    key: name\n", "",
         "15:9: K221 the table people has no key to refer to", "key"),
        (TABLES, "kind: count", "kind: counts",
         "18:28: K108 'counts' is not a word for 'kind'", "count"),
        (TABLES, "kind: count", "kind: word",
         "18:9: K106 the column orders needs words", ""),
        (TABLES, "kind: month,", "kind: month, most: 5,",
         "17:9: K221 the column month is no number", "Only"),
        (TABLES, "pl: Zamówienia", "pl: Miesiąc",
         "18:9: K222 'miesiąc' heads both month and orders", "differently"),
        (TABLES, "synonyms: [chief]}]",
         "synonyms: [chief]}, {id: chief, names: {en: c, pl: c, zh: 长}}]",
         "8:9: K222 'chief' is both chief and boss", "differently"),
        (TABLES, "words: [{id: boss, names: {en: boss, pl: szef, zh: 经理}, synonyms: [chief]}]",
         "words: roles", "10:16: K221 no list of words is called 'roles'", "Lists"),
    ],
)  # fmt: skip
def test_a_fault_of_a_declaration_is_told_with_its_place(
    shop: Path, edit: Edit, name: str, old: str, new: str, line: str, hint: str
) -> None:
    edit(old, new, name)
    first = problems(shop)[0]
    assert str(first) == f"{name}:{line}" or str(first).startswith(f"{name}:{line} (see also")
    assert hint in first.hint


EXTENSION = """
for: fair
extends:
  - table: people
    shown: [name]
    columns:
      - {id: licensed, kind: flag, names: {en: Licensed, pl: Licencja, zh: 持证}}
"""


def extended(root: Path, text: str) -> list[Problem]:
    path = root / "knowledge" / "fair" / "tables.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text.lstrip(), encoding="utf-8")
    areas = root / "rules" / "areas.yaml"
    declared = areas.read_text("utf-8").replace(
        "  - {id: shop}\n", "  - {id: shop}\n  - {id: fair}\n"
    )
    areas.write_text(declared, encoding="utf-8")
    return problems(root)


def test_a_side_extends_the_table_of_another(shop: Path) -> None:
    assert extended(shop, EXTENSION) == []
    people = load(shop).catalogue.tables["people"]
    assert people.sides == ("shop", "fair")
    assert [column.id for column in people.columns_of("fair")] == ["name", "licensed"]
    assert "licensed" not in [column.id for column in people.columns_of("shop")]
    assert people.columns_of("other") == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("table: people", "table: peopel", "3:12: K221 no table is called 'peopel'"),
        ("[name]", "[nam]", "4:13: K221 people has no column 'nam'"),
        ("id: licensed", "id: name", "6:9: K207 'name' stands twice"),
        ("en: Licensed", "en: Name", "6:9: K222 'name' heads both name and licensed"),
    ],
)
def test_a_fault_of_an_extension_is_told_with_its_place(
    shop: Path, old: str, new: str, line: str
) -> None:
    first = extended(shop, EXTENSION.replace(old, new))[0]
    assert str(first).startswith(f"knowledge/fair/tables.yaml:{line}")
