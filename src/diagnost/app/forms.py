"""Empty forms for accounts."""

from diagnost.app.shipped import ready_knowledge
from diagnost.intake.form import write_form


def form(kind: str, language: str) -> bytes:
    """Return an empty form for accounts: xlsx, csv or yaml."""
    return write_form(kind, ready_knowledge().catalogue, language)
