"""Profiles of the user's settings: ``diagnost report NAME FILE``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from diagnost.cli.start import run as run_command
from tests.shipped import ROOT

EXAMPLE = str(ROOT / "examples" / "over-indebted-firm.yaml")
SETTINGS = """\
[report]
flat = 1
[report.bank]
lang = "pl"
viewpoint = "bank"
sections = ["summary", "data"]
method = "year=360"
brand = "own/brand.yaml"
[report.short]
length = "brief"
steps = 2
format = "md"
[report.typing]
lenght = "full"
viewpoint = "bnak"
sections = [1]
mask_names = "yes"
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    settings = tmp_path / "config.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "brand.yaml").write_text("name: Nowak i Partnerzy\n", encoding="utf-8")
    monkeypatch.setenv("DIAGNOST_CONFIG", str(settings))

    def ran(*arguments: str) -> Ran:
        code = run_command(["report", *arguments], debug=True)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return ran


def test_a_profile_chooses_how_a_document_is_written(report: Callable[..., Ran]) -> None:
    ran = report("bank", EXAMPLE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Nowak i Partnerzy\n")
    assert "Opracowanie dla banku" in ran.out
    assert "360" in ran.out
    assert "OCENA WEDŁUG OBSZARÓW" not in ran.out
    assert "Written for a bank" in report("bank", EXAMPLE, "--lang", "en").out


def test_the_form_is_that_of_the_line_then_of_the_file_then_of_the_profile(
    tmp_path: Path, report: Callable[..., Ran]
) -> None:
    ran = report("short", EXAMPLE)
    assert ran.out.startswith("# ")
    assert "2. " in ran.out
    assert "3. " not in ran.out
    page = tmp_path / "page.html"
    assert report("short", EXAMPLE, "-o", str(page)).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(report("short", EXAMPLE, "--format", "json").out)


def test_what_is_wrong_in_a_profile_is_told_with_file_and_key(
    tmp_path: Path, report: Callable[..., Ran]
) -> None:
    ran = report("typing", EXAMPLE)
    assert (ran.code, ran.out) == (3, "")
    place = tmp_path / "config.toml"
    assert ran.err.splitlines()[:8] == [
        f"{place}: H131 report.typing: 'lenght' is no key of a profile",
        "    Did you mean length or lang?",
        f"{place}: H131 report.typing: 'bnak' is not a word for 'viewpoint'",
        "    Did you mean bank?",
        f"{place}: H131 report.typing: 'sections' takes text",
        '    Write sections = "…".',
        f"{place}: H131 report.typing: 'mask_names' is true or false",
        "    Write mask_names = true.",
    ]
    assert "holds keys and values" in report("flat", EXAMPLE).err


def test_a_profile_that_is_not_there_is_wrong_use(
    report: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = report("bnk", EXAMPLE)
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean bank?" in ran.err
    monkeypatch.setenv("DIAGNOST_CONFIG", "off")
    assert "There are none." in report("bank", EXAMPLE).err
