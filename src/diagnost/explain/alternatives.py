"""What else might have been a reason, and what moved a figure: values free of any language."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.model.decomposition import Breakdown
from diagnost.model.indicator import Reading
from diagnost.model.rule import FactKey, Word


class Limit(NamedTuple):
    """An edge of a band: ``side`` is ``from``, ``above``, ``below`` or ``to`` the value.

    ``away`` is how far a reading is from it, relative to the larger of the two.
    """

    side: str
    value: Decimal
    assumed: bool
    away: Decimal


class RuledOut(NamedTuple):
    """A figure or an answer that is as it should be, and what it would explain if it were not.

    Of an indicator ``reading`` is set, and ``limit`` is the edge beyond which it could be a
    reason (None where it could be on both sides); of an answer neither. ``causes`` are the
    statements that did not fire for it, ``rules`` the links by which they would explain.
    """

    key: FactKey
    word: Word
    reading: Reading | None
    limit: Limit | None
    causes: tuple[str, ...]
    rules: tuple[str, ...]


class Open(NamedTuple):
    """Possible causes that cannot be decided: what is needed, and the facts that it would give.

    ``needs`` are line items, questions, tables and the like, as in ``FactBase.unknown``, with
    ``earlier_period`` for what is known of this period alone; ``keys`` are the facts that are not
    known, one for each figure, ``rules`` the links that hang on them.
    """

    needs: tuple[str, ...]
    keys: tuple[FactKey, ...]
    rules: tuple[str, ...]


class Alternatives(NamedTuple):
    """What is known of the reasons of a finding or verdict besides those that were found.

    ``explained`` says that some were found, ``explainable`` that the knowledge base knows any.
    """

    explained: bool
    explainable: bool
    ruled_out: tuple[RuledOut, ...]
    undecided: tuple[Open, ...]


class Moved(NamedTuple):
    """The change of a figure and, by part, what in turn moved the part (None: nothing known)."""

    breakdown: Breakdown
    behind: tuple["Moved | None", ...]  # in the order of the shares
