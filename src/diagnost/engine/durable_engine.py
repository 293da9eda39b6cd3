"""The engine durable-rules, driven without its host: no thread, no action by itself.

What durable-rules 2.0.28 does otherwise is kept away from it, or caught here:

- its host starts two timer threads and cannot be closed, so rulesets are used directly;
- comparisons of numbers, ``any`` and ``none`` have traps, so only equality of words is used;
- the area of a fact is tested before the fact: 512 tests in one place hang it;
- a fact that no rule asks for, and a fact told twice, are refused: neither is ever told;
- a fact is recognised by a hash of 32 bits over its id; the ids here, short numbers, never clash;
- a session in which nothing fired crashes when it is deleted, so in each the opening rule fires;
- what an action raises vanishes, and an action of over ten seconds ends the run without a word:
  both are found out, the second when the record is checked at the end.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary, finalize

from durable.engine import Ruleset, durable_rules_engine

from diagnost.engine.errors import EngineError
from diagnost.engine.names import ALWAYS, Name, area
from diagnost.engine.plan import Plan

_OPENING = "opening"
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
    with rules.at_work(session):
        try:
            session.tell([ALWAYS])
            yield session
            session.check()
        finally:
            if session.state:  # durable-rules can have 1023 sessions, and refuses the next
                rules.delete(session.id)


class DurableSession:
    """Durable-rules at work on one period."""

    def __init__(self, plan: Plan, rules: "_Rules") -> None:
        self.believed: set[Name] = set()
        self.fired: list[int] = []
        self.id = str(next(_numbers))
        self._plan = plan
        self._rules = rules
        self.state = 0  # the engine's handle of the session, known from the first fact on
        self._failure: BaseException | None = None

    def tell(self, names: Iterable[Name]) -> None:
        """Add facts one by one and chain forward until nothing more fires."""
        try:
            self._believe(names)
            self._rules.act(self.state)
        except Exception as error:
            self._failure = self._failure or error
        if isinstance(self._failure, Exception):
            raise EngineError(f"durable-rules broke off: {self._failure!r}") from self._failure
        if self._failure is not None:
            raise self._failure  # the user's Ctrl-C is no failure of the engine

    def fire(self, index: int) -> None:
        """Record a firing and believe what it made; called by the action of an alternative."""
        if self._failure is not None:
            return  # the engine cannot be stopped, only be left without effect
        try:
            self._record(index)  # before asserting: a fact made twice has two firings
            self._believe([self._plan.alternatives[index].makes])
        except BaseException as error:
            self._failure = error  # raised by tell; durable-rules would drop it

    def check(self) -> None:
        """Raise EngineError unless all that was due has fired once, which tells lost facts too."""
        if swallowed := self._rules.swallowed(self.id):
            raise EngineError(f"durable-rules broke off: {swallowed}")
        due = [
            index
            for index, alternative in enumerate(self._plan.alternatives)
            if self.believed.issuperset(alternative.asks)
        ]
        if due != sorted(self.fired):
            differing = set(due).symmetric_difference(self.fired) or self.fired
            rules = sorted({self._plan.alternatives[index].rule for index in differing})
            raise EngineError(f"durable-rules lost or repeated firings of: {', '.join(rules)}")

    def _record(self, index: int) -> None:
        self.fired.append(index)

    def _believe(self, names: Iterable[Name]) -> None:
        for name in names:
            if name not in self.believed:
                self.believed.add(name)
                self.state = self._rules.assert_(name, self.id) or self.state


class _Rules:
    """The ruleset of a plan, made once; it does not hold the plan, so both can be forgotten."""

    def __init__(self, plan: Plan) -> None:
        self._sessions: dict[str, DurableSession] = {}
        self._facts: dict[Name, dict[str, str]] = {
            name: {"id": str(number), "area": area(name[0]), "fact": ": ".join(name)}
            for number, name in enumerate(sorted({ALWAYS, *plan.askers}))
        }
        definition = {
            f"{alternative.rule}#{alternative.number}": self._rule(
                alternative.asks, self._action(index)
            )
            for index, alternative in enumerate(plan.alternatives)
        }
        definition[_OPENING] = self._rule((ALWAYS,), lambda c: None)
        self._ruleset = Ruleset(f"diagnost-{next(_numbers)}", None, definition)
        # Nothing else would free it, and a plan of 300 rules takes 3 MB.
        finalize(self, durable_rules_engine.delete_ruleset, self._ruleset._handle).atexit = False

    @contextmanager
    def at_work(self, session: DurableSession) -> Iterator[None]:
        """Let the actions find a session by its id."""
        self._sessions[session.id] = session
        try:
            yield
        finally:
            del self._sessions[session.id]

    def assert_(self, name: Name, session: str) -> int:
        """Tell a session a fact, if any rule asks for it; return the session's handle, or 0."""
        fact = self._facts.get(name)
        return self._ruleset.assert_fact({**fact, "sid": session}) if fact else 0

    def act(self, state: int) -> None:
        """Let a session's rules fire until none is left."""
        errors: list[BaseException | None] = []
        self._ruleset.do_actions(state, lambda error, _: errors.append(error))
        for error in errors:
            if error is not None:
                raise error

    def swallowed(self, session: str) -> str:
        """Return what durable-rules noted of an exception in an action, '' if there was none."""
        return str(self._ruleset.get_state(session).get("exception", ""))

    def delete(self, session: str) -> None:
        """Forget what a session was told."""
        self._ruleset.delete_state(session)

    def _rule(self, asks: Iterable[Name], action: Callable[[Any], None]) -> dict[str, Any]:
        facts = [self._facts[name] for name in asks]
        tests = [{"$and": [{"area": fact["area"]}, {"fact": fact["fact"]}]} for fact in facts]
        return {"all": [{f"m_{number}": test} for number, test in enumerate(tests)], "run": action}

    def _action(self, index: int) -> Callable[[Any], None]:
        def act(c: Any) -> None:  # durable-rules insists on exactly one parameter
            self._sessions[c.s.sid].fire(index)

        return act


_COMPILED: WeakKeyDictionary[Plan, _Rules] = WeakKeyDictionary()
