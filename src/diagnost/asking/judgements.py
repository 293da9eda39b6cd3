"""Answers about how things stand: one area, all that is wrong, what another reader would say."""

from collections.abc import Sequence

from diagnost.asking import numbers, premises
from diagnost.asking.figures import (
    meaning_of_area,
    measured_by,
    reading_sentence,
    value,
)
from diagnost.asking.gaps import area_not_judged, fuller_judgement
from diagnost.asking.persons import one_by_one
from diagnost.asking.question import Direction, Question
from diagnost.asking.refusals import refusal
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import WHOLE
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered

_TOLD = 3
"""How many findings are told of an area."""

_AREAS = 6
"""How many areas are told where all that is wrong is asked for."""

_READER = 5
"""How many sentences are told to another reader."""


def state(speaker: Speaker, question: Question) -> Draft:
    """Answer how a thing stands, or whether it is as it is taken to be."""
    match question.subject_kind:
        case "indicator" | "line":
            return value(speaker, question)
        case "statement" | "recommendation":
            return refusal(speaker, question.subject_kind, question.subject)
    area = question.subject or WHOLE
    verdict = speaker.verdicts.get(area)
    if area == WHOLE and speaker.whole is None and speaker.verdicts:
        return wrong(speaker, question)  # what is judged, where the whole cannot be
    if verdict is None:
        return one_by_one(speaker, area) or area_not_judged(speaker, area)
    holds = premises.of_verdict(speaker, verdict, question.direction)
    start = "" if holds is None else "yes" if holds else "no"
    if premises.is_neither(verdict, question.direction):
        start = "neither"
    clause = speaker.clause(verdict)
    said = speaker.say(start, clause=lowered(clause)) if start else clause
    draft = Draft(direct=[Sentence(speaker.say("alone", clause=said), (), area)])
    courses = (*premises.COURSES, Direction.WORSENING)
    if premises.beside_the_question(verdict, question.direction):
        draft.direct.insert(0, speaker.plain("not_shown"))
    before = premises.earlier_verdict(speaker, area)
    if before is not None and before.word.id != verdict.word.id:
        word = before.word.name.in_language(speaker.language)
        since = speaker.spoken_period(before.period)
        draft.direct.append(speaker.plain("was_judged", period=since, word=word))
    elif before is not None and question.direction in courses:
        since = speaker.spoken_period(before.period)
        draft.direct.append(speaker.plain("same_judgement", period=since))
    draft.chain = speaker.told(_reasons(speaker, verdict), _TOLD)
    against = speaker.told(verdict.but, 1)
    if against and not draft.chain:  # else it would be read as a reason for the judgement
        draft.head = speaker.say("head.still")
    draft.chain += against
    if area == WHOLE:
        worst = [v for a, v in speaker.verdicts.items() if a != WHOLE and _is_bad(v)]
        draft.chain += [speaker.judged(v) for v in worst[:_TOLD]]
    told = [sentence.entry for sentence in against] if draft.head else verdict.because
    firings = [f for e in told for f in speaker.findings[e].firings]
    draft.numbers = numbers.behind(speaker, firings)
    if verdict.word.polarity in UNWELCOME:
        draft.steps = speaker.steps(speaker.steps_for(verdict.because), 1)
    return draft


def not_said(speaker: Speaker, question: Question) -> Draft:
    """Answer why it is not said that a thing is as it is taken to be: or that it is."""
    told = state(speaker, question)
    holds = premises.of_question(speaker, question)
    if holds is None:
        return told
    plain = state(speaker, question._replace(direction=None))
    gauge = measured_by(speaker, question.subject) if question.subject_kind == "line" else None
    measured = [reading_sentence(speaker, gauge)] if gauge is not None else []
    said = speaker.plain("is_said" if holds else "not_said")
    told.direct = [said, *measured, *plain.direct]
    return told


def what_is(speaker: Speaker, question: Question) -> Draft:
    """Answer how an area stands, and what it is judged by."""
    draft = state(speaker, question)
    if question.subject in speaker.verdicts:
        draft.remarks += meaning_of_area(speaker, question.subject)
    return draft


def _is_bad(verdict: Verdict) -> bool:
    return verdict.word.polarity is Polarity.BAD


def _reasons(speaker: Speaker, verdict: Verdict) -> list[str]:
    """Return the findings that a verdict rests on; of the whole, its summary says them best."""
    own = [e for e in verdict.because if e in speaker.findings]
    if verdict.area != WHOLE:
        return own
    leading = [
        entry
        for entry, f in speaker.spoken.items()
        if f.statement.area == WHOLE and f.statement.place == "summary"
    ]
    return leading + [entry for entry in own if entry not in leading]


# --- what is wrong ------------------------------------------------------------------------------


def wrong(speaker: Speaker, question: Question) -> Draft:
    """Answer what is wrong: the verdicts that are unwelcome, worst first, each with its reason."""
    if question.subject_kind == "area" and question.subject != WHOLE:
        return _wrong_in(speaker, question.subject)
    areas = [area.id for area in speaker.base.areas_for(speaker.case.viewpoint)]
    bad = sorted(
        (
            v
            for area, v in speaker.verdicts.items()
            if area != WHOLE and v.word.polarity in UNWELCOME and v.word.problem
        ),
        key=lambda v: (v.word.polarity is Polarity.WATCH, areas.index(v.area)),
    )
    draft = Draft()
    whole = speaker.whole
    if not bad:
        draft.direct.append(speaker.plain("nothing_wrong"))
    if whole is not None:
        draft.direct.append(speaker.judged(whole))
    elif bad:
        key = "wrong_in" if len(bad) > 1 else "wrong_in_one"
        draft.direct.append(speaker.plain(key, areas=_names(speaker, bad[:_AREAS])))
    if bad:
        draft.chain = [speaker.judged(verdict) for verdict in bad[:_AREAS]]
        if len(bad) > _AREAS:
            more = _names(speaker, bad[_AREAS:])
            draft.remarks.append(speaker.plain("also_bad", areas=more))
    else:
        draft.chain = speaker.told(_alarms(speaker), _TOLD)
        draft.head = speaker.say("head.still") if draft.chain else ""
    firings = [f for v in bad for e in v.because for f in speaker.findings[e].firings]
    draft.numbers = numbers.behind(speaker, firings)
    draft.steps = speaker.steps(speaker.plan.steps, 2)
    return draft


def _names(speaker: Speaker, verdicts: list[Verdict]) -> str:
    return speaker.listed(lowered(speaker.area_name(v.area)) for v in verdicts)


def _alarms(speaker: Speaker, area: str = "") -> list[str]:
    """Return the bad news that the document tells in its areas, worst first."""
    order = {polarity: rank for rank, polarity in enumerate(Polarity)}
    weights = ("critical", "serious", "note")

    def gravity(finding: Finding) -> tuple[int, int]:
        statement = finding.statement
        return weights.index(statement.weight.value), order[statement.polarity]

    found = [
        f
        for f in speaker.spoken.values()
        if f.statement.polarity in UNWELCOME
        and f.statement.place in ("body", "list")
        and area in ("", f.statement.area)
    ]
    return [f.statement.id for f in sorted(found, key=gravity)]


def _wrong_in(speaker: Speaker, area: str) -> Draft:
    verdict = speaker.verdicts.get(area)
    if verdict is None:
        return area_not_judged(speaker, area)
    alarms = _alarms(speaker, area)
    draft = Draft()
    if not alarms:
        draft.direct.append(speaker.plain("nothing_wrong_in", area=speaker.area_name(area)))
        draft.chain.append(speaker.judged(verdict))
        return draft
    draft.direct.append(Sentence(speaker.say("alone", clause=speaker.clause(verdict)), (), area))
    draft.chain = speaker.told(alarms, _TOLD + 1)
    firings = [f for e in alarms for f in speaker.findings[e].firings]
    draft.numbers = numbers.behind(speaker, firings)
    draft.steps = speaker.steps(speaker.steps_for(alarms), 2)
    return draft


# --- another reader -----------------------------------------------------------------------------


def for_reader(speaker: Speaker, question: Question) -> Draft:
    """Answer how the case looks to a reader for whom it was diagnosed."""
    viewpoint = speaker.case.viewpoint
    own = [
        f for f in speaker.spoken.values() if viewpoint in (f.statement.viewpoint, f.statement.area)
    ]
    whole = speaker.whole
    draft = Draft()
    bad = [f for f in own if f.statement.polarity in UNWELCOME]
    order = sorted(own, key=lambda f: (f.statement.place != "summary", f not in bad))
    if question.direction in (Direction.BAD, Direction.GOOD):
        draft.direct.append(_yes_or_no(speaker, order, question.direction))
    sentences = speaker.told((f.statement.id for f in order), _READER)
    if not sentences:
        return _nothing_for(speaker, draft, question)
    draft.direct += sentences[:1]
    draft.chain = sentences[1:]
    if order[0].statement.place != "summary":
        draft.remarks += fuller_judgement(speaker, viewpoint)
    if whole is not None:
        draft.remarks.append(speaker.judged(whole))
    firings = [f for finding in order for f in finding.firings]
    draft.numbers = numbers.behind(speaker, firings)
    entries = [f.statement.id for f in bad]
    draft.steps = speaker.steps(speaker.steps_for(entries), 2)
    return draft


def _yes_or_no(speaker: Speaker, told: Sequence[Finding], asked: Direction) -> Sentence:
    """Say whether it is as bad, or as good, to a reader as asked, by the opening.

    Where there is none, what is not known leaves it at "in part".
    """
    opening = [f.statement.polarity for f in told if f.statement.place == "summary"]
    first = opening[0] if opening else Polarity.WATCH
    if first not in (Polarity.GOOD, Polarity.BAD):
        return speaker.plain("in_part")
    agrees = (first is Polarity.BAD) == (asked is Direction.BAD)
    return speaker.plain("yes_alone" if agrees else "no_alone")


def _nothing_for(speaker: Speaker, draft: Draft, question: Question) -> Draft:
    """Tell how the company stands where nothing is said to this reader alone."""
    reader = next(v.name for v in speaker.base.viewpoints if v.id == speaker.case.viewpoint)
    name = reader.in_language(speaker.language)
    told = state(speaker, question._replace(subject_kind="", subject="", direction=None))
    draft.direct = [speaker.plain("nothing_for", reader=name)]
    draft.chain = [*told.direct, *told.chain]
    draft.numbers = told.numbers
    return draft
