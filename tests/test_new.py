"""``new``: entries to begin with pass every check but for their texts; nothing else is touched."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from diagnost.app.checking import check_knowledge
from diagnost.app.errors import UsageError
from diagnost.cli import program
from diagnost.knowledge.inserting import NoPlace, with_item
from diagnost.model.located import DiagnostError
from tests.shipped import ROOT
from tests.unit.conftest import FILES

TOPIC = "knowledge/finance/liquidity/ratio.yaml"
RATIO = "finance.liquidity.ratio"
CAUSED = """
  - id: slow
    when: {lines.current_assets.step: falling}
    polarity: watch
    text: {en: Assets fall., pl: Aktywa maleją., zh: 资产减少。}
    basis: inference
    fires_on: [{lines.current_assets: [100, 80]}]
    silent_on: [{lines.current_assets: [100, 120]}]
  - id: grow
    when: {lines.current_liabilities.step: rising}
    polarity: watch
    text: {en: Debts rise., pl: Długi rosną., zh: 负债增加。}
    basis: inference
    fires_on: [{lines.current_liabilities: [100, 120]}]
    silent_on: [{lines.current_liabilities: [100, 80]}]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write the tiny knowledge base with two more statements and a state."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text_ = text.lstrip("\n") + (CAUSED.lstrip("\n") if name == TOPIC else "")
        path.write_text(text_, encoding="utf-8")
    verdict = tmp_path / "rules/finance/liquidity/verdict.yaml"
    verdict.parent.mkdir(parents=True)
    verdict.write_text(
        "topic: finance.liquidity.verdict\nstates:\n  - id: finance.liquidity.verdict\n"
        "    verdict_on: liquidity\n    words:\n"
        "      - {id: weak, polarity: bad, name: {en: weak, pl: słaba, zh: 弱}}\n"
        "      - {id: sound, polarity: good, name: {en: sound, pl: dobra, zh: 好}}\n",
        encoding="utf-8",
    )
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(program.program(arguments), arguments)


def write(root: Path, *arguments: str) -> Any:
    result = run("new", *arguments, "--in", str(root))
    assert result.exit_code == 0, result.exception
    return result


def codes(root: Path) -> set[str]:
    return {
        p.code
        for p in check_knowledge(root=root).problems
        if p.code[1] in "12345" or p.code == "K601"
    }


ENTRIES: dict[str, tuple[str, ...]] = {
    "statement": (
        f"{RATIO}.high",
        "--when",
        f"{{{RATIO}: high}}",
        "--cites",
        "F5.3",
        "--polarity",
        "good",
    ),
    "statement on words": (f"{RATIO}.shrink", "--when", "{lines.current_assets.sign: zero}"),
    "recommendation": (
        f"{RATIO}.pay",
        "--when",
        f"{{{RATIO}.low: found}}",
        "--answers",
        f"{RATIO}.low",
    ),
    "rule": (
        "finance.liquidity.verdict.weak",
        "--when",
        f"{{{RATIO}.low: found}}",
        "--then",
        "{finance.liquidity.verdict: weak}",
    ),
    "cause": (
        "finance.liquidity.causes.slowly",
        "--effects",
        f"{RATIO}.slow",
        "--causes",
        f"{RATIO}.grow",
    ),
    "ruling": (
        "finance.liquidity.rulings.hush",
        "--when",
        f"{{{RATIO}: high}}",
        "--silences",
        f"{RATIO}.slow",
    ),
    "indicator": (
        f"{RATIO}.assets",
        "--symbol",
        "CAX",
        "--formula",
        "current_assets",
        "--unit",
        "money",
        "--bands",
        "few < 5, some <= 9, many",
    ),
    "topic": (
        "finance.liquidity.gap",
        "--symbol",
        "GAP",
        "--formula",
        "current_assets - current_liabilities",
        "--unit",
        "money",
        "--bands",
        "gap < 0, none",
    ),
    "question": ("owner_leaves", "--words", "yes,no"),
    "question in a unit": ("vat_rate", "--unit", "percent"),
}


@pytest.mark.parametrize("which", ENTRIES)
def test_everything_but_the_texts_passes(root: Path, which: str) -> None:
    assert codes(root) == set()
    result = write(root, which.split(maxsplit=1)[0], *ENTRIES[which])
    texts = re.search(r"(\d+) texts? to write", result.output)
    found = check_knowledge(root=root)
    assert texts is not None
    todo = [p for p in found.problems if p.code == "K407"]
    assert 3 * len(todo) == int(texts[1])
    assert codes(root) <= {"K407"}
    assert (which == "rule") == (not todo)
    id_ = ENTRIES[which][0]
    rule = found.base.rules.get(id_)
    if rule is not None:
        assert rule.fires_on
        assert rule.silent_on
    else:
        known = {*found.base.catalogue.indicators, *found.base.catalogue.questions}
        assert id_ in known


@pytest.mark.parametrize("which", ENTRIES)
def test_what_stands_there_is_not_touched(root: Path, which: str) -> None:
    path = root / TOPIC
    path.write_text(
        path.read_text(encoding="utf-8").replace("norms:", "# kept: as it is\n\nnorms:"),
        encoding="utf-8",
    )
    before = {p: p.read_text(encoding="utf-8").splitlines() for p in root.rglob("*.yaml")}
    write(root, which.split(maxsplit=1)[0], *ENTRIES[which])
    for file in root.rglob("*.yaml"):
        rest = iter(file.read_text(encoding="utf-8").splitlines())
        assert all(line in rest for line in before.get(file, [])), file


def test_examples_lie_close_to_the_edges(root: Path) -> None:
    write(root, "statement", *ENTRIES["statement"])
    text = (root / TOPIC).read_text(encoding="utf-8")
    assert "    fires_on:\n      - {finance.liquidity.ratio: 2.01}\n" in text
    assert "    silent_on:\n      - {finance.liquidity.ratio: 2}\n" in text
    assert "cites: [F5.3]" in text


def test_the_place_is_told_and_a_schema_is_named_where_there_is_one(root: Path) -> None:
    (root / "schemas").mkdir()
    (root / "schemas" / "topic.schema.json").write_text("{}")
    result = write(root, "topic", *ENTRIES["topic"])
    file = root / "knowledge/finance/liquidity/gap.yaml"
    assert result.output.startswith(f"{file}:1: finance.liquidity.gap\n")
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../../schemas/topic.schema.json"


def test_in_a_pack_texts_have_its_languages(tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    (pack / "knowledge").mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "id: mine\nversion: 1.0.0\nname: {pl: Moja}\nlanguages: [pl]\nneeds: diagnost >= 0.1\n"
        "licence: MIT\nauthor: I\n",
        encoding="utf-8",
    )
    write(pack, "statement", "finance.liquidity.mine.low", "--when", "{lines.cash.sign: zero}")
    text = (pack / "knowledge/finance/liquidity/mine.yaml").read_text(encoding="utf-8")
    assert "      pl: TODO\n" in text
    assert "en: TODO" not in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("thing", "a.b.c"), "there is no kind 'thing'"),
        (("statement", f"{RATIO}.low", "--when", f"{{{RATIO}: low}}"), "K207"),
        (("statement", f"{RATIO}.x", "--when", f"{{{RATIO}: lower}}"), "K202"),
        (("statement", f"{RATIO}.x", "--when", "{nothing.like.it: low}"), "K201"),
        (("statement", f"{RATIO}.x", "--when", "{a: b"), "K101"),
        (("statement", f"{RATIO}.x", "--when", f"{{{RATIO}: high}}", "--cites", "F9.9"), "K205"),
        (
            ("statement", f"{RATIO}.x", "--when", f"{{{RATIO}: high}}", "--polarity", "awful"),
            "K108",
        ),
        (("statement", f"{RATIO}.x"), "--when is needed"),
        (
            ("indicator", f"{RATIO}.x", "--symbol", "X", "--formula", "a +", "--unit", "times"),
            "K110",
        ),
        (
            ("topic", RATIO, "--symbol", "X", "--formula", "1", "--unit", "times"),
            "is there already",
        ),
        (("statement", "x", "--when", "{a: b}"), "is no whole id"),
    ],
)
def test_what_could_not_be_loaded_is_told_and_nothing_is_written(
    root: Path, arguments: tuple[str, ...], told: str
) -> None:
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    result = run("new", *arguments, "--in", str(root))
    assert isinstance(result.exception, UsageError)
    assert told in str(result.exception)
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_a_folder_that_holds_no_knowledge_is_told(tmp_path: Path) -> None:
    result = run("new", "statement", "a.b.c", "--when", "{a: b}", "--in", str(tmp_path))
    assert "neither a pack nor a knowledge base" in str(result.exception)


def test_a_new_pack_is_one_that_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "pack", "mine")
    assert result.exit_code == 0, result.exception
    assert (tmp_path / "mine" / "pack.yaml").is_file()
    assert str(Path("mine") / "pack.yaml") in result.output


def test_the_hooks_before_a_commit_are_commands_that_there_are() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^  entry: diagnost (.+)$", hooks, re.MULTILINE)
    assert entries == ["pack check .", "check"]
    for words in entries:
        assert run(*words.split(), "--help").exit_code == 0


# --- putting an entry into a list --------------------------------------------------------------


def test_an_item_goes_behind_the_last_before_the_remarks_of_the_next_key() -> None:
    before = b"a:\n- id: one # first\n  # of one\n\n# about b\nb:\n    - id: x\n"
    after = b"a:\n- id: one # first\n  # of one\n- id: two\n\n# about b\nb:\n    - id: x\n"
    assert with_item(before, "f", "a", ["- id: two"]) == after
    assert (
        with_item(before, "f", "b", ["- id: y", "  k: v"]) == before + b"    - id: y\n      k: v\n"
    )
    assert with_item(before, "f", "c", ["- id: z"]) == before + b"\nc:\n  - id: z\n"


def test_the_ends_of_lines_stay() -> None:
    assert with_item(b"a:\r\n  - id: one\r\n", "f", "a", ["- id: two"]) == (
        b"a:\r\n  - id: one\r\n  - id: two\r\n"
    )
    assert with_item(b"a: []\nb: 1\n", "f", "a", ["- id: one"]) == b"a:\n  - id: one\nb: 1\n"


def test_lists_in_brackets_and_what_is_no_list_are_refused() -> None:
    with pytest.raises(NoPlace, match="brackets"):
        with_item(b"a: [{id: one}]\n", "f", "a", ["- id: two"])
    with pytest.raises(NoPlace, match="no list"):
        with_item(b"a: word\n", "f", "a", ["- id: two"])
    with pytest.raises(DiagnostError):
        with_item(b"a: [\n", "f", "a", ["- id: two"])
