"""Document → text, Markdown, HTML through the templates."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from diagnost.knowledge.in_use import packs_in_use
from diagnost.report.chart import Chart
from diagnost.report.contents import contents_of
from diagnost.report.document import Document, Sheet, body, marked, note_mark, stop
from diagnost.report.environment import filled
from diagnost.report.formats import raised
from diagnost.report.house.style import PLAIN, HouseStyle
from diagnost.report.layout import columns, wrapped
from diagnost.report.typography import typeset

if TYPE_CHECKING:  # pages that a diagnosis does not have
    from diagnost.report.goal import GoalPage
    from diagnost.report.missing import MissingPage
    from diagnost.report.moved_by import ComparePage
    from diagnost.report.sensitivity import SensitivityPage
    from diagnost.report.what_if import WhatIfPage

TEMPLATES = {
    "text": "diagnosis.txt.j2",
    "md": "diagnosis.md.j2",
    "html": "diagnosis.html.j2",
    "indicators": "indicators.txt.j2",
}
SHEETS = {"text": "sheet.txt.j2", "md": "sheet.md.j2", "html": "sheet.html.j2"}
ANSWERS = {"text": "answer.txt.j2", "md": "answer.md.j2", "html": "answer.html.j2"}


class Page(Protocol):
    """What any page is written in; all else of it is for its template."""

    @property
    def language(self) -> str:
        """Return the language that it is written in."""

    @property
    def words(self) -> dict[str, str]:
        """Return the phrases of that language."""


def render(
    document: Document, form: str, root: Path, *, width: int = 88, style: HouseStyle = PLAIN
) -> str:
    """Lay a document out: ``text`` (for terminals of ``width`` columns), ``md`` or ``html``.

    ``indicators`` gives only its table of indicators, as text.
    """
    page = typeset(document, document.language) if form == "html" else document
    return _rendered(TEMPLATES[form], page, form, root, width, style, d=page)


def render_sheets(
    sheets: Sequence[Sheet], form: str, root: Path, *, width: int = 88, style: HouseStyle = PLAIN
) -> str:
    """Lay out sheets about single people, each on a page of its own; there is at least one."""
    if form == "html":
        sheets = [typeset(sheet, sheet.language) for sheet in sheets]
    return _rendered(SHEETS[form], sheets[0], form, root, width, style, sheets=sheets)


def render_goal(page: "GoalPage", root: Path, *, width: int = 88) -> str:
    """Lay out what would have to change for a goal to be reached."""
    return _rendered("goal.txt.j2", page, "text", root, width, d=page)


def render_sensitivity(page: "SensitivityPage", root: Path, *, width: int = 88) -> str:
    """Lay out how firm a diagnosis is."""
    return _rendered("sensitivity.txt.j2", page, "text", root, width, d=page)


def render_missing(page: "MissingPage", root: Path, *, width: int = 88) -> str:
    """Lay out which missing figures are worth asking for."""
    return _rendered("missing.txt.j2", page, "text", root, width, d=page)


def render_compare(page: "ComparePage", root: Path, *, width: int = 88) -> str:
    """Return what moved each difference of two cases as text."""
    return _rendered("compare.txt.j2", page, "text", root, width, d=page)


def render_what_if(page: "WhatIfPage", root: Path, *, width: int = 88) -> str:
    """Lay out what would be if some figures were others."""
    return _rendered("what_if.txt.j2", page, "text", root, width, d=page)


def render_answer(page: Page, form: str, root: Path, *, width: int = 88) -> str:
    """Lay out the answer to a question."""
    return _rendered(ANSWERS[form], page, form, root, width, d=page)


def _rendered(
    name: str,
    page: Page,
    form: str,
    root: Path,
    width: int,
    style: HouseStyle = PLAIN,
    **values: object,
) -> str:
    """Fill a template; ``page`` has the words and the language of all that it shows."""
    filters: dict[str, Callable[..., Any]] = {
        "wrapped": lambda text, indent=0: wrapped(text, width, indent),
        "columns": lambda rows, right=(): columns(rows, width, right),
        "cell": _cell,
        "drawing": _drawing,
        "body": body,
        "stop": stop,
        "raised": raised,
    }
    values |= {
        "w": page.words,
        "marked": lambda sentence: marked(sentence, page.language),
        "marked_number": lambda number: note_mark(number, page.language),
        "paragraph": getattr(page, "join", None),
        "contents": contents_of(page) if isinstance(page, Document) else (),
        "brief": getattr(page, "one_page", False),
        "charts_of": getattr(page, "charts_of", None),
        "charts_of_people": getattr(page, "charts_of_people", None),
        "width": width,
    }
    html = form == "html"
    by_packs = bool(packs_in_use()) and not style.templates  # a house goes before packs
    text = _by_packs(name, root, html, filters, values) if by_packs else None
    if text is None:
        text = filled(name, root, style.templates, html=html, filters=filters, values=values)
    return text.rstrip() + "\n"


def _drawing(chart: object) -> str:
    """Return the drawing of a chart, which alone goes into a page as it is."""
    from markupsafe import Markup  # with Jinja, where a page is laid out anyway

    return Markup(chart.svg) if isinstance(chart, Chart) else ""


def _by_packs(
    name: str,
    root: Path,
    html: bool,
    filters: dict[str, Callable[..., Any]],
    values: dict[str, object],
) -> str | None:
    """Fill a template where packs have some: all of them in the sandbox."""
    from diagnost.knowledge.pack_layouts import layouts_of

    if not any(map(layouts_of, packs_in_use())):
        return None
    from diagnost.report.pack_templates import PackTemplates

    templates = PackTemplates(packs_in_use(), root, html=html)
    for key, function in filters.items():
        templates.add_filter(key, function)
    return templates.fill(name, values)


def _cell(text: str) -> str:
    """Escape what would break a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
