"""``check --watch``: what a saved file touches is checked again, and nothing else."""

import time
from pathlib import Path

import pytest

from diagnost.app.watching import WatchedKnowledge, rerun_text
from diagnost.cli import start
from tests.unit.conftest import FILES

TOPIC = "knowledge/finance/liquidity/ratio.yaml"
RULINGS = "rules/finance/liquidity/rulings.yaml"
RULING = """\
topic: finance.liquidity.rulings
rulings:
  - id: quiet
    when: {finance.liquidity.ratio.low: found, company.activity: trade}
    silences: [finance.liquidity.ratio.low]
    because: {en: Trade., pl: Handel., zh: 贸易。}
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1.1, company.activity: trade}]
    silent_on: [{finance.liquidity.ratio: 1.3, company.activity: trade}]
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {**FILES, RULINGS: RULING}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n").replace("count: 3", "count: 2"), encoding="utf-8")
    for module in ("files", "base", "cache"):
        monkeypatch.setattr(f"diagnost.knowledge.{module}.content_root", lambda: tmp_path)
    return tmp_path


def edit(content: Path, name: str, old: str, new: str) -> None:
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_rules_are_exchanged_and_what_hangs_on_them_is_tried(content: Path) -> None:
    watched = WatchedKnowledge(content)
    assert (watched.checked.problems, watched.changes()) == ((), ())
    edit(content, TOPIC, "when: {finance.liquidity.ratio: low}", "when: {WPX: low}")
    edit(content, TOPIC, "statements:", "# longer by a line\nstatements:")
    assert watched.changes() == (TOPIC,)
    unknown = watched.saved(TOPIC)
    assert [problem.code for problem in unknown.problems] == ["K201"]
    edit(content, TOPIC, "when: {WPX: low}", "when: {finance.liquidity.ratio: safe}")
    wrong = watched.saved(TOPIC)
    # its own two examples and one of the ruling that hangs on it come out otherwise
    assert [(p.code, p.at.file) for p in wrong.problems] == [
        ("K501", TOPIC),
        ("K502", TOPIC),
        ("K501", RULINGS),
        ("K502", RULINGS),
    ]
    edit(content, TOPIC, "when: {finance.liquidity.ratio: safe}", "when: {WPB.previous: low}")
    edit(content, TOPIC, "when: {WPB.previous: low}", "when: {finance.liquidity.ratio: low}")
    right = watched.saved(TOPIC)
    assert (right.problems, right.entries, right.examples, right.whole) == ((), 1, 4, False)


def test_more_than_rules_has_everything_checked(content: Path) -> None:
    watched = WatchedKnowledge(content)
    edit(content, TOPIC, "below: 1.2}", "below: 1.1}")
    moved = watched.saved(TOPIC)
    assert moved.whole
    failing = [(p.code, p.at.file) for p in moved.problems if p.code == "K501"]
    assert failing == [("K501", TOPIC), ("K501", RULINGS)]
    edit(content, TOPIC, "- id: low\n    when", "- id: lowest\n    when")
    edit(content, TOPIC, "below: 1.1}", "below: 1.2}")
    renamed = watched.saved(TOPIC)
    assert renamed.whole
    assert {(p.code, p.at.file) for p in renamed.problems} == {("K206", RULINGS), ("K201", RULINGS)}


def test_the_command_goes_on_until_it_is_stopped(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = iter(range(3))

    def instead_of_sleeping(_: float) -> None:
        look = next(looks)
        if look == 1:
            edit(content, TOPIC, "fires_on: [{finance.liquidity.ratio: 1.19}]", "fires_on: [{}]")
        elif look == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", instead_of_sleeping)
    monkeypatch.setattr("sys.argv", ["diagnost", "check", "--watch"])
    with pytest.raises(SystemExit) as ended:
        start.main()
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith("0 problems in 3 entries, 4 examples run\n")
    assert "K501 finance.liquidity.ratio.low does not fire on this example" in told
    assert f"{TOPIC}: 1 problem, 4 examples run in " in told


def test_a_file_that_is_no_yaml_is_told_and_mended(content: Path) -> None:
    watched = WatchedKnowledge(content)
    edit(content, TOPIC, "statements:", "statements: [")
    broken = watched.saved(TOPIC)
    assert [problem.code for problem in broken.problems] == ["K101"]
    told = rerun_text(broken._replace(seconds=0.123))
    assert told.endswith(f"{TOPIC}: 1 problem, 0 examples run in 0.12 s\n")
    edit(content, TOPIC, "statements: [", "statements:")
    assert watched.saved(TOPIC).problems == ()
