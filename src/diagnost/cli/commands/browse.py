"""``list`` and ``show``: what stands in the knowledge base."""

from typing import Annotated

import typer

from diagnost.cli.options import Lang, Language
from diagnost.cli.output import say, terminal, width


def list_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="indicators, statements, rules, rulings, causes, recommendations, states, areas, "
            "facts, lines, questions, sources or methods; without it, how many there are.",
            show_default=False,
        ),
    ] = "",
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]", help="Only lines with all of these in them.", show_default=False
        ),
    ] = None,
    lang: Lang = Language.EN,
) -> None:
    """List the entries of the knowledge base, one a line.

    Example: diagnost list statements stock slow
    """
    from diagnost.app.browsing import listing

    say(listing(kind, lang, words or (), width=terminal()))


def show(
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Any entry: its id, the end of its id, its symbol or its name; F6 or F6.2 for "
            "what a source says.",
            show_default=False,
        ),
    ],
    lang: Lang = Language.EN,
) -> None:
    """Show everything about an entry of the knowledge base.

    Its place, texts, condition, sources, norms, examples, what it gives way to and who uses it.

    Example: diagnost show WPB
    """
    from diagnost.app.browsing import entry as entry_text

    say(entry_text(entry, lang, width=width()))
