"""References of formulas into records, and of entries about single rows to those of the whole."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from diagnost.knowledge.shape import Problems
from diagnost.model.binding import NUMBER_, TRUTH, Unbound, bind, bind_row
from diagnost.model.catalogue import Catalogue
from diagnost.model.formula import Formula
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, nearest
from diagnost.model.records import Table
from diagnost.model.rule import Recommendation, Ruling, Statement
from diagnost.model.selection import Selection


class RecordNames(NamedTuple):
    """The names of tables and columns, and of the answers (``dated``) that belong to a day."""

    tables: Mapping[str, Table]
    selections: Mapping[str, Selection]
    dated: Collection[str]

    def figures(self, formula: Formula, per: str) -> Iterator[str]:
        """Yield the names of a formula that are no columns of the rows it may be read in."""
        own = self.tables[per].columns if per in self.tables else {}
        yield from (name.name for name in formula.names if name.name not in own)
        over = (self.selections[t].of if t in self.selections else t for t in formula.tables)
        columns = {c for t in over if t in self.tables for c in self.tables[t].columns}
        for term in formula.terms:
            yield from (name for name in term.names if name not in columns and name not in own)


NO_RECORDS = RecordNames({}, {}, ())


def check_terms(
    formula: Formula, at: At, catalogue: Catalogue, problems: Problems, per: str
) -> None:
    """Note what is wrong with the terms over records of a formula."""
    if per and per not in catalogue.tables:
        return  # told where the topic names the table
    for over in formula.terms:
        try:
            bound = bind(over.term, catalogue, per)
        except Unbound as error:
            place = (formula.place_of(error.name) if error.name else None) or formula.at or at
            hint = nearest(error.name, error.known) if error.name else ""
            problems.say("K213", str(error), place, hint or f"It reads: {over.text}")
            continue
        if bound.series or bound.kind != NUMBER_:
            kind = "series" if bound.series else {TRUTH: "condition"}.get(bound.kind, bound.kind)
            message = f"a formula gives a number, and this gives a {kind}"
            problems.say("K213", message, formula.at or at, f"It reads: {over.text}")


def check_scopes(base: KnowledgeBase, problems: Problems) -> None:
    """Note selections that mean nothing, and entries that mix single rows with the whole."""
    _check_selections(base.catalogue, problems)
    for rule in base.rules.values():
        own = False
        for leaf in rule.when.leaves:
            table = base.per_of(leaf.key)
            own = own or (bool(rule.per) and table == rule.per)
            if table and table != rule.per:
                message = f"'{leaf.key}' is a fact about single rows of {table}"
                hint = "Aggregate it to a figure of the whole, or move the entry to a topic 'per'."
                problems.say("K214", message, leaf.at, hint)
        if rule.per and not own and isinstance(rule, Statement | Recommendation):
            message = f"{rule.id} is about single rows, but asks for no fact of theirs"
            hint = "A figure of the whole must not yield a statement about one person."
            problems.say("K214", message, rule.at, hint)
        for name in _silenced(rule):
            other = base.rules.get(name)
            if other is not None and other.per != rule.per:
                message = f"{rule.id} and {name} are not about the same: one is 'per' a table"
                problems.say("K214", message, rule.at)


def _silenced(rule: object) -> tuple[str, ...]:
    match rule:
        case Statement():
            return rule.prevails_over
        case Recommendation():
            return (*rule.prevails_over, *rule.answers)
        case Ruling():
            return rule.silences
    return ()


def _check_selections(catalogue: Catalogue, problems: Problems) -> None:
    subjects: dict[str, Selection] = {}
    for selection in catalogue.selections.values():
        if selection.of not in catalogue.tables:
            continue  # told where it is named
        if selection.id in catalogue.tables:
            message = f"'{selection.id}' is a table already"
            problems.say("K207", message, selection.at, "Give the selection another id.")
        try:
            bind_row(selection.where, catalogue, selection.of)
        except Unbound as error:
            hint = nearest(error.name, error.known) if error.name else ""
            problems.say("K213", str(error), selection.at, hint or f"It reads: {selection.text}")
        if selection.one is not None:
            before = subjects.setdefault(selection.of, selection)
            if before is not selection:
                message = f"rows of {selection.of} are looked at one by one twice"
                problems.say("K214", message, selection.at, "Leave 'one' out of one.", before.at)
            if not catalogue.tables[selection.of].key:
                message = f"{selection.of} has no key by which its rows could be named"
                problems.say("K214", message, selection.at)
