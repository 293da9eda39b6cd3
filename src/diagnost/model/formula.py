"""Formulas of the knowledge base: as written and as a tree, evaluated and printed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException, localcontext
from functools import reduce

from diagnost.model.formula_text import Write, as_printed, as_source
from diagnost.model.formula_tree import (
    Call,
    Missing,
    Name,
    Node,
    Number,
    Operation,
    OverRecords,
    averaged,
    names_in,
    terms_in,
    with_averages_named,
)
from diagnost.model.located import At
from diagnost.model.terms import tables_of

_MOST_DIGITS = 40

Lookup = Callable[[str, str], Decimal | Missing]
"""``lookup(name, moment)`` gives the value of a name in a moment: now, previous or first."""

Reckon = Callable[[OverRecords], Decimal | Missing]
"""Gives the value of a term over records."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written and as a tree; ``at`` is where it stands, if it was read from a file."""

    text: str
    tree: Node
    at: At | None = field(default=None, compare=False)

    @property
    def names(self) -> tuple[Name, ...]:
        """Return the names used, in order of appearance, each once."""
        return tuple(dict.fromkeys(names_in(self.tree)))

    @property
    def leaves(self) -> tuple[Name | OverRecords, ...]:
        """Return names and terms over records as they stand in the formula, each once."""
        found: dict[Name | OverRecords, str] = {}
        self.written(lambda part: found.setdefault(part, ""))
        return tuple(found)

    @property
    def terms(self) -> tuple[OverRecords, ...]:
        """Return the terms over records, in order of appearance, each once."""
        return tuple(dict.fromkeys(terms_in(self.tree)))

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables and selections of records that are aggregated, each once."""
        return tuple(dict.fromkeys(t for over in self.terms for t in tables_of(over.term)))

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return the names used, also those inside terms over records, words among them."""
        plain = (name.name for name in self.names)
        return tuple(dict.fromkeys((*plain, *(n for over in self.terms for n in over.names))))

    def place_of(self, name: str) -> At | None:
        """Return where a name stands in the file, as far as the formula's own place tells."""
        found = re.search(rf"\b{re.escape(name)}\b", self.text)
        if self.at is None or found is None:
            return self.at
        return self.at._replace(column=self.at.column + found.start(), width=len(name))

    def evaluate(self, lookup: Lookup, reckon: Reckon | None = None) -> Decimal | Missing:
        """Compute the value, or say why there is none.

        A missing name makes the result missing and collects everything that is needed;
        a division by zero gives the reason ``zero_denominator``, a figure of more digits than any
        company has ``out_of_range``. ``reckon`` gives the terms over records; without it they are
        missing.
        """
        with localcontext() as context:
            context.prec = 28
            try:
                value = _evaluate(self.tree, lookup, reckon or _no_records)
            except DecimalException:
                return Missing("out_of_range")
        if isinstance(value, Decimal) and value.adjusted() > _MOST_DIGITS:
            return Missing("out_of_range")
        return value

    def written(self, write: Write, decimal: str = ".") -> str:
        """Write the formula with each name and term over records replaced, as on a printed page.

        ``decimal`` is the decimal sign of the language.
        """
        return as_printed(self.tree, write, 0, decimal)

    def named(self, write: Write, decimal: str = ".") -> str:
        """Write the formula as ``written`` does, an average as one name (moment ``average``)."""
        return as_printed(with_averages_named(self.tree), write, 0, decimal)

    def averaged(self, is_balance: Callable[[str], bool]) -> "Formula | None":
        """Return the formula on averages of opening and closing balances; None if it has none.

        Every balance of the present moment is averaged with the same of the period before.
        """
        tree = averaged(self.tree, is_balance)
        if tree == self.tree:
            return None
        return Formula(as_source(with_averages_named(tree), 0), tree, self.at)


def _evaluate(node: Node, lookup: Lookup, reckon: Reckon) -> Decimal | Missing:
    match node:
        case Number(value=value):
            return value
        case Name(name=name, moment=moment):
            return lookup(name, moment)
        case OverRecords():
            return reckon(node)
        case Operation(operator=operator, left=left, right=right):
            sides = [_evaluate(left, lookup, reckon), _evaluate(right, lookup, reckon)]
            return _apply(operator, sides)
        case Call(function=function, arguments=arguments):
            return _apply(function, [_evaluate(a, lookup, reckon) for a in arguments])


def _apply(operator: str, values: list[Decimal | Missing]) -> Decimal | Missing:
    missing = [value for value in values if isinstance(value, Missing)]
    if missing:
        # A reason other than a plain gap (no sales, negative equity) says more: it comes first.
        first = next((m for m in missing if m.reason != "missing"), missing[0])
        return first._replace(needs=tuple(dict.fromkeys(n for m in missing for n in m.needs)))
    numbers = [value for value in values if isinstance(value, Decimal)]
    match operator:
        case "+":
            return numbers[0] + numbers[1]
        case "-":
            return numbers[0] - numbers[1]
        case "*":
            return numbers[0] * numbers[1]
        case "/":
            return numbers[0] / numbers[1] if numbers[1] else Missing("zero_denominator")
        case "abs":
            return abs(numbers[0])
        case "min":
            return reduce(min, numbers)
        case _:
            return reduce(max, numbers)


def _no_records(over: OverRecords) -> Decimal | Missing:
    return Missing("missing", tables_of(over.term))
