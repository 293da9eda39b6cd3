"""Whether any firm whose accounts add up can make entries fire; decided exactly by Z3.

The line items of three periods (this one, the one before, the first) are numbers that obey the sums
of ``knowledge/line_items.yaml``; what cannot be negative is not, and what lies within another item
is no larger. A band of a ratio is linear in them where what stands below the line is positive.
Left out, so that anything goes, are products of figures, absolute amounts, records, answers, other
firms, and how figures move from period to period, but for the direction of line items.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import z3

from diagnost.check.identities.ratios import ONE, Ratio, Ratios, Sum
from diagnost.check.logic.literals import Among, Made
from diagnost.check.logic.stretches import fact_of
from diagnost.check.logic.worlds import Truth, Wish, Worlds
from diagnost.model.indicator import Indicator, Norm
from diagnost.model.knowledge import SIGNS, KnowledgeBase
from diagnost.model.rule import FactKey


class Firms:
    """All firms of which every line item is known and whose accounts add up.

    ``free`` are entries of which nothing is supposed: those that find faults in accounts.
    """

    def __init__(self, base: KnowledgeBase, free: Iterable[str] = ()) -> None:
        self.worlds = Worlds(base, informed=True)
        self._base = base
        self._free = frozenset(free)
        self._ratios = Ratios(base.catalogue)
        self._solver = z3.Solver()
        self._solver.set("timeout", 10_000)
        self._items: dict[tuple[str, str], z3.ArithRef] = {}
        self._moments: set[str] = set()
        self._facts: dict[FactKey, tuple[z3.BoolRef, ...]] = {}
        self._wishes: dict[Wish, z3.BoolRef] = {}
        self._firing: dict[str, z3.BoolRef] = {}

    def can(self, *wishes: z3.BoolRef) -> bool | None:
        """Say whether some firm fulfils all of these; None where that was not decided in time."""
        found = self._solver.check(*wishes)
        return None if found == z3.unknown else bool(found == z3.sat)

    @staticmethod
    def no(wish: z3.BoolRef) -> z3.BoolRef:
        """Return the opposite of a wish."""
        return z3.Not(wish)

    def firing(self, rule: str) -> z3.BoolRef:
        """Return that an entry fires."""
        if rule not in self._firing:
            named = z3.Bool(f"fires {rule}")
            if rule not in self._free:
                tree = self.worlds.literals.tree(rule)
                self._solver.add(named == self._wish(Wish(tree)))
            self._firing[rule] = named
        return self._firing[rule]

    def fired(self, rules: Iterable[str]) -> frozenset[str]:
        """Return which of these entries fire at the firm that was found last."""
        model = self._solver.model()
        known = ((rule, self._firing[rule]) for rule in rules)
        return frozenset(r for r, named in known if z3.is_true(model.eval(named, True)))

    def in_band(self, key: FactKey, word: str) -> z3.BoolRef:
        """Return that a fact has a word."""
        return self._fact(key)[self.worlds.literals.words(key).index(word)]

    def is_ratio(self, key: FactKey) -> bool:
        """Say whether a fact is a band of a figure that is linear in the line items."""
        found = self._norm_of(key)
        return found is not None and self._linear(found[0], found[2]) is not None

    def touches_ratios(self, rule: str) -> bool:
        """Say whether an entry rests on a figure that is linear in the line items."""
        seen, todo = {rule}, [rule]
        while todo:
            for leaf in self._base.rules[todo.pop()].when.leaves:
                if leaf.key in self._base.states:
                    made = {c.id for c in self._base.conclusions.values() if c.key == leaf.key}
                elif leaf.key in self._base.rules:
                    made = {leaf.key}
                elif leaf.key.startswith("lines.") or self.is_ratio(leaf.key):
                    return True
                else:
                    continue
                todo += sorted(made - seen)
                seen |= made
        return False

    # --- wishes as formulas -----------------------------------------------------------------------

    def _wish(self, wish: Wish) -> z3.BoolRef:
        if wish not in self._wishes:
            self._wishes[wish] = self._made(wish)
        return self._wishes[wish]

    def _made(self, wish: Wish) -> z3.BoolRef:
        match wish.tree:
            case Among(key=key):
                meant = self.worlds.meant(wish.tree, wish.truth)
                return z3.Or([v for i, v in enumerate(self._fact(key)) if meant >> i & 1])
            case Made(makers=(rule,)) if wish.truth is Truth.HOLDS or rule in self._free:
                fires = self.firing(rule)
                return fires if wish.truth in (Truth.HOLDS, Truth.FAILS_NOT) else z3.Not(fires)
            case _:
                every, parts = self.worlds.comes_down_to(wish)
                made = [self._wish(part) for part in parts]
                return z3.And(made) if every else z3.Or(made)

    # --- facts ------------------------------------------------------------------------------------

    def _fact(self, key: FactKey) -> tuple[z3.BoolRef, ...]:
        """Return, for each word of a fact and that it is unknown, whether it has that word."""
        if key not in self._facts:
            literals = self.worlds.literals
            words = literals.words(key)
            variables = tuple(z3.Bool(f"{key}: {word}") for word in words)
            self._facts[key] = variables
            possible = literals.every_word(key, informed=not self._may_be_unknown(key))
            self._solver.add([z3.Not(v) for i, v in enumerate(variables) if not possible >> i & 1])
            self._solver.add(z3.PbEq([(variable, 1) for variable in variables], 1))
            self._solver.add(list(self._meaning(key, variables)))
        return self._facts[key]

    def _may_be_unknown(self, key: FactKey) -> bool:
        """Say whether a firm that gives everything may lack a fact: no ratio without sales."""
        found = self._norm_of(key)
        return found is not None and (
            bool(found[0].undefined) or self._rests_on_undefined(found[0])
        )

    def _rests_on_undefined(self, indicator: Indicator) -> bool:
        """Say whether a figure rests on others of which there may be no reading."""
        inner = (self._base.catalogue.indicator(name.name) for name in indicator.formula.names)
        return any(
            each is not None and (bool(each.undefined) or self._rests_on_undefined(each))
            for each in inner
        )

    def _meaning(self, key: FactKey, variables: tuple[z3.BoolRef, ...]) -> Iterator[z3.BoolRef]:
        """Yield what each word of a fact says of the line items, as far as it is linear."""
        if key.startswith("lines."):
            yield from self._of_line(key, variables)
            return
        found = self._norm_of(key)
        if found is None:
            return
        indicator, norm, moment = found
        ratio = self._linear(indicator, moment)
        if ratio is None:
            return
        top, bottom = self._term(ratio.top), self._term(ratio.bottom)
        *bands, unknown = variables
        yield z3.Implies(z3.Not(unknown), bottom > 0)
        if not self._undefined_elsewhere(indicator, ratio):
            yield z3.Implies(bottom > 0, z3.Not(unknown))
        lower: tuple[Fraction, bool] | None = None
        for band, variable in zip(norm.bands, bands, strict=True):
            if lower is not None:
                edge, closed = lower[0] * bottom, lower[1]
                yield z3.Implies(variable, top >= edge if closed else top > edge)
            if band.edge is not None:
                edge = Fraction(band.edge) * bottom
                yield z3.Implies(variable, top < edge if band.below is not None else top <= edge)
                lower = (Fraction(band.edge), band.below is not None)

    def _of_line(self, key: FactKey, variables: tuple[z3.BoolRef, ...]) -> Iterator[z3.BoolRef]:
        item, _, what = key.removeprefix("lines.").partition(".")
        now = self._item(item, "now")
        if what == "sign":
            for sign, variable in zip(SIGNS, variables, strict=False):
                so = {"negative": now < 0, "zero": now == 0, "positive": now > 0}[sign]
                yield variable == so
        elif what == "step":
            rising, falling, *_ = variables
            yield z3.Implies(rising, now > self._item(item, "previous"))
            yield z3.Implies(falling, now < self._item(item, "previous"))

    def _norm_of(self, key: FactKey) -> tuple[Indicator, Norm, str] | None:
        """Return the figure, norm and moment that a fact is read from; None for other facts."""
        indicators = self._base.catalogue.indicators
        head, _, tail = key.rpartition(".")
        indicator = indicators.get(key) or indicators.get(head)
        if indicator is None:
            return None
        if key != indicator.id and tail == "previous" and indicator.general is not None:
            return indicator, indicator.general, "previous"
        for norm in indicator.norms:
            if fact_of(indicator, norm) == key:
                return indicator, norm, "now"
        return None

    # --- amounts ----------------------------------------------------------------------------------

    def _linear(self, indicator: Indicator, moment: str) -> Ratio | None:
        """Return a figure as a ratio whose lower part is positive wherever there is a reading."""
        ratio = self._ratios.of(indicator.id, moment)
        if ratio is None or not ratio.bottom:
            return None
        if indicator.otherwise is not None and self._rests_on_undefined(indicator):
            return None  # where the first formula has no value the second one may have another
        items = self._base.catalogue.line_items
        never_negative = all(
            by > 0 and (item == ONE or not items[item[0]].signed)
            for item, by in ratio.bottom.items()
        )
        return ratio if never_negative or self._refused(indicator, ratio.bottom, moment) else None

    def _refused(self, indicator: Indicator, bottom: Sum, moment: str) -> bool:
        """Say whether there is no reading where the lower part is negative."""
        for undefined in indicator.undefined:
            value = self._ratios.tree(undefined.value.tree, moment)
            if undefined.sign == "negative" and value is not None and value.top == bottom:
                return True
        return False

    def _undefined_elsewhere(self, indicator: Indicator, ratio: Ratio) -> bool:
        """Say whether there may be no reading although the lower part is positive."""
        if self._rests_on_undefined(indicator):
            return True
        values = (self._ratios.tree(u.value.tree) for u in indicator.undefined)
        return any(value is None or value.top != ratio.bottom for value in values)

    def _term(self, terms: Sum) -> z3.ArithRef:
        parts = [
            z3.Q(by.numerator, by.denominator) * (1 if item == ONE else self._item(*item))
            for item, by in terms.items()
        ]
        return z3.Sum(parts) if parts else z3.RealVal(0)

    def _item(self, item: str, moment: str) -> z3.ArithRef:
        if moment not in self._moments:
            self._moments.add(moment)
            self._solver.add(list(self._sums(moment)))
        return self._amount(item, moment)

    def _amount(self, item: str, moment: str) -> z3.ArithRef:
        if (item, moment) not in self._items:
            amount = z3.Real(f"{item}@{moment}")
            self._items[item, moment] = amount
            if not self._base.catalogue.line_items[item].signed:
                self._solver.add(amount >= 0)
        return self._items[item, moment]

    def _sums(self, moment: str) -> Iterator[z3.BoolRef]:
        catalogue = self._base.catalogue
        for identity in catalogue.identities:
            parts = [self._amount(part, moment) for part in identity.parts]
            yield self._amount(identity.total, moment) == z3.Sum(parts)
        within: Mapping[str, tuple[str, ...]] = catalogue.flows.within
        for whole, parts_within in within.items():
            for part in parts_within:
                yield self._amount(part, moment) <= self._amount(whole, moment)
