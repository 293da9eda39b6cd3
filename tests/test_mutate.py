"""Mutation through the command line: what is killed, what survives, and what would kill it.

What the manual states of the shipped knowledge is worked out anew for one area.
"""

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from diagnost.check.mutation.bench import Bench
from diagnost.check.mutation.verdicts import examine, subjects
from diagnost.cli import start
from tests.shipped import ROOT, base
from tests.unit.conftest import FILES

TOPIC = "knowledge/finance/liquidity/ratio.yaml"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Mutate = Callable[..., Ran]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a tiny knowledge base and let the program use it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    for module in ("files", "base", "cache"):
        monkeypatch.setattr(f"diagnost.knowledge.{module}.content_root", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def mutate(content: Path, monkeypatch: pytest.MonkeyPatch) -> Mutate:
    def ran(*arguments: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "argv", ["diagnost", "mutate", *arguments])
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as ended:
            start.main()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out.getvalue(), err.getvalue())

    return ran


def change(content: Path, old: str, new: str) -> None:
    path = content / TOPIC
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_examples_on_both_sides_of_an_edge_kill_every_mutant(mutate: Mutate) -> None:
    ran = mutate("--min", "100")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "Mutation score: 100.0 % (6 of 6 killed)"
    # of the edge at 2, of what is stable and of what is sharp nobody asks
    data = json.loads(mutate("--format", "json").out)
    assert (data["killed"], data["survived"], data["no_difference"]) == (6, 0, 23)
    operators = {name: counts["killed"] for name, counts in data["operators"].items()}
    assert operators == {
        "dropped": 1,
        "negated": 1,
        "word swapped": 1,
        "all to any": 0,
        "any to all": 0,
        "edge moved": 2,
        "edge turned": 1,
        "scale moved": 0,
        "threshold moved": 0,
    }


def test_a_survivor_is_told_with_an_example_that_kills_it(mutate: Mutate, content: Path) -> None:
    change(content, "fires_on: [{finance.liquidity.ratio: 1.19}]", "fires_on: [{WPB: 0.8}]")
    ran = mutate("--min", "95")
    assert (ran.code, ran.err) == (1, "")
    lines = (content / TOPIC).read_text(encoding="utf-8").splitlines()
    line = 1 + next(n for n, text in enumerate(lines) if "{id: low," in text)
    told = (
        f"{TOPIC}:{line}:9 finance.liquidity.ratio\n"
        "  edge moved: finance.liquidity.ratio: low below 1.2 is 1.188\n"
        "  would be killed by, in finance.liquidity.ratio.low:\n"
        "    fires_on:\n"
        "      - {WPB: 1.19}\n"
    )
    assert told in ran.out
    assert ran.out.splitlines()[-1] == "Mutation score: 83.3 % (5 of 6 killed)"
    change(content, "[{WPB: 0.8}]", "\n      - {WPB: 0.8}\n      - {WPB: 1.19}")
    assert mutate("--min", "100").code == 0


def test_a_sample_is_the_same_each_time_and_in_any_number_of_processes(
    mutate: Mutate, content: Path
) -> None:
    change(content, "fires_on: [{finance.liquidity.ratio: 1.19}]", "fires_on: [{WPB: 0.8}]")
    alone = mutate("--sample", "9", "--jobs", "1", "--format", "json")
    data = json.loads(alone.out)
    assert data["killed"] + data["survived"] + data["no_difference"] == 9
    assert mutate("--sample", "9", "--jobs", "2", "--format", "json") == alone


def test_an_example_that_fails_as_things_are_is_told_first(mutate: Mutate, content: Path) -> None:
    change(content, "1.19", "1.3")
    ran = mutate()
    assert (ran.code, ran.out) == (3, "")
    assert "K501" in ran.err


def test_paths_choose_what_is_changed(mutate: Mutate, content: Path) -> None:
    data = json.loads(mutate(str(content / "knowledge/trends.yaml"), "--format", "json").out)
    assert (data["score"], data["killed"], data["no_difference"]) == (None, 0, 20)


# --- the shipped knowledge ------------------------------------------------------------------------

AREA = "finance.structure."
"""An area of middle size: the whole takes half a minute (``make mutate``)."""
SURVIVORS = (ROOT / "docs" / "mutation-survivors.txt").read_text(encoding="utf-8").splitlines()


def test_the_survivors_of_an_area_are_those_in_the_manual() -> None:
    bench = Bench(base())
    found = [
        f"{each.subject}  {each.operator}: {each.change}"
        for subject in subjects(base())
        if subject.is_entry and subject.id.startswith(AREA)
        for each in examine(bench, subject, propose=False).survivors
    ]
    entries = (line for line in SURVIVORS if line.partition("  ")[0] in base().rules)
    assert found == [line for line in entries if line.startswith(AREA)], "run make mutate"


def test_the_score_in_the_manual_is_that_of_the_last_whole_run() -> None:
    told = re.fullmatch(r"Mutation score: ([\d.]+) % \((\d+) of (\d+) killed\)", SURVIVORS[-1])
    assert told is not None
    score, killed, tried = told.groups()
    manual = (ROOT / "docs" / "mutation.md").read_text(encoding="utf-8")
    assert f"**{score} %** ({int(killed):,} of {int(tried):,} changes killed" in manual
    assert float(score) >= 95
