"""Which statements of the sources are encoded, as text or JSON."""

import json

from diagnost.app.shipped import knowledge
from diagnost.check.coverage import Coverage, coverage


def knowledge_coverage() -> Coverage:
    """Return which statements of the sources are encoded, excused or missing."""
    return coverage(knowledge())


def coverage_text(found: Coverage, *, missing_only: bool = False) -> str:
    """Write the coverage by source and section, or the ids that are missing, one a line."""
    if missing_only:
        return "".join(f"{id_}\n" for id_ in found.missing)
    from diagnost.report.layout import columns

    head = ("section", "title", "all", "encoded", "excused", "missing")
    return columns([head, *found.rows()], 100, right=(2, 3, 4, 5)) + "\n"


def coverage_json(found: Coverage) -> str:
    """Write the coverage with all ids as JSON."""
    data = {"schema": 1, "knowledge": knowledge().version, **found.as_data()}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
