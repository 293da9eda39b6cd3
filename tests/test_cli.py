"""The command line: exit codes, streams, files; no traceback, nothing overwritten."""

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from diagnost import __version__
from diagnost.cli import program, start
from diagnost.knowledge import files
from tests.unit.conftest import FILES

COMMANDS: dict[str, Any] = typer.main.get_command(program.program()).commands  # type: ignore[attr-defined]
ACCOUNTS = """\
company: {name: Acme}
periods: ["2022", "2023"]
lines:
  current_assets: [200, 110]
  current_liabilities: [100, 100]
"""


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to a folder with a tiny knowledge base and small accounts."""
    content = tmp_path / "content"
    for name, text in FILES.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    (content / "templates").symlink_to(files.content_root() / "templates")
    here = tmp_path / "here"
    here.mkdir()
    (here / "acme.yaml").write_text(ACCOUNTS, encoding="utf-8")
    monkeypatch.chdir(here)
    monkeypatch.setenv("DIAGNOST_CACHE", str(tmp_path / "cache"))
    for module in ("files", "base", "cache"):
        monkeypatch.setattr(f"diagnost.knowledge.{module}.content_root", lambda: content)
    return here


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command line in this process."""

    def ran(*arguments: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "argv", ["diagnost", *arguments])
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as ended:
            start.main()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, out.getvalue(), err.getvalue())

    return ran


def fresh(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own, with the shipped knowledge base."""
    command = [sys.executable, "-m", "diagnost", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, **options)


# --- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_a_help_that_ends_with_an_example(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    text, _, example = COMMANDS[name].help.rpartition("\n\n")
    assert text[0].isupper()
    assert example.startswith(f"Example: diagnost {name}")
    assert " ".join(ran.out.split()).find(" ".join(example.split())) > 0


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_option_has_a_help(name: str) -> None:
    assert [p.name for p in COMMANDS[name].params if not getattr(p, "help", None)] == []


def test_the_version(run: Run) -> None:
    assert run("--version") == Ran(0, f"diagnost {__version__}\n", "")


def test_the_help_names_exit_codes_and_debug(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert "Exit codes: 0 done" in ran.out
    assert "--debug" in ran.out


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_the_help_and_the_version_load_no_work(asked: str) -> None:
    code = (
        "import sys; from diagnost.cli.start import run; run([sys.argv[1]], debug=False); "
        "print(*(m for m in sys.modules if m.startswith('diagnost')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, asked], capture_output=True, text=True, check=True
    )
    loaded = {name for name in done.stderr.split() if not name.startswith("diagnost.cli")}
    assert loaded == {"diagnost"}


def test_a_command_loads_no_other_command() -> None:
    assert [c.name for c in program.program(["why", "x.csv", "WPB"]).registered_commands] == ["why"]
    assert len(program.program(["wy"]).registered_commands) == len(program.COMMANDS)


# --- what works ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_a_diagnosis_goes_to_the_terminal(run: Run, form: str) -> None:
    ran = run("diagnose", "acme.yaml", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert "Only 1.10" in ran.out


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.htm", "a.json", "A.MD"])
def test_a_file_takes_its_form_from_its_ending(run: Run, home: Path, name: str) -> None:
    assert run("diagnose", "acme.yaml", "-o", name) == Ran(0, "", "")
    text = (home / name).read_text(encoding="utf-8")
    assert text.startswith("{") == name.endswith("json")
    assert sorted(path.name for path in home.iterdir()) == sorted(["acme.yaml", name])


def test_the_form_asked_for_goes_before_the_ending(run: Run, home: Path) -> None:
    assert run("diagnose", "acme.yaml", "-o", "a.dat", "--format", "json") == Ran(0, "", "")
    assert json.loads((home / "a.dat").read_text(encoding="utf-8"))["schema"] == 1


def test_an_earlier_result_is_replaced_and_keeps_its_rights(run: Run, home: Path) -> None:
    old = home / "a.md"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o640)
    assert run("diagnose", "acme.yaml", "-o", "a.md").code == 0
    assert "Only 1.10" in old.read_text(encoding="utf-8")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("gravity", "period", "code"),
    [
        ("note", "2023", 1),
        ("serious", "2023", 1),
        ("critical", "2023", 0),
        ("note", "2022", 0),
    ],
)
def test_fail_on_looks_at_the_period_judged(run: Run, gravity: str, period: str, code: int) -> None:
    ran = run("diagnose", "acme.yaml", "--fail-on", gravity, "--period", period)
    assert (ran.code, ran.err) == (code, "")
    assert ran.out


@pytest.mark.parametrize("name", ["WPB", "ratio.low", "Płynność", "current_assets", "ratio.step"])
@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_why_answers_in_three_languages(run: Run, name: str, language: str) -> None:
    ran = run("why", "acme.yaml", name, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


@pytest.mark.parametrize("name", ["WPB", "ratio.low", "current_assets", "ratio.step"])
@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_how_answers_in_three_languages(run: Run, name: str, language: str) -> None:
    ran = run("how", "acme.yaml", name, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert "acme.yaml:" in ran.out


@pytest.mark.parametrize("period", ["2022", "2023"])
@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_why_not_answers_in_three_languages(run: Run, period: str, language: str) -> None:
    ran = run("why-not", "acme.yaml", "ratio.low", "--lang", language, "--period", period)
    assert (ran.code, ran.err) == (0, "")
    assert "finance.liquidity.ratio" in ran.out


def test_how_and_why_not_in_json(run: Run) -> None:
    how = json.loads(run("how", "acme.yaml", "WPB", "--format", "json").out)
    assert (how["schema"], how["kind"], how["reading"]["value"]) == (1, "indicator", 1.1)
    why_not = json.loads(run("why-not", "acme.yaml", "ratio.low", "--format", "json").out)
    assert (why_not["schema"], why_not["kind"]) == (1, "holds")


def test_why_in_json(run: Run, home: Path) -> None:
    assert run("why", "acme.yaml", "WPB", "--format", "json", "-o", "a.json").code == 0
    data = json.loads((home / "a.json").read_text(encoding="utf-8"))
    assert (data["schema"], data["kind"], data["reading"]["value"]) == (1, "indicator", 1.1)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("", "statements           1"),
        ("indicators", "finance.liquidity.ratio  WPB  Current ratio"),
        ("statements", "finance.liquidity.ratio.low  Only {WPB}."),
        ("areas", "liquidity  Liquidity"),
        ("facts", "finance.liquidity.ratio           low | safe | high"),
        ("lines", "current_assets       Current assets"),
        ("questions", "loan_rate  Rate?"),
        ("sources", "F5  Current ratio (3 statements)"),
        ("rulings", ""),
    ],
)
def test_list_gives_one_line_per_entry(run: Run, kind: str, line: str) -> None:
    ran = run("list", kind) if kind else run("list")
    assert (ran.code, ran.err) == (0, "")
    assert not line or line in ran.out.splitlines()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("ratio.low", "{finance.liquidity.ratio: 1.19}"),
        ("WPB", "Current assets / Current liabilities"),
        ("liquidity", "finance.liquidity.ratio.low"),
        ("F5.2", "finance.liquidity.ratio.low"),
        ("F5", "F5.3"),
        ("activity", "silence means"),
        ("current_assets", "balance sheet"),
        ("ratio.step", "rising"),
    ],
)
def test_show_tells_everything_about_an_entry(run: Run, name: str, part: str) -> None:
    for language in ("pl", "zh", "en"):
        ran = run("show", name, "--lang", language)
        assert (ran.code, ran.err) == (0, "")
    assert part in ran.out


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv", "form.yaml"])
@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_a_form_is_written_once(run: Run, home: Path, name: str, language: str) -> None:
    assert run("template", name, "--lang", language) == Ran(0, "", "")
    content = (home / name).read_bytes()
    refused = run("template", name)
    assert refused == Ran(
        2, "", f"diagnost: {name} is there already: use --force to overwrite it\n"
    )
    assert (home / name).read_bytes() == content
    assert run("template", name, "--force").code == 0


def test_coverage_fails_while_something_is_missing(run: Run, home: Path) -> None:
    ran = run("coverage")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[-1].split() == ["all", "sources", "3", "2", "0", "1"]
    assert run("coverage", "--missing") == Ran(1, "F5.3\n", "")
    data = json.loads(run("coverage", "--format", "json").out)
    assert data["totals"] == {"all": 3, "encoded": 2, "excused": 0, "missing": 1}
    excuses = home.parent / "content/knowledge/not-encoded.yaml"
    excuses.write_text("not_encoded:\n  - {ids: [F5.3], reason: a joke}\n", encoding="utf-8")
    assert run("coverage", "--missing") == Ran(0, "", "")


def test_coverage_by_band_tells_which_edges_have_examples_on_both_sides(run: Run) -> None:
    ran = run("coverage", "--by", "band")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split() for line in ran.out.splitlines()[1:4]]
    assert rows == [
        ["finance.liquidity.ratio", "low", "1", "1.2", "yes", "yes"],
        ["finance.liquidity.ratio", "safe", "1", "2", "no", "no"],
        ["finance.liquidity.ratio", "high", "0", "–", "–", "–"],
    ]
    assert (
        ran.out.splitlines()[4] == "2 of 3 bands have an example, 1 of 2 edges one on either side."
    )
    left = "finance.liquidity.ratio: safe\nfinance.liquidity.ratio: high\n"
    assert run("coverage", "--by", "band", "--missing") == Ran(0, left, "")
    data = json.loads(run("coverage", "--by", "band", "--format", "json").out)
    assert data["totals"] == {
        "bands": 3,
        "with_examples": 2,
        "edges": 2,
        "edges_with_both_sides": 1,
    }


def test_coverage_by_rule_counts_examples_and_cases(run: Run, home: Path) -> None:
    examples = json.loads(run("coverage", "--by", "rule", "--format", "json").out)
    assert examples["entries"][0] == {"entry": "finance.liquidity.ratio.low", "examples": 1}
    (home / "notes.csv").write_text("not accounts\n", encoding="utf-8")
    ran = run("coverage", "--by", "rule", "--cases", ".", "--format", "json")
    data = json.loads(ran.out)
    assert data["totals"] == {"entries": 1, "never_fired": 0, "cases": 1}
    assert data["entries"] == [{"entry": "finance.liquidity.ratio.low", "examples": 1, "cases": 1}]
    assert [line.partition(":")[0] for line in data["left_out"]] == ["notes.csv"]
    page = run("coverage", "--by", "rule", "--cases", ".", "--format", "html").out
    assert page.startswith("<!DOCTYPE html>")
    assert "<td>finance.liquidity.ratio.low</td><td class=n>1</td><td class=n>1</td>" in page
    (home / "acme.yaml").unlink()
    refused = run("coverage", "--by", "rule", "--cases", ".")
    assert (refused.code, refused.out) == (3, "")


def test_check_exits_with_1_where_something_is_wrong(run: Run, home: Path) -> None:
    assert run("check").code == 0
    topic = home.parent / "content/knowledge/finance/liquidity/ratio.yaml"
    text = topic.read_text(encoding="utf-8")
    topic.write_text(text.replace("1.19}", "1.21}"), encoding="utf-8")
    ran = run("check", "knowledge/finance")
    assert (ran.code, ran.err) == (1, "")
    assert "knowledge/finance/liquidity/ratio.yaml:25:16: K501" in ran.out


def test_check_reads_the_phrases_of_the_pages(run: Run, home: Path) -> None:
    templates = home.parent / "content/templates"
    kept = (templates / "words/en.yaml").read_text(encoding="utf-8")
    templates.unlink()  # it leads to the program's own
    (templates / "words").mkdir(parents=True)
    words = templates / "words/en.yaml"
    words.write_text(f"{kept}\ntwice: a\ntwice: b\n", encoding="utf-8")
    ran = run("check")
    assert ran.code == 1
    assert "templates/words/en.yaml:" in ran.out and "K102" in ran.out


def test_check_exits_with_1_for_a_warning_only_if_strict(run: Run, home: Path) -> None:
    assert run("check").out.startswith("knowledge/sources.yaml:6:9: K609 ")
    assert run("check", "--strict").code == 1
    assert run("check", "--strict", "knowledge/finance") == Ran(
        0, "0 problems in 2 entries, 2 examples run\n", ""
    )


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("json", '{\n  "schema": 1,\n'),
        ("github", "::warning file=knowledge/sources.yaml,line=6,"),
        ("sarif", '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n'),
    ],
)
def test_check_tells_problems_in_other_forms(run: Run, home: Path, form: str, begins: str) -> None:
    ran = run("check", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(begins)
    assert run("check", "--format", "xml").code == 2


def test_check_runs_no_example_where_a_formula_names_what_is_not_there(
    run: Run, home: Path
) -> None:
    topic = home.parent / "content/knowledge/finance/liquidity/ratio.yaml"
    text = topic.read_text(encoding="utf-8")
    topic.write_text(text.replace("/ current_liabilities", "/ current_debts"), encoding="utf-8")
    ran = run("check")
    assert (ran.code, ran.err) == (1, "")
    assert ": K203 'current_debts' is no line item" in ran.out
    assert ", 0 examples run" in ran.out


# --- what does not ------------------------------------------------------------------------------

WRONG = {
    "": (2, "Usage:"),
    "nosuch": (2, "No such command"),
    "--nosuch": (2, "No such option"),
    "diagnose": (2, "Missing argument"),
    "diagnose nosuch.yaml": (3, "A100"),
    "diagnose .": (3, "A171"),
    "diagnose acme.yaml more": (2, "unexpected extra argument"),
    "diagnose acme.yaml --lang fr": (2, "'fr' is not one of"),
    "diagnose acme.yaml --format odt": (2, "'odt' is not one of"),
    "diagnose acme.yaml --viewpoint tax": (2, "'tax' is not one of"),
    "diagnose acme.yaml --engine rete": (2, "'rete' is not one of"),
    "diagnose acme.yaml --fail-on bad": (2, "'bad' is not one of"),
    "diagnose acme.yaml --period 1999": (2, "there is no period 1999; the accounts have 2022"),
    "diagnose acme.yaml --period": (2, "requires an argument"),
    "diagnose acme.yaml -o": (2, "requires an argument"),
    "diagnose acme.yaml -o a.dat": (2, "name the form with --format"),
    "diagnose acme.yaml -o noending": (2, "name the form with --format"),
    "diagnose acme.yaml -o . --format md": (2, "cannot write .: it is a folder"),
    "diagnose acme.yaml -o no/a.md": (2, "cannot write no/a.md: there is no folder no"),
    "diagnose acme.yaml -o acme.yaml --format md": (2, "that would overwrite the accounts"),
    f"diagnose acme.yaml -o {'a' * 300}.md": (2, "file name too long"),
    "diagnose acme.yaml --engine": (2, "requires an argument"),
    "indicators": (2, "Missing argument"),
    "indicators nosuch.csv": (3, "A100"),
    "indicators acme.yaml -o .": (2, "it is a folder"),
    "why": (2, "Missing argument"),
    "why acme.yaml": (2, "Missing argument"),
    "why acme.yaml WPBB": (2, "nothing is called 'WPBB'; did you mean WPB?"),
    "why acme.yaml step": (2, "'step' may mean several entries"),
    "why acme.yaml F5.2": (2, "nothing is called 'F5.2'"),
    "why acme.yaml Plynnosc": (2, "did you mean liquidity"),
    "why acme.yaml 动比": (2, "did you mean finance.liquidity.ratio"),
    "how": (2, "Missing argument"),
    "how acme.yaml": (2, "Missing argument"),
    "how acme.yaml WPBB": (2, "nothing is called 'WPBB'; did you mean WPB?"),
    "how acme.yaml WPB --format md": (2, "'md' is not one of"),
    "how nosuch.yaml WPB": (3, "A100"),
    "why-not": (2, "Missing argument"),
    "why-not acme.yaml": (2, "Missing argument"),
    "why-not acme.yaml ratio.lo": (2, "did you mean finance.liquidity.ratio.low"),
    "why-not acme.yaml WPB": (2, "'WPB' is an indicator, which cannot fail to hold"),
    "why-not acme.yaml current_assets": (2, "is a line item, which cannot fail to hold"),
    "why-not acme.yaml ratio.low --period 1999": (2, "there is no period 1999"),
    "why-not nosuch.yaml ratio.low": (3, "A100"),
    "why acme.yaml WPB --period 1999": (2, "there is no period 1999"),
    "why acme.yaml WPB --format md": (2, "'md' is not one of"),
    "why nosuch.yaml WPB": (3, "A100"),
    "list nosuch": (
        2,
        "there is no kind 'nosuch'; the kinds are indicators, decompositions, statements",
    ),
    "list indicators more": (2, "there are no indicators with more"),
    "show": (2, "Missing argument"),
    "show nosuch": (2, "nothing is called 'nosuch'"),
    "show F6.2": (2, "nothing is called 'F6.2'"),
    "template": (2, "Missing argument"),
    "template form.pdf": (2, "the form must end in .xlsx, .csv, .yaml, .yml, not '.pdf'"),
    "template no/form.csv": (2, "there is no folder no"),
    "template acme.yaml": (2, "acme.yaml is there already"),
    "coverage --cases .": (2, "it goes with --by rule"),
    "coverage --by rule --cases nosuch": (2, "there is no folder nosuch"),
    "coverage --by nosuch": (2, "'nosuch' is not one of"),
    "coverage more": (2, "unexpected extra argument"),
    "check nosuch.yaml": (2, "there is no file or folder nosuch.yaml"),
    "check acme.yaml": (2, "acme.yaml is no part of the knowledge base"),
    "check --watch --format json": (2, "--watch follows all files and writes text"),
    "mutate nosuch.yaml": (2, "there is no file or folder nosuch.yaml"),
    "mutate acme.yaml": (2, "acme.yaml is no part of the knowledge base"),
    "mutate --min 101": (2, "101"),
    "mutate --sample 0": (2, "0"),
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_use_is_told_on_stderr_and_leaves_everything_as_it_was(
    run: Run, home: Path, line: str
) -> None:
    code, message = WRONG[line]
    ran = run(*line.split())
    assert (ran.code, ran.out) == (code, "")
    assert message in " ".join(ran.err.split())
    assert "Traceback" not in ran.err
    assert [path.name for path in home.iterdir()] == ["acme.yaml"]
    assert (home / "acme.yaml").read_text(encoding="utf-8") == ACCOUNTS


def test_accounts_that_cannot_be_used_are_told_with_their_places(run: Run, home: Path) -> None:
    (home / "acme.yaml").write_text(ACCOUNTS.replace("110", "12x"), encoding="utf-8")
    ran = run("diagnose", "acme.yaml")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("acme.yaml:4:25: A120 ")
    assert ran.err.endswith("diagnost: the accounts cannot be used\n")


def test_a_broken_knowledge_base_is_told_with_its_places(run: Run, home: Path) -> None:
    (home.parent / "content/rules/areas.yaml").write_text("areas: 5\n", encoding="utf-8")
    ran = run("diagnose", "acme.yaml")
    assert (ran.code, ran.out) == (3, "")
    assert "rules/areas.yaml:1:8: K107 " in ran.err
    assert ran.err.endswith("diagnost: the knowledge base cannot be used\n")


def test_a_bug_of_ours_has_its_own_code_and_shows_its_place_on_request(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr("diagnost.app.diagnosis.case_of", broken)
    ran = run("diagnose", "acme.yaml")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err.startswith("diagnost: a bug of ours (RuntimeError: oh)")
    monkeypatch.setattr(sys, "argv", ["diagnost", "diagnose", "acme.yaml", "--debug"])
    with pytest.raises(RuntimeError):
        start.main()


def test_an_interruption_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("diagnost.app.diagnosis.case_of", interrupted)
    assert run("diagnose", "acme.yaml") == Ran(130, "", "")


def test_an_engine_that_cannot_be_used_is_told_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnost.engine.run._durable", lambda: ImportError("no such module"))
    ran = run("diagnose", "acme.yaml", "--engine", "durable")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert run("diagnose", "acme.yaml").code == 0


def test_a_file_that_cannot_be_completed_leaves_the_old_one(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "a.md").write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    ran = run("diagnose", "acme.yaml", "-o", "a.md")
    assert ran == Ran(2, "", "diagnost: cannot write a.md: no space left on device\n")
    assert (home / "a.md").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in home.iterdir()) == ["a.md", "acme.yaml"]


@pytest.mark.skipif(os.name != "posix", reason="devices are files on POSIX only")
def test_a_device_is_written_to_and_not_replaced(run: Run) -> None:
    assert run("diagnose", "acme.yaml", "-o", os.devnull, "--format", "md") == Ran(0, "", "")
    assert Path(os.devnull).is_char_device()


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX only")
def test_a_link_is_followed(run: Run, home: Path) -> None:
    goal = home.parent / "goal.md"
    goal.write_text("old", encoding="utf-8")
    (home / "a.md").symlink_to(goal)
    assert run("diagnose", "acme.yaml", "-o", "a.md").code == 0
    assert (home / "a.md").is_symlink()
    assert "Only 1.10" in goal.read_text(encoding="utf-8")


# --- in a process of its own --------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="closes a pipe")
@pytest.mark.parametrize("arguments", [["list", "facts"], ["--help"], ["--version"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "diagnost", *arguments]
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writing)
    assert ran.stderr == b""
    assert ran.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_told_in_one_line() -> None:
    command = [sys.executable, "-m", "diagnost", "list"]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("diagnost: cannot write the output: ")
    assert ran.stderr.count(b"\n") == 1


def test_output_is_utf_8_whatever_the_locale() -> None:
    ran = fresh("list", "areas", "--lang", "zh", env={**os.environ, "LC_ALL": "C"})
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "流动性" in ran.stdout.decode("utf-8")


def test_no_colour_ever() -> None:
    ran = fresh("nosuch", env={**os.environ, "FORCE_COLOR": "1"})
    assert b"\x1b" not in ran.stderr


def test_help_and_version_import_nothing_heavy() -> None:
    for arguments in (["--version"], ["--help"], ["diagnose", "--help"]):
        ran = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "diagnost", *arguments],
            capture_output=True,
            check=True,
            timeout=60,
        )
        imported = {line.rpartition("|")[2].strip() for line in ran.stderr.decode().splitlines()}
        heavy = {"yaml", "jinja2", "babel", "openpyxl", "durable", "diagnost.knowledge.base"}
        assert imported & heavy == set()
