"""What a case can use of the knowledge base: the sides that were given, and no more."""

from diagnost.knowledge.part import part_of
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Citation, Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.model.rule import Conclusion, Condition, Leaf, State, StateWord
from diagnost.model.side import Side
from diagnost.model.text import Text

HERE = At("test.yaml")
NOTHING = Text({"en": ""}, HERE)


def leaf(name: str) -> Leaf:
    return Leaf(name, "found", HERE)


def rule(id_: str, when: Condition) -> Conclusion:
    return Conclusion(
        id=id_, when=when, key=f"{id_}.x", word="y", cites=Citation((), True), at=HERE
    )


def base(*rules: Conclusion) -> KnowledgeBase:
    sides = {id_: Side(id_, id_ == "finance", None, HERE) for id_ in ("finance", "sales", "retail")}
    catalogue = Catalogue(
        sides=sides, line_items={}, ambiguous=(), identities=(), indicators={}, questions={}
    )
    word = StateWord(id="bad", name=NOTHING, polarity=Polarity.BAD)
    states = ("finance.state", "sales.state", "common.state")
    return KnowledgeBase(
        version="",
        languages=("en",),
        catalogue=catalogue,
        sources=(),
        areas=(),
        viewpoints=(),
        reasons={},
        states={id_: State(id=id_, words=(word,), verdict_on="", at=HERE) for id_ in states},
        statements={},
        rulings={},
        causes={},
        conclusions={each.id: each for each in rules},
        recommendations={},
        excuses=(),
    )


def left(whole: KnowledgeBase, *sides: str) -> dict[str, Condition]:
    return {id_: rule.when for id_, rule in part_of(whole, set(sides)).conclusions.items()}


def test_entries_of_a_side_and_of_no_side_stay() -> None:
    own, other, common = (
        rule(f"{side}.topic", Condition(all=(leaf("company.activity"),)))
        for side in ("sales", "finance", "common")
    )
    whole = base(own, other, common)
    assert list(left(whole, "sales")) == ["sales.topic", "common.topic"]
    assert list(part_of(whole, {"sales"}).states) == ["sales.state", "common.state"]


def test_a_bridge_belongs_to_cases_that_have_both_sides() -> None:
    bridge = rule("sales.bridge", Condition(all=(leaf("sales.a"), leaf("finance.b"))))
    absent = rule(
        "sales.absent", Condition(all=(leaf("sales.a"),), none=(leaf("lines.cash.sign"),))
    )
    whole = base(bridge, absent)
    assert left(whole, "sales") == {}
    assert left(whole, "finance") == {}
    both = {"sales.bridge": bridge.when, "sales.absent": absent.when}
    assert left(whole, "finance", "sales") == both
    assert left(whole, "finance", "sales", "retail") == both


def test_of_several_ways_those_stay_that_can_be_decided() -> None:
    ours, theirs = Condition(all=(leaf("sales.a"),)), Condition(all=(leaf("finance.b"),))
    either = rule("sales.either", Condition(any=((ours, theirs), (ours,))))
    neither = rule("sales.neither", Condition(any=((ours,), (theirs,))))
    whole = base(either, neither)
    assert left(whole, "sales") == {"sales.either": Condition(any=((ours,), (ours,)))}
    assert left(whole, "sales", "finance") == {
        "sales.either": either.when,
        "sales.neither": neither.when,
    }


def test_where_no_sides_are_declared_nothing_is_left_out() -> None:
    whole = base(rule("sales.topic", Condition(all=(leaf("finance.b"),))))
    undeclared = whole.with_catalogue(
        Catalogue(line_items={}, ambiguous=(), identities=(), indicators={}, questions={})
    )
    assert part_of(undeclared, set()) == undeclared
