"""A chart as documents take it in: a drawing with its words."""

from typing import NamedTuple


class Chart(NamedTuple):
    """A drawing that belongs to an area, or to the appendix where that is ''.

    ``title`` says what it shows, ``caption`` which notes tell where its
    figures come from, and ``alternative`` is
    what a reader is told who does not see it. ``svg`` is a document of its own, in print colours,
    that also may stand in an HTML page as it is.
    """

    id: str
    area: str
    title: str
    caption: str
    alternative: str
    svg: str
    notes: tuple[int, ...] = ()  # numbers of the notes on its figures
