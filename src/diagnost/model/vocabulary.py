"""The words in which questions are asked: what each of them does in a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.text import Text


class Role(StrEnum):
    """What a word does in a question; the comment says what its value is."""

    ASKS = "asks"  # the kind of question it asks
    DIRECTION = "direction"  # how the asker takes the thing to be
    MOVE = "move"  # the direction in which one wants it to go; asks for advice without an amount
    ROOT = "root"  # asks for the deepest causes
    READER = "reader"  # a viewpoint
    PERIOD = "period"  # 'last', 'previous' or the id of a period
    NEGATION = "negation"  # the direction that follows is not so
    SINCE = "since"  # the period beside it is what the last one is compared with
    CHANGE = "change"  # 'by' so much, 'to' so much
    BOUND = "bound"  # 'least', 'most' or 'reach'
    SHARE = "share"  # a change by itself, such as +100% for "doubles"
    AMOUNT = "amount"  # a number in words, 10 or 50%
    SCALE = "scale"  # what the number before it is multiplied by
    UNIT = "unit"  # 'percent', 'points', 'money' or 'plain'
    WHOLE = "whole"  # the company as a whole
    STOP = "stop"  # means nothing by itself


class Phrase(NamedTuple):
    """A word or words of a language, as the vocabulary has them, and what they do.

    ``words`` are written as in ``knowledge/vocabulary/``: ``a|b`` either, ``a?`` may be left out,
    ``a*`` whatever the ending.
    """

    language: str
    words: str
    role: Role
    value: str
    at: At


class Name(NamedTuple):
    """A name that people use for an entry beside those that the entry itself has.

    ``kind`` and ``id`` are those of the entry. ``direction`` is what the name says of it by itself:
    who speaks of losses takes the result to be bad.
    """

    language: str
    words: str
    kind: str
    id: str
    direction: str
    at: At


class Owed(NamedTuple):
    """The records that tell who owes what: a table and its columns, by id.

    What is paid is the sum of the column ``paid``; a row that has a day ``paid_on`` without an
    amount is paid in full. A row whose column ``kind`` has the word ``payment`` sells nothing: it
    is paid on what another row sold.
    """

    table: str
    by: str
    amount: str
    paid: str
    paid_on: str
    kind: str
    payment: str


class Concern(NamedTuple):
    """What people worry about and no single entry answers, such as whether a company will fail.

    ``says`` is what must be said first, as a rule what the accounts cannot tell. ``bears_on`` are
    the kinds and ids of the areas, indicators and line items that do bear on it, in the order in
    which they are told. ``owed`` are records that name those meant; with them ``says`` is left out.
    Its names are among those of the vocabulary, with the kind ``concern``.
    """

    id: str
    name: Text
    says: Text | None
    bears_on: tuple[tuple[str, str], ...]
    at: At
    owed: Owed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How the words of a language are told apart from their endings.

    ``endings`` are cut off the words of names, the longest first, and leave at least three letters.
    ``finals`` then replace the end of what is left: the stems of one word may differ by them.
    ``articles`` are passed over. ``optional`` words may be left out where a name begins with them.
    ``one_as_other`` are characters written in two ways. ``offers`` word a question of a kind, with
    ``{name}`` for what it is about.
    """

    language: str
    endings: tuple[str, ...] = ()
    finals: Mapping[str, str] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    optional: tuple[str, ...] = ()
    one_as_other: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything declared about the words of questions."""

    languages: Mapping[str, Language]
    phrases: tuple[Phrase, ...]
    names: tuple[Name, ...]
    yields_to: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By kind of question: the kinds that it gives way to where both are asked for."""
    concerns: Mapping[str, Concern] = field(default_factory=dict)
    preference: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By use of a name (``asked``, ``changed``, ``reached``): the kinds of entries, first first."""
