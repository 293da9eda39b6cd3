"""The worked examples of the overview of indicators, each given as a bare figure."""

from dataclasses import dataclass

import pytest

from diagnost.knowledge.base import load
from diagnost.knowledge.shape import number
from diagnost.model.accounts import Accounts, Company, GivenReading, Period
from diagnost.model.located import At
from diagnost.pipeline import Case, diagnose

BASE = load()
AT = At("example", 1, 1)


@dataclass(frozen=True)
class Worked:
    """Bare figures and the statements of the source that must be spoken of them."""

    figures: dict[str, str]
    says: tuple[str, ...]
    never: tuple[str, ...] = ()
    advises: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(f"{key}={value}" for key, value in self.figures.items())


WORKED = [
    Worked({"WPB": "0.1"}, ("F5.4", "F5.5", "F5.6", "F5.9"), ("F5.10",)),
    Worked({"WPB": "7"}, ("F5.7", "F5.8", "F5.11"), ("F5.12",)),
    Worked({"WPW": "0.1"}, ("F6.2", "F6.6")),
    Worked({"WPW": "7"}, ("F6.7", "F6.10")),
    Worked({"WPG": "90%"}, ("F7.8", "F7.9"), ("F7.6", "F7.11")),
    Worked({"WPG": "2%"}, ("F7.6", "F7.10", "F7.11"), ("F7.9",)),
    Worked({"CRKO": "180"}, ("F8.2", "F8.3", "F8.4"), ("F8.7",)),
    Worked({"CRKO": "60"}, ("F8.2", "F8.3", "F8.5"), ("F8.7",)),
    Worked({"CRKO": "10"}, ("F8.2", "F8.6", "F8.7"), ("F8.3",)),
    Worked({"CRZ": "20"}, ("F19.6", "F19.8", "F19.9", "F19.10"), ("F19.5",)),
    Worked({"CRN": "180"}, ("F20.5", "F20.8", "F20.9")),
    Worked({"CSZ": "60"}, ("F22.5",), ("F22.3",)),
    # Section 24, case 1: the operating cycle shortens, payment stays.
    Worked({"CO": "130 100", "CSZ": "60 60"}, ("F24.3", "F24.4"), ("F24.5",)),
    # Becoming negative and very short: over-liquidity only where the ratios confirm it (FB7).
    Worked({"CO": "60 20", "CSZ": "80 80"}, ("F24.3", "F24.5")),
    Worked({"CO": "60 20", "CSZ": "80 80", "WPB": "2 2.5"}, ("F24.3", "F23.5", "FC7"), ("F24.5",)),
    Worked({"CO": "60 20", "CSZ": "80 80", "WPB": "1.1 1.1"}, ("F24.3", "FC18"), ("F24.5",)),
    # Case 2: the operating cycle lengthens, payment stays.
    Worked(
        {"CO": "80 100", "CSZ": "60 60"},
        ("F24.6", "F24.7", "F24.8"),
        advises=("finance.activity.recommendations.lengthen_payment",),
    ),
    Worked({"CO": "60 80", "CSZ": "70 70"}, ("F24.6", "F24.7"), ("F24.8",)),
    # Case 3: payment gets quicker, the operating cycle stays.
    Worked(
        {"CO": "100 100", "CSZ": "80 60"},
        ("F24.10", "F24.11"),
        advises=("finance.activity.recommendations.lengthen_payment",),
    ),
    Worked({"CRZ": "30 30", "CRN": "70 70", "CSZ": "80 60"}, ("F24.10", "F24.12")),
    Worked({"CRZ": "70 70", "CRN": "30 30", "CSZ": "80 60"}, ("F24.10",), ("F24.12",)),
    # Case 4: payment gets slower, the operating cycle stays.
    Worked({"CO": "100 100", "CSZ": "60 80"}, ("F24.14",), ("F24.15", "F24.16")),
    Worked({"CO": "60 60", "CSZ": "65 80"}, ("F24.14", "F24.16")),
    # Sections 9 and 13: margins, alone and beside the return.
    Worked({"ROS": "0.5%"}, ("F9.10", "F9.12"), ("F9.13",)),
    Worked({"ROS": "50%"}, ("F9.13", "F9.14", "F9.15"), ("F9.10",)),
    Worked(
        {"ROS": "35%", "ROI": "5%"},
        ("F13.1", "F13.2", "F13.3"),
        ("F9.8", "F9.13"),
        advises=("finance.profitability.recommendations.test_lower_margin",),
    ),
    Worked({"ROS": "0.1%", "ROI": "30%"}, ("F13.5", "F13.6", "F13.7"), ("F9.12",)),
    # Sections 10, 12 and 14: returns.
    Worked({"ROA": "0.5%"}, ("F10.8",)),
    Worked({"ROE": "80%"}, ("F12.5", "F12.6")),
    Worked({"ROE": "80%", "WOZ": "30%"}, ("FC35",), ("F12.6",)),
    Worked({"ROI": "2%", "ROE": "50%"}, ("F14.1", "F14.2", "F14.3"), ("F14.7",)),
    Worked({"ROI": "30%", "ROE": "35%"}, ("F14.7",), ("F14.2",)),
    Worked({"ROI": "15%", "ROE": "5%"}, ("F14.8",), ("F14.7", "F11.4")),
    Worked({"ROI": "-15%", "ROE": "-20%"}, (), ("F14.8",)),
    Worked({"ROI": "-20%", "ROE": "-15%"}, ("F14.8",)),
    # Sections 15 and 16: the level of debt.
    Worked({"WOZ": "10%"}, ("F15.12",), ("F15.13",)),
    Worked({"WOZ": "90%"}, ("F15.13", "F15.14", "F16.11"), ("F15.12",)),
    Worked({"DER": "1"}, ("F16.7",), ("F16.3",)),
    Worked({"DER": "0.75"}, ("F16.5",), ("F16.7",)),
    # That own funds dominate is said only where the total of debts bears it out (FB14).
    Worked({"DER": "0.1"}, ("FB14",), ("F16.3", "F16.8")),
    Worked({"DER": "0.1", "WOZ": "30%"}, ("F16.8", "FB14"), ("F16.3",)),
    Worked({"DER": "2.5"}, ("F16.9", "F16.10")),
    # Section 18: debt beside the cover of interest.
    Worked({"WOZ": "60%", "WPOZ": "1.5"}, ("F18.4", "F18.5"), ("F18.6", "F15.9")),
    Worked({"WOZ": "66.6%", "WPOZ": "1"}, ("F18.4",), ("F18.6",)),
    Worked({"WOZ": "70%", "WPOZ": "0.5"}, ("F18.6", "FC39"), ("F18.4",)),
    Worked({"WOZ": "30%", "WPOZ": "1.5"}, ("F18.7", "F18.8", "FC41")),
    Worked({"WOZ": "60%", "WPOZ": "6"}, ("F18.10",), ("F18.11",)),
    Worked({"WOZ": "85%", "WPOZ": "6"}, ("F18.11", "F18.12"), ("F18.4",)),
    # That the company pays its debts down needs the amounts (FC51).
    Worked({"WOZ": "30% 20%", "WPOZ": "6 8"}, ("F18.14", "F18.16", "F18.17"), ("F18.15",)),
    # Sections 25 and 26: turnover and costs.
    Worked({"WRA": "0.8"}, ("F25.8", "F25.9"), ("F25.4",)),
    Worked({"WRA": "1.0 1.5 2.0"}, ("F25.10",), ("F25.9",)),
    Worked({"WPK": "50%"}, ("F26.2",), ("F26.9",)),
    Worked({"WPK": "90% 80% 70%"}, ("F26.3", "F26.4"), ("F26.9",)),
    # Where two statements meet (part C).
    Worked({"WPB": "1.3", "WPW": "1.2", "WPOZ": "0.5"}, ("FC43",), ("F17.1",)),
    Worked({"WPB": "1.3", "WPW": "1.2", "WOZ": "60%"}, ("FC44",)),
    Worked({"WOZ": "60%", "DER": "1.5"}, ("FC37",)),
    Worked({"WOZ": "85%", "DER": "0.1"}, ("FC38",), ("F16.8",)),
    Worked({"WRA": "1 1.5", "ROS": "5% 2.5%"}, ("FC48",)),
    Worked({"ROS": "0.5%", "ROI": "1%"}, ("FC26",), ("F9.10",)),
    Worked({"WPB": "1.5", "WPW": "0.4"}, ("FC1", "F6.5", "F6.12"), ("F5.3",)),
    Worked({"WPB": "2.5", "WPW": "0.8"}, ("F6.5",), ("F5.8",)),
    Worked({"WPB": "1.0", "WPW": "0.4", "WPG": "2%"}, ("F6.6",), ("F7.11",)),
    Worked({"WPB": "1.1", "CRKO": "90"}, ("F5.4",), ("F8.4",)),
    Worked({"CSZ": "100 140", "WPB": "1.3 1.1"}, ("FC21",), ("F22.2",)),
    Worked({"CO": "100 140", "CSZ": "190 192"}, ("F24.6",), ("F24.9",)),
]


def diagnosed(worked: Worked, viewpoint: str = "owner") -> Case:
    """Diagnose a company that gives these figures and nothing else."""
    length = max(len(value.split()) for value in worked.figures.values())
    periods = tuple(Period(id=str(2021 + n), at=AT) for n in range(length))
    given = {}
    for symbol, value in worked.figures.items():
        indicator = BASE.catalogue.symbols[symbol]
        for period, part in zip(periods, value.split(), strict=True):
            given[indicator, period.id] = GivenReading(
                indicator=indicator, period=period.id, value=number(part), at=AT
            )
    accounts = Accounts(
        file="example",
        company=Company(),
        currency="",
        unit=1,
        periods=periods,
        amounts={},
        given=given,
        context={},
    )
    return diagnose(accounts, BASE, viewpoint=viewpoint)


def spoken(worked: Worked, viewpoint: str = "owner") -> tuple[set[str], set[str]]:
    """Return the ids cited by what is said of the last period, and the advice given."""
    case = diagnosed(worked, viewpoint)
    last = case.accounts.periods[-1].id
    cited = {
        cite
        for finding in case.diagnosis.findings
        if finding.period == last and not finding.gave_way_to and finding.statement.place != "trace"
        for cite in finding.statement.cites.ids
    }
    advice = {a.recommendation.id for a in case.diagnosis.advice if a.period == last and a.rank}
    return cited, advice


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.name)
def test_a_bare_figure_yields_what_the_source_says(worked: Worked) -> None:
    cited, advice = spoken(worked)
    assert set(worked.says) <= cited, f"not said: {sorted(set(worked.says) - cited)}"
    assert not set(worked.never) & cited, f"said: {sorted(set(worked.never) & cited)}"
    assert set(worked.advises) <= advice


@pytest.mark.parametrize(
    ("viewpoint", "cite"), [("investor", "F5.10"), ("bank", "F5.12"), ("owner", "")]
)
def test_remarks_for_one_reader_are_for_that_reader_only(viewpoint: str, cite: str) -> None:
    remarks = {"F5.10", "F5.12"}
    for figure in ("0.1", "1.1", "1.6", "7"):
        cited, _ = spoken(Worked({"WPB": figure}, ()), viewpoint)
        assert cited & remarks == ({cite} if cite else set())


def test_a_payment_cycle_that_is_long_already_is_not_to_be_lengthened() -> None:
    _, advice = spoken(Worked({"CO": "250 290", "CSZ": "190 192"}, ()))
    assert "finance.activity.recommendations.lengthen_payment" not in advice
