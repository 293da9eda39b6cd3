"""Ways of deciding the same agree: the search over words, the solver, and trying everything."""

from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnost.check.logic.together import side_by_side
from diagnost.check.logic.worlds import UndecidedError, Wish, Worlds, fires, silent
from diagnost.knowledge.base import load
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Leaf, Truth
from tests.shipped import base
from tests.unit.conftest import FILES

WORDS = {
    "company.activity": ("trade", "unstated"),
    "company.periods": ("one", "two", "several"),
    "company.mood": ("good", "bad", "neither"),
}
FOUND = ("a", "b", "c")
"""Entries in an order in which each may ask for those before it."""

leaf = st.sampled_from([(key, word) for key, words in WORDS.items() for word in words])


@st.composite
def conditions(draw: st.DrawFn, before: tuple[str, ...]) -> str:
    """Draw a condition on facts and on entries that stand before."""
    names = [(f"finance.liquidity.more.{name}", "found") for name in before]
    some = st.one_of(leaf, st.sampled_from(names)) if names else leaf

    def written(leaves: list[tuple[str, str]]) -> str:
        return ", ".join(f"{{{key}: {word}}}" for key, word in leaves)

    every = written(draw(st.lists(some, min_size=1, max_size=2)))
    either = written(draw(st.lists(some, min_size=2, max_size=3)))
    nothing = draw(st.lists(some, max_size=2))
    none = f", none: [{written(nothing)}]" if nothing else ""
    return f"{{all: [{every}, {{any: [{either}]}}]{none}}}"


@st.composite
def topics(draw: st.DrawFn) -> str:
    text = "topic: finance.liquidity.more\nstatements:\n"
    for number, name in enumerate(FOUND):
        when = draw(conditions(FOUND[:number]))
        text += (
            f"  - id: {name}\n    when: {when}\n    polarity: watch\n    basis: inference\n"
            "    text: {en: A., pl: A., zh: 甲。}\n"
        )
    return text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("base")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    context = root / "knowledge/context.yaml"
    mood = "  - {id: mood, words: [good, bad, neither], asks: {en: How?, pl: Jak?, zh: 如何？}}\n"
    context.write_text(context.read_text(encoding="utf-8") + mood, encoding="utf-8")
    return root


def fired(knowledge: KnowledgeBase, world: dict[str, str]) -> set[str]:
    """Return what fires in a world of which all is known, entry by entry as they stand."""
    found: set[str] = set()

    def truth(leaf: Leaf) -> Truth:
        so = world[leaf.key] == leaf.word if leaf.key in world else leaf.key in found
        return Truth.YES if so else Truth.NO

    for name in FOUND:
        entry = f"finance.liquidity.more.{name}"
        if knowledge.rules[entry].when.holds(truth) is Truth.YES:
            found.add(entry)
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(topic=topics())
def test_search_solver_and_trying_everything_agree(folder: Path, topic: str) -> None:
    solver = pytest.importorskip("diagnost.check.identities.firms")
    (folder / "knowledge/finance/liquidity/more.yaml").write_text(topic, encoding="utf-8")
    knowledge = load(folder)
    worlds, firms = Worlds(knowledge, informed=True), solver.Firms(knowledge)
    tried = [
        fired(knowledge, dict(zip(WORDS, words, strict=True))) for words in product(*WORDS.values())
    ]
    ids = [f"finance.liquidity.more.{name}" for name in FOUND]
    for one, other in permutations(ids, 2):
        wanted = any(one in found and other not in found for found in tried)
        assert (worlds.find(fires(one), silent(other)) is not None) == wanted
        assert firms.can(firms.firing(one), firms.no(firms.firing(other))) == wanted


def test_a_world_that_is_found_makes_the_entry_fire() -> None:
    worlds = Worlds(base())
    entry = base().statements["finance.liquidity.both_ratios.frozen_stock"]
    world = worlds.find(fires(entry.id))
    assert world is not None
    assert worlds.told(world) == (
        "finance.liquidity.current_ratio: high or excessive, "
        "finance.liquidity.quick_ratio: critical or low"
    )
    assert worlds.find(Wish(worlds.literals.tree(entry.id)), silent(entry.id)) is None


def test_no_pair_of_the_shipped_statements_is_left_undecided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    undecided = []
    plain = Worlds.find

    def find(self: Worlds, *wishes: Wish) -> object:
        try:
            return plain(self, *wishes)
        except UndecidedError:
            undecided.append(wishes)
            raise

    monkeypatch.setattr(Worlds, "find", find)
    doubts = side_by_side(Worlds(base(), informed=True))
    told = {(doubt.problem.code, tuple(sorted(doubt.about))) for doubt in doubts}
    assert undecided == []
    assert told == {
        (e.code, e.about) for e in base().expected if e.code in ("K602", "K603", "K604")
    }
