"""The engine durable-rules: the core of the library, without its host and its Python actions.

What durable-rules 2.0.28 does otherwise is kept away from it, or caught here:

- its host starts two timer threads and cannot be closed; its Python actions swallow exceptions,
  and end without a word when the clock is set forward: so its core is called directly;
- comparisons of numbers, ``any`` and ``none`` have traps: only equality of words is asked;
- a ruleset of 4097 rules is refused: a plan goes to as many rulesets as it needs, and a conclusion
  of one is told to all;
- 512 tests in one place hang it: the area of a fact is tested before the fact;
- a fact that no rule asks for, and a fact told twice, are refused: neither is ever told;
- it recognises a fact by a hash of 32 bits over its id: the ids here, short numbers, never clash;
- it crashes when a session is deleted in which nothing fired: the opening rule fires in each;
- it is no longer maintained: at the end of each run, its record is held against the facts.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from weakref import WeakKeyDictionary, finalize

from durable.engine import durable_rules_engine as core

from diagnost.engine.errors import EngineError
from diagnost.engine.names import ALWAYS, Name, area
from diagnost.engine.plan import Plan

_OPENING = -1
MOST_RULES = 4000
"""So many alternatives go to one ruleset; with 4097 error 106."""
_numbers = count(1)


@contextmanager
def open_session(plan: Plan) -> Iterator["DurableSession"]:
    """Open a session for one period; at the end check its record and delete it.

    Raise EngineError where durable-rules broke off or lost something.
    """
    rules = _COMPILED.get(plan)
    if rules is None:
        rules = _COMPILED[plan] = _Rules(plan)
    session = DurableSession(plan, rules)
    try:
        session.tell([ALWAYS])
        yield session
        session.check()
    finally:
        session.delete()


class DurableSession:
    """Durable-rules at work on one period."""

    def __init__(self, plan: Plan, rules: "_Rules") -> None:
        self.believed: set[Name] = set()
        self.fired: list[int] = []
        self._plan = plan
        self._rules = rules
        self._id = str(next(_numbers))

    def tell(self, names: Iterable[Name]) -> None:
        """Add facts one by one and chain forward until nothing more fires."""
        try:
            self._believe(names)
            self._rules.act(self._id, self._fire)
        except Exception as error:
            raise EngineError(f"durable-rules broke off: {error!r}") from error

    def check(self) -> None:
        """Raise EngineError unless all that was due has fired once, which tells lost facts too."""
        believed = self.believed
        due = [index for index, asks in enumerate(self._plan.asks) if believed.issuperset(asks)]
        if due != sorted(self.fired):
            differing = set(due).symmetric_difference(self.fired) or self.fired
            rules = sorted({self._plan.alternatives[index].rule for index in differing})
            raise EngineError(f"durable-rules lost or repeated firings of: {', '.join(rules)}")

    def delete(self) -> None:
        """Forget the session; durable-rules can have 1023 at a time."""
        self._rules.delete(self._id)

    def _fire(self, index: int) -> None:
        """Record a firing and believe what it made."""
        self._record(index)  # before asserting: a fact made twice has two firings
        self._believe([self._plan.alternatives[index].makes])

    def _record(self, index: int) -> None:
        self.fired.append(index)

    def _believe(self, names: Iterable[Name]) -> None:
        for name in names:
            if name not in self.believed:
                self.believed.add(name)
                self._rules.assert_(name, self._id)


class _Rules:
    """The rules of a plan, made once; they do not hold the plan, so both can be forgotten."""

    def __init__(self, plan: Plan) -> None:
        asks = [*enumerate(plan.asks)]
        starts = range(0, len(asks) or 1, MOST_RULES)
        self._rulesets = [_Ruleset(asks[start : start + MOST_RULES]) for start in starts]

    def assert_(self, name: Name, session: str) -> None:
        """Tell a session a fact, if any rule asks for it."""
        for ruleset in self._rulesets:
            ruleset.assert_(name, session)

    def act(self, session: str, fire: Callable[[int], None]) -> None:
        """Let a session's rules fire until none is left: what one concludes others may wait for."""
        fired = True
        while fired:
            fired = any(ruleset.act(session, fire) for ruleset in self._rulesets)

    def delete(self, session: str) -> None:
        """Forget what a session was told."""
        for ruleset in self._rulesets:
            ruleset.delete(session)


class _Ruleset:
    """Some alternatives, by their numbers, as durable-rules takes them."""

    def __init__(self, rules_asking: Sequence[tuple[int, tuple[Name, ...]]]) -> None:
        self._facts: dict[Name, str] = {}  # what the engine is told, but for the session
        self._states: dict[str, int] = {}  # handles of sessions, known from the first fact on
        tests: dict[Name, str] = {}
        names = {ALWAYS, *(name for _, asks in rules_asking for name in asks)}
        for place, name in enumerate(sorted(names)):
            # The fact stands in a property of its own: properties are found by hash, while the
            # words of one property are compared one after the other.
            number, field, fact = str(place), area(name[0]), ": ".join(name)
            self._facts[name] = _json({"id": number, "area": field, number: fact})[:-1]
            tests[name] = _json({"$and": [{"area": field}, {number: fact}]})
        rules = [*rules_asking, (_OPENING, (ALWAYS,))]
        definition = ", ".join(_rule(id_, [tests[name] for name in asks]) for id_, asks in rules)
        self._ruleset: int = core.create_ruleset(f"diagnost-{next(_numbers)}", f"{{{definition}}}")
        # Nothing else would free it, and a plan of 300 rules takes 3 MB.
        finalize(self, core.delete_ruleset, self._ruleset).atexit = False

    def assert_(self, name: Name, session: str) -> None:
        """Tell a session a fact, if any rule asks for it."""
        if (fact := self._facts.get(name)) is None:
            return
        refusal, state = core.assert_fact(self._ruleset, f'{fact}, "sid": "{session}"}}')
        if refusal:
            raise EngineError(f"durable-rules refused {': '.join(name)} (code {refusal})")
        self._states[session] = int(state)

    def act(self, session: str, fire: Callable[[int], None]) -> bool:
        """Let a session's rules fire until none is left; say whether any did."""
        state, fired = self._states.get(session, 0), False
        started = core.start_action_for_state(self._ruleset, state)
        action = started[1] if started else None
        while action:
            (rule,) = map(int, json.loads(action))  # {rule: the facts that it used}
            if rule != _OPENING:
                fire(rule)
                fired = True
            action = core.complete_and_start_action(self._ruleset, state)
        return fired

    def delete(self, session: str) -> None:
        """Forget what a session was told, if it was told anything."""
        if self._states.pop(session, 0):
            core.delete_state(self._ruleset, session)


def _rule(number: int, tests: Iterable[str]) -> str:
    facts = ", ".join(f'{{"m_{place}": {test}}}' for place, test in enumerate(tests))
    return f'"{number}": {{"all": [{facts}]}}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_COMPILED: WeakKeyDictionary[Plan, _Rules] = WeakKeyDictionary()
