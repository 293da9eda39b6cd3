"""What is worth asking for: what each missing figure would settle, and what holds whatever it is.

A missing line item lies within limits that the other amounts set: it cannot be negative, nor more
than its sum leaves. Between the points at which some figure crosses a limit of its norm nothing
changes, so trying one value in each stretch tells what would be found for every value.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from diagnost.compute.derived import complete
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.compute.relations import Relations
from diagnost.compute.slopes import NoRatioError
from diagnost.model.accounts import Accounts, Amount, Answer
from diagnost.model.context import Question
from diagnost.model.fact import Run
from diagnost.model.indicator import Polarity, Reading
from diagnost.model.located import At
from diagnost.model.rule import FOUND, Statement, Truth
from diagnost.pipeline import Case, run_of
from diagnost.reason.gaps import wanting

FAR = 1000
"""How many times the largest amount a figure is tried at that nothing bounds."""

MOST = 8
"""How many figures are worked out; the others would settle less."""


class Verdicted(NamedTuple):
    """The words of a judgement that are possible, worst first.

    ``open`` says that at some values there would still be no judgement; ``needs`` is what that
    would take besides.
    """

    area: str
    words: tuple[str, ...]
    open: bool = False
    needs: tuple[str, ...] = ()


class WorthAsking(NamedTuple):
    """A figure or an answer that is not given, and what it would settle in a period.

    ``least`` and ``most`` bound a line item (``most`` None: nothing does). ``readings`` are the
    indicators that it alone would give, ``rules`` how many statements it would decide. ``certain``
    are statements that hold whatever it is, ``verdicts`` the judgements that hang on it or that
    are known whatever it is (one word).
    """

    name: str
    least: Decimal | None
    most: Decimal | None
    readings: tuple[str, ...]
    rules: int
    certain: tuple[str, ...]
    verdicts: tuple[Verdicted, ...]


def worth_asking(case: Case, period: str) -> tuple[WorthAsking, ...]:
    """Return what is worth asking for, what would settle most first."""
    found = [_looked_into(case, period, name) for name in _candidates(case, period)[:MOST]]
    useful = [each for each in found if each.readings or each.verdicts or each.certain]
    return tuple(sorted(useful, key=lambda w: (-w.rules, -len(w.readings), w.name)))


def most_telling(case: Case, period: str, items: Sequence[str]) -> list[str]:
    """Order missing line items by how many statements each would decide, most first.

    One value of each is tried: which statements it decides hangs on it but little.
    """
    now = case.runs[period]

    def decides(item: str) -> int:
        least, most = limits(case, period, item)
        low, high = least or Decimal(0), most if most is not None else _largest(case)
        tried = with_amount(case, period, item, (low + max(low, high)) / 2)
        return _settled(case, now, [run_of(tried, case.base, period, case.engine)])

    return sorted(items, key=decides, reverse=True)  # of equals the one named first stays first


def _candidates(case: Case, period: str) -> list[str]:
    """Return the line items and questions that something lacks, what is lacked most first."""
    catalogue = case.base.catalogue
    counts: dict[str, int] = {}
    for gap in case.diagnosis.not_assessed:
        if gap.period == period:
            for need in gap.missing.needs:
                counts[need] = counts.get(need, 0) + 1
    facts = case.runs[period].base
    asked = [
        name
        for name in counts
        if name in catalogue.line_items
        or (
            name in catalogue.questions
            and _tried(catalogue.questions[name])
            and catalogue.questions[name].asked_where.holds(facts.truth_of) is Truth.YES
        )
    ]
    return sorted(asked, key=lambda name: (-counts[name], name))


def _tried(question: Question) -> bool:
    """Say whether every answer to a question can be tried."""
    return bool(question.words) or question.scale is not None


def _looked_into(case: Case, period: str, name: str) -> WorthAsking:
    least: Decimal | None = None
    most: Decimal | None = None
    item_asked_for = name in case.base.catalogue.line_items
    if item_asked_for:
        least, most = limits(case, period, name)
        consistent = least is None or most is None or least <= most
        # Amounts that leave no room contradict each other: no value would tell anything.
        tried = list(_stretches(case, period, name, least, most)) if consistent else []
    else:
        tried = [_with_answer(case.accounts, name, answer) for answer in _answers(case, name)]
    runs = [run_of(each, case.base, period, case.engine) for each in tried]
    now = case.runs[period]
    if item_asked_for:
        tried, runs = _without_contradictions(case, now, tried, runs)
    return WorthAsking(
        name=name,
        least=least,
        most=most,
        readings=_unlocked(case, period, tried[0]) if tried else (),
        rules=_settled(case, now, runs),
        certain=_certain(case, now, runs),
        verdicts=_verdicts(case, now, runs),
    )


# --- which values are possible ------------------------------------------------------------------


def limits(case: Case, period: str, item: str) -> tuple[Decimal | None, Decimal | None]:
    """Return between which amounts a missing line item must lie; None where nothing bounds it."""
    catalogue = case.base.catalogue
    amounts = case.accounts.amounts
    signed = catalogue.line_items[item].signed
    least: Decimal | None = None if signed else Decimal(0)
    most: Decimal | None = None
    for identity in catalogue.identities:
        parts = [amounts.get((part, period)) for part in identity.parts if part != item]
        known = sum((part.value for part in parts if part is not None), Decimal(0))
        bounded = not any(catalogue.line_items[part].signed for part in identity.parts)
        total = amounts.get((identity.total, period))
        if item in identity.parts and total is not None and bounded:
            most = _lower(most, total.value - known)
        if item == identity.total and bounded:
            least = max(known, least or Decimal(0))
    for whole, parts_of in catalogue.flows.within.items():
        held = amounts.get((whole, period))
        if item in parts_of and held is not None:
            most = _lower(most, held.value)
        if item == whole:
            inner = (amounts.get((part, period)) for part in parts_of)
            least = max(sum((a.value for a in inner if a), Decimal(0)), least or Decimal(0))
    return least, most


def _lower(one: Decimal | None, other: Decimal) -> Decimal:
    other = max(other, Decimal(0))
    return other if one is None else min(one, other)


def _stretches(
    case: Case, period: str, item: str, least: Decimal | None, most: Decimal | None
) -> Iterator[Accounts]:
    """Yield the accounts with one value from every stretch in which nothing changes, and the ends.

    At a point where a figure crosses a limit the limit itself is tried too.
    """
    largest = _largest(case)
    low = -largest * FAR if least is None else least
    high = largest * FAR if most is None else most
    points = sorted({low, high, *_crossings(case, period, item, low, high)})
    middles = [(a + b) / 2 for a, b in pairwise(points)]
    for value in sorted({*points, *middles}):
        yield with_amount(case, period, item, value)


def _largest(case: Case) -> Decimal:
    return max((abs(a.value) for a in case.accounts.amounts.values()), default=Decimal(1))


def with_amount(case: Case, period: str, item: str, value: Decimal) -> Accounts:
    """Return the accounts with a line item that is not given, and what follows from it."""
    amount = Amount(item, period, value, At(case.accounts.file))
    amounts = {**case.accounts.amounts, (item, period): amount}
    return complete(replace(case.accounts, amounts=amounts), case.base.catalogue)


def _crossings(
    case: Case, period: str, item: str, low: Decimal, high: Decimal
) -> Iterator[Decimal]:
    """Yield the values of an item at which some figure crosses a limit of a norm."""
    start = (low + high) / 2
    accounts = with_amount(case, period, item, start)
    relations = Relations(accounts, case.base)
    for indicator in case.base.catalogue.indicators.values():
        if indicator.per or indicator.dated or not indicator.norms:
            continue
        try:
            ratio = relations.figure(indicator.id, period)
        except NoRatioError:
            continue
        cells = {c for c in (*ratio.over.by_cell, *ratio.under.by_cell) if c[:2] == (item, period)}
        zero = Fraction(0)
        bands = (band for norm in indicator.norms for band in norm.bands)
        edges = {Fraction(band.edge) for band in bands if band.edge is not None}
        for cell in cells:
            over = ratio.over.by_cell.get(cell, zero)
            under = ratio.under.by_cell.get(cell, zero)
            for limit in edges:
                slope = over - limit * under
                if slope:
                    x = Fraction(start) + (limit * ratio.under.value - ratio.over.value) / slope
                    if Fraction(low) < x < Fraction(high):
                        yield Decimal(x.numerator) / Decimal(x.denominator)


def _answers(case: Case, name: str) -> Sequence[str | Decimal]:
    question = case.base.catalogue.questions[name]
    if question.scale is not None:
        scale = question.scale
        return [Decimal(n) for n in range(int(scale.least), int(scale.most) + 1)]
    return question.words


def _with_answer(accounts: Accounts, name: str, value: str | Decimal) -> Accounts:
    answer = Answer(name, value, At(accounts.file))
    return replace(accounts, context={**accounts.context, name: answer})


def contradicts(case: Case, now: Run, run: Run) -> bool:
    """Say whether a run shows figures that cannot be true together, and did not before."""
    statements = case.base.statements
    impossible = {
        id_
        for id_ in _fired(run) - _fired(now)
        if id_ in statements and statements[id_].polarity is Polarity.IMPOSSIBLE
    }
    return bool(impossible)


def _without_contradictions(
    case: Case, now: Run, tried: Sequence[Accounts], runs: Sequence[Run]
) -> tuple[list[Accounts], list[Run]]:
    """Leave out the values that the other figures rule out: they are not what is missing."""
    pairs = zip(tried, runs, strict=True)
    kept = [(value, run) for value, run in pairs if not contradicts(case, now, run)]
    return [value for value, _ in kept], [run for _, run in kept]


# --- what they would settle ---------------------------------------------------------------------


def _unlocked(case: Case, period: str, accounts: Accounts) -> tuple[str, ...]:
    """Return the shown indicators that have a reading only with the figure."""
    readings = ReadingsOnDemand(accounts, case.base.catalogue, case.benchmarks)

    def missing(reading: Reading) -> bool:
        return reading.missing is not None and reading.missing.reason == "missing"

    return tuple(
        indicator.id
        for indicator in case.base.catalogue.indicators.values()
        if indicator.shown
        and not indicator.per
        and not indicator.dated
        and missing(case.reading(indicator.id, period))
        and not missing(readings[indicator.id, period])
    )


def _settled(case: Case, now: Run, runs: Sequence[Run]) -> int:
    """Count the statements that are undecided now and would be decided whatever the value."""
    open_now = {e for e in now.undecided if _spoken(case, e)}
    return len(open_now - {entry for run in runs for entry in run.undecided}) if runs else 0


def _certain(case: Case, now: Run, runs: Sequence[Run]) -> tuple[str, ...]:
    """Return the statements that do not hold for want of the figure and would for every value."""
    if not runs:
        return ()
    fired = [_fired(run) for run in runs]
    always = set.intersection(*fired) - _fired(now)
    return tuple(sorted(entry for entry in always if _spoken(case, entry)))


def _fired(run: Run) -> set[str]:
    return {firing.rule for firing in run.firings if firing.made[1] == FOUND}


def _spoken(case: Case, entry: str) -> bool:
    rule = case.base.statements.get(entry)
    return isinstance(rule, Statement) and rule.place in ("body", "summary", "list")


def _verdicts(case: Case, now: Run, runs: Sequence[Run]) -> tuple[Verdicted, ...]:
    """Return the judgements that the figure would give or change, with the words possible."""
    found = []
    for state in case.base.states.values():
        if not state.verdict_on or not runs:
            continue
        order = [word.id for word in state.words if word.graded]
        words = [_standing(case, run, state.id) for run in runs]
        told = sorted({w for w in words if w}, key=order.index)
        before = _standing(case, now, state.id)
        if not told or told == [before]:
            continue
        without = [run for run, word in zip(runs, words, strict=True) if word is None]
        needs = wanting(case.base, without[0], state.verdict_on) if without else ()
        found.append(Verdicted(state.verdict_on, tuple(told), bool(without), needs))
    return tuple(found)


def _standing(case: Case, run: Run, state: str) -> str | None:
    """Return the judgement that stands; None where there is none, or the word says so."""
    made: Iterable[tuple[str, str]] = {f.made for f in run.firings if f.made[0] == state}
    word = case.base.states[state].standing(set(made))
    return word.id if word and word.graded else None
