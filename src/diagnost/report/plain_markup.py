"""HTML that only shows: a page laid out by a pack holds no scripts, and fetches nothing."""

import re
from html.parser import HTMLParser

_TAGS = frozenset(
    """
    html head meta title style body main header footer nav section article div span p h1 h2 h3 h4 h5
    h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td a abbr sup sub strong
    em b i u s small mark br hr blockquote q cite code pre details summary figure figcaption time
    svg circle line path polygon polyline rect text
    """.split()  # noqa: SIM905 - a list of so many words is read as such
)
_ATTRIBUTES = frozenset(
    """
    lang charset name content class id href tabindex title scope colspan rowspan span value start
    type data-label open datetime dir role aria-label http-equiv xmlns xml:lang viewbox width height
    cx cy d r x y x1 x2 y1 y2 points fill stroke stroke-dasharray stroke-width stroke-linejoin
    font-family font-size font-weight text-anchor
    """.split()  # noqa: SIM905 - likewise
)
_STYLE = re.compile(r"url|@import|@font-face|expression|image|src|behavior|binding|\\|<", re.I)


def foreign(text: str) -> str:
    """Name the first thing in a page that is more than something shown, '' if there is none."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found = ""
        self._style = False

    def _note(self, what: str) -> None:
        self.found = self.found or what[:80]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self._note(f"<{tag}>")
        for name, value in attrs:
            if name not in _ATTRIBUTES:
                self._note(f"the attribute '{name}'")
            elif name == "href" and not (value or "").startswith("#"):
                self._note("a link to another place")
            elif name == "http-equiv" and (value or "").lower() != "content-security-policy":
                self._note(f"the instruction '{value}' to the browser")
            elif "url" in (value or "").lower() and name in ("fill", "stroke"):
                self._note("a colour that fetches something")
        self._style = tag == "style"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if self._style and _STYLE.search(data):
            self._note("styles that fetch something")
        elif not self._style and "<" in data:
            self._note("a tag that is not closed")

    def handle_comment(self, data: str) -> None:
        self._note("a comment")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self._note(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self._note(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self._note(f"<?{data}>")
