"""Answers about one of the people, or another row that is looked at by itself."""

from diagnost.asking import numbers
from diagnost.asking.question import Direction, Kind, Question
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.model.indicator import Polarity
from diagnost.report.document import Sentence
from diagnost.report.persons import people_note, usage_note

_TOLD = 4
"""How many findings are told of a person."""

_PEOPLE = 5
"""Of how many people the gravest news is told."""


def about(speaker: Speaker, question: Question) -> Draft:
    """Answer how a person stands, why, and what is advised; a speaker speaks of one person."""
    name = speaker.case.subject.name if speaker.case.subject else ""
    order = {polarity: rank for rank, polarity in enumerate(Polarity)}
    weights = ("critical", "serious", "note")
    told = [f for f in speaker.spoken.values() if f.statement.place in ("summary", "body", "list")]
    told.sort(key=lambda f: (weights.index(f.statement.weight.value), order[f.statement.polarity]))
    bad = [f for f in told if f.statement.polarity in UNWELCOME]
    wanted = [f for f in told if f.statement.polarity is Polarity.GOOD]
    welcome = question.direction in (Direction.GOOD, Direction.HIGH, Direction.RISING)
    draft = Draft()
    if question.direction is not None and not (wanted if welcome else bad):
        draft.direct.append(speaker.plain("not_of_person", name=name))
    found = sorted(told, key=lambda f: f not in wanted) if welcome else told
    sentences = speaker.told((f.statement.id for f in found), _TOLD)
    advised = question.kind in (Kind.ADVICE, Kind.FIRST)
    step = _first_step(speaker, name) if advised else None
    if not sentences:
        draft.direct = [speaker.plain("nothing_of_person", name=name)]
    elif step is not None and not draft.direct:
        draft.direct, draft.chain = [step], sentences
    elif not draft.direct:
        draft.direct, draft.chain = [_named(speaker, sentences[0], name)], sentences[1:]
    else:
        draft.chain = sentences
    firings = [firing for f in found for firing in f.firings]
    draft.numbers = numbers.behind(speaker, firings)
    draft.steps = speaker.steps(speaker.plan.steps)
    note = usage_note(speaker.case, speaker.language, speaker.root)
    draft.remarks += [Sentence(note)] if note and sentences else []
    return draft


def _first_step(speaker: Speaker, name: str) -> Sentence | None:
    """Write what to do first for a person; None where nothing is advised."""
    for step in speaker.plan.steps[:1]:
        brief = speaker.brief(step.recommendation.id)
        if brief:
            text = speaker.words["first_steps.one"].format(first=brief)
            return _named(speaker, Sentence(text, (), step.recommendation.id), name)
    return None


def _named(speaker: Speaker, sentence: Sentence, name: str) -> Sentence:
    """Put the name before a sentence that does not have it."""
    if name in sentence.text:
        return sentence
    return sentence._replace(text=speaker.say("of_person", name=name, text=sentence.text))


def one_by_one(speaker: Speaker, area: str) -> Draft | None:
    """Tell of whom there is bad news in an area that is about single people; None if it is not.

    The gravest news of each person is told.
    """
    states = [s for s in speaker.base.states.values() if s.verdict_on == area]
    people = [each for each in speaker.case.subjects if each.subject is not None]
    of_people = any(s.per for s in speaker.base.statements.values() if s.area == area)
    if states or not people or not of_people:
        return None
    told: list[tuple[int, str, Sentence]] = []
    weights = ("critical", "serious", "note")
    for each in people:
        name = each.subject.name if each.subject else ""
        one = Speaker(each, speaker.language, speaker.period, speaker.root, speaker.pen)
        found = [
            f
            for f in one.spoken.values()
            if f.statement.area == area and f.statement.polarity in UNWELCOME
        ]
        found.sort(key=lambda f: weights.index(f.statement.weight.value))
        one.notes = speaker.notes
        said = one.told((f.statement.id for f in found), 1)
        if said:
            gravity = weights.index(found[0].statement.weight.value)
            told.append((gravity, name, _named(one, said[0], name)))
    told.sort(key=lambda each: each[:2])
    if not told:
        return Draft(direct=[speaker.plain("no_single_people")])
    names = speaker.enumerated([name for _, name, _ in told[:_PEOPLE]])
    key = "single_person" if len(told) == 1 else "single_people"
    key = "single_people_first" if len(told) > _PEOPLE else key
    note = people_note(speaker.case, speaker.language, speaker.root)
    return Draft(
        direct=[speaker.plain(key, names=names)],
        chain=[sentence for _, _, sentence in told[:_PEOPLE]],
        remarks=[Sentence(note)] if note else [],
    )
