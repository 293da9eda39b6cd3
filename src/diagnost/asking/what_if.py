"""What would be if figures were others."""

from collections.abc import Iterable

from diagnost.asking import numbers
from diagnost.asking.answer import Numbers
from diagnost.asking.figures import amount_sentence, shifted
from diagnost.asking.gaps import line_not_given, no_reading
from diagnost.asking.in_step import in_step
from diagnost.asking.question import Question
from diagnost.asking.shifts import (
    findings_told,
    judged_otherwise,
    names_of,
    of_one_period,
    shift_row,
    steps_told,
    told_apart,
    verdict_shift,
)
from diagnost.asking.speaker import Draft, Speaker
from diagnost.asking.suppositions import Balanced, Kept, as_known, supposed_accounts
from diagnost.intake.changes import read_change
from diagnost.model.diagnosis import Advice, Finding
from diagnost.model.supposition import Change, How
from diagnost.pipeline import Case, diagnose_changed
from diagnost.report.before_after import Differences, Side, differences
from diagnost.report.document import Sentence
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered, raised


def what_if(speaker: Speaker, question: Question) -> Draft:
    """Answer what would be if figures were others; SuppositionError for what cannot be."""
    catalogue = speaker.base.catalogue
    changes = [as_known(speaker, read_change(text, catalogue)) for text in question.change]
    amounts = speaker.case.accounts.amounts
    for change in changes:
        relative = change.how is not How.TO or change.days
        given = (change.name, change.period or speaker.period) in amounts
        if relative and change.name in catalogue.line_items and not given:
            return line_not_given(speaker, change.name, "not_given_if")
        indicator = catalogue.indicator(change.name)
        if relative and indicator is not None:
            known = speaker.case.reading(indicator.id, change.period or speaker.period).value
            if known is None:
                return no_reading(speaker, indicator)
    balanced = supposed_accounts(speaker, changes)
    case, period = speaker.case, speaker.period
    after = diagnose_changed(case, balanced.supposed.accounts)
    found = differences(Side(case, period), Side(after, period))
    then = Figures(after, speaker.language, speaker.words)
    draft = Draft(direct=_assumed(speaker, balanced, changes, after))
    draft.direct.append(_judged(speaker, found))
    gone = findings_told(of_one_period(_without(found.gone, after, period)), speaker.figures)
    if not found.verdicts:
        gone = [each for each in gone if each.alarm]  # good news that goes comes in other words
    draft.chain += told_apart(
        speaker,
        gone,
        findings_told(of_one_period(_without(found.new, case, period)), then),
        ("then_instead", "then_gone", "then_new"),
    )
    draft.chain += told_apart(
        speaker,
        steps_told(_steps_of_one_period(found.steps_gone, case), speaker.figures),
        steps_told(_steps_of_one_period(found.steps_new, after), then),
        ("steps_instead", "steps_gone", "steps_new"),
    )
    draft.numbers = _shifts(speaker, found, then)
    draft.remarks += in_step(speaker, changes, balanced.supposed.moved)
    return draft


def _assumed(
    speaker: Speaker, balanced: Balanced, changes: Iterable[Change], after: Case
) -> list[Sentence]:
    """Say what is assumed, and where the money comes from or goes."""
    asked = {change.name for change in changes}
    told = [
        shifted(speaker, each)
        for each in balanced.supposed.moved
        if each.why == "set" and each.item in asked
    ]
    told += [text for change in changes if (text := _set_alone(speaker, change, after))]
    if not told:  # each is what it is supposed to be
        items = [each for each in asked if each in speaker.base.catalogue.line_items]
        return [amount_sentence(speaker, item) for item in items]
    flows = speaker.base.catalogue.flows
    costs = {flow.of for flow in flows.flows if flow.by < 0}  # what lowers a result
    costs |= {part for whole in tuple(costs) for part in flows.within.get(whole, ())}
    results = {flow.moves for flow in flows.flows if flow.by < 0}
    if not results.intersection(each.item for each in balanced.supposed.moved):
        key = "supposed_plain"
    else:
        key = "supposed_costs" if asked & costs else "supposed"
    said = [speaker.plain(key, list=speaker.listed(told))]
    if balanced.kept is not None and balanced.by is not None:
        spent = balanced.kept is Kept.CASH and balanced.by.by < 0
        phrase = "balances_out" if spent else balanced.kept.value
        said.append(speaker.plain(phrase, shift=shifted(speaker, balanced.by)))
    ends = [m for m in balanced.supposed.moved if m.item in flows.comes_from and m.why != "set"]
    if ends:  # what is left of the change, before it is judged
        list_ = speaker.listed(shifted(speaker, each) for each in ends)
        said.append(speaker.plain("then_result", list=raised(list_)))
    return said


def _set_alone(speaker: Speaker, change: Change, after: Case) -> str:
    """Write a figure that is given by itself, before and after; '' for a line item."""
    indicator = speaker.base.catalogue.indicator(change.name)
    if indicator is None:
        return ""
    values = (case.reading(indicator.id, speaker.period).value for case in (speaker.case, after))
    before, now = ("–" if v is None else speaker.figures.reading(indicator, v) for v in values)
    name = lowered(speaker.indicator_name(indicator))
    return speaker.words["goal.means"].format(name=name, before=before, after=now)


def _judged(speaker: Speaker, found: Differences) -> Sentence:
    """Say which judgements would be others: on areas, else on single figures."""
    verdicts = [verdict_shift(speaker, area, b, a) for area, b, a in found.verdicts]
    if verdicts:
        return speaker.plain("then_verdicts", list=speaker.listed(verdicts))
    names = names_of(speaker, judged_otherwise(found))
    return speaker.plain("then_same_but", names=names) if names else speaker.plain("then_same")


def _without(findings: Iterable[Finding], other: Case, period: str) -> list[Finding]:
    """Leave out what the other case has too, though it gives way to another finding there."""
    held = {f.statement.id for f in other.diagnosis.findings if f.period == period}
    return [f for f in findings if f.statement.id not in held]


def _steps_of_one_period(steps: Iterable[Advice], case: Case) -> list[Advice]:
    """Leave out the steps that answer nothing but how figures move between periods."""
    held = {f.statement.id for f in of_one_period(case.diagnosis.findings)}
    return [step for step in steps if not step.because or held.intersection(step.because)]


def _shifts(speaker: Speaker, found: Differences, then: Figures) -> Numbers:
    """Return the figures that would be others, those that would be judged otherwise first."""
    otherwise = {s.indicator.id for s in judged_otherwise(found)}
    shown = [s for s in found.readings if s.indicator.shown]
    ordered = sorted(shown, key=lambda s: (s.indicator.id not in otherwise, not any(s.words())))
    rows = [row for s in ordered if (row := shift_row(speaker, s, then)) is not None]
    heads = speaker.words["what_if.after"], speaker.words["what_if.before"]
    return Numbers(*heads, tuple(rows[: numbers.MOST]))
