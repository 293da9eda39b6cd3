"""``show``: texts with sample values in three languages, examples, what gives way; every entry."""

import re
from typing import Any

import pytest
from typer.testing import CliRunner

from diagnost.app.browsing import entry
from diagnost.cli import program
from diagnost.report.samples import Samples
from tests.shipped import LANGUAGES, base


def run(*arguments: str) -> Any:
    return CliRunner().invoke(program.program(arguments), arguments)


def test_texts_have_the_figures_of_the_first_example_in_three_languages() -> None:
    page = " ".join(run("show", "finance.liquidity.quick_ratio.too_low").output.split())
    assert base().statements["finance.liquidity.quick_ratio.too_low"].fires_on[0].values
    for sample in (
        "for example quick ratio 0.50",
        "for example płynność szybka 0,50",
        "速动比率0.50",
    ):
        assert sample in page
    assert "{WPW}" in page  # the text as it is written stands above


def test_examples_are_shown_with_their_places_though_only_one_file_is_read() -> None:
    rule = base().statements["finance.liquidity.quick_ratio.too_low"]
    page = run("show", rule.id).output
    for example in (*rule.fires_on, *rule.silent_on):
        assert str(example.at) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_can_be_written_for_every_text(language: str) -> None:
    left = []
    for rule in base().rules.values():
        values = dict(rule.fires_on[0].values) if rule.fires_on else {}
        samples = Samples(base(), values, language)
        for name in ("text", "detail", "brief", "doubt", "effect", "watch", "first_step"):
            text = getattr(rule, name, None)
            written = samples.written(text.in_language(language)) if text is not None else ""
            left += [(rule.id, name)] if re.search(r"[{}]", written) else []
    assert left == []


def test_a_source_names_what_cites_it_calculators_included() -> None:
    calculator = next(c for c in base().calculators.values() if c.citations)
    cited = next(id_ for cites in calculator.citations for id_ in cites.ids)
    assert f"diagnost plan {calculator.id}" in entry(cited, "en")


def test_a_list_keeps_the_lines_with_all_the_words() -> None:
    lines = run("list", "statements", "Slow", "inventory_cycle").output.splitlines()
    assert "finance.activity.inventory_cycle.slow" in {line.split()[0] for line in lines}
    assert all("slow" in line.lower() and "inventory_cycle" in line for line in lines)
    none = CliRunner().invoke(program.program(["list"]), ["list", "lines", "Quixote"])
    assert "there are no lines with Quixote" in str(none.exception)
