"""How an engine knows facts: by key and word, and absences as facts of their own."""

from diagnost.model.rule import FactKey, Word

Name = tuple[FactKey, Word]
"""Key and word of a fact."""

ALWAYS: Name = ("", "always")
"""A fact that is always there: what a rule without conditions asks for."""


def absence(name: Name) -> Name:
    """Return the fact that says that another one is absent; no word has a colon in it."""
    key, word = name
    return key, f"not:{word}"


def standing(name: Name) -> Name:
    """Return the fact that says that a state has this word: of those concluded, the worst."""
    key, word = name
    return key, f"stands:{word}"


def area(key: FactKey) -> str:
    """Return the first two segments of a fact's key."""
    return ".".join(key.split(".", 2)[:2])
