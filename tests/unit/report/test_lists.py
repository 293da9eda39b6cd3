"""Statements that stand below the paragraph, one line each."""

from pathlib import Path

import pytest

from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root, load
from diagnost.pipeline import diagnose
from diagnost.report.narrative import write
from diagnost.report.render import render
from tests.unit.conftest import Edit

ACCOUNTS = """
company: {name: A}
currency: EUR
periods: ["2023"]
indicators: {WPB: [1.1]}
"""


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("text", "\nGood practice that is missing:\n  - Only 1.10 [1].\n"),
        ("md", "\nGood practice that is missing:\n\n- Only 1.10 [1].\n"),
        ("html", "<p>Good practice that is missing:</p>\n<ul>\n<li"),
    ],
)
def test_a_listed_statement_stands_below_the_paragraph(
    form: str, shown: str, root: Path, edit: Edit, tmp_path: Path
) -> None:
    edit("    polarity: bad\n    severity", "    place: list\n    polarity: bad\n    severity")
    path = tmp_path / "a.yaml"
    path.write_text(ACCOUNTS, encoding="utf-8")
    base = load(root)
    case = diagnose(read_accounts(path, base.catalogue), base, engine="builtin")
    document = write(case, "en", "2023", content_root())
    assert [s.text for s in document.areas[0].listed] == ["Only 1.10."]
    assert document.areas[0].sentences == ()
    assert shown in render(document, form, content_root(), width=88)
