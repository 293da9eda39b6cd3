"""The diagnosis as a page: nothing from outside, a derivation behind the figures; and as a PDF."""

import builtins
import io
import re
from html import unescape
from typing import Any

import pytest

from diagnost.app.diagnosis import Request, delivered
from diagnost.app.errors import UsageError
from diagnost.knowledge.base import content_root
from diagnost.report.narrative import write
from diagnost.report.pdf import PdfError, as_pdf
from tests.shipped import LANGUAGES, ROOT, document
from tests.test_cli import fresh

FIRM, TEAM, BOTH = "negative-equity.yaml", "sales/strict-hand.yaml", "mixed/ebike-distributor.yaml"
SHORT = "partial-ratios.yaml"


@pytest.mark.parametrize("example", [FIRM, TEAM, BOTH])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_needs_nothing_from_outside(example: str, language: str) -> None:
    page = document(example, language, "html")
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", page)
    assert not re.findall(r"@import|url\(", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_behind_each_part_stand_the_figures_that_it_cites(language: str) -> None:
    page = document(FIRM, language, "html")
    parts = re.findall(r'<section class="(?:area|summary)".*?</section>', page, re.DOTALL)
    assert len(parts) > 3
    for part in parts:
        text, _, grounds = part.partition('<details class="grounds">')
        cited = list(dict.fromkeys(re.findall(r'href="#note-(\d+)"', text)))
        assert re.findall(r'<li value="(\d+)"', grounds) == cited


def test_a_figure_of_a_part_is_derived_down_to_its_cells() -> None:
    page = document(FIRM, "en", "html")
    grounds = re.findall(r'<details class="grounds">(.*?)</details>', page, re.DOTALL)
    derived = [unescape(f) for part in grounds for f in re.findall("<span>(.*?)</span>", part)]
    assert any(re.search(r" = .+ [/−+] .+ = .+ Where: negative-equity\.yaml", f) for f in derived)


def test_links_of_a_page_have_targets() -> None:
    page = document(BOTH, "en", "html")
    targets = re.findall(r'id="([^"]+)"', page)
    assert len(set(targets)) == len(targets)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(targets)


@pytest.mark.parametrize("example", [FIRM, TEAM, BOTH])
def test_the_contents_list_the_headings_where_they_stand(example: str) -> None:
    page = document(example, "pl", "html")
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page)
    heads = re.findall(r'<section[^>]* id="([^"]+)">\s*<h2>(.*?)</h2>', page)
    found = [(anchor, re.sub(r" <span.*", "", head)) for anchor, head in heads]
    assert [anchor for anchor, _ in listed] == [anchor for anchor, _ in found]
    assert all(line.startswith(head) for (_, line), (_, head) in zip(listed, found, strict=True))


# --- PDF ------------------------------------------------------------------------------------------


def pdf_text(content: bytes) -> str:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def test_a_pdf_says_what_the_page_says() -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    request = Request(file=ROOT / "examples" / SHORT, form="pdf", language="pl", engine="builtin")
    content, case = delivered(request)
    assert content.startswith(b"%PDF-")
    told = write(case, "pl", case.accounts.periods[-1].id, content_root())
    text = pdf_text(content)
    sentences = [s.text for s in told.summary] + [s.text for a in told.areas for s in a.sentences]
    for said in (told.company, told.subtitle, *sentences):
        assert re.sub(r"\s", "", said).rstrip(".") in text


def test_the_same_page_gives_the_same_pdf_and_nothing_is_fetched(tmp_path: Any) -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    secret = tmp_path / "secret.css"
    secret.write_text("p { content: 'taken' }", encoding="utf-8")
    page = (
        f'<link rel="stylesheet" href="{secret.as_uri()}"><title>T</title><p>Shown</p>'
        f'<img src="{secret.as_uri()}" alt="not fetched">'
    )
    made = as_pdf(page)
    assert made == as_pdf(page)
    assert "taken" not in pdf_text(made)
    assert "Shown" in pdf_text(made)


def test_letters_get_smaller_for_one_page_and_drawings_are_described() -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    drawing = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="A &amp; B"><text>x</text></svg>'
    page = f'<html lang="en"><head><title>T</title></head><body>{drawing}{"<p>Line</p>" * 36}'
    sizes = []
    for one_page in (False, True):
        reader = PdfReader(io.BytesIO(as_pdf(page, one_page=one_page)))
        sizes.append(len(reader.pages))
        numbers = range(1, len(reader.xref_objStm) + 9)
        objects = [reader.get_object(number) for number in numbers]
        assert "A & B" in [o.get("/Alt") for o in objects if isinstance(o, DictionaryObject)]
    assert sizes == [2, 1]


def test_characters_without_a_font_are_told() -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    with pytest.raises(PdfError, match=r"no font on this machine has these characters: \U0010fffd"):
        as_pdf("<p>\U0010fffd</p>")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ImportError("No module named 'weasyprint'"), r"pip install 'diagnost\[pdf\]'"),
        (OSError("cannot load library 'libpango-1.0-0'"), "install libpango"),
    ],
)
def test_without_its_library_a_pdf_is_refused_with_a_way_out(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def failing(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("weasyprint"):
            raise error
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", failing)
    request = Request(file=ROOT / "examples" / SHORT, form="pdf", engine="builtin")
    with pytest.raises(UsageError, match=said):
        delivered(request)


def test_a_pdf_is_not_shown_in_a_terminal() -> None:
    ended = fresh("diagnose", str(ROOT / "examples" / SHORT), "--format", "pdf")
    assert ended.returncode == 2
    assert b"name a file with -o" in ended.stderr
