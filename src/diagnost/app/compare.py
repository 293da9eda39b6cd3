"""One company beside itself: two years, two methods or two readers."""

from dataclasses import dataclass, replace

from diagnost.app.cases import CaseRequest, Filed, chosen_period, filed
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.knowledge import files
from diagnost.pipeline import Case
from diagnost.report.before_after import Side
from diagnost.report.moved_by import (
    FIGURES,
    RULES,
    VIEWPOINT,
    Stop,
    as_stage_data,
    compare_page,
    stages,
)
from diagnost.report.render import render_compare
from diagnost.report.words import words_of

OWN = "own"
"""How the command line calls the method that the accounts have."""

Pair = tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(CaseRequest):
    """What is compared with what; None: the same on both sides."""

    periods: Pair = None
    methods: Pair = None
    viewpoints: Pair = None
    period: str = ""  # of both sides
    form: str = "text"
    width: int = 88


def compare(request: Comparison) -> str:
    """Return what differs between the two sides, and what moved it."""
    if request.periods and request.period:
        raise UsageError("--period is for both sides: take either it or --periods")
    if request.viewpoints:
        known = ("owner", "bank", "investor")
        for name in request.viewpoints:
            if name not in known:
                raise UsageError(f"--viewpoints: no reader is called '{name}'; {', '.join(known)}")
    way = _way(request, filed(request, every_side=True))
    moved = stages(way)
    first, last = way[0].side, way[-1].side
    if request.form == "json":
        ends = {"from": _end(first, request, 0), "to": _end(last, request, 1)}
        data = {**ends, "stages": [as_stage_data(stage) for stage in moved]}
        return machine_form(last.case.base, data)
    root = files.content_root()
    words = words_of(request.language, root)
    before = ", ".join(stop.before for stop in way[1:])
    after = ", ".join(stop.label for stop in way[1:])
    subtitle = words["compare.title"].format(before=before, after=after)
    page = compare_page(moved, subtitle, request.language, root)
    return render_compare(page, root, width=request.width)


def _end(side: Side, request: Comparison, place: int) -> dict[str, str]:
    """Return what one end of the way is: its period, method and reader."""
    method = request.methods[place] if request.methods else request.method or OWN
    return {"period": side.period, "method": method, "viewpoint": side.case.viewpoint}


def _way(request: Comparison, found: Filed) -> list[Stop]:
    """Return the cases on the way from the one to the other, one thing changed at each."""
    words = words_of(request.language, files.content_root())
    methods = tuple("" if m == OWN else m for m in request.methods or (request.method,) * 2)
    readers = request.viewpoints or (request.viewpoint,) * 2
    begin = replace(request, viewpoint=readers[0])
    case = found.diagnosed(begin, methods[0])
    periods = _periods(request, case)
    way = [Stop("", Side(case, periods[0]), periods[0])]
    if periods[0] != periods[1]:
        way.append(Stop(FIGURES, Side(case, periods[1]), periods[1], periods[0]))
    if methods[0] != methods[1]:
        case = found.diagnosed(begin, methods[1])
        bundles = found.base.catalogue.methods.bundles
        called = {id_: b.name.in_language(request.language) for id_, b in bundles.items()}
        names = [called.get(name, name) or words["compare.own"] for name in methods]
        way.append(Stop(RULES, Side(case, periods[1]), names[1], names[0]))
    if readers[0] != readers[1]:
        case = found.diagnosed(replace(begin, viewpoint=readers[1]), methods[1])
        called = {v.id: v.name.in_language(request.language) for v in found.base.viewpoints}
        names = [called.get(reader, reader) for reader in readers]
        way.append(Stop(VIEWPOINT, Side(case, periods[1]), names[1], names[0]))
    if len(way) == 1:
        raise UsageError(
            "both sides are the same: name two years (--periods 2022 2023), two methods (--methods "
            "own averages) or two readers (--viewpoints owner bank)"
        )
    return way


def _periods(request: Comparison, case: Case) -> tuple[str, str]:
    if request.periods:
        earlier, later = (chosen_period(case, name) for name in request.periods)
        return earlier, later
    ids = [period.id for period in case.accounts.periods]
    if request.methods or request.viewpoints or len(ids) == 1:
        return (chosen_period(case, request.period),) * 2
    last = chosen_period(case, request.period)
    return ids[max(ids.index(last) - 1, 0)], last
