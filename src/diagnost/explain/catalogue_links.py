"""Trees of lines as nested lists of Markdown, with links from every id to where it stands."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from diagnost.explain.branch import Branch
from diagnost.model.text import LANGUAGES

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")
_CITED = re.compile(r"[A-Z]{1,3}\d+(?:\.\d+)?")
_ID = re.compile(r"[A-Za-z]\w*(?:\.\w+)+", re.ASCII)
_NAMED = re.compile(rf"\b(?:{_ID.pattern}|{_CITED.pattern})\b", re.ASCII)


class Links:
    """Writes Markdown; ``places`` gives the page and the anchor of every id.

    Lines under ``left_out`` labels are passed over.
    """

    def __init__(
        self, places: Mapping[str, tuple[str, str]], language: str, left_out: Collection[str] = ()
    ) -> None:
        self._places = places
        self._left_out = (frozenset(LANGUAGES) - {language}).union(left_out)
        self._own = language

    def plain(self, text: str) -> str:
        """Write text in which nothing is markup."""
        return _MARKUP.sub(r"\\\1", text)

    def linked(self, text: str) -> str:
        """Write an id as a link to where it stands; other text with links from what it cites."""
        if text in self._places:
            return self._link(text, text)
        pieces: list[str] = []
        end = 0
        for named in _NAMED.finditer(text):
            known = self._known(named[0])
            if known:
                pieces += (self.plain(text[end : named.start()]), self._link(named[0], known))
                end = named.end()
        return "".join((*pieces, self.plain(text[end:])))

    def _link(self, text: str, known: str) -> str:
        shown = text if _CITED.fullmatch(text) else f"`{text}`"
        page, anchor = self._places[known]
        return f"[{shown}]({page}.md#{anchor})"

    def nested(self, branches: Sequence[Branch], depth: int = 0) -> Iterator[str]:
        """Yield a list, without texts in other languages."""
        for branch in self._kept(branches):
            label = "" if branch.label in ("", *LANGUAGES) else f"**{self.plain(branch.label)}**"
            text = self.linked(branch.text) if branch.text else ""
            place = self._place(branch.place)
            line = " ".join(each for each in (label, text, place) if each)
            yield f"{'    ' * depth}- {line}"
            yield from self.nested(branch.children, depth + 1)

    def _kept(self, branches: Sequence[Branch]) -> Iterator[Branch]:
        """Yield what is to be told; of texts without the own language, the first that there is."""
        labels = [branch.label for branch in branches]
        lone = "" if self._own in labels else next((x for x in labels if x in LANGUAGES), "")
        for branch in branches:
            if branch.label not in self._left_out or branch.label == lone:
                yield branch

    def _place(self, place: str) -> str:
        """Write where something stands: a fact or an entry as a link, a line of a file as it is."""
        if not place:
            return ""
        return self.linked(place) if self._known(place) else f"`{place}`"

    def _known(self, text: str) -> str:
        """Return the id that a text is, or that of the entry that a fact is about; '' if none."""
        if text in self._places:
            return text
        if not _ID.fullmatch(text):
            return ""
        while "." in text:
            text = text.rpartition(".")[0]
            if text in self._places:
                return text
        return ""
