from diagnost.engine.alternatives import Literals, alternatives, count
from diagnost.model.rule import Condition
from tests.unit.engine.engine_cases import when


def ways(condition: Condition, derived: str = "") -> list[tuple[str, str]]:
    return [(_text(way.present), _text(way.absent)) for way in alternatives(condition, derived)]


def _text(names: frozenset[tuple[str, str]]) -> str:
    return " ".join(sorted(f"{key}:{word}" for key, word in names))


def test_a_condition_without_groups_is_one_alternative() -> None:
    assert ways(when("a:x b:y", none="c:z")) == [("a:x b:y", "c:z")]


def test_a_condition_that_asks_for_nothing_always_holds() -> None:
    assert alternatives(Condition(), ()) == (Literals(frozenset(), frozenset()),)


def test_groups_multiply_in_the_order_they_are_written() -> None:
    condition = when("a:x", any_=((when("b:x"), when("c:x")), (when("d:x"), when(none="e:x"))))
    assert ways(condition) == [
        ("a:x b:x d:x", ""),
        ("a:x b:x", "e:x"),
        ("a:x c:x d:x", ""),
        ("a:x c:x", "e:x"),
    ]
    assert count(condition) == 4


def test_groups_stand_inside_members_of_groups() -> None:
    inner = when("b:x", any_=((when("c:x"), when("d:x")),))
    condition = when(any_=((when("a:x"), inner),))
    assert ways(condition) == [("a:x", ""), ("b:x c:x", ""), ("b:x d:x", "")]
    assert count(condition) == 3


def test_an_alternative_that_asks_for_more_than_another_is_dropped() -> None:
    assert ways(when(any_=((when("a:x b:x"), when("a:x")),))) == [("a:x", "")]
    assert ways(when("a:x", any_=((when(none="b:x"), when()),))) == [("a:x", "")]


def test_an_alternative_written_twice_counts_once() -> None:
    assert ways(when(any_=((when("a:x b:x"), when("b:x a:x")),))) == [("a:x b:x", "")]


def test_an_alternative_that_cannot_hold_is_dropped() -> None:
    assert ways(when("a:x", none="a:x")) == []
    assert ways(when("a:x", any_=((when("a:y"), when("b:y")),))) == [("a:x b:y", "")]


def test_a_derived_key_may_have_two_words_at_once() -> None:
    assert ways(when("a:x a:y"), derived="a") == [("a:x a:y", "")]


def test_an_empty_group_never_holds() -> None:
    assert ways(when("a:x", any_=((),))) == []
