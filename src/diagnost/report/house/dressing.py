"""A document in the style of a house: its letterhead, its length, its sections."""

from datetime import date

from diagnost.model.located import At, DiagnostError, Problem
from diagnost.model.text import LANGUAGES
from diagnost.report.customs import long_date
from diagnost.report.document import Document, Letterhead
from diagnost.report.house.sections import OF_LENGTH, with_sections
from diagnost.report.house.style import Brand, Colours, HouseStyle, Said

_NOBODY = Brand(Said({"": ""}, At("")))
"""Who hands out a document that bears a date alone."""


def dressed(document: Document, style: HouseStyle) -> Document:
    """Return a document as a house hands it out; every writer begins with this.

    Raises DiagnostError: H113 a text of the brand is not there in the language of the document.
    """
    head = letterhead(style.brand, document.language, style.day)
    if style.length == "standard" and not style.sections:
        return document._replace(letterhead=head)
    return with_sections(document, chosen_sections(style))._replace(letterhead=head)


def chosen_sections(style: HouseStyle) -> tuple[str, ...]:
    """Return the sections that a document of a style has."""
    return style.sections or OF_LENGTH[style.length]


def letterhead(brand: Brand | None, language: str, day: date | None) -> Letterhead | None:
    """Return the letterhead in a language; None where there is nothing to tell."""
    told = long_date(day, language) if day is not None else ""
    if brand is None and not told:
        return None
    brand = brand or _NOBODY
    colours = brand.colours or Colours("", "", "")
    return Letterhead(
        name=_in(brand.name, language),
        logo=brand.logo.uri if brand.logo else "",
        picture=brand.logo.content if brand.logo else b"",
        author=_in(brand.author, language),
        date=told,
        contact=tuple(_in(line, language) for line in brand.contact),
        disclaimer=_in(brand.disclaimer, language),
        accent=colours.accent,
        accent_dark=colours.accent_dark,
        line=colours.line,
    )


def _in(said: Said | None, language: str) -> str:
    """Return a text of the brand in a language; never one of another language by itself."""
    if said is None:
        return ""
    found = said.by_language.get(language) or said.by_language.get("")
    if found is None:
        have = ", ".join(each for each in LANGUAGES if each in said.by_language)
        message = f"the text is missing in '{language}'; it stands there in {have}"
        hint = f"Add a line {language}: …, or write one text for all languages."
        raise DiagnostError([Problem("H113", message, said.at, hint)])
    return found
