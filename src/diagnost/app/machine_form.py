"""The form of answers that machines read: JSON with a head that is the same in all of them."""

import json
from collections.abc import Mapping
from typing import Any

from diagnost import __version__
from diagnost.model.knowledge import KnowledgeBase
from diagnost.report.json_values import packs_data

SCHEMA = 1
"""The version of the form; keys are added within one, never renamed."""


def machine_form(base: KnowledgeBase, data: Mapping[str, Any]) -> str:
    """Return an answer as JSON, with the versions of the program and of its knowledge."""
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "knowledge": base.version,
        **packs_data(base),
    }
    return json.dumps({**head, **data}, ensure_ascii=False, indent=2) + "\n"
