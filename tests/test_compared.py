"""A company beside its sector and other firms, from the file to the finished document."""

import json
from pathlib import Path
from typing import Any

import pytest

from diagnost.app.cases import CaseRequest, case_of
from diagnost.app.diagnosis import Request, diagnosis
from diagnost.app.errors import UsageError
from diagnost.cli.start import run
from tests.shipped import LANGUAGES, ROOT

PEERS = ROOT / "examples" / "peers" / "wholesalers.csv"
MAKER = ROOT / "examples" / "overstocked-manufacturer.yaml"
TRADER = ROOT / "examples" / "healthy-trader.yaml"

OWN = """
company: {name: Own, activity: ACTIVITY}
periods: ["2023"]
indicators: {ROS: 3.5%, WRA: 1.3, ROI: 4.55%, WPK: 95%, CRN: 160}
context:
"""


def written(tmp_path: Path, context: str, activity: str = "production") -> dict[str, Any]:
    """Return the JSON form for a company of five ratios, with a context."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace("ACTIVITY", activity) + context, encoding="utf-8")
    found: dict[str, Any] = json.loads(diagnosis(Request(file=path, form="json"))[0])
    return found


def told(whole: dict[str, Any]) -> set[str]:
    """Return the findings that the document tells, without their field."""
    return {
        finding["id"].removeprefix("finance.")
        for finding in whole["findings"]
        if finding["gave_way_to"] is None and finding["place"] == "body"
    }


def test_the_example_stands_beside_seven_firms_and_its_sector() -> None:
    whole = json.loads(diagnosis(Request(file=TRADER, form="json"))[0])
    rows = [row for row in whole["benchmarks"] if row["symbol"] == "ROS"]
    by_group = {row["group"]: row for row in rows if row["period"] == "2023"}
    # Sorted: 2.0 3.3 4.1 4.5 5.3 6.7 8.3; quartiles between the 2nd and 3rd, 5th and 6th.
    firms = by_group[None]
    assert (firms["lower_quartile"], firms["median"], firms["upper_quartile"]) == (
        0.037,
        0.045,
        0.06,
    )
    assert (firms["quartile"], firms["rank"], firms["of"]) == ("highest", 2, 8)
    assert (by_group["sector"]["value"], by_group["sector"]["against"]) == (0.046, "above")
    assert by_group["competitors"]["value"] == 0.047  # of 2.0 4.1 5.3 8.3
    assert by_group["direct_competitor"]["kind"] == "firm"
    assert by_group["similar_firms"]["value"] == 0.045  # of 3.3 4.5 6.7
    assert by_group["sector"]["figures"] == [
        {"firm": None, "group": "sector", "value": 0.046, "where": "wholesalers.csv:9:37"}
    ]
    assert not [row for row in whole["benchmarks"] if row["period"] != "2023"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_every_form_has_the_table_with_its_places(form: str, language: str) -> None:
    text = diagnosis(Request(file=TRADER, form=form, language=language, peers=PEERS))[0]
    heading = {"en": "Compared with others", "pl": "Na tle innych firm", "zh": "与同行比较"}
    assert heading[language].casefold() in text.casefold()
    assert "wholesalers.csv" in text
    assert "3.7%–6%" in text or "3,7%–6%" in text


def test_without_other_firms_one_line_says_so_and_nothing_else_asks() -> None:
    text = diagnosis(Request(file=MAKER))[0]
    assert " ".join(text.split()).count("No figures of the sector or of other firms") == 1
    assert "COMPARED WITH OTHERS" not in text
    whole = json.loads(diagnosis(Request(file=MAKER, form="json"))[0])
    assert whole["benchmarks"] == []
    assert not [gap for gap in whole["not_assessed"] if "@" in "".join(gap["missing"])]


def test_with_other_firms_that_line_is_gone() -> None:
    text = diagnosis(Request(file=TRADER))[0]
    assert "No figures of the sector" not in text


def test_one_sentence_tells_margin_and_turnover_against_the_sector(tmp_path: Path) -> None:
    sector = "  sector_average: {ROS: 4%, WRA: 1.2, ROI: 4.8%, ROA: 9%, ROE: 12%}\n"
    found = {entry for entry in told(written(tmp_path, sector)) if "against" in entry}
    assert found == {"profitability.against_sector.margin_below_turnover_near"}


def test_the_direct_competitor_is_told_beside_the_sector_and_the_others_are_not(
    tmp_path: Path,
) -> None:
    context = (
        "  sector_average: {ROI: 4.8%}\n  competitors: {ROI: 6%}\n"
        "  direct_competitor: {ROI: 6%}\n  similar_firms: {ROI: 3%}\n"
    )
    found = {entry for entry in told(written(tmp_path, context)) if "against" in entry}
    assert found == {
        "profitability.against_sector.return_near",
        "profitability.against_firms.direct_competitor_return_below",
    }
    alone = {e for e in told(written(tmp_path, "  similar_firms: {ROI: 3%}\n")) if "against" in e}
    assert alone == {"profitability.against_firms.similar_firms_return_above"}


def test_costs_as_in_the_sector_are_no_alarm(tmp_path: Path) -> None:
    alone = told(written(tmp_path, "  high_inflation: no\n"))
    assert "profitability.cost_level.high" in alone
    customary = written(tmp_path, "  sector_average: {WPK: 94.5%}\n")
    assert "profitability.costs_against_sector.customary" in told(customary)
    assert "profitability.cost_level.high" not in told(customary)
    above = written(tmp_path, "  sector_average: {WPK: 91%}\n", activity="trade")
    finding = next(f for f in above["findings"] if f["id"].endswith("sector.above_the_norm"))
    assert (finding["polarity"], finding["text"]) == (
        "bad",
        "Costs take 95% of sales, while 91% is usual in the sector.",
    )
    advice = {row["id"] for row in above["recommendations"] if row["rank"]}
    assert "finance.profitability.against_sector.costs_to_the_sector" in advice


@pytest.mark.parametrize(
    "context", ["  sector_average: {CRN: 130}\n", "  sector_receivable_days: 130\n"]
)
def test_the_sectors_days_of_receivables_are_said_in_one_way_or_the_old_one(
    tmp_path: Path, context: str
) -> None:
    found = told(written(tmp_path, context))
    assert "activity.receivables_cycle.too_long_but_customary" in found
    assert "activity.receivables_cycle.too_long" not in found


def test_why_goes_down_to_the_other_firms(capsys: pytest.CaptureFixture[str]) -> None:
    entry = "finance.profitability.return_on_sales.against_competitors"
    assert run(["why", str(TRADER), entry], debug=True) == 0
    text = capsys.readouterr().out
    assert "4.7% (median of 4 firms)" in text
    assert "wholesalers.csv:4:40" in text


def test_an_output_may_not_overwrite_the_other_firms(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["diagnose", str(MAKER), "--peers", str(PEERS), "--format", "md", "-o", str(PEERS)]
    assert run(arguments, debug=False) == 2
    assert "overwrite" in capsys.readouterr().err


def test_a_bad_file_of_other_firms_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    peers = tmp_path / "p.csv"
    peers.write_text("Firm,ROS\nA,3\n", encoding="utf-8")
    assert run(["diagnose", str(MAKER), "--peers", str(peers)], debug=False) == 3
    message = capsys.readouterr().err
    assert "p.csv:2:3: A126" in message
    assert "    A,3" in message


def test_the_case_holds_what_it_was_compared_with() -> None:
    case = case_of(CaseRequest(file=MAKER, peers=PEERS))
    assert {figure.firm for figure in case.accounts.peers if figure.firm} >= {"Hurt Olszyna"}
    with pytest.raises(UsageError):
        diagnosis(Request(file=MAKER, peers=PEERS, period="1999"))
