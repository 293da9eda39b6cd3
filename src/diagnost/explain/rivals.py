"""Which other causes a finding might have had: those ruled out, and those that stay open.

A cause is *ruled out* where a figure or an answer that it would need to be bad is known and good.
It is *open* where what it hangs on is not known. Both are values, free of any language.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from diagnost.explain.alternatives import Alternatives, Limit, Open, RuledOut
from diagnost.explain.cells import Cells
from diagnost.explain.tree import BandTree, Unmet
from diagnost.explain.unmet import Lack
from diagnost.model.diagnosis import Finding
from diagnost.model.indicator import Polarity, Reading
from diagnost.model.rule import CauseRule, FactKey, Truth, Word
from diagnost.pipeline import Case

MOST = 5
"""How many alternatives are named at most."""

NEEDS = 3
"""How many things may be needed to decide; who lacks more lacks the whole picture."""

CLEAR = Decimal("0.1")
"""How far a figure must be from being a reason, relatively, to be called none."""

OPPOSITES = ({"yes", "no"}, {"low", "high"})
"""Words of answers of which the one rules out what rests on the other."""

UNWELCOME = (Polarity.IMPOSSIBLE, Polarity.BAD, Polarity.WATCH)


def effects_of(case: Case, effect: str, period: str) -> tuple[str, ...]:
    """Return the unwelcome findings behind a name: a statement's id, or an area's.

    Of an area they are those that its verdict goes back to. None where nothing of the kind holds.
    """
    diagnosis = case.diagnosis
    unwelcome = {
        f.statement.id
        for f in diagnosis.findings
        if f.period == period and f.statement.polarity in UNWELCOME
    }
    for verdict in diagnosis.verdicts:
        if verdict.area == effect and verdict.period == period:
            return tuple(entry for entry in verdict.because if entry in unwelcome)
    return (effect,) if effect in unwelcome else ()


def alternatives(case: Case, effect: str, period: str) -> Alternatives:
    """Return all there is to say on further reasons for a finding's id or an area's."""
    effects = effects_of(case, effect, period)
    links = case.base.causes.values()
    return Alternatives(
        explained=explained(case, effect, period),
        explainable=any(not r.identity and e in r.effects for r in links for e in effects),
        ruled_out=ruled_out(case, effect, period),
        undecided=undecided(case, effect, period),
    )


def explained(case: Case, effect: str, period: str) -> bool:
    """Say whether anything that was found explains one of the findings behind a name."""
    effects = effects_of(case, effect, period)
    return any(
        cause.period == period and cause.effect in effects and not cause.gave_way_to
        for cause in case.diagnosis.causes
    )


def ruled_out(case: Case, effect: str, period: str) -> tuple[RuledOut, ...]:
    """Return what might have been a reason for a finding or verdict, and is as it should be.

    What would explain the finding itself comes before what would explain its causes, and of two
    the one that is further from being a reason; figures come before answers. One for each
    indicator, at most five. A figure is left out that is itself part of what was found.
    """
    effects = effects_of(case, effect, period)
    return _RuledOut(case, period).of(effects)[:MOST] if effects else ()


def undecided(case: Case, effect: str, period: str) -> tuple[Open, ...]:
    """Return what would have to be known to decide on further causes, what decides most first."""
    effects = effects_of(case, effect, period)
    return _Undecided(case, period).of(effects)[:MOST] if effects else ()


def rivals(case: Case, effects: Sequence[str], period: str) -> Iterator[CauseRule]:
    """Yield the links that would explain one of these findings and did not fire."""
    per = case.subject.table if case.subject is not None else ""
    fired = case.runs[period].fired
    for rule in case.base.causes.values():
        if rule.identity or rule.per != per or fired(rule.id):
            continue
        looked_at = case.looks_at(rule.id) and all(map(case.looks_at, rule.causes))
        if looked_at and any(effect in rule.effects for effect in effects):
            yield rule


class _RuledOut:
    """Finds what makes causes false."""

    def __init__(self, case: Case, period: str) -> None:
        self.case = case
        self.period = period
        self.lack = Lack(Cells(case, period))
        self.run = case.runs[period]
        self.findings = {f.statement.id: f for f in case.diagnosis.findings if f.period == period}

    def of(self, effects: Sequence[str]) -> tuple[RuledOut, ...]:
        levels = self._levels(effects)
        taken = self._taken([entry for level in levels for entry in level])
        ranked: dict[FactKey, tuple[int, RuledOut]] = {}
        for depth, level in enumerate(levels):
            for rule in rivals(self.case, level, self.period):
                for each in (out for cause in rule.causes for out in self._of_cause(rule, cause)):
                    if each.key in taken:
                        continue
                    rank, known = ranked.get(each.key, (depth, each))
                    ranked[each.key] = rank, _joined(known, each)
        clear = (pair for pair in ranked.values() if _clear(pair[1].limit))
        order = sorted(clear, key=lambda pair: (*_telling(pair[1]), pair[1].key))
        return tuple(out for _, out in sorted(order, key=lambda pair: pair[0]))

    def _levels(self, effects: Sequence[str]) -> list[list[str]]:
        """Return the findings, then what explains them, then what explains that."""
        links = [c for c in self.case.diagnosis.causes if c.period == self.period]
        levels, seen = [], set(effects)
        level = list(effects)
        while level:
            levels.append(level)
            reached = (c.cause for c in links if c.effect in level and not c.gave_way_to)
            level = [entry for entry in dict.fromkeys(reached) if entry not in seen]
            seen.update(level)
        return levels

    def _of_cause(self, rule: CauseRule, cause: str) -> Iterator[RuledOut]:
        statement = self.case.base.statements.get(cause)
        if statement is None or self.run.fired(cause) or cause in self.run.undecided:
            return
        if statement.polarity not in UNWELCOME:
            return  # where good news would be the reason, good figures rule nothing out
        for part in self._clearing(self.lack.of(statement.when), {cause}):
            yield self._out(part, cause, rule)

    def _clearing(self, parts: Iterable[Unmet], seen: set[str]) -> list[Unmet]:
        """Return what rules a condition out, if all that it lacks does; of choices each by itself.

        Where it lacks something else too, such as a movement, a normal figure is not the point.
        """
        found: list[Unmet] = []
        for part in parts:
            if part.choices:
                clearing = [p for choice in part.choices for p in self._clearing(choice, seen)]
            elif part.key in self.case.base.rules and part.key not in seen and not part.absent:
                when = self.case.base.rules[part.key].when
                clearing = self._clearing(self.lack.of(when), seen | {part.key})
            else:
                clearing = [part] if self._clears(part) else []
            if not clearing:
                return []
            found += clearing
        return found

    def _clears(self, part: Unmet) -> bool:
        fact = part.found.fact if part.found is not None else None
        if fact is None or part.absent or part.truth is not Truth.NO:
            return False
        if fact.readings:
            return self._good(part, fact.word)
        answered = fact.key.startswith("company.") and fact.at is not None
        return answered and all({fact.word, word} in OPPOSITES for word in part.words)

    def _out(self, part: Unmet, cause: str, rule: CauseRule) -> RuledOut:
        fact = part.found.fact if part.found is not None else None
        assert fact is not None, "only what is known clears"
        reading = fact.readings[-1] if fact.readings else None
        limit = _limit(part.bands, reading) if reading is not None else None
        return RuledOut(fact.key, fact.word, reading, limit, (cause,), (rule.id,))

    def _good(self, part: Unmet, word: Word) -> bool:
        """Say whether a figure is in a good band of its norm and would be in a bad one."""
        bands = part.bands
        if len(bands) != len(part.words) or any(part.key != b.indicator.id for b in bands):
            return False  # a movement, a figure of the period before, a special norm
        here = self.lack.cells.band(part.key, word)
        return (
            here is not None
            and here.band.polarity is Polarity.GOOD
            and all(tree.band.polarity in UNWELCOME for tree in bands)
        )

    def _taken(self, chain: Collection[str]) -> set[FactKey]:
        """Return the indicators and answers that what was found rests on.

        Not those that it asks to be good. Findings beside the chain of causes take what they judge
        bad, and leave what they only see moving.
        """
        taken: set[FactKey] = set()
        for entry, finding in self.findings.items():
            if entry in chain or finding.statement.polarity in UNWELCOME:
                taken.update(self._taken_by(finding, moving=entry in chain))
        return taken

    def _taken_by(self, finding: Finding, *, moving: bool) -> set[FactKey]:
        indicators = self.case.base.catalogue.indicators
        taken: set[FactKey] = set()
        good: set[FactKey] = set()
        for key, word in (used for firing in finding.firings for used in firing.used):
            head = key.rpartition(".")[0]
            band = self.lack.cells.band(key, word)
            if key not in indicators and head not in indicators:
                taken.add(key)
            elif key not in indicators and band is None and not moving:
                continue
            elif band is not None and band.band.polarity is Polarity.GOOD:
                good.add(key if key in indicators else head)
            else:
                taken.add(key if key in indicators else head)
        return taken - good


def _joined(one: RuledOut, other: RuledOut) -> RuledOut:
    """Join two reasons that the same figure rules out; the nearer limit stands for both."""
    limit: Limit | None = None
    if one.limit is not None and other.limit is not None and one.reading is not None:
        value = _value(one.reading)
        limit = min(one.limit, other.limit, key=lambda edge: abs(edge.value - value))
    return one._replace(
        limit=limit,
        causes=tuple(dict.fromkeys((*one.causes, *other.causes))),
        rules=tuple(dict.fromkeys((*one.rules, *other.rules))),
    )


def _clear(limit: Limit | None) -> bool:
    return limit is None or limit.away >= CLEAR


def _telling(out: RuledOut) -> tuple[int, Decimal]:
    """Rank figures before answers, and what is far from being a reason before what is near."""
    if out.reading is None:
        return 2, Decimal(0)
    return (0, -out.limit.away) if out.limit is not None else (1, Decimal(0))


def _limit(bands: Iterable[BandTree], reading: Reading) -> Limit | None:
    """Return the edge where the nearest of some bands begins; None if there are some either way."""
    value = _value(reading)
    limits: list[Limit] = []
    for tree in bands:
        lower, upper = tree.before, tree.band
        if lower is not None and lower.edge is not None and lower.edge >= value:
            side = "from" if lower.below is not None else "above"
            limits.append(Limit(side, lower.edge, lower.assumed, _away(value, lower.edge)))
        elif upper.edge is not None:
            side = "below" if upper.below is not None else "to"
            limits.append(Limit(side, upper.edge, upper.assumed, _away(value, upper.edge)))
    if len({limit.value > value for limit in limits}) != 1:
        return None
    return min(limits, key=lambda limit: abs(limit.value - value))


def _value(reading: Reading) -> Decimal:
    assert reading.value is not None, "a fact with a word has a reading with a value"
    return reading.value


def _away(value: Decimal, edge: Decimal) -> Decimal:
    larger = max(abs(value), abs(edge))
    return abs(value - edge) / larger if larger else Decimal(0)


class _Undecided:
    """Finds what possible causes hang on."""

    def __init__(self, case: Case, period: str) -> None:
        self.case = case
        self.period = period
        self.run = case.runs[period]

    def of(self, effects: Sequence[str]) -> tuple[Open, ...]:
        found: dict[tuple[str, ...], Open] = {}
        for rule in rivals(self.case, effects, self.period):
            keys = self.run.undecided.get(rule.id, ())
            needs = tuple(sorted({n for key in keys for n in self._needs(key)}))
            if not 0 < len(needs) <= NEEDS or not all(map(self._can_be_given, needs)):
                continue
            known = found.get(needs, Open(needs, (), ()))
            all_keys = self._one_each((*known.keys, *keys))
            found[needs] = Open(needs, all_keys, (*known.rules, rule.id))
        return tuple(sorted(found.values(), key=lambda o: (-len(o.rules), len(o.needs), o.needs)))

    def _one_each(self, keys: Iterable[FactKey]) -> tuple[FactKey, ...]:
        """Return one key for each figure or answer: its level, else what moved it, else the rest.

        A line item stands for nothing that could be a reason, unless there is nothing else.
        """
        catalogue = self.case.base.catalogue
        kept: dict[str, FactKey] = {}

        def rank(key: FactKey) -> int:
            if key in catalogue.indicators or key.startswith("company."):
                return 0
            return {"leader": 1, "step_leader": 1}.get(key.rpartition(".")[2], 2)

        for key in sorted(dict.fromkeys(keys), key=rank):
            head = key.rpartition(".")[0]
            decomposition = catalogue.decompositions.get(head)
            if decomposition is not None:
                head = decomposition.of
            kept.setdefault(head if head in catalogue.indicators else key, key)
        figures = tuple(key for key in kept.values() if not key.startswith("lines."))
        return figures or tuple(kept.values())

    def _needs(self, key: FactKey) -> Iterator[str]:
        """Yield what a fact lacks; what is known of this period lacks only in an earlier one."""
        amounts, catalogue = self.case.accounts.amounts, self.case.base.catalogue
        for need in self.run.base.unknown.get(key, ()):
            indicator = catalogue.indicator(need)
            reading = self.case.readings.get((indicator.id, self.period)) if indicator else None
            known = reading is not None and reading.value is not None
            yield "earlier_period" if known or (need, self.period) in amounts else need

    def _can_be_given(self, need: str) -> bool:
        """Say whether a need is something that can be given, and is asked of this company."""
        if need.startswith("reason:"):
            return False
        question = self.case.base.catalogue.questions.get(need)
        if question is None:
            return True
        return question.asked_where.holds(self.run.base.truth_of) is Truth.YES
