"""``docs``: the catalogue names every entry, every link leads somewhere, and packs are marked."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.explain.catalogue import APART, IN_TOPICS
from diagnost.explain.lookup import entries
from tests.shipped import LANGUAGES, ROOT, base


def run(*arguments: str) -> Any:
    return CliRunner().invoke(program.program(arguments), arguments)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the catalogue with a pack, in three languages."""
    folder = tmp_path_factory.mktemp("catalogue") / "c"
    result = run("docs", "-o", str(folder), "--pack", str(ROOT / "packs" / "sector-norms"))
    assert result.exit_code == 0, result.exception
    assert result.output == "".join(f"{folder / each / 'index.md'}\n" for each in LANGUAGES)
    return folder


@lru_cache
def pages(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_stands_once(catalogue: Path, language: str) -> None:
    anchors: list[str] = []
    for text in pages(catalogue / language).values():
        own = re.findall(r'<a id="([^"]+)"', text)
        assert len(own) == len(set(own))
        anchors += own
    kinds = {*IN_TOPICS.values(), *APART.values()} - {"table", "calculator", "method"}
    named = {each.id for each in entries(base(), sorted(kinds))}
    named |= set(base().catalogue.tables) | set(base().calculators)
    assert named <= set(anchors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_an_anchor(catalogue: Path, language: str) -> None:
    found = pages(catalogue / language)
    anchors = {name: set(re.findall(r'<a id="([^"]+)"', text)) for name, text in found.items()}
    for text in found.values():
        for page, anchor in re.findall(r"\]\(([a-z_-]+)\.md(?:#([^)]+))?\)", text):
            assert not anchor or anchor in anchors[page], (page, anchor)
            assert page in found


def test_a_page_has_its_language_only(catalogue: Path) -> None:
    for language, own, other in (("pl", "Płynność", "Liquidity"), ("en", "Liquidity", "Płynność")):
        page = pages(catalogue / language)["finance-liquidity"]
        assert page.startswith(f"# {own} · finance.liquidity\n")
        assert f"**{other}" not in page
    assert "速动比率" in pages(catalogue / "zh")["indicators"]
    assert "速动比率" not in pages(catalogue / "en")["finance-liquidity"]


def test_an_entry_is_told_with_text_condition_source_and_what_it_gives_way_to(
    catalogue: Path,
) -> None:
    page = pages(catalogue / "en")["finance-liquidity"]
    _, _, rest = page.partition('<a id="finance.liquidity.quick_ratio.too_low"></a>')
    told = rest.partition("<a id=")[0]
    assert "knowledge/finance/liquidity/quick_ratio.yaml" in told
    assert "**for example** quick ratio 0.50" in told
    assert "(finance-liquidity.md#finance.liquidity.quick_ratio)" in told
    assert re.search(r"\*\*source\*\* .*\[F6\.\d+\]\(sources\.md#F6\)", told)
    assert "**answered by**" in told


def test_what_a_pack_brings_is_marked(tmp_path: Path, catalogue: Path) -> None:
    assert "With the pack “Norms by sector (illustrative)”" in pages(catalogue / "en")["index"]
    pack = tmp_path / "mine"
    (pack / "knowledge").mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "id: mine\nversion: 1.0.0\nname: {en: Mine}\nlanguages: [en]\nneeds: diagnost >= 0.1\n"
        "licence: MIT\nauthor: I\n",
        encoding="utf-8",
    )
    topic = pack / "knowledge" / "finance" / "liquidity" / "mine.yaml"
    topic.parent.mkdir(parents=True)
    topic.write_text(
        "topic: finance.liquidity.mine\n"
        "statements:\n"
        "  - id: low\n"
        "    when: {finance.liquidity.quick_ratio: low}\n"
        "    polarity: watch\n"
        "    text: {en: We would want more.}\n"
        "    basis: inference\n"
        "    fires_on: [{finance.liquidity.quick_ratio: 0.9}]\n"
        "    silent_on: [{finance.liquidity.quick_ratio: 1.2}]\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    assert run("docs", "-o", str(out), "--lang", "pl", "--pack", str(pack)).exit_code == 0
    assert [path.name for path in out.iterdir()] == ["pl"]
    page = (out / "pl" / "finance-liquidity.md").read_text(encoding="utf-8")
    _, _, own = page.partition('<a id="finance.liquidity.mine.low"></a>')
    assert "`mine/knowledge/finance/liquidity/mine.yaml:3:5` · z pakietu „Mine”" in own
    assert page.count("z pakietu „Mine”") == 1
    assert "We would want more." in own.partition("<a id=")[0]  # the pack has no Polish


def test_wrong_use_of_docs(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    full = run("docs", "-o", str(tmp_path))
    assert "not empty: use --force" in str(full.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    file = run("docs", "-o", str(tmp_path / "mine.txt" / "inner"), "--force")
    assert "cannot make the folder" in str(file.exception)
    assert run("docs").exit_code == 2
