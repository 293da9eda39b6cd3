"""What stands in the knowledge base: lists, and everything about one entry."""

from diagnost.app.errors import UsageError
from diagnost.app.hand import Hand
from diagnost.app.shipped import knowledge, ready_knowledge
from diagnost.explain.branch import draw
from diagnost.explain.listing import PLURALS, overview
from diagnost.explain.listing import listing as lines_of
from diagnost.explain.lookup import UnknownEntry, find_entry
from diagnost.explain.names import Names
from diagnost.explain.show import show


def listing(kind: str, language: str, *, width: int | None = None) -> str:
    """Return the entries of a kind (``indicators`` …), or without a kind how many there are.

    Lines are cut at ``width`` if one is given.
    """
    if kind and kind not in PLURALS:
        raise UsageError(f"there is no kind '{kind}'; the kinds are {', '.join(PLURALS)}")
    base = ready_knowledge()
    if not kind:
        counts = overview(base)
        longest = max(len(plural) for plural, _ in counts)
        return "".join(f"{plural:<{longest}}  {count:>5}\n" for plural, count in counts)
    hand = Hand(language)
    lines = tuple(lines_of(base, PLURALS[kind], Names(base, hand)))
    ids = max((len(line.id) for line in lines), default=0)
    symbols = max((len(line.symbol) for line in lines), default=0)
    written = []
    for line in lines:
        symbol = f"{line.symbol:<{symbols}}  " if symbols else ""
        head = f"{line.id:<{ids}}  {symbol}"
        room = max(width - len(head), 24) if width else 0
        written.append(f"{head}{hand.cut(line.text, room) if room else line.text}".rstrip())
    return "".join(f"{line}\n" for line in written)


def entry(name: str, language: str, *, width: int = 88) -> str:
    """Return everything about the entry that a name means."""
    base = knowledge()
    hand = Hand(language)
    try:
        found = find_entry(base, name)
    except UnknownEntry as error:
        raise UsageError(str(error)) from None
    return draw(show(base, found, Names(base, hand)), hand, width)
