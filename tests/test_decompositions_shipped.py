"""The shipped decompositions: true of every company, told in the document, asked for by rules."""

import re
from decimal import Decimal

import pytest

from diagnost.check.examples import example_facts
from diagnost.model.decomposition import Breakdown, Decomposition
from diagnost.model.located import At
from diagnost.model.rule import Example
from diagnost.model.text import Slot
from diagnost.report.document import Document
from diagnost.report.figures import Figures
from diagnost.report.movements import MOST
from diagnost.report.narrative import write
from diagnost.report.words import words_of
from tests.shipped import EXAMPLES, LANGUAGES, ROOT, base, case_of

DECOMPOSITIONS = tuple(base().catalogue.decompositions.values())
KAMIENNA = "overstocked-manufacturer.yaml"


def found(symbol: str, example: str = KAMIENNA) -> Breakdown:
    case = case_of(example)
    split = next(d for d in DECOMPOSITIONS if d.id.endswith(f".{symbol}"))
    breakdown = case.breakdown(split, case.accounts.periods[-1].id)
    assert breakdown is not None
    return breakdown


def rounded(breakdown: Breakdown, digits: int) -> dict[str, Decimal]:
    return {s.part.id: round(s.effect, digits) for s in breakdown.shares}


def document(example: str, language: str = "en") -> Document:
    case = case_of(example)
    return write(case, language, case.accounts.periods[-1].id, ROOT)


@pytest.mark.parametrize("split", DECOMPOSITIONS, ids=[d.id for d in DECOMPOSITIONS])
def test_a_decomposition_holds_for_a_company_with_all_its_lines(split: Decomposition) -> None:
    case = case_of(KAMIENNA)
    for period in case.accounts.periods[1:]:
        breakdown = case.breakdown(split, period.id)
        assert breakdown is not None
        assert sum(s.effect for s in breakdown.shares) == breakdown.change


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_breakdown_adds_up_and_rests_on_cells(example: str) -> None:
    case = case_of(example)
    for split in DECOMPOSITIONS:
        for period in case.accounts.periods[1:]:
            for moment in ("first", "previous"):
                breakdown = case.breakdown(split, period.id, moment)
                if breakdown is None:
                    continue
                assert sum(s.effect for s in breakdown.shares) == breakdown.change
                assert breakdown.before.places
                assert breakdown.now.places


def test_the_worked_company_by_hand() -> None:
    # Stock 9,000 → 12,000 at sales of 30,000 and then 28,200 in 365 days.
    stock = Decimal(3000) * 365 / 30000
    sales = Decimal(12000) * 365 / 28200 - Decimal(12000) * 365 / 30000
    assert rounded(found("CRZ"), 4) == {"balance": round(stock, 4), "sales": round(sales, 4)}
    # 155.3 − 109.5 and 68.6 − 60.8
    assert rounded(found("CO"), 1) == {"stock": Decimal("45.8"), "collection": Decimal("7.8")}
    # 7,790 − 8,400; 2,770 − 2,950; nil; 10,000 − 10,100
    assert rounded(found("KO"), 0) == {
        "equity": -610,
        "long_term_debt": -180,
        "provisions": 0,
        "fixed_assets": -100,
    }
    # 19,770 / (19,770 + 8,400) − 15,850 / 24,250; 19,770 / 27,560 less the former
    assert rounded(found("WOZ"), 4) == {"debts": Decimal("0.0482"), "equity": Decimal("0.0155")}


def test_an_example_knows_the_leading_part_and_how_far_it_leads() -> None:
    figures = {"finance.activity.inventory_cycle": (110, 155), "CRN": (61, 69)}
    values = tuple((key, tuple(Decimal(v) for v in pair)) for key, pair in figures.items())
    facts = example_facts(base(), Example(values=values, at=At("t"))).facts
    assert facts["finance.activity.parts.CO.leader"].word == "stock"
    assert facts["finance.activity.parts.CO.lead"].word == "most"


def test_without_an_earlier_period_it_is_unknown_what_moved_a_figure() -> None:
    facts = case_of(KAMIENNA).runs["2021"].base
    assert "finance.activity.parts.CO.leader" not in facts.facts
    assert facts.unknown["finance.activity.parts.CO.leader"] == ("earlier_period",)


@pytest.mark.parametrize(
    ("slot", "written"),
    [
        (Slot("CO", ("by", "stock")), "46 days"),
        (Slot("CO", ("by", "stock"), "number"), "46"),
        (Slot("CO", ("step_by", "stock")), "23 days"),
        (Slot("KO", ("by", "equity")), "PLN 610 thousand"),
        (Slot("KO", ("by", "equity"), "signed"), "PLN −610 thousand"),
        (Slot("ROI", ("by", "margin")), "4.4 percentage points"),
        (Slot("ROI", ("by", "margin"), "number"), "4.4"),
        (Slot("ROI", ("by", "turnover"), "signed"), "+0.4 percentage points"),
    ],
)
def test_a_slot_writes_what_a_part_did(slot: Slot, written: str) -> None:
    figures = Figures(case_of(KAMIENNA), "en", words_of("en", ROOT))
    assert figures.slot(slot, "2023") == written


def test_the_table_names_the_largest_part_first_with_sign_and_note() -> None:
    rows = {row.name: row for row in document(KAMIENNA).movements}
    row = rows["Operating cycle, days"]
    assert (row.before, row.now, row.change) == ("170", "224", "+54")
    assert row.parts.text == "stock +46; collection +8"
    notes = {note.number: note.text for note in document(KAMIENNA).notes}
    assert notes[row.parts.notes[0]].startswith(
        "CO = CRZ + CRN; by chain substitution, 2021 to 2023: "
        "stock 110 days → 155 days, collection 61 days → 69 days. Source: "
    )
    assert "21:17" in notes[row.parts.notes[0]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_table_is_short_and_holds_only_what_has_moved(example: str, language: str) -> None:
    rows = document(example, language).movements
    assert len(rows) <= MOST
    for row in rows:
        assert row.change[0] in "+−"
        assert row.parts.text[-1].isdigit()
        assert "{" not in row.parts.text


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_printed_change_is_the_difference_of_the_printed_figures(example: str) -> None:
    def number(text: str) -> Decimal:
        bare = re.sub(r"[,%]|pp", "", text).strip()
        return Decimal(bare.replace("−", "-"))

    for row in document(example).movements:
        assert number(row.change) == number(row.now) - number(row.before), row.name


def test_figures_get_one_decimal_more_where_rounding_would_belie_the_change() -> None:
    ratio = next(r for r in document(KAMIENNA).movements if r.name == "Current ratio")
    assert (ratio.before, ratio.now, ratio.change) == ("1.131", "1.046", "−0.085")


def test_where_only_ratios_are_given_or_one_period_nothing_is_taken_apart() -> None:
    assert document("partial-ratios.yaml").movements == ()
    case = case_of(KAMIENNA)
    assert write(case, "en", "2021", ROOT).movements == ()


def test_small_parts_are_told_in_one_sum_and_a_single_one_by_name() -> None:
    ratio = next(r for r in document(KAMIENNA).movements if r.name == "Current ratio")
    assert ratio.parts.text.endswith("receivables +0.024; the rest −0.013")
    works = document("over-liquid-unprofitable.yaml").movements
    ratio = next(r for r in works if r.name == "Current ratio")
    assert ratio.parts.text.endswith("receivables −0.08; stock −0.05")
