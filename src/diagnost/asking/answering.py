"""From a question that was understood to its answer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from diagnost.asking.answer import Answer, UnclearPage
from diagnost.asking.causes import why
from diagnost.asking.changes import changed
from diagnost.asking.concerns import concern
from diagnost.asking.doubts import doubted
from diagnost.asking.figures import meaning, measured_by, value
from diagnost.asking.gaps import missing
from diagnost.asking.goals import goal
from diagnost.asking.judgements import for_reader, not_said, state, what_is, wrong
from diagnost.asking.numbering import renumbered
from diagnost.asking.peers import peers
from diagnost.asking.persons import about
from diagnost.asking.phrases import Phrases
from diagnost.asking.question import Kind, Question, Unclear
from diagnost.asking.refusals import why_not
from diagnost.asking.reliability import data
from diagnost.asking.speaker import Draft, Speaker
from diagnost.asking.steps import advice, explain_step, first
from diagnost.asking.strengths import good
from diagnost.asking.what_if import what_if
from diagnost.asking.workings import how
from diagnost.explain.pen import CasePen
from diagnost.model.vocabulary import Concern
from diagnost.pipeline import Case, diagnose_changed
from diagnost.report.document import Sentence
from diagnost.report.words import words_of

_FIGURES = ("indicator", "line")
_ENTRIES = ("statement", "recommendation")


def answer(
    case: Case,
    question: Question,
    root: Path,
    pen: CasePen,
    asked: str = "",
    concerns: Mapping[str, Concern] | None = None,
) -> Answer:
    """Answer a question about a case in the language of the question.

    ``question.period`` must be one of the case and ``question.person`` one of its people, or ''.
    ``root`` is the folder that holds ``templates/``; ``asked`` are the words of the asker;
    ``concerns`` are those of the vocabulary, which a question may be about. Raises
    SuppositionError and GoalError for changes and goals that cannot be.
    """
    period = question.period or case.accounts.periods[-1].id
    told = _of_person(case, question.person) if question.person else _seen_by(case, question)
    speaker = Speaker(told, question.language, period, root, pen, concerns)
    draft = _drafted(speaker, question)
    doubted(speaker, question, draft)
    offered = draft.follow_ups or Phrases(speaker).after(question, draft)
    draft.chain = _fresh(draft)
    notes, figures = renumbered(draft, speaker.notes)
    return Answer(
        question=question,
        asked=asked,
        company=case.accounts.company.name or speaker.words["the_company"],
        period=period,
        direct=tuple(draft.direct),
        head=draft.head if draft.chain else "",
        chain=tuple(draft.chain),
        numbers=draft.numbers,
        steps=tuple(draft.steps),
        remarks=tuple(draft.remarks),
        legend=_legend(speaker, draft),
        follow_ups=tuple(offered),
        notes=notes,
        figures=figures,
        sources=speaker.notes.sources(),
        words=speaker.words,
    )


def _of_person(case: Case, name: str) -> Case:
    """Return the case of one of the people; KeyError if there is none of that name."""
    for each in case.subjects:
        if each.subject is not None and each.subject.name == name:
            return each
    raise KeyError(name)


def _seen_by(case: Case, question: Question) -> Case:
    """Return the case as it is for the reader whom a question is about."""
    if question.kind is not Kind.FOR_READER or question.viewpoint in ("", case.viewpoint):
        return case
    return diagnose_changed(case._replace(viewpoint=question.viewpoint), case.accounts)


def _drafted(speaker: Speaker, question: Question) -> Draft:
    family = _FAMILIES.get(question.kind)
    if speaker.case.subject is not None and question.subject_kind not in (*_FIGURES, *_ENTRIES):
        return about(speaker, question)
    readers = {viewpoint.id for viewpoint in speaker.base.viewpoints}
    if question.subject_kind == "area" and question.subject in readers:
        # Such an area holds what is said to one reader, and is judged by no word.
        question = question._replace(viewpoint=question.subject, subject_kind="", subject="")
        seen = _seen_by(speaker.case, question._replace(kind=Kind.FOR_READER))
        own = Speaker(seen, speaker.language, speaker.period, speaker.root, speaker.pen)
        speaker.notes, drafted = own.notes, for_reader(own, question)
        return drafted
    question = _by_its_measure(speaker, question)
    match question.kind, question.subject_kind:
        case Kind.VALUE, "area":
            return what_is(speaker, question)
        case Kind.VALUE | Kind.HOW, kind if kind not in _FIGURES:
            return (
                explain_step(speaker, question.subject)
                if kind == "recommendation"
                else (why(speaker, question) if kind == "statement" else state(speaker, question))
            )
        case Kind.MEANING, kind if kind in _ENTRIES or not kind:
            return why(speaker, question) if kind else state(speaker, question)
        case Kind.WHY_NOT, kind if kind not in _ENTRIES:
            return not_said(speaker, question)
        case Kind.HELP, _:
            return _help(speaker)
    assert family is not None
    return family(speaker, question)


def _by_its_measure(speaker: Speaker, question: Question) -> Question:
    """Ask about the figure that measures a line item, where that alone was given."""
    if question.subject_kind != "line" or question.direction is None:
        return question
    known = (question.subject, speaker.period) in speaker.case.accounts.amounts
    gauge = measured_by(speaker, question.subject)
    if known or gauge is None or speaker.case.reading(gauge.id, speaker.period).value is None:
        return question
    return question._replace(subject_kind="indicator", subject=gauge.id)


_FAMILIES: dict[Kind, Callable[[Speaker, Question], Draft]] = {
    Kind.WHY: why,
    Kind.WHY_NOT: why_not,
    Kind.HOW: how,
    Kind.MEANING: meaning,
    Kind.VALUE: value,
    Kind.STATE: state,
    Kind.WRONG: wrong,
    Kind.FIRST: first,
    Kind.ADVICE: advice,
    Kind.WHAT_IF: what_if,
    Kind.GOAL: goal,
    Kind.CHANGED: changed,
    Kind.FOR_READER: for_reader,
    Kind.MISSING: missing,
    Kind.GOOD: good,
    Kind.DATA: data,
    Kind.PEERS: peers,
    Kind.CONCERN: concern,
}


def _help(speaker: Speaker) -> Draft:
    offered = Phrases(speaker).examples()
    return Draft(direct=[speaker.plain("help")], follow_ups=offered)


def _fresh(draft: Draft) -> list[Sentence]:
    """Leave out of the chain what the direct sentences, or it itself, have said already."""
    said = {sentence.text for sentence in draft.direct}
    fresh = []
    for sentence in draft.chain:
        if sentence.text not in said:
            fresh.append(sentence)
            said.add(sentence.text)
    return fresh


def _legend(speaker: Speaker, draft: Draft) -> str:
    """Say what the asterisk of a limit means, where one is shown."""
    shown = [row.norm for row in draft.numbers.rows]
    shown += [s.text for s in (*draft.direct, *draft.chain)]
    return speaker.words["data.assumed"] if any("*" in text for text in shown) else ""


def unclear(question: Unclear, root: Path) -> UnclearPage:
    """Write what was understood of a question that is not clear, and what may be meant."""
    words = words_of(question.language, root)
    lines = []
    if question.recognised:
        listed = words["list.comma"].join(question.recognised)
        lines.append(words["answer.unclear"].format(list=listed))
    else:
        lines.append(words["answer.not_understood"])
    if question.offered:
        lines.append(words["answer.did_you_mean"])
    return UnclearPage(question.language, tuple(lines), question.offered, words)
