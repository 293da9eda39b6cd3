"""Document → text, Markdown, HTML through the templates. The only door to Jinja."""

from pathlib import Path

import jinja2

from diagnost.knowledge.cache import trusted_folder
from diagnost.report.document import Document, body, marked, note_mark, stop
from diagnost.report.layout import columns, wrapped

TEMPLATES = {
    "text": "diagnosis.txt.j2",
    "md": "diagnosis.md.j2",
    "html": "diagnosis.html.j2",
    "indicators": "indicators.txt.j2",
}


def render(document: Document, form: str, root: Path, *, width: int = 88) -> str:
    """Lay a document out: ``text`` (for terminals of ``width`` columns), ``md`` or ``html``.

    ``indicators`` gives only its table of indicators, as text.
    """
    environment = _environment(root, html=form == "html")
    environment.filters["wrapped"] = lambda text, indent=0: wrapped(text, width, indent)
    environment.filters["columns"] = lambda rows, right=(): columns(rows, width, right)
    template = environment.get_template(TEMPLATES[form])
    text = template.render(
        d=document,
        w=document.words,
        marked=lambda sentence: marked(sentence, document.language),
        marked_number=lambda number: note_mark(number, document.language),
        paragraph=document.join,
        width=width,
    )
    return text.rstrip() + "\n"


def _environment(root: Path, *, html: bool) -> jinja2.Environment:
    kept = trusted_folder()  # compiled templates are kept between runs
    environment = jinja2.Environment(
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(kept), "template-%s") if kept else None,
        loader=jinja2.FileSystemLoader(root / "templates"),
        autoescape=html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = _cell
    environment.filters["body"] = body
    environment.filters["stop"] = stop
    return environment


def _cell(text: str) -> str:
    """Escape what would break a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
