"""The style in which a firm hands out its documents: all that writers read of it."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from diagnost.model.located import At

LENGTHS = ("brief", "standard", "full")
"""One page for the manager; the whole document; with every derivation, for a bank or a file."""


class Logo(NamedTuple):
    """A picture that was checked; ``kind`` is png, jpeg or svg+xml, the size is in pixels."""

    kind: str
    content: bytes
    width: float
    height: float

    @property
    def uri(self) -> str:
        """Return the picture as an address that holds it."""
        return f"data:image/{self.kind};base64,{b64encode(self.content).decode()}"


class Said(NamedTuple):
    """A text of a brand by language; one under '' is the same in all."""

    by_language: Mapping[str, str]
    at: At


class Colours(NamedTuple):
    """Colours as ``#rrggbb``: of headings on white and on dark paper, and of lines."""

    accent: str
    accent_dark: str
    line: str


class Brand(NamedTuple):
    """Who hands the documents out."""

    name: Said
    logo: Logo | None = None
    colours: Colours | None = None
    author: Said | None = None
    contact: tuple[Said, ...] = ()
    disclaimer: Said | None = None


class HouseStyle(NamedTuple):
    """How documents are handed out.

    ``templates`` are folders whose files go before the shipped ones of their names, the first
    before the next; ``sections`` are those that a document has (none named: all of its length);
    ``day`` is the date that it bears.
    """

    brand: Brand | None = None
    templates: tuple[Path, ...] = ()
    sections: tuple[str, ...] = ()
    length: str = "standard"
    day: date | None = None

    def template(self, name: str, root: Path) -> Path:
        """Return where a template is: in a folder of the house, or among the shipped ones."""
        for folder in self.templates:
            if (folder / name).is_file():
                return folder / name
        return root / "templates" / name


PLAIN = HouseStyle()
"""Documents as they are shipped."""
