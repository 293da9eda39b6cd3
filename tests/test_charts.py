"""Charts: what they show, that they can be read, and that they are safe to put into a page."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnost.app.diagnosis import Request, written
from diagnost.app.house import HouseChoice, house_style
from diagnost.knowledge.chart_file import read_charts
from diagnost.knowledge.shape import Problems
from diagnost.model.text import LANGUAGES
from diagnost.pipeline import Case
from diagnost.report.chart import Chart
from diagnost.report.charts import charts
from diagnost.report.charts.canvas import Box, Canvas, folded, spread, width_of
from diagnost.report.charts.picture import png
from diagnost.report.figures import Figures
from diagnost.report.narrative import write
from diagnost.report.words import words_of
from diagnost.yaml_reader import read
from tests.shipped import ROOT, base, case_of

EXAMPLES = (
    "over-indebted-firm.yaml",
    "negative-equity.yaml",
    "over-liquid-unprofitable.yaml",
    "partial-ratios.yaml",
    "sales/orders-dried-up.yaml",
    "retail/thin-promotion.yaml",
    "mixed/ebike-distributor.yaml",
)


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
        assert_legible(chart)


def assert_legible(chart: Chart) -> None:
    labels = boxes(chart)
    root = ElementTree.fromstring(chart.svg)
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    for left, right in combinations(labels, 2):
        assert not left.overlaps(right), (chart.id, left, right)
    for box in labels:
        inside = box.left >= -1 and box.right <= wide + 1 and box.top >= -1
        assert inside and box.bottom <= high + 1, (chart.id, box)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_labels_stay_apart_whatever_the_figures(data: st.DataObject) -> None:
    """Readings and amounts are replaced by any others, of which the piles are still level."""
    case = case_of(EXAMPLES[0])
    value = st.decimals(-40, 400, places=2)
    readings = {
        key: reading._replace(value=data.draw(value)) if key[0] in TRIED else reading
        for key, reading in case.readings.items()
    }
    share = st.integers(0, 5000)
    assets, funding = (data.draw(st.lists(share, min_size=5, max_size=5)) for _ in range(2))
    equity = sum(assets) - sum(funding)
    drawn_amounts = dict(zip(ASSETS, assets, strict=True))
    drawn_amounts |= dict(zip(FUNDING, (*funding, equity), strict=True))
    drawn_amounts["current_assets"] = sum(assets[1:])
    amounts = {
        (item, period): amount._replace(value=Decimal(drawn_amounts[item]))
        if item in drawn_amounts
        else amount
        for (item, period), amount in case.accounts.amounts.items()
    }
    other = case._replace(readings=readings, accounts=replace(case.accounts, amounts=amounts))
    language = data.draw(st.sampled_from(LANGUAGES))
    for chart in charts(other, figures_of(other, language)):
        assert_legible(chart)


TRIED = {
    f"finance.{tail}"
    for tail in (
        "liquidity.current_ratio",
        "liquidity.quick_ratio",
        "liquidity.cash_ratio",
        "activity.inventory_cycle",
        "activity.receivables_cycle",
        "activity.payment_cycle",
        "activity.cash_conversion_cycle",
        "structure.silver_rule.demand",
    )
}
ASSETS = (
    "fixed_assets",
    "inventories",
    "short_term_receivables",
    "short_term_investments",
    "short_term_prepayments",
)
FUNDING = (
    "long_term_liabilities",
    "provisions_long_term",
    "current_liabilities",
    "provisions_short_term",
    "accruals_and_deferred_income",
    "equity",
)


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


def chart_of(example: str, id_: str, language: str = "en") -> Chart:
    return next(c for c in drawn(example, language) if c.id == id_)


def test_periods_before_anything_is_known_are_not_drawn() -> None:
    chart = chart_of("retail/stuck-debts.yaml", "liquidity_ladder")
    assert {"2025"} == {box.text for box in boxes(chart)} & {"2024", "2025"}
    assert "2024" not in chart.alternative


def test_columns_tell_the_amounts_and_what_is_used_up() -> None:
    chart = chart_of("negative-equity.yaml", "balance_sheet")
    assert "Equity −900" in chart.alternative
    assert "Equity is used up (−900)" in chart.title
    assert "Fixed assets 2,600" in chart.alternative


def test_piles_that_are_not_level_are_not_drawn() -> None:
    case = case_of(EXAMPLES[0])
    last = case.accounts.periods[-1].id
    key = ("current_liabilities", last)
    amount = case.accounts.amounts[key]
    amounts = {**case.accounts.amounts, key: amount._replace(value=amount.value * 3)}
    other = case._replace(accounts=replace(case.accounts, amounts=amounts))
    assert "balance_sheet" not in [c.id for c in charts(other, figures_of(other, "en"))]


def test_the_cash_cycle_tells_its_days() -> None:
    chart = chart_of(EXAMPLES[0], "cash_cycle")
    for text in ("stock 29.9 days", "receivables 72 days", "current liabilities 115 days"):
        assert text in chart.alternative
    assert chart.title == "Stock and receivables tie money up for 102 days, creditors wait 115 days"


def test_a_return_is_taken_apart_over_the_periods() -> None:
    chart = chart_of(EXAMPLES[0], "return_on_equity")
    assert "1.5% (2021), −33% (2023)" in chart.alternative
    assert "by the margin" in chart.title


def test_of_one_period_a_return_is_drawn_without_changes() -> None:
    case = case_of(EXAMPLES[0])
    first = case.accounts.periods[0].id
    found = charts(case, figures_of(case, "en"), first)
    chart = next(c for c in found if c.id == "return_on_equity")
    assert "effect" not in chart.alternative and "→" not in chart.svg
    assert "(2021)" in chart.alternative and "(2023)" not in chart.alternative


@pytest.mark.parametrize("side", ["finance", "sales", "retail"])
def test_norms_count_what_the_table_judges(side: str) -> None:
    chart = chart_of("mixed/ebike-distributor.yaml", f"{side}_norms")
    found = re.search(r": (\d+) of (\d+) ", chart.title)
    assert found is not None
    bad, every = int(found[1]), int(found[2])
    assert chart.alternative.count("unfavourable") == min(bad, 12)
    rows = [line for line in boxes(chart) if line.text]
    assert 0 < bad <= every <= len(rows)


def test_the_page_shows_the_charts_and_the_text_does_not() -> None:
    request = Request(file=ROOT / "examples" / EXAMPLES[0], form="html", language="pl")
    page = written(case_of(EXAMPLES[0]), request)
    assert page.count("<svg") == page.count('role="img"') == len(drawn(EXAMPLES[0], "pl"))
    assert page.index('id="area-liquidity"') < page.index('id="chart-liquidity_ladder"')
    assert page.index('id="chart-liquidity_ladder"') < page.index('id="area-activity"')
    assert "<svg" not in written(case_of(EXAMPLES[0]), replace(request, form="text"))


def test_a_plan_that_names_nothing_known_is_a_problem(tmp_path: Path) -> None:
    text = """
charts:
  - id: odd
    area: nowhere
    kind: course
    figures: [{figure: WPX}]
    limits: [{figure: WPB.safe.upper}]
    decomposition: none.such
    side: moon
    months: {table: results, month: mouth, person: rep, result: receipts, target: target}
    lots: {table: stocks, name: model, amount: units, age: age_days}
    people: stock
"""
    file = tmp_path / "charts.yaml"
    file.write_text(text, encoding="utf-8")
    problems = Problems()
    read_charts(read(file, name="charts.yaml"), base().catalogue, base().areas, problems)
    told = "\n".join(problem.message for problem in problems)
    for word in (
        "'nowhere'",
        "'WPX'",
        "'none.such'",
        "'moon'",
        "'mouth'",
        "'stocks'",
        "no table 'stock' are looked at",
        "needs to say something",
    ):
        assert word in told


def test_causes_stand_before_what_they_explain() -> None:
    chart = chart_of("sales/customers-walk-away.yaml", "causes")
    placed = {box.text: box.left for box in boxes(chart)}
    first, second, last = (
        next(left for text, left in placed.items() if text.startswith(start))
        for start in ("Needs are", "15% of the", "Results are")
    )
    assert first < second < last
    assert "“needs are not learnt in time” leads to “results are falling”" in chart.alternative
    assert chart.title == "From “needs are not learnt in time” to “results are falling”"


def test_findings_that_explain_each_other_are_drawn_all_the_same() -> None:
    """Links in a circle, some of them passing a column: one is left out, none is hidden."""
    case = case_of("sales/customers-walk-away.yaml")
    causes = case.diagnosis.causes
    turned = tuple(each._replace(cause=each.effect, effect=each.cause) for each in causes)
    diagnosis = case.diagnosis._replace(causes=(*causes, *turned))
    found = charts(case._replace(diagnosis=diagnosis), figures_of(case, "en"))
    chart = next(c for c in found if c.id == "causes")
    assert chart.alternative.count("” leads to “") == 3
    assert_legible(chart)


def test_where_little_hangs_together_no_causes_are_drawn() -> None:
    assert "causes" not in [c.id for c in drawn("price-leader.yaml", "en")]


def test_months_are_drawn_against_their_targets() -> None:
    chart = chart_of("sales/orders-dried-up.yaml", "months_and_targets")
    assert chart.title == "The last full month brought in 53% of its target"
    assert "20 (2026-09)" in chart.alternative and "In GBP thousand." in chart.alternative
    assert {"29", "38", "2026-07"} <= {box.text for box in boxes(chart)}


def test_people_are_added_up_where_no_row_tells_of_all() -> None:
    """Months for which the target is not known are not set beside those for which it is."""
    assert "602 (2026-06)" in chart_of("sales/healthy-team.xlsx", "months_and_targets").alternative
    found = drawn("sales/stars-and-veterans.yaml", "en")
    assert "months_and_targets" not in [chart.id for chart in found]


def test_months_that_do_not_agree_with_the_readings_are_not_drawn() -> None:
    case = case_of("sales/orders-dried-up.yaml")
    readings = {
        key: reading._replace(value=reading.value + 1)
        if key[0] == "sales.results.targets.result_month" and reading.value is not None
        else reading
        for key, reading in case.readings.items()
    }
    found = charts(case._replace(readings=readings), figures_of(case, "en"))
    assert "months_and_targets" not in [chart.id for chart in found]


def test_lots_are_drawn_by_age_where_they_make_up_the_readings() -> None:
    chart = chart_of("retail/caught-by-season.yaml", "stock_by_age")
    assert chart.title == "Standing longer than 120 days: 160 of 730 vehicles"
    assert chart.alternative.index("Quad 450: 260 days (35)") < chart.alternative.index("Moped 50")
    case = case_of("retail/caught-by-season.yaml")
    records = {**case.accounts.records, "stock": case.accounts.records["stock"][1:]}
    fewer = case._replace(accounts=replace(case.accounts, records=records))
    found = charts(fewer, figures_of(fewer, "en"))
    assert "stock_by_age" not in [each.id for each in found]


def test_people_are_drawn_below_the_remark_on_how_that_may_be_used() -> None:
    example = "sales/strict-hand.yaml"
    chart = chart_of(example, "results_of_people")
    assert chart.title.endswith("range from 82% to 118% of the median")
    case = case_of(example)
    page = written(case, Request(file=ROOT / "examples" / example, form="html"))
    assert page.index('class="persons"') < page.index('id="chart-results_of_people"')
    alone = house_style(HouseChoice(sections="areas,charts"))
    assert chart.title not in written(case, Request(file=Path(), form="html"), alone)
    assert "D. Bator" not in written(case, Request(file=Path(), form="html"), alone)


def test_a_chart_without_an_area_stands_in_the_appendix() -> None:
    request = Request(file=ROOT / "examples" / EXAMPLES[0], form="html", language="en")
    page = written(case_of(EXAMPLES[0]), request)
    assert page.index('class="appendix"') < page.index('id="chart-finance_norms"')
    assert (
        page.index('id="chart-causes"') < page.index('id="area-') < page.index('class="appendix"')
    )
