"""Who answers: writes the sentences of one case, in one language, as the report does."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diagnost.asking.answer import FollowUp, Numbers, Step
from diagnost.asking.question import Question
from diagnost.explain.pen import CasePen
from diagnost.model.diagnosis import Advice, Cause, Finding, Verdict
from diagnost.model.indicator import Indicator, Polarity
from diagnost.model.knowledge import WHOLE
from diagnost.model.rule import State
from diagnost.model.vocabulary import Concern
from diagnost.pipeline import Case
from diagnost.report.action_plan import NOTHING, PlanWriter
from diagnost.report.briefs import briefs
from diagnost.report.document import Sentence, body, stop
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered, raised
from diagnost.report.notes import Notebook
from diagnost.report.words import words_of

UNWELCOME = (Polarity.IMPOSSIBLE, Polarity.BAD, Polarity.WATCH)
"""What is bad news."""

_FIGURE = re.compile(r"\d")


_NO_FIGURES = Numbers("", "")


@dataclass(slots=True)
class Draft:
    """An answer while it is written: its parts in the order of the page."""

    direct: list[Sentence] = field(default_factory=list)
    head: str = ""
    chain: list[Sentence] = field(default_factory=list)
    numbers: Numbers = _NO_FIGURES
    steps: list[Step] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)


class Speaker:
    """Writes about one period of a case in one language."""

    def __init__(
        self,
        case: Case,
        language: str,
        period: str,
        root: Path,
        pen: CasePen,
        concerns: Mapping[str, Concern] | None = None,
    ) -> None:
        self.case = case
        self.concerns = concerns or {}
        self.pen = pen
        self.base = case.base
        self.language = language
        self.period = period
        self.root = root
        self.words = words_of(language, root)
        self.figures = Figures(case, language, self.words)
        self.notes = Notebook(self.figures)
        self.plan = PlanWriter(case, self.figures, self.notes, period)
        diagnosis = case.diagnosis
        self.findings = {f.statement.id: f for f in diagnosis.findings if f.period == period}
        self.spoken = {id_: f for id_, f in self.findings.items() if not f.gave_way_to}
        self.verdicts = {v.area: v for v in diagnosis.verdicts if v.period == period}
        self.links = [
            cause
            for cause in diagnosis.causes
            if cause.period == period and not cause.rule.identity and not cause.gave_way_to
        ]
        ids = [p.id for p in case.accounts.periods]
        self.periods = tuple(ids[: ids.index(period) + 1])

    @property
    def whole(self) -> Verdict | None:
        """Return how the company as a whole is judged; None where no judgement was possible."""
        verdict = self.verdicts.get(WHOLE)
        return verdict if verdict is not None and verdict.word.graded else None

    @property
    def symbols(self) -> bool:
        """Say whether readers of the language know indicators by their symbols."""
        return "{symbol}" in self.words["answer.name"]

    # --- words ----------------------------------------------------------------------------------

    def say(self, key: str, **parts: object) -> str:
        """Return a phrase of answers; an abbreviation at its end takes no second full stop."""
        return self.words[f"answer.{key}"].format(**parts).replace("..", ".")

    def listed(self, parts: Iterable[str]) -> str:
        """Join phrases of one kind with semicolons."""
        return self.words["list.semicolon"].join(parts)

    def enumerated(self, parts: Sequence[str]) -> str:
        """Join names into one list: ``a, b and c``."""
        *first, last = parts
        if not first:
            return last
        return self.words["list.comma"].join(first) + self.words["list.last"] + last

    def spoken_period(self, period: str = "") -> str:
        """Write a period within a sentence."""
        return self.figures.period(period or self.period)

    # --- names ----------------------------------------------------------------------------------

    def area_name(self, area: str) -> str:
        """Name an area; what is said of the data belongs to none."""
        found = next((each.name for each in self.base.areas if each.id == area), None)
        return found.in_language(self.language) if found else self.words["heading.data"]

    def indicator_name(self, indicator: Indicator, *, symbol: bool = False) -> str:
        """Name an indicator, with its symbol where readers of the language know it by one.

        ``symbol`` says that the symbol is wanted whatever the language.
        """
        name = indicator.name.in_language(self.language)
        if not indicator.printed_symbol:
            return name
        phrase = self.words["explain.name" if symbol else "answer.name"]
        return phrase.format(name=name, symbol=indicator.printed_symbol)

    def item_name(self, item: str) -> str:
        """Name a line item."""
        return self.base.catalogue.line_items[item].names.in_language(self.language)

    def subject_name(self, question: Question) -> str:
        """Name what a question is about, '' where that is the company as a whole."""
        match question.subject_kind:
            case "area":
                return self.area_name(question.subject)
            case "indicator":
                indicator = self.base.catalogue.indicators[question.subject]
                return indicator.name.in_language(self.language)
            case "line":
                return self.item_name(question.subject)
            case "statement" | "recommendation":
                return self.brief(question.subject)
        return ""

    # --- sentences ------------------------------------------------------------------------------

    def plain(self, key: str, **parts: object) -> Sentence:
        """Return a phrase of answers as a sentence of its own, without notes."""
        return Sentence(raised(self.say(key, **parts)))

    def brief(self, entry: str) -> str:
        """Return an entry in a few words, '' where a figure of it is not known."""
        rule = self.base.statements.get(entry) or self.base.recommendations.get(entry)
        return self.figures.sentence(rule.brief, self.period) or "" if rule else ""

    def briefs(self, entries: Iterable[str]) -> list[str]:
        """Return statements in a few words each, without repetition."""
        return briefs(self.base, self.figures, entries, self.period)

    def note(self, entry: str) -> tuple[int, ...]:
        """Return the note of a finding."""
        finding = self.findings.get(entry)
        if finding is None:
            return ()
        return (self.notes.cite(finding.statement.cites, finding.firings, self.period),)

    def noted(self, entries: Iterable[str]) -> tuple[int, ...]:
        """Return the notes of several findings, each once."""
        return tuple(dict.fromkeys(n for entry in entries for n in self.note(entry)))

    def finding(self, finding: Finding, *, detail: bool = False) -> Sentence | None:
        """Write a finding as the document does; None where a figure of it is not known."""
        statement = finding.statement
        added = statement.detail if detail else None
        text = self.figures.whole(statement.text, added, self.period)
        if text is None:
            return None
        return Sentence(text, self.note(statement.id), statement.id)

    def told(self, entries: Iterable[str], most: int) -> list[Sentence]:
        """Write at most so many of some findings, in their order."""
        found: list[Sentence] = []
        for entry in entries:
            finding = self.findings.get(entry)
            sentence = self.finding(finding) if finding and len(found) < most else None
            if sentence is not None and sentence.text not in {s.text for s in found}:
                found.append(sentence)
        return found

    def cause(self, link: Cause, told: str = "") -> Sentence | None:
        """Write an explanation; one without a figure has that of its cause in brackets.

        ``told`` is what stands before it: a figure is not said again.
        """
        text = self.figures.whole(link.rule.text, link.rule.detail, self.period)
        if text is None:
            return None
        number = self.notes.cite(link.rule.cites, link.firings, self.period)
        sentence = Sentence(text, (number,), link.rule.id)
        if _FIGURE.search(text):
            return sentence
        causes = [c for c in link.rule.causes if _FIGURE.search(self.brief(c))]
        evidence = next((c for c in causes if c in self.findings), "")
        if not evidence or self.brief(evidence) in told:
            return sentence
        written = self.words["answer.with_evidence"].format(
            text=body(sentence), evidence=self.brief(evidence)
        )
        notes = dict.fromkeys((number, *self.note(evidence)))
        return Sentence(written + stop(sentence), tuple(notes), link.rule.id)

    # --- verdicts -------------------------------------------------------------------------------

    def state_on(self, area: str) -> State | None:
        """Return the state whose word is the verdict on an area."""
        return next((s for s in self.base.states.values() if s.verdict_on == area), None)

    def clause(self, verdict: Verdict) -> str:
        """Write a verdict as a clause without a full stop: ``Liquidity is threatened``."""
        if verdict.word.says is not None:
            return verdict.word.says.in_language(self.language)
        word = verdict.word.name.in_language(self.language)
        return self.say("clause", area=self.area_name(verdict.area), word=word)

    def reasons(self, verdict: Verdict, most: int = 2) -> tuple[str, tuple[int, ...]]:
        """Return the main reasons of a verdict in a few words, and their notes."""
        entries = [entry for entry in verdict.because if self.brief(entry)]
        clause = self.clause(verdict).casefold()  # "results are falling: results are falling"
        told = [text for text in self.briefs(entries) if text.casefold() != clause][:most]
        return self.listed(told), self.noted(e for e in entries if self.brief(e) in told)

    def judged(self, verdict: Verdict, *, start: str = "") -> Sentence:
        """Write a verdict with its main reasons; ``start`` is the phrase that it begins with."""
        clause = self.clause(verdict)
        said = self.say(start, clause=lowered(clause)) if start else clause
        because, notes = self.reasons(verdict)
        word = verdict.word.name.in_language(self.language)
        if because.casefold().startswith(word.casefold()) or because in clause:
            because = ""  # "the company is strong: strong in every respect" says it twice
        key = "because" if because else "alone"
        return Sentence(self.say(key, clause=said, because=because), notes, verdict.area)

    # --- steps ----------------------------------------------------------------------------------

    def steps(self, wanted: Iterable[Advice], most: int = 3) -> list[Step]:
        """Write at most so many steps."""
        found = []
        for advice in list(wanted)[:most]:
            row = self.plan.row(advice)
            step = advice.recommendation
            what = Sentence(row.what.text, row.what.notes, step.id)
            effect = row.moves if row.moves != NOTHING else ""
            found.append(Step(what, row.when, effect, row.first))
        return found

    def steps_for(self, entries: Iterable[str]) -> list[Advice]:
        """Return the steps that answer any of some findings, in order of rank."""
        wanted = set(entries)
        return [a for a in self.plan.steps if wanted.intersection(a.because)]
