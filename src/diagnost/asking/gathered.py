"""What the pieces of a question say, put together: kinds asked for, subjects, amounts and so on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from diagnost.asking.amounts import Amount, number
from diagnost.asking.lexicon import Meaning, Person, Piece, Sense, Subject
from diagnost.asking.question import Kind
from diagnost.asking.tokens import Form
from diagnost.model.vocabulary import Role


@dataclass(slots=True)
class Gathered:
    """What was said, in the order in which it was; amounts and subjects with their places."""

    asks: list[str] = field(default_factory=list)
    directions: list[str] = field(default_factory=list)
    subjects: list[tuple[int, tuple[Subject, ...]]] = field(default_factory=list)
    amounts: list[tuple[int, Amount]] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    since: bool = False
    readers: list[str] = field(default_factory=list)
    people: list[tuple[Person, ...]] = field(default_factory=list)
    whole: bool = False
    root: bool = False
    negated: bool = False  # a direction is said not to be so
    faults: bool = False  # something carries meaning and has no place in the question


def gather(pieces: Sequence[Piece], language: str) -> Gathered:
    """Put together what pieces of a question in a language say."""
    return _Gatherer(pieces, language).gathered()


def chosen(piece: Piece, *, first: bool, shouted: bool) -> tuple[Sense, ...]:
    """Return the senses of a piece that count where it has several.

    A symbol in capitals is meant as such, unless all is in capitals; then come words that ask, then
    people, then names of entries. Somebody's name with a capital inside a sentence goes first.
    """
    if not piece.senses:
        return ()
    token = piece.tokens[0]
    exact = [s for s in piece.senses if isinstance(s, Subject) and s.exact]
    if exact and (token.form is Form.ID or (token.loud and not shouted)):
        return tuple(exact)
    people = tuple(s for s in piece.senses if isinstance(s, Person))
    if people and not first and token.text[:1].isupper():
        return people
    words = [s for s in piece.senses if isinstance(s, Meaning)]
    if words:
        own = [s for s in words if s.language]
        return tuple((own or words)[:1])
    return people or tuple(s for s in piece.senses if isinstance(s, Subject))


def _named_once(
    pieces: list[tuple[Piece, tuple[Sense, ...]]],
) -> list[tuple[Piece, tuple[Sense, ...]]]:
    """Take the first word that is a direction and a name for the name, if nothing else is one.

    Polish "długi" is long and means debts.
    """
    if any(isinstance(sense, Subject) for _, senses in pieces for sense in senses):
        return pieces
    for place, (piece, senses) in enumerate(pieces):
        directs = any(isinstance(s, Meaning) and s.role is Role.DIRECTION for s in senses)
        named = tuple(sense for sense in piece.senses if isinstance(sense, Subject))
        if directs and named:
            return [*pieces[:place], (piece, named), *pieces[place + 1 :]]
    return pieces


class _Gatherer:
    def __init__(self, pieces: Sequence[Piece], language: str) -> None:
        self.language = language
        shouted = all(t.loud or not t.text.isalpha() for p in pieces for t in p.tokens)
        self.pieces = _named_once(
            [
                (piece, chosen(piece, first=place == 0, shouted=shouted))
                for place, piece in enumerate(pieces)
            ]
        )
        self.found = Gathered()
        self.mode = ""
        self.direction = ""  # of the last change
        self.moved = False  # a word says in which direction one wants it to go
        self.pending: list[int] = []  # amounts that still look for a direction

    def gathered(self) -> Gathered:
        place = 0
        while place < len(self.pieces):
            place = self._take(place)
        found = self.found
        if self.moved and not found.amounts:
            found.asks.append(Kind.ADVICE)
        if self.mode in ("least", "most") and found.periods:  # more than last year
            found.since = True
            found.directions.append("rising" if self.mode == "least" else "falling")
        elif self.mode in ("least", "most", "reach"):
            found.faults = True
        return found

    def _take(self, place: int) -> int:
        """Take the piece at a place; return the place of the next one."""
        _, senses = self.pieces[place]
        value = self._value(place)
        if value is not None:
            return self._take_amount(place, *value)
        if not senses:
            self.found.faults = True
            return place + 1
        match senses[0]:
            case Subject():
                subjects = tuple(s for s in senses if isinstance(s, Subject))
                self.found.subjects.append((place, subjects))
                directions = {s.direction for s in subjects if s.direction}
                self.found.directions += sorted(directions)
            case Person():
                self.found.people.append(tuple(s for s in senses if isinstance(s, Person)))
            case Meaning(role=role, value=meant):
                self._take_word(place, role, meant)
        return place + 1

    def _take_word(self, place: int, role: Role, value: str) -> None:
        found = self.found
        match role:
            case Role.ASKS:
                found.asks.append(value)
            case Role.DIRECTION | Role.MOVE:
                self.moved = self.moved or role is Role.MOVE
                if role is Role.DIRECTION:
                    found.directions.append(value)
                self.direction = value
                for index in self.pending:
                    where, amount = found.amounts[index]
                    found.amounts[index] = (where, amount._replace(direction=value))
                self.pending = []
            case Role.ROOT:
                found.root = True
            case Role.READER:
                found.readers.append(value)
            case Role.PERIOD:
                found.periods.append(value)
            case Role.SINCE:
                found.since = True
            case Role.NEGATION:
                found.negated = True
            case Role.CHANGE | Role.BOUND:
                self.mode = self._stronger(value)
            case Role.SHARE:
                share = Decimal(value.strip("+-%"))
                found.amounts.append((place, Amount(share, value[0], percent=True, mode="by")))
            case Role.WHOLE:
                found.whole = True
            case Role.UNIT if value == "percent" and self._value(place + 1) is not None:
                pass  # 百分之 stands before its number, which looks for it
            case Role.UNIT | Role.SCALE if value not in ("plain", "days"):
                found.faults = True

    def _stronger(self, mode: str) -> str:
        """Return the mode that counts: "fall to at most 60" is at most 60."""
        return self.mode if self.mode in ("least", "most") and mode in ("by", "to") else mode

    # --- amounts --------------------------------------------------------------------------------

    def _value(self, place: int) -> tuple[Decimal, str, bool] | None:
        """Return number, sign and whether it is a percent, if there is a number at a place."""
        if not 0 <= place < len(self.pieces):
            return None
        piece, senses = self.pieces[place]
        sense = senses[0] if senses else None
        if isinstance(sense, Meaning) and sense.role is Role.AMOUNT:
            return Decimal(sense.value.rstrip("%")), "", sense.value.endswith("%")
        if piece.tokens[0].form is not Form.NUMBER or len(piece.tokens) > 1:
            return None
        period = isinstance(sense, Meaning) and sense.role is Role.PERIOD
        if period and not self.mode and not self._measured(place + 1):
            return None
        read = number(piece.tokens[0].text, self.language)
        return (*read, False) if read is not None else None

    def _measured(self, place: int) -> bool:
        """Say whether a unit or a scale stands at a place."""
        return self._word(place, Role.UNIT) not in ("", "plain", "days") or bool(
            self._word(place, Role.SCALE)
        )

    def _word(self, place: int, role: Role) -> str:
        senses = self.pieces[place][1] if 0 <= place < len(self.pieces) else ()
        sense = senses[0] if senses else None
        return sense.value if isinstance(sense, Meaning) and sense.role is role else ""

    def _take_amount(self, place: int, value: Decimal, sign: str, percent: bool) -> int:
        scale, unit = Decimal(1), ""
        after = place + 1
        for step in self._units(after):
            scale *= Decimal(step[0])
            unit = step[1] or unit
            after += 1
        percent = percent or "percent" in (unit, self._word(place - 1, Role.UNIT))
        amount = Amount(
            value * scale,
            sign,
            percent=percent,
            points=unit == "points",
            whole_money=scale != 1 or unit == "money",
            days=unit == "days",
            mode=self.mode,
            direction=self.direction,
        )
        if not self.direction:
            self.pending.append(len(self.found.amounts))
        self.found.amounts.append((place, amount))
        self.mode = ""
        return after

    def _units(self, place: int) -> Iterator[tuple[str, str]]:
        while True:
            scale, unit = self._word(place, Role.SCALE), self._word(place, Role.UNIT)
            if not scale and not unit:
                return
            yield scale or "1", unit
            place += 1
