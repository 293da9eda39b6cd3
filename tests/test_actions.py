"""The plan of steps through the command line: table, workbook, JSON and calendar, read back."""

import csv
import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from diagnost.knowledge.base import content_root
from diagnost.report.action_files import write_actions
from diagnost.report.action_steps import action_plan
from tests.shipped import ROOT, base, case_of

LONG = "sales/orders-dried-up.yaml"
DAY = "2026-10-28"
COLUMNS = [
    "rank",
    "step",
    "responsible",
    "first step",
    "start by",
    "review on",
    "to watch",
    "today",
    "target",
    "why",
    "area",
    "source",
]


def ran(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "diagnost", "actions", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT)


def run(*arguments: str | Path) -> bytes:
    done = ran(*arguments)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def example(name: str = LONG) -> Path:
    return ROOT / "examples" / name


def as_json(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(example(), "--format", "json", *arguments))
    return found


def events(content: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_in_csv_is_no_formula(risky: str) -> None:
    case = case_of(LONG)
    period, day = case.accounts.periods[-1].id, date.fromisoformat(DAY)
    plan = action_plan(case, "en", period, content_root(), day=day, most=3)
    steps = (plan.steps[0]._replace(owner=risky, why="plain"),)
    content = write_actions(plan._replace(steps=steps), "csv").decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(content)))
    assert row["responsible"] == f"'{risky}"
    assert row["why"] == "plain"


def test_json_has_the_steps_of_the_diagnosis_with_dates() -> None:
    told = as_json("--from", DAY, "--steps", "all")
    advice = sorted((a for a in case_of(LONG).diagnosis.advice if a.rank), key=lambda a: a.rank)
    assert [step["id"] for step in told["steps"]] == [a.recommendation.id for a in advice]
    assert [step["rank"] for step in told["steps"]] == list(range(1, len(advice) + 1))
    assert told["from"] == DAY
    starts = {"now": "2026-11-02", "this_quarter": "2026-11-30", "this_year": "2027-02-01"}
    for step, told_of in zip(told["steps"], advice, strict=True):
        assert step["start"] == starts[told_of.recommendation.urgency]
        horizon = told_of.recommendation.horizon
        assert horizon is not None
        assert step["review"] == horizon.after(date.fromisoformat(step["start"])).isoformat()


def test_as_many_steps_as_the_document_numbers() -> None:
    assert len(as_json()["steps"]) == base().action_plan.lines
    assert len(as_json("--steps", "2")["steps"]) == 2


def test_dates_are_counted_from_the_day_of_the_records() -> None:
    day = case_of(LONG).accounts.as_of
    assert day is not None
    assert as_json()["from"] == day.isoformat()


def test_without_a_day_dates_are_counted_from_today() -> None:
    before = date.today()
    told = json.loads(run(example("kamienna-dolina.xlsx"), "--format", "json"))
    assert before <= date.fromisoformat(told["from"]) <= date.today()


def test_the_watched_figure_stands_with_its_value() -> None:
    told = json.loads(run(example("kamienna-dolina.xlsx"), "--format", "json", "--from", DAY))
    step = next(s for s in told["steps"] if s["id"].endswith(".reterm_loans"))
    assert (step["indicator"], step["today"]) == ("Current ratio", "1.05")
    assert step["target"] == "current ratio at least 1.2"
    stock = next(s for s in told["steps"] if s["id"].endswith(".cut_stock_on_credit"))
    assert (stock["indicator"], stock["today"]) == (None, None)  # what is aimed at is no reading


def test_a_table_for_spreadsheets_begins_with_a_mark_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    run(example(), "-o", file, "--from", DAY)
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == COLUMNS
    told = as_json("--from", DAY)["steps"]
    assert [(row[0], row[1], row[4]) for row in rows[1:]] == [
        (str(step["rank"]), step["step"], step["start"]) for step in told
    ]


@pytest.mark.parametrize(("language", "delimiter"), [("pl", ";"), ("zh", ",")])
def test_the_table_in_other_languages(language: str, delimiter: str) -> None:
    content = run(example(), "--format", "csv", "--lang", language).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=delimiter))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    advice = next(a for a in case_of(LONG).diagnosis.advice if a.rank == 1)
    assert rows[1][1] == advice.recommendation.text.in_language(language)


def test_a_workbook_holds_dates_as_dates(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    run(example(), "-o", file, "--from", DAY)
    sheet = load_workbook(file).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 1 + base().action_plan.lines
    assert rows[1][0] == 1
    assert str(rows[1][4]) == "2026-11-02 00:00:00"


def test_a_calendar_has_a_first_step_and_a_review_for_every_step(tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    run(example(), "-o", file, "--from", DAY)
    content = file.read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    found = [
        (str(event["SUMMARY"]).partition(":")[0], event.decoded("DTSTART"))
        for event in events(content).values()
    ]
    told = as_json("--from", DAY)["steps"]
    assert found == [
        pair
        for step in told
        for pair in (
            ("First step", date.fromisoformat(step["start"])),
            ("Review", date.fromisoformat(step["review"])),
        )
    ]
    for event in events(content).values():
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
    assert all(told[0]["step"] in str(e["DESCRIPTION"]) for e in list(events(content).values())[:2])


def test_a_second_import_updates_the_first() -> None:
    first, again, later = (
        run(example(), "--format", "ics", "--from", day) for day in (DAY, DAY, "2026-11-28")
    )
    assert first == again
    old, new = events(first), events(later)
    assert set(old) == set(new)
    for uid, event in old.items():
        assert new[uid]["SEQUENCE"] > event["SEQUENCE"]
        assert new[uid].decoded("DTSTAMP") > event.decoded("DTSTAMP")
        assert new[uid].decoded("DTSTART") > event.decoded("DTSTART")


def test_another_company_has_events_of_its_own(tmp_path: Path) -> None:
    text = example().read_text(encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(text.replace("name: Harrow", "name: New Harrow", 1), encoding="utf-8")
    assert text != other.read_text(encoding="utf-8")
    mine = events(run(example(), "--format", "ics", "--from", DAY))
    theirs = events(run(other, "--format", "ics", "--from", DAY))
    assert len(mine) == len(theirs)
    assert not set(mine) & set(theirs)


def test_chinese_events_read_back_whole() -> None:
    content = run(example(), "--format", "ics", "--from", DAY, "--lang", "zh")
    advice = next(a for a in case_of(LONG).diagnosis.advice if a.rank == 1)
    text = advice.recommendation.text.in_language("zh")
    assert text in str(next(iter(events(content).values()))["DESCRIPTION"])


def test_a_company_without_faults_has_an_empty_plan() -> None:
    text = run(example("healthy-trader.yaml"), "--from", DAY).decode()
    assert text.endswith("Nothing is advised.\n")
    content = run(example("healthy-trader.yaml"), "--from", DAY, "--format", "ics")
    assert Calendar.from_ical(content).walk("VEVENT") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "tomorrow"), "--from: 'tomorrow' is no day; write it as 2026-10-31"),
        (("--from", "9998-12-31"), "--from: the year 9998 is out of reach"),
        (("--steps", "0"), "--steps: '0' is neither a number from 1 on nor all"),
        (("--steps", "many"), "--steps: 'many' is neither"),
        (("--format", "xlsx"), "a workbook needs a file: -o plan.xlsx"),
        (("-o", "plan.doc"), "name the form with --format, or let -o end in .txt, .csv"),
        (("--period", "1999"), "there is no period 1999"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: tuple[str, ...], message: str) -> None:
    done = ran(example(), *arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert message in " ".join(done.stderr.decode().split())
    assert b"Traceback" not in done.stderr


def test_the_accounts_are_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "acme.csv"
    file.write_text("item,2023\nCurrent assets,100\nCurrent liabilities,80\n", encoding="utf-8")
    before = file.read_bytes()
    done = ran(file, "-o", file)
    assert done.returncode == 2
    assert file.read_bytes() == before
