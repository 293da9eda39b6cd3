"""The guide by doing: run in order in an empty folder it gives what its transcript says."""

import io
import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from diagnost.cli import start
from diagnost.yaml_reader import read
from tests.shipped import ROOT

GUIDE = (ROOT / "docs" / "guide" / "first-pack.md").read_text(encoding="utf-8")
TRANSCRIPT = (ROOT / "docs" / "guide" / "transcript.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """What the guide has its reader do: type a command, or write or change a file."""

    kind: str  # command | yaml | diff
    target: str
    text: str = ""


def steps() -> Iterator[Step]:
    for kind, title, text in BLOCK.findall(GUIDE):
        if kind == "console":
            yield from (Step("command", line[2:]) for line in text.splitlines())
        elif title:
            yield Step(kind, title, text)


def told() -> dict[str, list[str]]:
    """Return what the transcript says of each command, in order where one is given twice."""
    found: dict[str, list[str]] = {}
    for kind, _, text in BLOCK.findall(TRANSCRIPT):
        if kind == "console":
            for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, answer = piece.partition("\n")
                found.setdefault(command, []).append(answer)
    return found


def changed(text: str, diff: str) -> str:
    """Return a text with the lines of a diff in it; where they belong must be plain."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] != "+")
    assert text.count(before) == 1
    return text.replace(before, "".join(line[1:] for line in lines if line[0] != "-"))


def ran(command: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a command prints, on both streams, with its exit code if that is not nought."""
    name, *arguments = shlex.split(command)
    if name == "rm":
        Path(arguments[0]).unlink()
        return ""
    assert name == "diagnost"
    out = io.StringIO()
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, out)
    monkeypatch.setattr(sys, "argv", ["diagnost", *arguments])
    with pytest.raises(SystemExit) as ended:
        start.main()
    code = ended.value.code
    return out.getvalue() + (f"(exit code {code})\n" if code else "")


def pattern(answer: str) -> re.Pattern[str]:
    """Return what an answer must look like; `…` stands for anything."""
    return re.compile(".*?".join(re.escape(part) for part in answer.split("…")), re.DOTALL)


def test_the_transcript_has_every_command_of_the_guide_in_order() -> None:
    commands = [step.target for step in steps() if step.kind == "command"]
    written = re.findall(r"^\$ (.*)$", TRANSCRIPT, re.MULTILINE)
    assert written == commands


def test_the_guide_leads_where_its_transcript_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIAGNOST_CONFIG", "off")
    once = cache(lambda path, *, name: read(path, name=name))  # what is shipped stays as it is
    for module in ("knowledge.base", "app.open_content"):
        monkeypatch.setattr(f"diagnost.{module}.read", once)
    expected = told()
    for step in steps():
        if step.kind == "yaml":
            Path(step.target).write_text(step.text, encoding="utf-8")
        elif step.kind == "diff":
            path = Path(step.target)
            text = changed(path.read_text(encoding="utf-8"), step.text)
            path.write_text(text, encoding="utf-8")
        else:
            answer = expected[step.target].pop(0)
            printed = ran(step.target, monkeypatch)
            assert pattern(answer).fullmatch(printed), f"$ {step.target}\n{printed}"
