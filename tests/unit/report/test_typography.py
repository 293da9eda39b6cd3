"""Spaces at which no line ends, by language."""

import re

import pytest

from diagnost.report.chart import Chart
from diagnost.report.document import Sentence, Word
from diagnost.report.typography import TIE, tied, typeset
from tests.shipped import document


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "zapas z~2023~r. i~zobowiązania w~bilansie"),
        ("pl", "I~w~tym, i~o~tym"),
        ("pl", "5~marca 2026~r."),
        ("pl", "3,54~mln~zł, czyli 153~dni~– za długo"),
        ("pl", "240~tys.~zł po 7~razy, 12~pkt proc."),
        ("pl", "spółka A. Nowak, punkt b) nie zmienia się"),
        ("pl", "3,5 proca i~latarnia"),
        ("en", "PLN~3.54~million in 153~days, a loss"),
        ("en", "13~percentage points~– too much"),
        ("zh", "2023 年 w tym"),
    ],
)
def test_what_a_line_may_not_part_is_tied(language: str, text: str) -> None:
    wanted = text.replace("~", TIE)
    assert tied(wanted.replace(TIE, " "), language) == wanted
    assert tied(wanted, language) == wanted


def test_a_page_is_tied_all_through_and_drawings_are_left() -> None:
    chart = Chart("a", "b", "w c", "", "", "<svg>w c</svg>")
    page = (Sentence("w c", (1,)), (Word("z d", "bad"), chart, None, 3), {"x": "i e"})
    assert typeset(page, "pl") == (
        Sentence(f"w{TIE}c", (1,)),
        (Word(f"z{TIE}d", "bad"), chart, None, 3),
        {"x": f"i{TIE}e"},
    )


def test_an_english_page_shows_true_apostrophes() -> None:
    text = "the company's stock, customers' debts, 'so' 5'11"
    shown = "the company’s stock, customers’ debts, 'so' 5’11"
    assert (tied(text, "en"), tied(text, "pl")) == (shown, text)


@pytest.mark.parametrize("example", ["overstocked-manufacturer.yaml", "sales/strict-hand.yaml"])
def test_no_polish_line_of_a_page_can_end_in_a_single_letter(example: str) -> None:
    marks = re.compile(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", re.DOTALL)
    shown = marks.sub("", document(example, "pl", "html"))
    loose = re.findall(r"(?<![\w.’'-])[iowuzIOWUZ] \w+", shown)
    assert loose == []
    assert f"w{TIE}" in shown
