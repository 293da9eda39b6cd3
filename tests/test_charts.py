"""Charts: what they show, that they can be read, and that they are safe to put into a page."""

import re
from functools import lru_cache
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnost.model.text import LANGUAGES
from diagnost.pipeline import Case
from diagnost.report.chart import Chart
from diagnost.report.charts import charts
from diagnost.report.charts.canvas import Box, Canvas, folded, spread, width_of
from diagnost.report.charts.picture import png
from diagnost.report.figures import Figures
from diagnost.report.narrative import write
from diagnost.report.words import words_of
from tests.shipped import ROOT, case_of

EXAMPLES = ("over-indebted-firm.yaml", "negative-equity.yaml", "price-leader.yaml")


def figures_of(case: Case, language: str) -> Figures:
    return Figures(case, language, words_of(language, ROOT))


@lru_cache
def drawn(example: str, language: str) -> tuple[Chart, ...]:
    case = case_of(example)
    return charts(case, figures_of(case, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_chart_is_xml_with_its_words(example: str, language: str) -> None:
    found = drawn(example, language)
    assert found
    for chart in found:
        root = ElementTree.fromstring(chart.svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == chart.alternative
        assert chart.title and not re.search(r"[{}]", chart.title + chart.alternative)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_no_label_lies_on_another_or_outside(example: str, language: str) -> None:
    for chart in drawn(example, language):
        labels = boxes(chart)
        root = ElementTree.fromstring(chart.svg)
        wide, high = float(root.attrib["width"]), float(root.attrib["height"])
        for left, right in combinations(labels, 2):
            assert not left.overlaps(right), (chart.id, left, right)
        for box in labels:
            inside = box.left >= 0 and box.right <= wide and box.top >= 0 and box.bottom <= high
            assert inside, (chart.id, box)


def boxes(chart: Chart) -> list[Box]:
    """Measure the texts of a drawing again, as they stand in it."""
    found = []
    for text in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text"):
        size, x, y = (float(text.attrib[key]) for key in ("font-size", "x", "y"))
        written = text.text or ""
        wide = width_of(written, size, bold="font-weight" in text.attrib)
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[text.attrib["text-anchor"]]
        found.append(Box(left, y - size * 0.8, left + wide, y + size * 0.2, written))
    return found


def test_the_same_case_gives_the_same_bytes() -> None:
    case = case_of(EXAMPLES[0])
    again = charts(case, figures_of(case, "pl"))
    assert [chart.svg for chart in again] == [chart.svg for chart in drawn(EXAMPLES[0], "pl")]


def test_the_alternative_tells_the_readings() -> None:
    ladder = next(c for c in drawn(EXAMPLES[0], "en") if c.id == "liquidity_ladder")
    case = case_of(EXAMPLES[0])
    figures = figures_of(case, "en")
    for symbol in ("WPB", "WPW", "WPG"):
        indicator = case.base.catalogue.indicator(symbol)
        assert indicator is not None
        for period in case.accounts.periods:
            value = case.reading(symbol, period.id).value
            assert value is not None
            assert f"{figures.reading(indicator, value)} ({period.id})" in ladder.alternative


def test_a_chart_without_its_figures_is_left_out() -> None:
    case = case_of("sales/orders-dried-up.yaml")
    assert "liquidity_ladder" not in [c.id for c in charts(case, figures_of(case, "en"))]


def test_captions_name_the_notes_on_the_figures() -> None:
    case = case_of(EXAMPLES[0])
    document = write(case, "en", case.accounts.periods[-1].id, ROOT)
    found = charts(case, figures_of(case, "en"), document.period, document.notes)
    ladder = next(c for c in found if c.id == "liquidity_ladder")
    assert ladder.notes
    assert all(str(number) in ladder.caption for number in ladder.notes)
    texts = [document.notes[number - 1].text for number in ladder.notes]
    assert any("WPB" in text or "current ratio" in text.lower() for text in texts)


def test_a_picture_is_drawn_at_the_size_asked_for() -> None:
    picture = png(drawn(EXAMPLES[0], "zh")[0].svg, scale=0.5)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 320


def test_names_are_escaped() -> None:
    canvas = Canvas(100, 50)
    canvas.text(5, 20, "Stahl & <Söhne>")
    svg = canvas.svg('"A" < B & C', "en")
    assert ElementTree.fromstring(svg).get("aria-label") == '"A" < B & C'


PLACES = st.lists(st.floats(0, 300), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(wanted=PLACES, height=st.floats(8, 40))
def test_labels_are_moved_apart_and_kept_in_order(wanted: list[float], height: float) -> None:
    found = spread(wanted, [height] * len(wanted), 0, 300)
    in_order = [found[i] for i in sorted(range(len(wanted)), key=lambda i: wanted[i])]
    assert all(b - a >= height - 1e-6 for a, b in pairwise(in_order))
    assert min(found) >= height / 2 - 1e-6


@settings(max_examples=40, deadline=None)
@given(
    text=st.text("aWil ż高度-，", min_size=1, max_size=60),
    width=st.floats(40, 200),
)
def test_folded_lines_are_no_wider_than_asked(text: str, width: float) -> None:
    lines = folded(text, width)
    assert len(lines) <= 2
    assert all(width_of(line) <= width + 1e-6 for line in lines)
