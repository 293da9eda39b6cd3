"""A question read: the words that are known, what they say together, and what they ask for."""

from collections.abc import Container, Iterable
from typing import NamedTuple

from diagnost.asking.amounts import Amount, change_text, goal_text, sign_of
from diagnost.asking.gathered import Gathered, gather
from diagnost.asking.lexicon import Lexicon, Meaning, Piece, Subject
from diagnost.asking.question import Direction, Kind, Question
from diagnost.asking.subjects import ASKED, CHANGED, REACHED, resolve, specific
from diagnost.model.text import LANGUAGES

_COMPARING = {Direction.LOW: Direction.FALLING, Direction.HIGH: Direction.RISING}
"""Lower than last year means that it fell."""
_ABOUT_SOMETHING = (Kind.WHY_NOT, Kind.HOW, Kind.MEANING, Kind.VALUE)
"""Kinds that make no sense of the company as a whole."""
_OF_THE_WHOLE = (Kind.GOOD, Kind.DATA, Kind.PEERS)
"""Kinds that make sense of it alone."""
_MOVING = ("area", "indicator", "line")
"""Kinds of entries that may be said to have moved by a share."""
_ANSWERED_ALIKE = (Kind.STATE, Kind.VALUE, Kind.WHY, Kind.WRONG)
"""Kinds of questions about a concern that have one answer: what bears on it."""


class Reading(NamedTuple):
    """A question read in one language: what it asks, if that is clear, and what was seen of it."""

    language: str
    pieces: tuple[Piece, ...]
    gathered: Gathered
    question: Question | None
    kind: Kind | None
    subjects: tuple[Subject, ...]


class Reader:
    """Reads questions about one case; made once for many of them.

    ``periods`` are ids of the case's periods, oldest first; ``unit`` is that of the accounts;
    ``present`` are the ids of its findings and steps.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        periods: tuple[str, ...],
        unit: int = 1,
        present: Container[str] = (),
    ) -> None:
        self.lexicon = lexicon
        self.periods = periods
        self.unit = unit
        self.present = present

    def read(self, text: str, language: str = "") -> Reading:
        """Read a text in the language that knows most of its words."""
        wanted = language if language in LANGUAGES else _script(text)
        chinese = "zh" in (wanted, _script(text))  # its words take long to enter
        tried = LANGUAGES if chinese else tuple(name for name in LANGUAGES if name != "zh")
        parted = {name: self.lexicon.pieces(text, name) for name in tried}

        def fit(name: str) -> tuple[int, int, bool]:
            unknown = sum(not piece.senses and not _is_number(piece) for piece in parted[name])
            own = sum(len(piece.tokens) for piece in parted[name] if _own(piece, name))
            return unknown, -own, name != wanted

        best = min(tried, key=fit)
        return self._meant(parted[best], best)

    # --- what is meant --------------------------------------------------------------------------

    def _meant(self, pieces: tuple[Piece, ...], language: str) -> Reading:
        found = gather(pieces, language)
        kind = self._kind(found)
        subjects = self._subjects(found, language)
        question = None
        if kind is not None and not found.faults and len(set(found.readers)) <= 1:
            if kind is Kind.WHAT_IF:
                question = self._what_if(found, language)
            elif kind is Kind.GOAL:
                question = self._goal(found, language)
            else:
                question = self._about(kind, found, subjects, language)
        return Reading(language, pieces, found, question, kind, subjects)

    def _kind(self, found: Gathered) -> Kind | None:
        """Return the kind of question that the words ask for; None if none, or two."""
        asked = set(found.asks)
        yields = self.lexicon.vocabulary.yields_to
        left = {kind for kind in asked if not (yields.get(kind, frozenset()) & asked)}
        if found.amounts:
            return _kind_with_amounts(found, left)
        if len(left) > 1:
            return None
        if left:
            kind = Kind(left.pop())
            if kind in (Kind.STATE, Kind.WRONG) and found.readers:
                return Kind.FOR_READER
            return kind
        if found.readers:
            return Kind.FOR_READER
        if found.subjects or found.people or (found.directions and found.whole):
            return Kind.STATE
        return None

    def _subjects(self, found: Gathered, language: str) -> tuple[Subject, ...]:
        """Return everything that is asked about, each once, in order."""
        meant: dict[tuple[str, str], Subject] = {}
        named = found.directions[0] if found.directions else ""
        for _, candidates in found.subjects:
            for subject in self._resolved(
                candidates, language, of_person=bool(found.people), direction=named
            ):
                meant.setdefault((subject.kind, subject.id), subject)
        return specific(tuple(meant.values()), self.lexicon)

    def _resolved(
        self,
        candidates: Iterable[Subject],
        language: str,
        use: str = ASKED,
        *,
        of_person: bool = False,
        direction: str = "",
    ) -> tuple[Subject, ...]:
        return resolve(
            candidates,
            self.lexicon,
            language,
            use,
            of_person=of_person,
            direction=direction,
            present=self.present,
        )

    # --- the kinds ------------------------------------------------------------------------------

    def _about(
        self, kind: Kind, found: Gathered, subjects: tuple[Subject, ...], language: str
    ) -> Question | None:
        period = self._period(kind, found)
        directions = [Direction(each) for each in dict.fromkeys(found.directions)]
        people = {person.name for group in found.people for person in group}
        if period is None or max(len(directions), len(subjects), len(people)) > 1:
            return None
        direction = directions[0] if directions else None
        subject = subjects[0] if subjects else None
        if found.subjects and subject is None:
            return None
        claimed = _claimed(found, subject) if found.amounts else ""
        if claimed is None or (found.negated and not _can_be_negated(kind, direction)):
            return None
        if subject is not None and subject.kind == Kind.CONCERN:
            return self._concern(kind, subject, found, language, period)
        if kind in _OF_THE_WHOLE and (subject is not None or people):
            return None
        if found.since and found.periods and direction in _COMPARING:
            direction = _COMPARING[direction]
        if subject is None and kind is Kind.STATE and found.since and found.periods:
            kind = Kind.CHANGED  # is it better than last year?
        kind, direction = _settled(kind, direction, subject, root=found.root)
        person = next(iter(people), "")
        if subject is None and not person:
            plain = direction in (None, Direction.BAD, Direction.GOOD)
            bare = kind is Kind.WHY and direction is None
            if kind in _ABOUT_SOMETHING or bare or not plain:
                return None
            if kind is Kind.STATE and direction is None and not found.whole:
                return None
        return Question(
            kind=kind,
            language=language,
            subject_kind=subject.kind if subject else "",
            subject=subject.id if subject else "",
            direction=direction,
            root=found.root,
            viewpoint=found.readers[0] if found.readers else "",
            period=period,
            person=person,
            negated=found.negated and kind is Kind.WHY,
            claimed=claimed,
        )

    @staticmethod
    def _concern(
        kind: Kind, subject: Subject, found: Gathered, language: str, period: str
    ) -> Question | None:
        """Return what is asked about a concern; what should be done about it is asked of the whole.

        Nothing else is known of a concern than what bears on it.
        """
        if found.people or found.amounts:
            return None
        if kind in (Kind.ADVICE, Kind.FIRST):
            return Question(Kind.FIRST, language, period=period)
        if kind not in _ANSWERED_ALIKE:
            return None
        return Question(
            kind=Kind.CONCERN,
            language=language,
            subject_kind=subject.kind,
            subject=subject.id,
            viewpoint=found.readers[0] if found.readers else "",
            period=period,
        )

    def _what_if(self, found: Gathered, language: str) -> Question | None:
        if not found.amounts:
            return None
        taken: dict[int, Amount] = {}
        for place, amount in found.amounts:
            before = [p for p, _ in found.subjects if p < place and p not in taken]
            after = [p for p, _ in found.subjects if p > place and p not in taken]
            if not before and not after:
                return None
            taken[before[-1] if before else after[0]] = amount
        period = self._period(Kind.WHAT_IF, found)
        rest = [group for place, group in found.subjects if place not in taken]
        effects = {s for group in rest for s in self._resolved(group, language)}
        if period is None or len(effects) > 1 or found.people or found.since or found.root:
            return None
        changes = []
        groups = dict(found.subjects)
        for place, amount in taken.items():
            figures = self._resolved(groups[place], language, CHANGED)
            base = self.lexicon.base
            text = (
                change_text(figures[0].id, amount, period, base, self.unit)
                if len(figures) == 1
                else None
            )
            if text is None:
                return None
            changes.append(text)
        effect = next(iter(effects), None)
        return Question(
            kind=Kind.WHAT_IF,
            language=language,
            subject_kind=effect.kind if effect else "",
            subject=effect.id if effect else "",
            change=tuple(changes),
            viewpoint=found.readers[0] if found.readers else "",
        )

    def _goal(self, found: Gathered, language: str) -> Question | None:
        if not found.amounts:  # what must change for it to be better: advice
            meant = self._subjects(found, language)
            worse = set(found.directions) - {Direction.GOOD, Direction.RISING, Direction.FALLING}
            if len(meant) != 1 or worse:
                return None
            return self._about(Kind.ADVICE, found, meant, language)
        if len(found.amounts) > 1 or len(found.subjects) != 1:
            return None
        if found.people or found.periods or found.since:
            return None
        figures = self._resolved(found.subjects[0][1], language, REACHED)
        if len(figures) != 1:
            return None
        goal = goal_text(figures[0].id, found.amounts[0][1], self.lexicon.base, self.unit)
        if goal is None:
            return None
        return Question(
            kind=Kind.GOAL,
            language=language,
            subject_kind="indicator",
            subject=figures[0].id,
            goal=goal,
            viewpoint=found.readers[0] if found.readers else "",
        )

    def _period(self, kind: Kind, found: Gathered) -> str | None:
        """Return the period asked about, '' for the last one, None where it cannot be said.

        Changes are those from one period to the next: "since" the one before the last is the last.
        """
        if kind is Kind.CHANGED and set(found.periods) <= {"previous", "last"}:
            return ""  # where there is one period alone, the answer says so
        named = {self._period_of(word) for word in found.periods}
        if None in named:
            return None
        before = self.periods[-2] if len(self.periods) > 1 else ""
        last = self.periods[-1] if self.periods else ""
        if found.since:
            if named <= {before, last} and len(named) <= 2 and named != {last}:
                return ""
            return None
        if len(named) > 1:
            return None
        period = next(iter(named), "") or ""
        return "" if period == last else period

    def _period_of(self, word: str) -> str | None:
        if word == "last":
            return self.periods[-1] if self.periods else None
        if word == "previous":
            return self.periods[-2] if len(self.periods) > 1 else None
        return word


def _kind_with_amounts(found: Gathered, left: set[str]) -> Kind | None:
    """Return the kind of a question in which amounts are named: a change supposed, or a goal."""
    modes = {amount.mode for _, amount in found.amounts}
    if left == {Kind.WHY}:
        return Kind.WHY
    bound = bool(modes & {"least", "most", "reach"})
    if left == {Kind.GOAL} or (left == {Kind.ADVICE} and (bound or "to" in modes)):
        return Kind.GOAL
    if bound and left <= {Kind.STATE, Kind.VALUE}:
        return Kind.GOAL
    supposed = left <= {Kind.WHAT_IF} and not modes & {"least", "most"}
    return Kind.WHAT_IF if supposed and found.subjects else None


def _claimed(found: Gathered, subject: Subject | None) -> str | None:
    """Return the share by which the asker says that a figure moved; None if it is none of that."""
    if len(found.amounts) > 1 or subject is None or subject.kind not in _MOVING:
        return None
    amount = found.amounts[0][1]
    if not amount.percent or amount.points or amount.mode not in ("", "by"):
        return None
    sign = amount.sign or sign_of(amount.direction)
    return f"{sign}{amount.value:f}%" if sign else None


def _can_be_negated(kind: Kind, direction: Direction | None) -> bool:
    """Say whether a question can hold a "not": "why is it not low?", "is it not too high?"."""
    return direction is not None and kind in (Kind.WHY, Kind.STATE, Kind.VALUE)


def _settled(
    kind: Kind, direction: Direction | None, subject: Subject | None, *, root: bool
) -> tuple[Kind, Direction | None]:
    """Return the kind that is meant once it is known whether the question is about something."""
    if root and kind in (Kind.STATE, Kind.VALUE, Kind.MEANING):
        kind = Kind.WHY  # "what is the root of it?"
    if subject is not None:
        if kind is Kind.WRONG:
            return Kind.WHY, direction or Direction.BAD
        if kind is Kind.FIRST:
            return (Kind.WHY if subject.kind == "recommendation" else Kind.ADVICE), direction
        if kind is Kind.STATE and subject.kind in ("indicator", "line") and direction is None:
            return Kind.VALUE, direction
        if kind is Kind.VALUE and direction is not None:
            return Kind.STATE, direction
        if kind in (Kind.VALUE, Kind.STATE) and subject.kind in ("statement", "recommendation"):
            return Kind.MEANING, direction
    elif kind is Kind.ADVICE:
        return Kind.FIRST, direction
    return kind, direction


def _is_number(piece: Piece) -> bool:
    return piece.tokens[0].key[-1:].isdecimal()


def _own(piece: Piece, language: str) -> bool:
    """Say whether something that a piece may mean is of a language itself."""
    return any(
        sense.language == language for sense in piece.senses if isinstance(sense, Meaning | Subject)
    )


def _script(text: str) -> str:
    """Return the language that the characters of a text speak for."""
    if any("\u3400" <= c <= "\u9fff" for c in text):
        return "zh"
    return "pl" if any(c in "ąćęłńóśźż" for c in text.casefold()) else "en"
