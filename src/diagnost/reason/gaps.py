"""What could not be judged, and what would settle it."""

from collections.abc import Collection, Iterable, Mapping

from diagnost.model.benchmark import OTHERS
from diagnost.model.diagnosis import NotAssessed
from diagnost.model.fact import Run
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import LAST_PERIOD_ONLY, Reading
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Recommendation, Statement


def wanting(base: KnowledgeBase, run: Run, area: str) -> tuple[str, ...]:
    """Return the line items and answers without which an area cannot be judged.

    They are what its undecided trace statements hang on; where one of several indicators would
    do, the one that needs least.
    """
    needs: dict[str, None] = {}
    for entry in sorted(run.undecided):
        rule = base.statements.get(entry)
        if rule is None or rule.area != area or rule.place != "trace":
            continue
        choices = [
            run.base.unknown[leaf.key]
            for leaf in rule.when.leaves
            if leaf.key in base.catalogue.indicators and leaf.key in run.base.unknown
        ]
        named = [c for c in choices if not any(need.startswith("reason:") for need in c)]
        if named:
            fewest = min(named, key=lambda choice: (len(choice), choice))
            needs |= dict.fromkeys(fewest)
    return tuple(needs)


def not_assessed(
    base: KnowledgeBase,
    runs: Mapping[str, Run],
    readings: Iterable[Reading],
    sides: Collection[str] = (),
) -> tuple[NotAssessed, ...]:
    """Return the shown indicators without a reading and the entries that stayed undecided.

    Of a side of the company that is not among ``sides`` nothing was given: it is not looked at
    (none named: all are). What exists for the last period only is no gap of an earlier one.
    """
    looked_at = {"", *(sides or base.catalogue.sides)}
    side_of = base.catalogue.side_of
    gaps = [
        NotAssessed(entry=reading.indicator, period=reading.period, missing=reading.missing)
        for reading in readings
        if reading.missing is not None
        and base.catalogue.indicators[reading.indicator].shown
        and not base.catalogue.indicators[reading.indicator].only_given
        and reading.missing.reason != LAST_PERIOD_ONLY
        and side_of(reading.indicator) in looked_at
    ]
    for period, run in runs.items():
        for entry, keys in sorted(run.undecided.items()):
            rule = base.rules[entry]
            if not isinstance(rule, Statement | Recommendation):
                continue
            if side_of(entry) not in looked_at:
                continue
            if isinstance(rule, Statement) and rule.place in ("data", "trace"):
                continue  # a check that lacks an amount leaves nothing unjudged
            needs = {need for key in keys for need in run.base.unknown.get(key, ())}
            if any(need.startswith(OTHERS) for need in needs):
                continue  # told once for all comparisons, by the report
            if f"reason:{LAST_PERIOD_ONLY}" in needs:
                continue
            reasons = sorted(need[7:] for need in needs if need.startswith("reason:"))
            lines = tuple(sorted(need for need in needs if not need.startswith("reason:")))
            missing = Missing("missing", lines) if lines else Missing((reasons or ["missing"])[0])
            gaps.append(NotAssessed(entry=entry, period=period, missing=missing, rule=rule))
    return tuple(gaps)
