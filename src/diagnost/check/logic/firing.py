"""Entries that can never fire, and entries that hang on one another in a circle."""

from collections.abc import Collection, Iterator, Mapping

from diagnost.check.logic.doubts import Doubt
from diagnost.check.logic.worlds import Worlds, fires
from diagnost.model.fact import Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, Problem
from diagnost.model.rule import Condition, Example, Leaf, Rule


def dead(worlds: Worlds, informed: Worlds, alive: Collection[str] = ()) -> Iterator[Doubt]:
    """Yield K601 for entries whose condition no company can meet.

    What rests on another dead entry is left out: mending that one mends it too. ``alive`` are
    entries of which it is known that they can fire. Companies of which all is known
    (``informed``) are tried first: there is less to choose.
    """
    rules = worlds.base.rules
    open_ = [rule.id for rule in rules.values() if rule.id not in alive]
    unmet = [id_ for id_ in open_ if not informed.can(fires(id_))]
    lost = {id_ for id_ in unmet if not worlds.can(fires(id_))}
    for rule in rules.values():
        if rule.id in lost and not any(leaf.key in lost for leaf in rule.when.leaves):
            reason, place = _clash(worlds, rule)
            hint = "Mend the condition, or take the entry out."
            problem = Problem("K601", f"{rule.id} can never fire: {reason}", place, hint)
            yield Doubt(problem, (rule.id,))


def _clash(worlds: Worlds, rule: Rule) -> tuple[str, At]:
    """Say which leaf makes the condition impossible: the first that what stands before excludes."""
    for leaf, grown in _growing(rule.when, Condition()):
        if not worlds.can(worlds.meets(grown)):
            others = ", ".join(dict.fromkeys(_others(rule.when, leaf)))
            if others:
                return f"'{leaf}' does not go with {others}", leaf.at
            return f"'{leaf}' is never so", leaf.at
    return "its alternatives exclude one another", rule.at


def _growing(when: Condition, grown: Condition) -> Iterator[tuple[Leaf, Condition]]:
    """Yield the condition as it grows, with the leaf that was added last."""
    for leaf in when.all:
        grown = grown._replace(all=(*grown.all, leaf))
        yield leaf, grown
    for leaf in when.none:
        grown = grown._replace(none=(*grown.none, leaf))
        yield leaf, grown
    for group in when.any:
        grown = grown._replace(any=(*grown.any, group))
        yield group[0].leaves[0], grown


def _others(when: Condition, leaf: Leaf) -> Iterator[str]:
    """Yield what is asked beside a leaf of the same figure, or else of all."""
    everything = [other for other in when.leaves if other is not leaf]
    head = leaf.key.rpartition(".")[0]
    near = [o for o in everything if o.key == leaf.key or o.key.rpartition(".")[0] == head]
    near = [o for o in everything if o.key == leaf.key] or near
    yield from (f"'{other}'" for other in (near or everything)[:3])


def circles(base: KnowledgeBase) -> list[Doubt]:
    """Return K605 for each group of entries that can only fire where they have fired already."""
    needs = {rule.id: tuple(_needed(rule, base)) for rule in base.rules.values()}
    found = []
    for group in _strong_groups(needs):
        first, *others = sorted(group, key=lambda id_: base.rules[id_].at)
        place = base.rules[first].at
        named = " and ".join(others)
        message = (
            f"{first} and {named} hang on one another" if others else f"{first} asks for itself"
        )
        also = base.rules[others[0]].at if others else None
        hint = "Let one of them ask for figures or answers instead."
        found.append(Doubt(Problem("K605", message, place, hint, also), tuple(sorted(group))))
    return found


def _needed(rule: Rule, base: KnowledgeBase) -> Iterator[str]:
    for leaf in rule.when.leaves:
        if leaf.key in base.states:
            yield from (c.id for c in base.conclusions.values() if c.key == leaf.key)
        elif leaf.key in base.rules:
            yield leaf.key


def _strong_groups(needs: Mapping[str, tuple[str, ...]]) -> Iterator[frozenset[str]]:
    """Yield the groups whose members all lead to one another (Tarjan), alone ones by a loop."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    for start in needs:
        if start in index:
            continue
        todo = [(start, iter(needs[start]))]
        index[start] = low[start] = len(index)
        path.append(start)
        while todo:
            id_, rest = todo[-1]
            child = next(rest, None)
            if child is None:
                todo.pop()
                if todo:
                    low[todo[-1][0]] = min(low[todo[-1][0]], low[id_])
                if low[id_] == index[id_]:
                    group = frozenset(path[path.index(id_) :])
                    del path[path.index(id_) :]
                    if len(group) > 1 or id_ in needs[id_]:
                        yield group
            elif child not in index:
                index[child] = low[child] = len(index)
                path.append(child)
                todo.append((child, iter(needs[child])))
            elif child in path:
                low[id_] = min(low[id_], index[child])


def proven(base: KnowledgeBase, example: Example, run: Run) -> frozenset[str]:
    """Return the entries that fired on an example and can therefore fire for some company.

    An example may say what no company could give: words of derived facts, or of two norms of one
    figure; and what it does not mention counts as something else, even where nothing else is left.
    """
    indicators = base.catalogue.indicators
    for key, value in example.values:
        head = key if key in indicators else key.rpartition(".")[0]
        norms = indicators[head].norms if head in indicators else ()
        derived = key in base.rules or key in base.states
        if isinstance(value, str) and (derived or len(norms) > 1):
            return frozenset()
    if any(firing.absent for firing in run.firings):
        return frozenset()
    return frozenset(firing.rule for firing in run.firings)
