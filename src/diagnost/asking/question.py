"""What a question in words means."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What is asked."""

    WHY = "why"  # why is liquidity low?
    WHY_NOT = "why_not"  # why do you not say that stock is too high?
    HOW = "how"  # how was the current ratio computed?
    MEANING = "meaning"  # what does the quick ratio mean?
    VALUE = "value"  # what is the current ratio?
    STATE = "state"  # how is liquidity? is liquidity low?
    WRONG = "wrong"  # what is wrong? what are the main problems?
    FIRST = "first"  # what should we do first, and why that?
    ADVICE = "advice"  # what should we do about liquidity?
    WHAT_IF = "what_if"  # what if stock falls by 20 %?
    GOAL = "goal"  # what must change for the current ratio to reach 1.2?
    CHANGED = "changed"  # what changed since last year?
    FOR_READER = "for_reader"  # is it bad for a bank?
    MISSING = "missing"  # what else do you need to know?
    GOOD = "good"  # what is going well?
    DATA = "data"  # is the data reliable?
    PEERS = "peers"  # how do we compare with the industry?
    CONCERN = "concern"  # are we going bankrupt? should we take a loan?
    HELP = "help"  # what can I ask?


class Direction(StrEnum):
    """How the asker takes the thing to be; an answer begins with whether it is so."""

    LOW = "low"
    HIGH = "high"
    FALLING = "falling"
    RISING = "rising"
    BAD = "bad"
    GOOD = "good"
    WORSENING = "worsening"  # of what it moves towards, not of where it goes


class Question(NamedTuple):
    """A question as it was understood.

    ``subject`` is the id of an entry of the knowledge base (an area, an indicator, a finding, a
    recommendation, a line item) and ``subject_kind`` its kind as ``explain.lookup`` names it, or a
    concern of the vocabulary; both are '' where the company as a whole is meant. ``negated`` says
    that the asker takes the thing not to be as ``direction`` has it, ``claimed`` by how much it
    moved, in percent with its sign, as the asker has it. ``change`` is written as ``what-if --set``
    takes it, ``goal`` as ``goal`` takes it. ``root`` asks for the deepest causes first. ``period``
    is '' where none is named: the last one is meant, and for ``CHANGED`` the one before it is what
    it is compared with.
    """

    kind: Kind
    language: str
    subject_kind: str = ""
    subject: str = ""
    direction: Direction | None = None
    root: bool = False
    change: tuple[str, ...] = ()
    goal: str = ""
    viewpoint: str = ""
    period: str = ""
    person: str = ""
    negated: bool = False
    claimed: str = ""


class Unclear(NamedTuple):
    """A question that was not understood, or in more than one way.

    ``recognised`` are the names, in the language, of what was understood of it; ``offered`` at
    most three questions, in the words of the language, that come nearest and are understood.
    """

    language: str
    recognised: tuple[str, ...]
    offered: tuple[str, ...]
