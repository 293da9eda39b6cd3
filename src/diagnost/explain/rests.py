"""What rests on a figure: indicators through their formulas, findings through their facts."""

from collections.abc import Iterator

from diagnost.explain.grounds import Grounds
from diagnost.model.accounts import Amount
from diagnost.model.catalogue import Catalogue
from diagnost.model.diagnosis import Finding
from diagnost.model.fact import Run
from diagnost.model.formula import Formula
from diagnost.model.indicator import Reading


def users(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """Return the indicators whose formulas name a line item, question or indicator."""
    return tuple(
        indicator.id
        for indicator in catalogue.indicators.values()
        for formula in indicator.formulas
        if name in _named(formula, catalogue)
    )


def all_users(catalogue: Catalogue, name: str) -> frozenset[str]:
    """Return the indicators that use a name, also through other indicators, and the name itself."""
    found = {name}
    way = [name]
    while way:
        fresh = set(users(catalogue, way.pop())) - found
        found |= fresh
        way += sorted(fresh)
    return frozenset(found)


def _named(formula: Formula, catalogue: Catalogue) -> set[str]:
    return {catalogue.symbols.get(name.name, name.name) for name in formula.names}


def readings_behind(finding: Finding, run: Run, grounds: Grounds) -> Iterator[Reading]:
    """Yield the readings that a finding used, also through what other rules made."""
    way = [name for firing in finding.firings for name in firing.used]
    seen = set()
    while way:
        name = way.pop()
        if name in seen:
            continue
        seen.add(name)
        fact = run.base.facts.get(name[0])
        ground = grounds.of(name)
        if fact is not None:
            yield from fact.readings
        elif ground is not None:
            way += ground[0].used


def holds_amount(reading: Reading, item: str) -> bool:
    """Say whether a line item is among the amounts of a reading, or among what they came from."""
    return any(_holds(amount, item) for amount in reading.inputs)


def _holds(amount: Amount, item: str) -> bool:
    return amount.item == item or any(_holds(part, item) for part in amount.parts)
