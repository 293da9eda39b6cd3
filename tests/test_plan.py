"""``diagnost plan``: the calculators on the command line, in every language and form."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from diagnost.check.calculator_examples import check_case
from diagnost.cli import start
from diagnost.knowledge import files
from diagnost.knowledge.calculator_file import load_calculators
from tests.shipped import LANGUAGES, ROOT, base

USED = {
    "target": "--last 378778.56 --this 400000 --market 1.02",
    "split": "--target 1200 --by month,person --people A;B;C=0.5",
    "pace": "--target 6000000 --actual 3000000 --gone 7",
    "incentive": "--task 1000 --actual 1100",
    "promotion": "--target 510 --stock 500 --cost 31000 --unit-profit 90 --teams-at-hand 2",
    "flow": "--start 4000 --new 900 --lost 1050 --stated 3850",
    "after-sales": "--mech 12 --body 5 --paint 6 --parts-sales 34 --parts-cost 25.5 --tax 13%",
    "follow-up": "--people 5 --prospects 2600 --grade-o 12 --grade-c 30",
    "market": "--population 1000000 --density 40",
    "profit-share": "--profit-share 50% --market-share 20%",
    "concession": "--margin 8% --cut 3% --units 30",
}
"""Options with which each calculator has something to say."""


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs ``diagnost plan`` with the shipped knowledge."""

    def ran(*arguments: str) -> Ran:
        code = start.run(["plan", *arguments], debug=False)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return ran


def test_every_calculator_is_used_here() -> None:
    assert list(USED) == list(base().calculators)


# --- forms and languages ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", USED)
def test_a_calculation_is_told_with_formulas_sources_and_limits(
    run: Run, name: str, language: str
) -> None:
    calculator = base().calculators[name]
    code, out, err = run(name, *USED[name].split(), "--lang", language)
    assert (code, err) == (0, "")
    assert out.startswith(calculator.name.in_language(language))
    whole = re.sub(r"\s+", "", out)
    limits = [r for r in calculator.remarks.values() if r.kind == "limits"]
    for remark in limits:
        assert re.sub(r"\s+", "", remark.text.in_language(language)) in whole
    for id_ in {i for f in calculator.figures.values() if f.shown for i in f.cites.ids[:1]}:
        assert id_ in out or not _has_figure_of(calculator, id_, run, name)
    assert "{" not in out


def _has_figure_of(calculator: Any, id_: str, run: Run, name: str) -> bool:
    data = json.loads(run(name, *USED[name].split(), "--format", "json").out)
    return any(f["value"] is not None and id_ in f["cites"] and f["shown"] for f in data["figures"])


@pytest.mark.parametrize("name", USED)
def test_languages_tell_the_same_things(run: Run, name: str) -> None:
    told = []
    for language in LANGUAGES:
        data = json.loads(
            run(name, *USED[name].split(), "--lang", language, "--format", "json").out
        )
        told.append(
            (
                [(f["id"], f["value"]) for f in data["figures"]],
                [remark["id"] for remark in data["remarks"]],
                [part["amount"] for part in data["parts"]],
            )
        )
    assert told[0] == told[1] == told[2]


def test_json_has_plain_numbers_origins_and_formulas(run: Run) -> None:
    data = json.loads(run("target", "--last", "5000", "--this", "5500", "--format", "json").out)
    assert (data["schema"], data["calculator"], data["language"]) == (1, "target", "en")
    figures = {figure["id"]: figure for figure in data["figures"]}
    assert figures["target"]["value"] == 6050
    assert figures["rate"]["value"] == 0.1
    assert figures["with_market"]["value"] is None
    assert figures["with_market"]["needs"] == ["market"]
    assert figures["exact_index"]["formula"] == "this / last"
    assert figures["exact_index"]["cites"] == ["E1.7"]
    inputs = {given["id"]: given for given in data["inputs"]}
    assert (inputs["last"]["origin"], inputs["last"]["as_written"]) == ("option", "5000")
    assert (inputs["limit"]["origin"], inputs["limit"]["assumed"]) == ("usual", True)
    assert {r["id"] for r in data["remarks"]} >= {"printed_product", "trend_holds"}


def test_csv_reads_back_with_the_separators_of_the_language(run: Run) -> None:
    arguments = ("split", "--target", "424000.06", "--vehicles", "no", "--format", "csv")
    for language, delimiter, mark in (("en", ",", "."), ("pl", ";", ",")):
        out = run(*arguments, "--lang", language).out
        rows = list(csv.reader(io.StringIO(out), delimiter=delimiter))
        start_of_parts = max(n for n, row in enumerate(rows) if not row)
        amounts = [row[1] for row in rows[start_of_parts + 2 :]]
        assert len(amounts) == 12
        assert amounts[-1] == f"35333{mark}43"  # 35333.33 × 11 leaves 35333.43


def test_a_workbook_holds_numbers_and_the_split(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    arguments = ("split", "--target", "120", "--by", "stage,person", "--people", "@A1;B")
    assert run(*arguments, "-o", str(path)).code == 0
    workbook = load_workbook(path)
    assert workbook.sheetnames == ["Result", "Split"]
    rows = list(workbook["Split"].iter_rows(values_only=True))
    assert rows[0] == ("stage", "person", "amount", "share")
    assert rows[1][0] == "Stage 1"
    assert rows[1][2] == 40
    assert rows[2][:3] == ("Stage 1", "@A1", 20)
    assert workbook["Split"].cell(3, 2).data_type == "s"  # a name, not a formula
    assert "Stage 1,'@A1,20,0.5" in run(*arguments, "--format", "csv").out


def test_the_same_question_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for suffix in ("xlsx", "json", "csv", "txt"):
        one, other = tmp_path / f"one.{suffix}", tmp_path / f"other.{suffix}"
        for path in (one, other):
            assert run("target", *USED["target"].split(), "-o", str(path)).code == 0
        assert one.read_bytes() == other.read_bytes()


def test_a_file_that_is_there_stays_unless_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("mine", encoding="utf-8")
    ran = run("target", *USED["target"].split(), "-o", str(path))
    assert (ran.code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in ran.err
    assert run("target", *USED["target"].split(), "-o", str(path), "--force").code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["calculator"] == "target"


# --- wrong input ---

WRONG = [
    ("target", "missing: --last (Sales of the period before); --this"),
    ("target --last abc --this 1", "--last: 'abc' is not a number"),
    ("target --last -5 --this 1", "--last: -5 is too small: it must be above 0"),
    ("target --last 0 --this 1", "--last: 0 is too small"),
    ("target --last 5% --this 1", "--last: '5%' is a percentage"),
    ("target --last 400,000 --this 1", "can be read in two ways. Write 400000, or 400.0000"),
    ("target --last 5 --this 1e5", "--this: '1e5' is written in powers of ten"),
    ("target --last 5 --this 9999999999999999", "more than 15 digits"),
    ("target --last 378778.56 --this 4000000", "Check units"),
    ("target --last ? --this 4", "--last: '?' is no number"),
    ("flow --start 4 --new -1 --lost 1", "--new: -1 is negative: it must be 0 or more"),
    ("flow --start 4 --new 1 --lost 6", "More customers are lost than there ever were"),
    ("concession --margin 8 --cut 3%", "--margin: '8' needs a percent sign. Write 8%."),
    ("concession --margin 0.08 --cut 3%", "Write 8%, or 0.08% if so little is meant"),
    ("concession --margin 8% --cut 0%", "--cut: 0% is too small: it must be above 0%"),
    ("concession --margin 8% --cut 101%", "--cut: 101% is too large: it must be 100% or less"),
    ("incentive --task 1.5 --actual 3", "--task: 1.5 is not whole"),
    ("incentive --task 15 --actual 3 --signed maybe", "'maybe' is neither yes nor no"),
    ("incentive --task 15 --actual 3 --late 4", "More vehicles are taken off than were sold"),
    ("pace --target 0 --actual 3 --gone 1", "--target: 0 is too small"),
    ("pace --target 5 --actual 3 --gone 13", "The periods gone (13) are more"),
    ("split --target 10 --by moth", "'moth' is nothing to split by. Did you mean month?"),
    ("split --target 10 --by month,month", "'month' stands twice"),
    ("split --target 10 --by month,season --seasons a,b", "Write season before month"),
    ("split --target 10 --by person --people A=1;A=2", "'A' stands twice in the list"),
    ("split --target 10 --by person --people A=-1", "the weight of 'A=-1' is negative"),
    ("split --target 10 --by person --people A=x", "the weight of 'A=x': 'x' is no"),
    ("split --target 10 --by person --people A=0", "all weights are nought"),
    ("split --target 10 --by person --people A=0,5,B=1", "Separate the entries by semicolons"),
    ("split --target 10 --by product", "name the products and their weights: --products"),
    ("split --target 10.5", "10.50 is no whole number of vehicles"),
    ("market --population 0 --density 40", "--population: 0 is too small"),
    ("market --population 10 --in-use 50000", "implausible: check units"),
    ("target --last 5 --this 6 --format xlsx", "a workbook needs a file"),
    ("target --last 5 --this 6 -o nowhere/plan.csv", "there is no folder nowhere"),
    ("tarrget", "No such command 'tarrget'"),
    ("target --lsat 5", "No such option"),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_wrong_input_is_told_in_one_sentence(run: Run, line: str, message: str) -> None:
    ran = run(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_absurd_proportions_are_reckoned_all_the_same(run: Run) -> None:
    tiny, huge = "0.00000000000000000001", "999999999999999"
    ran = run("target", "--last", tiny, "--this", huge, "--digits", "6", "--limit", huge)
    assert ran.code == 2
    assert "Check units" in ran.err
    assert run("market", "--population", huge, "--density", tiny).code == 0


def test_a_refusal_is_in_the_language_of_the_output(run: Run) -> None:
    ran = run("target", "--last", "378778.56", "--this", "4000000", "--lang", "zh")
    assert ran.code == 2
    assert "请核对单位" in ran.err


def test_numbers_are_read_as_in_accounts(run: Run) -> None:
    written = ("--last", "378 778,56", "--this", "400.000,00", "--format", "json")
    data = json.loads(run("target", *written).out)
    assert [given["value"] for given in data["inputs"][:2]] == [378778.56, 400000]


# --- accounts ---

ACCOUNTS = """\
company: {name: Acme}
currency: PLN
unit: 1000
periods: ["2010", "2011"]
lines:
  revenue: [378778.56, 400000]
"""


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "acme.yaml"
    path.write_text(ACCOUNTS, encoding="utf-8")
    yield path


def test_accounts_give_what_no_option_does_with_its_place(run: Run, accounts: Path) -> None:
    data = json.loads(run("target", "--from", str(accounts), "--format", "json").out)
    inputs = {given["id"]: given for given in data["inputs"]}
    assert (inputs["last"]["value"], inputs["this"]["value"]) == (378778560, 400000000)
    assert inputs["this"]["where"] == ["acme.yaml:6:24"]
    assert inputs["this"]["origin"] == "accounts"
    figures = {figure["id"]: figure["value"] for figure in data["figures"]}
    assert figures["target"] == 424000000
    out = run("target", "--from", str(accounts)).out
    assert "from acme.yaml:6:24" in out
    assert "Amounts are in PLN." in out


def test_options_go_before_accounts(run: Run, accounts: Path) -> None:
    ran = run("target", "--from", str(accounts), "--this", "378778560", "--format", "json")
    assert {f["id"]: f["value"] for f in json.loads(ran.out)["figures"]}["index"] == 1


def test_accounts_that_make_no_sense_are_refused_with_their_place(run: Run, accounts: Path) -> None:
    accounts.write_text(ACCOUNTS.replace("400000", "4000000"), encoding="utf-8")
    ran = run("target", "--from", str(accounts))
    assert (ran.code, ran.out) == (3, "")
    assert "acme.yaml:6:13: A190" in ran.err
    assert "Check units" in ran.err


def test_accounts_that_lack_a_figure_are_told_which(run: Run, accounts: Path) -> None:
    ran = run("flow", "--from", str(accounts), "--start", "5")
    assert ran.code == 3
    assert "A190" in ran.err
    assert "--new (Customers gained); --lost (Customers lost)" in ran.err


def test_the_accounts_are_never_overwritten(run: Run, accounts: Path) -> None:
    ran = run("target", "--from", str(accounts), "-o", str(accounts), "--force")
    assert (ran.code, accounts.read_text(encoding="utf-8")) == (2, ACCOUNTS)


def test_records_of_a_team_give_its_pace(run: Run) -> None:
    file = ROOT / "examples" / "sales" / "stars-and-veterans.yaml"
    data = json.loads(run("pace", "--from", str(file), "--format", "json").out)
    inputs = {given["id"]: given for given in data["inputs"]}
    assert {inputs[id_]["origin"] for id_ in ("target", "actual", "gone")} == {"accounts"}
    assert inputs["target"]["where"]


DEALERS = """\
company: {name: Acme}
as_of: 2009-09-25
periods: ["2009"]
records:
  distributors:
    - {name: Red Star, task_units: 400, actual_units: 500, signed_incentive: yes}
    - {name: Lake, task_units: 400, actual_units: 500, signed_incentive: no}
    - {name: Hill, task_units: 100}
"""


def test_a_calculation_about_one_row_of_the_accounts(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dealers.yaml"
    file.write_text(DEALERS, encoding="utf-8")
    seats = {}
    for name in ("Red Star", "lake"):
        out = run("incentive", "--from", str(file), "--of", name, "--format", "json").out
        data = json.loads(out)
        seats[name] = {f["id"]: f["value"] for f in data["figures"]}["seats"]
        assert data["inputs"][0]["where"][0].startswith(f"dealers.yaml:{5 + len(seats)}:")
    assert seats == {"Red Star": 6, "lake": 0}  # 100 over 400; without a signature none
    ran = run("incentive", "--from", str(file))
    assert (ran.code, "--of NAME: Red Star, Lake, Hill" in ran.err) == (2, True)
    ran = run("incentive", "--from", str(file), "--of", "Lak")
    assert (ran.code, "Did you mean Lake?" in ran.err) == (2, True)
    ran = run("incentive", "--from", str(file), "--of", "Hill")
    assert (ran.code, "--actual" in ran.err) == (3, True)
    ran = run("incentive", "--task", "4", "--actual", "5", "--of", "Hill")
    assert (ran.code, "give them with --from FILE" in ran.err) == (2, True)


def test_an_answer_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    answers = "customers_start: 4000", "customers_new: 900", "customers_lost: 1050"
    lines = [f"  retail.figures.{answer}" for answer in answers]
    file.write_text("\n".join(["company: {name: Acme}", "answers:", *lines]), encoding="utf-8")
    data = json.loads(run("flow", "--from", str(file), "--format", "json").out)
    where = [given["where"] for given in data["inputs"][:3]]
    assert where == [[f"shop.yaml:{line}:{column}"] for line, column in ((3, 35), (4, 33), (5, 34))]
    assert {f["id"]: f["value"] for f in data["figures"]}["end"] == 3850


def test_accounts_name_the_people_of_a_split(run: Run) -> None:
    file = ROOT / "examples" / "sales" / "crowded-team.yaml"
    written = ("split", "--target", "1000", "--by", "person", "--from", str(file))
    data = json.loads(run(*written, "--format", "json").out)
    people = next(given for given in data["inputs"] if given["id"] == "people")
    assert people["origin"] == "accounts"
    assert all(place.startswith("crowded-team.yaml:") for place in people["where"])
    names = [share["name"] for share in people["value"]]
    assert [part["path"][0] for part in data["parts"]] == names
    assert len(names) > 5
    assert sum(part["amount"] for part in data["parts"]) == 1000


# --- the knowledge base ---

OWN = """\
calculator: doubling
order: 99
name: {en: Doubling, pl: Podwojenie, zh: 加倍}
purpose: {en: Twice as much, pl: Dwa razy tyle, zh: 两倍}
inputs:
  - {id: one, unit: number, required: yes, name: {en: One, pl: Jeden, zh: 一}}
figures:
  - id: two
    unit: number
    name: {en: Two, pl: Dwa, zh: 二}
    how: {en: one × 2, pl: jeden × 2, zh: 一×2}
    formula: one * 2
    basis: inference
examples:
  - {given: {one: "2"}, gives: {two: 4}}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program a knowledge base with one calculator of somebody's own."""
    content = tmp_path / "content"
    folder = content / "knowledge" / "house" / "calculators"
    folder.mkdir(parents=True)
    (folder / "doubling.yaml").write_text(OWN, encoding="utf-8")
    (content / "knowledge" / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    (content / "templates").symlink_to(files.content_root() / "templates")
    monkeypatch.setattr("diagnost.knowledge.files.content_root", lambda: content)
    return folder / "doubling.yaml"


def test_a_calculator_in_yaml_is_a_command(run: Run, own: Path) -> None:
    assert own.exists()
    assert "doubling" in run("--help").out
    ran = run("doubling", "--one", "21", "--format", "json")
    assert json.loads(ran.out)["figures"][0]["value"] == 42


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("one * 2", "one * three", "K213"),
        ("one * 2", "one *", "K110"),
        ("one * 2", "two * 2", "K209"),
        ("calculator: doubling", "calculator: tripling", "K112"),
        ("basis: inference", "digits: 3", "K208"),
        ("order: 99", "ordre: 99", "K105"),
        ("unit: number, required", "unit: metres, required", "K108"),
        ("gives: {two: 4}", "gives: {three: 4}", "K203"),
        ("how: {en: one × 2", "how: {en: '{five} × 2'", "K204"),
        ('examples:\n  - {given: {one: "2"}, gives: {two: 4}}\n', "", "K503"),
    ],
)
def test_a_faulty_calculator_is_told_with_its_place(
    run: Run, own: Path, old: str, new: str, code: str
) -> None:
    assert old in OWN
    own.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    ran = run("doubling", "--one", "21")
    assert ran.code == 3
    assert re.search(rf"knowledge/house/calculators/doubling.yaml:\d+:\d+: {code} ", ran.err)


def test_a_worked_case_that_comes_out_otherwise_is_told(own: Path) -> None:
    for text, problems in (
        (OWN, []),
        (OWN.replace("two: 4", "two: 5"), ["doubling: two is 4, not 5"]),
        (OWN.replace("two: 4", "two: none"), ["doubling: two is 4, not none"]),
        (OWN.replace('one: "2"', 'one: "-2"'), ["doubling: -2 is negative: it must be 0 or more"]),
        (OWN.replace('one: "2"', ""), ["doubling: one is missing in this example"]),
    ):
        own.write_text(text, encoding="utf-8")
        calculator = load_calculators(files.content_root())["doubling"]
        found = check_case(calculator, calculator.examples[0], lambda name: None)
        assert [problem.message for problem in found] == problems
        assert all(problem.code == "K504" for problem in found)


def test_the_manual_shows_what_the_program_prints(run: Run) -> None:
    page = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    shown = [b for block in re.findall(r"```console\n(.*?)```", page, re.S) for b in _cut(block)]
    assert len(shown) >= 7
    for line, output in shown:
        words = re.findall(r'"[^"]*"|\S+', line.removeprefix("diagnost plan "))
        ran = run(*(str(ROOT / w) if w.startswith("examples/") else w.strip('"') for w in words))
        printed = ran.out or "\n".join(wrap(ran.err.strip(), 100))
        assert printed.strip() == output.strip()


def _cut(block: str) -> Iterator[tuple[str, str]]:
    for piece in re.split(r"^\$ ", block, flags=re.M)[1:]:
        line, _, output = piece.partition("\n")
        yield line, output
