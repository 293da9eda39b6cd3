"""Options of the test run."""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--approve",
        action="store_true",
        help="write the golden documents anew instead of comparing with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    os.environ["DIAGNOST_CONFIG"] = "off"  # whoever runs the tests may have packs of their own
    if config.getoption("--approve") and os.environ.get("CI"):
        raise pytest.UsageError("golden documents are approved by people, not by CI")


@pytest.fixture
def approve(request: pytest.FixtureRequest) -> bool:
    """Say whether golden documents are to be written anew."""
    return bool(request.config.getoption("--approve"))
