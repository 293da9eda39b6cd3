"""The written diagnosis and the table of indicators."""

from pathlib import Path
from typing import NamedTuple

from diagnost.app.cases import case_of, chosen_period
from diagnost.knowledge import files
from diagnost.model.indicator import Polarity
from diagnost.pipeline import Case


class Request(NamedTuple):
    """What a diagnosis is asked for."""

    file: Path
    form: str = "text"  # text | md | html | json
    language: str = "en"
    period: str = ""  # the last one if empty
    viewpoint: str = "owner"
    engine: str = "auto"
    width: int = 88
    peers: Path | None = None  # a file of other firms
    method: str = ""  # options that go before those of the accounts


def diagnosis(request: Request) -> tuple[str, Case]:
    """Return the written diagnosis and the case behind it."""
    case = case_of(
        request.file,
        engine=request.engine,
        viewpoint=request.viewpoint,
        peers=request.peers,
        method=request.method,
    )
    period = chosen_period(case, request.period)
    root = files.content_root()
    if request.form == "json":
        from diagnost.report.json_form import as_json

        return as_json(case, request.language, period, root), case
    from diagnost.report.narrative import write
    from diagnost.report.render import render

    document = write(case, request.language, period, root)
    return render(document, request.form, root, width=request.width), case


def reached(case: Case, period: str, gravity: str) -> bool:
    """Say whether a spoken finding of the period is at least that grave (``--fail-on``)."""
    order = ("note", "serious", "critical")
    least = order.index(gravity)
    return any(
        f.period == period
        and not f.gave_way_to
        and f.statement.polarity in (Polarity.BAD, Polarity.IMPOSSIBLE)
        and order.index(f.statement.weight.value) >= least
        for f in case.diagnosis.findings
    )


def indicator_table(file: Path, language: str, *, width: int = 88, method: str = "") -> str:
    """Return the readings of a company with norms and trends."""
    from diagnost.report.narrative import write
    from diagnost.report.render import render

    case = case_of(file, method=method)
    root = files.content_root()
    document = write(case, language, case.accounts.periods[-1].id, root)
    return render(document, "indicators", root, width=width)
