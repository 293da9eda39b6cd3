"""Options are picked by name; the command line goes before the accounts, one before a bundle."""

import pytest

from diagnost.model.accounts import Pick
from diagnost.model.located import At
from diagnost.model.method import UnknownMethod, read_picks, settle
from tests.shipped import base

METHODS = base().catalogue.methods
HERE = At("acme.yaml", 3, 10)


def picked(text: str) -> dict[str, str]:
    return {one.choice: one.option for one in read_picks(text, METHODS)}


def test_pairs_and_bundles_are_read() -> None:
    assert picked("balances=average, year = 360") == {"balances": "average", "year": "360"}
    assert picked("averages") == {"balances": "average"}
    assert picked("") == {}


@pytest.mark.parametrize("text", ["averages,balances=closing", "balances=closing,averages"])
def test_a_single_option_goes_before_a_bundle(text: str) -> None:
    method = settle(METHODS, read_picks(text, METHODS))
    assert method.option("balances").id == "closing"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("balance=average", "no choice of method is called 'balance'", "Did you mean balances?"),
        ("balances=averages", "'averages' is no option of balances", "Did you mean average?"),
        ("year=364", "'364' is no option of year", "The options are: 365, 360."),
        ("average", "no method is called 'average'", "Did you mean averages?"),
    ],
)
def test_what_is_unknown_is_told_with_what_is_known(text: str, message: str, hint: str) -> None:
    with pytest.raises(UnknownMethod) as caught:
        read_picks(text, METHODS)
    assert str(caught.value) == message
    assert hint in caught.value.hint


def test_the_command_line_goes_before_the_accounts() -> None:
    said = (Pick("balances", "average", HERE), Pick("year", "360", HERE))
    method = settle(METHODS, said, read_picks("balances=closing,payables=trade", METHODS))
    assert method.option("balances").id == "closing"
    assert method.picks["balances"].instead_of == "average"
    assert method.picks["year"] == said[1]
    assert [choice.id for choice in method.unusual] == ["year", "payables"]
    assert method.year_days == 360


def test_nothing_said_is_the_usual_method() -> None:
    method = settle(METHODS, ())
    assert method.unusual == ()
    assert method.year_days == 365
    assert method.averages == frozenset()
    assert method == base().catalogue.method


def test_every_choice_lists_the_usual_option_first_and_names_differ() -> None:
    for choice in METHODS.choices.values():
        for language in ("en", "pl", "zh"):
            names = [option.name.in_language(language) for option in choice.options]
            assert len(set(names)) == len(names)
            assert not any("," in name for name in names), "a list in a workbook parts at commas"
