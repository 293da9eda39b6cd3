"""What moved a figure, by chain substitution: one part after another takes its new value.

What the whole changes by at each step is the effect of that part. The order is that of the parts
(docs/decisions says why). Zero and negative values are no obstacle, and nothing is left over.
"""

from decimal import Decimal, localcontext
from itertools import pairwise

from diagnost.compute.readings import ReadingTable
from diagnost.compute.trends import step
from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.decomposition import Breakdown, Decomposition, Part, Share
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import Reading

_DIGITS = 60  # while cutting and taking differences
_FINEST = Decimal("1E-18")  # in any unit
_ROOM = 25  # digits behind the first; sums of effects are reckoned with 28
_SAME = Decimal("1E-9")  # relative; what rounding to 28 digits may amount to is far below


def break_down(
    decomposition: Decomposition,
    accounts: Accounts,
    catalogue: Catalogue,
    readings: ReadingTable,
    period: str,
    *,
    since: str,
) -> Breakdown | Missing:
    """Split the change of a whole from the period ``since`` to ``period`` into its parts.

    There is no breakdown, and never a part taken as nil, where a figure is missing in one of the
    two periods (the reason and what is needed are told), where a figure on the way has no meaning
    (``zero_denominator``), or where the parts do not make up the whole because the company gave
    some of the figures itself (``parts_differ``).
    """
    ids = [p.id for p in accounts.periods]
    if ids.index(since) >= ids.index(period):
        return Missing("no_previous_period")
    indicator = catalogue.indicators[decomposition.of]
    wholes = [readings[indicator.id, at] for at in (since, period)]
    parts = [
        (
            _reading(part, accounts, catalogue, readings, since),
            _reading(part, accounts, catalogue, readings, period),
        )
        for part in decomposition.parts
    ]
    found = [wholes[0], wholes[1], *(reading for pair in parts for reading in pair)]
    gaps = [r.missing or Missing("missing", (r.indicator,)) for r in found if r.value is None]
    if gaps:
        telling = next((gap for gap in gaps if gap.reason != "missing"), gaps[0])
        return telling._replace(needs=tuple(dict.fromkeys(n for gap in gaps for n in gap.needs)))
    pairs = [(_value(before), _value(now)) for before, now in parts]
    chain = _chain(decomposition, pairs)
    if isinstance(chain, Missing):
        return chain
    before, now = _value(wholes[0]), _value(wholes[1])
    if not (_same(chain[0], before) and _same(chain[-1], now)):
        return Missing("parts_differ")
    chain[0], chain[-1] = before, now
    # Cut to what the largest leaves room for, so that sums of effects never need rounding.
    finest = max(_FINEST, Decimal(1).scaleb(max(map(abs, chain)).adjusted() - _ROOM))
    with localcontext() as context:
        context.prec = _DIGITS
        cut = [value.quantize(finest) for value in chain]
        effects = [later - earlier for earlier, later in pairwise(cut)]
        change = cut[-1] - cut[0]
    shares = tuple(
        Share(part, was, is_, effect)
        for part, (was, is_), effect in zip(decomposition.parts, parts, effects, strict=True)
    )
    stable = step(before, now, indicator.steadiness) == "stable"
    leader = None if stable else max(shares, key=lambda s: s.effect if change > 0 else -s.effect)
    return Breakdown(decomposition, wholes[0], wholes[1], change, shares, leader)


def _reading(
    part: Part, accounts: Accounts, catalogue: Catalogue, readings: ReadingTable, period: str
) -> Reading:
    """Return the figure of a part: an indicator's reading, or a line item as one."""
    indicator = catalogue.indicator(part.figure)
    if indicator is not None:
        return readings[indicator.id, period]
    amount = accounts.amounts.get((part.figure, period))
    name = f"lines.{part.figure}"
    if amount is None:
        return Reading(name, period, missing=Missing("missing", (part.figure,)))
    return Reading(name, period, value=amount.value, inputs=(amount,))


def _chain(
    decomposition: Decomposition, pairs: list[tuple[Decimal, Decimal]]
) -> list[Decimal] | Missing:
    """Return the whole with the first 0, 1, … all parts at their new value."""
    figures = [part.figure for part in decomposition.parts]
    values = {figure: before for figure, (before, _) in zip(figures, pairs, strict=True)}
    chain = []
    for count in range(len(figures) + 1):
        if count:
            values[figures[count - 1]] = pairs[count - 1][1]
        whole = decomposition.formula.evaluate(lambda name, _: values[name])
        if isinstance(whole, Missing):
            return whole
        chain.append(whole)
    return chain


def _value(reading: Reading) -> Decimal:
    assert reading.value is not None, "gaps have been told before"
    return reading.value


def _same(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(_SAME * max(abs(one), abs(other)), _FINEST)
