"""Inference per period: every engine on the same plans and the same facts, in the same minute.

    python benchmarks/inference.py [RUNS]

CLIPS takes part where clipspy is installed (``pip install clipspy``; the project itself does not
need it). Two times are told: ``whole`` is all that ``run`` does, ``engine`` what the engine itself
takes to be told the facts, to fire and to say what fired. Both are medians.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import Any

from diagnost.engine.builtin import BuiltinSession
from diagnost.engine.names import Name
from diagnost.engine.plan import Plan, compile_plan
from diagnost.engine.run import Opener, available, run_with
from diagnost.knowledge.base import load
from diagnost.model.fact import Fact, FactBase
from diagnost.model.indicator import Citation
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, DiagnostError
from diagnost.model.rule import Conclusion, Condition, Leaf, Rule
from diagnost.pipeline import plan_of

AREAS = 8
AT = At("synthetic.yaml", 1, 1)


def synthetic_rules(rng: random.Random, number: int, keys: int) -> list[Rule]:
    """Invent rules in the shape of the shipped ones: facts, then states, then what rests on both.

    Three in ten have a group of alternatives, two in ten an absence.
    """
    outside = [f"bench.area{key % AREAS}.indicator{key}" for key in range(keys)]
    made: list[str] = []
    rules: list[Rule] = []

    def leaf(among: list[str]) -> Leaf:
        key = rng.choice(among)
        return Leaf(key, rng.choice(("low", "usual", "high")) if key in outside else "found", AT)

    for place in range(number):
        earlier = made if made and place > number // 2 and rng.random() < 0.5 else outside
        group = tuple(Condition(all=(leaf(outside),)) for _ in range(rng.randint(2, 3)))
        rule = Conclusion(
            id=f"bench.area{place % AREAS}.rule{place}",
            key=f"bench.area{place % AREAS}.state{place}",
            word="found",
            when=Condition(
                all=(leaf(earlier), *(leaf(outside) for _ in range(rng.randint(0, 2)))),
                any=(group,) if rng.random() < 0.3 else (),
                none=(leaf(earlier),) if rng.random() < 0.2 else (),
            ),
            cites=Citation(inference=True),
            at=AT,
        )
        rules.append(rule)
        made.append(rule.key)
    return rules


def facts_for(plan: Plan, rng: random.Random, unknown: float) -> FactBase:
    """Invent a word for every key that is asked for from outside, but for a share of unknowns."""
    words: dict[str, set[str]] = defaultdict(set)
    for key, word in plan.asked:
        if key not in plan.derived:
            words[key].add(word)
    told = {key: rng.choice(sorted(words[key])) for key in sorted(words) if rng.random() >= unknown}
    return FactBase(
        period="2023",
        facts={key: Fact(key=key, word=word) for key, word in told.items()},
        unknown={key: () for key in words if key not in told},
    )


@dataclass
class ClipsSession:
    """CLIPS at work on one period; each fact is a relation of its own, its fastest form."""

    plan: Plan
    environment: Any
    relations: dict[Name, str]
    believed: set[Name] = field(default_factory=set)
    fired: list[int] = field(default_factory=list)

    def tell(self, names: Iterable[Name]) -> None:
        """Add facts all at once, which is CLIPS's fastest way, and let the rules fire."""
        fresh = {name for name in names if name not in self.believed}
        self.believed |= fresh
        told = " ".join(f"({self.relations[name]})" for name in fresh if name in self.relations)
        if told:
            self.environment.load_facts(told)
            self.environment.run()
            self.fired = list(self.environment.find_global("fired").value)
            self.believed |= {self.plan.alternatives[index].makes for index in self.fired}


def clips_opener() -> Opener:
    clips = import_module("clips")
    compiled: dict[Plan, tuple[Any, dict[Name, str]]] = {}

    @contextmanager
    def open_session(plan: Plan) -> Iterator[ClipsSession]:
        if plan not in compiled:
            compiled[plan] = _clips_program(plan, clips.Environment())
        environment, relations = compiled[plan]
        environment.reset()
        yield ClipsSession(plan, environment, relations)

    return open_session


def _clips_program(plan: Plan, environment: Any) -> tuple[Any, dict[Name, str]]:
    made = {alternative.makes for alternative in plan.alternatives}
    relations = {name: f"f{n}" for n, name in enumerate(sorted({*plan.askers, *made}))}
    environment.build("(defglobal ?*fired* = (create$))")
    for index, (alternative, asked) in enumerate(zip(plan.alternatives, plan.asks, strict=True)):
        asks = " ".join(f"({relations[name]})" for name in asked)
        environment.build(
            f"(defrule r{index} {asks} => (bind ?*fired* ?*fired* {index})"
            f" (assert ({relations[alternative.makes]})))"
        )
    return environment, relations


def openers() -> dict[str, Opener]:
    @contextmanager
    def builtin(plan: Plan) -> Iterator[BuiltinSession]:
        yield BuiltinSession(plan)

    found: dict[str, Opener] = {"builtin": builtin}
    if "durable" in available():
        found["durable"] = import_module("diagnost.engine.durable_engine").open_session
    try:
        found["clips"] = clips_opener()
    except ImportError:
        print("clipspy is not installed: no comparison with CLIPS")
    return found


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Return the milliseconds that something takes."""
    start = perf_counter()
    work(*arguments)
    return (perf_counter() - start) * 1000


def told(open_session: Opener, plan: Plan, names: list[list[Name]]) -> None:
    with open_session(plan) as session:
        for stage in names:
            session.tell(stage)


def compare(title: str, plan: Plan, base: FactBase, runs: int) -> None:
    """Print the medians of every engine and their ratio to the built-in one."""
    engines = openers()
    tellings: list[list[Name]] = []

    @contextmanager
    def listening(plan: Plan) -> Iterator[BuiltinSession]:
        class Listener(BuiltinSession):
            def tell(self, names: Iterable[Name]) -> None:
                tellings.append(list(names))
                super().tell(tellings[-1])

        yield Listener(plan)

    expected = run_with(listening, plan, base, "")
    rules = len({alternative.rule for alternative in plan.alternatives})
    print(
        f"\n{title}: {rules} rules, {len(plan.alternatives)} alternatives, "
        f"{len(plan.settled)} stages; {len(base.facts)} facts, {len(base.unknown)} unknown; "
        f"{len(expected.firings)} firings, {len(expected.undecided)} rules undecided"
    )
    whole: dict[str, list[float]] = defaultdict(list)
    engine: dict[str, list[float]] = defaultdict(list)
    for name, open_session in engines.items():  # compiles, and shows that all do the same work
        assert run_with(open_session, plan, base, "") == expected, name
    for _ in range(runs):  # engines take turns, so that a slow second hits all of them
        for name, open_session in engines.items():
            whole[name].append(timed(run_with, open_session, plan, base, ""))
            engine[name].append(timed(told, open_session, plan, tellings))
    print(f"{'':10}{'whole':>12}{'':8}{'engine':>12}")
    for name in engines:
        ours, theirs = median(whole[name]), median(engine[name])
        print(
            f"{name:10}{ours:9.3f} ms{ours / median(whole['builtin']):6.2f}x"
            f"{theirs:10.3f} ms{theirs / median(engine['builtin']):6.2f}x"
        )


def shipped() -> KnowledgeBase | None:
    try:
        return load()
    except DiagnostError as error:
        print(f"\nthe shipped knowledge base does not load: {str(error).splitlines()[0]}")
        return None


def main(runs: int) -> None:
    rng = random.Random(20231231)
    plans = {"synthetic, small": compile_plan(synthetic_rules(rng, 200, 40))}
    plans["synthetic, large"] = compile_plan(synthetic_rules(rng, 400, 80))
    if base := shipped():
        plans["shipped"] = plan_of(base)
        states = plans["shipped"].states
        took = median(timed(compile_plan, (*base.rules.values(),), states) for _ in range(9))
        print(f"\nthe shipped plan compiles in {took:.1f} ms")
    for title, plan in plans.items():
        compare(f"{title}, all known", plan, facts_for(plan, rng, 0), runs)
        compare(f"{title}, a fifth unknown", plan, facts_for(plan, rng, 0.2), runs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
