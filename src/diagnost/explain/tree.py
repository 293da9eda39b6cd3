"""The tree from an answer down to the cells: what ``why`` builds, free of any language.

A part that already stands further up comes again without its children (``again``), so a tree
grows with the case and not with the number of ways through it.
"""

from dataclasses import dataclass
from decimal import Decimal

from diagnost.explain.alternatives import Alternatives, Moved
from diagnost.model.accounts import Amount, Period
from diagnost.model.benchmark import Benchmark, Spread
from diagnost.model.context import Question
from diagnost.model.diagnosis import Advice, Finding, Verdict
from diagnost.model.fact import Fact
from diagnost.model.indicator import Band, Indicator, Norm, Reading, Reckoned
from diagnost.model.knowledge import Area
from diagnost.model.located import At
from diagnost.model.rule import CauseRule, FactKey, Rule, Ruling, Truth, Word
from diagnost.model.suspicion import Suspicion

# --- from a fact down to the cells --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountTree:
    """An amount and, where it is derived, the amounts it came from.

    ``taken_off`` says that it was subtracted from the others to derive the amount above it.
    """

    amount: Amount
    parts: tuple["AmountTree", ...] = ()
    taken_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTree:
    """An answer about the company, or what silence was taken for; neither: nothing is known."""

    question: Question
    value: Word | Decimal | None
    at: At | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysTree:
    """The length of a period, as it stands in a formula."""

    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class GapTree:
    """A line item that a formula asks for and the accounts do not hold."""

    item: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTree:
    """A reading and what its formula was filled with."""

    reading: Reading
    inputs: tuple["Input", ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BandTree:
    """The band of a norm, and the one below it, whose edge is its lower one.

    In a formula it stands for one of its edges.
    """

    indicator: Indicator
    norm: Norm
    band: Band
    before: Band | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideTree:
    """Figures of other firms: a group's figure with where it comes from, or all the firms.

    In a formula it stands for the group's figure, which may not be known (``comparison`` None).
    """

    indicator: Indicator
    group: str
    comparison: Benchmark | Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsTree:
    """A term over records in a formula: what it gave and the rows behind it."""

    term: Reckoned


Input = (
    RowsTree | AmountTree | AnswerTree | BandTree | BesideTree | DaysTree | GapTree | ReadingTree
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTree:
    """A fact: read from readings through a norm or a movement, answered, or made by a firing.

    ``others`` counts the further firings that made the same fact.
    """

    key: FactKey
    word: Word
    fact: Fact | None = None  # None for a fact made by a firing
    band: BandTree | None = None
    readings: tuple[ReadingTree, ...] = ()
    answer: AnswerTree | None = None
    beside: BesideTree | None = None
    firing: "FiringTree | None" = None
    others: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentTree:
    """A fact that had to be absent, and what the key is instead (None: nothing made it)."""

    key: FactKey
    word: Word
    instead: FactTree | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiringTree:
    """A rule that fired and the facts it used; ``others`` counts its further firings."""

    rule: Rule
    used: tuple[FactTree, ...]
    absent: tuple[AbsentTree, ...]
    others: int = 0


# --- answers ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GaveWay:
    """The other side where one entry gives way to another; ``ruling`` says why, if one does."""

    entry: str
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cause rule that fired, and the finding at its other end."""

    rule: CauseRule
    end: "FindingTree"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTree:
    """A finding, what explains it, what it explains in turn, and the firing it rests on.

    No finding stands below itself: what explains is never explained by what it explains.
    """

    finding: Finding
    causes: tuple[Link, ...] = ()
    effects: tuple[Link, ...] = ()
    firing: FiringTree | None = None
    gave_way: GaveWay | None = None
    silenced: tuple[GaveWay, ...] = ()
    suspicion: Suspicion | None = None  # what a contradiction points to
    moved: tuple[Moved, ...] = ()  # the changes it looks at, taken apart
    alternatives: Alternatives | None = None  # only of what is asked about itself
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseTree:
    """A cause rule that fired: which findings it explains by which."""

    rule: CauseRule
    effects: tuple[FindingTree, ...]
    causes: tuple[FindingTree, ...]
    firing: FiringTree
    gave_way: "GaveWay | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictTree:
    """A verdict, the findings that sound like it or worse, and the firings that concluded it."""

    area: Area
    verdict: Verdict
    because: tuple[FindingTree, ...]
    but: tuple[FindingTree, ...]
    firings: tuple[FiringTree, ...]
    alternatives: Alternatives | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceTree:
    """A recommendation, the findings it answers, and the firing it rests on."""

    advice: Advice
    because: tuple[FindingTree, ...]
    firing: FiringTree
    gave_way: GaveWay | None
    silenced: tuple[GaveWay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTree:
    """A ruling or a chaining rule that fired; a ruling names the findings that gave way."""

    firing: FiringTree
    silenced: tuple[GaveWay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTree:
    """An indicator's reading, the facts read from it, and what rests on it."""

    indicator: Indicator
    reading: ReadingTree
    facts: tuple[FactTree, ...]
    findings: tuple[Finding, ...]
    users: tuple[str, ...]  # indicators whose formula uses it
    suspicion: Suspicion | None = None  # where the company gives it otherwise than it is
    moved: Moved | None = None  # its change since the first period, taken apart


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTree:
    """A line item's amount and what rests on it."""

    item: str
    amount: AmountTree | None
    findings: tuple[Finding, ...]
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A condition that is not met: ``words`` of a fact asked for (or to be absent).

    ``needs`` name the line items or answers that would settle an unknown fact. Of ``choices``,
    one would have to be met, and of each stands what is missing. Of a fact that a rule would have
    made, ``lacking`` is what that rule's own condition lacks, told once.
    """

    key: FactKey = ""
    words: tuple[Word, ...] = ()
    absent: bool = False
    truth: Truth = Truth.NO
    found: FactTree | None = None
    bands: tuple[BandTree, ...] = ()
    needs: tuple[str, ...] = ()
    choices: tuple[tuple["Unmet", ...], ...] = ()
    lacking: tuple["Unmet", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFired:
    """An entry that did not fire in the period; ``other_reader`` if it speaks only to another.

    ``other_side`` says that it is about a side of the company of which nothing was given,
    ``of_rows`` the table whose rows it is about, one by one, where the whole is asked about.
    ``undecided`` says that it may hold: nothing known stands against it.
    """

    rule: Rule
    unmet: tuple[Unmet, ...]
    other_reader: str = ""
    other_side: bool = False
    of_rows: str = ""
    undecided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoVerdict:
    """An area without a verdict in the period, and the rules that could have concluded one."""

    area: Area
    rules: tuple[NotFired, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFact:
    """A fact whose word is not known, or that nothing asks for, and what would settle it."""

    key: FactKey
    needs: tuple[str, ...]


Answer = (
    FindingTree
    | CauseTree
    | VerdictTree
    | AdviceTree
    | RuleTree
    | IndicatorTree
    | LineTree
    | FactTree
    | NotFired
    | NoVerdict
    | UnknownFact
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer to why an entry is as it is in a period."""

    entry: str
    period: str
    answer: Answer
