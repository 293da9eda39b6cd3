"""Which sides of a company are looked at, where several sides keep one table."""

from pathlib import Path

import pytest

from diagnost.app.shipped import ready_knowledge
from diagnost.compute.sides import sides_given
from diagnost.intake.read import read_accounts

CATALOGUE = ready_knowledge().catalogue


@pytest.mark.parametrize(
    ("content", "sides"),
    [
        ("records:\n  reps:\n    - {rep: Anna, role: manager}\n", {"sales"}),
        ("records:\n  reps:\n    - {rep: Anna, certified: yes}\n", {"retail"}),
        (
            "records:\n  reps:\n    - {rep: Anna, certified: yes, attitude: 4}\n",
            {"sales", "retail"},
        ),
        (
            "answers:\n  retail.house.product_line: car\n"
            "records:\n  reps:\n    - {rep: Anna, role: manager}\n",
            {"retail"},
        ),
        ("records:\n  stock:\n    - {model: Alfa, units: 3}\n", {"retail"}),
        ("records:\n  losses:\n    - {lost_on: 2026-05-03}\n", {"sales"}),
    ],
)
def test_the_columns_tell_whose_records_they_are(
    content: str, sides: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("as_of: 2026-10-31\n" + content)
    assert sides_given(read_accounts(path, CATALOGUE), CATALOGUE) == sides
