"""A tiny knowledge base and packs for it, and a function that runs commands over them."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from diagnost.cli import start
from diagnost.knowledge import files
from tests.unit.conftest import FILES

ACCOUNTS = """\
company: {name: Acme}
periods: ["2022", "2023"]
lines:
  current_assets: [200, 110]
  current_liabilities: [100, 100]
"""
MANIFEST = """\
id: {id}
version: 1.0
name: {{en: Demo}}
languages: [en]
needs: diagnost >= 0.1
licence: MIT
author: Trainers
"""
TOPIC = """\
topic: finance.liquidity.demo
statements:
  - id: hello
    when: {finance.liquidity.ratio: low}
    polarity: watch
    text: {en: "The demo has seen {WPB}."}
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1.1}]
    silent_on: [{finance.liquidity.ratio: 1.3}]
"""
OTHER_WORDS = """\
topic: demo.words
statements:
  - replaces: finance.liquidity.ratio.low
    when: {finance.liquidity.ratio: low}
    polarity: bad
    severity: serious
    text: {en: "Merely {WPB}."}
    basis: inference
    fires_on: [{finance.liquidity.ratio: 1.1}]
    silent_on: [{finance.liquidity.ratio: 1.3}]
"""
OTHER_NORM = """\
topic: demo.norms
norms:
  - replaces: finance.liquidity.ratio.general
    basis: inference
    bands:
      - {id: low, polarity: bad, below: 1.05, assumed: yes}
      - {id: safe, polarity: good, through: 2}
      - {id: high, polarity: watch}
"""


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
PackMaker = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command line over a tiny knowledge base."""
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

    def ran(*arguments: str) -> Ran:
        code = start.run(list(arguments), debug=False)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def pack(tmp_path: Path) -> PackMaker:
    """Return a function that writes a pack beside the accounts and returns its name."""

    def made(name: str, topics: dict[str, str], further: str = "") -> str:
        folder = tmp_path / "here" / name
        for path, text in {
            "pack.yaml": MANIFEST.format(id=name) + further,
            **topics,
        }.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return name

    return made


DEMO = "knowledge/finance/liquidity/demo.yaml"
WORDS = "knowledge/demo/words.yaml"
NORMS = "knowledge/demo/norms.yaml"
