"""Labels of rows, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnost.intake.labels import AMBIGUOUS, INDICATOR, LINE, QUESTION, index_of
from tests.unit.intake.intake_cases import catalogue

INDEX = index_of(catalogue())
ALL_LABELS = [
    (label, item.id)
    for item in catalogue().line_items.values()
    for label in (item.id, *item.names.by_language.values(), *item.synonyms)
]


@pytest.mark.parametrize(("label", "item"), ALL_LABELS)
def test_every_label_of_the_catalogue_names_its_item(label: str, item: str) -> None:
    match = INDEX.find(label)
    assert match is not None
    assert (match.kind, match.id) == (LINE, item)


@pytest.mark.parametrize(
    ("label", "item"),
    [
        ("B.I. Zapasy", "inventories"),
        ("I Zapasy", "inventories"),
        ("  ZAPASY : ", "inventories"),
        ("– Zapasy (tys. zł)", "inventories"),
        ("Zapasy [PLN]", "inventories"),
        ("1.1.2 Inventories", "inventories"),
        ("Inventories / Zapasy", "inventories"),
        ("AKTYWA TRWALE", "fixed_assets"),
        ("A. Aktywa trwałe razem", "fixed_assets"),
        ("Total current assets", "current_assets"),
        ("流 动 资 产 合 计", "current_assets"),
        ("（一）存货", "inventories"),
        ("三、利润总额（亏损总额以“－”号填列）", "profit_before_tax"),
        ("减：所得税费用", "income_tax"),
        ("其中：利息费用", "interest_expense"),
        ("w tym: zapasy", "inventories"),
        ("L. Zysk (strata) netto (I–J–K)", "net_profit"),
        ("Profit/(loss) before tax", "profit_before_tax"),
        ("Kapitał własny", "equity"),
        ("Przychody netto ze sprzedaży produktów, towarów i materiałów, w tym:", "revenue"),
        ("Zysk (strata) brutto ze sprzedaży", ""),
        ("Zysk brutto ze sprzedaży", ""),
        ("Gross profit", ""),
        ("毛利", ""),
        ("毛利润", ""),
        ("预付账款", ""),
        ("EBITDA", ""),
        ("Należności (długoterminowe)", "long_term_receivables"),
        ("Total equity and liabilities, including:", "total_assets"),
        ("Zmiana stanu zapasów", ""),
        ("", ""),
        ("...", ""),
    ],
)
def test_a_label_in_the_wild(label: str, item: str) -> None:
    match = INDEX.find(label)
    assert (match.id if match else "") == item


@pytest.mark.parametrize("label", ["Zobowiązania", "Kredyty i pożyczki", "Investments", "借款"])
def test_a_label_of_several_items_names_the_choices(label: str) -> None:
    match = INDEX.find(label)
    assert match is not None
    assert match.kind == AMBIGUOUS
    assert len(match.choices) > 1


def test_indicators_and_questions_are_found_too() -> None:
    for label, kind, name in [
        ("wpb", INDICATOR, "finance.current_ratio"),
        ("流动比率", INDICATOR, "finance.current_ratio"),
        ("Loan rate?", QUESTION, "loan_rate"),
        ("oprocentowanie kredytow", QUESTION, "loan_rate"),
    ]:
        match = INDEX.find(label)
        assert match is not None
        assert (match.kind, match.id) == (kind, name)


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("Zaapsy", "Zapasy"),
        ("Inventoris", "Inventories"),
        ("B.I. Inventoreis", "Inventories"),
        ("Stok", ""),
        ("长期借歀", ""),
        ("Gross profit", ""),
        ("Zysk brutto ze sprzedaży", ""),
    ],
)
def test_one_slip_is_noticed(label: str, known: str) -> None:
    assert INDEX.typo(label).casefold() == known.casefold()


NUMBERINGS = [
    "",
    "A. ",
    "B.I. ",
    "III. ",
    "1) ",
    "(1) ",
    "1. ",
    "a) ",
    "一、",
    "（一）",
    "- ",
    "• ",
]
ENDS = ["", ":", "：", " (tys. zł)", " (PLN)", "（元）", " w tym:", ", w tym:", "  "]
PLAIN_LABELS = [pair for pair in ALL_LABELS if len(pair[0]) > 3]
STRIP = str.maketrans("ąćęłńóśźż", "acelnoszz")


@given(
    st.sampled_from(PLAIN_LABELS),
    st.sampled_from(NUMBERINGS),
    st.sampled_from(ENDS),
    st.sampled_from([str.upper, str.lower, str.title, lambda s: s.lower().translate(STRIP)]),
    st.sampled_from([" ", "  ", "\u00a0", "\u200b "]),
)
def test_trimmings_do_not_matter(
    pair: tuple[str, str], numbering: str, end: str, case: object, space: str
) -> None:
    label, item = pair
    assert callable(case)
    written = numbering + str(case(label)).replace(" ", space) + end
    match = INDEX.find(written)
    assert match is not None, written
    assert match.id == item


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(text: str) -> None:
    INDEX.find(text)
    INDEX.typo(text)
