"""Problems of logic that are meant to be so, and why."""

from typing import NamedTuple

from diagnost.model.located import At

LOGIC_CODES = (
    "K601",
    "K602",
    "K603",
    "K604",
    "K605",
    "K606",
    "K607",
    "K608",
    "K609",
    "K610",
    "K611",
    "K612",
    "K621",
    "K622",
    "K623",
    "K624",
)
"""Problems that ``rules/expected.yaml`` may declare as meant so."""


class Expected(NamedTuple):
    """A problem of these entries (norms, sections, line items) that is meant to be so."""

    code: str
    about: tuple[str, ...]  # sorted
    because: str
    at: At
