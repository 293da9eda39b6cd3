"""What is doubtful about entries once the accounts of a firm must add up."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from diagnost.check.identities.firms import Firms
from diagnost.check.logic.doubts import Doubt
from diagnost.check.logic.stretches import fact_of
from diagnost.check.logic.together import silencers_of, told_side_by_side
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem
from diagnost.model.rule import Recommendation, Rule, Statement

BY_IDENTITIES = frozenset({"K621", "K622", "K623", "K624"})
"""The codes of what is decided here."""


def doubts_by_identities(base: KnowledgeBase) -> Iterator[Doubt]:
    """Yield what no possible firm shows; entries that find faults in accounts are passed over."""
    faults = {s.id for s in base.statements.values() if _finds_faults(s)}
    firms = Firms(base, faults)
    looked_at = [
        rule.id
        for rule in base.rules.values()
        if not rule.per and rule.id not in faults and firms.touches_ratios(rule.id)
    ]
    survey = _Survey(firms, looked_at)
    yield from _dead(base, survey)
    yield from _together(base, survey)
    yield from _both_ways(base, survey)
    yield from _empty_bands(base, firms, faults)


def _finds_faults(statement: Statement) -> bool:
    return statement.place == "data" or statement.polarity is Polarity.IMPOSSIBLE


class _Survey:
    """Firms that were found, by what fires at them: a question may be answered by one of them."""

    def __init__(self, firms: Firms, rules: Iterable[str]) -> None:
        self.firms = firms
        self.rules = list(rules)
        self.seen: list[frozenset[str]] = []
        for rule in self.rules:
            firms.firing(rule)

    def can(self, fires: Iterable[str], silent: Iterable[str] = ()) -> bool:
        """Say whether some firm fires these and not those; what is not decided counts as yes."""
        wanted, unwanted = frozenset(fires), frozenset(silent)
        if any(wanted <= fired and not unwanted & fired for fired in self.seen):
            return True
        firing = self.firms.firing
        found = self.firms.can(
            *(firing(rule) for rule in sorted(wanted)),
            *(self.firms.no(firing(rule)) for rule in sorted(unwanted)),
        )
        if found:
            self.seen.append(self.firms.fired((*self.rules, *wanted, *unwanted)))
        return found is not False

    def alike(self, one: str, other: str) -> bool:
        """Say whether no firm was found at which only one of two entries fires."""
        return all((one in fired) is (other in fired) for fired in self.seen)


def _dead(base: KnowledgeBase, survey: _Survey) -> Iterator[Doubt]:
    lost = {rule for rule in survey.rules if not survey.can([rule])}
    for rule in (base.rules[id_] for id_ in survey.rules if id_ in lost):
        if any(leaf.key in lost for leaf in rule.when.leaves):
            continue  # mending that one mends it too
        message = f"no firm whose accounts add up can fire {rule.id}"
        hint = "Its bands exclude one another by the sums of the balance sheet: mend the condition."
        yield Doubt(Problem("K621", message, rule.at, hint), (rule.id,))


def _together(base: KnowledgeBase, survey: _Survey) -> Iterator[Doubt]:
    """Yield K622 for statements in one place of which neither ever fires without the other."""
    rules = frozenset(survey.rules)
    silencers = silencers_of(base)
    told = [s for s in base.statements.values() if s.id in rules and told_side_by_side(s)]
    places: dict[tuple[str, str, str], list[Statement]] = {}
    for statement in told:
        if survey.can([statement.id]):
            place = (statement.area, statement.place, statement.viewpoint)
            places.setdefault(place, []).append(statement)
    for statements in places.values():
        for one, other in combinations(statements, 2):
            if _same_facts(one, other) or _follows(one, other) or _follows(other, one):
                continue
            if not survey.alike(one.id, other.id):
                continue
            if survey.can([one.id], [other.id]) or survey.can([other.id], [one.id]):
                continue
            ways = {*silencers.get(one.id, ()), *silencers.get(other.id, ())}
            if not survey.can([one.id, other.id], ways):
                continue  # one of them gives way wherever they meet
            message = f"{other.id} fires at just the firms at which {one.id} fires"
            hint = "By the sums of the accounts they say the same: let one prevail over the other."
            problem = Problem("K622", message, other.at, hint, one.at)
            yield Doubt(problem, (one.id, other.id))


def _same_facts(one: Rule, other: Rule) -> bool:
    """Say whether two entries ask for the same facts: then their words are compared already."""
    return {leaf.key for leaf in one.when.leaves} == {leaf.key for leaf in other.when.leaves}


def _follows(one: Rule, other: Rule) -> bool:
    """Say whether an entry asks for another one: it is meant to be told with it."""
    return any(leaf.key == other.id for leaf in one.when.leaves)


def _both_ways(base: KnowledgeBase, survey: _Survey) -> Iterator[Doubt]:
    """Yield K623 for advice that raises and lowers one line item of the same firm."""
    silencers = silencers_of(base)
    steps = [step for step in base.recommendations.values() if step.moves and not step.per]
    for one, other in combinations(steps, 2):
        item = _opposite(one, other)
        if item is None:
            continue
        ways = {*silencers.get(one.id, ()), *silencers.get(other.id, ())}
        if survey.can([one.id, other.id], ways):
            message = f"{other.id} and {one.id} move {item} opposite ways at the same firm"
            hint = "Let one prevail, write a ruling, or narrow a condition."
            problem = Problem("K623", message, other.at, hint, one.at)
            yield Doubt(problem, (one.id, other.id))


def _opposite(one: Recommendation, other: Recommendation) -> str | None:
    """Return the first line item that one step raises and the other lowers."""
    first, second = dict(one.moves), dict(other.moves)
    return next((i for i in first if i in second and first[i] is not second[i]), None)


def _empty_bands(base: KnowledgeBase, firms: Firms, faults: Iterable[str]) -> Iterator[Doubt]:
    """Yield K624 for bands into which the figure of no firm can fall, but to find faults."""
    of_faults = {leaf.key for fault in faults for leaf in base.rules[fault].when.leaves}
    for indicator in base.catalogue.indicators.values():
        for norm in indicator.norms:
            key = fact_of(indicator, norm)
            if indicator.dated or key in of_faults or not firms.is_ratio(key):
                continue
            for band in norm.bands:
                if firms.can(firms.in_band(key, band.id)) is False:
                    message = f"no firm whose accounts add up has {key}: {band.id}"
                    hint = "Take the band out, or say in rules/expected.yaml what it is for."
                    yield Doubt(Problem("K624", message, band.at, hint), (key, band.id))
