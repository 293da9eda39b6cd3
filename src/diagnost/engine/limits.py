"""What durable-rules cannot carry is refused when the plan is made, whichever engine runs it.

Beyond these limits durable-rules 2.0.28 never finishes building a ruleset, or refuses a fact in
the middle of a run; a knowledge base must behave the same with both engines.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from diagnost.engine.alternatives import Literals, count
from diagnost.engine.names import Name, absence, area
from diagnost.model.located import Problem
from diagnost.model.rule import Rule

MOST_ALTERNATIVES = 250  # of one rule: the groups of 'any' multiply
MOST_FACTS = 15  # asked for by one alternative; with 17 error 304
MOST_ASKING = 250  # alternatives that ask for one fact; with 257 error 108
MOST_TESTS = 500  # areas, and facts asked for in one area; with 512 building hangs


def too_many_alternatives(rules: Sequence[Rule]) -> Iterator[Problem]:
    """Yield K311 for the rules whose groups of ``any`` multiply beyond measure."""
    for rule in rules:
        if (number := count(rule.when)) > MOST_ALTERNATIVES:
            yield _problem(
                rule,
                f"its groups of 'any' give {number} alternatives, more than {MOST_ALTERNATIVES}",
                "Let a rule of its own conclude a word for one group, and ask for that word",
            )


def too_much_asked(
    rules: Sequence[Rule], ways: Mapping[str, Sequence[Literals]]
) -> Iterator[Problem]:
    """Yield K311 for the rules with which an alternative, a fact or an area passes its limit."""
    asking: dict[Name, list[Rule]] = defaultdict(list)
    areas: dict[str, dict[Name, Rule]] = defaultdict(dict)
    for rule in rules:
        for way in ways[rule.id]:
            names = [*sorted(way.present), *map(absence, sorted(way.absent))]
            if len(names) > MOST_FACTS:
                yield _problem(
                    rule,
                    f"one alternative asks for {len(names)} facts, more than {MOST_FACTS}",
                    "Let a rule of its own conclude a word for some of them, and ask for that word",
                )
            for name in names:
                asking[name].append(rule)
                areas[area(name[0])].setdefault(name, rule)
    for (key, word), askers in asking.items():
        if len(askers) > MOST_ASKING:
            yield _problem(
                askers[MOST_ASKING],
                f"{len(askers)} alternatives ask for '{key}: {word}', more than {MOST_ASKING}",
                "Let rules conclude words that stand for it, and spread the askers over those",
            )
    for title, tests in areas.items():
        if len(tests) > MOST_TESTS:
            yield _problem(
                list(tests.values())[MOST_TESTS],
                f"rules ask for {len(tests)} facts under '{title}', more than {MOST_TESTS}",
                "Divide the area: the first two segments of a key name it",
            )
    if len(areas) > MOST_TESTS:
        last = list(areas.values())[MOST_TESTS]
        yield _problem(
            next(iter(last.values())),
            f"rules ask for facts of {len(areas)} areas, more than {MOST_TESTS}",
            "Join areas: the first two segments of a key name one",
        )


def _problem(rule: Rule, message: str, hint: str) -> Problem:
    return Problem(code="K311", message=f"{rule.id}: {message}", at=rule.at, hint=hint)
