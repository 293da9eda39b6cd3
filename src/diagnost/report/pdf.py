"""A page in HTML → PDF by WeasyPrint, which need not be installed."""

import logging
import re
from collections.abc import Iterator


class PdfError(Exception):
    """No PDF can be made on this machine; the message says what is lacking and what to do."""


_SIZES = (8.5, 8, 7.5)
"""Points of the letters of a page that is to hold everything, if its own are too large."""
_DRAWING = re.compile(r"""<svg [^>]*aria-label=(?P<mark>["'])(?P<told>.*?)(?P=mark)[^>]*>""")
_OTHERWISE = "or write .html and print it to PDF from a browser"


class _MissingSigns(logging.Handler):
    """Collects the characters that no font has, which WeasyPrint only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.signs: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Note the character that a warning is about, if it is about one."""
        match record.args:
            case (str(sign), int()):
                self.signs[sign] = None


def as_pdf(html: str, *, one_page: bool = False) -> bytes:
    """Return a page as a tagged PDF; nothing is fetched from anywhere.

    With ``one_page`` letters get smaller, within what can be read, until all is on one page.

    Raises PdfError where WeasyPrint or its libraries are not installed, and where characters of the
    page are in no font of this machine.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError as error:
        message = f"a PDF needs WeasyPrint: pip install 'diagnost[pdf]', {_OTHERWISE}"
        raise PdfError(message) from error
    except OSError as error:  # WeasyPrint is there, the libraries that it calls are not
        message = (
            "WeasyPrint does not find Pango on this machine: install it (Debian and Ubuntu: apt "
            "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install "
            f"pango; Windows: MSYS2, mingw-w64-x86_64-pango), {_OTHERWISE}"
        )
        raise PdfError(message) from error
    missing = _MissingSigns()
    log = logging.getLogger("weasyprint")
    log.addHandler(missing)
    try:
        fetcher = URLFetcher(allowed_protocols=("data",))
        for text in _smaller_and_smaller(_described(html)) if one_page else [_described(html)]:
            laid_out = HTML(string=text, url_fetcher=fetcher).render(pdf_tags=True)
            if len(laid_out.pages) == 1:
                break
        made: bytes = laid_out.write_pdf(pdf_tags=True)
    finally:
        log.removeHandler(missing)
    if missing.signs:
        raise PdfError(_without_font(tuple(missing.signs)))
    return made


def _described(html: str) -> str:
    """Give every drawing its description as a title, where WeasyPrint looks for it."""
    return _DRAWING.sub(r"\g<0><title>\g<told></title>", html)


def _smaller_and_smaller(html: str) -> Iterator[str]:
    yield html
    for size in _SIZES:
        yield html.replace(
            "</head>", f"<style>body {{ font-size: {size}pt !important }}</style></head>", 1
        )


def _without_font(signs: tuple[str, ...]) -> str:
    shown = " ".join(signs[:8]) + (" …" if len(signs) > 8 else "")
    return (
        f"no font on this machine has these characters: {shown}; install one that has them "
        "(Chinese: Noto Sans CJK SC, on Debian and Ubuntu apt install fonts-noto-cjk), "
        f"{_OTHERWISE}"
    )
