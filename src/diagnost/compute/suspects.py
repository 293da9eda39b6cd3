"""Which figures are most likely wrong: the smallest sets of cells that explain all contradictions.

Consistency-based diagnosis (Reiter 1987, de Kleer 1987): a set of cells is a candidate if the other
figures, as written, and *some* values of these cells leave no contradiction. Candidates grow from
conflicts, relations that cannot hold while all of their cells are as written: each must lose one.
Only what the company filled in is suspected. An item that it left out because it has none counts as
nil, unless nothing else explains the contradictions.
"""

from collections.abc import Iterable, Sequence
from decimal import localcontext
from math import prod

from diagnost.compute.columns import columns_in_another_unit
from diagnost.compute.contradictions import contradictions
from diagnost.compute.neighbours import Neighbours
from diagnost.compute.relations import Relation, Relations
from diagnost.compute.repairs import Cells, Repair, Repairs
from diagnost.compute.slopes import CellKey
from diagnost.compute.trial import Trial
from diagnost.model.accounts import Accounts
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.suspicion import Check, Suspect, SuspectSet, Suspicion

MOST_CELLS = 3
"""Beyond so many cells it is only said that several figures disagree."""

MOST_SETS = 1_000
"""Beyond so many sets of a size nothing is told apart any more; a whole statement has some 250."""

_DIGITS = 100
"""Amounts have up to thirty digits, and a slip may add some."""


def find_suspects(
    filed: Accounts, accounts: Accounts, base: KnowledgeBase
) -> tuple[Suspicion, ...]:
    """Return what the contradictions of the accounts point to, group by group.

    ``filed`` are the accounts as read, ``accounts`` the same completed. Contradictions that share a
    figure are one group. Nothing is returned for a check that rests on no figures of its own.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return _found(filed, accounts, base)


def _found(filed: Accounts, accounts: Accounts, base: KnowledgeBase) -> tuple[Suspicion, ...]:
    periods = [period.id for period in accounts.periods]
    broken = contradictions(accounts, base, periods)
    if not broken:
        return ()
    builder = Relations(accounts, base)
    relations = tuple(builder.all())
    trial = Trial(filed, base, broken)
    neighbours = Neighbours(accounts)
    failing = [r for r in relations if (r.fails if r.check is None else r.check in broken)]
    found = []
    for group in _groups(failing):
        checks = tuple(dict.fromkeys(r.check for r in group if r.check is not None))
        if checks:
            search = _Search(group, relations, builder, trial, neighbours)
            found += _apart(Suspicion(checks, tuple(search.sets())), group, relations)
    return tuple(_columns_once(found))


def _apart(
    suspicion: Suspicion, group: Iterable[Relation], relations: Iterable[Relation]
) -> list[Suspicion]:
    """Tell wrong figures apart where each of them settles contradictions of its own.

    That is so where nothing holds between the figures of a set, all sets share the contradictions
    out alike, and any choice of one figure for each share is among the sets.
    """
    sets = suspicion.sets
    if not sets or len(sets[0].cells) == 1:
        return [suspicion]
    shared_out: set[frozenset[frozenset[Check]]] = set()
    choices: dict[frozenset[Check], dict[Suspect, None]] = {}
    for each in sets:
        cells = {(suspect.name, suspect.period, suspect.at): suspect for suspect in each.cells}
        if any(len(cells.keys() & relation.cells.keys()) > 1 for relation in relations):
            return [suspicion]
        shares = []
        for cell, suspect in cells.items():
            touched = (r.check for r in group if r.check is not None and cell in r.cells)
            shares.append(frozenset(touched))
            choices.setdefault(shares[-1], {})[suspect] = None
        if not all(shares):
            return [suspicion]
        shared_out.add(frozenset(shares))
    if len(shared_out) > 1 or prod(map(len, choices.values())) != len(sets):
        return [suspicion]
    return [
        Suspicion(
            tuple(check for check in suspicion.checks if check in checks),
            tuple(SuspectSet((suspect,)) for suspect in suspects),
        )
        for checks, suspects in choices.items()
    ]


def _columns_once(found: Iterable[Suspicion]) -> list[Suspicion]:
    """Tell a column in another unit once, however many leaps point to it."""
    told: list[Suspicion] = []
    for suspicion in found:
        same = (
            i
            for i, other in enumerate(told)
            if other.sets == suspicion.sets and any(s.is_column for s in other.sets)
        )
        index = next(same, None)
        if index is None:
            told.append(suspicion)
        else:
            checks = told[index].checks + suspicion.checks
            told[index] = suspicion._replace(checks=checks)
    return told


def _groups(broken: Sequence[Relation]) -> list[list[Relation]]:
    """Put contradictions that share a cell together, in their order."""
    groups: list[list[Relation]] = []
    for relation in broken:
        joined = [relation]
        apart = []
        for group in groups:
            shares = any(other.cells.keys() & relation.cells.keys() for other in group)
            if shares:
                joined = [*group, *joined]
            else:
                apart.append(group)
        groups = [*apart, joined]
    order = {id(relation): rank for rank, relation in enumerate(broken)}
    ordered = [sorted(group, key=lambda r: order[id(r)]) for group in groups]
    return sorted(ordered, key=lambda group: order[id(group[0])])


class _Search:
    """Grows sets of cells from the conflicts of one group of contradictions."""

    def __init__(
        self, group: Sequence[Relation], all_: Sequence[Relation], relations: Relations,
        trial: Trial, neighbours: Neighbours,
    ) -> None:  # fmt: skip
        self.group = group
        self.relations = relations
        self.trial = trial
        self.touching: dict[CellKey, list[Relation]] = {}
        for relation in all_:
            for cell in relation.cells:
                self.touching.setdefault(cell, []).append(relation)
        self.order = {cell: rank for rank, cell in enumerate(_in_order(relations))}
        self.repairs = Repairs(group, self.touching, self.order, relations, trial, neighbours)

    def sets(self) -> list[SuspectSet]:
        """Return the smallest sets, the most likely first."""
        relations = self.relations
        columns = columns_in_another_unit(
            self.group, relations.cells, relations.accounts, self.trial
        )
        found = list(columns)
        if found:
            return found
        return [each.set for each in sorted(self._smallest(), key=lambda each: each.rank)]

    def _smallest(self) -> list[Repair]:
        """Grow sets cell by cell until some explain all; those without items taken as nil first."""
        frontier: list[Cells] = [()]
        for _ in range(MOST_CELLS):
            grown = {
                tuple(sorted((*cells, cell), key=self.order.__getitem__))
                for cells in frontier
                for cell in self._conflict(cells)
                if cell not in cells
            }
            if len(grown) > MOST_SETS:
                return []
            frontier = sorted(grown, key=lambda cells: [self.order[cell] for cell in cells])
            for with_nil in (False, True):
                found = [
                    each
                    for cells in frontier
                    if any(map(self.relations.is_nil, cells)) is with_nil
                    and (each := self.repairs.of(cells)) is not None
                ]
                if found:
                    return found
        return []

    def _conflict(self, cells: Sequence[CellKey]) -> Iterable[CellKey]:
        """Return cells of which one must be wrong too, given that ``cells`` alone do not do."""
        for relation in self.group:
            if not any(cell in relation.cells for cell in cells):
                return relation.cells
        touched = (relation for cell in cells for relation in self.touching[cell])
        return dict.fromkeys(cell for relation in touched for cell in relation.cells)


def _in_order(relations: Relations) -> list[CellKey]:
    """Return cells in the order of line items, periods and places; given indicators last."""
    items = {key: rank for rank, key in enumerate(relations.accounts.amounts)}
    return sorted(
        relations.cells, key=lambda cell: (items.get((cell[0], cell[1]), len(items)), cell)
    )
