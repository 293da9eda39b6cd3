"""The manual of ``why``, ``how`` and ``why-not`` shows what the program prints."""

import re
import shlex
from collections.abc import Iterator

import pytest

from diagnost.cli import start
from tests.shipped import ROOT

PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")


def shown() -> Iterator[tuple[str, str]]:
    """Yield each command line of the page and the output below it."""
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = piece.partition("\n")
            yield line, output


def plain(text: str) -> str:
    """Leave out the lines of the knowledge base, which move with every edit, and their spacing."""
    text = re.sub(r"((?:knowledge|rules)/\S+\.yaml):\d+:\d+", r"\1", text)
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize(("line", "output"), list(shown()), ids=[line for line, _ in shown()])
def test_the_manual_shows_what_the_program_prints(
    line: str, output: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "88")
    words = shlex.split(line.removeprefix("diagnost "))
    code = start.run(
        [str(ROOT / word) if word.startswith("examples/") else word for word in words], debug=False
    )
    printed, wrong = capsys.readouterr()
    assert (code, wrong) == (0, "")
    told, cut = plain(output), output.rstrip().endswith("…")
    if cut:
        assert plain(printed).startswith(told.removesuffix("…").strip())
    else:
        assert plain(printed) == told


def test_every_question_is_shown() -> None:
    assert {line.split()[1] for line, _ in shown()} == {"why", "how", "why-not"}
