"""People and distributors in one document: each kind under its own heading, with its own note."""

from pathlib import Path

import pytest
import yaml

from diagnost.app.cases import CaseRequest, case_of
from diagnost.knowledge import files
from diagnost.report.persons import one_by_one, write_with_persons
from diagnost.report.render import render
from diagnost.report.words import words_of

ROOT = files.content_root()
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a distributor that settles with its dealers and keeps records of its sales people."""
    dealers = yaml.safe_load((EXAMPLES / "retail/travel-agreement.yaml").read_text("utf-8"))
    team = yaml.safe_load((EXAMPLES / "sales/stars-and-veterans.yaml").read_text("utf-8"))
    records = {**team["records"], "distributors": dealers["records"]["distributors"]}
    path = tmp_path_factory.mktemp("both") / "both.yaml"
    case = {**dealers, "as_of": team["as_of"], "records": records}
    path.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), "utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_each_table_has_its_heading_and_its_note(both: Path, language: str) -> None:
    case = case_of(CaseRequest(file=both))
    period = case.accounts.periods[-1].id
    parts = {part.head: part for part in one_by_one(case, language, period, ROOT)}
    assert len(parts) == 2
    of_people = words_of(language, ROOT)["persons.note"]
    names = {row.name: part.note for part in parts.values() for row in part.rows}
    assert names["Somchai"] != of_people
    assert {note for name, note in names.items() if note == of_people}
    assert all((name in DEALERS) == (note != of_people) for name, note in names.items())
    for form in ("text", "md", "html"):
        page = render(write_with_persons(case, language, period, ROOT), form, ROOT).casefold()
        page = page.replace("\u00a0", " ")
        assert all(head.casefold() in page for head in parts)


DEALERS = {"Somchai", "Wiang", "Malee", "Prasit", "Kanya"}


def test_seats_are_counted_dealer_by_dealer() -> None:
    case = case_of(CaseRequest(file=EXAMPLES / "retail/travel-agreement.yaml"))
    (part,) = one_by_one(case, "en", case.accounts.periods[-1].id, ROOT)
    told = {row.name: " ".join(s.text for s in row.sentences) for row in part.rows}
    assert set(told) == DEALERS
    assert "seats earned: 6" in told["Somchai"]
    assert "the seats would number 6" in told["Wiang"]  # by the other reading only
    assert "still needed for the first seat: 6" in told["Malee"]  # nine above target
    assert "the agreement is not signed" in told["Prasit"]
    assert "seats earned: 1" in told["Kanya"]
