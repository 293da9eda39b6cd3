"""Backwards: what rests on a cell, on a figure, or on a paragraph of a source."""

import re
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import suppress
from typing import NamedTuple

from diagnost.explain.lookup import UnknownEntry, find_entry
from diagnost.explain.rests import all_users
from diagnost.model.accounts import Amount
from diagnost.model.diagnosis import Advice, Cause, Finding, Verdict
from diagnost.model.fact import Fact, Firing
from diagnost.model.indicator import Reading
from diagnost.model.located import At, nearest
from diagnost.model.rule import FactKey, Word
from diagnost.pipeline import Case

_CELL = re.compile(r"(?:.*[!:])?(?:[A-Z]{1,3}\d{1,7}|\d+:\d+)")


class Target(NamedTuple):
    """What is asked about: ``kind`` is cell, line, question, indicator or source.

    ``places`` are the cells meant, ``names`` the ids (of statements, for a source).
    """

    kind: str
    text: str
    places: frozenset[At] = frozenset()
    names: frozenset[str] = frozenset()


class Rested(NamedTuple):
    """What rests on a target in one period, each in the order of the diagnosis."""

    target: Target
    period: str
    amounts: tuple[Amount, ...]
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    causes: tuple[Cause, ...]
    advice: tuple[Advice, ...]
    entries: tuple[str, ...]  # of the knowledge base that cite a source

    @property
    def empty(self) -> bool:
        """Say whether nothing rests on it."""
        return not (self.readings or self.findings or self.verdicts or self.advice)


def read_target(case: Case, text: str) -> Target:
    """Find what is meant; raise UnknownEntry where nothing is.

    A cell is written as places are told, or as the end of one: ``Bilans!C12``, ``C12``,
    ``acme.yaml:14:22``. A figure goes by id, symbol or name, a source by ``F6.5`` or ``F6``.
    """
    wanted = text.strip()
    if _CELL.fullmatch(wanted):
        places = frozenset(at for at in _places(case) if _ends_with(at, wanted))
        if places:
            return Target("cell", wanted, places)
    cited = frozenset(
        statement
        for statement in case.base.section_of
        if statement == wanted or statement.startswith(f"{wanted}.")
    )
    if cited:
        return Target("source", wanted, names=cited)
    for kind in ("line", "question"):
        with suppress(UnknownEntry):
            return Target(
                kind, wanted, names=frozenset((find_entry(case.base, wanted, (kind,)).id,))
            )
    try:
        entry = find_entry(case.base, wanted, ("indicator",))
    except UnknownEntry as error:
        if _CELL.fullmatch(wanted):
            known = [str(at) for at in _places(case)]
            hint = nearest(wanted, known) or f"Cells are written as in {known[0]}." if known else ""
            message = f"no figure was read from a cell '{wanted}'. {hint}".strip()
            raise UnknownEntry(message) from None
        raise UnknownEntry(str(error)) from None
    return Target(entry.kind, wanted, names=frozenset((entry.id,)))


def rests_on(case: Case, target: Target, period: str) -> Rested:
    """Return all that rests on a target in a period, through formulas, norms and rules."""
    run = case.runs[period]
    cited = _citing(case, target) if target.kind == "source" else frozenset[str]()
    readings = {
        key: reading
        for key, reading in case.readings.items()
        if reading.value is not None
        and (_reading_rests(case, reading, target) or reading.indicator in cited)
    }
    begun = {fact.name for fact in run.base.facts.values() if _fact_rests(fact, readings, target)}
    open_keys = _keys_hanging_on(case, {key for key, _ in begun} | cited)
    open_states = open_keys & case.base.states.keys()
    reached = _closure(run.firings, begun, cited, open_keys, open_states)

    def rests(firings: Iterable[Firing]) -> bool:
        return any(f in reached for f in firings)

    diagnosis = case.diagnosis
    return Rested(
        target=target,
        period=period,
        amounts=tuple(a for a in case.accounts.amounts.values() if _amount_is(a, target, period)),
        readings=tuple(r for (_, at), r in readings.items() if at == period),
        findings=tuple(f for f in diagnosis.findings if f.period == period and rests(f.firings)),
        verdicts=tuple(v for v in diagnosis.verdicts if v.period == period and rests(v.firings)),
        causes=tuple(c for c in diagnosis.causes if c.period == period and rests(c.firings)),
        advice=tuple(a for a in diagnosis.advice if a.period == period and rests(a.firings)),
        entries=tuple(sorted(cited)),
    )


def _keys_hanging_on(case: Case, keys: Iterable[FactKey]) -> frozenset[FactKey]:
    """Return the facts that could be others if these were, by the conditions of all rules."""
    found = set(keys)
    way = list(found)
    while way:
        for rule in case.base.asked_by.get(way.pop(), ()):
            made = rule.makes[0]
            if made not in found:
                found.add(made)
                way.append(made)
    return frozenset(found)


def _closure(
    firings: Iterable[Firing],
    begun: set[tuple[FactKey, Word]],
    rules: Iterable[str],
    open_keys: Set[FactKey],
    open_states: Set[FactKey],
) -> set[Firing]:
    """Return the firings that used a fact, or one made by such a firing, or are of the rules.

    One that rests on the absence of something that may come about with the fact is among them,
    and so is one that rests on a judgement, which stands only while no worse one is concluded.
    """
    known, wanted = set(begun), set(rules)
    reached: set[Firing] = set()
    waiting = list(firings)
    while True:
        fresh = [
            firing
            for firing in waiting
            if firing.rule in wanted
            or not known.isdisjoint(firing.used)
            or any(key in open_keys for key, _ in firing.absent)
            or any(key in open_states for key, _ in firing.used)
        ]
        if not fresh:
            return reached
        reached |= set(fresh)
        known |= {firing.made for firing in fresh}
        waiting = [firing for firing in waiting if firing not in reached]


def _citing(case: Case, target: Target) -> frozenset[str]:
    """Return the entries that cite a paragraph: rules, and indicators whose norms do."""
    base = case.base
    rules = {r.id for r in base.rules.values() if not target.names.isdisjoint(r.cites.ids)}
    indicators = {
        indicator.id
        for indicator in base.catalogue.indicators.values()
        if not target.names.isdisjoint(indicator.cites.ids)
        or any(not target.names.isdisjoint(norm.cites.ids) for norm in indicator.norms)
    }
    return frozenset(rules | indicators)


def _reading_rests(case: Case, reading: Reading, target: Target) -> bool:
    match target.kind:
        case "cell":
            return not target.places.isdisjoint(reading.places) or any(
                _in_rows(at, used.places)
                for term in reading.reckoned
                for used in term.used
                for at in target.places
            )
        case "line":
            return any(_made_of(amount, target.names) for amount in reading.inputs)
        case "indicator" | "question":
            users = all_users(case.base.catalogue, next(iter(target.names)))
            return reading.indicator in users
        case _:
            return False


def _made_of(amount: Amount, items: frozenset[str]) -> bool:
    return amount.item in items or any(_made_of(part, items) for part in amount.parts)


def _in_rows(at: At, ends: tuple[At, ...]) -> bool:
    """Say whether a cell stands between the first and the last row of a term over records."""
    if len(ends) < 2 or (at.file, at.sheet) != (ends[0].file, ends[0].sheet):
        return False
    first, last = _line(ends[0]), _line(ends[-1])
    return min(first, last) <= _line(at) <= max(first, last)


def _line(at: At) -> int:
    return int(re.sub(r"\D", "", at.cell) or 0) if at.cell else at.line


def _fact_rests(fact: Fact, readings: Collection[tuple[str, str]], target: Target) -> bool:
    if any((reading.indicator, reading.period) in readings for reading in fact.readings):
        return True
    if fact.at is not None and fact.at in target.places:
        return True
    if fact.key.startswith("lines."):
        return any(
            not target.places.isdisjoint(reading.places)
            or any(_made_of(amount, target.names) for amount in reading.inputs)
            for reading in fact.readings
        )
    return target.kind == "question" and fact.key.removeprefix("company.") in target.names


def _amount_is(amount: Amount, target: Target, period: str) -> bool:
    if amount.period != period:
        return False
    return amount.item in target.names or (not amount.parts and amount.at in target.places)


def _ends_with(at: At, wanted: str) -> bool:
    """Say whether a place is the one written, which may leave out what it begins with."""
    told = str(at)
    return told == wanted or any(told.endswith(mark + wanted) for mark in ("!", ":"))


def _places(case: Case) -> Iterator[At]:
    """Yield the places of everything that was read."""
    accounts = case.accounts
    for amount in accounts.amounts.values():
        yield from _leaves(amount)
    yield from (given.at for given in accounts.given.values())
    yield from (answer.at for answer in accounts.context.values())
    for rows in accounts.records.values():
        for row in rows:
            for column in row.values:
                cell = row.cell(column)
                if cell is not None:
                    yield cell.at


def _leaves(amount: Amount) -> Iterator[At]:
    if not amount.parts:
        yield amount.at
    for part in amount.parts:
        yield from _leaves(part)
