"""Selections: rows of a table that belong together, such as the people who are still there."""

from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.terms import Term
from diagnost.model.text import Text


class Selection(NamedTuple):
    """The rows of the table ``of`` for which ``where`` is true; stands in formulas like a table.

    Where ``one`` is given, each of its rows is looked at by itself: topics ``per`` that table are
    read for these rows. ``one`` is what such a subject is called where its name is not to be
    shown ("Rep"), ``name`` heads their part of the document; ``note`` stands below it, and on their
    sheets, in the place of the note on people.
    """

    id: str
    of: str
    where: Term
    text: str  # of ``where``, as written
    at: At
    name: Text | None = None
    one: Text | None = None
    note: Text | None = None
