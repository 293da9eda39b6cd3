"""One period through the rules: stage by stage, with any engine, in three values.

Two sessions go side by side. One is told what is *known*: what fires there, fires. The other is
told besides what is not known, as if it were so: a rule that fires only there is undecided. A
derived fact is known to be absent once not even the second session can believe it any more, and
may be absent as long as the first does not. Of a state one word stands, the worst concluded from
what is known; so both sessions are told the same.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import AbstractContextManager, nullcontext
from functools import cache

from diagnost.engine.builtin import BuiltinSession
from diagnost.engine.errors import EngineError, EngineUnavailable
from diagnost.engine.names import ALWAYS, Name, absence, standing
from diagnost.engine.plan import Plan
from diagnost.engine.session import Session
from diagnost.engine.undecided import undecided
from diagnost.model.fact import FactBase, Firing, Run
from diagnost.model.rule import FactKey, Truth

__all__ = ["EngineError", "EngineUnavailable", "Opener", "available", "run", "run_with"]

BUILTIN = "builtin"

Opener = Callable[[Plan], AbstractContextManager[Session]]
"""Opens an engine's session on one period and closes it at the end."""


def available() -> tuple[str, ...]:
    """Return the engines that can be used on this machine, the preferred one first."""
    return (BUILTIN,) if isinstance(_durable(), ImportError) else (BUILTIN, "durable")


def run(plan: Plan, base: FactBase, engine: str = "auto") -> Run:
    """Let the rules fire over the facts of one period; ``engine`` is auto, durable or builtin.

    ``auto`` takes the built-in one: it is the faster and is there on every machine.
    Raise EngineUnavailable where that engine cannot be used.
    """
    name = BUILTIN if engine == "auto" else engine
    return run_with(_opener(name), plan, base, name)


def run_with(open_session: Opener, plan: Plan, base: FactBase, engine: str) -> Run:
    """Do the same with the sessions of an engine that is named ``engine`` in the run."""
    sure, unknown = _opening(plan, base)
    with open_session(plan) as known:
        known.tell(sure)
        possible = BuiltinSession(plan, decided=base.facts.keys()) if unknown else known
        possible.tell(known.believed | unknown)
        for names, states in zip(plan.settled, plan.decided, strict=True):
            known.tell(_standing(plan, base, states, known.believed))
            known.tell([absence(name) for name in names if name not in possible.believed])
            maybe = {absence(name) for name in names if name not in known.believed}
            possible.tell(known.believed | maybe)
        return Run(
            period=base.period,
            engine=engine,
            base=base,
            firings=tuple(_firing(plan, index) for index in sorted(known.fired)),
            undecided=undecided(plan, base, known, possible) if unknown else {},
        )


def _opener(engine: str) -> Opener:
    if engine == BUILTIN:
        return lambda plan: nullcontext(BuiltinSession(plan))
    found = _durable() if engine == "durable" else LookupError("there is no such engine")
    if isinstance(found, Exception):
        raise EngineUnavailable(
            f"the engine '{engine}' cannot be used here ({found}): use --engine builtin"
        )
    return found


@cache
def _durable() -> Opener | ImportError:
    """Return what opens sessions of durable-rules, or why it does not import (as on 3.13)."""
    try:
        from diagnost.engine.durable_engine import open_session
    except ImportError as error:
        return error
    return open_session


def _opening(plan: Plan, base: FactBase) -> tuple[set[Name], set[Name]]:
    """Return what is known before any rule has fired, and what is possible besides."""
    sure = {fact.name for fact in base.facts.values()} | {ALWAYS}
    unknown: set[Name] = set()
    for name in plan.asked:
        key, word = name
        if key in plan.states:
            if key in base.unknown and key not in base.facts:
                stands = standing(name)
                unknown |= {stands, absence(stands)}
            continue
        if key in plan.derived:
            # Its absence is concluded stage by stage, unless we are told that nobody knows.
            if key in base.unknown and key not in base.facts:
                unknown.add(name)
            continue
        truth = base.truth(key, word)
        if truth is Truth.NO:
            sure.add(absence(name))
        elif truth is Truth.UNKNOWN:
            unknown |= {name, absence(name)}
        else:
            sure.add(name)  # told already, unless it says that the key is unknown
    return sure, unknown


def _standing(
    plan: Plan, base: FactBase, states: Iterable[FactKey], believed: Set[Name]
) -> Iterator[Name]:
    """Yield, for states that are decided, that a word stands, and that the others do not."""
    for key in states:
        if key in base.unknown and key not in base.facts:
            continue
        given = base.facts.get(key)
        concluded = (word for word in plan.states[key] if (key, word) in believed)
        stands = given.word if given else next(concluded, None)
        for word in plan.states[key]:
            name = standing((key, word))
            yield name if word == stands else absence(name)


def _firing(plan: Plan, index: int) -> Firing:
    alternative = plan.alternatives[index]
    return Firing(
        rule=alternative.rule,
        alternative=alternative.number,
        used=alternative.present,
        absent=alternative.absent,
        made=alternative.makes,
    )
