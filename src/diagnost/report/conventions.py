"""Which judgements hang on a convention: another method of the trade, or the rounding of amounts.

By another method the facts that it touches are read first; only where one of them has another word
are the rules tried again, those alone on which a judgement rests. So a document can afford to look.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from diagnost.compute.derived import complete
from diagnost.compute.facts import compute_facts
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.engine.run import run
from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.fact import Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.method import Choice, Option
from diagnost.model.rule import StateWord
from diagnost.pipeline import Case, by_option, grounds_for, plan_of, run_of
from diagnost.report.near_limits import fragile

_DAYS = ("days", "year_days")


class Flip(NamedTuple):
    """A judgement that would be another by another convention; ``before`` None: there is none."""

    area: str
    before: StateWord | None
    after: StateWord


class Convention(NamedTuple):
    """A convention by which something would be judged otherwise: an option of the method.

    Without a choice it is the rounding of amounts to the unit of the accounts.
    """

    choice: Choice | None
    option: Option | None
    flips: tuple[Flip, ...]


def conventions(case: Case, period: str) -> tuple[Convention, ...]:
    """Return the conventions that would change a judgement of a period."""
    return (*_by_method(case, period), *_by_rounding(case, period))


def _judgements(case: Case) -> tuple[str, ...]:
    """Return the states that areas are judged by."""
    states = case.base.states.values()
    return tuple(state.id for state in states if state.verdict_on and not state.per)


def _by_method(case: Case, period: str) -> Iterator[Convention]:
    """Yield the options not taken that would change a judgement, in the order of the choices."""
    if not case.accounts_looked_at:
        return
    grounds = grounds_for(case, _judgements(case))
    users, now = _users(case.base.catalogue), case.runs[period].base
    for choice in case.method.choices.values():
        for option in choice.options:
            if option.id == case.method.option(choice.id).id:
                continue
            other = by_option(case, choice.id, option.id)
            if other is None:
                return
            accounts, catalogue = other
            keys = _keys_of(_touched(case, accounts, catalogue, users), grounds)
            keys += [key for key in (f"method.{choice.id}",) if key in grounds.keys_used]
            facts = compute_facts(
                accounts,
                grounds.with_catalogue(catalogue),
                ReadingsOnDemand(accounts, catalogue, case.benchmarks),
                period,
                keys=keys,
                benchmarks=case.benchmarks,
            )
            words = {key: fact.word for key, fact in facts.facts.items()}
            if all(key in now.facts and now.facts[key].word == words[key] for key in words):
                continue
            kept = {key: fact for key, fact in now.facts.items() if key not in facts.unknown}
            merged = now._replace(
                facts={**kept, **facts.facts},
                unknown={
                    **{key: needs for key, needs in now.unknown.items() if key not in words},
                    **facts.unknown,
                },
            )
            found = _flips(case, run(plan_of(grounds), merged, case.engine), period)
            if found:
                yield Convention(choice, option, found)


def _keys_of(indicators: Collection[str], grounds: KnowledgeBase) -> list[str]:
    """Return the facts on some indicators that rules ask for."""
    known = grounds.catalogue.indicators
    return [
        key
        for key in grounds.keys_used
        if (key if key in known else key.rpartition(".")[0]) in indicators
    ]


def _users(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the indicators whose formula names an item, an indicator or the days of a period."""
    users: dict[str, list[str]] = {}
    for id_, indicator in catalogue.indicators.items():
        for formula in indicator.formulas:
            for name in formula.names:
                users.setdefault(catalogue.symbols.get(name.name, name.name), []).append(id_)
    return users


def _touched(
    case: Case, accounts: Accounts, catalogue: Catalogue, users: Mapping[str, Sequence[str]]
) -> set[str]:
    """Return the indicators that another method computes otherwise, or out of such ones."""
    own = case.base.catalogue.indicators
    touched = {
        id_
        for id_, indicator in catalogue.indicators.items()
        if indicator is not own[id_]
        and (indicator.formula, indicator.averaged) != (own[id_].formula, own[id_].averaged)
    }
    moved = [
        item
        for (item, at), amount in accounts.amounts.items()
        if (known := case.accounts.amounts.get((item, at))) is None or known.value != amount.value
    ]
    if [p.days for p in accounts.periods] != [p.days for p in case.accounts.periods]:
        moved += _DAYS
    reached = [*touched, *moved]
    while reached:
        for user in users.get(reached.pop(), ()):
            if user not in touched:
                touched.add(user)
                reached.append(user)
    return touched


def _by_rounding(case: Case, period: str) -> Iterator[Convention]:
    """Yield the rounding of amounts, where without it something may be judged otherwise."""
    found: dict[str, Flip] = {}
    about = _judgements(case)
    for each in fragile(case, period):
        if not each.unrounded:
            continue
        amounts = {key: a for key, a in case.accounts.amounts.items() if not a.parts}
        for key, by in each.unrounded.items():
            if key in amounts:
                amounts[key] = amounts[key]._replace(value=amounts[key].value + by)
        changed = complete(replace(case.accounts, amounts=amounts), case.base.catalogue)
        unrounded = run_of(changed, case.base, period, case.engine, about=about)
        for flip in _flips(case, unrounded, period):
            found.setdefault(flip.area, flip)
    if found:
        yield Convention(None, None, tuple(found.values()))


def _flips(case: Case, other: Run, period: str) -> tuple[Flip, ...]:
    """Return the judgements that are otherwise in another run of the same period.

    Where the accounts lack what another method needs there is none, and nothing is otherwise.
    """
    now = case.runs[period]
    rank = {area.id: place for place, area in enumerate(case.base.areas)}
    found = []
    for state in (case.base.states[id_] for id_ in _judgements(case)):
        before, after = (
            state.standing({f.made for f in each.firings if f.made[0] == state.id})
            for each in (now, other)
        )
        graded = after is not None and after.graded
        if after is not None and graded and (before is None or before.id != after.id):
            found.append(Flip(state.verdict_on, before, after))
    return tuple(sorted(found, key=lambda flip: rank[flip.area]))
