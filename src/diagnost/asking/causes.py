"""Why: the causes behind an area, an indicator, a finding, a line item or a step."""

from collections.abc import Iterable

from diagnost.asking import numbers, premises
from diagnost.asking.alternatives import other_causes
from diagnost.asking.chains import Chain, chain_of, explained
from diagnost.asking.claims import claim_sentence
from diagnost.asking.courses import course_told, courses_asked, moved_all_the_same
from diagnost.asking.figures import (
    line_value,
    measured_by,
    movement,
    premise_sentence,
    reading_sentence,
)
from diagnost.asking.gaps import area_not_judged, line_not_given, no_reading
from diagnost.asking.question import Direction, Question
from diagnost.asking.refusals import refusal
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.asking.steps import explain_step
from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.fact import Firing
from diagnost.model.indicator import Indicator, Polarity
from diagnost.model.knowledge import WHOLE
from diagnost.reason.verdicts import by_gravity
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered

_TOLD = 3
"""How many findings are told where nothing explains them further."""


def why(speaker: Speaker, question: Question) -> Draft:
    """Answer why a thing is as it is."""
    match question.subject_kind:
        case "indicator":
            return _why_indicator(speaker, question)
        case "line":
            return _why_line(speaker, question)
        case "statement":
            return _why_finding(speaker, question)
        case "recommendation":
            return explain_step(speaker, question.subject)
        case _:
            return _why_area(speaker, question, question.subject or WHOLE)


# --- an area ------------------------------------------------------------------------------------


def _why_area(speaker: Speaker, question: Question, area: str) -> Draft:
    verdict = speaker.verdicts.get(area)
    if verdict is None:
        return area_not_judged(speaker, area)
    holds = premises.turned(
        premises.of_verdict(speaker, verdict, question.direction), negated=question.negated
    )
    effects = explained(speaker, verdict)
    chain = chain_of(speaker, effects, area=area, root=question.root)
    unwelcome = verdict.word.polarity in UNWELCOME
    draft = Draft()
    start = "not_so" if holds is False else ""
    if premises.is_neither(verdict, question.direction):
        start = "neither"
    if chain.sentences and unwelcome:
        draft.direct += _summed_up(speaker, verdict, start)
        draft.head = _head(speaker, verdict, question)
        draft.chain += chain.sentences
    else:
        chain = Chain((), (), 0)
        clause = speaker.clause(verdict)
        said = speaker.say(start, clause=lowered(clause)) if start else clause
        draft.direct.append(speaker.plain("alone", clause=said))
        draft.chain += speaker.told(verdict.because or effects, _TOLD)
    if premises.beside_the_question(verdict, question.direction):
        draft.direct.insert(0, speaker.plain("not_shown"))
    if question.direction in (*premises.COURSES, Direction.WORSENING):
        _tell_course(speaker, draft, verdict)
    firings = _firings(speaker, (*verdict.because, *chain.entries), chain)
    draft.numbers = numbers.behind(speaker, firings, items=_items(speaker, chain))
    entries = (*chain.entries, *verdict.because, *effects) if unwelcome else verdict.but
    draft.steps = speaker.steps(speaker.steps_for(entries))
    draft.remarks += claim_sentence(speaker, question)
    if verdict.but:
        draft.remarks += speaker.told(verdict.but, 1)
    if unwelcome and not question.root:
        draft.remarks += other_causes(speaker, area, explained=bool(chain.sentences))
    return draft


def _summed_up(speaker: Speaker, verdict: Verdict, start: str) -> list[Sentence]:
    """Return the verdict, and what the opening of the document says of the area in one sentence.

    Where it says nothing, the verdict comes with its reasons in a few words.
    """
    opening = [
        f
        for f in speaker.spoken.values()
        if f.statement.area == verdict.area
        and f.statement.place == "summary"
        and not f.statement.viewpoint
        and f.statement.polarity in UNWELCOME
    ]
    told = speaker.told((f.statement.id for f in by_gravity(opening)), 1)
    if not told:
        return [speaker.judged(verdict, start=start)]
    clause = speaker.clause(verdict)
    if not start and told[0].text.casefold().startswith(clause.casefold()):
        return told  # "the firm makes a loss" is not said twice
    said = speaker.say(start, clause=lowered(clause)) if start else clause
    return [Sentence(speaker.say("alone", clause=said), (), verdict.area), *told]


def _head(speaker: Speaker, verdict: Verdict, question: Question) -> str:
    if question.root:
        return speaker.say("head.root")
    asked = verdict.word.why
    return asked.in_language(speaker.language) if asked else speaker.words["heading.why"]


def _tell_course(speaker: Speaker, draft: Draft, verdict: Verdict) -> None:
    """Say how the area was judged at first; that it was judged alike comes before all else."""
    before = premises.earlier_verdict(speaker, verdict.area)
    if before is None:
        return
    period = speaker.spoken_period(before.period)
    if before.word.id == verdict.word.id:
        draft.direct.insert(0, speaker.plain("course.same", since=period))
        return
    word = before.word.name.in_language(speaker.language)
    draft.direct.append(speaker.plain("was_judged", period=period, word=word))


def _firings(speaker: Speaker, entries: Iterable[str], chain: Chain) -> list[Firing]:
    found = [f for e in entries if e in speaker.findings for f in speaker.findings[e].firings]
    return found + [firing for link in chain.links for firing in link.firings]


def _items(speaker: Speaker, chain: Chain) -> list[str]:
    """Return the line items that the causes name with a figure."""
    items = speaker.base.catalogue.line_items
    texts = [t for link in chain.links for t in (link.rule.text, link.rule.detail) if t]
    return [slot.name for t in texts for slot in sorted(t.slots, key=str) if slot.name in items]


# --- an indicator or a line item ----------------------------------------------------------------


def _why_indicator(speaker: Speaker, question: Question) -> Draft:
    indicator = speaker.base.catalogue.indicators[question.subject]
    reading = speaker.case.reading(indicator.id, speaker.period)
    if reading.value is None:
        return _known_nearby(speaker, indicator, question.direction)
    holds = premises.turned(
        premises.of_reading(speaker, indicator, reading.value, question.direction),
        negated=question.negated,
    )
    draft = Draft()
    course_said = courses_asked(speaker, indicator, question.direction)
    if course_said:
        draft.direct.append(course_told(speaker, indicator, question.direction))
    else:
        draft.direct += premise_sentence(speaker, holds, asked=False)
        draft.direct.append(reading_sentence(speaker, indicator))
        if holds is False:
            moved_so = moved_all_the_same(speaker, indicator, question.direction)
            course_said = bool(moved_so)
            draft.direct += moved_so
    draft.direct += claim_sentence(speaker, question)
    about = _about(speaker, indicator.id) or _told_with(speaker, indicator.id)
    moved = movement(speaker, indicator)
    resting = _resting_on(speaker, indicator.id)
    chain = chain_of(speaker, resting, root=question.root)
    if moved is not None:
        draft.chain.append(moved)
    draft.chain += chain.sentences[: len(chain.sentences) - bool(moved)]
    if not chain.sentences:
        said = {f.statement.id for f in about if course_said and _on_course_alone(f, indicator.id)}
        draft.chain += speaker.told((i for f in about if (i := f.statement.id) not in said), _TOLD)
    unwelcome = [f for f in about if f.statement.polarity in UNWELCOME]
    if holds is False:
        pass  # nothing to explain
    elif unwelcome and not question.root:
        explained = bool(chain.sentences or moved)
        entry = unwelcome[0].statement.id
        draft.remarks += other_causes(speaker, entry, explained=explained)
    elif not draft.chain and indicator.general is not None:
        draft.remarks.append(speaker.plain("no_cause"))
    if chain.sentences and holds is not False:
        draft.head = speaker.say("head.root") if question.root else speaker.words["heading.why"]
    entries = (*chain.entries, *(f.statement.id for f in about))
    firings = _firings(speaker, entries, chain)
    draft.numbers = numbers.behind(speaker, firings, first=(indicator.id,))
    draft.steps = speaker.steps(speaker.steps_for(entries))
    return draft


def _known_nearby(speaker: Speaker, indicator: Indicator, direction: Direction | None) -> Draft:
    """Say that a figure is not known; the news of its area may tell as much of its course.

    Good news is told where there is no bad: it speaks against what is taken to be so. Of the level
    of a figure neither tells: what suppliers wait for is no answer on what customers owe.
    """
    if direction not in (*premises.COURSES, Direction.WORSENING):
        return no_reading(speaker, indicator)
    area = indicator.id.split(".")[1]
    known = by_gravity([f for f in speaker.spoken.values() if f.statement.area == area])
    bad = [f for f in known if f.statement.polarity in UNWELCOME]
    news = bad or [f for f in known if f.statement.polarity is Polarity.GOOD]
    draft = no_reading(speaker, indicator)
    draft.direct = [*speaker.told((f.statement.id for f in news), 1), *draft.direct]
    return draft


def _resting_on(speaker: Speaker, indicator: str) -> list[str]:
    """Return the findings on an indicator, those of its own topic first, then bad news with it.

    What gave way to another finding is among them: its causes hold all the same.
    """
    own = [e for e in speaker.findings if e.rpartition(".")[0] == indicator]
    others = [
        entry
        for entry, f in speaker.findings.items()
        if f.statement.polarity in UNWELCOME
        and f.statement.area == indicator.split(".")[1]
        and any(key == indicator for firing in f.firings for key, _ in firing.used)
    ]
    moves = _moves(speaker, indicator)
    moved = [
        entry
        for entry, f in speaker.findings.items()
        if f.statement.polarity in UNWELCOME
        and any(key in moves for firing in f.firings for key, _ in firing.used)
    ]
    return list(dict.fromkeys((*own, *others, *moved)))


def _moves(speaker: Speaker, id_: str) -> set[str]:
    """Return the figures that set an indicator beside what it was a year before."""
    indicators = speaker.base.catalogue.indicators
    indicator = indicators[id_]
    pair = {indicator.symbol, indicator.year_before}
    return {
        each.id
        for each in indicators.values()
        if indicator.year_before and pair == {name.name for name in each.formula.names}
    }


def _about(speaker: Speaker, topic: str) -> list[Finding]:
    """Return the findings that a topic writes about its figure, unwelcome ones first."""
    found = [f for e, f in speaker.spoken.items() if e.rpartition(".")[0] == topic]
    own = [f for f in found if f.statement.place in ("body", "list")] or found
    return sorted(own, key=lambda f: f.statement.polarity not in UNWELCOME)


def _on_course_alone(finding: Finding, indicator: str) -> bool:
    """Say whether a finding tells which way an indicator goes, and rests on nothing else."""
    keys = {leaf.key for leaf in finding.statement.when.leaves}
    return f"{indicator}.trend" in keys and all(key.startswith(indicator) for key in keys)


def _told_with(speaker: Speaker, indicator: str) -> list[Finding]:
    """Return what is told of an indicator beside others: the first finding of its area on it."""
    own = (indicator, f"{indicator}.")
    found = [
        f
        for f in speaker.spoken.values()
        if f.statement.area == indicator.split(".")[1]
        and f.statement.place in ("body", "list")
        and any(key == own[0] or key.startswith(own[1]) for x in f.firings for key, _ in x.used)
    ]
    return found[:1]


def _why_line(speaker: Speaker, question: Question) -> Draft:
    item = question.subject
    row = numbers.item_row(speaker, item)
    if row is None:
        return line_not_given(speaker, item)
    draft = line_value(speaker, item, question.direction, asked=False, negated=question.negated)
    draft.direct += claim_sentence(speaker, question)
    gauge = measured_by(speaker, item)
    own = _resting_on(speaker, gauge.id) if gauge and question.direction else []
    effects = list(dict.fromkeys((*own, *_naming(speaker, item))))
    chain = chain_of(speaker, effects, root=question.root)
    draft.chain += speaker.told((e for e in effects if e in speaker.spoken), 2)
    draft.chain += [s for s in chain.sentences if s not in draft.chain][:_TOLD]
    denied = premise_sentence(speaker, False, asked=False)
    if not draft.chain and draft.direct[:1] != denied:
        draft.remarks.append(speaker.plain("no_cause"))
    draft.numbers = numbers.behind(
        speaker, _firings(speaker, (*effects[:_TOLD], *chain.entries), chain), items=(item,)
    )
    draft.steps = speaker.steps(speaker.steps_for((*chain.entries, *effects[:_TOLD])))
    return draft


def _naming(speaker: Speaker, item: str) -> list[str]:
    """Return the findings that speak of a line item: by a figure of it or by its course."""

    def names(finding: Finding) -> bool:
        statement = finding.statement
        if any(leaf.key.startswith(f"lines.{item}.") for leaf in statement.when.leaves):
            return True
        texts = [t for t in (statement.text, statement.detail) if t is not None]
        return any(slot.name == item for text in texts for slot in text.slots)

    found = [f for f in speaker.spoken.values() if f.statement.place != "data" and names(f)]
    found.sort(key=lambda f: f.statement.polarity not in UNWELCOME)
    return [f.statement.id for f in found]


# --- a finding ----------------------------------------------------------------------------------


def _why_finding(speaker: Speaker, question: Question) -> Draft:
    entry = question.subject
    finding = speaker.findings.get(entry)
    sentence = speaker.finding(finding, detail=True) if finding is not None else None
    if finding is None or sentence is None:
        return refusal(speaker, "statement", entry)
    draft = Draft(direct=[sentence])
    chain = chain_of(speaker, [entry], root=question.root, known=draft.direct)
    draft.chain += chain.sentences
    if chain.sentences:
        draft.head = speaker.say("head.root") if question.root else speaker.words["heading.why"]
    else:
        behind = [key for firing in finding.firings for key, _ in firing.used]
        draft.chain += speaker.told((key for key in behind if key in speaker.findings), _TOLD)
    if finding.statement.polarity in UNWELCOME and not question.root:
        draft.remarks += other_causes(speaker, entry, explained=bool(draft.chain))
    draft.numbers = numbers.behind(speaker, _firings(speaker, (entry, *chain.entries), chain))
    draft.steps = speaker.steps(speaker.steps_for((entry, *chain.entries)))
    return draft
