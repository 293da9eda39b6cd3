"""Texts in the cells of CSV files, which have no way to say that a text is a text."""

_TAKEN_FOR_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def no_formula(text: str) -> str:
    """Return a text so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(_TAKEN_FOR_FORMULAS) else text
