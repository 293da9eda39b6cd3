"""Case → Document: selects, orders and joins what the knowledge base says, worst first."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import WHOLE, Area
from diagnost.model.rule import StateWord, Weight
from diagnost.model.side import Side
from diagnost.pipeline import Case
from diagnost.reason.gaps import wanting
from diagnost.reason.verdicts import by_gravity
from diagnost.report.about import about_lines
from diagnost.report.action_plan import PlanWriter
from diagnost.report.answers_profile import answers_profiles
from diagnost.report.appendix import amount_rows, reading_rows
from diagnost.report.briefs import briefs
from diagnost.report.compared import comparison
from diagnost.report.development import development_lines
from diagnost.report.document import (
    AdviceRow,
    AreaSection,
    Document,
    ReadingRow,
    Sentence,
    VerdictRow,
    Word,
)
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered
from diagnost.report.gap_sentences import enumerated, gap_sentences
from diagnost.report.method_lines import method_lines
from diagnost.report.movements import movement_rows
from diagnost.report.notes import Notebook
from diagnost.report.opening import MOST_SENTENCES, opening
from diagnost.report.remarks import data_sentences
from diagnost.report.sensitivity import convention_lines, near_limit_lines
from diagnost.report.told_causes import ToldCauses
from diagnost.report.words import words_of

FEW_AREAS = 2
"""Of so many areas that only a closing line names, the opening tells the judgements too."""

_ALARMS = (Polarity.IMPOSSIBLE, Polarity.BAD)
_GRAVE = (Weight.CRITICAL, Weight.SERIOUS)


def write(case: Case, language: str, period: str, root: Path, steps: int | None = None) -> Document:
    """Write the diagnosis of one period; earlier periods show in tables and tendencies.

    ``root`` is the folder that holds ``templates/``, ``steps`` the most rows of the plan, where
    not as many as the knowledge base has it.
    """
    most = case.base.action_plan.lines if steps is None else steps
    return Writer(case, language, period, root).document(most)


class Writer:
    """Writes about one case in one language: the whole, or one of the people in it."""

    def __init__(self, case: Case, language: str, period: str, root: Path) -> None:
        self.case = case
        self.language = language
        self.period = period
        self.words = words_of(language, root)
        self.figures = Figures(case, language, self.words)
        self.notes = Notebook(self.figures)
        self.plan = PlanWriter(case, self.figures, self.notes, period)
        ids = [p.id for p in case.accounts.periods]
        self.periods = tuple(ids[: ids.index(period) + 1])
        self.areas = case.base.areas_for(case.viewpoint)
        self.verdicts = {v.area: v for v in case.diagnosis.verdicts if v.period == period}
        self.findings = [f for f in case.diagnosis.findings if f.period == period]
        self.spoken = [f for f in self.findings if not f.gave_way_to]
        self.causes = ToldCauses(self.figures, self.notes, self.areas, period)
        self.opened: frozenset[str] = frozenset()  # statements that the opening tells

    def document(self, steps: int) -> Document:
        """Write the whole document, with at most so many numbered steps."""
        company = self.case.accounts.company
        summary = self._summary()
        ordered = self._areas()
        self.causes.plan((a, [f.statement.id for f in self._in_order(a, "body")]) for a in ordered)
        areas = tuple(s for area in ordered if (s := self._area(area)) is not None)
        compared = comparison(self.case, self.figures, self.notes, self.periods)
        movements = movement_rows(self.case, self.figures, self.notes, self.period)
        advice = self.plan.rows(steps)
        data = data_sentences(self.case, self.figures, self.notes, self.period)
        return Document(
            language=self.language,
            company=company.name or self.words["the_company"],
            subtitle=self._subtitle(),
            reader=self._reader(),
            period=self.period,
            periods=self.periods,
            summary=summary,
            verdicts=self._verdicts(),
            areas=areas,
            compared=compared,
            advice=advice,
            later=self.plan.later(steps),
            development=development_lines(self.case, self.figures, self.periods),
            since=self.figures.period(self.periods[0]),
            movements=movements,
            profiles=answers_profiles(self.case, self.figures),
            readings=reading_rows(self.case, self.figures, self.notes, self.periods),
            gaps=gap_sentences(self.case, self.figures, self.period),
            data=data,
            near_limits=near_limit_lines(self.case, self.figures, self.period),
            conventions=convention_lines(self.case, self.figures, self.period),
            method=method_lines(self.case, self.figures) if self.case.accounts_looked_at else (),
            about=about_lines(self.case, self.words, self.language),
            amounts=amount_rows(self.case, self.figures, self.notes, self.periods),
            notes=self.notes.texts(),
            figures=self.notes.figure_texts(),
            sources=self.notes.sources(),
            words=self.words,
        )

    # --- of one person --------------------------------------------------------------------------

    def about_subject(self) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
        """Return what is to be said about the person, area by area, with the causes.

        First the paragraph, then what is told as a list.
        """
        found: list[Sentence] = []
        listed: list[Sentence] = []
        for area in self._areas():
            section = self._area(area)
            if section is not None:
                found += (*section.sentences, *section.why)
                listed += section.listed
        return tuple(found), tuple(listed)

    def advice_rows(self) -> tuple[AdviceRow, ...]:
        """Return the recommendations in order of rank."""
        return self.plan.rows()

    def reading_rows(self) -> tuple[ReadingRow, ...]:
        """Return the indicators that have a reading."""
        last = self.case.accounts.periods[-1].id
        periods = (last,) if self.period == last else ()
        return reading_rows(self.case, self.figures, self.notes, periods)

    def gaps(self) -> tuple[str, ...]:
        """Return what could not be judged."""
        return gap_sentences(self.case, self.figures, self.period)

    def subtitle(self) -> str:
        """Return the line under the name: the periods and the currency."""
        return self._subtitle()

    def _subtitle(self) -> str:
        accounts = self.case.accounts
        parts = []
        activity = self.words.get(f"activity.{accounts.company.activity}")
        if activity:
            parts.append(activity)
        first, last = self.periods[0], self.periods[-1]
        dash = " – " if "-" in first + last else "–"
        parts.append(first if first == last else f"{first}{dash}{last}")
        if accounts.currency:
            parts.append(self.figures.unit(accounts.unit))
        numbers = {"tax_id": accounts.company.tax_id, "registry_id": accounts.company.registry_id}
        country = accounts.company.country
        for kind, number in numbers.items():
            if number:  # by the name that the country has for it, if it is known
                name = self.words.get(f"{kind}.{country}") or self.words[f"{kind}.other"]
                parts.append(f"{name} {number}")
        return " · ".join(parts)

    def _reader(self) -> str:
        """Say for whom the document is written, and of a side alone whom its advice addresses."""
        viewpoints = {v.id: v.opening for v in self.case.base.viewpoints}
        told = [viewpoints[self.case.viewpoint]]
        if len(self.case.sides) == 1:
            told += [s.addressee for s in self._sides() if s.addressee is not None]
        return self.words["list.space"].join(text.in_language(self.language) for text in told)

    def _sides(self) -> list[Side]:
        sides = self.case.base.catalogue.sides
        return [side for name, side in sides.items() if name in self.case.sides]

    # --- summary and verdicts -----------------------------------------------------------------

    def _summary(self) -> tuple[Sentence, ...]:
        names = {area.id: area.name.in_language(self.language) for area in self.areas}
        wanted = self._wanted()
        most = MOST_SENTENCES - bool(wanted)
        told = opening(self.findings, self.verdicts, list(names), most)
        self.opened = frozenset(f.statement.id for f in told.findings)
        sentences = self._with_suspicions(
            [s for f in told.findings if (s := self._sentence(f)) is not None]
        )
        if told.unnamed:
            sentences.append(Sentence(self._also_bad(told.unnamed, names)))
        if not sentences:
            sentences = self._fallback_summary()
        if wanted:
            sentences.append(Sentence(self.words["overall_needs"].format(needs=wanted)))
        first = self.plan.first_briefs(2)
        if len(first) > 1:
            steps = self.words["first_steps.two"].format(first=first[0], second=first[1])
            sentences.append(Sentence(steps))
        elif first:
            sentences.append(Sentence(self.words["first_steps.one"].format(first=first[0])))
        return tuple(sentences)

    def _with_suspicions(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Say which figure is most likely wrong, once, after the sentence that tells of it."""
        if not self.case.suspicions:
            return list(sentences)
        from diagnost.report.suspicions import suspicion_text

        told: list[Sentence] = []
        left = list(self.case.suspicions)
        for sentence in sentences:
            told.append(sentence)
            for suspicion in left:
                if (sentence.entry, self.period) in suspicion.checks:
                    text = suspicion_text(suspicion, self.figures, self.period, brief=True)
                    told.append(Sentence(text))
                    left.remove(suspicion)
                    break
        return told

    def _also_bad(self, areas: Sequence[str], names: Mapping[str, str]) -> str:
        """Name the areas judged bad that no sentence of the opening tells of.

        Of many only the names: their words stand in the table that follows.
        """
        if len(areas) > FEW_AREAS:
            listed = self.words["list.semicolon"].join(lowered(names[area]) for area in areas)
            return self.words["also_bad.many"].format(list=listed)
        judged = (
            self.words["also_bad.area"].format(
                area=lowered(names[area]),
                word=self.verdicts[area].word.name.in_language(self.language),
            )
            for area in areas
        )
        return self.words["also_bad.line"].format(list=self.words["list.semicolon"].join(judged))

    def _fallback_summary(self) -> list[Sentence]:
        """Give the verdicts in words where no summary statement speaks."""
        names = {area.id: area.name.in_language(self.language) for area in self.areas}
        found = [
            Sentence(
                self.words["summary_fallback"].format(
                    area=names[v.area], word=v.word.name.in_language(self.language)
                )
            )
            for v in self.verdicts.values()
            if v.area in names and v.area != WHOLE
        ]
        return found or [Sentence(self.words["nothing_found"])]

    def _verdicts(self) -> tuple[VerdictRow, ...]:
        by_place = {(v.area, v.period): v for v in self.case.diagnosis.verdicts}
        rows = []
        for area in self._areas():
            found = [by_place.get((area.id, period)) for period in self.periods]
            told = [f for f in self.spoken if f.statement.area == area.id]
            if not any(found) and (area.id == self.case.viewpoint or not told):
                continue
            words = tuple(
                self._word(v.word) if v else self._unjudged(area, period)
                for v, period in zip(found, self.periods, strict=True)
            )
            last = found[-1]
            reasons = last.because if last else [f.statement.id for f in by_gravity(told)]
            because = self.words["list.semicolon"].join(self._briefs(reasons)[:2])
            rows.append(
                VerdictRow(
                    id=area.id,
                    area=area.name.in_language(self.language),
                    words=words,
                    because=self._with_but(because, last) or self._lacking(area) or "–",
                )
            )
        return tuple(rows)

    def _unjudged(self, area: Area, period: str) -> Word:
        """Return what stands for a judgement: a dash where there could be none in the period."""
        base = self.case.base
        sides = {
            base.catalogue.side_of(s.id) for s in base.states.values() if s.verdict_on == area.id
        }
        recorded = sides and base.catalogue.accounts_side not in sides
        if recorded and period != self.case.accounts.periods[-1].id:
            return Word("–", "")  # records are read for the last period only
        return Word(self.words["not_judged"], "info")

    def _with_but(self, because: str, verdict: Verdict | None) -> str:
        """Add to the reasons of a verdict the gravest finding that sounds worse."""
        against = self._briefs(verdict.but)[:1] if verdict else []
        if not against:
            return because
        key = "verdict_but.after" if because else "verdict_but.alone"
        return self.words[key].format(because=because, but=against[0])

    def _lacking(self, area: Area) -> str:
        """Say what the judgement of the whole would need, where it is not given."""
        wanted = self._wanted() if area.id == WHOLE else ""
        return self.words["verdict_needs"].format(needs=wanted) if wanted else ""

    def _wanted(self) -> str:
        if not self.case.accounts_looked_at:
            return ""
        needs = wanting(self.case.base, self.case.runs[self.period], WHOLE)
        return enumerated(needs, self.figures)

    def _briefs(self, entries: Sequence[str], period: str = "") -> list[str]:
        return briefs(self.case.base, self.figures, entries, period or self.period)

    def _areas(self) -> list[Area]:
        """Return the areas in their order, one with a leading finding before all others.

        The judgement of the whole and the paragraph for this reader stay in front of it.
        """
        leading = {f.statement.area for f in self.spoken if f.statement.leads}
        front = (WHOLE, self.case.viewpoint)
        return sorted(self.areas, key=lambda area: (area.id not in front, area.id not in leading))

    # --- areas --------------------------------------------------------------------------------

    def _area(self, area: Area) -> AreaSection | None:
        findings = self._in_order(area, "body")
        sentences = self._told(findings)
        # Told, and its notes numbered, before the list that follows it on the page.
        why = self.causes.why(area, [f.statement.id for f in findings]) if sentences else ()
        listed = self._told(self._in_order(area, "list"))
        if not sentences and not listed:
            return None
        judged = self.verdicts.get(area.id)
        verdict = judged.word if judged else None
        asked = verdict.why.in_language(self.language) if verdict and verdict.why else ""
        return AreaSection(
            id=area.id,
            name=area.name.in_language(self.language),
            verdict=self._word(verdict) if verdict else None,
            sentences=sentences,
            why=why,
            question=asked or self.words["heading.why"],
            listed=listed,
        )

    def _told(self, findings: Sequence[Finding]) -> tuple[Sentence, ...]:
        sentences = (self._sentence(finding) for finding in findings)
        return tuple(sentence for sentence in sentences if sentence is not None)

    def _word(self, word: StateWord) -> Word:
        return Word(word.name.in_language(self.language), word.polarity.value)

    def _in_order(self, area: Area, place: str) -> list[Finding]:
        """Order the findings of an area: topics with alarms first, then as the area lists them.

        Within a topic what alarms comes first, the gravest before the rest, unless its sentences
        follow one another as they are written.
        """
        groups: dict[str, list[Finding]] = {}
        for finding in self.spoken:
            statement = finding.statement
            if statement.area == area.id and statement.place == place:
                groups.setdefault(_topic(statement.id), []).append(finding)
        listed = {topic: rank for rank, topic in enumerate(area.topics)}
        ordered = sorted(
            groups.items(),
            key=lambda group: (
                not any(f.statement.polarity in _ALARMS for f in group[1]),
                listed.get(group[0], len(listed)),
                group[0],
            ),
        )
        return [
            f
            for topic, group in ordered
            for f in sorted(group, key=lambda f: (self._turn(f, topic), f.statement.at))
        ]

    def _turn(self, finding: Finding, topic: str) -> int:
        """Return a finding’s turn within its topic: critical alarms, serious ones, the rest."""
        statement = finding.statement
        if topic in self.case.base.sequences or statement.polarity not in _ALARMS:
            return len(_GRAVE)
        weight = statement.weight
        return _GRAVE.index(weight) if weight in _GRAVE else len(_GRAVE)

    def _sentence(self, finding: Finding) -> Sentence | None:
        statement, retold = finding.statement, finding.statement.retold
        text = self.figures.whole(statement.text, statement.detail, self.period)
        if retold is not None and self.opened.intersection(retold.after):
            if retold.text is None:
                return None
            # Where a figure of the other wording is not known, the statement speaks as it is.
            text = self.figures.whole(retold.text, retold.detail, self.period) or text
        if text is None:
            return None
        doubt = self.figures.sentence(finding.statement.doubt, self.period)
        number = self.notes.cite(finding.statement.cites, finding.firings, self.period, doubt)
        return Sentence(text, (number,), finding.statement.id)

    # --- development --------------------------------------------------------------------------


def _topic(entry: str) -> str:
    return entry.rpartition(".")[0]
