"""Answers about what to do: the first step and why that, the steps on a subject, one step."""

from collections.abc import Sequence

from diagnost.asking import numbers
from diagnost.asking.chains import chain_of, explained
from diagnost.asking.gaps import area_not_judged
from diagnost.asking.question import Question
from diagnost.asking.refusals import refusal
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.model.diagnosis import Advice
from diagnost.model.knowledge import WHOLE
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered, raised

_REASONS = 2
"""How many reasons of a step are told."""


def first(speaker: Speaker, question: Question) -> Draft:
    """Answer what to do first, why that, and what comes after it."""
    return _steps(speaker, _wanted(speaker, question), question)


def advice(speaker: Speaker, question: Question) -> Draft:
    """Answer what to do about a subject."""
    if question.subject_kind == "recommendation":
        return explain_step(speaker, question.subject)
    draft = _steps(speaker, _wanted(speaker, question), question)
    area = question.subject if question.subject_kind == "area" else ""
    verdict = speaker.verdicts.get(area)
    if draft.steps and verdict is not None and verdict.word.level == "unknown":
        said = speaker.say("alone", clause=speaker.clause(verdict))  # what the steps are about
        draft.direct.insert(0, Sentence(said, (), area))
    return draft


def _wanted(speaker: Speaker, question: Question) -> list[Advice]:
    """Return the steps on what is asked about, in order of rank; all of them on the whole."""
    steps = speaker.plan.steps
    subject = question.subject
    if not subject or subject == WHOLE:
        return list(steps)
    if question.subject_kind == "area":
        behind = _behind(speaker, subject)
        return [
            a for a in steps if a.recommendation.area == subject or behind.intersection(a.because)
        ]
    if question.subject_kind == "statement":
        return speaker.steps_for((subject,))
    if question.subject_kind == "recommendation":
        return [a for a in steps if a.recommendation.id == subject]
    return [a for a in steps if _concerns(speaker, a, subject)]


def _behind(speaker: Speaker, area: str) -> set[str]:
    """Return the findings of an area and, where it is judged badly, their causes elsewhere."""
    own = {e for e, f in speaker.findings.items() if f.statement.area == area}
    verdict = speaker.verdicts.get(area)
    if verdict is None or verdict.word.polarity not in UNWELCOME:
        return own
    return own.union(chain_of(speaker, explained(speaker, verdict), area=area).entries)


def _concerns(speaker: Speaker, step: Advice, subject: str) -> bool:
    """Say whether a step names an indicator or line item, or answers what is said of it."""
    rule = step.recommendation
    catalogue = speaker.base.catalogue
    texts = [t for t in (rule.text, rule.effect, rule.watch) if t is not None]
    named = {catalogue.symbols.get(s.name, s.name) for text in texts for s in text.slots}
    about = {entry.rpartition(".")[0] for entry in step.because}
    return subject in named or subject in about


def _steps(speaker: Speaker, wanted: Sequence[Advice], question: Question) -> Draft:
    draft = Draft()
    if not wanted:
        return _no_step(speaker, question)
    leading = wanted[0]
    draft.steps = speaker.steps(wanted)
    briefs = [b for a in wanted[:2] if (b := speaker.brief(a.recommendation.id))]
    if len(briefs) > 1:
        text = speaker.words["first_steps.two"].format(first=briefs[0], second=briefs[1])
    elif briefs:
        text = speaker.words["first_steps.one"].format(first=briefs[0])
    else:
        text = draft.steps[0].what.text
    draft.direct.append(Sentence(text, draft.steps[0].what.notes, leading.recommendation.id))
    draft.chain = speaker.told(_reasons(speaker, leading), _REASONS)
    draft.head = speaker.say("head.why_that") if draft.chain else ""
    _watch(speaker, draft, leading)
    firings = [f for e in _reasons(speaker, leading) for f in speaker.findings[e].firings]
    draft.numbers = numbers.behind(speaker, firings)
    return draft


def _reasons(speaker: Speaker, step: Advice) -> list[str]:
    found = [entry for entry in step.because if entry in speaker.findings]
    return [entry for entry in found if entry in speaker.spoken] or found


def _watch(speaker: Speaker, draft: Draft, step: Advice) -> None:
    watch = speaker.figures.sentence(step.recommendation.watch, speaker.period)
    if watch:
        draft.remarks.append(speaker.plain("watch", watch=watch))


def _no_step(speaker: Speaker, question: Question) -> Draft:
    """Say that nothing is advised, and how the subject stands."""
    area = question.subject if question.subject_kind == "area" else WHOLE
    verdict = speaker.verdicts.get(area)
    if verdict is None and question.subject_kind == "area":
        known = area_not_judged(speaker, area)
        known.direct.insert(0, speaker.plain("no_step_yet"))
        return known
    name = lowered(speaker.subject_name(question))
    draft = Draft(direct=[speaker.plain("no_step_on" if name else "no_step", name=name)])
    if verdict is not None:
        draft.chain.append(speaker.judged(verdict))
    return draft


def explain_step(speaker: Speaker, entry: str) -> Draft:
    """Answer why a step is advised, or why it is not."""
    step = next((a for a in speaker.plan.steps if a.recommendation.id == entry), None)
    if step is None:
        return refusal(speaker, "recommendation", entry)
    row = speaker.plan.row(step)
    draft = Draft(direct=[Sentence(raised(row.what.text), row.what.notes, entry)])
    draft.chain = speaker.told(_reasons(speaker, step), _REASONS + 1)
    draft.head = speaker.say("head.why_that") if draft.chain else ""
    if row.moves:
        draft.remarks.append(speaker.plain("effect", effect=row.moves))
    if row.first:
        draft.remarks.append(speaker.plain("begin", first=row.first))
    _watch(speaker, draft, step)
    firings = [f for e in _reasons(speaker, step) for f in speaker.findings[e].firings]
    draft.numbers = numbers.behind(speaker, firings)
    return draft
