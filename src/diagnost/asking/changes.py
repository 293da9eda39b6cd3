"""Answers that compare: what if, what would it take, what has changed."""

from collections.abc import Iterable, Sequence

from diagnost.asking import numbers
from diagnost.asking.answer import NumberRow, Numbers
from diagnost.asking.figures import amount_sentence, movement, reading_sentence, shifted
from diagnost.asking.gaps import line_not_given, no_reading
from diagnost.asking.in_step import in_step
from diagnost.asking.question import Question
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.asking.suppositions import supposed_accounts
from diagnost.explain.goals import read_goal
from diagnost.explain.reach import holds, reach, within_reach
from diagnost.intake.changes import read_change
from diagnost.model.diagnosis import Advice, Finding, Verdict
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import LAST_PERIOD_ONLY, Polarity, Unit
from diagnost.model.knowledge import WHOLE
from diagnost.model.lever import IndicatorGoal
from diagnost.model.supposition import How, Moved
from diagnost.pipeline import Case, diagnose_changed
from diagnost.report.appendix import norm_text, table_name
from diagnost.report.before_after import Differences, ReadingShift, Side, differences
from diagnost.report.document import Sentence, Word
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered, raised
from diagnost.report.goal import WayToGoal, goal_page
from diagnost.report.movements import moved_figures, movement_row

_TOLD = 3
"""How many findings and ways are told."""

_MOVED = 4
"""How many figures are taken apart where all that has changed is asked for."""


# --- what if ------------------------------------------------------------------------------------


def what_if(speaker: Speaker, question: Question) -> Draft:
    """Answer what would be if figures were others; SuppositionError for what cannot be."""
    catalogue = speaker.base.catalogue
    changes = [read_change(text, catalogue) for text in question.change]
    for change in changes:
        relative = change.how is not How.TO and change.name in catalogue.line_items
        if relative and (change.name, speaker.period) not in speaker.case.accounts.amounts:
            return line_not_given(speaker, change.name, "not_given_if")
    balanced = supposed_accounts(speaker, changes)
    supposed = balanced.supposed
    after = diagnose_changed(speaker.case, supposed.accounts)
    found = differences(Side(speaker.case, speaker.period), Side(after, speaker.period))
    then = Figures(after, speaker.language, speaker.words)
    draft = Draft()
    verdicts = [_shift(speaker, area, b, a) for area, b, a in found.verdicts]
    if verdicts:
        draft.direct.append(speaker.plain("then_verdicts", list=speaker.listed(verdicts)))
    else:
        draft.direct.append(speaker.plain("then_same"))
    draft.direct.append(
        speaker.plain("supposed", list=_supposed(speaker, supposed.moved, question))
    )
    for key, findings, figures in (
        ("then_gone", _without(found.gone, after, speaker.period), speaker.figures),
        ("then_new", _without(found.new, speaker.case, speaker.period), then),
    ):
        draft.chain += _briefly(speaker, key, findings, figures)
    draft.chain += _steps_briefly(speaker, "steps_gone", found.steps_gone, speaker.figures)
    draft.chain += _steps_briefly(speaker, "steps_new", found.steps_new, then)
    draft.numbers = _shifts(speaker, found, then)
    if balanced.kept is not None and balanced.by is not None:
        shift = shifted(speaker, balanced.by)
        draft.remarks.append(speaker.plain(balanced.kept, shift=shift))
    draft.remarks += in_step(speaker, changes, supposed.moved)
    return draft


def _without(findings: Iterable[Finding], other: Case, period: str) -> list[Finding]:
    """Leave out what the other case has too, though it gives way to another finding there."""
    held = {f.statement.id for f in other.diagnosis.findings if f.period == period}
    return [f for f in findings if f.statement.id not in held]


def _supposed(speaker: Speaker, moved: Iterable[Moved], question: Question) -> str:
    asked = {read_change(text, speaker.base.catalogue).name for text in question.change}
    told = [shifted(speaker, e) for e in moved if e.why == "set" and e.item in asked]
    return speaker.listed(told or question.change)


def _shift(speaker: Speaker, area: str, before: Verdict | None, after: Verdict | None) -> str:
    def word(verdict: Verdict | None) -> str:
        if verdict is None:
            return speaker.words["not_judged"]
        return verdict.word.name.in_language(speaker.language)

    name = lowered(speaker.area_name(area))
    return speaker.say("shift", area=name, before=word(before), after=word(after))


def _briefly(
    speaker: Speaker, key: str, findings: Iterable[Finding], figures: Figures
) -> list[Sentence]:
    """Tell in a few words what would, or would no longer, be said, the gravest first."""
    order = ("critical", "serious", "note")
    judging = [f for f in findings if f.statement.polarity is not Polarity.INFO]
    ranked = sorted(judging, key=lambda f: order.index(f.statement.weight.value))
    told = (figures.sentence(f.statement.brief, f.period) for f in ranked)
    listed = list(dict.fromkeys(text for text in told if text))[:_TOLD]
    return [speaker.plain(key, list=speaker.listed(listed))] if listed else []


def _steps_briefly(
    speaker: Speaker, key: str, steps: Iterable[Advice], figures: Figures
) -> list[Sentence]:
    told = (figures.sentence(a.recommendation.brief, a.period) for a in steps)
    listed = list(dict.fromkeys(text for text in told if text))[:_TOLD]
    return [speaker.plain(key, list=speaker.listed(listed))] if listed else []


def _shifts(speaker: Speaker, found: Differences, then: Figures) -> Numbers:
    """Return the figures that would be others, those that would be judged otherwise first."""
    shown = [s for s in found.readings if s.indicator.shown]
    ordered = sorted(shown, key=lambda s: (s.words()[0] == s.words()[1], not any(s.words())))
    rows = [row for s in ordered if (row := _shift_row(speaker, s, then)) is not None]
    heads = speaker.words["what_if.after"], speaker.words["what_if.before"]
    return Numbers(*heads, tuple(rows[: numbers.MOST]))


def _shift_row(speaker: Speaker, shift: ReadingShift, then: Figures) -> NumberRow | None:
    indicator = shift.indicator
    form = {Unit.DAYS: "number", Unit.MONEY: "amount"}.get(indicator.unit, "")
    before, after = shift.before.value, shift.after.value
    now = "–" if after is None else then.reading(indicator, after, form)
    was = "–" if before is None else speaker.figures.reading(indicator, before, form)
    if now == was:
        return None
    norm = indicator.general
    judged = norm.band_of(after).polarity if norm and after is not None else None
    return NumberRow(
        id=indicator.id,
        name=table_name(indicator, speaker.figures),
        now=now,
        then=was,
        norm=norm_text(indicator, speaker.figures),
        judgement=Word(speaker.words[f"polarity.{judged}"], judged.value) if judged else None,
        value=after,
        earlier=before,
    )


# --- what would it take -------------------------------------------------------------------------


def goal(speaker: Speaker, question: Question) -> Draft:
    """Answer what would have to change for a goal to be reached; GoalError if it is none."""
    case, period = speaker.case, speaker.period
    wanted = read_goal(question.goal, speaker.base)
    reached = holds(case, wanted, period)
    levers = tuple(speaker.base.levers.values())
    attempts = () if reached else reach(case, wanted, levers, period)
    ways = []
    for attempt in attempts[:_TOLD]:
        after = diagnose_changed(case, attempt.supposed.accounts)
        found = differences(Side(case, period), Side(after, period))
        ways.append(WayToGoal(attempt.pulls, found))
    about = wanted.indicator.split(".")[1] if isinstance(wanted, IndicatorGoal) else ""
    areas = {WHOLE, about} if about else None
    page = goal_page(
        wanted,
        reached,
        ways,
        speaker.figures,
        period,
        speaker.root,
        movable=bool(ways) or reached or within_reach(case, wanted, levers, period),
        judged_on=areas,
    )
    draft = Draft(direct=[Sentence(page.opening)])
    for row in page.rows:
        text = raised(row.what)
        if row.means:
            text = speaker.say("way_means", text=text, means=row.means)
        if row.verdicts:
            text = speaker.say("way_verdicts", text=text, verdicts=row.verdicts)
        if row.price:
            text = speaker.say("way_price", text=text, price=row.price)
        draft.chain.append(Sentence(speaker.say("alone", clause=text)))
    if len(attempts) > _TOLD:
        draft.remarks.append(speaker.plain("more_ways", n=len(attempts) - _TOLD))
    return draft


# --- what has changed ---------------------------------------------------------------------------


def changed(speaker: Speaker, question: Question) -> Draft:
    """Answer what has changed since the period before."""
    if len(speaker.periods) < 2:
        return _nothing_to_compare(speaker)
    catalogue = speaker.base.catalogue
    if question.subject_kind == "indicator":
        indicator = catalogue.indicators[question.subject]
        if speaker.case.reading(indicator.id, speaker.period).value is None:
            return no_reading(speaker, indicator)
        draft = Draft(direct=[reading_sentence(speaker, indicator)])
        before = speaker.case.readings.get((indicator.id, speaker.periods[-2]))
        moved = movement(speaker, indicator, "previous")
        if moved is not None:
            draft.chain.append(moved)
        elif before is not None and before.value is not None:
            value = speaker.figures.reading(indicator, before.value)
            since = speaker.spoken_period(speaker.periods[-2])
            draft.chain.append(speaker.plain("other_period", period=since, value=value))
        return draft
    if question.subject_kind == "line":
        if (question.subject, speaker.period) not in speaker.case.accounts.amounts:
            return line_not_given(speaker, question.subject)
        return Draft(direct=[amount_sentence(speaker, question.subject)])
    area = question.subject if question.subject_kind == "area" else ""
    return _changed_whole(speaker, "" if area == WHOLE else area)


def _nothing_to_compare(speaker: Speaker) -> Draft:
    draft = Draft(direct=[speaker.plain("one_period")])
    if not speaker.case.accounts_looked_at:
        reason = speaker.base.reason(Missing(LAST_PERIOD_ONLY), speaker.language)
        draft.chain.append(speaker.plain("reason", reason=reason))
    return draft


def _changed_whole(speaker: Speaker, area: str) -> Draft:
    case, previous = speaker.case, speaker.periods[-2]
    found = differences(Side(case, previous), Side(case, speaker.period))
    since = speaker.spoken_period(previous)
    accounts_side = speaker.base.catalogue.accounts_side
    # Records are read for the last period only: their areas have no verdict to be compared.
    comparable = [
        (each, before, after)
        for each, before, after in found.verdicts
        if before is not None and after is not None and area in ("", each)
    ]
    verdicts = [_shift(speaker, *each) for each in comparable]
    judged_then = {
        v.area for v in case.diagnosis.verdicts if v.period == previous and v.word.graded
    }
    draft = Draft()
    if not judged_then & speaker.verdicts.keys():
        return Draft(direct=[speaker.plain("not_judged_then", period=since)])
    if verdicts:
        draft.direct.append(speaker.plain("changed", since=since, list=speaker.listed(verdicts)))
    else:
        draft.direct.append(speaker.plain("changed_nothing", since=since))
    moved = [
        b
        for b in moved_figures(case, speaker.period, "previous")
        if area in ("", b.decomposition.of.split(".")[1])
    ]
    for breakdown in moved[:_MOVED]:
        row = movement_row(breakdown, speaker.figures, speaker.notes)
        text = speaker.say(
            "figure_moved", name=row.name, before=row.before, now=row.now, parts=row.parts.text
        )
        draft.chain.append(Sentence(text, row.parts.notes, breakdown.decomposition.id))

    def of_area(findings: Sequence[Finding], other: str) -> list[Finding]:
        """Return the troubles that the other period is known not to have had."""
        open_then = case.runs[other].not_knowable
        # What gave way to another finding holds all the same.
        held = {f.statement.id for f in case.diagnosis.findings if f.period == other}
        return [
            f
            for f in findings
            if f.statement.id not in open_then
            and f.statement.id not in held
            and area in ("", f.statement.area)
            and f.statement.polarity in UNWELCOME
            and speaker.base.catalogue.side_of(f.statement.id) in ("", accounts_side)
        ]

    def topic_of(finding: Finding) -> str:
        return finding.statement.id.rpartition(".")[0]

    earlier = Figures(case, speaker.language, speaker.words)
    new = of_area(found.new, previous)
    topics = {topic_of(f) for f in new}
    # What is now said in other words, as it got worse, has not gone.
    gone = [f for f in of_area(found.gone, speaker.period) if topic_of(f) not in topics]
    gone = [f for f in gone if not _still_bad(speaker, f)]
    draft.chain += _briefly(speaker, "new_trouble", new, earlier)
    draft.chain += _briefly(speaker, "trouble_gone", gone, earlier)
    draft.numbers = _bands(speaker, found, area)
    return draft


def _still_bad(speaker: Speaker, finding: Finding) -> bool:
    """Say whether a figure that a finding rested on is judged unfavourably now."""
    indicators = speaker.base.catalogue.indicators
    used = {key for firing in finding.firings for key, _ in firing.used if key in indicators}
    return any(
        (norm := indicators[key].general) is not None
        and (value := speaker.case.reading(key, speaker.period).value) is not None
        and norm.band_of(value).polarity in UNWELCOME
        for key in used
    )


def _bands(speaker: Speaker, found: Differences, area: str) -> Numbers:
    """Return the figures that are judged otherwise than in the period before."""
    figures = speaker.figures
    rows = [
        row
        for s in found.readings
        if s.indicator.shown
        and not s.indicator.dated
        and all(s.words())
        and s.words()[0] != s.words()[1]
        and area in ("", s.indicator.id.split(".")[1])
        and (row := _shift_row(speaker, s, figures)) is not None
    ]
    return Numbers(speaker.period, speaker.periods[-2], tuple(rows[: numbers.MOST]))
