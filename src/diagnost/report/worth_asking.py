"""What is worth asking for: what each missing figure would settle, and what holds whatever it is.

Every value that a line item may have is tried, and every answer that a question may get: what is
found each time holds whatever it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from diagnost.compute.readings import ReadingsOnDemand
from diagnost.model.accounts import Accounts, Answer
from diagnost.model.context import Question
from diagnost.model.fact import Run
from diagnost.model.indicator import Polarity, Reading
from diagnost.model.located import At
from diagnost.model.rule import FOUND, Statement, StateWord, Truth
from diagnost.pipeline import Case, run_of
from diagnost.reason.gaps import wanting
from diagnost.report.possible_values import largest_amount, limits, possible, with_amount

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
        low, high = least or Decimal(0), most if most is not None else largest_amount(case)
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
        if (name in catalogue.line_items and (name, period) not in case.accounts.amounts)
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
        tried = possible(case, period, name)
    else:
        tried = [_with_answer(case.accounts, name, answer) for answer in _answers(case, name)]
    runs = [run_of(each, case.base, period, case.engine) for each in tried]
    now = case.runs[period]
    if item_asked_for:
        tried, runs = _without_contradictions(case, now, tried, runs)
    verdicts = _verdicts(case, now, runs)
    if not item_asked_for:
        # What every answer would give hangs on none of them: it is no news.
        verdicts = tuple(v for v in verdicts if v.open or len(v.words) > 1)
    return WorthAsking(
        name=name,
        least=least,
        most=most,
        readings=_unlocked(case, period, tried[0]) if tried else (),
        rules=_settled(case, now, runs),
        certain=_certain(case, now, runs) if item_asked_for else (),
        verdicts=verdicts,
    )


# --- what they would settle ---------------------------------------------------------------------


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
        order = [word.id for word in sorted(state.words, key=_gravity) if word.graded]
        words = [_standing(case, run, state.id) for run in runs]
        told = sorted({w for w in words if w}, key=order.index)
        before = _standing(case, now, state.id)
        if not told or told == [before]:
            continue
        if before is not None and len(told) == 1:
            continue  # what is judged is not judged otherwise whatever a figure is
        without = [run for run, word in zip(runs, words, strict=True) if word is None]
        needs = wanting(case.base, without[0], state.verdict_on) if without else ()
        found.append(Verdicted(state.verdict_on, tuple(told), bool(without), needs))
    return tuple(found)


def _gravity(word: StateWord) -> int:
    return tuple(Polarity).index(word.polarity)


def _standing(case: Case, run: Run, state: str) -> str | None:
    """Return the judgement that stands; None where there is none, or the word says so."""
    made: Iterable[tuple[str, str]] = {f.made for f in run.firings if f.made[0] == state}
    word = case.base.states[state].standing(set(made))
    return word.id if word and word.graded else None
