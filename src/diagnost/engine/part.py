"""The part of a plan that one rule hangs on: it decides the rule as the whole plan does."""

from dataclasses import replace
from functools import lru_cache

from diagnost.engine.plan import Plan, order


@lru_cache(maxsize=8)
def part_of(plan: Plan, rule: str) -> Plan:
    """Return the plan of a rule, of all that makes what it asks for, and of what those ask for.

    Facts that only other rules ask for make no difference to it, nor do those rules themselves.
    Stages are those of the whole plan.
    """
    found = {rule}
    open_ = [rule]
    while open_:
        for each in plan.ways.get(open_.pop(), ()):
            for key, word in (*each.present, *each.absent):
                for asked in plan.states.get(key, (word,)):  # of a state, graver words count too
                    fresh = set(plan.makers.get((key, asked), ())) - found
                    found |= fresh
                    open_ += fresh
    ways = [each for id_ in found for each in plan.ways.get(id_, ())]
    return replace(plan, alternatives=tuple(sorted(ways, key=order)))
