"""The manual and the program say the same."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from diagnost.cli.program import program
from tests.shipped import LANGUAGES, ROOT, base

PAGES = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
MANUAL = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
PROBLEMS = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
COMMANDS: dict[str, Any] = typer.main.get_command(program()).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_has_help_and_stands_in_the_manual(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert "Example: diagnost " in command.help
    assert f"diagnost {name}" in MANUAL


@pytest.mark.parametrize("name", list(COMMANDS))
def test_an_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    silent = [p.name for p in command.params if not getattr(p, "help", None)]
    assert silent == []


@pytest.mark.parametrize("page", PAGES, ids=[p.relative_to(ROOT).as_posix() for p in PAGES])
def test_a_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_glossary_names_every_indicator(approve: bool) -> None:
    """The table of symbols at its end follows the knowledge base; ``--approve`` writes it anew."""
    path = ROOT / "docs" / "glossary.md"
    text = path.read_text(encoding="utf-8")
    head = "| symbol | English | Polish | Chinese |\n|---|---|---|---|\n"
    shown = [i for i in base().catalogue.indicators.values() if i.shown]
    rows = [
        f"| {' | '.join([i.symbol, *(i.name.in_language(lang) for lang in LANGUAGES)])} |\n"
        for i in sorted(shown, key=lambda i: i.symbol.lower())
    ]
    wanted = text.partition(head)[0] + head + "".join(rows)
    if approve:
        path.write_text(wanted, encoding="utf-8", newline="\n")
    else:
        assert text == wanted


def codes_of_the_program() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'"([KPATH]\d{3})"', text))
        # Shape problems of YAML have the letter of the file's family.
        if path.name == "yaml_reader.py":
            found |= {f"{f}{n}" for n in re.findall(r'(10\d)"', text) for f in "KAH"}
    return found


def test_every_problem_code_has_its_entry() -> None:
    described = set(re.findall(r"^### ([KPATH]\d{3}) ", PROBLEMS, re.MULTILINE))
    assert described == codes_of_the_program()


@pytest.mark.parametrize("code", sorted(codes_of_the_program()))
def test_an_entry_tells_why_and_what_to_do(code: str) -> None:
    entry = re.search(rf"^### {code} (.*?)(?=^##|\Z)", PROBLEMS, re.MULTILINE | re.DOTALL)
    assert entry is not None
    assert "**Remedy:**" in entry[1]


def _keys(node: Any, path: str = "") -> set[str]:
    """Return the keys of page furniture; plural forms and names of currencies count as one."""
    if not isinstance(node, dict) or "other" in node or path == "currency":
        return {path}
    return {
        key for name, inner in node.items() for key in _keys(inner, f"{path}.{name}".lstrip("."))
    }


def test_the_page_furniture_is_complete_in_every_language() -> None:
    keys = {}
    for language in LANGUAGES:
        text = (ROOT / "templates" / "words" / f"{language}.yaml").read_text(encoding="utf-8")
        keys[language] = _keys(yaml.safe_load(text)) - {"currency"}
    assert keys["pl"] == keys["en"]
    assert keys["zh"] == keys["en"]


def test_decisions_are_numbered_once() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name.partition("-")[0] for page in pages]
    assert [number for number in numbers if numbers.count(number) > 1] == []
    headings = {page.name: page.read_text(encoding="utf-8").split(" ", 2)[1] for page in pages}
    assert headings == {name: f"{int(name.partition('-')[0])}." for name in headings}
