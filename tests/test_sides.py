"""A case that knows only the sides it was given says the same as one that knows everything."""

from pathlib import Path

import pytest
import yaml

from diagnost.app.cases import CaseRequest, case_of
from diagnost.knowledge.files import content_root
from diagnost.pipeline import Case
from diagnost.report.json_form import as_json
from diagnost.report.persons import write_with_persons
from diagnost.report.render import render
from tests.shipped import EXAMPLES, LANGUAGES, MIXED, ROOT, SHOPS, TEAMS

BRIDGE = "sales.bridges.collection_and_stock.signed_and_not_collected"
ROOT_OF_CONTENT = content_root()


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return accounts and records of one company: a sales force over a balance sheet."""
    finance = yaml.safe_load((ROOT / "examples/over-indebted-firm.yaml").read_text("utf-8"))
    sales = yaml.safe_load((ROOT / "examples/sales/unpaid-friends.yaml").read_text("utf-8"))
    path = tmp_path / "both.yaml"
    both = {**sales, **finance, "records": sales["records"], "as_of": sales["as_of"]}
    path.write_text(yaml.safe_dump(both, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def documents(case: Case) -> list[str]:
    last = case.accounts.periods[-1].id
    written = [as_json(case, "en", last, ROOT_OF_CONTENT)]
    for language in LANGUAGES:
        document = write_with_persons(case, language, last, ROOT_OF_CONTENT)
        written.append(render(document, "text", ROOT_OF_CONTENT))
    return written


def both_ways(path: Path) -> tuple[Case, Case]:
    request = CaseRequest(file=path)
    return case_of(request), case_of(request, every_side=True)


@pytest.mark.parametrize("example", [*EXAMPLES, *TEAMS, *SHOPS, *MIXED])
def test_the_documents_are_the_same(example: str) -> None:
    part, whole = both_ways(ROOT / "examples" / example)
    every_side = part.sides == part.base.catalogue.sides.keys()
    assert every_side or len(part.base.rules) < len(whole.base.rules)
    assert documents(part) == documents(whole)


def test_the_documents_of_a_company_with_two_sides_are_the_same(mixed: Path) -> None:
    part, whole = both_ways(mixed)
    assert part.sides == {"finance", "sales"}
    assert documents(part) == documents(whole)


def test_what_bridges_two_sides_is_there_for_both_and_for_both_only(mixed: Path) -> None:
    assert BRIDGE in case_of(CaseRequest(file=mixed)).base.causes
    for one in ("over-indebted-firm.yaml", "sales/unpaid-friends.yaml"):
        part, whole = both_ways(ROOT / "examples" / one)
        assert BRIDGE not in part.base.causes
        assert BRIDGE in whole.base.causes


def test_a_side_that_was_not_looked_at_is_told() -> None:
    sales, finance = (
        documents(case_of(CaseRequest(file=ROOT / "examples" / name)))[1]
        for name in ("sales/unpaid-friends.yaml", "over-indebted-firm.yaml")
    )
    unseen = "Finances were not looked at, since no financial figure was given."
    assert unseen in " ".join(sales.split())
    assert unseen not in " ".join(finance.split())
