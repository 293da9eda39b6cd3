"""Two cases of one company side by side: what came, what went, what is judged otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from diagnost.model.diagnosis import Advice, Finding, Verdict
from diagnost.model.indicator import Indicator, Polarity, Reading
from diagnost.model.json_numbers import plain
from diagnost.model.supposition import Moved
from diagnost.pipeline import Case


class Side(NamedTuple):
    """One of the two: a period of a case."""

    case: Case
    period: str

    def verdicts(self) -> dict[str, Verdict]:
        """Return the judgements by area."""
        return {v.area: v for v in self.case.diagnosis.verdicts if v.period == self.period}

    def findings(self) -> dict[str, Finding]:
        """Return what is said of the company by entry; what gives way is left out."""
        return {
            f.statement.id: f
            for f in self.case.diagnosis.findings
            if f.period == self.period and not f.gave_way_to and f.statement.place != "data"
        }

    def advice(self) -> dict[str, Advice]:
        """Return the steps advised by entry, in order of rank."""
        ranked = sorted(self.case.diagnosis.advice, key=lambda a: a.rank)
        return {a.recommendation.id: a for a in ranked if a.period == self.period and a.rank}

    def facts(self) -> dict[str, str]:
        """Return the words that are known of the company, by fact."""
        return {k: f.word for k, f in self.case.runs[self.period].base.facts.items()}


class ReadingShift(NamedTuple):
    """An indicator whose figure is another, and the words of the norm on both sides."""

    indicator: Indicator
    before: Reading
    after: Reading

    def words(self) -> tuple[str, str]:
        """Return the band before and after, '' where there is none."""
        norm = self.indicator.general
        values = (self.before.value, self.after.value)
        found = ["" if v is None or norm is None else norm.band_of(v).id for v in values]
        return found[0], found[1]

    def for_the_worse(self) -> bool:
        """Say whether the figure moved the wrong way; of one best inside a band, out of it."""
        then, now = self.before.value, self.after.value
        if then is None or now is None or not round(now - then, 9):
            return False
        if self.indicator.better in ("higher", "lower"):
            return (now < then) is (self.indicator.better == "higher")
        norm = self.indicator.general
        if norm is None:
            return True
        order = tuple(Polarity)  # worst first
        after, before = (order.index(norm.band_of(value).polarity) for value in (now, then))
        return after < before


class Differences(NamedTuple):
    """What one side has and the other has not, and what differs."""

    before: Side
    after: Side
    readings: tuple[ReadingShift, ...]
    verdicts: tuple[tuple[str, Verdict | None, Verdict | None], ...]  # area, before, after
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    steps_gone: tuple[Advice, ...]
    steps_new: tuple[Advice, ...]
    facts: tuple[tuple[str, str | None, str | None], ...]  # key, word before, word after


def differences(before: Side, after: Side) -> Differences:
    """Compare two periods of cases that were diagnosed with one knowledge base."""
    verdicts, verdicts_after = before.verdicts(), after.verdicts()
    findings, findings_after = before.findings(), after.findings()
    advice, advice_after = before.advice(), after.advice()
    told, told_after = _briefs(advice), _briefs(advice_after)
    said, said_after = set(told.values()), set(told_after.values())
    facts, facts_after = before.facts(), after.facts()
    areas = [a.id for a in after.case.base.areas_for(after.case.viewpoint)]
    return Differences(
        before=before,
        after=after,
        readings=tuple(_reading_shifts(before, after)),
        verdicts=tuple(
            (area, verdicts.get(area), verdicts_after.get(area))
            for area in areas
            if _word(verdicts.get(area)) != _word(verdicts_after.get(area))
        ),
        gone=tuple(f for id_, f in findings.items() if id_ not in findings_after),
        new=tuple(f for id_, f in findings_after.items() if id_ not in findings),
        steps_gone=tuple(advice[id_] for id_, brief in told.items() if brief not in said_after),
        steps_new=tuple(
            advice_after[id_] for id_, brief in told_after.items() if brief not in said
        ),
        facts=tuple(
            (key, facts.get(key), facts_after.get(key))
            for key in sorted({*facts, *facts_after})
            if facts.get(key) != facts_after.get(key)
        ),
    )


def _briefs(advice: Mapping[str, Advice]) -> dict[str, str]:
    """Return what steps say in a few words: two that say the same are one to a reader."""
    return {id_: a.recommendation.brief.in_language("en") for id_, a in advice.items()}


def _word(verdict: Verdict | None) -> str:
    return verdict.word.id if verdict else ""


def _reading_shifts(before: Side, after: Side) -> Iterable[ReadingShift]:
    for indicator in after.case.base.catalogue.indicators.values():
        if indicator.per:
            continue
        then = before.case.reading(indicator.id, before.period)
        now = after.case.reading(indicator.id, after.period)
        if then.value != now.value:
            yield ReadingShift(indicator, then, now)


def as_data(found: Differences, moved: Sequence[Moved]) -> dict[str, Any]:
    """Return the differences as plain data: ids, words and numbers."""
    return {
        "moved": [
            {
                "item": m.item,
                "period": m.period,
                "before": plain(m.before),
                "after": plain(m.after),
                "why": m.why,
            }
            for m in moved
        ],
        "indicators": [
            {
                "id": s.indicator.id,
                "symbol": s.indicator.symbol or None,
                "before": plain(s.before.value),
                "after": plain(s.after.value),
                "band_before": s.words()[0] or None,
                "band_after": s.words()[1] or None,
            }
            for s in found.readings
        ],
        "facts": [{"fact": key, "before": b, "after": a} for key, b, a in found.facts],
        "verdicts": [
            {"area": area, "before": _word(b) or None, "after": _word(a) or None}
            for area, b, a in found.verdicts
        ],
        "findings_gone": [f.statement.id for f in found.gone],
        "findings_new": [f.statement.id for f in found.new],
        "recommendations_gone": [a.recommendation.id for a in found.steps_gone],
        "recommendations_new": [a.recommendation.id for a in found.steps_new],
    }
