"""The sides of a company that are looked at: finance, its sales force, its shops."""

from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.text import Text


class Side(NamedTuple):
    """A side by the folder that its entries stand in.

    The line items belong to the side of the ``accounts``. ``unseen`` tells the reader that nothing
    was given of the side; without it nobody is told. ``name`` heads what is told of several sides
    one by one, and ``addressee`` says whom the advice addresses where it is the only side.
    """

    id: str
    accounts: bool
    unseen: Text | None
    at: At
    name: Text | None = None
    addressee: Text | None = None
