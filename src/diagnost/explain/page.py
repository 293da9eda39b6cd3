"""What every page about an entry of the knowledge base is made of."""

from collections.abc import Callable, Iterable, Iterator

from diagnost.explain.branch import Branch
from diagnost.explain.names import Names
from diagnost.explain.tree import BandTree
from diagnost.model.indicator import Citation, Indicator, Norm
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.model.rule import FactKey, Word
from diagnost.model.text import LANGUAGES, Text, slots_of

Sample = Callable[[str, str], str]
"""Puts sample values into the slots of a text of a language."""


class Page:
    """Writes the parts of a page in the language of a pen."""

    def __init__(self, base: KnowledgeBase, names: Names, sample: Sample | None = None) -> None:
        self.base = base
        self.sample = sample
        self.names = names
        self.say = names.say
        self.language = names.pen.language

    def root(self, kind: str, text: str, at: At | None, children: Iterable[Branch]) -> Branch:
        """Write the first line of a page."""
        return Branch(
            label=self.say(f"kind.{kind}"),
            text=text,
            place=str(at) if at else "",
            children=tuple(children),
        )

    def leaf(self, label: str, text: str, place: object = "") -> Branch:
        """Write one particular."""
        return Branch(label=self.say(f"label.{label}"), text=text, place=str(place))

    def group(self, label: str, children: Iterable[Branch]) -> Iterator[Branch]:
        """Yield a branch with these children, if there are any."""
        inner = tuple(children)
        if inner:
            yield Branch(label=self.say(f"label.{label}"), children=inner)

    def ids(self, label: str, ids: Iterable[str]) -> Iterator[Branch]:
        """Yield a branch that lists entries, if there are any."""
        lines = (Branch(text=id_) for id_ in dict.fromkeys(ids))
        yield from self.group(label, lines)

    def texts(self, label: str, text: Text | None) -> Iterator[Branch]:
        """Yield a text in every language, if there is one."""
        if text is not None:
            written = (
                Branch(label=language, text=told, children=self._sampled(language, told))
                for language in LANGUAGES
                if (told := text.by_language.get(language))
            )
            yield from self.group(label, written)

    def _sampled(self, language: str, template: str) -> tuple[Branch, ...]:
        """Return a text with sample values below it, if it has slots."""
        if self.sample is None or not slots_of(template):
            return ()
        return (self.leaf("sample", self.sample(language, template)),)

    def cites(self, cites: Citation) -> Iterator[Branch]:
        """Yield what an entry rests on, if it says so."""
        text = self.names.source(cites)
        if text:
            yield self.leaf("source", text)

    def asking(self, keys: Iterable[FactKey]) -> Iterator[str]:
        """Yield the entries whose condition asks for one of these facts."""
        asked_by = self.base.asked_by
        yield from sorted({rule.id for key in keys for rule in asked_by.get(key, ())})

    def area_name(self, area_id: str) -> str:
        """Name an area."""
        for area in self.base.areas:
            if area.id == area_id:
                return area.name.in_language(self.language)
        return area_id

    def band(self, key: FactKey, word: Word) -> BandTree | None:
        """Return the band that the word of a fact stands for, if it stands for one."""
        head, _, tail = key.rpartition(".")
        indicators = self.base.catalogue.indicators
        indicator = indicators.get(key) or indicators.get(head)
        wanted = "general" if key in indicators or tail == "previous" else tail
        for norm in indicator.norms if indicator else ():
            if norm.id == wanted and indicator is not None:
                return next((b for b in bands_of(indicator, norm) if b.band.id == word), None)
        return None


def bands_of(indicator: Indicator, norm: Norm) -> Iterator[BandTree]:
    """Yield the bands of a norm, each with the one below it."""
    before = None
    for band in norm.bands:
        yield BandTree(indicator=indicator, norm=norm, band=band, before=before)
        before = band
