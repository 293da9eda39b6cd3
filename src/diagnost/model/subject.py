"""Whom a reading, a finding or an advice is about where rows are looked at one by one."""

from typing import NamedTuple


class Subject(NamedTuple):
    """A row of a table by the name it goes by; ``row`` counts from 0."""

    table: str
    row: int
    name: str
