"""Commands that answer about a case call people by numbers where they are asked to."""

import re

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from tests.shipped import ROOT, accounts_of

TEAM = "sales/stars-and-veterans.yaml"
NAMES = {str(row.values["rep"]) for row in accounts_of(TEAM).records["reps"]}


@pytest.mark.parametrize(
    "command",
    [
        ["goal", "verdict team >= sound"],
        ["missing"],
        ["sensitivity"],
        ["rests-on", "rep_stage"],
        ["indicators"],
        ["why", "team"],
    ],
    ids=lambda command: command[0],
)
def test_nobody_is_named_where_names_are_masked(command: list[str]) -> None:
    name, *arguments = command
    file = str(ROOT / "examples" / TEAM)
    result = CliRunner().invoke(program.program(), [name, file, *arguments, "--mask-names"])
    assert result.exit_code == 0, result.output
    told = re.sub(r"\s+", " ", result.output)
    assert not [person for person in NAMES if person in told]
