"""Every fault planted in a sound base is told at its exact place, in these very words."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from diagnost.app.checking import (
    check_github,
    check_json,
    check_knowledge,
    check_sarif,
    check_text,
)
from diagnost.app.errors import UsageError
from tests.shipped import ROOT

FAULTS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "faults.yaml").read_text(encoding="utf-8")
)
RATIO = "knowledge/finance/liquidity/ratio.yaml"


@pytest.fixture
def sound(root: Path) -> Path:
    """Return the tiny base with nothing left to say against it."""
    sources = root / "knowledge" / "sources.yaml"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(text.replace("count: 3", "count: 2"), encoding="utf-8")
    return root


def plant(fault: dict[str, Any], root: Path) -> None:
    for edit in fault["edits"]:
        path = root / edit["in"]
        path.parent.mkdir(parents=True, exist_ok=True)
        match edit:
            case {"bytes": written}:
                path.write_bytes(bytes.fromhex(written))
            case {"file": text}:
                path.write_text(text, encoding="utf-8")
            case {"add": text}:
                path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
            case {"old": old, "new": new}:
                text = path.read_text(encoding="utf-8")
                assert old in text
                path.write_text(text.replace(old, new, 1), encoding="utf-8")


def the(name: str) -> dict[str, Any]:
    return next(fault for fault in FAULTS if fault["fault"] == name)


def test_the_base_is_sound(sound: Path) -> None:
    assert check_text(check_knowledge(root=sound)) == "0 problems in 2 entries, 2 examples run\n"


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{f['code']} {f['fault']}" for f in FAULTS])
def test_a_fault_is_told(sound: Path, fault: dict[str, Any]) -> None:
    if thorough := fault.get("thorough", False):
        pytest.importorskip("z3")
    plant(fault, sound)
    result = check_knowledge(root=sound, thorough=thorough)
    told, _, count = check_text(result).rstrip("\n").rpartition("\n")
    assert _parsers_own_words(f"{told}\n") == _parsers_own_words(fault["told"])
    assert f": {fault['code']} " in told
    assert int(count.split()[0]) == len(re.findall(r": K\d{3} ", told))


def _parsers_own_words(told: str) -> str:
    """Leave out how the parser puts it: with and without the C library of YAML it differs."""
    return re.sub(r"(not valid YAML): .*", r"\1", told)


def test_every_code_has_a_fault() -> None:
    manual = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^### (K\d{3}) ", manual, re.MULTILINE))
    assert {fault["code"] for fault in FAULTS} == described
    assert len(FAULTS) >= 60


def test_without_the_solver_it_says_what_to_install(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    for name in ("found", "firms"):
        monkeypatch.delitem(sys.modules, f"diagnost.check.identities.{name}", raising=False)
    with pytest.raises(UsageError, match=r"pip install 'diagnost\[logic\]'"):
        check_knowledge(root=sound, thorough=True)


def test_in_json(sound: Path) -> None:
    plant(the("praise and blame for one figure"), sound)
    data = json.loads(check_json(check_knowledge(root=sound)))
    assert data["totals"] == {"errors": 1, "warnings": 0, "entries": 3, "examples": 4}
    assert data["problems"] == [
        {
            "code": "K604",
            "level": "error",
            "message": "finance.liquidity.ratio.fine (good) and finance.liquidity.ratio.low (bad) "
            "are told together and nothing says which gives way",
            "file": RATIO,
            "line": 27,
            "column": 5,
            "width": 1,
            "hint": "Both fire where finance.liquidity.ratio: low. Let one prevail, write a ruling,"
            " or narrow a condition.",
            "also": {"file": RATIO, "line": 19, "column": 5, "width": 1},
        }
    ]


def test_beside_the_lines_of_a_pull_request(sound: Path) -> None:
    plant(the("an edge with a percent sign"), sound)
    plant(the("a section that nobody cites"), sound)
    written = check_github(check_knowledge(root=sound)).splitlines()
    assert written == [
        f"::error file={RATIO},line=15,col=41,endColumn=45,title=K109::"
        "K109 '120%25' must not be a percentage",
        "1 problem in 2 entries, 0 examples run",
    ]


def test_a_warning_beside_the_lines(sound: Path) -> None:
    plant(the("a section that nobody cites"), sound)
    first, last = check_github(check_knowledge(root=sound)).splitlines()
    assert first == (
        "::warning file=knowledge/sources.yaml,line=6,col=9,endColumn=10,title=K609::"
        "K609 nothing cites F5.3, F5.4 of section F5%0A"
        "Encode it with examples, or excuse it in knowledge/not-encoded.yaml."
    )
    assert last == "1 problem (1 of them warnings) in 2 entries, 2 examples run"


def test_in_sarif(sound: Path) -> None:
    (sound / "docs").mkdir()
    manual = (ROOT / "docs" / "problems.md").read_bytes()
    (sound / "docs" / "problems.md").write_bytes(manual)
    plant(the("two statements with one condition"), sound)
    log = json.loads(check_sarif(check_knowledge(root=sound)))
    assert (log["version"], log["$schema"]) == (
        "2.1.0", "https://json.schemastore.org/sarif-2.1.0.json",
    )  # fmt: skip
    (run,) = log["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "K602"
    assert rule["shortDescription"] == {"text": "two statements with one condition"}
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["fullDescription"]["text"].startswith("Both fire on exactly the same companies")
    assert rule["help"]["text"].endswith("let one prevail over the other, or expect it.")
    assert "**Remedy:**" in rule["help"]["markdown"]
    (result,) = run["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("K602", 0, "warning")
    assert result["message"]["text"].startswith("finance.liquidity.ratio.also_low fires exactly")
    place = {"startLine": 27, "startColumn": 5, "endColumn": 6}
    physical = {"artifactLocation": {"uri": RATIO}, "region": place}
    assert result["locations"] == [{"physicalLocation": physical}]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 19


def test_what_is_expected_is_not_told(sound: Path) -> None:
    plant(the("praise and blame for one figure"), sound)
    (sound / "rules" / "expected.yaml").write_text(
        "expected:\n  - code: K604\n    of: [finance.liquidity.ratio.low, "
        "finance.liquidity.ratio.fine]\n    because: one starts from the other\n",
        encoding="utf-8",
    )
    assert check_knowledge(root=sound).problems == ()
