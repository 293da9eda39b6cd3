"""Why something is not said: what its condition lacks, what it gave way to, or that it is said."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from diagnost.asking.question import Question
from diagnost.asking.speaker import Draft, Speaker
from diagnost.explain.lookup import Entry
from diagnost.explain.names import Names
from diagnost.explain.tree import AdviceTree, BandTree, FindingTree, NotFired, Unmet
from diagnost.explain.why import why as explained
from diagnost.model.rule import Truth
from diagnost.report.document import Sentence

_TOLD = 4
"""How many lacking facts are told."""


def refusal(speaker: Speaker, kind: str, entry: str) -> Draft:
    """Say why a statement or a step is not among what is said of the company."""
    tree = explained(speaker.case, Entry(kind, entry), speaker.period).answer
    match tree:
        case FindingTree() | AdviceTree():
            return _made(speaker, entry, tree)
        case NotFired():
            return _not_made(speaker, entry, tree)
    return Draft(direct=[_saying(speaker, "not_said", _what(speaker, entry))])


def _what(speaker: Speaker, entry: str) -> str:
    """Name an entry in a few words that hold whatever its figures are; '' if it has none."""
    rule = speaker.base.statements.get(entry) or speaker.base.recommendations.get(entry)
    brief = rule.brief if rule is not None else None
    if brief is None or brief.slots:
        return ""
    return speaker.words["gaps.quoted"].format(name=brief.in_language(speaker.language))


def _saying(speaker: Speaker, key: str, what: str) -> Sentence:
    """Say that something is not said, naming it where it has a name."""
    return speaker.plain(f"{key}_of" if what else key, what=what)


def _made(speaker: Speaker, entry: str, tree: FindingTree | AdviceTree) -> Draft:
    if tree.gave_way is None:
        finding = speaker.findings.get(entry)
        said = speaker.finding(finding) if finding is not None else None
        if said is not None:
            return Draft(direct=[speaker.plain("is_said"), said])
        steps = [a for a in speaker.plan.steps if a.recommendation.id == entry]
        told = speaker.steps(steps)
        return Draft(direct=[speaker.plain("is_said")], steps=told)
    draft = Draft(direct=[_saying(speaker, "gave_way", _what(speaker, entry))])
    ruling = tree.gave_way.ruling
    if ruling is not None:
        because = speaker.figures.sentence(ruling.because, speaker.period)
        draft.chain += [Sentence(because)] if because else []
    winner = speaker.findings.get(tree.gave_way.entry)
    said = speaker.finding(winner) if winner is not None else None
    draft.chain += [said] if said is not None else []
    return draft


def _not_made(speaker: Speaker, entry: str, tree: NotFired) -> Draft:
    what = _what(speaker, entry)
    if tree.other_reader:
        reader = next(v.name for v in speaker.base.viewpoints if v.id == tree.other_reader)
        name = reader.in_language(speaker.language)
        return Draft(direct=[speaker.plain("other_reader", reader=name)])
    if tree.other_side:
        side = speaker.base.catalogue.sides[speaker.base.catalogue.side_of(entry)]
        draft = Draft(direct=[_saying(speaker, "not_said", what)])
        if side.unseen is not None:
            draft.chain.append(Sentence(side.unseen.in_language(speaker.language)))
        return draft
    unknown = any(part.truth is Truth.UNKNOWN for part in tree.unmet)
    key = "not_known" if unknown else "not_said"
    draft = Draft(direct=[_saying(speaker, key, what)])
    told = [Sentence(text) for text in dict.fromkeys(_Lacks(speaker).sentences(tree.unmet))]
    draft.direct += told[:1]
    draft.chain = told[1:_TOLD]
    return draft


def _joined(bands: Iterable[BandTree]) -> list[BandTree]:
    """Take bands that follow each other as one: "below 0, or from 0 to 5" is "up to 5"."""
    found: list[BandTree] = []
    for tree in bands:
        if found and tree.before is not None and tree.before.id == found[-1].band.id:
            found[-1] = replace(found[-1], band=tree.band)
        else:
            found.append(tree)
    return found


class _Lacks:
    """Writes what a condition lacks, in the words of the report."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.say = speaker.say
        self.names = Names(speaker.base, speaker.pen, speaker.symbols)

    def sentences(self, parts: Iterable[Unmet]) -> Iterator[str]:
        """Yield a sentence for each part that can be named; of choices the first is told."""
        for part in parts:
            if part.choices:
                yield from self.sentences(part.choices[0])
            elif text := self._sentence(part):
                yield text

    def _sentence(self, part: Unmet) -> str:
        speaker = self.speaker
        if part.truth is Truth.UNKNOWN:
            needs = self.names.listed(dict.fromkeys(map(self.names.need, part.needs)))
            name = self.names.key(part.key)
            return self.say("lack.unknown", name=name, needs=needs) if needs else ""
        if part.key in speaker.base.statements:
            brief = speaker.brief(part.key)
            key = "lack.found" if part.absent else "lack.not_found"
            return self.say(key, brief=brief) if brief else ""
        name = self.names.key(part.key)
        edges = [self.names.band(tree) for tree in _joined(part.bands)]
        if part.found is not None and part.found.readings and edges and not part.absent:
            reading = part.found.readings[-1].reading
            indicator = speaker.base.catalogue.indicators[reading.indicator]
            if reading.value is not None:
                value = speaker.figures.reading(indicator, reading.value)
                wanted = speaker.words["explain.or"].join(edges)
                return self.say("lack.reading", name=name, value=value, wanted=wanted)
        if part.key in speaker.base.catalogue.indicators and part.absent:
            return ""
        wanted = speaker.words["explain.or"].join(self.names.word(part.key, w) for w in part.words)
        if part.absent:
            return self.say("lack.absent", name=name, word=wanted)
        if part.found is None:
            return self.say("lack.nothing", name=name, wanted=wanted)
        found = self.names.word(part.key, part.found.word)
        return self.say("lack.word", name=name, word=found, wanted=wanted)


def why_not(speaker: Speaker, question: Question) -> Draft:
    """Answer why a statement or a step is not among what is said."""
    return refusal(speaker, question.subject_kind, question.subject)
