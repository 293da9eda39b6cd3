"""The paragraphs that answer why: each cause is told once in a document, where it weighs first."""

from collections.abc import Iterable, Sequence

from diagnost.model.diagnosis import Cause
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import Area
from diagnost.report.document import Sentence
from diagnost.report.figures import Figures
from diagnost.report.notes import Notebook

_UNWELCOME = (Polarity.IMPOSSIBLE, Polarity.BAD, Polarity.WATCH)


class ToldCauses:
    """Tells the causes of one period area by area, and remembers where it has told them."""

    def __init__(
        self, figures: Figures, notes: Notebook, areas: Sequence[Area], period: str
    ) -> None:
        self.figures = figures
        self.notes = notes
        self.period = period
        self.names = {area.id: area.name.in_language(figures.language) for area in areas}
        diagnosis = figures.case.diagnosis
        self.findings = [f for f in diagnosis.findings if f.period == period]
        self.links = [
            cause
            for cause in diagnosis.causes
            if cause.period == period and not cause.rule.identity and not cause.gave_way_to
        ]
        self.told: dict[str, str] = {}  # cause rules, and the area under which each was told
        self.explained: dict[str, str] = {}  # findings given as causes, likewise
        self.kept: dict[str, str] = {}  # cause rules, and the area that they are kept for

    def why(self, area: Area, shown: Sequence[str]) -> tuple[Sentence, ...]:
        """Tell the causes of an area's bad news, a cause's own cause after it.

        ``shown`` are the findings of the area in the order of its paragraph. Where all of their
        causes have been told under other areas, one sentence refers to these.
        """
        sentences: list[Sentence] = []
        elsewhere: dict[str, None] = {}
        for link in self._links_of(area, shown):
            own = link.effect in shown
            kept_for = self.kept.get(link.rule.id, area.id)
            told = self.told.get(link.rule.id, "")
            if kept_for == area.id and not (own and link.rule.id in self.kept):
                told = told or self._explained_in(link)
            if not told and (own or kept_for == area.id):
                sentence = self._tell(link, area)
                sentences += [sentence] if sentence is not None else []
            elif told and told != area.id and own:
                elsewhere[told] = None
        if not sentences and elsewhere and self.figures.case.subject is None:
            sentences.append(self._see_above(elsewhere))
        return tuple(sentences)

    def plan(self, areas: Iterable[tuple[Area, Sequence[str]]]) -> None:
        """Keep causes for the areas that would be left without any by those before them.

        A cause is told where its chain first leads to it; of an area all of whose findings have
        been explained on the way to others the explanations are kept for its own paragraph.
        """
        told: set[str] = set()
        explained: set[str] = set()
        for area, shown in areas:
            fresh = False
            links = self._links_of(area, shown)
            for link in links:
                if link.rule.id not in told and not explained.issuperset(self._found(link)):
                    fresh = True
                    told.add(link.rule.id)
                    explained.update(self._found(link))
            if not fresh:
                self.kept |= {link.rule.id: area.id for link in links if link.effect in shown}

    def _links_of(self, area: Area, shown: Sequence[str]) -> list[Cause]:
        """Return what explains the bad news of an area, each link followed by its own causes."""
        unwelcome = {
            f.statement.id
            for f in self.findings
            if f.statement.area == area.id and f.statement.polarity in _UNWELCOME
        }
        rank = {entry: position for position, entry in enumerate(shown)}
        # The area's own causes first, each file as its author ordered it.
        links = sorted(
            self.links, key=lambda cause: (cause.rule.id.split(".")[1] != area.id, cause.rule.at)
        )
        found: list[Cause] = []
        reached = set(unwelcome)

        def explain(effect: str) -> None:
            for link in (c for c in links if c.effect == effect):
                found.append(link)
                if link.cause not in reached:
                    reached.add(link.cause)
                    explain(link.cause)

        for effect in sorted(unwelcome, key=lambda entry: (rank.get(entry, len(rank)), entry)):
            explain(effect)
        return found

    def _explained_in(self, link: Cause) -> str:
        """Return the area that has given all causes of a link already, '' if none has."""
        areas = [self.explained.get(cause, "") for cause in self._found(link)]
        return areas[0] if all(areas) else ""

    def _found(self, link: Cause) -> list[str]:
        """Return the causes of a link that were found, of alternatives perhaps but one."""
        found = {finding.statement.id for finding in self.findings}
        return [cause for cause in link.rule.causes if cause in found]

    def _see_above(self, areas: Iterable[str]) -> Sentence:
        words = self.figures.words
        quoted = (words["gaps.quoted"].format(name=self.names[area]) for area in areas)
        return Sentence(words["why_above"].format(areas=words["list.comma"].join(quoted)))

    def _tell(self, link: Cause, area: Area) -> Sentence | None:
        text = self.figures.whole(link.rule.text, link.rule.detail, self.period)
        if text is None:
            return None
        self.told[link.rule.id] = area.id
        for cause in self._found(link):
            self.explained.setdefault(cause, area.id)
        number = self.notes.cite(link.rule.cites, link.firings, self.period)
        return Sentence(text, (number,), link.rule.id)
