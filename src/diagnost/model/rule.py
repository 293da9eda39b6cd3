"""Rules: one condition language for statements, rulings, causes, conclusions and advice."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from diagnost.model.horizon import Horizon
from diagnost.model.indicator import Citation, Polarity
from diagnost.model.lever import Move
from diagnost.model.located import At
from diagnost.model.text import Text

FOUND = "found"
"""The word of the fact that a statement, cause or recommendation makes under its own id."""

UNKNOWN = "unknown"
"""The word by which a condition asks whether a fact from outside is not known."""

ABSENT = "absent"
"""The word of a fact that rules about the whole could make and did not, where it is asked for."""

VIEWPOINTS = ("owner", "bank", "investor")
"""For whom a document may be written."""

FactKey = str
Word = str


class Truth(Enum):
    """A condition holds, fails, or cannot be decided because something is not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Leaf(NamedTuple):
    """One fact asked for: ``key`` has ``word``."""

    key: FactKey
    word: Word
    at: At

    def __str__(self) -> str:
        return f"{self.key}: {self.word}"


class Condition(NamedTuple):
    """All of ``all``, one of each group in ``any``, none of ``none``.

    Members of ``any`` are conditions themselves; ``all`` and ``none`` hold leaves.
    """

    all: tuple[Leaf, ...] = ()
    any: tuple[tuple["Condition", ...], ...] = ()
    none: tuple[Leaf, ...] = ()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return every leaf, wherever it stands."""
        inner = tuple(leaf for group in self.any for member in group for leaf in member.leaves)
        return (*self.all, *inner, *self.none)

    def holds(self, truth: Callable[[Leaf], Truth]) -> Truth:
        """Decide the condition in three values, given the truth of each leaf."""
        results = [truth(leaf) for leaf in self.all]
        results += [_either(member.holds(truth) for member in group) for group in self.any]
        results += [_NOT[truth(leaf)] for leaf in self.none]
        if Truth.NO in results:
            return Truth.NO
        return Truth.UNKNOWN if Truth.UNKNOWN in results else Truth.YES


_NOT = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def _either(results: Iterable[Truth]) -> Truth:
    found = list(results)
    if Truth.YES in found:
        return Truth.YES
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.NO


ExampleValue = str | tuple[Decimal | None, ...]


class Example(NamedTuple):
    """A small case beside an entry: numbers are readings (several: by period), words are facts.

    A key not mentioned is known to be something else; the word ``unknown`` says that it is not
    known.
    """

    values: tuple[tuple[FactKey, ExampleValue], ...]
    at: At
    places: tuple[At, ...] = ()  # of the keys, in the same order


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a condition holds, a fact is made: the root of all five kinds."""

    id: str
    when: Condition
    cites: Citation
    fires_on: tuple[Example, ...] = ()
    silent_on: tuple[Example, ...] = ()
    at: At
    per: str = ""  # the table whose rows it is about, one by one

    @property
    def makes(self) -> tuple[FactKey, Word]:
        """Return the fact that a firing makes."""
        return self.id, FOUND


class Certainty(Enum):
    """How sure a statement is; it governs the wording (means, usually means, may mean)."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Weight(Enum):
    """How grave a finding is, gravest first."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    NOTE = "note"


class Retold(NamedTuple):
    """How the paragraph tells a statement whose news the opening has: ``after`` one of these.

    Without a ``text`` the paragraph leaves it out; ``detail`` takes the place of that of the
    statement.
    """

    after: tuple[str, ...]
    text: Text | None
    detail: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Rule):
    """A rule that says something.

    ``text`` may use only figures that its condition guarantees; ``detail`` is added where all its
    figures are known; ``brief`` is the few words shown beside a verdict. ``place`` is where the
    sentence stands: in the body of its area, in the summary, or among the data checks.
    """

    area: str
    polarity: Polarity
    certainty: Certainty
    weight: Weight
    viewpoint: str  # "" for every reader, else owner | bank | investor
    place: str  # body | summary | data
    text: Text
    detail: Text | None = None
    brief: Text | None = None
    doubt: Text | None = None
    prevails_over: tuple[str, ...] = ()
    invalidates: tuple[str, ...] = ()  # line items or whole statements of accounts not to be used
    leads: bool = False  # comes before everything else, whatever its area
    retold: Retold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Rule):
    """A rule that makes statements or recommendations give way, and why."""

    silences: tuple[str, ...]
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRule(Rule):
    """A rule that explains findings (``effects``) by findings (``causes``).

    ``when`` holds the link condition together with one effect and all causes.
    """

    effects: tuple[str, ...]
    causes: tuple[str, ...]
    text: Text
    detail: Text | None = None
    identity: bool = False  # the same test seen twice: shown once, not as cause and effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion(Rule):
    """A chaining rule: it concludes a word of a declared state, such as a verdict."""

    key: FactKey
    word: Word

    @property
    def makes(self) -> tuple[FactKey, Word]:
        """Return the concluded fact."""
        return self.key, self.word


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Rule):
    """A rule that advises.

    ``brief`` is the infinitive phrase used in the summary, ``effect`` what it would move (shown
    where its figures are known), ``watch`` the figure to follow, ``horizon`` how long it takes,
    ``first_step`` what can be done at once, ``owner`` whose task it is ('' as the area has it).
    ``answers`` are the statements it is an answer to: those found are its reasons. ``moves`` are
    line items that it raises or lowers: of advice that moves one both ways ``check`` tells.
    """

    area: str
    urgency: str  # now | this_quarter | this_year
    text: Text
    brief: Text
    effect: Text | None = None
    watch: Text | None = None
    horizon: Horizon | None
    owner: str = ""
    first_step: Text | None = None
    answers: tuple[str, ...]
    prevails_over: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


class StateWord(NamedTuple):
    """A word that a state may take; ``why`` is the question that it makes a reader ask.

    A word that is not ``graded`` says that no judgement was possible.
    One that is no ``problem`` is not told where all that is wrong is asked for, though no praise.
    ``says`` is the word as a clause ("the company makes a loss"), with which an answer begins, and
    ``level`` is ``low`` or ``high``, not ``none``, where it means that there is little or much of
    the thing, and ``unknown`` where it is about something else in the area, so that whether there
    is little or much of the thing is not shown.
    """

    id: Word
    name: Text
    polarity: Polarity
    why: Text | None = None
    graded: bool = True
    says: Text | None = None
    level: str = "none"
    problem: bool = True


class State(NamedTuple):
    """A derived fact and the words it may take, worst first; ``verdict_on`` names its area."""

    id: FactKey
    words: tuple[StateWord, ...]
    at: At
    verdict_on: str = ""
    per: str = ""  # the table whose rows it is about, one by one

    def standing(self, made: Collection[tuple[FactKey, Word]]) -> StateWord | None:
        """Return the word that stands among the facts made: the worst that was concluded."""
        return next((word for word in self.words if (self.id, word.id) in made), None)
